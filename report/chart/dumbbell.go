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

// dumbbellRow is the height of a row in mm.
const dumbbellRow = 6.6

// dumbbellColumns are measures in mm. All but the label are right edges, from the right;
// right is that of the plot. Without a change column of its own there is no word beside it.
type dumbbellColumns struct{ label, before, now, change, right float64 }

func dumbbellColumnsOf(width float64) dumbbellColumns {
	if width < narrow {
		return dumbbellColumns{45, 32, 22, 0, 40}
	}
	return dumbbellColumns{50, 62, 51, 30, 72}
}

// Alt implements Figure.
func (d Dumbbell) Alt() string { return d.Words }

// Height of the figure in mm.
func (d Dumbbell) Height() float64 { return levelHead + dumbbellRow*float64(len(d.Rows)) + 6 }

// Draw implements Figure.
func (d Dumbbell) Draw(c Canvas, b Box) {
	col := dumbbellColumnsOf(b.W)
	plot := Box{b.X + col.label, b.Y + levelHead, b.W - col.label - col.right, dumbbellRow * float64(len(d.Rows))}
	x := func(v float64) float64 { return plot.X + plot.W*v/100 }
	head, right := Type{Size: 8, Bold: true, Color: Ink2}, b.X+b.W
	c.Text(Point{b.X, b.Y + 4}, d.Heads[0], head)
	for i, at := range []float64{col.before, col.now, col.change} {
		c.Text(Point{right - at, b.Y + 4}, d.Heads[i+1], head.in(Right))
	}
	if col.change > 0 {
		c.Text(Point{right - col.change + 2, b.Y + 4}, d.Heads[4], head)
	}
	for v := 0.0; v <= 100; v += 50 {
		Segment(c, Point{x(v), plot.Y}, Point{x(v), plot.Y + plot.H}, Stroke(Line, 0.2))
		c.Text(Point{x(v), plot.Y + plot.H + 4}, number(v), note.in(Centre))
	}
	for i, r := range d.Rows {
		r.draw(c, b, plot.Y+dumbbellRow*(float64(i)+0.5), x)
	}
}

func (r DumbbellRow) draw(c Canvas, b Box, y float64, x func(float64) float64) {
	right, base, col := b.X+b.W, y+midline(9), dumbbellColumnsOf(b.W)
	if r.Head {
		Rect(c, Box{b.X, y - dumbbellRow/2, b.W, dumbbellRow - 0.4}, Fill(White))
		c.Text(Point{b.X, base + 0.8}, r.Label, strong.colored(Brand))
		return
	}
	c.Text(Point{b.X, base}, shorten(c, r.Label, label, col.label-2), label)
	c.Text(Point{right - col.before, base}, r.BeforeText, note.in(Right))
	c.Text(Point{right - col.now, base}, r.NowText, strong.in(Right))
	r.Change.draw(c, Point{right - col.change, base}, label, 11)
	if col.change > 0 {
		c.Text(Point{right - col.change + 2, base}, r.Word, note)
	}
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
