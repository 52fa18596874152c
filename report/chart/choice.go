package chart

// Choices are boxes to tick, one under the other.
type Choices struct {
	Labels []string
	Chosen int // 1 to the number of labels, 0 = none
	Words  string
}

// Measures of the boxes in mm.
const (
	choiceBox = 4.0
	choiceRow = 5.3
)

// Alt implements Figure.
func (ch Choices) Alt() string { return ch.Words }

// Height of the boxes in mm.
func (ch Choices) Height() float64 { return choiceRow * float64(len(ch.Labels)) }

// Draw implements Figure.
func (ch Choices) Draw(c Canvas, b Box) {
	for i, name := range ch.Labels {
		box := Box{b.X, b.Y + choiceRow*float64(i), choiceBox, choiceBox}
		text := label
		if i+1 == ch.Chosen {
			text = strong
			Rect(c, box, Fill(Ink))
			tick := []Point{{box.X + 0.8, box.Y + 2.1}, {box.X + 1.7, box.Y + 3}, {box.X + 3.2, box.Y + 1}}
			c.Path(tick, false, Stroke(White, 0.5))
		}
		Rect(c, box, Stroke(Ink, 0.3))
		c.Text(Point{box.X + choiceBox + 1.8, box.Y + choiceBox/2 + midline(9)}, shorten(c, name, text, b.W-choiceBox-1.8), text)
	}
}

// Blanks are lines to write on, each behind its label; what is known stands on it.
type Blanks struct {
	Rows  [][2]string
	Words string
}

// Alt implements Figure.
func (bl Blanks) Alt() string { return bl.Words }

// Draw implements Figure.
func (bl Blanks) Draw(c Canvas, b Box) {
	names := 0.0
	for _, r := range bl.Rows {
		names = max(names, c.Width(r[0], note))
	}
	step := b.H / float64(len(bl.Rows))
	for i, r := range bl.Rows {
		y := b.Y + step*float64(i+1) - 1.6
		from := b.X + names + 2
		c.Text(Point{b.X, y}, r[0], note)
		Segment(c, Point{from, y + 0.9}, Point{b.X + b.W, y + 0.9}, Stroke(Edge, 0.2))
		c.Text(Point{from + 1, y}, shorten(c, r[1], label, b.W-names-3), label)
	}
}
