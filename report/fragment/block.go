package fragment

import (
	"fmt"
	"slices"
	"strings"

	"pulscheck/report"
	"pulscheck/report/chart"
)

func (w *writer) block(b report.Block) {
	switch b := b.(type) {
	case report.Figure:
		w.figure(b.Chart, b.Box)
	case report.Prose:
		w.prose(b)
	case report.Columns:
		w.open("div", "columns")
		for _, p := range b.Parts {
			w.open("div", "")
			w.prose(p)
			w.close("div")
		}
		w.close("div")
	case report.Keys:
		w.keys(b)
	case report.Tiles:
		w.tiles(b)
	case report.Findings:
		w.findings(b)
	case report.Facts:
		w.facts(b)
	case report.Quality:
		w.open("p", "status")
		w.status(b.Status, "")
		w.text(b.Text)
		w.close("p")
	case report.Table:
		w.table(b)
	case report.Logo:
		w.logo(b)
	case report.CoverTitle:
		w.tag("p", "kicker", b.Kicker)
		w.tag(w.heading(0), "", b.Title)
		w.tag("p", "subtitle", b.Subtitle)
	case report.DecisionBox:
		w.decisionBox(b)
	case report.Cards:
		w.cards(b)
	case report.Quotes:
		w.quotes(b)
	case report.TeamSheet:
		w.team(b)
	default:
		w.err = fmt.Errorf("no HTML for %T", b)
	}
}

func (w *writer) prose(b report.Prose) {
	w.tag(w.heading(1), "", b.Heading)
	class := ""
	if b.Small {
		class = "note"
	}
	for i, text := range b.Text {
		w.open("p", class)
		if i < len(b.Leads) {
			w.WriteString(`<strong class="lead">` + escape(b.Leads[i]) + "</strong> ")
		}
		w.text(text)
		w.close("p")
	}
}

func (w *writer) keys(b report.Keys) {
	w.open("ul", "keys")
	for _, k := range b.Keys {
		w.WriteString("<li><strong>" + escape(k.Value) + "</strong> " + escape(k.Label) + "</li>\n")
	}
	w.close("ul")
}

func (w *writer) tiles(b report.Tiles) {
	w.open("ul", "tiles")
	for _, t := range b.Tiles {
		w.open("li", "")
		w.tag(w.heading(1), "", t.Label)
		w.WriteString("<p><strong>" + escape(t.Value) + "</strong> " + `<span class="change">`)
		w.change(t.Change)
		w.WriteString("</span></p>\n")
		w.tag("p", "note", strings.Join(slices.DeleteFunc([]string{t.Unit, t.Line}, func(s string) bool { return s == "" }), " · "))
		w.open("p", "status "+statusClasses[t.Status])
		w.status(t.Status, "")
		w.text(t.Word)
		w.close("p")
		w.close("li")
	}
	w.close("ul")
}

// statusClasses colour the words of a status.
var statusClasses = map[chart.Status]string{chart.StatusOK: "ok", chart.StatusWatch: "watch", chart.StatusAct: "act", chart.StatusNone: "none"}

// change writes the sign of a change and its number, with a space behind.
func (w *writer) change(c chart.Change) {
	if c.Glyph != chart.NoGlyph {
		w.WriteString(chart.Icon(2.6, w.glyph(c.Glyph), func(canvas chart.Canvas, at chart.Point) {
			chart.DrawGlyph(canvas, c.Glyph, at, 2.6)
		}) + " ")
	}
	if c.Text != "" {
		w.WriteString("<strong>" + escape(c.Text) + "</strong> ")
	}
}

// status writes the symbol of a status; words say it where no text beside it does.
func (w *writer) status(s chart.Status, words string) {
	w.WriteString(chart.Icon(4.2, words, func(c chart.Canvas, at chart.Point) { chart.DrawStatus(c, s, at, 4) }) + " ")
}

func (w *writer) findings(b report.Findings) {
	w.tag(w.heading(1), "", b.Heading)
	w.open("ol", "findings")
	for _, f := range b.Rows {
		w.open("li", "")
		w.open(w.heading(2), "")
		w.status(f.Status, w.t(fmt.Sprintf("status.%d", f.Status)))
		w.text(f.Head)
		w.close(w.heading(2))
		w.open("p", "")
		w.text(f.Evidence)
		w.reference(f.Reference, f.Head)
		w.close("p")
		if f.Chart != nil {
			w.picture(f.Chart, chart.Box{W: 47, H: 16})
		}
		w.close("li")
	}
	w.close("ol")
}

// reference leads to the page that shows more, if the site has it.
func (w *writer) reference(r report.Reference, about string) {
	if w.Link == nil || r.Page == "" {
		return
	}
	if address := w.Link(r.Page); address != "" {
		w.WriteString(` <a href="` + escape(address) + `">` + escape(w.t("more", "about", about)) + "</a>")
	}
}

func (w *writer) facts(b report.Facts) {
	w.tag(w.heading(1), "", b.Heading)
	w.open("dl", "facts")
	for _, row := range b.Rows {
		w.tag("dt", "", row[0])
		w.open("dd", "")
		w.text(row[1])
		w.close("dd")
	}
	w.close("dl")
}
