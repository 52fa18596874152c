package report

import (
	"cmp"
	"fmt"
	"slices"

	"pulscheck/report/chart"
	"pulscheck/survey/questionnaire"
	"pulscheck/survey/score"
	"pulscheck/survey/tally"
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
	for _, rule := range []func() []candidate{b.ruleF0, b.ruleF1, b.ruleF2, b.ruleF3, b.ruleF4, b.ruleF5, b.ruleF6, b.ruleF12, b.weakest} {
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
	praise(chosen, all)
	rows := make([]Finding, len(chosen))
	for i, c := range chosen {
		rows[i] = c.Finding
	}
	return rows
}

// praise puts the strongest positive finding in place of the last one if none is
// among the chosen.
func praise(chosen, all []candidate) {
	positive := func(c candidate) bool { return c.positive }
	if len(chosen) < maxFindings || slices.ContainsFunc(chosen, positive) {
		return
	}
	if i := slices.IndexFunc(all, positive); i >= 0 {
		chosen[len(chosen)-1] = all[i]
	}
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

const lowRate, poorRate = 0.50, 0.30

// ruleF0: participation is low.
func (b *builder) ruleF0() []candidate {
	rate := *b.Results.ResponseRate
	small := *b.Results.Ballots < indicativeRound
	if rate >= lowRate && !small {
		return nil
	}
	head, status := b.t("finding.F0", "rate", b.p.Percent(b.percent())), chart.StatusWatch
	if rate < poorRate || small {
		head, status = b.t("finding.F0-low"), chart.StatusAct
	}
	return []candidate{{Finding: Finding{
		Rule: "F0", Status: status, Head: head, Evidence: b.t("finding.F0-evidence", "answered", b.answered()), Page: "participation",
	}, topic: "participation", always: true, weight: 1000}}
}

// ruleF1: acceptance, always.
func (b *builder) ruleF1() []candidate {
	c := construct(b.total, acceptanceKey)
	f := Finding{Rule: "F1", Status: chart.StatusWatch, Page: "acceptance", Head: b.t("finding.F1-none"), Evidence: b.t("protected-long") + "."}
	if c.Index != nil {
		f.Head, f.Evidence, f.Chart = b.t("finding.F1", "x", *c.Index), b.levelEvidence(acceptanceKey, c), b.spark(acceptanceKey)
	}
	return []candidate{{Finding: f, topic: acceptanceKey, always: true, weight: 100}}
}

// ruleF2: motivation has another status than acceptance; else it only fills.
func (b *builder) ruleF2() []candidate {
	c := construct(b.total, motivationKey)
	if c.Index == nil {
		return nil
	}
	same := level(c.Index, false) == level(construct(b.total, acceptanceKey).Index, false)
	return []candidate{{Finding: Finding{
		Rule: "F2", Status: chart.StatusWatch, Page: "acceptance", Head: b.t("finding.F2", "x", *c.Index),
		Evidence: b.levelEvidence(motivationKey, c), Chart: b.spark(motivationKey),
	}, topic: motivationKey, weight: 80, fill: same}}
}

// levelEvidence names the interval and the groups at both ends.
func (b *builder) levelEvidence(key string, c tally.ConstructResult) string {
	var shown []group
	for _, p := range b.Organisation.Processes {
		g := tally.Group{Process: p.Key}
		if x := construct(b.group(g), key).Index; x != nil {
			shown = append(shown, group{b.p.In(p.Name), *x})
		}
	}
	if len(shown) < 2 {
		return b.t("finding.level-only", "range", b.rangeOf(c.CI))
	}
	byIndex := func(x, y group) int { return cmp.Compare(x.index, y.index) }
	high, low := slices.MaxFunc(shown, byIndex), slices.MinFunc(shown, byIndex)
	return b.t("finding.level-evidence", "range", b.rangeOf(c.CI),
		"high", fmt.Sprintf("%s (%d)", high.name, high.index), "low", fmt.Sprintf("%s (%d)", low.name, low.index))
}

type group struct {
	name  string
	index int
}

// ruleF3: the new way is bypassed under pressure.
func (b *builder) ruleF3() []candidate {
	const relapse = "A4"
	x := item(b.total, relapse).Index
	if x == nil || *x >= fairIndex {
		return nil
	}
	return []candidate{{Finding: Finding{
		Rule: "F3", Status: chart.StatusAct, Page: "answers", Head: b.t("finding.F3"),
		Evidence: b.t("finding.F3-evidence", "item", b.short(relapse), "x", *x),
	}, topic: "relapse", weight: 90}}
}

// farBehind is the distance from which a process lags behind.
const farBehind, rolesApart = 10, 15

// ruleF4: processes that lie clearly behind.
func (b *builder) ruleF4() []candidate {
	all := construct(b.total, acceptanceKey)
	var found []candidate
	for _, p := range b.Organisation.Processes {
		g := b.group(tally.Group{Process: p.Key})
		c := construct(g, acceptanceKey)
		if g == nil || g.State != tally.Shown || all.Index == nil || c.Index == nil || !disjoint(c.CI, all.CI) || *all.Index-*c.Index < farBehind {
			continue
		}
		d, name := *all.Index-*c.Index, b.p.In(p.Name)
		found = append(found, candidate{Finding: Finding{
			Rule: "F4", Status: chart.StatusAct, Page: "matrix", Head: b.t("finding.F4", "process", name, "d", d),
			Evidence: b.t("finding.F4-evidence", "x", *c.Index, "total", *all.Index), Chart: b.gap(name, *c.Index, *all.Index),
		}, topic: "process", weight: 60 + float64(d)})
	}
	return found
}

// gap is the small figure of a process that lags behind.
func (b *builder) gap(name string, x, all int) chart.Figure {
	best := group{}
	for _, p := range b.Organisation.Processes {
		if v := construct(b.group(tally.Group{Process: p.Key}), acceptanceKey).Index; v != nil && *v > best.index {
			best = group{b.p.In(p.Name), *v}
		}
	}
	return chart.Gap{
		Rows: []chart.GapRow{
			{Label: best.name, Value: float64(best.index), Text: b.p.Integer(best.index)},
			{Label: b.t("total"), Value: float64(all), Text: b.p.Integer(all), Total: true},
			{Label: name, Value: float64(x), Text: b.p.Integer(x), Mark: true},
		},
		Words: b.t("acceptance.levels-alt", "name", b.constructName(acceptanceKey),
			"values", fmt.Sprintf("%s %d, %s %d, %s %d", best.name, best.index, b.t("total"), all, name, x)),
	}
}

// disjoint says that two intervals do not overlap.
func disjoint(x, y *tally.Interval) bool {
	return x != nil && y != nil && (x.High < y.Low || y.High < x.Low)
}

// ruleF5: a stage lies below 60.
func (b *builder) ruleF5() []candidate {
	stage, certainty := b.barrier()
	if stage == nil {
		return nil
	}
	key := "finding.F5-likely"
	if certainty == score.ClearBarrier {
		key = "finding.F5-clear"
	}
	return []candidate{{Finding: Finding{
		Rule: "F5", Status: chart.StatusAct, Page: "stages", Head: b.t("finding.F5", "stage", b.short(stage.Key)),
		Evidence: b.t(key, "x", *stage.Index, "limit", barrierLimit, "help", b.p.In(questionnaire.StageHelp(stage.Key))),
		Chart:    b.stageFigure(tally.Group{}, "", true),
	}, topic: "stage", weight: 70 + float64(barrierLimit-*stage.Index)/2}}
}

// ruleF6: two roles see it differently.
func (b *builder) ruleF6() []candidate {
	var shown []tally.GroupResult
	for _, r := range b.Organisation.Roles {
		g := b.group(tally.Group{Role: r.Key})
		if g != nil && g.State == tally.Shown && construct(g, acceptanceKey).Index != nil {
			shown = append(shown, *g)
		}
	}
	for i := range shown {
		for j := range shown {
			x, y := construct(&shown[i], acceptanceKey), construct(&shown[j], acceptanceKey)
			if *x.Index-*y.Index < rolesApart || !disjoint(x.CI, y.CI) {
				continue
			}
			return []candidate{{Finding: Finding{
				Rule: "F6", Status: chart.StatusAct, Page: "matrix",
				Head:     b.t("finding.F6", "high", b.name(shown[i].Group), "low", b.name(shown[j].Group)),
				Evidence: b.t("finding.F6-evidence", "x", *x.Index, "y", *y.Index),
			}, topic: "role", weight: 55}}
		}
	}
	return nil
}

// strong is the index from which a construct holds.
const strongIndex = 75

// ruleF12: constructs that hold.
func (b *builder) ruleF12() []candidate {
	var found []candidate
	for _, c := range b.total.Constructs {
		if c.Index == nil || *c.Index < strongIndex {
			continue
		}
		found = append(found, candidate{Finding: Finding{
			Rule: "F12", Status: chart.StatusOK, Page: "answers",
			Head:     b.t("finding.F12", "construct", b.constructName(c.Key), "x", *c.Index),
			Evidence: b.t("finding.F12-evidence", "range", b.rangeOf(c.CI)), Chart: b.spark(c.Key),
		}, topic: c.Key, weight: 45, positive: true})
	}
	return found
}

// weakest fills the page with the lowest question if too few rules fire.
func (b *builder) weakest() []candidate {
	var low *tally.ItemResult
	for i := range b.total.Items {
		one := &b.total.Items[i]
		if one.Index != nil && one.CI != nil && (low == nil || *one.Index < *low.Index) {
			low = one
		}
	}
	if low == nil {
		return nil
	}
	return []candidate{{Finding: Finding{
		Rule: "F2", Status: level(low.Index, false), Page: "answers",
		Head:     b.t("finding.weakest", "item", b.short(low.Key), "x", *low.Index),
		Evidence: b.t("finding.weakest-evidence", "low", int(low.CI.Low), "high", int(low.CI.High)),
	}, topic: "item", weight: 1, fill: true}}
}
