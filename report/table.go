package report

import (
	"pulscheck/report/chart"
	"pulscheck/report/font"
)

// Column of a table; a width of 0 takes the rest.
type Column struct {
	Head  string
	Width float64
	Align chart.Align
}

// Row of a table.
type Row struct {
	Cells []string
	Bold  bool // a heading within the table
}

// Table has rows of one or more lines.
type Table struct {
	Box     chart.Box
	Columns []Column
	Rows    []Row
}

// Measures of a table.
const (
	TableHead    = 6.0 // height of the column heads in mm
	TableSize    = 9.0 // points
	TableLeading = 4.0 // mm
	tablePadding = 1.6
)

// ColumnBox gives left edge and width of a column in mm.
func (t Table) ColumnBox(i int) (x, width float64) {
	rest := t.Box.W
	for _, c := range t.Columns {
		rest -= c.Width
	}
	x = t.Box.X
	for j, c := range t.Columns {
		width = c.Width
		if width == 0 {
			width = rest
		}
		if j == i {
			break
		}
		x += width
	}
	return x, width
}

// Lines gives the lines of the cells of a row. A heading runs over the columns.
func (t Table) Lines(r Row) [][]string {
	weight := font.Regular
	if r.Bold {
		weight = font.Semibold
	}
	lines := make([][]string, len(r.Cells))
	for i, text := range r.Cells {
		_, width := t.ColumnBox(i)
		if r.Bold {
			width = t.Box.W
		}
		lines[i] = font.Wrap(text, weight, TableSize, width-1)
	}
	return lines
}

// RowHeight gives the height of a row in mm.
func (t Table) RowHeight(r Row) float64 {
	most := 1
	for _, lines := range t.Lines(r) {
		most = max(most, len(lines))
	}
	return TableLeading*float64(most) + tablePadding
}

// Height gives the height of the table in mm.
func (t Table) Height() float64 {
	h := TableHead
	for _, r := range t.Rows {
		h += t.RowHeight(r)
	}
	return h
}

// split cuts a table into parts of at most a height in mm.
func (t Table) split(height float64) []Table {
	var parts []Table
	part := t
	part.Rows = nil
	used := TableHead
	for _, r := range t.Rows {
		h := t.RowHeight(r)
		if used+h > height && len(part.Rows) > 0 {
			parts = append(parts, part)
			part.Rows, used = nil, TableHead
		}
		part.Rows = append(part.Rows, r)
		used += h
	}
	return append(parts, part)
}
