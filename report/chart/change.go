package chart

// Glyph is the sign of a change. Its shape tells direction and certainty, so that it
// needs no colour.
type Glyph int

// The glyphs (README.md, decision 12).
const (
	NoGlyph      Glyph = iota
	ClearlyUp          // solid triangle
	ProbablyUp         // outlined triangle
	ClearlyDown        // solid triangle
	ProbablyDown       // outlined triangle
	SameLevel          // equals sign
	NotClear           // double wave
	NewHere            // ring
	NotAlike           // slashed ring
)

// Change is what stands in a column of changes.
type Change struct {
	Glyph Glyph
	Text  string // "+9", "neu", "–"
}

// DrawGlyph draws the sign of a change with a width in mm around a centre.
func DrawGlyph(c Canvas, g Glyph, at Point, size float64) {
	r, pen := size/2, Stroke(Ink, size*0.13)
	triangle := func(tip float64, s Style) {
		c.Path([]Point{{at.X, at.Y + tip*r*0.9}, {at.X + r, at.Y - tip*r*0.8}, {at.X - r, at.Y - tip*r*0.8}}, true, s)
	}
	const up, down = -1, 1
	switch g {
	case ClearlyUp:
		triangle(up, Fill(Ink))
	case ProbablyUp:
		triangle(up, Outlined(White, Ink, size*0.1))
	case ClearlyDown:
		triangle(down, Fill(Ink))
	case ProbablyDown:
		triangle(down, Outlined(White, Ink, size*0.1))
	case SameLevel:
		for _, y := range []float64{-0.3, 0.3} {
			Segment(c, Point{at.X - r, at.Y + y*r}, Point{at.X + r, at.Y + y*r}, pen)
		}
	case NotClear:
		wave(c, Point{at.X, at.Y - 0.35*r}, r, pen)
		wave(c, Point{at.X, at.Y + 0.45*r}, r, pen)
	case NewHere:
		c.Circle(at, r*0.75, Outlined(White, Ink, size*0.13))
	case NotAlike:
		c.Circle(at, r*0.75, Outlined(White, Ink, size*0.1))
		Segment(c, Point{at.X - r*0.8, at.Y + r*0.8}, Point{at.X + r*0.8, at.Y - r*0.8}, pen)
	}
}

// wave draws one bent line of a width of 2r.
func wave(c Canvas, at Point, r float64, pen Style) {
	heights := []float64{0.05, -0.22, -0.3, -0.15, 0.1, 0.25, 0.2, -0.05}
	line := make([]Point, len(heights))
	for i, h := range heights {
		line[i] = Point{at.X - r + 2*r*float64(i)/float64(len(heights)-1), at.Y + h*r}
	}
	c.Path(line, false, pen)
}

// changeGlyph is the size of the sign in a column of changes in mm.
const changeGlyph = 2.6

// draw writes a change so that it ends at a point of the base line, the sign before
// it in a column of a width.
func (ch Change) draw(c Canvas, end Point, t Type, width float64) {
	c.Text(end, ch.Text, t.in(Right))
	if ch.Glyph != NoGlyph {
		x := end.X - max(width, c.Width(ch.Text, t)+changeGlyph+0.8) // a long text pushes it out
		DrawGlyph(c, ch.Glyph, Point{x + changeGlyph/2, end.Y - midline(t.Size)}, changeGlyph)
	}
}
