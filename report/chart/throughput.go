package chart

// ThroughputRow is what became of the criticism of one iteration.
type ThroughputRow struct {
	Label                    string
	Received, Answered, Done int
	Days                     string // median until the answer
}

// Throughput shows how many points of criticism came, were answered and implemented: an
// outline for those received, filled as far as they were answered, dark as implemented.
type Throughput struct {
	Heads  [2]string // iteration, days
	Legend [3]string // received, answered, implemented
	Rows   []ThroughputRow
	Words  string
}

// Measures of the figure in mm.
const (
	throughputRow   = 8.0
	throughputLabel = 26.0
	throughputText  = 20.0 // of each number
	throughputDays  = 24.0
)

// Alt implements Figure.
func (t Throughput) Alt() string { return t.Words }

// Height of the figure in mm.
func (t Throughput) Height() float64 { return 14 + throughputRow*float64(len(t.Rows)) }

// Draw implements Figure.
func (t Throughput) Draw(c Canvas, b Box) {
	x := b.X
	for i, style := range []Style{Stroke(Edge, 0.25), Fill(Pale), Fill(Brand)} {
		Rect(c, Box{x, b.Y, 4, 3}, style)
		c.Text(Point{x + 5.2, b.Y + 2.6}, t.Legend[i], note)
		x += 10 + c.Width(t.Legend[i], note)
	}
	head, right := Type{Size: 8, Bold: true, Color: Ink2}, b.X+b.W
	c.Text(Point{b.X, b.Y + 10}, t.Heads[0], head)
	for i, name := range t.Legend {
		c.Text(Point{right - throughputDays - throughputText*float64(len(t.Legend)-1-i), b.Y + 10}, name, head.in(Right))
	}
	c.Text(Point{right, b.Y + 10}, t.Heads[1], head.in(Right))
	most := 1
	for _, r := range t.Rows {
		most = max(most, r.Received)
	}
	per := (b.W - throughputLabel - 3*throughputText - throughputDays - 3) / float64(most)
	for i, r := range t.Rows {
		r.draw(c, b, b.Y+13+throughputRow*(float64(i)+0.5), per)
	}
}

func (r ThroughputRow) draw(c Canvas, b Box, y, per float64) {
	base, right := y+midline(9), b.X+b.W
	c.Text(Point{b.X, base}, r.Label, label)
	bar := func(n int, s Style) { Rect(c, Box{b.X + throughputLabel, y - 2, per * float64(n), 4}, s) }
	if r.Answered > 0 {
		bar(r.Answered, Fill(Pale))
	}
	if r.Done > 0 {
		bar(r.Done, Fill(Brand))
	}
	if r.Received > 0 {
		bar(r.Received, Stroke(Edge, 0.25))
	}
	for i, n := range []int{r.Received, r.Answered, r.Done} {
		c.Text(Point{right - throughputDays - throughputText*float64(2-i), base}, number(float64(n)), label.in(Right))
	}
	c.Text(Point{right, base}, r.Days, strong.in(Right))
}
