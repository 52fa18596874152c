package chart

// DumbbellRow is a question before and now.
type DumbbellRow struct {
	Label       string
	Before, Now *float64 // nil: not drawn
	Low, High   *float64 // 95 % interval of now
	BeforeText  string
	NowText     string
	Change      Change
	Word        string // how certain it is
	Head        bool   // a heading between rows
	Hollow      bool
}

// Dumbbell joins the values of two rounds on one scale, a row for each question.
type Dumbbell struct {
	Heads [5]string // question, before, now, change, verdict
	Rows  []DumbbellRow
	Words string
}

// Measures of the figure in mm. Columns are right edges, from the right.
const (
	dumbbellRow    = 6.6
	dumbbellLabel  = 50.0
	dumbbellBefore = 62.0
	dumbbellNow    = 51.0
	dumbbellChange = 30.0
	dumbbellRight  = 72.0 // right of the plot
)

// Alt implements Figure.
func (d Dumbbell) Alt() string { return d.Words }

// Height of the figure in mm.
func (d Dumbbell) Height() float64 { return levelHead + dumbbellRow*float64(len(d.Rows)) + 6 }

// Draw implements Figure.
func (d Dumbbell) Draw(c Canvas, b Box) {
	plot := Box{b.X + dumbbellLabel, b.Y + levelHead, b.W - dumbbellLabel - dumbbellRight, dumbbellRow * float64(len(d.Rows))}
	x := func(v float64) float64 { return plot.X + plot.W*v/100 }
	head, right := Type{Size: 8, Bold: true, Color: Ink2}, b.X+b.W
	c.Text(Point{b.X, b.Y + 4}, d.Heads[0], head)
	for i, at := range []float64{dumbbellBefore, dumbbellNow, dumbbellChange} {
		c.Text(Point{right - at, b.Y + 4}, d.Heads[i+1], head.in(Right))
	}
	c.Text(Point{right - dumbbellChange + 2, b.Y + 4}, d.Heads[4], head)
	for v := 0.0; v <= 100; v += 50 {
		Segment(c, Point{x(v), plot.Y}, Point{x(v), plot.Y + plot.H}, Stroke(Line, 0.2))
		c.Text(Point{x(v), plot.Y + plot.H + 4}, number(v), note.in(Centre))
	}
	for i, r := range d.Rows {
		r.draw(c, b, plot.Y+dumbbellRow*(float64(i)+0.5), x)
	}
}

func (r DumbbellRow) draw(c Canvas, b Box, y float64, x func(float64) float64) {
	right, base := b.X+b.W, y+midline(9)
	if r.Head {
		Rect(c, Box{b.X, y - dumbbellRow/2, b.W, dumbbellRow - 0.4}, Fill(White))
		c.Text(Point{b.X, base + 0.8}, r.Label, strong.colored(Brand))
		return
	}
	c.Text(Point{b.X, base}, shorten(c, r.Label, label, dumbbellLabel-2), label)
	c.Text(Point{right - dumbbellBefore, base}, r.BeforeText, note.in(Right))
	c.Text(Point{right - dumbbellNow, base}, r.NowText, strong.in(Right))
	r.Change.draw(c, Point{right - dumbbellChange, base}, label, 11)
	c.Text(Point{right - dumbbellChange + 2, base}, r.Word, note)
	if r.Low != nil && r.High != nil {
		Segment(c, Point{x(*r.Low), y}, Point{x(*r.High), y}, Stroke(Band, 2))
	}
	if r.Before != nil && r.Now != nil {
		Segment(c, Point{x(*r.Before), y}, Point{x(*r.Now), y}, Stroke(Brand, 0.6))
	}
	if r.Before != nil {
		c.Circle(Point{x(*r.Before), y}, 1.2, Outlined(Prev, Edge, 0.2))
	}
	if r.Now != nil {
		dot := Fill(Brand)
		if r.Hollow {
			dot = Outlined(White, Brand, 0.5)
		}
		c.Circle(Point{x(*r.Now), y}, 1.4, dot)
	}
}
