package fragment

import (
	"fmt"

	"pulscheck/report"
	"pulscheck/report/chart"
)

var alignments = map[chart.Align]string{chart.Right: "num", chart.Centre: "mid"}

// table writes rows that their first cell names. A bold row is a heading over the
// columns, the last cell of a short row takes those that are left.
func (w *writer) table(b report.Table) {
	w.open("table", "")
	w.WriteString("<thead><tr>")
	for i, c := range b.Columns {
		if i < len(b.Heads) && b.Heads[i].Chart != nil {
			w.WriteString(`<th scope="col" class="mark">`)
			_, width := b.ColumnBox(i)
			w.picture(b.Heads[i].Chart, chart.Box{W: width, H: b.HeadHeight()})
			w.WriteString("</th>")
			continue
		}
		w.head(c.Head, alignments[c.Align])
	}
	w.WriteString("</tr></thead>\n<tbody>\n")
	for _, row := range b.Rows {
		w.row(b, row)
	}
	w.WriteString("</tbody>")
	w.close("table")
}

// head writes the head of a column; one without words is no head.
func (w *writer) head(text, class string) {
	name, scope := "th", ` scope="col"`
	if text == "" {
		name, scope = "td", ""
	}
	if class != "" {
		scope += ` class="` + class + `"`
	}
	w.WriteString("<" + name + scope + ">" + escape(text) + "</" + name + ">")
}

func (w *writer) row(b report.Table, row report.Row) {
	w.WriteString("<tr>")
	for i, text := range row.Cells {
		name, more := "td", ""
		if i == 0 {
			name, more = "th", ` scope="row"`
			if row.Bold {
				more = ` scope="rowgroup"`
			}
		}
		mark := row.Mark(i)
		class := alignments[b.Columns[i].Align]
		if mark.Chart != nil {
			class = "mark"
		}
		if class != "" {
			more += ` class="` + class + `"`
		}
		if rest := len(b.Columns) - i; i == len(row.Cells)-1 && rest > 1 {
			more += fmt.Sprintf(` colspan="%d"`, rest)
		}
		w.WriteString("<" + name + more + ">")
		if mark.Chart != nil {
			_, width := b.ColumnBox(i)
			w.picture(mark.Chart, chart.Box{W: width, H: max(mark.Height, leastMark)})
		}
		w.text(text)
		if i < len(row.Notes) && row.Notes[i] != "" {
			w.WriteString(` <span class="note">` + escape(row.Notes[i]) + "</span>")
		}
		w.WriteString("</" + name + ">")
	}
	w.close("tr")
}

// leastMark is the height in mm of a figure in a cell that says none.
const leastMark = 7.0
