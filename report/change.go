package report

import (
	"slices"
	"strings"

	"pulscheck/report/chart"
	"pulscheck/survey/score"
	"pulscheck/survey/tally"
)

// verdictGlyphs are the signs of decision 12. Without one stand too few answers and
// what cannot be compared.
var verdictGlyphs = map[string]chart.Glyph{
	score.ClearlyBetter: chart.ClearlyUp, score.ProbablyBetter: chart.ProbablyUp,
	score.ClearlyWorse: chart.ClearlyDown, score.ProbablyWorse: chart.ProbablyDown,
	tally.Stable: chart.SameLevel, score.NoClearChange: chart.NotClear,
	tally.First: chart.NewHere, tally.Incomparable: chart.NotAlike,
}

// compared gives the round that the results are compared with, nil in the first one.
func (b *builder) compared() *Earlier {
	if len(b.Results.Comparison) == 0 {
		return nil
	}
	from := b.Results.Comparison[0].From
	i := slices.IndexFunc(b.Earlier, func(e Earlier) bool { return e.Results.Round == from })
	if i < 0 {
		return nil
	}
	return &b.Earlier[i]
}

// change gives what is told of a question or construct of a group beside the round
// before; nil without such a round.
func (b *builder) change(g tally.Group, key string) *tally.Change {
	if b.before == nil {
		return nil
	}
	for i := range b.Results.Comparison {
		if c := &b.Results.Comparison[i]; c.Group == g && c.Key == key {
			return c
		}
	}
	return nil
}

// changeOf is change for a group that may be withheld.
func (b *builder) changeOf(g *tally.GroupResult, key string) *tally.Change {
	if g == nil {
		return nil
	}
	return b.change(g.Group, key)
}

// verdict gives the verdict of a change, that of what cannot be compared without one.
func verdict(c *tally.Change) string {
	if c == nil {
		return tally.Open
	}
	return c.Verdict
}

// tested says that a change has a verdict about its direction, and so a number that
// may be told.
func tested(c *tally.Change) bool {
	switch verdict(c) {
	case tally.Open, tally.First, tally.Incomparable, score.TooFewAnswers:
		return false
	}
	return c.Difference != nil
}

// up, down and clear read a verdict.
func up(verdict string) bool {
	return verdict == score.ClearlyBetter || verdict == score.ProbablyBetter
}

func down(verdict string) bool {
	return verdict == score.ClearlyWorse || verdict == score.ProbablyWorse
}

func clear(verdict string) bool {
	return verdict == score.ClearlyBetter || verdict == score.ClearlyWorse
}

// sign gives a change as a column shows it: sign and number, or why there is none.
func (b *builder) sign(c *tally.Change) chart.Change {
	switch verdict(c) {
	case score.TooFewAnswers:
		return chart.Change{Text: b.t("change.scarce")}
	case tally.First:
		return chart.Change{Glyph: chart.NewHere, Text: b.t("change.new")}
	case tally.Incomparable:
		return chart.Change{Glyph: chart.NotAlike}
	}
	if !tested(c) {
		return chart.Change{Text: "–"}
	}
	return chart.Change{Glyph: verdictGlyphs[c.Verdict], Text: b.difference(c)}
}

// difference writes a change of an index, or of a share in percentage points.
func (b *builder) difference(c *tally.Change) string {
	if b.yesNo(c.Key) {
		return b.p.Points(*c.Difference)
	}
	return b.p.Signed(*c.Difference)
}

// yesNo says that a question has two answers, and so a share in place of an index.
func (b *builder) yesNo(key string) bool { return b.Round.Questionnaire.YesNo(key) }

// certainty is the short word of a verdict: how far a change is confirmed.
func (b *builder) certainty(verdict string) string { return b.t("change.certainty." + verdict) }

// verdictWord is the full word of a verdict.
func (b *builder) verdictWord(c *tally.Change) string {
	word := b.t("change.verdict." + verdict(c))
	if c != nil && c.TooSmall {
		word += b.t("change.too-small")
	}
	return word
}

// told tells a change in a sentence for those who do not see it: "+9, gesichert".
func (b *builder) toldChange(c *tally.Change) string {
	if !tested(c) {
		return b.certainty(verdict(c))
	}
	return b.difference(c) + ", " + b.certainty(c.Verdict)
}

// rangeOfChange tells the interval of a change: "+3 bis +15".
func (b *builder) rangeOfChange(ci *tally.Interval) string {
	if ci == nil {
		return b.t("no-range")
	}
	return b.t("change.range", "low", b.p.Signed(int(ci.Low)), "high", b.p.Signed(int(ci.High)))
}

// carriers are the processes with ten answers or more that changed clearly or probably
// in a direction, the strongest first, two at most: "Störungsmanagement (+13)".
func (b *builder) carriers(key string, direction func(verdict string) bool) []string {
	type carrier struct {
		name string
		d    int
	}
	var all []carrier
	for _, p := range b.processes() {
		g := tally.Group{Process: p.Key}
		if c := b.change(g, key); tested(c) && direction(c.Verdict) && b.full(g) {
			all = append(all, carrier{b.p.In(p.Name), *c.Difference})
		}
	}
	slices.SortStableFunc(all, func(x, y carrier) int { return magnitude(y.d) - magnitude(x.d) })
	var names []string
	for _, c := range all[:min(len(all), 2)] {
		names = append(names, strings.ReplaceAll(c.name, "\u00ad", "")+" ("+b.p.Signed(c.d)+")")
	}
	return names
}

func magnitude(n int) int { return max(n, -n) }

// full says that a group has ten answers or more. Findings name no others.
func (b *builder) full(g tally.Group) bool {
	r := b.group(g)
	return r != nil && r.State == tally.Shown
}
