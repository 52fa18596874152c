package report

import (
	"math"
	"slices"
	"strings"

	"pulscheck/report/chart"
	"pulscheck/survey/score"
	"pulscheck/survey/tally"
)

// comparability is V10: what may be compared?
func (c *comparer) comparability(d *Document) Page {
	t := Table{Box: chart.Box{X: left, Y: top, W: width}, Columns: []Column{
		{Head: c.v("iteration"), Width: 18}, {Head: c.t("cover.survey")}, {c.t("method.invited"), 19, chart.Right}, {c.t("method.answered"), 19, chart.Right},
		{c.t("participation.share"), 20, chart.Right}, {c.v("V10.paper"), 15, chart.Right}, {c.v("V10.changed"), 22, chart.Right}, {"k", 7, chart.Right},
	}}
	limited := 0
	var lines []Quality
	for i, r := range c.in.Data.Rounds {
		rate := "–"
		if r.ResponseRate != nil {
			rate = c.p.Percent(percentOf(r))
		}
		t.Rows = append(t.Rows, Row{Cells: []string{
			c.label(i), c.period(c.in.Iterations[i].Round), c.p.Integer(r.Invited), c.or(r.Ballots), rate,
			c.p.Integer(r.Paper), c.p.Integer(len(r.Changed) + len(r.Dropped)), c.p.Integer(r.K),
		}})
		status, why := c.comparable(r)
		if status != chart.StatusOK {
			limited++
		}
		lines = append(lines, Quality{Status: status, Text: c.label(i) + ": " + why})
	}
	blocks, y := []Block{t}, top+t.Height()+5
	for _, q := range lines {
		q.Box = chart.Box{X: left, Y: y, W: width, H: 6}
		blocks = append(blocks, q)
		y += 6.2
	}
	y += 3
	title := c.v("V10.title", "all", len(c.in.Data.Rounds))
	if c.two() {
		title = c.v("V10.title-two")
	}
	if limited > 0 {
		title = c.v("V10.title-limited", "n", limited, "all", len(c.in.Data.Rounds))
	}
	notes := c.v("V10.note")
	if missing := c.missing(); len(missing) > 0 {
		notes += " " + c.v("V10.missing", "modules", c.p.List(missing))
	}
	blocks = append(blocks, Prose{Box: chart.Box{X: left, Y: y, W: width, H: 20}, Small: true, Text: []string{notes}},
		Facts{Box: chart.Box{X: left, Y: y + 22, W: width, H: 40}, Small: true, Heading: c.t("anonymity.document"), Rows: [][2]string{
			{c.t("anonymity.document-id"), d.ID}, {c.t("anonymity.created"), c.date(d.Created)}, {c.t("anonymity.data-hash"), groups(d.Hash)},
			{c.t("anonymity.files"), c.p.List([]string{c.t("file.json"), c.t("file.csv"), c.t("file.help")}) + " · " + c.t("anonymity.verify")},
		}})
	return c.page("V10", title, c.v("V10.subtitle"), blocks...)
}

// Limits of comparability: a rate that differs more, in points, and one that is low.
const (
	rateGap  = 20.0
	fairRate = 50
)

// comparable judges how far a round can be compared with the last one, and says why not.
func (c *comparer) comparable(r tally.ComparedRound) (chart.Status, string) {
	last := c.in.Data.Rounds[len(c.in.Data.Rounds)-1]
	p := c.series[lineKey{key: c.measure()}]
	at := slices.IndexFunc(c.in.Data.Rounds, func(o tally.ComparedRound) bool { return o.Round == r.Round })
	var why []string
	status := chart.StatusOK
	add := func(s chart.Status, key string, args ...any) {
		status, why = max(status, s), append(why, c.v("V10."+key, args...))
	}
	switch {
	case r.Ballots == nil || p == nil || p.Points[at].Index == nil && p.Points[at].State == tally.Protected:
		add(chart.StatusAct, "nothing")
	case p.Points[at].State == tally.Incomparable || p.Points[at].State == tally.NotAsked:
		add(chart.StatusAct, "measure", "name", c.constructName(c.measure()))
	}
	if r.ResponseRate != nil {
		switch word := score.Participation(*r.ResponseRate); {
		case word == score.Poor:
			add(chart.StatusAct, "rate", "rate", c.p.Percent(percentOf(r)))
		case percentOf(r) < fairRate:
			add(chart.StatusWatch, "rate", "rate", c.p.Percent(percentOf(r)))
		case last.ResponseRate != nil && math.Abs(*r.ResponseRate-*last.ResponseRate)*100 > rateGap:
			add(chart.StatusWatch, "gap")
		}
	}
	if n := len(r.Changed) + len(r.Dropped); n > 0 {
		add(chart.StatusWatch, "questions", "n", n)
	}
	if r.K != last.K {
		add(chart.StatusWatch, "k", "k", r.K)
	}
	if len(why) == 0 {
		why = append(why, c.v("V10.full"))
	}
	if r.Imported {
		why = append(why, c.v("V10.imported"))
	}
	return status, strings.Join(why, "; ")
}

// missing names what no iteration keeps.
func (c *comparer) missing() []string {
	var missing []string
	for _, m := range []struct {
		key  string
		kept func(Modules) bool
	}{
		{"maturity", func(m Modules) bool { return m.Maturity != nil }}, {"goals", func(m Modules) bool { return m.Goals != nil }},
		{"wins", func(m Modules) bool { return m.QuickWins != nil }}, {"register", func(m Modules) bool { return m.Voices != nil }},
	} {
		if !slices.ContainsFunc(c.in.Iterations, func(i ComparedIteration) bool { return m.kept(i.Modules) }) {
			missing = append(missing, c.v("module."+m.key))
		}
	}
	return missing
}
