package chart

// StageBar is one stage of change.
type StageBar struct {
	Label   string
	Value   *float64
	Text    string
	Band    string // in place of a value
	Barrier bool
}

// Stages shows the stages of change in order with the line below which one holds
// people up.
type Stages struct {
	Title   string
	Bars    []StageBar
	Limit   float64
	Bracket string // label of the barrier
	Small   bool   // a panel or the figure beside a finding
	Words   string
}

// Alt implements Figure.
func (s Stages) Alt() string { return s.Words }

// Draw implements Figure.
func (s Stages) Draw(c Canvas, b Box) {
	if s.Small {
		s.small(c, b)
		return
	}
	c.Text(Point{b.X, b.Y + 4}, s.Title, Type{Size: 11, Bold: true, Color: Brand})
	plot := Box{b.X + 6, b.Y + 14, b.W - 6, b.H - 30}
	y := func(v float64) float64 { return plot.Y + plot.H*(100-v)/100 }
	for v := 0.0; v <= 100; v += 20 {
		Segment(c, Point{plot.X, y(v)}, Point{plot.X + plot.W, y(v)}, Stroke(Line, 0.2))
		c.Text(Point{plot.X - 2, y(v) + midline(8)}, number(v), note.in(Right))
	}
	line := Ink
	c.Path([]Point{{plot.X, y(s.Limit)}, {plot.X + plot.W, y(s.Limit)}}, false, Style{Stroke: &line, Width: 0.35, Dash: true})
	step := plot.W / float64(len(s.Bars))
	for i, bar := range s.Bars {
		x := plot.X + step*(float64(i)+0.5)
		bar.draw(c, x, 11, y, Type{Size: 10, Bold: true, Color: Ink, Align: Centre})
		text := Type{Size: 8, Color: Ink, Align: Centre}
		if bar.Barrier {
			text.Bold = true
			c.Text(Point{x, plot.Y + plot.H + 9.4}, s.Bracket, Type{Size: 8, Bold: true, Color: Act, Align: Centre})
		}
		c.Text(Point{x, plot.Y + plot.H + 5}, abbreviate(c, bar.Label, text, step), text)
	}
	Segment(c, Point{plot.X, y(0)}, Point{plot.X + plot.W, y(0)}, Stroke(Ink, 0.3))
}

func (s Stages) small(c Canvas, b Box) {
	top := b.Y + 3.2
	if s.Title != "" {
		c.Text(Point{b.X, b.Y + 3}, s.Title, Type{Size: 9, Bold: true, Color: Ink})
		top += 4
	}
	base := b.Y + b.H - 4.4
	y := func(v float64) float64 { return base - (base-top)*v/100 }
	step := b.W / float64(len(s.Bars))
	for i, bar := range s.Bars {
		x := b.X + step*(float64(i)+0.5)
		bar.draw(c, x, step*0.62, y, Type{Size: 8, Color: Ink, Align: Centre})
		text := Type{Size: 7.5, Color: Ink2, Align: Centre}
		if bar.Barrier {
			text.Bold, text.Color = true, Ink
		}
		c.Text(Point{x, base + 3.6}, abbreviate(c, bar.Label, text, step-0.4), text)
	}
	Segment(c, Point{b.X, base}, Point{b.X + b.W, base}, Stroke(Edge, 0.25))
}

func (bar StageBar) draw(c Canvas, x, width float64, y func(float64) float64, text Type) {
	switch {
	case bar.Value != nil:
		color := Pale
		if bar.Barrier {
			color = Act
			text.Bold = true
		}
		Rect(c, Box{x - width/2, y(*bar.Value), width, y(0) - y(*bar.Value)}, Fill(color))
		paper := c.Width(bar.Text, text) + 1
		Rect(c, Box{x - paper/2, y(*bar.Value) - 1 - text.Size*0.27, paper, text.Size * 0.3}, Fill(White))
		c.Text(Point{x, y(*bar.Value) - 1}, bar.Text, text)
	case bar.Band != "":
		c.Text(Point{x, y(0) - 2}, bar.Band, text)
	default:
		Rect(c, Box{x - width/2, y(45), width, y(0) - y(45)}, Dashed(Edge))
		c.Text(Point{x, y(18)}, "–", text)
	}
}
