package report

import (
	"cmp"
	"slices"
	"strings"

	"pulscheck/report/chart"
	"pulscheck/report/font"
	"pulscheck/survey/questionnaire"
	"pulscheck/survey/score"
	"pulscheck/survey/tally"
)

// fewQuestions is how many questions stand at each end if there are more of them.
const fewQuestions = 8

// questions is V5: what changed per question in the last step?
func (c *comparer) questions() []Page {
	moved, open := c.sortedQuestions()
	f := chart.Dumbbell{Heads: [5]string{
		c.t("data.question"), c.label(len(c.in.Data.Rounds) - 2), c.label(len(c.in.Data.Rounds) - 1), c.t("change.head"), c.t("change.verdict-head"),
	}}
	better, worse := 0, 0
	for _, d := range moved {
		switch d.Verdict {
		case score.ClearlyBetter:
			better++
		case score.ClearlyWorse:
			worse++
		}
	}
	note := c.v("V5.note")
	shown := moved
	if len(moved) > 2*fewQuestions {
		shown = slices.Concat(moved[:fewQuestions], moved[len(moved)-fewQuestions:])
		note += " " + c.v("V5.more", "n", len(moved)-2*fewQuestions)
	}
	var words []string
	for i, d := range shown {
		if len(moved) > 2*fewQuestions && i%fewQuestions == 0 {
			f.Rows = append(f.Rows, chart.DumbbellRow{Head: true, Label: c.v([]string{"V5.top", "V5.bottom"}[i/fewQuestions])})
		}
		f.Rows = append(f.Rows, c.questionRow(d))
		words = append(words, c.short(d.Key)+" "+c.toldChange(d))
	}
	f.Words = c.v("V5.alt", "changes", dash(strings.Join(words, "; ")))
	if open > 0 {
		note += " " + c.v("V5.open", "n", open)
	}
	if len(moved) > manyTests {
		note += " " + c.v("chance", "n", len(moved))
	}
	title := c.v("V5.title", "better", better, "worse", worse, "all", len(moved))
	if better+worse == 0 {
		title = c.v("V5.title-none", "all", len(moved))
	}
	y := top + f.Height() + 4
	return []Page{c.page("V5", title, c.v("V5.subtitle", "who", c.who(), "number", c.to(), "before", c.in.Data.Rounds[len(c.in.Data.Rounds)-2].Number),
		Figure{chart.Box{X: left, Y: top, W: width, H: f.Height()}, f}, c.signs(y),
		Prose{Box: chart.Box{X: left, Y: y + 7, W: width, H: 16}, Small: true, Text: []string{note}})}
}

// sortedQuestions gives the questions with a change of the last step, the largest rise
// first, and how many there are without.
func (c *comparer) sortedQuestions() (moved []*tally.Change, open int) {
	for _, i := range c.Round.Questionnaire.Items {
		if d := c.step(tally.Group{}, i.Key); tested(d) {
			moved = append(moved, d)
		} else {
			open++
		}
	}
	slices.SortStableFunc(moved, func(a, b *tally.Change) int { return cmp.Compare(*b.Difference, *a.Difference) })
	return moved, open
}

func (c *comparer) questionRow(d *tally.Change) chart.DumbbellRow {
	before, now := c.point(tally.Group{}, d.Key, -2), c.point(tally.Group{}, d.Key, -1)
	r := chart.DumbbellRow{
		Label: compact(c.short(d.Key), font.Regular, 9, 47), Before: floating(before.Index), Now: floating(now.Index), BeforeText: dash(c.read(before, d.Key)),
		NowText: dash(c.read(now, d.Key)), Change: c.sign(d), Word: c.word(d), Hollow: now.State == tally.Indicative,
	}
	r.Low, r.High = ends(now.CI)
	return r
}

// wander is V7: did the barrier wander?
func (c *comparer) wander() []Page {
	var keys []string
	for _, i := range c.Round.Questionnaire.Items {
		if i.Kind == questionnaire.Stage && c.series[lineKey{key: i.Key}] != nil {
			keys = append(keys, i.Key)
		}
	}
	if len(keys) == 0 {
		return nil
	}
	f := chart.Wander{Limit: barrierLimit}
	var words []string
	for _, key := range keys {
		s := chart.WanderStage{Label: c.short(key)}
		for i, p := range c.series[lineKey{key: key}].Points {
			b := c.in.Data.Rounds[i].Barrier
			s.Bars = append(s.Bars, chart.StageBar{
				Label: c.label(i), Value: floating(p.Index), Text: c.read(p, key), Barrier: b != nil && *b == key, Hollow: p.State == tally.Indicative,
			})
		}
		f.Stages = append(f.Stages, s)
		words = append(words, s.Label+": "+c.course(tally.Group{}, key))
	}
	f.Words = c.t("stages.alt", "values", strings.Join(words, ". "))
	t := c.barriersOverTime()
	t.Box.Y = 168
	return []Page{c.page("V7", c.wandered(), c.v("V7.subtitle", "limit", barrierLimit),
		Figure{chart.Box{X: left, Y: top, W: width, H: 96}, f},
		Prose{Box: chart.Box{X: left, Y: 160, W: width, H: 6}, Heading: c.v("V7.table")}, t,
		Prose{Box: chart.Box{X: left, Y: 168 + t.Height() + 3, W: width, H: 10}, Small: true, Text: []string{c.v("V7.note")}})}
}

// barriersOverTime names the barrier of each iteration.
func (c *comparer) barriersOverTime() Table {
	t := Table{Box: chart.Box{X: left, W: width}, Columns: []Column{
		{Head: c.v("iteration"), Width: 30}, {Head: c.t("stages.barrier")}, {c.t("acceptance.index"), 20, chart.Right}, {Head: "", Width: 5}, {Head: c.t("stages.certainty"), Width: 40},
	}}
	for i, r := range c.in.Data.Rounds {
		name, index, certainty := c.t("stages.none", "limit", barrierLimit), "", ""
		switch {
		case r.Barrier != nil:
			name, index = c.short(*r.Barrier), dash(c.read(c.point(tally.Group{}, *r.Barrier, i), *r.Barrier))
			certainty = c.t("stages.certainty-" + r.Certainty)
		case r.Certainty != score.NoBarrier:
			name = c.v("V7.not-shown")
		}
		t.Rows = append(t.Rows, Row{Cells: []string{c.label(i), name, index, "", certainty}})
	}
	return t
}

// wandered tells from where to where the barrier went.
func (c *comparer) wandered() string {
	rounds := c.in.Data.Rounds
	first, last := rounds[0], rounds[len(rounds)-1]
	switch {
	case last.Certainty == score.NotShown || last.Certainty == "":
		return c.v("V7.title-hidden")
	case last.Barrier == nil:
		return c.v("V7.title-gone", "limit", barrierLimit)
	case first.Barrier == nil:
		return c.v("V7.title-now", "stage", c.short(*last.Barrier))
	case *first.Barrier == *last.Barrier:
		return c.v("V7.title-same", "stage", c.short(*last.Barrier), "from", first.Number)
	}
	return fit(c.v("V7.title", "before", c.short(*first.Barrier), "stage", c.short(*last.Barrier), "from", first.Number), c.v("V7.title-now", "stage", c.short(*last.Barrier)))
}
