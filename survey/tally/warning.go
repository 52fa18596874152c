package tally

import "pulscheck/survey/score"

// Codes of warnings.
const (
	ManyCannotSay   = "many-cannot-judge"
	ManyBlank       = "many-blank"
	OverRepresented = "over-represented"
	UnderRepresent  = "under-represented"
	Overfull        = "more-ballots-than-invited"
	Unreliable      = "construct-unreliable"
	UseWithCare     = "construct-with-care"
	Redundant       = "construct-redundant"   // its questions ask the same in other words
	FewComplete     = "reliability-uncertain" // of a construct: below 100 complete answers
	WeakItem        = "weak-item"             // hardly measures what the others of its construct measure
	CheckCoding     = "check-coding"          // goes against the others: its direction may be wrong
	SimilarItems    = "drivers-similar"       // questions too much alike to weigh drivers
	LowTurnout      = "participation-weak"    // read with care
	PoorTurnout     = "participation-poor"    // no statement about the whole group
	Restored        = "restored"              // answers may be missing, single people may have answered twice
	NoRosterGuard   = "no-roster-guard"       // it is not known any more who was invited to the rounds before
)

// warnings lists what a reader must know beside the numbers.
func (c *Counter) warnings(g *groups, t *table, who release, hidden map[string]bool, items []values, quality []quality) []Warning {
	list := []Warning{}
	for _, key := range who.overfull {
		list = append(list, Warning{Code: Overfull, Group: &g.byKey[key].Group})
	}
	if c.unguarded() {
		list = append(list, Warning{Code: NoRosterGuard})
	}
	if c.in.Restored {
		list = append(list, Warning{Code: Restored})
	}
	if !who.isShown["total"] {
		return list
	}
	n := count(t.respondents)
	list = append(list, turnout(n, g.byKey["total"].invited)...)
	for i, v := range items {
		if x := v.cells["total"]; v.shown["total"] {
			list = append(list, itemWarnings(c.items[i].key, x, n)...)
		}
	}
	for _, q := range quality {
		list = append(list, q.warnings(c.items)...)
	}
	return append(list, composition(g, t, who, hidden, n)...)
}

// turnout says how far the answers carry (methods.md 3).
func turnout(answered, invited int) []Warning {
	if invited == 0 {
		return nil
	}
	switch score.Participation(float64(answered) / float64(invited)) {
	case score.Weak:
		return []Warning{{Code: LowTurnout}}
	case score.Poor:
		return []Warning{{Code: PoorTurnout}}
	}
	return nil
}

func itemWarnings(key string, x cell, respondents int) []Warning {
	var list []Warning
	if score.ManyCannotSay(x.cannotSay, respondents) {
		list = append(list, Warning{Code: ManyCannotSay, Key: key})
	}
	if score.ManyBlank(x.none, respondents) {
		list = append(list, Warning{Code: ManyBlank, Key: key})
	}
	return list
}

// composition compares the share of a shown segment among the answers with its share
// among the invited. Groups that hide their number are left out.
func composition(g *groups, t *table, who release, hidden map[string]bool, n int) []Warning {
	total := g.byKey["total"].invited
	var list []Warning
	for _, key := range who.shown {
		one := g.byKey[key]
		if one.level != 1 || hidden[key] || one.Process == Others || one.Role == Others || one.Unit == Others {
			continue
		}
		answered := 0
		for _, a := range one.atoms {
			answered += t.respondents[a]
		}
		if !score.Composition(answered, n, one.invited, total) {
			continue
		}
		w := Warning{Code: UnderRepresent, Group: &one.Group}
		if float64(answered)*float64(total) > float64(one.invited)*float64(n) {
			w.Code = OverRepresented
		}
		list = append(list, w)
	}
	return list
}
