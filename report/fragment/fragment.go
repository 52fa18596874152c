// Package fragment writes pages of a report.Document as HTML for pages: headings,
// prose, tables, and figures as pictures with a sentence and their numbers as a table.
// Like report/pdf it decides nothing about contents. It knows no templates, routes or
// styles but those of Whole: a page puts the fragment into its own frame, whose tokens
// give the colours.
// The classes it uses are listed at Classes.
package fragment

import (
	"fmt"
	"html"
	"html/template"
	"strings"

	"pulscheck/report"
	"pulscheck/report/chart"
	"pulscheck/report/font"
	"pulscheck/survey/locale"
)

// Classes are what a style sheet may set: figure.chart (half = two stand side by side),
// .icon (one em high), .tiles, .keys, .findings, .facts, .columns, .note, .lead, .num
// (right-aligned cell), .mid (centred cell), .kicker, .subtitle, .ribbon, .status,
// .mark (cell with a figure), .logo, .band (of a cover), .decide, .cards, .quotes, .team, .dates,
// and within .tiles .change, .ok, .watch, .act, .none (of a status).
var Classes = []string{
	"chart", "half", "icon", "tiles", "keys", "findings", "facts", "columns", "note", "lead", "num", "mid", "kicker", "subtitle", "ribbon", "status", "mark", "logo", "band", "decide", "cards", "quotes", "team", "dates",
	"change", "ok", "watch", "act", "none",
}

// Options of a fragment.
type Options struct {
	Level int                      // of the title's heading, 2 if it is 0; headings within are one deeper
	Logo  string                   // address of the organisation's logo; "" = it stands in the text itself
	Width float64                  // in mm, 0 = as on paper: figures stand in a column so wide, without the line of signs
	Link  func(page string) string // address of the page of a name (report.Page.Name); nil or "" = no link
}

// writer writes one page.
type writer struct {
	strings.Builder
	Options
	p   *locale.Printer
	err error
}

// Render gives a page of a document: kicker, title and subtitle, then its blocks in
// the order of reading. A kind of block that it does not know is an error.
func Render(d *report.Document, page *report.Page, o Options) (template.HTML, error) {
	w := &writer{Options: o, p: locale.New(d.Language)}
	if w.Level == 0 {
		w.Level = 2
	}
	if !page.Cover {
		w.tag("p", "kicker", page.Kicker)
		w.tag(w.heading(0), "", page.Title)
		w.tag("p", "subtitle", page.Subtitle)
		w.tag("p", "ribbon", d.Ribbon)
	}
	if page.Name == "cover" {
		w.band(d.Brand)
	}
	for _, b := range page.Blocks {
		w.block(b)
	}
	if w.err != nil {
		return "", fmt.Errorf("page %s of report %s: %w", page.Name, d.ID, w.err)
	}
	return template.HTML(w.String()), nil //nolint:gosec // every text went through escape
}

// heading gives the element of a heading some levels below the title, h6 at most.
func (w *writer) heading(below int) string { return fmt.Sprintf("h%d", min(w.Level+below, 6)) }

// tag writes an element with a text; without text nothing.
func (w *writer) tag(name, class, text string) {
	if text != "" {
		w.open(name, class)
		w.text(text)
		w.close(name)
	}
}

func (w *writer) open(name, class string) {
	if class != "" {
		class = ` class="` + class + `"`
	}
	w.WriteString("<" + name + class + ">")
}

func (w *writer) close(name string) { w.WriteString("</" + name + ">\n") }

func (w *writer) text(s string) { w.WriteString(escape(s)) }

// escape makes a text part of HTML. What cannot be seen or turns the direction of
// writing is left out.
func escape(s string) string {
	return html.EscapeString(strings.Map(func(r rune) rune {
		if locale.Invisible(r) {
			return -1
		}
		return r
	}, s))
}

// t gives a text of the catalogue.
func (w *writer) t(key string, args ...any) string { return w.p.T("fragment."+key, args...) }

// wider is how much wider than ours the typeface of a device may be.
const wider = 1.12

// measure gives the width of a text on a page in mm.
func measure(text string, t chart.Type) float64 {
	weight := font.Regular
	if t.Bold {
		weight = font.Semibold
	}
	return wider * font.Width(text, weight, t.Size)
}
