package chart

// HeatCell is one group of a table; the zero value is protected.
type HeatCell struct {
	Value   *float64
	Text    string
	Band    string // e.g. "mind. 90 %"
	BandEnd End
	Glyph   Glyph
	Absent  bool // nobody was invited: no box
	Lowest  bool // framed
	Hollow  bool // indicative
}

// HeatTable shows an index by two attributes with their totals, in absolute classes.
type HeatTable struct {
	Title   string
	Columns []string     // roles
	Rows    []string     // processes
	Cells   [][]HeatCell // by row and column
	RowSum  []HeatCell
	ColSum  []HeatCell
	Sum     HeatCell
	Total   string   // label of totals
	N       []string // by row, then of the total
	NHead   string
	Words   string
}

// Measures of the table in mm.
const (
	heatTop  = 16.0
	heatHead = 46.0
	heatN    = 15.0 // gap of the totals and column n
	heatW    = 24.0
	heatH    = 9.0
	heatGap  = 1.0
	heatSum  = 3.0 // gap before the totals
)

// Alt implements Figure.
func (h HeatTable) Alt() string { return h.Words }

// Height of the table in mm.
func (h HeatTable) Height() float64 {
	return heatTop + (heatH+heatGap)*float64(len(h.Rows)+1) + heatSum
}

// Draw implements Figure.
func (h HeatTable) Draw(c Canvas, b Box) {
	c.Text(Point{b.X, b.Y + 4}, h.Title, title)
	w := min(heatW, (b.W-heatHead-heatN)/float64(len(h.Columns)+1)-heatGap)
	columns := make([]float64, len(h.Columns)+1) // left edges, the totals last
	for i := range columns {
		columns[i] = b.X + heatHead + float64(i)*(w+heatGap)
	}
	columns[len(h.Columns)] += heatSum
	h.heads(c, b, columns, w)
	y := b.Y + heatTop
	for r, name := range h.Rows {
		c.Text(Point{b.X, y + heatH/2 + midline(9)}, shorten(c, name, label, heatHead-2), label)
		h.row(c, b, y, columns, w, h.Cells[r], h.RowSum[r], h.N[r])
		y += heatH + heatGap
	}
	y += heatSum - heatGap
	c.Text(Point{b.X, y + heatH/2 + midline(9)}, h.Total, strong)
	h.row(c, b, y, columns, w, h.ColSum, h.Sum, h.N[len(h.Rows)])
}

// heads writes the roles over their columns, the last line next to the cells.
func (h HeatTable) heads(c Canvas, b Box, columns []float64, w float64) {
	head := Type{Size: 8, Bold: true, Color: Ink2, Align: Centre}
	for i, name := range append(h.Columns[:len(h.Columns):len(h.Columns)], h.Total) {
		lines := twoLines(c, name, head, w)
		for j, line := range lines {
			c.Text(Point{columns[i] + w/2, b.Y + 13.8 - 3.4*float64(len(lines)-1-j)}, line, head)
		}
	}
	c.Text(Point{b.X + b.W, b.Y + 13.8}, h.NHead, head.in(Right))
}

func (h HeatTable) row(c Canvas, b Box, y float64, columns []float64, w float64, cells []HeatCell, sum HeatCell, n string) {
	for i, cell := range append(cells[:len(cells):len(cells)], sum) {
		cell.draw(c, Box{columns[i], y, w, heatH})
	}
	c.Text(Point{b.X + b.W, y + heatH/2 + midline(8)}, n, note.in(Right))
}

func (h HeatCell) draw(c Canvas, b Box) {
	middle := Point{b.X + b.W/2, b.Y + b.H/2}
	switch {
	case h.Absent:
	case h.Value != nil:
		Rect(c, b, Fill(Heat(*h.Value)))
		if h.Hollow {
			Rect(c, b.inset(1.6), Fill(White))
			Rect(c, b.inset(0.1), Stroke(Edge, 0.22))
		}
		c.Text(Point{middle.X, middle.Y + midline(10)}, h.Text, Type{Size: 10, Bold: !h.Hollow, Color: Ink, Align: Centre})
		if h.Glyph != NoGlyph {
			DrawGlyph(c, h.Glyph, Point{b.X + b.W - 3.4, middle.Y}, 2.4)
		}
		if h.Lowest {
			Rect(c, b.inset(0.3), Stroke(Ink, 0.6))
		}
	case h.Band != "":
		Rect(c, b, h.BandEnd.heat())
		band := h.BandEnd.bandType().colored(Ink).in(Centre)
		c.Text(Point{middle.X, middle.Y + midline(8.5)}, h.Band, band)
	default:
		Rect(c, b.inset(0.2), Dashed(Edge))
		c.Text(Point{middle.X, middle.Y + midline(9)}, "–", label.colored(Ink2).in(Centre))
	}
}
