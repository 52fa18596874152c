package tally

import (
	"math/rand/v2"
	"slices"

	"pulscheck/survey/protect"
)

// Results gives what may be released and what is kept, and forgets nothing: it may
// be asked once only, because texts are shuffled with random.
func (c *Counter) Results(random *rand.Rand) (*Results, *Kept) {
	r := &Results{
		Round: c.in.Round, Iteration: c.in.Iteration, K: c.in.K, Invalid: c.invalid,
		Questionnaire: c.in.Questionnaire.Hash(), Groups: []GroupResult{}, Comparison: []Change{}, Trend: []Trend{},
		Drivers: []DriverResult{}, Barriers: []BarrierResult{}, Warnings: []Warning{},
	}
	for _, i := range c.in.Invited {
		r.Invited += i.People
	}
	g, t := c.groups(), c.table()
	who := c.releaseGroups(g, t)
	items, constructs := c.decide(g, t, who)
	quality := c.qualities(t)
	hidden := g.hiddenCounts(who.isShown)
	for _, key := range append(slices.Clone(who.shown), g.withheld(who.isShown)...) {
		r.Groups = append(r.Groups, c.groupResult(g.byKey[key], t, who.isShown[key], hidden[key], items, constructs, quality))
	}
	if who.isShown["total"] {
		r.Ballots = new(len(c.atomOf))
		if n := count(t.respondents); r.Invited > 0 {
			r.ResponseRate = new(float64(n) / float64(r.Invited))
		}
		r.Texts = releaseTexts(c.texts, c.in.K, random)
	}
	if c.in.Aggregated {
		c.pastConstructs(r)
		r.Warnings = append(r.Warnings, Warning{Code: Imported})
	}
	r.Barriers = c.barriers(r.Groups)
	var similar bool
	r.Drivers, similar = c.drivers(r.shown(Group{}))
	r.Warnings = append(r.Warnings, c.warnings(g, t, who, hidden, items, quality)...)
	if similar {
		r.Warnings = append(r.Warnings, Warning{Code: SimilarItems})
	}
	kept := c.keep(g, who, items, constructs, quality)
	now := c.in.current(r, kept)
	r.Comparison = changes(c.in.baseline(), now)
	r.Trend = c.trends(now)
	return r, kept
}

// decide says of every question and construct which groups show it and keep it.
func (c *Counter) decide(g *groups, t *table, who release) (items, constructs []values) {
	items, constructs = make([]values, len(c.items)), make([]values, len(c.scores))
	for i := range c.items {
		items[i] = c.itemValues(g, t, i, who)
	}
	for s := range c.scores {
		constructs[s] = c.constructValues(g, t, s, who, items)
	}
	return items, constructs
}

func (c *Counter) groupResult(g *group, t *table, shown, hideCounts bool, items, constructs []values, quality []quality) GroupResult {
	r := GroupResult{Group: g.Group, State: Protected, Items: []ItemResult{}, Constructs: []ConstructResult{}}
	if !shown {
		return r
	}
	n := 0
	for _, a := range g.atoms {
		n += t.respondents[a]
	}
	r.State = Shown
	if n < fullGroup {
		r.State = Indicative
	}
	if !c.in.InvitedUnknown {
		r.Invited = &g.invited
	}
	switch {
	case !hideCounts:
		r.N = &n
	case !c.in.InvitedUnknown:
		r.RateClass = protect.RateClass(n, g.invited)
	}
	for i := range c.items {
		r.Items = append(r.Items, c.itemResult(i, g, items[i], !hideCounts))
	}
	for s := range c.scores {
		r.Constructs = append(r.Constructs, c.constructResult(s, g, constructs[s], !hideCounts, quality[s].alpha))
	}
	return r
}

// withheld lists the candidates that are not shown, in the order of declaration.
func (g *groups) withheld(shown map[string]bool) []string {
	var list []string
	for _, key := range g.order {
		if !shown[key] && g.byKey[key].invited > 0 {
			list = append(list, key)
		}
	}
	return list
}

// hiddenCounts tells which shown groups hide how many answered (decision 20): small
// ones, and where that hides exactly one part of a partition, the part with the next
// fewest invited too.
func (g *groups) hiddenCounts(shown map[string]bool) map[string]bool {
	hidden := map[string]bool{}
	for key := range shown {
		hidden[key] = key != "total" && protect.SmallGroup(g.byKey[key].invited)
	}
	for changed := true; changed; {
		changed = false
		for _, p := range g.partitions {
			if next := g.uncovers(p, shown, hidden); next != "" {
				hidden[next] = true
				changed = true
			}
		}
	}
	return hidden
}

// uncovers names the part that must hide its number too, because it would let a
// reader compute the only hidden one; empty if there is none.
func (g *groups) uncovers(p partition, shown, hidden map[string]bool) string {
	unknown, next := 0, ""
	for _, key := range p.parts {
		part := g.byKey[key]
		switch {
		case part.hidden || part.invited == 0: // nobody, or a number that nobody knows
		case !shown[key] || hidden[key]:
			unknown++
		case next == "" || part.invited < g.byKey[next].invited:
			next = key
		}
	}
	if unknown == 1 {
		return next
	}
	return ""
}

func count(list []int) int {
	n := 0
	for _, m := range list {
		n += m
	}
	return n
}
