package report

import (
	"cmp"
	"slices"

	"pulscheck/report/chart"
)

// Numbers of findings on the summary.
const (
	minFindings = 3
	maxFindings = 5
)

// candidate is a finding with what decides whether it is shown.
type candidate struct {
	Finding
	weight   float64
	topic    string
	always   bool // first of all
	positive bool
	fill     bool // only if there are too few others
}

// findings runs the rules and selects: participation if it is low, acceptance, then
// by weight, one for each topic, at least one that praises.
func (b *builder) findings() []Finding {
	var all []candidate
	for _, rule := range []func() []candidate{b.ruleF0, b.ruleF1, b.ruleF2, b.ruleF3, b.ruleF4, b.ruleF5, b.ruleF6, b.ruleF12, b.ruleF13} {
		all = append(all, rule()...)
	}
	slices.SortStableFunc(all, func(x, y candidate) int {
		return cmp.Or(before(x.always, y.always), before(!x.fill, !y.fill), cmp.Compare(y.weight, x.weight), cmp.Compare(x.Rule, y.Rule))
	})
	var chosen []candidate
	topics := map[string]bool{}
	for _, c := range all {
		if topics[c.topic] || len(chosen) == maxFindings || c.fill && len(chosen) >= minFindings {
			continue
		}
		topics[c.topic] = true
		chosen = append(chosen, c)
	}
	chosen = praise(chosen, all)
	rows := make([]Finding, len(chosen))
	for i, c := range chosen {
		rows[i] = c.Finding
		rows[i].Status = b.light(c.Status)
	}
	return rows
}

// praise sees to it that the strongest positive finding is among the chosen: in place
// of another one of its topic, else behind them, else in place of the last.
func praise(chosen, all []candidate) []candidate {
	positive := func(c candidate) bool { return c.positive }
	i := slices.IndexFunc(all, positive)
	if i < 0 || slices.ContainsFunc(chosen, positive) {
		return chosen
	}
	same := slices.IndexFunc(chosen, func(c candidate) bool { return c.topic == all[i].topic })
	switch {
	case same >= 0:
		chosen[same] = all[i]
	case len(chosen) < maxFindings:
		chosen = append(chosen, all[i])
	default:
		chosen[len(chosen)-1] = all[i]
	}
	return chosen
}

// before orders true in front.
func before(x, y bool) int {
	switch {
	case x == y:
		return 0
	case x:
		return -1
	}
	return 1
}

// symbol is that of a finding which neither praises nor reports a change.
const symbol = chart.StatusWatch
