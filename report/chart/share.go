package chart

// ShareRow is one group of invited people.
type ShareRow struct {
	Label    string
	Invited  int
	Answered *int   // nil: only the class of the rate is known
	Text     string // rate or class
	Head     bool   // a heading, nothing else
}

// Shares shows how many of the invited answered, in people.
type Shares struct {
	Rows  []ShareRow
	Words string
}

const shareRow = 6.2

// Alt implements Figure.
func (s Shares) Alt() string { return s.Words }

// Height of the figure in mm.
func (s Shares) Height() float64 { return shareRow * float64(len(s.Rows)) }

// Draw implements Figure.
func (s Shares) Draw(c Canvas, b Box) {
	most := 1
	for _, r := range s.Rows {
		most = max(most, r.Invited)
	}
	left, width := b.X+52, b.W-52-42
	for i, r := range s.Rows {
		y := b.Y + shareRow*float64(i)
		middle := y + shareRow/2
		if r.Head {
			c.Text(Point{b.X, middle + midline(9) + 0.6}, r.Label, Type{Size: 9, Bold: true, Color: Brand})
			continue
		}
		c.Text(Point{b.X, middle + midline(9)}, shorten(c, r.Label, label, 50), label)
		full := Box{left, y + 1.1, width * float64(r.Invited) / float64(most), shareRow - 2.2}
		if r.Answered != nil {
			part := full
			part.W *= float64(*r.Answered) / float64(max(1, r.Invited))
			Rect(c, part, Fill(Brand))
		}
		Rect(c, full, Stroke(Edge, 0.25))
		c.Text(Point{b.X + b.W, middle + midline(9)}, r.Text, label.in(Right))
	}
}

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
