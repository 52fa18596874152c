package report

import (
	"slices"
	"strings"

	"pulscheck/report/chart"
)

// ruleF7: what was achieved and not told is a success that nobody sees.
func (b *builder) ruleF7() []candidate {
	q := b.Modules.QuickWins
	if q == nil {
		return nil
	}
	n := q.count()
	untold := n.Achieved - n.Told
	if untold < 1 {
		return nil
	}
	evidence := b.t("finding.F7-names", "names", b.firstNames(b.untold(), 12))
	if c2 := item(b.total, awareItem); c2.Index != nil {
		evidence = b.t("finding.F7-evidence", "item", b.short(awareItem), "x", *c2.Index)
	}
	return []candidate{{Finding: Finding{
		Status: chart.StatusAct, Reference: at("quickwins"), Head: b.t("finding.F7", "a", n.Achieved, "c", n.Told),
		Evidence: evidence, Chart: b.winSquares(n),
	}, topic: "quick win", weight: 60 + 5*float64(untold)}}
}

// ruleF8: goals that are behind or missed, or that nobody measures.
func (b *builder) ruleF8() []candidate {
	if b.Modules.Goals == nil {
		return nil
	}
	n := b.goalCount()
	late := n.Behind + n.Missed
	if late+n.NotMeasured == 0 {
		return nil
	}
	key := "finding.F8-both"
	switch {
	case n.NotMeasured == 0:
		key = "finding.F8-late"
	case late == 0:
		key = "finding.F8-not-measured"
	}
	return []candidate{{Finding: Finding{
		Status: chart.StatusAct, Reference: at("goals"), Head: b.t(key, "n", late+n.NotMeasured, "of", n.Of, "late", b.late(n)),
		Evidence: b.t("finding.F8-evidence", "names", b.firstNames(b.failing(), 14)),
	}, topic: "goal", weight: 58}}
}

// farBelow is how many levels below its target a process calls for a finding.
const farBelow = 2

// ruleF9: processes that lost a level or are far below their target, the furthest first.
func (b *builder) ruleF9() []candidate {
	m := b.Modules.Maturity
	if m == nil {
		return nil
	}
	var found []candidate
	for _, p := range m.byGap() {
		lost := p.Level != nil && p.Previous != nil && *p.Level < *p.Previous
		if gap := p.gap(); !lost && gap < farBelow {
			continue
		}
		head := b.t("finding.F9", "process", b.processName(p.Process), "x", *p.Level, "t", b.or(p.Target))
		if p.Target == nil {
			head = b.t("finding.F9-lost", "process", b.processName(p.Process), "x", *p.Level, "before", *p.Previous)
		}
		evidence := b.t("finding.F9-evidence", "level", b.levelName(m, *p.Level))
		if lost {
			evidence = b.t("finding.F9-before", "before", *p.Previous) + " " + evidence
		}
		found = append(found, candidate{Finding: Finding{
			Status: chart.StatusAct, Reference: at("maturity"), Head: head, Evidence: evidence, Chart: b.ladder(m, p),
		}, topic: "maturity", about: p.Process, weight: 50})
	}
	return found
}

// What the register owes: the share answered, and the days that something may be open.
const answeredShare, openDays = 0.8, 14

// ruleF10: criticism without an answer.
func (b *builder) ruleF10() []candidate {
	v := b.Modules.Voices
	if v == nil || len(v.Register) == 0 {
		return nil
	}
	n := b.registerCount()
	open := n.Of - n.Answered
	if open == 0 || float64(n.Answered) >= answeredShare*float64(n.Of) && n.Longest <= openDays {
		return nil
	}
	evidence := b.t("finding.F10-evidence", "answered", n.Answered, "of", n.Of)
	if n.Longest > 0 {
		evidence += " " + b.t("finding.F10-longest", "n", n.Longest)
	}
	return []candidate{{Finding: Finding{
		Status: chart.StatusAct, Reference: at("voices"), Head: b.t("finding.F10", "n", open), Evidence: evidence, Chart: chart.Squares{
			Words: evidence,
			Rows: []chart.SquareRow{
				{Label: b.t("finding.F10-received"), Count: n.Of},
				{Label: b.t("finding.F10-answered"), Count: n.Answered, Mark: squareMark(b.shareStatus(n.Answered, n.Of)), Bold: true},
			},
		},
	}, topic: "register", weight: 62}}
}

// firstNames quotes the first names of a list as far as a number of words allows.
func (b *builder) firstNames(names []string, most int) string {
	var quoted []string
	used := 0
	for _, name := range names {
		name = shortened(name, min(most, 8))
		n := len(strings.Fields(name))
		if used += n; used > most && len(quoted) > 0 {
			break
		}
		if quote := b.p.Quote(name); !slices.Contains(quoted, quote) {
			quoted = append(quoted, quote)
		}
	}
	return b.p.List(quoted)
}
