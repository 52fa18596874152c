package chart

// WanderStage is a stage of change over iterations.
type WanderStage struct {
	Label string
	Bars  []StageBar // by iteration; Label is that of the iteration
}

// Wander shows how the stages of change rise and which of them holds people up.
type Wander struct {
	Stages []WanderStage
	Limit  float64
	Words  string
}

// Alt implements Figure.
func (w Wander) Alt() string { return w.Words }

// Draw implements Figure.
func (w Wander) Draw(c Canvas, b Box) {
	plot := Box{b.X + 7, b.Y + 5, b.W - 7, b.H - 18}
	y := func(v float64) float64 { return plot.Y + plot.H*(100-v)/100 }
	for v := 0.0; v <= 100; v += 20 {
		Segment(c, Point{plot.X, y(v)}, Point{plot.X + plot.W, y(v)}, Stroke(Line, 0.2))
		c.Text(Point{plot.X - 2, y(v) + midline(8)}, number(v), note.in(Right))
	}
	limit := Stroke(Ink, 0.35)
	limit.Dash = true
	Segment(c, Point{plot.X, y(w.Limit)}, Point{plot.X + plot.W, y(w.Limit)}, limit)
	step := plot.W / float64(len(w.Stages))
	for i, s := range w.Stages {
		s.draw(c, Box{plot.X + step*float64(i) + 2, plot.Y, step - 4, plot.H}, y)
	}
	Segment(c, Point{plot.X, y(0)}, Point{plot.X + plot.W, y(0)}, Stroke(Ink, 0.3))
}

// draw draws the bars of a stage with the labels of the first and last iteration.
func (s WanderStage) draw(c Canvas, b Box, y func(float64) float64) {
	n := len(s.Bars)
	step := b.W / float64(n)
	width := min(stageBar, step*0.78)
	for i, bar := range s.Bars {
		x := b.X + step*(float64(i)+0.5)
		told := bar.Barrier || i == 0 || i == n-1 || n <= 3
		bar.thin(c, x, width, y, told && step > c.Width(bar.Text, note)*0.6)
		if i == 0 || i == n-1 {
			c.Text(Point{x, y(0) + 4.2}, bar.Label, note.in(Centre))
		}
	}
	text := strong.in(Centre)
	c.Text(Point{b.X + b.W/2, y(0) + 9.6}, shorten(c, s.Label, text, b.W+3), text)
}

// thin draws a bar with its value above, if it is told.
func (bar StageBar) thin(c Canvas, x, width float64, y func(float64) float64, told bool) {
	if bar.Value == nil {
		Rect(c, Box{x - width/2, y(30), width, y(0) - y(30)}, Dashed(Edge))
		return
	}
	style := Fill(Pale)
	if bar.Barrier {
		style = Fill(Act)
	}
	if bar.Hollow {
		style = Outlined(White, *style.Fill, 0.4)
	}
	Rect(c, Box{x - width/2, y(*bar.Value), width, y(0) - y(*bar.Value)}, style)
	if !told {
		return
	}
	text := Type{Size: 8, Bold: bar.Barrier, Color: Ink, Align: Centre}
	paper := c.Width(bar.Text, text) + 0.6
	Rect(c, Box{x - paper/2, y(*bar.Value) - 3.6, paper, 3.4}, Fill(White))
	c.Text(Point{x, y(*bar.Value) - 0.9}, bar.Text, text)
}
