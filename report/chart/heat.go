package chart

import "strings"

// HeatCell is one group of a table; the zero value is protected.
type HeatCell struct {
	Value  *float64
	Text   string
	Band   string // e.g. "mind. 90 %"
	Absent bool   // nobody was invited: no box
	Lowest bool   // framed
	Hollow bool   // indicative
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

const (
	heatHead = 46.0
	heatGap  = 1.0
	heatH    = 9.0
)

// Alt implements Figure.
func (h HeatTable) Alt() string { return h.Words }

// Height of the table in mm.
func (h HeatTable) Height() float64 { return 16 + (heatH+heatGap)*float64(len(h.Rows)+1) + 3 }

// Draw implements Figure.
func (h HeatTable) Draw(c Canvas, b Box) {
	c.Text(Point{b.X, b.Y + 4}, h.Title, Type{Size: 11, Bold: true, Color: Brand})
	w := min(24, (b.W-heatHead-15)/float64(len(h.Columns)+1)-heatGap)
	x := func(i int) float64 {
		at := b.X + heatHead + float64(i)*(w+heatGap)
		if i == len(h.Columns) {
			at += 3 // the totals stand apart
		}
		return at
	}
	head := Type{Size: 8, Bold: true, Color: Ink2, Align: Centre}
	for i, name := range append(h.Columns[:len(h.Columns):len(h.Columns)], h.Total) {
		for j, line := range twoLines(c, name, head, w) {
			c.Text(Point{x(i) + w/2, b.Y + 10.4 + 3.4*float64(j)}, line, head)
		}
	}
	c.Text(Point{b.X + b.W, b.Y + 13.8}, h.NHead, head.in(Right))
	y := b.Y + 16
	for r, name := range h.Rows {
		c.Text(Point{b.X, y + heatH/2 + midline(9)}, shorten(c, name, label, heatHead-2), label)
		for i, cell := range h.Cells[r] {
			cell.draw(c, Box{x(i), y, w, heatH})
		}
		h.RowSum[r].draw(c, Box{x(len(h.Columns)), y, w, heatH})
		c.Text(Point{b.X + b.W, y + heatH/2 + midline(8)}, h.N[r], note.in(Right))
		y += heatH + heatGap
	}
	y += 2
	c.Text(Point{b.X, y + heatH/2 + midline(9)}, h.Total, strong)
	for i, cell := range h.ColSum {
		cell.draw(c, Box{x(i), y, w, heatH})
	}
	h.Sum.draw(c, Box{x(len(h.Columns)), y, w, heatH})
	c.Text(Point{b.X + b.W, y + heatH/2 + midline(8)}, h.N[len(h.Rows)], note.in(Right))
}

// wrap breaks a text at spaces into lines of a width.
func wrap(c Canvas, s string, t Type, width float64) []string {
	var lines []string
	for _, word := range strings.Split(s, " ") {
		last := len(lines) - 1
		if last >= 0 && c.Width(lines[last]+" "+word, t) <= width {
			lines[last] += " " + word
			continue
		}
		lines = append(lines, word)
	}
	return lines
}

// twoLines breaks a heading; what is longer is cut.
func twoLines(c Canvas, s string, t Type, width float64) []string {
	lines := wrap(c, s, t, width)
	if len(lines) > 2 {
		lines = []string{lines[0], lines[1] + "…"}
	}
	for i := range lines {
		lines[i] = shorten(c, lines[i], t, width)
	}
	return lines
}

func (h HeatCell) draw(c Canvas, b Box) {
	middle := Point{b.X + b.W/2, b.Y + b.H/2}
	switch {
	case h.Absent:
	case h.Value != nil:
		Rect(c, b, Fill(Heat(*h.Value)))
		c.Text(Point{middle.X, middle.Y + midline(10)}, h.Text, Type{Size: 10, Bold: !h.Hollow, Color: Ink, Align: Centre})
		if h.Lowest {
			Rect(c, Box{b.X + 0.3, b.Y + 0.3, b.W - 0.6, b.H - 0.6}, Stroke(Ink, 0.6))
		}
	case h.Band != "":
		Rect(c, b, Stroke(Line, 0.25))
		c.Text(Point{middle.X, middle.Y + midline(8.5)}, h.Band, Type{Size: 8.5, Bold: true, Color: Ink, Align: Centre})
	default:
		Rect(c, Box{b.X + 0.2, b.Y + 0.2, b.W - 0.4, b.H - 0.4}, Dashed(Edge))
		c.Text(Point{middle.X, middle.Y + midline(9)}, "–", label.colored(Ink2).in(Centre))
	}
}
