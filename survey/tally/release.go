package tally

import (
	"slices"

	"pulscheck/survey/protect"
)

// release is what the ledger decided about respondents: who is shown, in which order.
type release struct {
	shown    []string // keys in the order of release
	isShown  map[string]bool
	overfull []string // groups with more ballots than invited people
	guarded  []*group // withheld by the roster guard: nothing may be shown that they follow from
}

// candidate gives the row of a group.
func (g *group) candidate() protect.Candidate {
	return protect.Candidate{Key: g.key, Level: g.level, Late: g.late, Atoms: g.atoms}
}

// releaseGroups runs the decision on who answered at all (methods.md 8.2, decision
// 18), units after the others and at last the residual of each partition of the total.
func (c *Counter) releaseGroups(g *groups, t *table) release {
	r := release{isShown: map[string]bool{}}
	ledger := protect.NewLedger(c.in.K, t.respondents)
	var candidates []protect.Candidate
	for _, key := range g.order {
		one := g.byKey[key]
		if c.overfull(one, t) {
			r.overfull = append(r.overfull, key)
			continue
		}
		if !c.rosterSafe(one, t, []Group{one.Group}) {
			r.guarded = append(r.guarded, one)
			ledger.Hide(one.atoms)
			continue
		}
		candidates = append(candidates, one.candidate())
	}
	r.take(ledger.Decide(protect.Order(c.in.K, t.respondents, candidates, c.previous())))
	r.take(ledger.Decide(c.residuals(g, t, &r, ledger)))
	return r
}

func (r *release) take(decisions []protect.Decision) {
	for _, d := range decisions {
		if d.Outcome == protect.Released {
			r.shown = append(r.shown, d.Key)
			r.isShown[d.Key] = true
		}
	}
}

// overfull says that a group states more ballots than people were invited for it.
func (c *Counter) overfull(g *group, t *table) bool {
	ballots := 0
	for _, a := range g.atoms {
		ballots += t.ballots[a]
	}
	return !c.in.InvitedUnknown && ballots > g.invited
}

// previous gives the groups that the last counted round of the same kind showed.
func (c *Counter) previous() map[string]bool {
	keys := map[string]bool{}
	if before := c.in.before(c.in.Check); before != nil {
		for _, g := range before.Results.Groups {
			if g.State != Protected {
				keys[g.Group.Key()] = true
			}
		}
	}
	return keys
}

// residuals declares, for each partition of the total, "others": what was withheld
// of it. It takes the place of its parts and is their parent.
func (c *Counter) residuals(g *groups, t *table, r *release, ledger *protect.Ledger) []protect.Candidate {
	names := []Group{{Process: Others}, {Role: Others}, {Unit: Others}}
	var candidates []protect.Candidate
	for i, name := range names {
		p := &g.partitions[i]
		others := &group{Group: name, key: name.Key(), level: 1, late: name.Unit != ""}
		var kept, withheld []string
		var parts []Group
		for _, key := range p.parts {
			part := g.byKey[key]
			if part.hidden || r.isShown[key] {
				kept = append(kept, key)
				continue
			}
			withheld, parts = append(withheld, key), append(parts, part.Group)
			others.atoms = append(others.atoms, part.atoms...)
			others.invited += part.invited
		}
		if len(withheld) < 2 || c.overfull(others, t) {
			continue
		}
		slices.Sort(others.atoms)
		g.byKey[others.key] = others
		g.order = append(g.order, others.key)
		kept = append(kept, others.key)
		p.parts = kept
		g.partitions = append(g.partitions, partition{others.key, withheld})
		if !c.rosterSafe(others, t, parts) {
			r.guarded = append(r.guarded, others)
			ledger.Hide(others.atoms)
			continue
		}
		candidates = append(candidates, others.candidate())
	}
	return candidates
}

// releaseValues runs the decision again for one question or construct: only groups
// that are shown, in their order, with the people who gave a valid answer.
func (c *Counter) releaseValues(g *groups, column []cell, who release) map[string]bool {
	weights := make([]int, len(column))
	for a := range column {
		weights[a] = column[a].n()
	}
	ledger := protect.NewLedger(c.in.K, weights)
	for _, one := range who.guarded {
		ledger.Hide(one.atoms)
	}
	candidates := make([]protect.Candidate, len(who.shown))
	for i, key := range who.shown {
		candidates[i] = g.byKey[key].candidate()
	}
	released := map[string]bool{}
	for _, d := range ledger.Decide(candidates) {
		if d.Outcome == protect.Released {
			released[d.Key] = true
		}
	}
	return released
}
