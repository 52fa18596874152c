package report

import (
	"slices"

	"pulscheck/report/chart"
	"pulscheck/survey/questionnaire"
	"pulscheck/survey/score"
	"pulscheck/survey/tally"
)

// cause is why an action is proposed.
type cause struct {
	status   chart.Status
	evidence string
	Reference
	weight  float64 // of its finding
	measure string  // of success
	variant string  // other words for the action, empty for the usual ones
}

// actionRules are those of the recommendations (section 8 of the design). A cause has
// one action at most: of those for barriers only one fires.
var actionRules = []struct {
	id     string
	fires  string // when
	effort string // S, M or L
	why    func(*builder) *cause
}{
	{"A1", "the barrier is Understand", "S", barrierIs("B1", 65)},
	{"A2", "the barrier is Want", "M", barrierIs("B2", 60)},
	{"A3", "the barrier is Know", "M", barrierIs("B3", 65)},
	{"A4", "the barrier is Can", "M", barrierIs("B4", 0)},
	{"A5", "the barrier is Keep up", "M", barrierIs("B5", 0)},
	{"A6", "F7, or no quick win is planned", "S", (*builder).causeUntold},
	{"A7", "leadership is below 60", "M", (*builder).causeLeadership},
	{"A8", "workload is below 45, or clearly worse", "M", (*builder).causeLoad},
	{"A9", "F4", "M", (*builder).causeBehind},
	{"A10", "F10", "S", (*builder).causeUnanswered},
	{"A11", "F8, with goals that nobody measures", "S", (*builder).causeUnmeasured},
	{"A12", "F0", "S", (*builder).causeFewAnswers},
	{"A13", "F3", "S", (*builder).causeRelapse},
}

// Measures of success: how far something is to rise, and where to.
const (
	risesBy       = 8
	loadRises     = 6
	leadershipAim = 65
	relapseAim    = 55
	rateAim       = 60
)

// Drivers that rules look at, and below which index.
const (
	leadershipKey, leadershipLimit = "LEAD", 60
	loadKey, loadLimit             = "LOAD", 45
	relapseItem                    = "A4"
)

// Weights of causes that have no finding.
const leadershipWeight, loadWeight, noWinsWeight = 52, 56, 50

// first gives the strongest finding of a rule, nil if it did not fire.
func (b *builder) first(rule string) *candidate {
	i := slices.IndexFunc(b.fired, func(c candidate) bool { return c.Rule == rule })
	if i < 0 {
		return nil
	}
	return &b.fired[i]
}

// of makes a cause of a finding.
func (c *candidate) cause(evidence, measure string) *cause {
	return &cause{status: c.Status, evidence: evidence, Reference: c.Reference, weight: c.weight, measure: measure}
}

// barrierIs is the cause that a stage is the barrier; it is to reach an index, or to
// rise if that is 0.
func barrierIs(stage string, aim int) func(*builder) *cause {
	return func(b *builder) *cause {
		is, _ := b.barrier()
		finding := b.first("F5")
		if is == nil || is.Key != stage || finding == nil {
			return nil
		}
		goal := aim
		if aim == 0 {
			goal = raised(*is.Index, risesBy)
		}
		return finding.cause(b.t("action.stage", "stage", b.short(stage), "x", *is.Index, "help", b.p.In(questionnaire.StageHelp(stage))), b.aim(b.short(stage), goal))
	}
}

// raised is an index that rose, 100 at most.
func raised(x, by int) int { return min(100, x+by) }

// aim writes a measure of success: "Können ≥ 55".
func (b *builder) aim(name string, x int) string { return b.t("action.aim", "name", name, "x", x) }

// rise is the aim of a question of the whole round.
func (b *builder) rise(key string) string {
	if x := item(b.total, key).Index; x != nil {
		return b.aim(b.short(key), raised(*x, risesBy))
	}
	return b.t("action.more", "name", b.short(key))
}

func (b *builder) causeUntold() *cause {
	q := b.Modules.QuickWins
	if q == nil {
		return nil
	}
	n := q.count()
	if n.Planned == 0 {
		return &cause{
			status: chart.StatusAct, evidence: b.t("quickwins.none"), Reference: at("quickwins"), weight: noWinsWeight,
			measure: b.t("action.wins-planned"), variant: "-plan",
		}
	}
	if f := b.first("F7"); f != nil {
		return f.cause(b.t("action.untold", "a", n.Achieved, "c", n.Told), b.rise(awareItem))
	}
	return nil
}

// driverOf gives index and change of a construct, or of its only question.
func (b *builder) driverOf(key string) (name string, index *int, change *tally.Change) {
	if c := construct(b.total, key); c.Index != nil {
		return b.constructName(key), c.Index, b.change(tally.Group{}, key)
	}
	items := b.Round.Questionnaire.ItemsOf(key)
	if len(items) != 1 {
		return "", nil, nil
	}
	return b.short(items[0]), item(b.total, items[0]).Index, b.change(tally.Group{}, items[0])
}

func (b *builder) causeLeadership() *cause {
	name, x, _ := b.driverOf(leadershipKey)
	if x == nil || *x >= leadershipLimit {
		return nil
	}
	return &cause{
		status: b.level(x, false), evidence: b.t("action.driver", "name", name, "x", *x), Reference: at("drivers", leadershipKey),
		weight: leadershipWeight, measure: b.aim(name, leadershipAim),
	}
}

func (b *builder) causeLoad() *cause {
	name, x, change := b.driverOf(loadKey)
	worse := verdict(change) == score.ClearlyWorse
	if x == nil || *x >= loadLimit && !worse {
		return nil
	}
	evidence := b.t("action.driver", "name", name, "x", *x)
	if worse {
		evidence = b.t("action.driver-worse", "name", name, "x", *x, "change", b.difference(change), "number", b.before.Iteration)
	}
	return &cause{
		status: chart.StatusAct, evidence: evidence, Reference: at("drivers", loadKey),
		weight: loadWeight, measure: b.aim(name, raised(*x, loadRises)),
	}
}

func (b *builder) causeBehind() *cause {
	f, behind := b.first("F4"), b.behind()
	if f == nil || len(behind) == 0 {
		return nil
	}
	p := behind[0]
	return f.cause(b.t("action.behind", "process", p.name, "x", p.index, "total", *construct(b.total, acceptanceKey).Index), b.aim(p.name, raised(p.index, risesBy)))
}

func (b *builder) causeUnanswered() *cause {
	f := b.first("F10")
	if f == nil {
		return nil
	}
	n := b.registerCount()
	return f.cause(b.t("action.unanswered", "n", n.Of-n.Answered, "of", n.Of), b.t("action.all-answered", "percent", b.p.Percent(100)))
}

func (b *builder) causeUnmeasured() *cause {
	f := b.first("F8")
	if f == nil {
		return nil
	}
	n := b.goalCount()
	if n.NotMeasured == 0 {
		return nil
	}
	return f.cause(b.t("action.unmeasured", "n", n.NotMeasured, "of", n.Of), b.t("action.first-value"))
}

func (b *builder) causeFewAnswers() *cause {
	f := b.first("F0")
	if f == nil {
		return nil
	}
	return f.cause(b.t("action.low-rate", "answered", b.answered()), b.t("action.rate", "percent", b.p.Percent(rateAim)))
}

func (b *builder) causeRelapse() *cause {
	f := b.first("F3")
	if f == nil {
		return nil
	}
	return f.cause(b.t("action.driver", "name", b.short(relapseItem), "x", *item(b.total, relapseItem).Index), b.aim(b.short(relapseItem), relapseAim))
}
