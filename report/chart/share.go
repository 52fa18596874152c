package chart

// ShareRow is one group of invited people.
type ShareRow struct {
	Label    string
	Invited  int
	Answered *int   // nil: only the class of the rate is known
	Text     string // rate or class
	Head     bool   // a heading, nothing else
}

// Shares shows how many of the invited answered, in people: an outline for those
// invited, filled as far as they answered, on one scale for all rows.
type Shares struct {
	Rows  []ShareRow
	Words string
}

// Measures of the figure in mm.
const (
	shareRow   = 6.2
	shareBar   = 4.0
	shareLabel = 52.0
	shareText  = 42.0
)

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
	per := (b.W - shareLabel - shareText) / float64(most)
	for i, r := range s.Rows {
		r.draw(c, b, b.Y+shareRow*(float64(i)+0.5), per)
	}
}

// draw draws a row around its middle; per is mm per person.
func (r ShareRow) draw(c Canvas, b Box, y, per float64) {
	if r.Head {
		c.Text(Point{b.X, y + midline(9) + 0.6}, r.Label, strong.colored(Brand))
		return
	}
	c.Text(Point{b.X, y + midline(9)}, shorten(c, r.Label, label, shareLabel-2), label)
	full := Box{b.X + shareLabel, y - shareBar/2, per * float64(r.Invited), shareBar}
	if r.Answered != nil {
		part := full
		part.W = per * float64(*r.Answered)
		Rect(c, part, Fill(Brand))
	}
	Rect(c, full, Stroke(Edge, 0.25))
	c.Text(Point{b.X + b.W, y + midline(9)}, r.Text, label.in(Right))
}
