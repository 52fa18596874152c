package chart

// Spark is the small trend beside a finding: no axis, smaller dots.
type Spark struct{ Trend }

// Draw implements Figure.
func (s Spark) Draw(c Canvas, b Box) {
	right := 10.0 // room for the last value
	if n := len(s.Points); n > 0 {
		right = max(right, 3.5+c.Width(s.Points[n-1].Text, lastValue))
	}
	l := s.layout(c, Box{b.X + 4, b.Y + 4.5, b.W - 4 - right, b.H - 6}, 0.8)
	l.line(c)
	for i := range s.Points {
		l.point(c, i)
	}
}
