package chart

import (
	"fmt"
	"math"
)

// LikertRow is one question: shares in percent of disagreement (strong first),
// neutral and agreement (weak first); one share each where only classes are shown.
type LikertRow struct {
	Text     []string // one or two lines
	Disagree []int    // strong, weak · or one share
	Neutral  *int     // nil: there is no such answer
	Agree    []int    // weak, strong · or one share
	Index    string
	Change   Change
	Band     string // in place of bars and index
	BandEnd  End
	Empty    string // in place of everything, e.g. "nicht ausgewiesen"
	Prevails bool   // disagreement is larger: the row is tinted
	Footnote bool   // a dagger behind the text
}

// LikertBlock is a construct with its questions.
type LikertBlock struct {
	Name   string
	Index  string
	Change Change
	Rows   []LikertRow
}

// Likert is the page of answers: diverging bars with neutral apart, because splitting
// it around zero would move both base lines (after Heiberger and Robbins 2014).
type Likert struct {
	Legend [5]string // strong no … strong yes
	Heads  [4]string // disagreement, agreement, neutral, index
	Since  string    // head of the column of changes; empty = there is none
	Axis   string
	Blocks []LikertBlock
	Words  string
}

// Measures of the figure in mm.
const (
	likertTop    = 15.0 // legend and heads
	likertText   = 51.0
	likertRow    = 9.6
	likertBar    = 5.2
	likertHead   = 7.8
	likertAxis   = 7.0
	likertIndex  = 14.0
	likertSince  = 16.0 // column of changes
	likertChange = 12.0 // of which sign and number
	likertSums   = 12.0 // numbers outside both ends
	likertLeft   = 5.0  // of which left
	likertFits   = 3.6  // least width of a segment that holds a number
)

// Alt implements Figure.
func (l Likert) Alt() string { return l.Words }

// Height gives the height of the figure in mm.
func (l Likert) Height() float64 {
	h := likertTop + likertAxis
	for _, b := range l.Blocks {
		h += likertHead + likertRow*float64(len(b.Rows))
	}
	return h
}

// likertScale holds where shares are drawn.
type likertScale struct {
	zero, per, neutral float64 // x of zero, mm per percent, x of the neutral zero line
	left, right        float64 // ends of the axis in percent
	middle             float64 // end of the neutral axis in percent
	index              float64 // right edge of the index
}

// since is the width of the column of changes.
func (l Likert) since() float64 {
	if l.Since == "" {
		return 0
	}
	return likertSince
}

func (l Likert) scale(b Box) likertScale {
	left, right, middle := 20.0, 10.0, 20.0
	for _, block := range l.Blocks {
		for _, r := range block.Rows {
			left = max(left, math.Ceil(float64(total(r.Disagree))/20)*20)
			right = max(right, math.Ceil(float64(total(r.Agree))/10)*10)
			if r.Neutral != nil {
				middle = max(middle, math.Ceil(float64(*r.Neutral)/10)*10)
			}
		}
	}
	room := b.W - likertText - likertIndex - l.since() - likertSums
	s := likertScale{left: left, right: right, middle: middle, per: room / (left + right + middle), index: b.X + b.W - l.since()}
	s.zero = b.X + likertText + likertLeft + left*s.per
	s.neutral = b.X + b.W - likertIndex - l.since() - middle*s.per
	return s
}

func total(shares []int) int {
	sum := 0
	for _, s := range shares {
		sum += s
	}
	return sum
}

// Draw implements Figure.
func (l Likert) Draw(c Canvas, b Box) {
	l.legend(c, b)
	s, top := l.scale(b), b.Y+likertTop
	l.heads(c, b, s, top-2)
	bottom := b.Y + l.Height() - likertAxis
	l.tints(c, b, top)
	l.grid(c, s, top, bottom)
	y := top
	for _, block := range l.Blocks {
		Segment(c, Point{b.X, y}, Point{b.X + b.W, y}, Stroke(Ink, 0.3))
		c.Text(Point{b.X, y + 5.4}, block.Name, title)
		c.Text(Point{s.index, y + 5.4}, block.Index, title.colored(Ink).in(Right))
		if l.Since != "" {
			block.Change.draw(c, Point{b.X + b.W, y + 5.4}, title.colored(Ink), likertChange)
		}
		y += likertHead
		for _, r := range block.Rows {
			r.draw(c, b, s, y+likertRow/2)
			if l.Since != "" {
				r.Change.draw(c, Point{b.X + b.W, y + likertRow/2 + midline(9)}, label, likertChange)
			}
			y += likertRow
		}
	}
	c.Text(Point{b.X, bottom + 4.4}, l.Axis, note)
}

// tints lie behind the rows in which disagreement prevails, and behind the axes.
func (l Likert) tints(c Canvas, b Box, y float64) {
	for _, block := range l.Blocks {
		y += likertHead
		for _, r := range block.Rows {
			if r.Prevails {
				Rect(c, Box{b.X - 1.5, y, b.W + 3, likertRow}, Fill(Mark))
			}
			y += likertRow
		}
	}
}

func (l Likert) heads(c Canvas, b Box, s likertScale, y float64) {
	c.Text(Point{s.zero - 1.5, y}, l.Heads[0], strong.colored(Neg2).in(Right))
	c.Text(Point{s.zero + 1.5, y}, l.Heads[1], strong.colored(Pos2))
	c.Text(Point{s.neutral, y}, l.Heads[2], strong.colored(Ink2))
	c.Text(Point{s.index, y}, l.Heads[3], strong.colored(Ink2).in(Right))
	if l.Since != "" {
		c.Text(Point{b.X + b.W, y}, l.Since, strong.colored(Ink2).in(Right))
	}
}

// legend names the classes; long names move together.
func (l Likert) legend(c Canvas, b Box) {
	const box, space = 4.0, 1.2
	t := Type{Size: 8.5, Color: Ink}
	width := 0.0
	for _, name := range l.Legend {
		width += box + space + c.Width(name, t)
	}
	gap := min(5, (b.W-width)/float64(len(l.Legend)-1))
	x := b.X
	for i, name := range l.Legend {
		Rect(c, Box{x, b.Y, box, 3}, Outlined(classColor(i), key(i), 0.22))
		c.Text(Point{x + box + space, b.Y + 2.6}, name, t)
		x += box + space + c.Width(name, t) + gap
	}
}

// classColor is the colour of a class of answers, strong no = 0 to strong yes = 4.
func classColor(class int) Color { return []Color{Neg2, Neg1, Neutral, Pos1, Pos2}[class] }

// key is the key line of a class of answers, dark enough for light steps.
func key(class int) Color { return []Color{Neg2, Neg2, Edge, Pos2, Pos2}[class] }

func (l Likert) grid(c Canvas, s likertScale, top, bottom float64) {
	for v := -s.left; v <= s.right; v += 20 {
		x := s.zero + v*s.per
		if v != 0 {
			Segment(c, Point{x, top}, Point{x, bottom}, Stroke(Line, 0.2))
		}
		c.Text(Point{x, bottom + 4.4}, number(math.Abs(v)), note.in(Centre))
	}
	for _, x := range []float64{s.zero, s.neutral} {
		Segment(c, Point{x, top}, Point{x, bottom}, Stroke(Ink, 0.4))
	}
	for v := 0.0; v <= s.middle; v += 20 {
		c.Text(Point{s.neutral + v*s.per, bottom + 4.4}, number(v), note.in(Centre))
	}
}

// draw draws a row around its middle.
func (r LikertRow) draw(c Canvas, b Box, s likertScale, y float64) {
	from := y + midline(9) - 1.95*float64(len(r.Text)-1)
	for i, line := range r.Text {
		if r.Footnote && i == len(r.Text)-1 {
			line += " †"
		}
		c.Text(Point{b.X, from + 3.9*float64(i)}, line, label)
	}
	index := Point{s.index, y + midline(9)}
	switch {
	case r.Band != "":
		c.Text(index, r.Band, r.BandEnd.bandType().in(Right))
	case r.Empty != "":
		r.empty(c, s, y)
		c.Text(index, "–", label.in(Right))
	default:
		r.bars(c, s, y)
		if r.Index != "" {
			c.Text(index, r.Index, strong.in(Right))
		}
	}
}

// empty draws a dashed box where bars may not stand.
func (r LikertRow) empty(c Canvas, s likertScale, y float64) {
	left, right := s.zero-s.left*s.per, s.neutral+s.middle*s.per
	box := Box{left, y - likertBar/2, right - left, likertBar}
	Rect(c, box, Fill(White))
	Rect(c, box, Dashed(Edge))
	c.Text(Point{(left + right) / 2, y + midline(8.5)}, r.Empty, Type{Size: 8.5, Color: Ink2, Align: Centre})
}

// bars draws weak answers next to zero, strong ones outside, and the sums of both.
func (r LikertRow) bars(c Canvas, s likertScale, y float64) {
	bar := func(x float64, class, share int) {
		segment(c, Box{x, y - likertBar/2, float64(share) * s.per, likertBar}, class, share)
	}
	x := s.zero
	for i := len(r.Disagree) - 1; i >= 0; i-- {
		x -= float64(r.Disagree[i]) * s.per
		bar(x, i+2-len(r.Disagree), r.Disagree[i])
	}
	if sum := total(r.Disagree); sum > 0 {
		c.Text(Point{x - 1, y + midline(9)}, fmt.Sprint(sum), strong.colored(Neg2).in(Right))
	}
	x = s.zero
	for i, share := range r.Agree {
		bar(x, 3+i, share)
		x += float64(share) * s.per
	}
	if sum := total(r.Agree); sum > 0 {
		c.Text(Point{x + 1, y + midline(9)}, fmt.Sprint(sum), strong.colored(Pos2))
	}
	if r.Neutral != nil {
		bar(s.neutral, 2, *r.Neutral)
	}
}

// segment draws one share, with its number where it fits.
func segment(c Canvas, b Box, class, share int) {
	if share == 0 {
		return
	}
	Rect(c, b, Outlined(classColor(class), key(class), 0.22))
	if b.W < likertFits {
		return
	}
	text := Type{Size: 8.5, Color: Ink, Align: Centre}
	if class == 0 || class == 4 {
		text.Color = White
	}
	c.Text(Point{b.X + b.W/2, b.Y + b.H/2 + midline(8.5)}, fmt.Sprint(share), text)
}
