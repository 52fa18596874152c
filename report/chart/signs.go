package chart

// Signs explains the signs of a change in one line.
type Signs struct {
	Clear, Probable, Stable, NotClear, New, NotAlike string
	Words                                            string
}

// SignsHeight is the height of the line in mm.
const SignsHeight = 4.0

// Alt implements Figure.
func (s Signs) Alt() string { return s.Words }

// Draw implements Figure.
func (s Signs) Draw(c Canvas, b Box) {
	const size, space = 2.4, 1.2
	entries := []struct {
		glyphs []Glyph
		word   string
	}{
		{[]Glyph{ClearlyUp, ClearlyDown}, s.Clear}, {[]Glyph{ProbablyUp, ProbablyDown}, s.Probable},
		{[]Glyph{SameLevel}, s.Stable}, {[]Glyph{NotClear}, s.NotClear}, {[]Glyph{NewHere}, s.New}, {[]Glyph{NotAlike}, s.NotAlike},
	}
	width := 0.0
	for _, e := range entries {
		width += (size+space)*float64(len(e.glyphs)) + c.Width(e.word, note)
	}
	gap, x, base := min(5, (b.W-width)/float64(len(entries)-1)), b.X, b.Y+b.H/2+midline(8)
	for _, e := range entries {
		for _, g := range e.glyphs {
			DrawGlyph(c, g, Point{x + size/2, base - midline(8)}, size)
			x += size + space
		}
		c.Text(Point{x, base}, e.word, note)
		x += c.Width(e.word, note) + gap
	}
}
