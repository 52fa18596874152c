package chart

// Track shows how far a key figure is on its way from where it stood to where it is to
// go. Right is always better, whichever way the figure itself goes.
type Track struct {
	Baseline, Actual, Target *float64 // nil = unknown
	Down                     bool     // less is better
	Empty                    string   // said without Actual, e.g. "Messung fehlt"
	Words                    string
}

// Alt implements Figure.
func (t Track) Alt() string { return t.Words }

// Draw implements Figure.
func (t Track) Draw(c Canvas, b Box) {
	x, y := t.scale(b), b.Y+b.H/2
	Segment(c, Point{b.X, y}, Point{b.X + b.W, y}, Stroke(Line, 0.3))
	if t.Target != nil {
		Segment(c, Point{x(*t.Target), y - 3.2}, Point{x(*t.Target), y + 3.2}, Stroke(Ink, 0.9))
	}
	if t.Baseline != nil && t.Actual != nil {
		Segment(c, Point{x(*t.Baseline), y}, Point{x(*t.Actual), y}, Stroke(Brand, 0.9))
	}
	if t.Baseline != nil {
		c.Circle(Point{x(*t.Baseline), y}, 1.4, Outlined(Prev, Edge, 0.2))
	}
	if t.Actual != nil {
		c.Circle(Point{x(*t.Actual), y}, 1.8, Fill(Brand))
		return
	}
	c.Text(Point{b.X + b.W/2, y - 2.2}, t.Empty, note.in(Centre))
}

// scale places a value so that all of them lie within the box.
func (t Track) scale(b Box) func(float64) float64 {
	const edge = 3.0
	low, high, known := 0.0, 0.0, false
	for _, v := range []*float64{t.Baseline, t.Actual, t.Target} {
		if v == nil {
			continue
		}
		if !known {
			low, high, known = *v, *v, true
		}
		low, high = min(low, *v), max(high, *v)
	}
	return func(v float64) float64 {
		share := 0.5
		if high > low {
			share = v/(high-low) - low/(high-low)
		}
		if t.Down {
			share = 1 - share
		}
		return b.X + edge + (b.W-2*edge)*share
	}
}
