package chart

// HeatGrid shows an index of groups by iteration, in absolute classes.
type HeatGrid struct {
	Heads [2]string // of the groups and of the changes
	Times []string  // iterations
	Rows  []HeatGridRow
	Words string
}

// HeatGridRow is one group.
type HeatGridRow struct {
	Label  string
	Cells  []HeatCell // by iteration
	Change Change     // since the first iteration
	Bold   bool       // the whole
}

// Widths of the columns of labels and of changes in mm.
const gridHead, gridChange = 42.0, 18.0

// Alt implements Figure.
func (h HeatGrid) Alt() string { return h.Words }

// Height of the figure in mm.
func (h HeatGrid) Height() float64 { return 9 + (heatH+heatGap)*float64(len(h.Rows)) + heatSum }

// Draw implements Figure.
func (h HeatGrid) Draw(c Canvas, b Box) {
	w := min(heatW, (b.W-gridHead-gridChange)/float64(len(h.Times))-heatGap)
	head := Type{Size: 8, Bold: true, Color: Ink2}
	c.Text(Point{b.X, b.Y + 5}, h.Heads[0], head)
	c.Text(Point{b.X + b.W, b.Y + 5}, h.Heads[1], head.in(Right))
	x := func(i int) float64 { return b.X + gridHead + float64(i)*(w+heatGap) }
	for i, t := range h.Times {
		c.Text(Point{x(i) + w/2, b.Y + 5}, t, head.in(Centre))
	}
	y := b.Y + 8
	for _, r := range h.Rows {
		text := label
		if r.Bold {
			text = strong
			y += heatSum
		}
		base := y + heatH/2 + midline(9)
		c.Text(Point{b.X, base}, shorten(c, r.Label, text, gridHead-2), text)
		for i, cell := range r.Cells {
			cell.draw(c, Box{x(i), y, w, heatH})
		}
		r.Change.draw(c, Point{b.X + b.W, base}, text, 12)
		y += heatH + heatGap
	}
}
