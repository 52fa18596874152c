package fragment

import "pulscheck/report"

// team is the sheet "back to the team": what was said beside what is done about it, what
// cannot be done, and what comes next. In place of the code stands its address.
func (w *writer) team(s report.TeamSheet) {
	w.tag("p", "kicker", s.Kicker)
	w.tag(w.heading(0), "", s.Title)
	w.tag("p", "subtitle", s.Lead)
	w.open("table", "team")
	w.WriteString("<thead><tr>")
	w.head(s.Said, "")
	w.head(s.Did, "")
	w.WriteString("</tr></thead>\n<tbody>\n")
	for _, p := range s.Pairs {
		w.open("tr", "")
		w.WriteString(`<th scope="row">` + escape(p.Said))
		w.aside(p.Figure)
		w.WriteString("</th><td>" + escape(p.Did))
		w.aside(p.Word)
		w.WriteString("</td>")
		w.close("tr")
	}
	w.WriteString("</tbody>")
	w.close("table")
	if len(s.Infeasible) > 0 {
		w.tag(w.heading(1), "", s.Why)
		w.open("p", "")
		w.WriteString("<strong>" + escape(s.Infeasible[0]) + "</strong> ")
		for _, text := range s.Infeasible[1:] {
			w.text(text)
		}
		w.close("p")
	}
	w.tag(w.heading(1), "", s.Next)
	w.open("ul", "dates")
	for _, d := range s.Dates {
		w.WriteString("<li><strong>" + escape(d.Day) + "</strong> " + escape(d.What) + "</li>\n")
	}
	w.close("ul")
	w.tag("p", "", s.Door)
	if s.Address != "" {
		w.WriteString(`<p><a href="` + escape(s.Address) + `">` + escape(s.Typed[0]+s.Typed[1]) + "</a></p>\n")
	}
}

// aside is a note below a text in the same cell.
func (w *writer) aside(text string) {
	if text != "" {
		w.WriteString(`<br/><span class="note">` + escape(text) + "</span>")
	}
}
