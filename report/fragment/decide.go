package fragment

import (
	"fmt"

	"pulscheck/report"
)

// decisionBox is a table of proposals under its heading.
func (w *writer) decisionBox(b report.DecisionBox) {
	w.open("div", "decide")
	w.tag(w.heading(1), "", b.Heading)
	w.open("table", "")
	w.WriteString("<thead><tr>")
	w.head("", "")
	for _, name := range b.Heads {
		w.head(name, "")
	}
	w.WriteString("</tr></thead>\n<tbody>\n")
	for _, r := range b.Rows {
		w.WriteString(`<tr><th scope="row">` + escape(r.Number) + "</th><td><strong>" + escape(r.Head) + "</strong> " + escape(r.Detail) +
			"</td><td>" + escape(r.Owner) + "</td><td>" + escape(r.Due) + "</td></tr>\n")
	}
	w.WriteString("</tbody>")
	w.close("table")
	w.close("div")
}

// cards are proposals with their reasons.
func (w *writer) cards(b report.Cards) {
	w.open("ul", "cards")
	for _, c := range b.Rows {
		w.open("li", "")
		w.open(w.heading(1), "")
		w.status(c.Status, w.t(fmt.Sprintf("status.%d", c.Status)))
		w.text(c.Head)
		w.close(w.heading(1))
		w.open("p", "")
		w.text(c.Evidence)
		w.reference(c.Reference, c.Head)
		w.close("p")
		w.open("dl", "facts")
		for _, f := range c.Facts {
			w.tag("dt", "", f[0])
			w.tag("dd", "", f[1])
		}
		w.close("dl")
		w.tag("p", "note", c.Origin)
		w.close("li")
	}
	w.close("ul")
}

// quotes are what people wrote.
func (w *writer) quotes(b report.Quotes) {
	w.open("ul", "quotes")
	for _, q := range b.Quotes {
		w.open("li", "")
		w.tag("p", "kicker", q.Theme)
		w.tag("blockquote", "", q.Text)
		w.tag("p", "note", q.Note)
		w.close("li")
	}
	w.close("ul")
}
