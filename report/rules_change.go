package report

import (
	"pulscheck/report/chart"
	"pulscheck/survey/score"
	"pulscheck/survey/tally"
)

// changeStatus is the symbol of a finding about a change: green only if it is clearly
// better, red only if it is clearly worse (section 7 of the design).
func (b *builder) changeStatus(c *tally.Change) chart.Status {
	switch verdict(c) {
	case score.ClearlyBetter:
		return chart.StatusOK
	case score.ClearlyWorse:
		return chart.StatusAct
	}
	return chart.StatusWatch
}

// changeHead tells a level with its verdict. What was not compared has a level only.
func (b *builder) changeHead(key string, c *tally.Change, x int) string {
	if c == nil || c.Verdict == tally.Open {
		return b.t(key, "x", x)
	}
	d := 0
	if c.Difference != nil {
		d = magnitude(*c.Difference)
	}
	return b.t(key+"-"+c.Verdict, "x", x, "d", d)
}

// changeEvidence tells the interval of a change and who carried it, else the processes
// at both ends; without a change the interval of the level.
func (b *builder) changeEvidence(key string, result tally.ConstructResult, c *tally.Change) string {
	if !tested(c) || c.CI == nil {
		return b.levelEvidence(key, result)
	}
	text := b.t("finding.change", "change", b.difference(c), "range", b.rangeOfChange(c.CI))
	towards, with := up, "finding.carried"
	if *c.Difference < 0 {
		towards, with = down, "finding.fallen"
	}
	if names := b.carriers(key, towards); len(names) > 0 {
		return text + " " + b.t(with, "processes", b.p.List(names))
	}
	if shown := b.shownProcesses(key); len(shown) > 1 {
		return text + " " + b.bothEnds(shown)
	}
	return text
}

// sinceThen tells the change of acceptance in a group in a half sentence behind its
// level; nothing without one.
func (b *builder) sinceThen(g tally.Group) string {
	c := b.change(g, acceptanceKey)
	if !tested(c) {
		return ""
	}
	return " " + b.t("finding.since", "number", b.before.Iteration, "change", b.difference(c), "verdict", b.verdictWord(c))
}

// sinceBoth is the same for two groups.
func (b *builder) sinceBoth(x, y standing) string {
	first, second := b.change(x.group, acceptanceKey), b.change(y.group, acceptanceKey)
	if !tested(first) || !tested(second) {
		return ""
	}
	return " " + b.t("finding.since-both", "number", b.before.Iteration, "first", b.difference(first), "second", b.difference(second))
}

// leastGain is the gain from which F11 praises.
const leastGain = 5

// ruleF11: the largest clear gain of a question, a construct but the two of P4, or a
// process; none in a small round.
func (b *builder) ruleF11() []candidate {
	if b.small || b.before == nil {
		return nil
	}
	var best *tally.Change
	for i := range b.Results.Comparison {
		c := &b.Results.Comparison[i]
		if c.Verdict != score.ClearlyBetter || !tested(c) || *c.Difference < leastGain || !b.praised(c) {
			continue
		}
		if best == nil || *c.Difference > *best.Difference {
			best = c
		}
	}
	if best == nil {
		return nil
	}
	name, topic, page := b.short(best.Key), "gain", "answers"
	switch {
	case best.Group.Process != "":
		name, page = b.name(best.Group), "acceptance"
	case b.Round.Questionnaire.Item(best.Key) == nil:
		name, topic = b.constructName(best.Key), best.Key
	}
	return []candidate{{Finding: Finding{
		Status: chart.StatusOK, Reference: at(page, best.Key),
		Head:     b.t("finding.F11", "name", name, "change", b.difference(best), "number", b.before.Iteration),
		Evidence: b.t("finding.F11-evidence", "range", b.rangeOfChange(best.CI)),
		Chart:    chart.Spark{Trend: b.trendOf(best.Group, best.Key)},
	}, topic: topic, weight: 65, positive: true}}
}

// praised says that F11 may name what changed: questions and constructs of the whole
// round, acceptance of a process with ten answers or more.
func (b *builder) praised(c *tally.Change) bool {
	if c.Group == (tally.Group{}) {
		return c.Key != acceptanceKey && c.Key != motivationKey
	}
	process := c.Group == tally.Group{Process: c.Group.Process} && c.Group.Process != tally.Others
	return process && c.Key == acceptanceKey && b.full(c.Group)
}
