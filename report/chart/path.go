package chart

import "math"

// PathRow is a measure over iterations with what became of it.
type PathRow struct {
	Label       string
	Line        []TrendPoint // a point without value leaves a gap
	First, Last string       // values, or a band
	LastEnd     End          // if Last is a band
	Whole, Step Change       // since the first iteration, and in the last step
	WholeWord   string       // how certain that is
	StepWord    string
	Notes       []string // below the label: the trend, two lines at most
	Bold        bool
}

// Paths shows measures over three iterations or more, a row each, all on one scale.
type Paths struct {
	Heads  [6]string // measure, first, line, last, since the first, last step
	Rows   []PathRow
	Ends   [2]string // labels of the first and the last iteration below the lines
	Window string    // says which part of the scale is shown, with both ends in it
	Row    float64   // height of a row in mm, 0 = 16
	Words  string
}

// Measures of the figure in mm.
const (
	pathHead = 9.0
	pathRow  = 16.0
	pathFoot = 8.0
)

// narrow is the width in mm below which figures take the columns of a half page.
const narrow = 130.0

// pathColumns are widths in mm; whole is the right edge of the changes since the first,
// from the right. Where there are no words, the sign alone says how certain a change is.
type pathColumns struct {
	label, value, line, whole float64
	words                     bool
}

func pathColumnsOf(width float64) pathColumns {
	if width < narrow {
		return pathColumns{27, 8, width - 85, 24, false}
	}
	return pathColumns{33, 9, 60, 31, true}
}

// notes is the room for what stands below the label.
func (c pathColumns) notes() float64 {
	if c.words {
		return c.label + c.value - 6
	}
	return c.label + c.value
}

// Alt implements Figure.
func (p Paths) Alt() string { return p.Words }

// Height of the figure in mm.
func (p Paths) Height() float64 { return pathHead + p.row()*float64(len(p.Rows)) + pathFoot }

func (p Paths) row() float64 { return max(pathRow, p.Row) }

// Fill makes the rows as high as a height in mm allows, but no higher than is easy to read.
func (p *Paths) Fill(height float64) {
	const most = 24.0
	p.Row = min(most, (height-pathHead-pathFoot)/float64(max(1, len(p.Rows))))
}

// Scale is the part of 0..100 that all rows show, in steps of ten points.
func (p Paths) Scale() Scale {
	var lines []Trend
	for _, r := range p.Rows {
		lines = append(lines, Trend{Points: r.Line})
	}
	return span(lines...)
}

// span is the smallest part of the scale in steps of ten points that holds all values
// and intervals, thirty points at least.
func span(lines ...Trend) Scale {
	low, high := 100.0, 0.0
	for _, t := range lines {
		for _, p := range t.Points {
			for _, v := range []*float64{p.Value, p.Low, p.High} {
				if v != nil {
					low, high = min(low, *v), max(high, *v)
				}
			}
		}
	}
	if high < low {
		return Scale{0, 100}
	}
	s := Scale{math.Floor(low/10) * 10, math.Ceil(high/10) * 10}
	for s.High-s.Low < scaleWindow {
		if s.High < 100 {
			s.High += 10
		}
		if s.High-s.Low < scaleWindow && s.Low > 0 {
			s.Low -= 10
		}
	}
	return s
}

// Draw implements Figure.
func (p Paths) Draw(c Canvas, b Box) {
	head, right, col := Type{Size: 8, Bold: true, Color: Ink2}, b.X+b.W, pathColumnsOf(b.W)
	line := Box{b.X + col.label + col.value + 2, b.Y + pathHead, col.line, p.row() * float64(len(p.Rows))}
	for i, at := range []float64{b.X, line.X - 2, line.X, line.X + line.W + 2, right - col.whole, right} {
		t := head
		switch i {
		case 1, 4, 5:
			t.Align = Right
		}
		c.Text(Point{at, b.Y + 4}, p.Heads[i], t)
	}
	scale := p.Scale()
	for i, r := range p.Rows {
		y := line.Y + p.row()*float64(i)
		Segment(c, Point{b.X, y}, Point{right, y}, Stroke(Line, 0.2))
		r.draw(c, b, Box{line.X, y + 1.5, line.W, p.row() - 3}, scale)
	}
	bottom := line.Y + line.H
	Segment(c, Point{b.X, bottom}, Point{right, bottom}, Stroke(Line, 0.2))
	c.Text(Point{line.X, bottom + 3.8}, p.Ends[0], note)
	c.Text(Point{line.X + line.W, bottom + 3.8}, p.Ends[1], note.in(Right))
	c.Text(Point{b.X, bottom + 3.8}, p.Window, note)
}

func (r PathRow) draw(c Canvas, b, plot Box, scale Scale) {
	text := Type{Size: 10, Bold: r.Bold, Color: Ink}
	middle, right, col := plot.Y+plot.H/2, b.X+b.W, pathColumnsOf(b.W)
	y := middle + midline(10) - 2*float64(len(r.Notes))
	c.Text(Point{b.X, y}, shorten(c, r.Label, text, col.label-1), text)
	for i, line := range r.Notes {
		c.Text(Point{b.X, y + 4.2 + 3.6*float64(i)}, shorten(c, line, note, col.notes()), note)
	}
	c.Text(Point{plot.X - 2, middle + midline(9)}, r.First, note.in(Right))
	l := Trend{Points: r.Line, Scale: scale}.layout(c, Box{plot.X + 1.5, plot.Y, plot.W - 3, plot.H}, 0.7)
	l.band(c)
	l.line(c)
	l.dots(c)
	last := Type{Size: 11, Bold: true, Color: Ink}
	if r.LastEnd != NoEnd {
		last = r.LastEnd.bandType()
	}
	c.Text(Point{plot.X + plot.W + 2, middle + midline(last.Size)}, r.Last, last)
	for _, one := range []struct {
		at   float64
		ch   Change
		word string
	}{{right - col.whole, r.Whole, r.WholeWord}, {right, r.Step, r.StepWord}} {
		y := middle + midline(9)
		if one.word != "" && col.words {
			y = middle - 0.8
			c.Text(Point{one.at, middle + 3.2}, one.word, note.in(Right))
		}
		one.ch.draw(c, Point{one.at, y}, strong, 12)
	}
}

// dots draws the points of a line without whiskers and values: the last one solid,
// dashed rings where a value is withheld.
func (l trendLayout) dots(c Canvas) {
	for i, p := range l.Points {
		at := l.at[i]
		switch {
		case p.Withheld:
			c.Circle(Point{at.X, l.room.Y + l.room.H - 1.5*l.dot}, 1.5*l.dot, Dashed(Edge)) // at the foot, where no value is meant
		case p.Value == nil:
		case p.Hollow:
			c.Circle(at, 1.4*l.dot, Outlined(White, Brand, 0.4))
		case i == l.last():
			c.Circle(at, 1.6*l.dot, Fill(Brand))
		default:
			c.Circle(at, 1.3*l.dot, Outlined(Pale, Brand, 0.3))
		}
	}
}
