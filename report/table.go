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

// Mark is a figure in a cell, above or below the text of the cell if there is any, else
// in its middle.
type Mark struct {
	Chart  chart.Figure
	Height float64 // mm
	Below  bool
}

// Row of a table.
type Row struct {
	Cells []string
	Notes []string // below the cells, small; may be fewer
	Marks []Mark   // in the cells; may be fewer
	Bold  bool     // a heading within the table
	Tint  bool     // set off by a light ground
}

// Table has rows of one or more lines.
type Table struct {
	Box     chart.Box
	Columns []Column
	Rows    []Row
	Heads   []Mark  // in place of the heads of columns; may be fewer
	Least   float64 // height of a row in mm
	Middle  bool    // what stands in a row stands in its middle, else at its top
}

// Measures of a table.
const (
	TableHead    = 6.0 // height of the column heads in mm
	TableSize    = 9.0 // points
	TableLeading = 4.0 // mm
	NoteSize     = 8.0 // points
	NoteLeading  = 3.5 // mm
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

// NoteLines gives the lines of the note below a cell.
func (t Table) NoteLines(r Row, i int) []string {
	if i >= len(r.Notes) {
		return nil
	}
	_, width := t.ColumnBox(i)
	return font.Wrap(r.Notes[i], font.Regular, NoteSize, width-1)
}

// Mark gives the figure of a cell, the zero value for none.
func (r Row) Mark(i int) Mark {
	if i >= len(r.Marks) {
		return Mark{}
	}
	return r.Marks[i]
}

// CellHeight gives the height of what stands in a cell in mm.
func (t Table) CellHeight(r Row, i int, lines []string) float64 {
	return r.Mark(i).Height + TableLeading*float64(len(lines)) + NoteLeading*float64(len(t.NoteLines(r, i)))
}

// RowHeight gives the height of a row in mm.
func (t Table) RowHeight(r Row) float64 {
	most := max(TableLeading, t.Least-tablePadding)
	for i, lines := range t.Lines(r) {
		most = max(most, t.CellHeight(r, i, lines))
	}
	return most + tablePadding
}

// HeadHeight gives the height of the column heads in mm.
func (t Table) HeadHeight() float64 {
	h := TableHead
	for _, m := range t.Heads {
		h = max(h, m.Height)
	}
	return h
}

// Height gives the height of the table in mm.
func (t Table) Height() float64 {
	h := t.HeadHeight()
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
	used := t.HeadHeight()
	for _, r := range t.Rows {
		h := t.RowHeight(r)
		if used+h > height && len(part.Rows) > 0 {
			parts = append(parts, part)
			part.Rows, used = nil, t.HeadHeight()
		}
		part.Rows = append(part.Rows, r)
		used += h
	}
	return append(parts, part)
}
