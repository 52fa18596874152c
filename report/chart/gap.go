package chart

// GapRow is one group in the small figure of a gap.
type GapRow struct {
	Label string
	Value float64
	Text  string
	Mark  bool // the one that lags behind
	Total bool
}

// gapRow is the distance of rows in mm.
const gapRow = 5.0

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
		r.draw(c, b, b.Y+(b.H-gapRow*float64(len(g.Rows)-1))/2-1+gapRow*float64(i))
	}
}

func (r GapRow) draw(c Canvas, b Box, y float64) {
	from, to := b.X+26, b.X+b.W-7
	at := Point{from + (to-from)*r.Value/100, y}
	text := note
	if r.Mark {
		text = Type{Size: 8, Bold: true, Color: Ink}
	}
	c.Text(Point{from - 1.5, y + midline(8)}, shorten(c, r.Label, text, 24.5), text.in(Right))
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
