package chart

import "math"

// ForestRow is the change of one group between two rounds.
type ForestRow struct {
	Label     string
	Value     *float64 // nil: Empty is written instead
	Low, High *float64 // 95 % interval; both or none
	Change    Change
	Prev, Now string // the two values
	NowEnd    End    // if Now is a band
	Empty     string // why there is no change, e.g. "erstmals gemessen"
	N         string
	Hollow    bool // indicative
	Bold      bool // the whole
}

// Forest shows changes with their intervals around a line of no change.
type Forest struct {
	Heads [5]string // label, previous, now, change, n
	Rows  []ForestRow
	Words string
}

// Measures of the figure in mm. Columns are right edges, from the right.
const (
	forestLabel  = 52.0
	forestRight  = 73.0 // right of the plot
	forestPrev   = 58.0
	forestNow    = 44.0 // a band and the value before it keep apart
	forestChange = 20.0 // as do the two long heads
	forestColumn = 12.0 // width of the column of changes
	forestLeast  = 20.0 // the axis reaches at least that far, in points
)

// Alt implements Figure.
func (f Forest) Alt() string { return f.Words }

// Height of the figure in mm.
func (f Forest) Height() float64 { return levelHead + levelRow*float64(len(f.Rows)) + 6 }

// reach is how far the axis goes to both sides, in steps of ten points.
func (f Forest) reach() float64 {
	most := forestLeast
	for _, r := range f.Rows {
		for _, v := range []*float64{r.Value, r.Low, r.High} {
			if v != nil {
				most = max(most, math.Abs(*v))
			}
		}
	}
	return math.Ceil(most/10) * 10
}

// Draw implements Figure.
func (f Forest) Draw(c Canvas, b Box) {
	plot := Box{b.X + forestLabel, b.Y + levelHead, b.W - forestLabel - forestRight, levelRow * float64(len(f.Rows))}
	reach := f.reach()
	x := func(v float64) float64 { return plot.X + plot.W*(v+reach)/(2*reach) }
	head, right := Type{Size: 8, Bold: true, Color: Ink2}, b.X+b.W
	c.Text(Point{b.X, b.Y + 4}, f.Heads[0], head)
	for i, at := range []float64{forestPrev, forestNow, forestChange, 0} {
		c.Text(Point{right - at, b.Y + 4}, f.Heads[i+1], head.in(Right))
	}
	step := 10.0
	if reach > 30 {
		step = math.Ceil(reach/30) * 10
	}
	for v := -math.Floor(reach/step) * step; v <= reach; v += step {
		line := Stroke(Line, 0.2)
		if v == 0 {
			line = Stroke(Ink, 0.6)
		}
		Segment(c, Point{x(v), plot.Y}, Point{x(v), plot.Y + plot.H}, line)
		c.Text(Point{x(v), plot.Y + plot.H + 4}, signed(v), note.in(Centre))
	}
	for i, r := range f.Rows {
		r.draw(c, b, plot.Y+levelRow*(float64(i)+0.5), x)
	}
}

// signed prints a whole difference with its sign.
func signed(v float64) string {
	switch {
	case v > 0:
		return "+" + number(v)
	case v < 0:
		return "−" + number(-v)
	}
	return number(v)
}

func (r ForestRow) draw(c Canvas, b Box, y float64, x func(float64) float64) {
	text := label
	if r.Bold {
		text = strong
	}
	right, base := b.X+b.W, y+midline(9)
	c.Text(Point{b.X, base}, shorten(c, r.Label, text, forestLabel-3), text)
	c.Text(Point{right - forestPrev, base}, r.Prev, note.in(Right))
	now := strong
	if r.NowEnd != NoEnd {
		now = r.NowEnd.bandType()
	}
	c.Text(Point{right - forestNow, base}, r.Now, now.in(Right))
	r.Change.draw(c, Point{right - forestChange, base}, text, forestColumn)
	c.Text(Point{right, base}, r.N, note.in(Right))
	if r.Value == nil {
		w := c.Width(r.Empty, note) + 1.6
		Rect(c, Box{x(0) - w/2, y - 2, w, 4}, Fill(White)) // the zero line does not cross it
		c.Text(Point{x(0), y + midline(8)}, r.Empty, note.in(Centre))
		return
	}
	if r.Low != nil && r.High != nil {
		Segment(c, Point{x(*r.Low), y}, Point{x(*r.High), y}, Stroke(Pale, 1.1))
	}
	dot := Fill(Brand)
	switch {
	case r.Hollow:
		dot = Outlined(White, Brand, 0.5)
	case r.Bold:
		dot = Fill(Ink)
	}
	c.Circle(Point{x(*r.Value), y}, 1.4, dot)
}
