package pdf

import (
	"fmt"

	"pulscheck/report"
	"pulscheck/report/chart"
)

// table sets rows of one or more lines.
func (d *drawer) table(b report.Table) {
	head := b.HeadHeight()
	d.as("Table", func() {
		d.as("TR", func() {
			for i, c := range b.Columns {
				d.within(headCell("Column"), func() {
					if i < len(b.Heads) && b.Heads[i].Chart != nil {
						x, w := b.ColumnBox(i)
						d.figure(b.Heads[i].Chart, chart.Box{X: x, Y: b.Box.Y, W: w, H: head})
						return
					}
					d.cell(b, i, b.Box.Y+head-2, c.Head, semibold(8, chart.Ink2))
				})
			}
		})
		y := b.Box.Y + head
		d.rule(b.Box, y, chart.Stroke(chart.Ink, 0.3))
		for _, row := range b.Rows {
			d.as("TR", func() { d.row(b, row, y) })
			y += b.RowHeight(row)
			d.rule(b.Box, y, chart.Stroke(chart.Line, 0.2))
		}
	})
}

// row sets the cells of a row; the first names it, the last takes the columns that
// are left.
func (d *drawer) row(b report.Table, row report.Row, y float64) {
	if row.Tint {
		chart.Rect(d, chart.Box{X: b.Box.X - 1.5, Y: y + 0.15, W: b.Box.W + 3, H: b.RowHeight(row) - 0.3}, chart.Fill(chart.Mark))
	}
	for i, lines := range b.Lines(row) {
		n, more := &node{kind: "TD"}, ""
		if i == 0 {
			n.kind, more = "TH", " /Scope /Row"
		}
		if columns := len(b.Columns) - i; i == len(row.Cells)-1 && columns > 1 {
			more += fmt.Sprintf(" /ColSpan %d", columns)
		}
		if more != "" {
			n.more = "/A <</O /Table" + more + ">>"
		}
		d.within(n, func() { d.content(b, row, i, y, lines) })
	}
}

// content sets what stands in a cell: figure, text, note.
func (d *drawer) content(b report.Table, row report.Row, i int, y float64, lines []string) {
	t := regular(report.TableSize, chart.Ink)
	if row.Bold {
		t = semibold(report.TableSize, d.brand)
	}
	high, tall := b.RowHeight(row), b.CellHeight(row, i, lines)
	mark, notes, at := row.Mark(i), b.NoteLines(row, i), y+1
	if b.Middle {
		at = y + (high-tall)/2 + 0.2
	}
	if mark.Chart != nil {
		x, w := b.ColumnBox(i)
		box := chart.Box{X: x, Y: at, W: w, H: mark.Height}
		if mark.Below {
			box.Y += tall - mark.Height
		} else {
			at += mark.Height
		}
		if len(lines)+len(notes) == 0 && b.Middle {
			box.Y, box.H = y, high
		}
		d.figure(mark.Chart, box)
	}
	for l, line := range lines {
		d.cell(b, i, at+3+report.TableLeading*float64(l), line+" ", t)
	}
	at += report.TableLeading * float64(len(lines))
	for l, line := range notes {
		d.cell(b, i, at+2.6+report.NoteLeading*float64(l), line+" ", regular(report.NoteSize, chart.Ink2))
	}
}

// cell sets one line in a column.
func (d *drawer) cell(b report.Table, column int, y float64, text string, t chart.Type) {
	x, w := b.ColumnBox(column)
	t.Align = b.Columns[column].Align
	switch t.Align {
	case chart.Right:
		x += w
	case chart.Centre:
		x += w / 2
	}
	d.write(chart.Point{X: x, Y: y}, text, t)
}
