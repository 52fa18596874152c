package chart

import (
	"cmp"
	"math"
	"slices"
)

// Stair is a number that grows by one on each of its days.
type Stair struct {
	Label string
	Days  []float64
}

// Stairs shows what was planned, reached and told over time, added up: planned dashed,
// reached thin, told thick.
type Stairs struct {
	Title string
	Lines []Stair // at most three, in this order
	Ticks []Tick
	From  float64 // the first day of the axis
	To    float64
	Words string
}

// Alt implements Figure.
func (s Stairs) Alt() string { return s.Words }

// stairLabel is the room for labels at the end of the lines in mm.
const stairLabel = 40.0

// Draw implements Figure.
func (s Stairs) Draw(c Canvas, b Box) {
	c.Text(Point{b.X, b.Y + 4}, s.Title, title)
	plot := Box{b.X + 8, b.Y + 9, b.W - 8 - stairLabel, b.H - 16}
	most := 1
	for _, l := range s.Lines {
		most = max(most, len(l.Days))
	}
	step := math.Max(1, math.Ceil(float64(most)/5))
	top := math.Ceil(float64(most)/step) * step
	x := func(day float64) float64 { return plot.X + plot.W*(day-s.From)/math.Max(1, s.To-s.From) }
	y := func(n float64) float64 { return plot.Y + plot.H*(top-n)/top }
	for n := 0.0; n <= top; n += step {
		Segment(c, Point{plot.X, y(n)}, Point{plot.X + plot.W, y(n)}, Stroke(Line, 0.2))
		c.Text(Point{plot.X - 2, y(n) + midline(8)}, number(n), note.in(Right))
	}
	s.ticks(c, plot, x)
	planned := Stroke(Edge, 0.5)
	planned.Dash = true
	styles := []Style{planned, Stroke(Brand, 0.45), Stroke(Brand, 1.1)}
	ends := make([]SlopeRow, len(s.Lines))
	for i, l := range s.Lines {
		c.Path(l.path(s.From, s.To, x, y), false, styles[i%len(styles)])
		ends[i].To = new(float64(len(l.Days)))
	}
	heights := apart(ends, plot, func(r SlopeRow) (float64, bool) { return y(*r.To), true })
	for i, l := range s.Lines {
		c.Text(Point{plot.X + plot.W + 2, heights[i] + midline(9)}, l.Label, strong)
	}
}

func (s Stairs) ticks(c Canvas, plot Box, x func(float64) float64) {
	bottom, last := plot.Y+plot.H, plot.X-100
	Segment(c, Point{plot.X, bottom}, Point{plot.X + plot.W, bottom}, Stroke(Ink, 0.3))
	for _, t := range s.Ticks {
		half := c.Width(t.Label, note) / 2
		if x(t.Day) < plot.X || x(t.Day)-half < last+2 || x(t.Day)+half > plot.X+plot.W+4 {
			continue
		}
		Segment(c, Point{x(t.Day), bottom}, Point{x(t.Day), bottom + 1.2}, Stroke(Edge, 0.25))
		c.Text(Point{x(t.Day), bottom + 4.6}, t.Label, note.in(Centre))
		last = x(t.Day) + half
	}
}

// path is the line of steps from one end of the axis to the other.
func (l Stair) path(from, to float64, x, y func(float64) float64) []Point {
	points := []Point{{x(from), y(0)}}
	for n, day := range slices.SortedFunc(slices.Values(l.Days), cmp.Compare[float64]) {
		at := x(min(max(day, from), to))
		points = append(points, Point{at, y(float64(n))}, Point{at, y(float64(n + 1))})
	}
	return append(points, Point{x(to), y(float64(len(l.Days)))})
}
