package report

import (
	"fmt"
	"strings"

	"pulscheck/report/chart"
	"pulscheck/survey/tally"
)

// method is P14: how we measured.
func (b *builder) method() Page {
	var alphas []string
	for _, c := range b.total.Constructs {
		if c.Alpha != nil {
			alphas = append(alphas, b.constructName(c.Key)+" "+b.p.Decimal(*c.Alpha, 2))
		}
	}
	if len(alphas) == 0 {
		alphas = []string{"–"}
	}
	var parts []Prose
	for _, key := range []string{"who", "scale", "constructs", "range", "rounding", "reliability", "limits"} {
		parts = append(parts, Prose{Heading: b.t("method." + key), Text: []string{b.t("method."+key+"-text",
			"invited", b.Results.Invited, "period", b.p.Period(b.Round.Opens, b.Round.Closes), "alphas", strings.Join(alphas, ", "))}})
	}
	return Page{
		Name: "method", Kicker: b.t("method.kicker"), Title: b.t("method.title"), Subtitle: b.t("method.subtitle"),
		Blocks: []Block{Columns{chart.Box{X: left, Y: top, W: width, H: 200}, parts}},
	}
}

// dataRows is how many rows of the table fit on a page.
const dataRows = 34

// data is P15: all questions, all values of the whole round.
func (b *builder) data() []Page {
	rows := b.dataRowsOf()
	var pages []Page
	for from := 0; from < len(rows); from += dataRows {
		pages = append(pages, Page{
			Name: "data", Kicker: b.t("data.kicker"), Title: b.t("data.title"), Subtitle: b.t("data.subtitle"),
			Blocks: []Block{Table{
				Box:     chart.Box{X: left, Y: top, W: width, H: 200},
				Columns: b.dataColumns(), Rows: rows[from:min(from+dataRows, len(rows))],
			}},
		})
	}
	return pages
}

func (b *builder) dataColumns() []Column {
	columns := []Column{{Head: b.t("data.question")}}
	for _, c := range []struct {
		key   string
		width float64
	}{{"n", 11}, {"agree", 12}, {"neutral", 12}, {"disagree", 13}, {"cs", 20}, {"none", 12}, {"index", 12}, {"range", 18}} {
		columns = append(columns, Column{b.t("data." + c.key), c.width, chart.Right})
	}
	return columns
}

func (b *builder) dataRowsOf() []Row {
	var rows []Row
	for _, i := range b.Round.Questionnaire.Items {
		r := item(b.total, i.Key)
		agree, neutral, disagree := b.percentOr(r.Favourable), b.percentOr(r.Neutral), b.percentOr(r.Unfavourable)
		if r.Band != "" {
			agree = b.band(r.Band)
		}
		rows = append(rows, Row{Cells: []string{
			i.Key + "  " + b.p.In(i.Short), b.or(r.N), agree, neutral, disagree, b.or(r.CannotSay), b.or(r.None), b.or(r.Index), b.interval(r.CI),
		}})
	}
	rows = append(rows, Row{Cells: []string{b.t("data.constructs")}, Bold: true})
	for _, c := range b.total.Constructs {
		agree := b.percentOr(c.Favourable)
		if c.Band != "" {
			agree = b.band(c.Band)
		}
		rows = append(rows, Row{Cells: []string{
			b.constructName(c.Key), b.or(c.N), agree, "", "", "", "", b.or(c.Index), b.interval(c.CI),
		}})
	}
	return rows
}

func (b *builder) or(n *int) string {
	if n == nil {
		return "–"
	}
	return b.p.Integer(*n)
}

func (b *builder) percentOr(n *int) string {
	if n == nil {
		return "–"
	}
	return b.p.Percent(*n)
}

func (b *builder) interval(ci *tally.Interval) string {
	if ci == nil {
		return "–"
	}
	return fmt.Sprintf("%.0f–%.0f", ci.Low, ci.High)
}
