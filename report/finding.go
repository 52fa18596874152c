package report

import (
	"cmp"
	"slices"
)

// Words of a finding at most.
const headWords, evidenceWords = 8, 22

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
	about    string // key of the process or construct, of rules that find several
	always   bool   // first of all
	positive bool
	fill     bool // only if there are too few others
}

// rules are those of the summary (section 7 of the design). A change fires or praises
// only if its verdict is clear (decision 12). Rules about quick wins, goals, maturity and
// the register (F7 to F10) need data that a round does not bring.
var rules = []struct {
	id    string
	fires string // when
	find  func(*builder) []candidate
}{
	{"F0", "participation is below a half, fell by ten points, or fewer than 20 answered", (*builder).ruleF0},
	{"F1", "always: acceptance with its change", (*builder).ruleF1},
	{"F2", "motivation has another verdict or status than acceptance", (*builder).ruleF2},
	{"F3", "the new way is bypassed under pressure, or clearly more than before", (*builder).ruleF3},
	{"F4", "a process lies ten points behind the whole and the intervals are disjoint", (*builder).ruleF4},
	{"F5", "a stage lies below 60", (*builder).ruleF5},
	{"F6", "two roles lie 15 points apart and their intervals are disjoint", (*builder).ruleF6},
	{"F7", "a quick win is achieved and not communicated", (*builder).ruleF7},
	{"F8", "a goal is missed or has no measurement", (*builder).ruleF8},
	{"F9", "a process lost a level or is two below its target", (*builder).ruleF9},
	{"F10", "less than 80 % of the register is answered, or something is open for more than 14 days", (*builder).ruleF10},
	{"F11", "praise: the largest clear gain of five points or more", (*builder).ruleF11},
	{"F12", "praise: a construct stands at 75 or more", (*builder).ruleF12},
	{"F13", "too few others fire: the highest of the other constructs", (*builder).ruleF13},
}

// candidates runs the rules: participation if it is low, acceptance, then by weight.
func (b *builder) candidates() []candidate {
	var all []candidate
	for _, r := range rules {
		for _, c := range r.find(b) {
			c.Rule = r.id
			all = append(all, c)
		}
	}
	slices.SortStableFunc(all, func(x, y candidate) int {
		return cmp.Or(before(x.always, y.always), before(!x.fill, !y.fill), cmp.Compare(y.weight, x.weight), cmp.Compare(x.Rule, y.Rule))
	})
	return all
}

// findings selects in this order, one for each topic, at least one that praises. What is
// left out makes room for the next.
func (b *builder) findings() []Finding {
	var all, chosen, left []candidate
	for _, c := range b.fired {
		if e := b.edited(&c); e != nil && e.LeftOut {
			left = append(left, c)
			continue
		}
		all = append(all, c)
	}
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
		b.edit(&rows[i], b.edited(&c))
	}
	b.found = nil
	for _, c := range append(chosen, left...) {
		b.found = append(b.found, c.says())
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
