package chart

// LevelRow is one group on a scale 0..100.
type LevelRow struct {
	Label     string
	Value     *float64 // nil: Band or Empty is written instead
	Low, High *float64
	Text      string // value, e.g. "62"
	Band      string // e.g. "mind. 90 %"
	Empty     string // e.g. "nicht ausgewiesen"
	N         string // last column
	Hollow    bool   // indicative: fewer than ten answers
	Bold      bool   // the whole
}

// Levels is a dot plot of groups with their intervals, one row each.
type Levels struct {
	Heads [3]string // of the columns label, value, n
	Rows  []LevelRow
	Words string
}

// levelRow is the height of a row in mm.
const levelRow = 6.5

// Alt implements Figure.
func (l Levels) Alt() string { return l.Words }

// Height of the figure in mm.
func (l Levels) Height() float64 { return 7 + levelRow*float64(len(l.Rows)) + 6 }

// Draw implements Figure.
func (l Levels) Draw(c Canvas, b Box) {
	plot := Box{b.X + 62, b.Y + 7, b.W - 62 - 40, levelRow * float64(len(l.Rows))}
	x := func(v float64) float64 { return plot.X + plot.W*v/100 }
	head := Type{Size: 8, Bold: true, Color: Ink2}
	c.Text(Point{b.X, b.Y + 4}, l.Heads[0], head)
	c.Text(Point{b.X + b.W - 24, b.Y + 4}, l.Heads[1], head.in(Right))
	c.Text(Point{b.X + b.W, b.Y + 4}, l.Heads[2], head.in(Right))
	for v := 0.0; v <= 100; v += 20 {
		line := Stroke(Line, 0.2)
		if v == 0 {
			line = Stroke(Ink, 0.3)
		}
		Segment(c, Point{x(v), plot.Y}, Point{x(v), plot.Y + plot.H}, line)
		c.Text(Point{x(v), plot.Y + plot.H + 4}, number(v), note.in(Centre))
	}
	for i, r := range l.Rows {
		r.draw(c, b, plot.Y+levelRow*(float64(i)+0.5), x)
	}
}

func (r LevelRow) draw(c Canvas, b Box, y float64, x func(float64) float64) {
	text := label
	if r.Bold {
		text = strong
	}
	c.Text(Point{b.X, y + midline(9)}, r.Label, text)
	c.Text(Point{b.X + b.W, y + midline(9)}, r.N, note.in(Right))
	switch {
	case r.Value != nil:
		if r.Low != nil {
			Segment(c, Point{x(*r.Low), y}, Point{x(*r.High), y}, Stroke(Pale, 1.1))
		}
		dot := Fill(Brand)
		if r.Bold {
			dot = Fill(Ink)
		}
		if r.Hollow {
			dot = Outlined(White, Brand, 0.5)
		}
		c.Circle(Point{x(*r.Value), y}, 1.4, dot)
		c.Text(Point{b.X + b.W - 24, y + midline(9)}, r.Text, strong.in(Right))
	case r.Band != "":
		c.Text(Point{b.X + b.W - 24, y + midline(8.5)}, r.Band, Type{Size: 8.5, Bold: true, Color: Ink, Align: Right})
	default:
		Rect(c, Box{x(0) + 1, y - 2.1, x(100) - x(0) - 2, 4.2}, Dashed(Edge))
		c.Text(Point{x(50), y + midline(8)}, r.Empty, note.in(Centre))
		c.Text(Point{b.X + b.W - 24, y + midline(9)}, "–", note.in(Right))
	}
}

// GapRow is one group in the small figure of a gap.
type GapRow struct {
	Label string
	Value float64
	Text  string
	Mark  bool // the one that lags behind
	Total bool
}

// Gap is the small figure beside a finding: highest, total, lowest.
type Gap struct {
	Rows  []GapRow
	Words string
}

// Alt implements Figure.
func (g Gap) Alt() string { return g.Words }

// Draw implements Figure.
func (g Gap) Draw(c Canvas, b Box) {
	for i, r := range g.Rows {
		y := b.Y + 2 + 5*float64(i)
		from, to := b.X+26, b.X+b.W-7
		at := Point{from + (to-from)*r.Value/100, y}
		text := note
		if r.Mark {
			text = Type{Size: 8, Bold: true, Color: Ink}
		}
		c.Text(Point{from - 1.5, y + midline(8)}, shorten(c, r.Label, text, 25), text.in(Right))
		Segment(c, Point{from, y}, Point{to, y}, Stroke(Line, 0.3))
		switch {
		case r.Mark:
			Rect(c, Box{at.X - 1.1, y - 1.1, 2.2, 2.2}, Fill(Act))
		case r.Total:
			c.Circle(at, 1.1, Fill(Ink2))
		default:
			c.Circle(at, 1.1, Fill(Brand))
		}
		c.Text(Point{b.X + b.W, y + midline(8)}, r.Text, text.in(Right))
	}
}

// abbreviate cuts a word so that it fits, with a full stop.
func abbreviate(c Canvas, s string, t Type, width float64) string {
	if c.Width(s, t) <= width {
		return s
	}
	runes := []rune(s)
	for len(runes) > 1 && c.Width(string(runes)+".", t) > width {
		runes = runes[:len(runes)-1]
	}
	return string(runes) + "."
}

// shorten cuts a label at the end so that it fits, with an ellipsis.
func shorten(c Canvas, s string, t Type, width float64) string {
	if c.Width(s, t) <= width {
		return s
	}
	runes := []rune(s)
	for len(runes) > 1 && c.Width(string(runes)+"…", t) > width {
		runes = runes[:len(runes)-1]
	}
	return string(runes) + "…"
}
