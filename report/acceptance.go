package report

import (
	"slices"
	"strings"

	"pulscheck/report/chart"
	"pulscheck/report/font"
	"pulscheck/survey"
	"pulscheck/survey/tally"
)

// acceptance is P4: are people coming along?
func (b *builder) acceptance() Page {
	x, y := construct(b.total, acceptanceKey).Index, construct(b.total, motivationKey).Index
	title := b.t("acceptance.title-none")
	switch band := construct(b.total, acceptanceKey).Band; {
	case band != "":
		title = b.t("summary.title-band", "band", b.band(band))
	case x != nil && y != nil:
		title = b.t("acceptance.title", "x", *x, "y", *y)
	case x != nil:
		title = b.t("acceptance.title-one", "x", *x)
	}
	levels := b.levels(acceptanceKey, b.processes(), b.t("acceptance.process"), func(k string) tally.Group { return tally.Group{Process: k} })
	note := b.t("acceptance.note")
	if hidden := hide(&levels); hidden > 0 {
		note += " " + b.t("acceptance.hidden", "n", hidden)
	}
	blocks := b.trends()
	blocks = append(blocks,
		Prose{Box: chart.Box{X: left, Y: 158, W: width, H: 6}, Heading: b.t("acceptance.processes")},
		Figure{chart.Box{X: left, Y: 165, W: width, H: levels.Height()}, levels},
		Prose{Box: chart.Box{X: left, Y: 168 + levels.Height(), W: width, H: 12}, Small: true, Text: []string{note}})
	return Page{
		Name: "acceptance", Kicker: b.t("acceptance.kicker"), Title: title,
		Subtitle: b.t("acceptance.subtitle", "count", *b.total.N), Blocks: blocks,
	}
}

// trends are the lines of acceptance and motivation on one scale, or acceptance alone.
func (b *builder) trends() []Block {
	acceptance, motivation := b.trend(acceptanceKey), b.trend(motivationKey)
	if !b.asks(motivationKey) {
		return []Block{Figure{chart.Box{X: left, Y: top, W: width, H: 92}, acceptance}}
	}
	chart.SameScale(&acceptance, &motivation)
	return []Block{
		Figure{chart.Box{X: left, Y: top, W: 80, H: 92}, acceptance},
		Figure{chart.Box{X: 110, Y: top, W: 80, H: 92}, motivation},
	}
}

// hide takes the rows out that show nothing and tells how many they were.
func hide(l *chart.Levels) int {
	all := len(l.Rows)
	l.Rows = slices.DeleteFunc(l.Rows, func(r chart.LevelRow) bool { return r.Value == nil && r.Band == "" && !r.Bold })
	return all - len(l.Rows)
}

// levels shows a construct of all groups of a list and of the whole.
func (b *builder) levels(key string, list []survey.Named, head string, group func(string) tally.Group) chart.Levels {
	l := chart.Levels{Heads: [3]string{head, b.t("acceptance.index"), b.t("acceptance.n")}}
	var words []string
	add := func(name string, g *tally.GroupResult, bold bool) {
		c := construct(g, key)
		r := chart.LevelRow{Label: compact(name, font.Regular, 9, 59), Value: floating(c.Index), Band: b.band(c.Band), BandEnd: end(c.Band), Empty: b.t("protected"), Bold: bold}
		r.Low, r.High = ends(c.CI)
		if c.Index != nil {
			r.Text = b.p.Integer(*c.Index)
			words = append(words, name+" "+r.Text)
		}
		if g != nil {
			r.Hollow = g.State == tally.Indicative
			r.N = b.rateClassOrN(g, c.N)
		}
		l.Rows = append(l.Rows, r)
	}
	for _, n := range list {
		add(b.p.In(n.Name), b.group(group(n.Key)), false)
	}
	if g := b.group(group(tally.Others)); g != nil {
		add(b.t("others"), g, false)
	}
	add(b.t("total"), b.total, true)
	l.Words = b.t("acceptance.levels-alt", "name", b.constructName(key), "values", strings.Join(words, ", "))
	return l
}

// rateClassOrN gives the number of answers, or the class of the rate where the
// number is hidden.
func (b *builder) rateClassOrN(g *tally.GroupResult, n *int) string {
	switch {
	case n != nil:
		return b.p.Integer(*n)
	case g.RateClass != "":
		return b.rateWords(g)
	}
	return ""
}
