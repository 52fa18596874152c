package chart

// Cycle is the strip of the four PDCA phases with the iterations beneath.
type Cycle struct {
	Phases    [4]string
	Active    int
	Iteration string // e.g. "Iteration 3"
	Number    int
	Words     string
}

// Alt implements Figure.
func (p Cycle) Alt() string { return p.Words }

// Draw implements Figure.
func (p Cycle) Draw(c Canvas, b Box) {
	w := (b.W - 9) / 4
	for i, name := range p.Phases {
		box := Box{b.X + float64(i)*(w+3), b.Y, w, 9}
		text := Type{Size: 9, Bold: true, Color: Ink2, Align: Centre}
		if i == p.Active {
			Rect(c, box, Fill(Brand))
			text.Color = White
		} else {
			Rect(c, box, Stroke(Line, 0.3))
		}
		c.Text(Point{box.X + w/2, box.Y + 4.5 + midline(9)}, name, text)
	}
	for i := range p.Number {
		dot := Outlined(White, Edge, 0.3)
		if i == p.Number-1 {
			dot = Fill(Brand)
		}
		c.Circle(Point{b.X + 1.5 + 4.5*float64(i), b.Y + 13}, 1.2, dot)
	}
	c.Text(Point{b.X + 4.5*float64(p.Number) + 1, b.Y + 13 + midline(8)}, p.Iteration, note)
}
