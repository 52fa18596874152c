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
	NoRosterGuard   = "no-roster-guard" // it is not known any more who was invited to the rounds before
)

// warnings lists what a reader must know beside the numbers.
func (c *Counter) warnings(g *groups, t *table, who release, hidden map[string]bool, items []values, rel []*score.Reliability) []Warning {
	list := []Warning{}
	for _, key := range who.overfull {
		list = append(list, Warning{Code: Overfull, Group: &g.byKey[key].Group})
	}
	if c.unguarded() {
		list = append(list, Warning{Code: NoRosterGuard})
	}
	if !who.isShown["total"] {
		return list
	}
	n := count(t.respondents)
	for i, v := range items {
		if x := v.cells["total"]; v.shown["total"] {
			list = append(list, itemWarnings(c.items[i].key, x, n)...)
		}
	}
	for s, r := range rel {
		if r != nil && !r.Reportable() {
			list = append(list, Warning{Code: Unreliable, Key: c.scores[s].key})
		} else if r != nil && r.WithCare() {
			list = append(list, Warning{Code: UseWithCare, Key: c.scores[s].key})
		}
	}
	return append(list, composition(g, t, who, hidden, n)...)
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
