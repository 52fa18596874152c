package chart

// LevelRow is one group or driver on a scale 0..100.
type LevelRow struct {
	Label     string
	Value     *float64 // nil: Band or Empty is written instead
	Low, High *float64 // 95 % interval; both or none
	Prev      *float64 // value of the previous iteration, a grey dot
	Text      string   // value, e.g. "62"
	Band      string   // e.g. "mind. 90 %"
	BandEnd   End
	Empty     string // e.g. "nicht ausgewiesen"
	Strength  int    // squares of an association: 1 weak, 2 medium, 3 strong
	Glyph     Glyph  // of the change, or why nothing is shown
	Share     string // of what goes together
	N         string // last column
	Hollow    bool   // indicative: fewer than ten answers
	Bold      bool   // the whole
}

// Levels is a dot plot of groups or drivers with their intervals, one row each.
type Levels struct {
	Heads    [3]string // of the columns label, value, n
	Strength string    // head of the squares, if there are any
	Share    string    // head of the shares, if there are any
	Rows     []LevelRow
	Words    string
}

// Measures of the figure in mm.
const (
	levelHead  = 7.0
	levelRow   = 6.5
	levelShare = 10.0
)

// levelColumns are measures in mm: room left and right of the plot, and the right edge of
// the values, from the right. A half page has none for squares and shares.
type levelColumns struct{ label, right, value float64 }

func levelColumnsOf(width float64) levelColumns {
	if width < narrow {
		return levelColumns{42, 30, 20}
	}
	return levelColumns{62, 40, 24}
}

// Alt implements Figure.
func (l Levels) Alt() string { return l.Words }

// Height of the figure in mm.
func (l Levels) Height() float64 { return levelHead + levelRow*float64(len(l.Rows)) + 6 }

// Draw implements Figure.
func (l Levels) Draw(c Canvas, b Box) {
	col := levelColumnsOf(b.W)
	plot := Box{b.X + col.label, b.Y + levelHead, b.W - col.label - col.right, levelRow * float64(len(l.Rows))}
	x := func(v float64) float64 { return plot.X + plot.W*v/100 }
	head := Type{Size: 8, Bold: true, Color: Ink2}
	c.Text(Point{b.X, b.Y + 4}, l.Heads[0], head)
	if l.Strength != "" {
		c.Text(Point{plot.X + plot.W + 6.8, b.Y + 4}, l.Strength, head.in(Right))
	}
	c.Text(Point{b.X + b.W - col.value, b.Y + 4}, l.Heads[1], head.in(Right))
	if l.Share != "" {
		c.Text(Point{b.X + b.W - levelShare, b.Y + 4}, l.Share, head.in(Right))
	}
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
	value := Point{b.X + b.W - levelColumnsOf(b.W).value, y + midline(9)}
	c.Text(Point{b.X, y + midline(9)}, shorten(c, r.Label, text, x(0)-b.X-3), text)
	if r.Share != "" {
		c.Text(Point{b.X + b.W - levelShare, y + midline(9)}, r.Share, note.in(Right))
	}
	c.Text(Point{b.X + b.W, y + midline(9)}, r.N, note.in(Right))
	switch {
	case r.Value != nil:
		r.marks(c, y, x)
		c.Text(value, r.Text, strong.in(Right))
		DrawGlyph(c, r.Glyph, Point{value.X + 4, y}, 2.4)
	case r.Band != "":
		band := r.BandEnd.bandType().in(Right)
		w := c.Width(r.Band, band) + 1
		Rect(c, Box{value.X - w, y - 2, w, 4}, Fill(White)) // it may reach into the plot
		c.Text(value, r.Band, band)
	default:
		Rect(c, Box{x(0) + 1, y - 2.1, x(100) - x(0) - 2, 4.2}, Fill(White))
		Rect(c, Box{x(0) + 1, y - 2.1, x(100) - x(0) - 2, 4.2}, Dashed(Edge))
		c.Text(Point{x(50), y + midline(8)}, r.Empty, note.in(Centre))
		c.Text(value, "–", note.in(Right))
		DrawGlyph(c, r.Glyph, Point{value.X + 4, y}, 2.4)
	}
}

// marks draws interval, previous and present value, and the squares.
func (r LevelRow) marks(c Canvas, y float64, x func(float64) float64) {
	if r.Low != nil && r.High != nil {
		Segment(c, Point{x(*r.Low), y}, Point{x(*r.High), y}, Stroke(Pale, 1.1))
	}
	if r.Prev != nil {
		Segment(c, Point{x(*r.Prev), y}, Point{x(*r.Value), y}, Stroke(Edge, 0.25))
		c.Circle(Point{x(*r.Prev), y}, 1.2, Outlined(Prev, Edge, 0.2))
	}
	dot := Fill(Brand)
	if r.Bold {
		dot = Fill(Ink)
	}
	if r.Hollow {
		dot = Outlined(White, Brand, 0.5)
	}
	c.Circle(Point{x(*r.Value), y}, 1.4, dot)
	for i := range r.Strength {
		Rect(c, Box{x(100) + 2 + 2.4*float64(i), y - 0.9, 1.8, 1.8}, Fill(Ink2))
	}
}
