package report

import (
	"fmt"
	"strings"

	"pulscheck/report/chart"
	"pulscheck/survey/questionnaire"
	"pulscheck/survey/tally"
)

// data is P15: all questions, all values of the whole round, then the questions in full.
func (b *builder) data() []Page {
	values := Table{Box: chart.Box{X: left, Y: top, W: width, H: bottom - top}, Columns: b.dataColumns(), Rows: b.dataRows()}
	note := b.t("data.note")
	if b.shares5() {
		note = b.t("data.note-shares") + " " + note
	}
	pages := append(b.tablePages(values, b.t("data.title"), b.t("data.subtitle"), note), b.changes()...)
	return append(pages, b.tablePages(b.wording(), b.t("data.wording"), b.t("data.wording-subtitle"), b.t("data.wording-note"))...)
}

// tablePages puts a table on as many pages as it needs, each with a note.
func (b *builder) tablePages(t Table, title, subtitle, note string) []Page {
	const noteHeight = 16.0
	var pages []Page
	for i, part := range t.split(bottom - top - noteHeight) {
		p := Page{Name: "data", Kicker: b.t("data.kicker"), Title: title, Subtitle: subtitle, Blocks: []Block{
			part, Prose{Box: chart.Box{X: left, Y: top + part.Height() + 4, W: width, H: 12}, Small: true, Text: []string{note}},
		}}
		if i > 0 {
			p.Kicker = b.t("continued", "kicker", p.Kicker, "number", i+1)
		}
		pages = append(pages, p)
	}
	return pages
}

// wording lists the questions as they were asked.
func (b *builder) wording() Table {
	t := Table{Box: chart.Box{X: left, Y: top, W: width, H: bottom - top}, Columns: []Column{
		{Head: b.t("data.key"), Width: 14}, {Head: b.t("data.short"), Width: 46}, {Head: b.t("data.text")},
	}}
	for _, i := range b.Round.Questionnaire.Items {
		text := strings.ReplaceAll(b.p.In(i.Text), "{process}", b.t("data.process"))
		if i.Reverse {
			text += " " + b.t("answers.reverse")
		}
		t.Rows = append(t.Rows, Row{Cells: []string{i.Key, b.p.In(i.Short), text}})
	}
	return t
}

// shares5 says that at least one question shows the shares of its five answers, and
// none has more or fewer but for yes/no.
func (b *builder) shares5() bool {
	shown := false
	for _, i := range b.total.Items {
		switch len(i.Distribution) {
		case 0:
		case 2, 5:
			shown = true
		default:
			return false
		}
	}
	return shown
}

func (b *builder) dataColumns() []Column {
	shares := []string{"disagree", "neutral", "agree"}
	if b.shares5() {
		shares = []string{"1", "2", "3", "4", "5"}
	}
	columns := []Column{{Head: b.t("data.question")}, {b.t("data.n"), 9, chart.Right}}
	for _, key := range shares {
		columns = append(columns, Column{b.t("data." + key), 50 / float64(len(shares)), chart.Right})
	}
	for _, c := range []struct {
		key   string
		width float64
	}{{"cs", 17}, {"none", 11}, {"index", 15}, {"range", 15}} {
		columns = append(columns, Column{b.t("data." + c.key), c.width, chart.Right})
	}
	return columns
}

// dataRows are the questions, then the constructs.
func (b *builder) dataRows() []Row {
	var rows []Row
	for _, i := range b.Round.Questionnaire.Items {
		r := item(b.total, i.Key)
		cells := append([]string{i.Key + "  " + b.p.In(i.Short), b.or(r.N)}, b.sharesOf(i, r)...)
		rows = append(rows, Row{Cells: append(cells, b.or(r.CannotSay), b.or(r.None), b.indexOrBand(r.Index, r.Band), b.interval(r.CI))})
	}
	rows = append(rows, Row{Cells: []string{b.t("data.constructs")}, Bold: true})
	empty := make([]string, len(b.dataColumns())-4)
	for _, c := range b.total.Constructs {
		cells := append([]string{b.constructName(c.Key), b.or(c.N)}, empty...)
		rows = append(rows, Row{Cells: append(cells, b.indexOrBand(c.Index, c.Band), b.interval(c.CI))})
	}
	return rows
}

// sharesOf gives the shares of a question as far as they are shown: five, or for
// yes/no the two ends, or the three classes.
func (b *builder) sharesOf(i questionnaire.Item, r tally.ItemResult) []string {
	percent := func(list []int) []string {
		var words []string
		for _, n := range list {
			words = append(words, b.p.Integer(n))
		}
		return words
	}
	switch s := b.Round.Questionnaire.Scales[i.Scale]; {
	case !b.shares5():
		return []string{b.or(r.Unfavourable), b.or(r.Neutral), b.or(r.Favourable)}
	case len(r.Distribution) == 5:
		return percent(r.Distribution)
	case len(r.Distribution) == 2 && s.Hi-s.Lo == 1:
		ends := percent(r.Distribution)
		return []string{ends[0], "", "", "", ends[1]}
	}
	return []string{"–", "–", "–", "–", "–"}
}

func (b *builder) indexOrBand(index *int, band string) string {
	if band != "" {
		return b.band(band)
	}
	return b.or(index)
}

func (b *builder) or(n *int) string {
	if n == nil {
		return "–"
	}
	return b.p.Integer(*n)
}

func (b *builder) interval(ci *tally.Interval) string {
	if ci == nil {
		return "–"
	}
	return fmt.Sprintf("%.0f–%.0f", ci.Low, ci.High)
}
