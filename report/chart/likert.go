package chart

import (
	"fmt"
	"math"
	"strings"
)

// LikertRow is one question: shares in percent of disagreement (strong first),
// neutral and agreement (weak first); one share each where only classes are shown.
type LikertRow struct {
	Text      []string // one or two lines
	Disagree  []int    // strong, weak · or one share
	Neutral   *int
	Agree     []int // weak, strong · or one share
	Index     string
	Band      string // in place of bars and index
	Empty     string // in place of everything, e.g. "nicht ausgewiesen"
	Prevails  bool   // disagreement is larger: the row is tinted
	Footnote  bool   // a dagger behind the text
	ShareOnly bool   // yes/no: no index
}

// LikertBlock is a construct with its questions.
type LikertBlock struct {
	Name  string
	Index string
	Rows  []LikertRow
}

// Likert is the page of answers: diverging bars with neutral apart, because splitting
// it around zero would move both base lines (after Heiberger and Robbins 2014).
type Likert struct {
	Legend  [5]string // strong no … strong yes
	Heads   [4]string // disagreement, agreement, neutral, index
	Axis    string
	Blocks  []LikertBlock
	Percent string // sign in alternative texts
	Words   string
}

// Measures of the figure in mm.
const (
	likertText  = 51.0
	likertRow   = 9.6
	likertBar   = 5.2
	likertHead  = 7.8
	likertIndex = 14.0
)

// Alt implements Figure.
func (l Likert) Alt() string { return l.Words }

// Height gives the height of the figure in mm.
func (l Likert) Height() float64 {
	h := 16.0
	for _, b := range l.Blocks {
		h += likertHead + likertRow*float64(len(b.Rows))
	}
	return h + 6
}

// scale holds where shares are drawn.
type likertScale struct {
	zero, per, neutral float64 // x of zero, mm per percent, x of the neutral zero line
	left, right        float64 // ends of the axis in percent
	middle             float64 // end of the neutral axis in percent
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
	const sums = 12.0 // room for the numbers outside both ends
	room := b.W - likertText - likertIndex - sums
	s := likertScale{left: left, right: right, middle: middle, per: room / (left + right + middle)}
	s.zero = b.X + likertText + 5 + left*s.per
	s.neutral = b.X + b.W - likertIndex - middle*s.per
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
	s := l.scale(b)
	top := b.Y + 15
	head := Type{Size: 9, Bold: true, Color: Neg2, Align: Right}
	c.Text(Point{s.zero - 1.5, top - 2}, l.Heads[0], head)
	c.Text(Point{s.zero + 1.5, top - 2}, l.Heads[1], Type{Size: 9, Bold: true, Color: Pos2})
	c.Text(Point{s.neutral, top - 2}, l.Heads[2], Type{Size: 9, Bold: true, Color: Ink2})
	c.Text(Point{b.X + b.W, top - 2}, l.Heads[3], Type{Size: 9, Bold: true, Color: Ink2, Align: Right})
	bottom := b.Y + l.Height() - 6
	l.grid(c, s, top, bottom)
	y := top
	for _, block := range l.Blocks {
		Segment(c, Point{b.X, y}, Point{b.X + b.W, y}, Stroke(Ink, 0.3))
		c.Text(Point{b.X, y + 5.4}, block.Name, Type{Size: 11, Bold: true, Color: Brand})
		c.Text(Point{b.X + b.W, y + 5.4}, block.Index, Type{Size: 11, Bold: true, Color: Ink, Align: Right})
		y += likertHead
		for _, r := range block.Rows {
			l.row(c, b, s, r, y)
			y += likertRow
		}
	}
	c.Text(Point{b.X, bottom + 4.4}, l.Axis, note)
}

func (l Likert) legend(c Canvas, b Box) {
	x := b.X
	for i, color := range []Color{Neg2, Neg1, Neutral, Pos1, Pos2} {
		Rect(c, Box{x, b.Y, 4, 3}, Outlined(color, key(i), 0.22))
		t := Type{Size: 8.5, Color: Ink}
		c.Text(Point{x + 5.2, b.Y + 2.6}, l.Legend[i], t)
		x += 5.2 + c.Width(l.Legend[i], t) + 5
	}
}

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

func (l Likert) row(c Canvas, b Box, s likertScale, r LikertRow, y float64) {
	if r.Prevails {
		Rect(c, Box{b.X - 1.5, y, b.W + 3, likertRow}, Fill(Mark))
		Segment(c, Point{s.zero, y}, Point{s.zero, y + likertRow}, Stroke(Ink, 0.4))
		Segment(c, Point{s.neutral, y}, Point{s.neutral, y + likertRow}, Stroke(Ink, 0.4))
	}
	middle := y + likertRow/2
	from := middle + midline(9) - 1.95*float64(len(r.Text)-1)
	for i, line := range r.Text {
		if r.Footnote && i == len(r.Text)-1 {
			line += " †"
		}
		c.Text(Point{b.X, from + 3.9*float64(i)}, line, label)
	}
	if r.Empty != "" || r.Band != "" {
		l.message(c, b, s, r, middle)
		return
	}
	l.bars(c, s, r, Box{s.zero, middle - likertBar/2, 0, likertBar})
	if r.Index != "" {
		c.Text(Point{b.X + b.W, middle + midline(9)}, r.Index, strong.in(Right))
	}
}

// message stands where bars may not.
func (l Likert) message(c Canvas, b Box, s likertScale, r LikertRow, middle float64) {
	if r.Band != "" {
		c.Text(Point{s.zero + 2, middle + midline(8.5)}, r.Band, Type{Size: 8.5, Bold: true, Color: Ink})
		return
	}
	left := s.zero - s.left*s.per
	Rect(c, Box{left, middle - likertBar/2, s.neutral - left + 8, likertBar}, Outlined(White, White, 0))
	Rect(c, Box{left, middle - likertBar/2, s.neutral - left + 8, likertBar}, Dashed(Edge))
	c.Text(Point{(left + s.neutral + 8) / 2, middle + midline(8.5)}, r.Empty, Type{Size: 8.5, Color: Ink2, Align: Centre})
	c.Text(Point{b.X + b.W, middle + midline(9)}, "–", label.in(Right))
}

func (l Likert) bars(c Canvas, s likertScale, r LikertRow, at Box) {
	x := s.zero
	for i := len(r.Disagree) - 1; i >= 0; i-- { // weak next to zero
		class := 1 - (len(r.Disagree) - 1 - i) // 1 = weak, 0 = strong
		width := float64(r.Disagree[i]) * s.per
		x -= width
		segment(c, Box{x, at.Y, width, at.H}, class, r.Disagree[i])
	}
	if sum := total(r.Disagree); sum > 0 {
		c.Text(Point{x - 1, at.Y + at.H/2 + midline(9)}, fmt.Sprint(sum), strong.colored(Neg2).in(Right))
	}
	x = s.zero
	for i, share := range r.Agree {
		class := 3 + i
		if len(r.Agree) == 1 {
			class = 3
		}
		width := float64(share) * s.per
		segment(c, Box{x, at.Y, width, at.H}, class, share)
		x += width
	}
	if sum := total(r.Agree); sum > 0 {
		c.Text(Point{x + 1, at.Y + at.H/2 + midline(9)}, fmt.Sprint(sum), strong.colored(Pos2))
	}
	if r.Neutral != nil {
		segment(c, Box{s.neutral, at.Y, float64(*r.Neutral) * s.per, at.H}, 2, *r.Neutral)
	}
}

// segment draws one share, with its number where it fits.
func segment(c Canvas, b Box, class, share int) {
	if share == 0 {
		return
	}
	color := []Color{Neg2, Neg1, Neutral, Pos1, Pos2}[class]
	Rect(c, b, Outlined(color, key(class), 0.22))
	if b.W < 3.6 {
		return
	}
	text := Type{Size: 8.5, Color: Ink, Align: Centre}
	if class == 0 || class == 4 {
		text.Color = White
	}
	c.Text(Point{b.X + b.W/2, b.Y + b.H/2 + midline(8.5)}, fmt.Sprint(share), text)
}

// number prints a whole value of an axis.
func number(v float64) string { return strings.TrimSuffix(fmt.Sprintf("%.0f", v), ".") }
