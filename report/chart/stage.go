package chart

// StageBar is one stage of change.
type StageBar struct {
	Label   string
	Value   *float64
	Text    string
	Band    string // in place of a value
	BandEnd End
	Barrier bool
	Hollow  bool // indicative
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

// stageBar is the width of a column in mm, unless there is less room.
const stageBar = 12.0

// Alt implements Figure.
func (s Stages) Alt() string { return s.Words }

// Draw implements Figure.
func (s Stages) Draw(c Canvas, b Box) {
	if s.Small {
		s.small(c, b)
		return
	}
	c.Text(Point{b.X, b.Y + 4}, s.Title, title)
	plot := Box{b.X + 7, b.Y + 14, b.W - 7, b.H - 30}
	y := func(v float64) float64 { return plot.Y + plot.H*(100-v)/100 }
	for v := 0.0; v <= 100; v += 20 {
		Segment(c, Point{plot.X, y(v)}, Point{plot.X + plot.W, y(v)}, Stroke(Line, 0.2))
		c.Text(Point{plot.X - 2, y(v) + midline(8)}, number(v), note.in(Right))
	}
	limit := Stroke(Ink, 0.35)
	limit.Dash = true
	Segment(c, Point{plot.X, y(s.Limit)}, Point{plot.X + plot.W, y(s.Limit)}, limit)
	step := plot.W / float64(len(s.Bars))
	width := min(stageBar, step*0.8)
	for i, bar := range s.Bars {
		x := plot.X + step*(float64(i)+0.5)
		bar.draw(c, x, width, y, Type{Size: 10, Bold: true, Color: Ink, Align: Centre})
		text := Type{Size: 8, Color: Ink, Align: Centre}
		if bar.Barrier {
			text.Bold = true
			s.bracket(c, x, plot.Y+plot.H+6.6, step)
		}
		c.Text(Point{x, plot.Y + plot.H + 5}, abbreviate(c, bar.Label, text, step), text)
	}
	Segment(c, Point{plot.X, y(0)}, Point{plot.X + plot.W, y(0)}, Stroke(Ink, 0.3))
}

// bracket marks the barrier below its label.
func (s Stages) bracket(c Canvas, x, y, step float64) {
	half := step/2 - 0.8
	c.Path([]Point{{x - half, y}, {x - half, y + 1.2}, {x + half, y + 1.2}, {x + half, y}}, false, Stroke(Act, 0.4))
	c.Text(Point{x, y + 5}, s.Bracket, Type{Size: 8, Bold: true, Color: Act, Align: Centre})
}

func (s Stages) small(c Canvas, b Box) {
	top := b.Y + 3.2
	if s.Title != "" {
		c.Text(Point{b.X, b.Y + 3}, shorten(c, s.Title, strong, b.W), strong)
		top += 4
	}
	base := b.Y + b.H - 4.4
	y := func(v float64) float64 { return base - (base-top)*v/100 }
	step := b.W / float64(len(s.Bars))
	for i, bar := range s.Bars {
		x := b.X + step*(float64(i)+0.5)
		bar.draw(c, x, min(stageBar, step*0.62), y, Type{Size: 8, Color: Ink, Align: Centre})
		text := Type{Size: 8, Color: Ink2, Align: Centre}
		if bar.Barrier {
			text.Bold, text.Color = true, Ink
		}
		c.Text(Point{x, base + 3.6}, abbreviate(c, bar.Label, text, step+0.3), text)
	}
	Segment(c, Point{b.X, base}, Point{b.X + b.W, base}, Stroke(Edge, 0.25))
}

func (bar StageBar) draw(c Canvas, x, width float64, y func(float64) float64, text Type) {
	switch {
	case bar.Value != nil:
		bar.column(c, Box{x - width/2, y(*bar.Value), width, y(0) - y(*bar.Value)}, text)
	case bar.Band != "":
		band := bar.BandEnd.bandType().in(Centre)
		band.Size = 8
		lines := twoLines(c, bar.Band, band, width*1.5)
		for i, line := range lines {
			c.Text(Point{x, y(0) - 2 - 3.4*float64(len(lines)-1-i)}, line, band)
		}
	default:
		Rect(c, Box{x - width/2, y(45), width, y(0) - y(45)}, Dashed(Edge))
		c.Text(Point{x, y(18)}, "–", text)
	}
}

// column draws the bar of a value with its number above, on paper that hides the
// lines of the axis.
func (bar StageBar) column(c Canvas, b Box, text Type) {
	color := Pale
	if bar.Barrier {
		color = Act
		text.Bold = true
	}
	style := Fill(color)
	if bar.Hollow {
		style = Outlined(White, color, 0.5)
		text.Bold = false
	}
	Rect(c, b, style)
	paper := max(b.W, c.Width(bar.Text, text)+1)
	Rect(c, Box{b.X + b.W/2 - paper/2, b.Y - 1.2 - text.Size*0.27, paper, text.Size*0.27 + 0.8}, Fill(White))
	c.Text(Point{b.X + b.W/2, b.Y - 1}, bar.Text, text)
}
