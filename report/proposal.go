package report

import (
	"cmp"
	"slices"
	"strings"

	"pulscheck/report/chart"
	"pulscheck/report/font"
)

// proposal is an action that the report proposes: of a rule, adjusted by people, or
// added by them.
type proposal struct {
	rule                                string
	status                              chart.Status
	head                                string // two or three words, empty for one that somebody added
	text                                string
	evidence                            string
	reference                           Reference
	owner, due, measure, effort, origin string
	weight                              float64
	stage                               bool // it is about the barrier
	decision                            *Decision
	number                              int // 1 is printed as E1
}

// Limits of recommendations.
const (
	maxActions    = 6
	actionWords   = 18
	ownerWords    = 5
	measureWords  = 8
	loadedEfforts = 4 // of what is new while the workload is too high: two times M
)

// cardText is the room for the text of a card in mm.
const cardText = 121.0

// efforts weighs how much work an action is.
var efforts = map[string]int{"S": 1, "M": 2, "L": 4}

// loadRule fires where people have too much to do already.
const loadRule = "A8"

// propose runs the action rules: by the weight of their findings, with what people
// adjusted, dropped and added. Where the workload is too high, what is new is no more
// than two efforts M.
func (b *builder) propose() []proposal {
	var all []proposal
	for _, r := range actionRules {
		c := r.why(b)
		if c == nil {
			continue
		}
		p := proposal{
			rule: r.id, status: b.light(c.status), head: b.t("action." + r.id + c.variant + ".head"), text: b.t("action." + r.id + c.variant + ".text"),
			evidence: c.evidence, reference: c.Reference, owner: b.t("action." + r.id + ".owner"), measure: c.measure,
			effort: r.effort, origin: b.t("action.origin-rule"), weight: c.weight, stage: c.Page == "stages",
		}
		if b.adjust(&p) {
			all = append(all, p)
		}
	}
	slices.SortStableFunc(all, func(x, y proposal) int { return cmp.Compare(y.weight, x.weight) })
	all = append(b.added(), all...)
	all = b.lighten(all)
	return all[:min(len(all), maxActions)]
}

// adjust takes over what people said about a proposal; false = they dropped it.
func (b *builder) adjust(p *proposal) bool {
	if b.Modules.Act == nil {
		return true
	}
	for _, a := range b.Modules.Act.Actions {
		if a.Rule != p.rule {
			continue
		}
		if a.Dropped {
			return false
		}
		if a.Text != "" {
			p.head, p.text, p.origin = "", b.words(a.Text, actionWords, p.rule), b.t("action.origin-adjusted")
		}
		b.enter(p, a)
	}
	return true
}

// enter takes over owner, day, measure and effort.
func (b *builder) enter(p *proposal, a Action) {
	if a.Owner != "" {
		p.owner = b.words(a.Owner, ownerWords, p.rule)
	}
	if a.Measure != "" {
		p.measure = b.words(a.Measure, measureWords, p.rule)
	}
	if efforts[a.Effort] > 0 {
		p.effort = a.Effort
	}
	if a.Due != "" {
		p.due = b.onDay(a.Due)
	}
}

// added are the actions of people, which stand before those of rules.
func (b *builder) added() []proposal {
	if b.Modules.Act == nil {
		return nil
	}
	var all []proposal
	for _, a := range b.Modules.Act.Actions {
		if a.Rule != "" || a.Dropped || strings.TrimSpace(a.Text) == "" {
			continue
		}
		p := proposal{text: b.words(a.Text, actionWords, b.t("actions.kicker")), origin: b.t("action.origin-added"), effort: "M"}
		b.enter(&p, a)
		all = append(all, p)
	}
	return all
}

// lighten leaves actions of rules out where the workload calls for less, not for more.
func (b *builder) lighten(all []proposal) []proposal {
	if !slices.ContainsFunc(all, func(p proposal) bool { return p.rule == loadRule }) {
		return all
	}
	sum := 0
	return slices.DeleteFunc(all, func(p proposal) bool {
		if p.rule == loadRule {
			return false
		}
		if sum+efforts[p.effort] > loadedEfforts && p.rule != "" {
			return true
		}
		sum += efforts[p.effort]
		return false
	})
}

// decide gives proposals what was decided about them, and their numbers: those of the
// decisions, then the next ones.
func (b *builder) decide(all []proposal) {
	last := 0
	if act := b.Modules.Act; act != nil {
		for j := range act.Decisions {
			d := &act.Decisions[j]
			last = max(last, d.Number)
			for i := range all {
				if d.Rule != "" && d.Rule == all[i].rule || d.Rule == "" && all[i].says(d.Proposal) {
					all[i].decision, all[i].number = d, d.Number
				}
			}
		}
	}
	for i := range all {
		p := &all[i]
		if p.number == 0 {
			last++
			p.number = last
		}
		if d := p.decision; d != nil && d.Due != "" {
			p.due = b.onDay(d.Due)
		}
		if d := p.decision; d != nil && d.Owner != "" {
			p.owner = b.words(d.Owner, ownerWords, p.text)
		}
		if p.decision.settled() {
			p.origin = b.t("action.origin-running", "number", p.decision.Since)
		}
	}
}

// dropUndecided leaves out what only repeats a proposal: that it was laid before the
// committee changes nothing in a report.
func (b *builder) dropUndecided() {
	if b.Modules.Act == nil {
		b.decide(b.proposals)
		return
	}
	act := *b.Modules.Act
	act.Decisions = slices.DeleteFunc(slices.Clone(act.Decisions), func(d Decision) bool {
		return d.Outcome == "" && d.Wording == "" && d.Owner == "" && d.Due == "" &&
			slices.ContainsFunc(b.proposals, func(p proposal) bool { return d.Rule != "" && d.Rule == p.rule || d.Rule == "" && p.says(d.Proposal) })
	})
	b.Modules.Act = &act
	b.decide(b.proposals)
}

// says whether a text is that of the proposal.
func (p proposal) says(text string) bool {
	same := func(s string) bool { return s != "" && strings.EqualFold(strings.Join(strings.Fields(text), " "), s) }
	return same(p.text) || same(p.head)
}

// actions is P12: what do we propose and why?
func (b *builder) actions() []Page {
	page := Page{Name: "actions", Kicker: b.t("actions.kicker"), Subtitle: b.t("actions.subtitle", "number", b.Iteration.Number)}
	if len(b.proposals) == 0 {
		page.Title = b.t("actions.title-none")
		return b.flow(page, b.textPart(b.t("actions.none"), b.nextPulse()))
	}
	page.Title = b.actionsTitle()
	cards := Cards{}
	for _, p := range b.proposals {
		cards.Rows = append(cards.Rows, b.card(p))
	}
	cards.Box = chart.Box{X: left, Y: top, W: width, H: (CardHeight + CardGap) * float64(len(cards.Rows))}
	page.Blocks = []Block{cards}
	if slices.ContainsFunc(b.proposals, func(p proposal) bool { return p.rule == loadRule }) && len(cards.Rows) < maxActions {
		page.Blocks = append(page.Blocks, Prose{Box: chart.Box{X: left, Y: top + cards.Box.H + 1, W: width, H: 8}, Small: true, Text: []string{b.t("actions.load")}})
	}
	return []Page{page}
}

// actionsTitle names the action for the barrier, else the first.
func (b *builder) actionsTitle() string {
	n, lead := len(b.proposals), b.proposals[0]
	if i := slices.IndexFunc(b.proposals, func(p proposal) bool { return p.stage }); i >= 0 {
		lead = b.proposals[i]
	}
	brief := b.t("actions.title-brief", "n", n)
	if lead.head == "" {
		return brief
	}
	return fit(b.t("actions.title", "n", n, "action", lead.head), brief)
}

func (b *builder) card(p proposal) Card {
	c := Card{Rule: p.rule, Status: p.status, Head: b.inside(p.text, font.Semibold, 11.5, cardText, 2, cmp.Or(p.rule, b.t("actions.kicker"))), Evidence: p.evidence, Reference: p.reference, Origin: p.origin}
	if b.firstIteration() && p.rule != "" {
		c.Origin = b.t("action.start") + " · " + c.Origin
	}
	about := cmp.Or(p.rule, b.t("actions.kicker"))
	for i, one := range []struct {
		key, value string
		width      float64
	}{{"owner", p.owner, 48}, {"due", p.due, 24}, {"measure", p.measure, 48}, {"effort", p.effort, 18}} {
		value := cmp.Or(one.value, b.t("action.open"))
		if one.key == "effort" {
			value = b.t("action.effort-" + value)
		}
		c.Facts[i] = [2]string{b.t("action." + one.key), b.inside(value, font.Semibold, 9, one.width, 1, about)}
	}
	return c
}

// proposed are those of rules, in their order.
func (b *builder) proposed() []Proposed {
	var list []Proposed
	for _, p := range b.proposals {
		if p.rule != "" {
			list = append(list, Proposed{p.rule, p.text})
		}
	}
	return list
}
