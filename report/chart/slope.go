package chart

import (
	"cmp"
	"slices"
)

// SlopeRow is a group or measure at two times.
type SlopeRow struct {
	Label        string
	Short        string   // the name again, right of the lines
	From, To     *float64 // nil: not shown then
	FromText     string   // value, band, or why there is none
	ToText       string
	Change       Change
	Word         string // how certain the change is, for those who do not see its sign
	Bold, Hollow bool
}

// Slope joins the values of two times by a line each.
type Slope struct {
	Heads [2]string // the two times
	Rows  []SlopeRow
	Scale Scale // the zero value: as much of 0..100 as the values need
	Words string
}

// Measures of the figure in mm.
const (
	slopeHead = 8.0
	slopeGap  = 4.6 // least distance of labels
)

// slopeSides is the room in mm left and right of the lines; a half page has none for the
// names on the right.
func slopeSides(width float64) (label, right float64) {
	if width < narrow {
		return 50, 27
	}
	return 66, 59
}

// Alt implements Figure.
func (s Slope) Alt() string { return s.Words }

// Height is what the labels need, in mm.
func (s Slope) Height() float64 { return slopeHead + max(76, slopeGap*1.8*float64(len(s.Rows))) + 4 }

// Draw implements Figure.
func (s Slope) Draw(c Canvas, b Box) {
	scale := s.Scale
	if scale == (Scale{}) {
		var line Trend
		for _, r := range s.Rows {
			line.Points = append(line.Points, TrendPoint{Value: r.From}, TrendPoint{Value: r.To})
		}
		scale = span(line)
	}
	before, behind := slopeSides(b.W)
	plot := Box{b.X + before, b.Y + slopeHead, b.W - before - behind, b.H - slopeHead - 4}
	left, right := plot.X, plot.X+plot.W
	for i, x := range []float64{left, right} {
		c.Text(Point{x, b.Y + 4}, s.Heads[i], Type{Size: 9, Bold: true, Color: Ink2, Align: Centre})
		Segment(c, Point{x, plot.Y}, Point{x, plot.Y + plot.H}, Stroke(Line, 0.3))
	}
	y := func(v *float64) float64 { return scale.at(plot, *v) }
	for _, r := range s.Rows {
		r.line(c, left, right, y)
	}
	at := func(v *float64) (float64, bool) {
		if v == nil {
			return 0, false
		}
		return y(v), true
	}
	from := apart(s.Rows, plot, func(r SlopeRow) (float64, bool) { return at(r.From) })
	to := apart(s.Rows, plot, func(r SlopeRow) (float64, bool) { return at(r.To) })
	for i, r := range s.Rows {
		r.labels(c, b, plot, from[i], to[i], y)
	}
}

// line draws both points and what joins them.
func (r SlopeRow) line(c Canvas, left, right float64, y func(*float64) float64) {
	color, width := Brand, 0.5
	if r.Bold {
		color, width = Ink, 0.9
	}
	if r.From != nil && r.To != nil {
		Segment(c, Point{left, y(r.From)}, Point{right, y(r.To)}, Stroke(color, width))
	}
	if r.From != nil {
		c.Circle(Point{left, y(r.From)}, 1.2, Outlined(Prev, Edge, 0.25))
	}
	if r.To != nil {
		dot := Fill(color)
		if r.Hollow {
			dot = Outlined(White, color, 0.5)
		}
		c.Circle(Point{right, y(r.To)}, 1.4, dot)
	}
}

// labels writes name and value left, value and change right, each with a thin line to
// its point where it had to give way.
func (r SlopeRow) labels(c Canvas, b, plot Box, from, to float64, y func(*float64) float64) {
	text, left, right := label, plot.X, plot.X+plot.W
	if r.Bold {
		text = strong
	}
	base, value := from+midline(9), Point{left - 3.5, from + midline(9)}
	c.Text(value, r.FromText, text.in(Right))
	room := left - b.X - 3.5 - max(8, c.Width(r.FromText, text)+2)
	c.Text(Point{b.X, base}, shorten(c, r.Label, text, room), text)
	if r.From != nil {
		Segment(c, Point{left - 3, from}, Point{left - 1.4, y(r.From)}, Stroke(Edge, 0.15))
	}
	base = to + midline(9)
	c.Text(Point{right + 3.5, base}, r.ToText, strong)
	if r.To != nil {
		Segment(c, Point{right + 3, to}, Point{right + 1.6, y(r.To)}, Stroke(Edge, 0.15))
		r.Change.draw(c, Point{right + 25, base}, strong, 11)
		if room := b.X + b.W - right - 27; room > 10 {
			c.Text(Point{right + 27, base}, shorten(c, r.Short, note, room), note)
		}
	}
}

// apart gives the heights of labels beside their points, moved so that none stands on
// another; those without a point stand below.
func apart(rows []SlopeRow, plot Box, at func(SlopeRow) (float64, bool)) []float64 {
	order, want := make([]int, len(rows)), make([]float64, len(rows))
	for i, r := range rows {
		order[i] = i
		y, known := at(r)
		if !known {
			y = plot.Y + plot.H + float64(i)
		}
		want[i] = y
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(want[a], want[b]) })
	heights := make([]float64, len(rows))
	for n, i := range order {
		heights[i] = want[i]
		if n > 0 {
			heights[i] = max(want[i], heights[order[n-1]]+slopeGap)
		}
	}
	limit := plot.Y + plot.H
	for _, i := range slices.Backward(order) { // push back what fell out at the bottom
		heights[i] = min(heights[i], limit)
		limit = heights[i] - slopeGap
	}
	return heights
}
