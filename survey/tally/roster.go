package tally

import (
	"slices"

	"pulscheck/survey/ballot"
	"pulscheck/survey/protect"
)

// rosters gives the rounds that the roster guard compares with (decision 24): the
// last counted check and the last counted pulse, as far as it is known who was invited.
func (c *Counter) rosters() []*Earlier {
	var list []*Earlier
	for _, check := range []bool{true, false} {
		if e := c.in.before(check); e != nil && len(e.Moves) > 0 {
			list = append(list, e)
		}
	}
	return list
}

// unguarded says that there are counted rounds, but of none it is known any more who
// was invited.
func (c *Counter) unguarded() bool { return len(c.in.Earlier) > 0 && len(c.rosters()) == 0 }

// rosterSafe says whether a group may be shown although an earlier round showed it
// (methods.md 8.6). parts are what a residual stands for, else the group itself.
func (c *Counter) rosterSafe(g *group, t *table, parts []Group) bool {
	answered := 0
	for _, a := range g.atoms {
		answered += t.respondents[a]
	}
	for _, e := range c.rosters() {
		then := parts
		if g.others() && e.Results.shown(g.Group) != nil {
			then = e.Results.residual(g.Group)
		}
		changed, invited := e.changed(then, parts)
		before := protect.Turnout{Invited: invited, Answered: e.mostAnswered(g.Group, invited)}
		if !protect.RosterSafe(changed, c.in.K, before, protect.Turnout{Invited: g.invited, Answered: answered}) {
			return false
		}
	}
	return true
}

// Shifts says of a round that nobody has answered yet whether the roster guard may
// withhold a group of it, however many answer: too few people came or went since the
// earlier round, and too few of those invited then are known not to have answered.
func (e *Earlier) Shifts(g Group, k int) bool {
	parts := []Group{g}
	changed, invited := e.changed(parts, parts)
	return !protect.RosterSafe(changed, k, protect.Turnout{Invited: invited, Answered: e.mostAnswered(g, invited)}, protect.Turnout{})
}

// changed counts the people invited in exactly one of both rosters of some groups,
// and those invited then.
func (e *Earlier) changed(then, now []Group) (changed, invited int) {
	in := func(groups []Group, a *ballot.Attributes) bool {
		return a != nil && slices.ContainsFunc(groups, func(g Group) bool { return g.holds(a.Process, a.Role, a.Unit) })
	}
	for _, m := range e.Moves {
		was := in(then, m.From)
		if was {
			invited += m.People
		}
		if was != in(now, m.To) {
			changed += m.People
		}
	}
	return changed, invited
}

// mostAnswered is the largest number of people of a group who can have answered then,
// by what was displayed: all of them if the group was withheld.
func (e *Earlier) mostAnswered(g Group, invited int) int {
	shown := e.Results.shown(g)
	switch {
	case shown == nil:
		return invited
	case shown.N != nil:
		return *shown.N
	}
	return protect.MostAnswered(shown.RateClass, invited)
}
