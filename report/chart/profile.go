package chart

// Profile shows the levels of several processes below one another, each on its ladder.
type Profile struct {
	Lowest int
	Names  []string // of the levels, lowest first
	Rows   []ProfileRow
	Words  string
}

// ProfileRow is one process.
type ProfileRow struct {
	Label  string
	Ladder Ladder
}

// Measures of the figure in mm.
const (
	profileLabel = 46.0 // "Konfigurationsmanagement"
	profileRow   = 9.0
)

// ProfileWidth is the width of the figure in mm.
const ProfileWidth = 124.0

// Alt implements Figure.
func (p Profile) Alt() string { return p.Words }

// Height of the figure in mm.
func (p Profile) Height() float64 { return LadderHeadHeight + profileRow*float64(len(p.Rows)) }

// Draw implements Figure.
func (p Profile) Draw(c Canvas, b Box) {
	LadderHead{Lowest: p.Lowest, Names: p.Names}.Draw(c, Box{b.X + profileLabel, b.Y, b.W - profileLabel, LadderHeadHeight})
	for i, r := range p.Rows {
		y := b.Y + LadderHeadHeight + profileRow*float64(i)
		c.Text(Point{b.X, y + profileRow/2 + midline(9)}, shorten(c, r.Label, label, profileLabel-3), label)
		r.Ladder.Draw(c, Box{b.X + profileLabel, y, b.W - profileLabel, profileRow})
	}
}
