package survey

import (
	"cmp"
	"slices"
)

// assign picks, for every person, the one process role they are asked for in a
// round (decision 4): the one asked least often so far; among equals the one that
// fewest people of this round are asked for yet, so that no process runs dry; then
// the first in key order. People with the least choice are placed first. The result
// depends on the people alone, not on their order or ids.
//
// People without a process role are not invited.
func assign(people []Person, asked map[PersonID]map[ProcessRole]int) map[PersonID]ProcessRole {
	type choice struct {
		person  *Person
		options []ProcessRole
	}
	choices := make([]choice, 0, len(people))
	for i := range people {
		p := &people[i]
		if options := leastAsked(p.Roles, asked[p.ID]); len(options) > 0 {
			choices = append(choices, choice{p, options})
		}
	}
	slices.SortFunc(choices, func(a, b choice) int {
		return cmp.Or(
			cmp.Compare(len(a.options), len(b.options)),
			cmp.Compare(a.person.Email, b.person.Email),
			cmp.Compare(a.person.Name, b.person.Name),
			cmp.Compare(a.person.Unit, b.person.Unit),
		)
	})
	load := make(map[ProcessRole]int)
	assigned := make(map[PersonID]ProcessRole, len(choices))
	for _, c := range choices {
		role := slices.MinFunc(c.options, func(a, b ProcessRole) int {
			return cmp.Or(cmp.Compare(load[a], load[b]), compareRoles(a, b))
		})
		load[role]++
		assigned[c.person.ID] = role
	}
	return assigned
}

// leastAsked gives the roles a person was asked for the fewest times, in key order.
func leastAsked(roles []ProcessRole, asked map[ProcessRole]int) []ProcessRole {
	var least []ProcessRole
	for _, r := range roles {
		switch {
		case len(least) == 0 || asked[r] < asked[least[0]]:
			least = append(least[:0], r)
		case asked[r] == asked[least[0]]:
			least = append(least, r)
		}
	}
	slices.SortFunc(least, compareRoles)
	return slices.Compact(least)
}

func compareRoles(a, b ProcessRole) int {
	return cmp.Or(cmp.Compare(a.Process, b.Process), cmp.Compare(a.Role, b.Role))
}
