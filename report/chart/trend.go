package chart

import (
	"fmt"
	"math"
)

// TrendPoint is one counted round on a line. A nil value leaves a gap.
type TrendPoint struct {
	Label           string // below the axis, e.g. "It. 2"
	Value           *float64
	Low, High       *float64 // 95 % interval
	Pulse           bool     // a recurring round between two checks: small, light, without label
	Text, RangeText string   // value and interval in words
}

// Trend is a line over the rounds of a measure with its interval as a band.
type Trend struct {
	Title  string
	Points []TrendPoint
	Target *float64
	Window string // note below a scale that does not begin at 0, e.g. "Ausschnitt 40–70"
	Empty  string // said in place of a line without values
	Words  string // alternative text
}

// Alt implements Figure.
func (t Trend) Alt() string { return t.Words }

// window gives the scale: everything, or a part of 30 points if the values fill less than 40.
func (t Trend) window() (low, high float64, part bool) {
	low, high = 100, 0
	for _, p := range t.Points {
		for _, v := range []*float64{p.Value, p.Low, p.High} {
			if v != nil {
				low, high = min(low, *v), max(high, *v)
			}
		}
	}
	if t.Target != nil {
		low, high = min(low, *t.Target), max(high, *t.Target)
	}
	if high-low > 26 || high < low {
		return 0, 100, false
	}
	from := math.Floor(((low+high)/2-15)/5) * 5
	if from > low {
		from -= 5
	}
	if from+30 < high {
		from += 5
	}
	from = min(max(0, from), 70)
	return from, from + 30, true
}

// Draw implements Figure.
func (t Trend) Draw(c Canvas, b Box) {
	c.Text(Point{b.X, b.Y + 4}, t.Title, Type{Size: 11, Bold: true, Color: Brand})
	plot := Box{b.X + 8, b.Y + 10, b.W - 14, b.H - 24}
	low, high, part := t.window()
	y := func(v float64) float64 { return plot.Y + plot.H*(high-v)/(high-low) }
	step := 20.0
	if part {
		step = 10
	}
	for v := low; v <= high; v += step {
		Segment(c, Point{plot.X, y(v)}, Point{plot.X + plot.W, y(v)}, Stroke(Line, 0.2))
		c.Text(Point{plot.X - 2, y(v) + midline(8)}, fmt.Sprint(v), note.in(Right))
	}
	Segment(c, Point{plot.X, plot.Y + plot.H}, Point{plot.X + plot.W, plot.Y + plot.H}, Stroke(Ink, 0.3))
	x := func(i int) float64 {
		if len(t.Points) == 1 {
			return plot.X + plot.W/2
		}
		return plot.X + 6 + (plot.W-16)*float64(i)/float64(len(t.Points)-1)
	}
	t.band(c, x, y)
	t.line(c, x, y)
	for i, p := range t.Points {
		if !p.Pulse {
			c.Text(Point{x(i), plot.Y + plot.H + 4.6}, p.Label, note.in(Centre))
		}
		t.point(c, p, x(i), y, i == t.last())
	}
	if t.Target != nil {
		Segment(c, Point{plot.X + plot.W - 2, y(*t.Target)}, Point{plot.X + plot.W + 2, y(*t.Target)}, Stroke(Ink, 0.8))
	}
	if part {
		c.Text(Point{plot.X, plot.Y + plot.H + 9.4}, t.Window, note)
	}
	if t.last() < 0 {
		c.Text(Point{plot.X + plot.W/2, plot.Y + plot.H/2}, t.Empty, note.in(Centre))
	}
}

// last gives the last headline point with a value, -1 without one.
func (t Trend) last() int {
	for i := len(t.Points) - 1; i >= 0; i-- {
		if t.Points[i].Value != nil && !t.Points[i].Pulse {
			return i
		}
	}
	return -1
}

// band fills the intervals of neighbouring points.
func (t Trend) band(c Canvas, x func(int) float64, y func(float64) float64) {
	for i := 1; i < len(t.Points); i++ {
		a, b := t.Points[i-1], t.Points[i]
		if a.Low == nil || b.Low == nil {
			continue
		}
		c.Path([]Point{{x(i - 1), y(*a.High)}, {x(i), y(*b.High)}, {x(i), y(*b.Low)}, {x(i - 1), y(*a.Low)}}, true, Fill(Band))
	}
}

// line joins the headline points.
func (t Trend) line(c Canvas, x func(int) float64, y func(float64) float64) {
	var run []Point
	flush := func() {
		if len(run) > 1 {
			c.Path(run, false, Stroke(Brand, 0.6))
		}
		run = nil
	}
	for i, p := range t.Points {
		switch {
		case p.Pulse:
		case p.Value == nil:
			flush()
		default:
			run = append(run, Point{x(i), y(*p.Value)})
		}
	}
	flush()
}

func (t Trend) point(c Canvas, p TrendPoint, x float64, y func(float64) float64, last bool) {
	if p.Value == nil {
		return
	}
	at := Point{x, y(*p.Value)}
	if p.Pulse {
		c.Circle(at, 0.8, Outlined(White, Pale, 0.3))
		return
	}
	whisker(c, at.X, p.Low, p.High, y)
	if last {
		c.Circle(at, 1.5, Fill(Brand))
		c.Text(Point{at.X + 3, at.Y + midline(11)}, p.Text, Type{Size: 11, Bold: true, Color: Ink})
		return
	}
	c.Circle(at, 1.2, Outlined(Pale, Brand, 0.4))
	top := at.Y
	if p.High != nil {
		top = y(*p.High)
	}
	c.Text(Point{at.X, top - 1.6}, p.Text, note.in(Centre))
}

// whisker draws an interval as a thin line with ends.
func whisker(c Canvas, x float64, low, high *float64, y func(float64) float64) {
	if low == nil || high == nil {
		return
	}
	line := Stroke(Edge, 0.25)
	Segment(c, Point{x, y(*low)}, Point{x, y(*high)}, line)
	for _, v := range []float64{*low, *high} {
		Segment(c, Point{x - 0.9, y(v)}, Point{x + 0.9, y(v)}, line)
	}
}

// Spark is the small trend beside a finding.
type Spark struct{ Trend }

// Draw implements Figure.
func (s Spark) Draw(c Canvas, b Box) {
	low, high, _ := s.window()
	y := func(v float64) float64 { return b.Y + 3 + (b.H-6)*(high-v)/(high-low) }
	x := func(i int) float64 {
		if len(s.Points) == 1 {
			return b.X + b.W/2
		}
		return b.X + 4 + (b.W-14)*float64(i)/float64(len(s.Points)-1)
	}
	s.line(c, x, y)
	for i, p := range s.Points {
		s.point(c, p, x(i), y, i == s.last())
	}
}
