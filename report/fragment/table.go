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
	for _, c := range b.Columns {
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
		if class := alignments[b.Columns[i].Align]; class != "" {
			more += ` class="` + class + `"`
		}
		if rest := len(b.Columns) - i; i == len(row.Cells)-1 && rest > 1 {
			more += fmt.Sprintf(` colspan="%d"`, rest)
		}
		w.WriteString("<" + name + more + ">" + escape(text) + "</" + name + ">")
	}
	w.close("tr")
}
