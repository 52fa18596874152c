package chart

import "math"

// TrendPoint is one counted round on a line. A nil value leaves a gap.
type TrendPoint struct {
	Label     string // below the axis, e.g. "It. 2"
	Value     *float64
	Low, High *float64 // 95 % interval; both or none
	Pulse     bool     // a recurring round between two checks: small, light, without label
	Hollow    bool     // indicative
	Withheld  bool     // there is a value that may not be shown: small lines put a ring into the gap
	Text      string   // value
	Day       float64  // when, on any axis of days; all the same: equally far apart
	Closed    string   // the day in words, for the table of the figure
}

// Trend is a line over the rounds of a measure with its interval as a band. Line and
// band join headline rounds; pulse rounds are dots beside it.
type Trend struct {
	Title  string
	Lines  []string // below the title, two at most
	Points []TrendPoint
	Flags  []Flag
	Target *float64
	Scale  Scale  // chosen from the values if it is the zero value, see SameScale
	Window string // note below a scale that does not begin at 0
	Empty  string // said in place of a line without values
	Words  string // alternative text
}

// Alt implements Figure.
func (t Trend) Alt() string { return t.Words }

// Draw implements Figure.
func (t Trend) Draw(c Canvas, b Box) {
	c.Text(Point{b.X, b.Y + 4}, t.Title, title)
	for i, line := range t.Lines {
		c.Text(Point{b.X, b.Y + 8.6 + 4*float64(i)}, line, note)
	}
	used := 4 * float64(len(t.Lines))
	plot := Box{b.X + 8, b.Y + 10 + used, b.W - 14, b.H - 24 - used}
	l := t.layout(c, Box{plot.X + 6, plot.Y, plot.W - 16, plot.H - t.lane()}, 1)
	l.axis(c, plot)
	l.drawFlags(c, plot, plot.Y+plot.H)
	l.band(c)
	l.line(c)
	for i, p := range t.Points {
		if l.labelled[i] {
			c.Text(Point{l.at[i].X, plot.Y + plot.H + 4.6}, p.Label, note.in(Centre))
		}
		l.point(c, i)
	}
	if t.Target != nil {
		y := l.y(*t.Target)
		Segment(c, Point{plot.X + plot.W - 2, y}, Point{plot.X + plot.W + 2, y}, Stroke(Ink, 0.8))
	}
	if !l.scale.Whole() {
		c.Text(Point{plot.X, plot.Y + plot.H + 9.4}, t.Window, note)
	}
	if t.last() < 0 {
		c.Text(Point{plot.X + plot.W/2, plot.Y + plot.H/2}, t.Empty, note.in(Centre))
	}
}

// trendLayout is a line laid out in the room of its points.
type trendLayout struct {
	Trend
	room     Box
	scale    Scale
	at       []Point // of each point; without a value only X means something
	labelled []bool
	dot      float64 // size of the dots, 1 = full
}

func (t Trend) layout(c Canvas, room Box, dot float64) trendLayout {
	l := trendLayout{Trend: t, room: room, scale: t.Scale, at: make([]Point, len(t.Points)), dot: dot}
	if l.scale == (Scale{}) {
		l.scale = scaleOf(t)
	}
	from, to := t.days()
	for i, p := range t.Points {
		switch {
		case from < to:
			l.at[i].X = l.x(p.Day)
		case len(t.Points) > 1:
			l.at[i].X = room.X + room.W*float64(i)/float64(len(t.Points)-1)
		default:
			l.at[i].X = room.X + room.W/2
		}
		if p.Value != nil {
			l.at[i].Y = l.y(*p.Value)
		}
	}
	l.labelled = t.chooseLabels(c, l.at)
	return l
}

// days gives the first and last day of the axis; the same if there is no axis of time.
// Flags make it longer to the left only.
func (t Trend) days() (from, to float64) {
	for i, p := range t.Points {
		if i == 0 {
			from, to = p.Day, p.Day
		}
		from, to = min(from, p.Day), max(to, p.Day)
	}
	if from < to {
		for _, f := range t.Flags {
			from = min(from, f.Day)
		}
	}
	return from, to
}

// x is the place of a day on an axis of time.
func (l trendLayout) x(day float64) float64 {
	from, to := l.days()
	return l.room.X + l.room.W*(day-from)/(to-from)
}

func (l trendLayout) y(v float64) float64 { return l.scale.at(l.room, v) }

func (l trendLayout) axis(c Canvas, plot Box) {
	step := 10.0
	if l.scale.Whole() {
		step = 20
	}
	for v := l.scale.Low; v <= l.scale.High; v += step {
		Segment(c, Point{plot.X, l.y(v)}, Point{plot.X + plot.W, l.y(v)}, Stroke(Line, 0.2))
		c.Text(Point{plot.X - 2, l.y(v) + midline(8)}, number(v), note.in(Right))
	}
	Segment(c, Point{plot.X, plot.Y + plot.H}, Point{plot.X + plot.W, plot.Y + plot.H}, Stroke(Ink, 0.3))
}

// chooseLabels chooses the headline rounds whose labels stand free of each other, the last
// one first.
func (t Trend) chooseLabels(c Canvas, at []Point) []bool {
	chosen := make([]bool, len(at))
	limit := math.Inf(1)
	for i := len(at) - 1; i >= 0; i-- {
		half := c.Width(t.Points[i].Label, note)/2 + 1
		if !t.Points[i].Pulse && at[i].X+half <= limit {
			chosen[i], limit = true, at[i].X-half
		}
	}
	return chosen
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

// runs gives the headline points that follow each other without a gap.
func (t Trend) runs() [][]int {
	runs := [][]int{nil}
	for i, p := range t.Points {
		last := len(runs) - 1
		switch {
		case p.Pulse:
		case p.Value != nil:
			runs[last] = append(runs[last], i)
		case len(runs[last]) > 0:
			runs = append(runs, nil)
		}
	}
	return runs
}

// band fills the intervals of headline points that follow each other.
func (l trendLayout) band(c Canvas) {
	for _, run := range l.runs() {
		for k := 1; k < len(run); k++ {
			i, j := run[k-1], run[k]
			p, q := l.Points[i], l.Points[j]
			if p.Low == nil || p.High == nil || q.Low == nil || q.High == nil {
				continue
			}
			from, to := l.at[i].X, l.at[j].X
			c.Path([]Point{{from, l.y(*p.High)}, {to, l.y(*q.High)}, {to, l.y(*q.Low)}, {from, l.y(*p.Low)}}, true, Fill(Band))
		}
	}
}

// line joins the headline points.
func (l trendLayout) line(c Canvas) {
	for _, run := range l.runs() {
		if len(run) < 2 {
			continue
		}
		var points []Point
		for _, i := range run {
			points = append(points, l.at[i])
		}
		c.Path(points, false, Stroke(Brand, 0.6))
	}
}

// point draws a round: a headline with its whisker and value, a pulse as a light dot.
func (l trendLayout) point(c Canvas, i int) {
	p, at := l.Points[i], l.at[i]
	if p.Value == nil {
		return
	}
	if p.Pulse {
		c.Circle(at, 0.8*l.dot, Fill(Pale))
		return
	}
	if p.Low != nil && p.High != nil {
		whisker(c, at.X, l.y(*p.Low), l.y(*p.High))
	}
	radius, dot := 1.2, Outlined(Pale, Brand, 0.4)
	if i == l.last() {
		radius, dot = 1.5, Fill(Brand)
	}
	if p.Hollow {
		dot = Outlined(White, Brand, 0.5)
	}
	c.Circle(at, radius*l.dot, dot)
	l.value(c, i)
}

// lastValue is how the last value of a line is written.
var lastValue = Type{Size: 11, Bold: true, Color: Ink}

// value writes the value of a headline point: the last one large and beside it, others
// above their whiskers where there is room.
func (l trendLayout) value(c Canvas, i int) {
	p, at := l.Points[i], l.at[i]
	top := at.Y - 0.6
	if p.High != nil {
		top = min(top, l.y(*p.High))
	}
	large := lastValue
	switch {
	case i == l.last() && i == len(l.Points)-1:
		Rect(c, Box{at.X + 2.6, at.Y - 1.6, c.Width(p.Text, large) + 0.8, 3.2}, Fill(White)) // no line through it
		c.Text(Point{at.X + 3, at.Y + midline(11)}, p.Text, large)
	case i == l.last():
		c.Text(Point{at.X, top - 1.6}, p.Text, large.in(Centre))
	case l.labelled[i]:
		c.Text(Point{at.X, top - 1.6}, p.Text, note.in(Centre))
	}
}

// whisker draws an interval as a thin line with ends.
func whisker(c Canvas, x, low, high float64) {
	line := Stroke(Edge, 0.25)
	Segment(c, Point{x, low}, Point{x, high}, line)
	for _, y := range []float64{low, high} {
		Segment(c, Point{x - 0.9, y}, Point{x + 0.9, y}, line)
	}
}
