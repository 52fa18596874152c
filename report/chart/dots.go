package chart

// DotRow is one name with a number.
type DotRow struct {
	Label string
	Count int
}

// Dots is a dot plot of numbers, e.g. of comments by theme.
type Dots struct {
	Rows  []DotRow
	Words string
}

// Measures of the figure in mm.
const (
	dotRow   = 6.0
	dotLabel = 52.0
)

// Alt implements Figure.
func (d Dots) Alt() string { return d.Words }

// Height of the figure in mm.
func (d Dots) Height() float64 { return dotRow * float64(len(d.Rows)) }

// Draw implements Figure.
func (d Dots) Draw(c Canvas, b Box) {
	most := 1
	for _, r := range d.Rows {
		most = max(most, r.Count)
	}
	from, to := b.X+dotLabel, b.X+b.W-12
	Segment(c, Point{from, b.Y}, Point{from, b.Y + d.Height()}, Stroke(Ink, 0.3))
	for i, r := range d.Rows {
		y := b.Y + dotRow*(float64(i)+0.5)
		at := Point{from + (to-from)*float64(r.Count)/float64(most), y}
		c.Text(Point{b.X, y + midline(9)}, shorten(c, r.Label, label, dotLabel-3), label)
		Segment(c, Point{from, y}, at, Stroke(Line, 0.5))
		c.Circle(at, 1.5, Fill(Brand))
		c.Text(Point{at.X + 3, y + midline(9)}, number(float64(r.Count)), strong)
	}
}
