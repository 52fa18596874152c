package chart

// Spark is the small trend beside a finding: no axis, smaller dots.
type Spark struct{ Trend }

// Draw implements Figure.
func (s Spark) Draw(c Canvas, b Box) {
	l := s.layout(c, Box{b.X + 4, b.Y + 4.5, b.W - 14, b.H - 6}, 0.8)
	l.line(c)
	for i := range s.Points {
		l.point(c, i)
	}
}
