package report

import (
	"strings"

	"pulscheck/report/chart"
	"pulscheck/report/font"
	"pulscheck/survey"
	"pulscheck/survey/score"
	"pulscheck/survey/tally"
)

// forest shows how a construct changed in the shown groups of a list and in the whole.
func (b *builder) forest(key string, list []survey.Named, head string, group func(string) tally.Group) chart.Forest {
	f := chart.Forest{Heads: [5]string{
		head, b.t("round-label", "number", b.before.Iteration), b.t("change.now"), b.t("change.head"), b.t("acceptance.n"),
	}}
	var words []string
	add := func(name string, g tally.Group) {
		if !b.shows(g, key) && g != (tally.Group{}) {
			return
		}
		r := b.forestRow(g, key)
		r.Label = compact(name, font.Regular, 9, 49)
		f.Rows = append(f.Rows, r)
		words = append(words, strings.ReplaceAll(name, "\u00ad", "")+" "+b.toldChange(b.change(g, key)))
	}
	for _, n := range list {
		add(b.p.In(n.Name), group(n.Key))
	}
	add(b.t("others"), group(tally.Others))
	add(b.t("total"), tally.Group{})
	f.Words = b.t("change.alt", "name", b.constructName(key), "number", b.before.Iteration, "changes", strings.Join(words, "; "))
	return f
}

// shows says that a group shows something of a construct now.
func (b *builder) shows(g tally.Group, key string) bool {
	c := construct(b.group(g), key)
	return c.Index != nil || c.Band != ""
}

// signs explains the signs of changes.
func (b *builder) signs(y float64) Figure {
	word := func(verdict string) string { return b.certainty(verdict) }
	return Figure{chart.Box{X: left, Y: y, W: width, H: chart.SignsHeight}, chart.Signs{
		Clear: word(score.ClearlyBetter), Probable: word(score.ProbablyBetter), Stable: word(tally.Stable), NotClear: word(score.NoClearChange),
		New: word(tally.First), NotAlike: word(tally.Incomparable), Words: b.t("change.legend"),
	}}
}

// forestRow is the change of a shown group.
func (b *builder) forestRow(g tally.Group, key string) chart.ForestRow {
	result, change := b.group(g), b.change(g, key)
	now, before := construct(result, key), construct(find(b.before.Results, g), key)
	r := chart.ForestRow{
		Change: b.sign(change), Prev: b.indexOrBand(before.Index, before.Band), Now: b.indexOrBand(now.Index, now.Band), NowEnd: end(now.Band),
		N: b.rateClassOrN(result, now.N), Hollow: result.State == tally.Indicative, Bold: g == (tally.Group{}),
	}
	if !tested(change) {
		r.Empty = b.certainty(verdict(change))
		return r
	}
	r.Value = new(float64(*change.Difference))
	r.Low, r.High = ends(change.CI)
	return r
}
