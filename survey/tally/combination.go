package tally

import (
	"math/bits"
	"slices"

	"pulscheck/survey/ballot"
)

// places is how many attributes a person has: process, role, unit.
const places = 3

// parts gives the attributes of a group by place.
func (g Group) parts() [places]string { return [places]string{g.Process, g.Role, g.Unit} }

func groupOf(parts [places]string) Group { return Group{parts[0], parts[1], parts[2]} }

// stated gives what a person stated by place.
func stated(a ballot.Attributes) [places]string { return [places]string{a.Process, a.Role, a.Unit} }

// unstated marks, in the parts of a hidden group, an attribute that was not stated. No
// file and no form can hold it.
const unstated = "\x00"

// combiner declares every combination of the attributes that occur.
type combiner struct {
	*Counter
	*groups
	values  [places][]string // unstated among them where somebody left one open
	used    [places]bool     // somebody stated it
	ballots []int            // by atom
}

// combinations declares every combination of the attributes that occur, larger groups
// first, with what their partitions have left of people who did not state one.
func (c *Counter) combinations(values [places][]string) *groups {
	b := combiner{Counter: c, groups: &groups{byKey: map[string]*group{}}, values: values, ballots: make([]int, len(c.atoms))}
	for _, atom := range c.atomOf {
		b.ballots[atom]++
	}
	for p := range values {
		b.used[p] = len(values[p]) > 0
		if !b.used[p] || slices.ContainsFunc(c.atoms, func(a ballot.Attributes) bool { return stated(a)[p] == "" }) {
			b.values[p] = append(slices.Clone(values[p]), unstated)
		}
	}
	for level := range places + 1 {
		for subset := range uint(1) << places {
			if bits.OnesCount(subset) == level {
				b.combine(subset, [places]string{}, 0)
			}
		}
	}
	return b.groups
}

// combine declares the groups that name the attributes of a subset, from place p on.
func (b *combiner) combine(subset uint, parts [places]string, p int) {
	switch {
	case p == places:
		b.add(subset, parts)
	case subset&(1<<p) == 0:
		b.combine(subset, parts, p+1)
	case b.used[p] || bits.OnesCount(subset) == 1:
		for _, v := range b.values[p] {
			parts[p] = v
			b.combine(subset, parts, p+1)
		}
	}
}

// add declares one group and the ways it splits into finer ones.
func (b *combiner) add(subset uint, parts [places]string) {
	name := groupOf(parts)
	one := &group{Group: name, key: name.Key(), level: bits.OnesCount(subset), hidden: slices.Contains(parts[:], unstated)}
	for i, atom := range b.atoms {
		if holds(parts, stated(atom)) {
			one.atoms = append(one.atoms, i)
			if b.in.InvitedUnknown {
				one.invited += b.ballots[i]
			}
		}
	}
	for _, i := range b.in.Invited {
		if holds(parts, [places]string{i.Process, i.Role, i.Unit}) {
			one.invited += i.People
		}
	}
	b.byKey[one.key] = one
	if !one.hidden {
		b.order = append(b.order, one.key)
	}
	for p, v := range parts {
		if v == unstated && !b.used[p] {
			return // everybody, as nobody stated it: the total splits
		}
	}
	for p := range parts {
		if subset&(1<<p) != 0 || subset != 0 && !b.used[p] {
			continue
		}
		split := partition{parent: one.key}
		for _, v := range b.values[p] {
			finer := parts
			finer[p] = v
			split.parts = append(split.parts, groupOf(finer).Key())
		}
		b.partitions = append(b.partitions, split)
	}
}

// holds says whether somebody who stated this belongs to the group of these parts.
func holds(parts, stated [places]string) bool {
	for p, v := range parts {
		if v != "" && v != stated[p] && (v != unstated || stated[p] != "") {
			return false
		}
	}
	return true
}

// population is the number of invited people that intervals are corrected for; 0 where
// nobody knows it.
func (c *Counter) population(g *group) int {
	if c.in.InvitedUnknown {
		return 0
	}
	return g.invited
}
