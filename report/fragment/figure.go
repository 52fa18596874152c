package fragment

import (
	"pulscheck/report/chart"
)

// half is the width in mm up to which two figures stand side by side.
const half = 84.0

// figure writes a picture with its numbers as a table.
func (w *writer) figure(f chart.Figure, b chart.Box) {
	if _, signs := f.(chart.Signs); signs && w.Width > 0 {
		return
	}
	f, b = w.fit(f, b)
	class := "chart"
	if b.W <= half {
		class += " half"
	}
	if b.W <= half {
		w.open("figure", class)
	} else {
		w.WriteString(`<figure class="` + class + `" tabindex="0">`) // on a telephone it is moved by keys
	}
	w.picture(f, b)
	if s := w.sheet(f); len(s.rows) > 0 {
		w.numbers(s, banded(f))
	}
	w.close("figure")
}

// fit lays a figure out for the column that it stands in; of those that stand side by side
// two find room in it.
func (w *writer) fit(f chart.Figure, b chart.Box) (chart.Figure, chart.Box) {
	pair := (w.Width - 5) / 2
	switch {
	case w.Width == 0 || b.W <= pair || half < b.W && b.W <= w.Width:
		return f, b
	case b.W <= half:
		return f, chart.Box{W: pair, H: b.H * pair / b.W}
	}
	b.W = w.Width
	if p, is := f.(chart.Paths); is {
		p.Row = 0
		return p, chart.Box{W: b.W, H: p.Height()}
	}
	return f, b
}

func (w *writer) picture(f chart.Figure, b chart.Box) {
	w.WriteString(chart.SVG(f, b.W, b.H, measure) + "\n")
}

// numbers is what a figure shows, as a table that opens; bands asks for what a share in
// place of an index is.
func (w *writer) numbers(s sheet, bands bool) {
	w.open("details", "")
	w.tag("summary", "", w.t("table"))
	w.open("table", "")
	if s.title != "" {
		w.tag("caption", "", s.title)
	}
	w.WriteString("<thead><tr>")
	for i, head := range s.heads {
		class := ""
		if i > 0 {
			class = "num"
		}
		w.head(head, class)
	}
	w.WriteString("</tr></thead>\n<tbody>\n")
	for _, row := range s.rows {
		w.WriteString("<tr>")
		for i, text := range row {
			if i == 0 {
				w.WriteString(`<th scope="row">` + escape(text) + "</th>")
			} else {
				w.WriteString(`<td class="num">` + escape(text) + "</td>")
			}
		}
		w.close("tr")
	}
	w.WriteString("</tbody>")
	w.close("table")
	if bands {
		w.tag("p", "note", w.t("bands"))
	}
	w.close("details")
}
