package report

import (
	"pulscheck/report/chart"
	"pulscheck/survey/tally"
)

// changes lists what became of every question and construct of the whole round since
// the round that it is compared with; nothing in the first one.
func (b *builder) changes() []Page {
	if b.before == nil {
		return nil
	}
	t := Table{Box: chart.Box{X: left, Y: top, W: width, H: bottom - top}, Columns: []Column{
		{Head: b.t("data.question")}, {b.t("round-label", "number", b.before.Iteration), 14, chart.Right}, {b.t("change.now"), 14, chart.Right},
		{b.t("change.head"), 22, chart.Right}, {b.t("data.range"), 26, chart.Right}, {"", 5, chart.Left}, {b.t("change.verdict-head"), 46, chart.Left},
	}}
	for _, i := range b.Round.Questionnaire.Items {
		t.Rows = append(t.Rows, b.changeRow(i.Key, i.Key+"  "+b.p.In(i.Short)))
	}
	t.Rows = append(t.Rows, Row{Cells: []string{b.t("data.constructs")}, Bold: true})
	for _, c := range b.total.Constructs {
		t.Rows = append(t.Rows, b.changeRow(c.Key, b.constructName(c.Key)))
	}
	return b.tablePages(t, b.t("data.changes"), b.t("data.changes-subtitle", "round", b.roundBeside()), b.t("data.changes-note"))
}

// changeRow is one question or construct with both values.
func (b *builder) changeRow(key, label string) Row {
	c := b.change(tally.Group{}, key)
	d, ci := "–", "–"
	if tested(c) {
		d = b.difference(c)
		if c.CI != nil {
			ci = b.rangeOfChange(c.CI)
		}
	}
	before := find(b.before.Results, tally.Group{})
	return Row{Cells: []string{label, b.valueOf(before, key), b.valueOf(b.total, key), d, ci, "", b.verdictWord(c)}}
}

// valueOf gives what a group shows of a question or construct: index, share of yes, or
// band.
func (b *builder) valueOf(g *tally.GroupResult, key string) string {
	if b.Round.Questionnaire.Item(key) == nil {
		c := construct(g, key)
		return b.indexOrBand(c.Index, c.Band)
	}
	i := item(g, key)
	if i.Band == "" && b.yesNo(key) && i.Favourable != nil {
		return b.p.Percent(*i.Favourable)
	}
	return b.indexOrBand(i.Index, i.Band)
}
