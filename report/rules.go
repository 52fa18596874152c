package report

import (
	"pulscheck/report/chart"
	"pulscheck/survey/questionnaire"
	"pulscheck/survey/score"
	"pulscheck/survey/tally"
)

// Limits of participation: rates, and a fall since the iteration before.
const lowRate, poorRate, rateFall = 0.50, 0.30, 0.10

// ruleF0: participation is low, or fell by ten points.
func (b *builder) ruleF0() []candidate {
	rate := 0.0
	if b.Results.ResponseRate != nil {
		rate = *b.Results.ResponseRate
	}
	evidence := b.t("finding.F0-evidence", "answered", b.answered())
	fell := false
	if h := b.headline(); h != nil && h.Results.ResponseRate != nil {
		if fell = *h.Results.ResponseRate-rate >= rateFall; fell {
			evidence = b.t("finding.F0-fell", "answered", b.answered(), "before", b.p.Percent(percent(h.Results)))
		}
	}
	if rate >= lowRate && !b.small && !fell {
		return nil
	}
	head, status := b.t("finding.F0", "rate", b.p.Percent(percent(b.Results))), chart.StatusWatch
	if rate < poorRate || b.small {
		head, status = b.t("finding.F0-low"), chart.StatusAct
	}
	return []candidate{{Finding: Finding{
		Status: status, Head: head, Evidence: evidence, Reference: at("participation"),
	}, topic: "participation", always: true, weight: 1000}}
}

// ruleF1: acceptance, always where it was asked. From 75 on it praises, as F12 does for
// the others.
func (b *builder) ruleF1() []candidate {
	if !b.asks(acceptanceKey) {
		return nil
	}
	c := construct(b.total, acceptanceKey)
	change := b.change(tally.Group{}, acceptanceKey)
	f := Finding{Status: b.changeStatus(change), Reference: at("acceptance"), Head: b.t("finding.F1-none"), Evidence: b.t("finding.F1-protected")}
	strong := false
	switch {
	case c.Band != "":
		f.Head, f.Evidence = b.t("finding.F1-band", "band", b.band(c.Band)), b.t("finding.F1-band-evidence")
	case c.Index != nil:
		f.Head, f.Evidence, f.Chart = b.changeHead("finding.F1", change, *c.Index), b.changeEvidence(acceptanceKey, c, change), b.spark(acceptanceKey)
		if strong = *c.Index >= strongIndex && !down(verdict(change)); strong {
			f.Status = chart.StatusOK
			if !up(verdict(change)) {
				f.Head = b.t("finding.F12", "construct", b.constructName(acceptanceKey), "x", *c.Index)
			}
		}
	}
	return []candidate{{Finding: f, topic: acceptanceKey, always: true, positive: strong || f.Status == chart.StatusOK, weight: 100}}
}

// ruleF2: motivation has another verdict or status than acceptance; else it only fills.
func (b *builder) ruleF2() []candidate {
	c := construct(b.total, motivationKey)
	if c.Index == nil {
		return nil
	}
	change := b.change(tally.Group{}, motivationKey)
	same := b.level(c.Index, false) == b.level(construct(b.total, acceptanceKey).Index, false) &&
		verdict(change) == verdict(b.change(tally.Group{}, acceptanceKey))
	return []candidate{{Finding: Finding{
		Status: b.changeStatus(change), Reference: at("acceptance"), Head: b.changeHead("finding.F2", change, *c.Index),
		Evidence: b.changeEvidence(motivationKey, c, change), Chart: b.spark(motivationKey),
	}, topic: motivationKey, weight: 80, fill: same, positive: b.changeStatus(change) == chart.StatusOK}}
}

// ruleF3: the new way is bypassed under pressure, or more than before.
func (b *builder) ruleF3() []candidate {
	const relapse, relapseLimit = "A4", 50
	x, change := item(b.total, relapse).Index, b.change(tally.Group{}, relapse)
	worse := verdict(change) == score.ClearlyWorse
	if x == nil || *x >= relapseLimit && !worse {
		return nil
	}
	evidence := b.t("finding.F3-evidence", "item", b.short(relapse), "x", *x)
	if worse {
		evidence = b.t("finding.F3-worse", "item", b.short(relapse), "x", *x, "change", b.difference(change), "number", b.before.Iteration)
	}
	return []candidate{{Finding: Finding{
		Status: chart.StatusAct, Reference: at("answers", relapse), Head: b.t("finding.F3"), Evidence: evidence,
	}, topic: "relapse", weight: 90}}
}

// Distances from which a group lags behind.
const farBehind, rolesApart = 10, 15

// ruleF4: processes that lie clearly behind.
func (b *builder) ruleF4() []candidate {
	all := construct(b.total, acceptanceKey).Index
	var found []candidate
	for _, p := range b.behind() {
		d := *all - p.index
		found = append(found, candidate{Finding: Finding{
			Status: chart.StatusAct, Reference: at(b.groupsPage()), Head: b.t("finding.F4", "process", p.name, "d", d),
			Evidence: b.t("finding.F4-evidence", "x", p.index, "total", *all) + b.sinceThen(p.group), Chart: b.gap(highest(b.shownProcesses(acceptanceKey)), p),
		}, topic: "process", about: p.group.Process, weight: 60 + float64(d)})
	}
	return found
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
		Status: chart.StatusAct, Reference: at("stages"), Head: b.t("finding.F5", "stage", b.short(stage.Key)),
		Evidence: b.t(key, "x", *stage.Index, "limit", barrierLimit, "help", b.p.In(questionnaire.StageHelp(stage.Key))),
		Chart:    b.stageFigure(tally.Group{}, "", true),
	}, topic: "stage", weight: 70 + float64(barrierLimit-*stage.Index)/2}}
}

// ruleF6: two roles see it differently; of several pairs the one that lies furthest
// apart.
func (b *builder) ruleF6() []candidate {
	roles := b.shownRoles(acceptanceKey)
	if b.small || construct(b.total, acceptanceKey).Index == nil || len(roles) < 2 {
		return nil
	}
	high, low := highest(roles), lowest(roles)
	if high.index-low.index < rolesApart || !disjoint(high.ci, low.ci) {
		return nil
	}
	return []candidate{{Finding: Finding{
		Status: chart.StatusAct, Reference: at(b.groupsPage()),
		Head:     b.t("finding.F6", "high", high.name, "low", low.name),
		Evidence: b.t("finding.F6-evidence", "x", high.index, "y", low.index) + b.sinceBoth(high, low), Chart: b.gap(high, low),
	}, topic: "role", weight: 55}}
}

// strongIndex is the index from which a construct holds.
const strongIndex = 75

// ruleF12: constructs that hold.
func (b *builder) ruleF12() []candidate {
	var found []candidate
	for _, c := range b.total.Constructs {
		if c.Index == nil || *c.Index < strongIndex || c.Key == acceptanceKey {
			continue
		}
		found = append(found, candidate{Finding: Finding{
			Status: chart.StatusOK, Reference: at("answers", c.Key),
			Head:     b.t("finding.F12", "construct", b.constructName(c.Key), "x", *c.Index),
			Evidence: b.t("finding.F12-evidence", "range", b.rangeOf(c.CI)), Chart: b.spark(c.Key),
		}, topic: c.Key, about: c.Key, weight: 45, positive: true})
	}
	return found
}

// ruleF13 fills the page with the strongest of the other constructs if too few rules
// fire.
func (b *builder) ruleF13() []candidate {
	var best *tally.ConstructResult
	for i := range b.total.Constructs {
		c := &b.total.Constructs[i]
		if c.Key != acceptanceKey && c.Key != motivationKey && c.Index != nil && (best == nil || *c.Index > *best.Index) {
			best = c
		}
	}
	if best == nil {
		return nil
	}
	return []candidate{{Finding: Finding{
		Status: chart.StatusWatch, Reference: at("answers", best.Key),
		Head:     b.t("finding.F13", "construct", b.constructName(best.Key), "x", *best.Index),
		Evidence: b.t("finding.F13-evidence", "range", b.rangeOf(best.CI)), Chart: b.spark(best.Key),
	}, topic: best.Key, weight: 1, fill: true}}
}
