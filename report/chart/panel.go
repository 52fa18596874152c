package chart

// Panel is one of several small lines that share their axes: a group over iterations
// with the whole in grey behind it.
type Panel struct {
	Title  string
	Line   Trend     // of the group: points and scale
	Total  []float64 // the whole at each point; below 0 = no value
	Change Change    // since its first value
	Ends   [2]string // labels of the first and last point
	Empty  string    // said in place of a line without values
	Words  string
}

// Alt implements Figure.
func (p Panel) Alt() string { return p.Words }

// SamePanels gives panels one scale.
func SamePanels(panels []Panel) {
	var lines []Trend
	for _, p := range panels {
		lines = append(lines, p.Line)
		whole := Trend{}
		for _, v := range p.Total {
			if v >= 0 {
				whole.Points = append(whole.Points, TrendPoint{Value: new(v)})
			}
		}
		lines = append(lines, whole)
	}
	for i := range lines { // intervals are not drawn
		for j := range lines[i].Points {
			if i%2 == 0 {
				lines[i].Points = append([]TrendPoint(nil), lines[i].Points...)
			}
			lines[i].Points[j].Low, lines[i].Points[j].High = nil, nil
		}
	}
	s := span(lines...)
	for i := range panels {
		panels[i].Line.Scale = s
	}
}

// Draw implements Figure.
func (p Panel) Draw(c Canvas, b Box) {
	width := b.W - 1
	if p.Change.Text != "" {
		width -= c.Width(p.Change.Text, strong) + changeGlyph + 3
	}
	c.Text(Point{b.X, b.Y + 3.6}, shorten(c, p.Title, strong, width), strong)
	p.Change.draw(c, Point{b.X + b.W - 1, b.Y + 3.6}, strong, 0)
	plot := Box{b.X + 6, b.Y + 8, b.W - 7, b.H - 13.5}
	l := p.Line.layout(c, Box{plot.X + 2, plot.Y, plot.W - 8, plot.H}, 0.8)
	for _, v := range []float64{l.scale.Low, (l.scale.Low + l.scale.High) / 2, l.scale.High} {
		Segment(c, Point{plot.X, l.y(v)}, Point{plot.X + plot.W, l.y(v)}, Stroke(Line, 0.2))
		if v == l.scale.Low || v == l.scale.High {
			c.Text(Point{plot.X - 1, l.y(v) + midline(8)}, number(v), note.in(Right))
		}
	}
	p.whole(c, l)
	l.line(c)
	l.dots(c)
	if last := l.last(); last >= 0 {
		at, value := l.at[last], l.Points[last].Text
		if last == len(l.at)-1 {
			c.Text(Point{at.X + 2, at.Y + midline(9)}, value, strong)
		} else {
			c.Text(Point{at.X, at.Y - 2}, value, strong.in(Centre))
		}
	} else {
		c.Text(Point{plot.X + plot.W/2, plot.Y + plot.H/2 - 3}, p.Empty, note.in(Centre))
	}
	base := plot.Y + plot.H + 4
	c.Text(Point{l.room.X, base}, p.Ends[0], note)
	c.Text(Point{l.room.X + l.room.W, base}, p.Ends[1], note.in(Right))
}

// whole draws the line of everybody in grey.
func (p Panel) whole(c Canvas, l trendLayout) {
	var run []Point
	draw := func() {
		if len(run) > 1 {
			c.Path(run, false, Stroke(Prev, 0.5))
		}
		run = nil
	}
	for i, v := range p.Total {
		if v < 0 || i >= len(l.at) {
			draw()
			continue
		}
		run = append(run, Point{l.at[i].X, l.y(v)})
	}
	draw()
}
