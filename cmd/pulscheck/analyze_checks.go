package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"pulscheck/survey/ballot"
	"pulscheck/survey/table"
)

// expected checks that somebody was invited for a group of answers; what an answer
// leaves open fits everybody.
func (r *answersReader) expected(iteration string, a ballot.Attributes) error {
	if r.invited == nil {
		return nil
	}
	stated := [3]string{a.Process, a.Role, a.Unit}
	var known [3]bool
	for _, i := range r.invited.of(iteration) {
		invited, fits := [3]string{i.Process, i.Role, i.Unit}, true
		for p, v := range stated {
			same := v == "" || v == invited[p]
			known[p], fits = known[p] || same, fits && same
		}
		if fits {
			return nil
		}
	}
	for p, cell := range r.at {
		if cell != table.NoCell && !known[p] {
			return r.Bad(cell, "nobody of %s %q was invited in iteration %q; expected a group of %s, spelt the same", r.groups.places[p], stated[p], iteration, r.invited.name)
		}
	}
	first := slices.IndexFunc(r.at[:], func(cell int) bool { return cell != table.NoCell })
	return r.Bad(r.at[first], "nobody of %s was invited in iteration %q; expected a group of %s", r.groups.words(a), iteration, r.invited.name)
}

// minRows is the number of answers below which a file holds nothing to compute.
const minRows = 2

// finish orders the iterations and checks what shows only at the end.
func (r *answersReader) finish() ([]*collected, error) {
	var list []*collected
	valid := 0
	for _, in := range r.byName {
		list = append(list, in)
		valid += in.valid
	}
	slices.SortFunc(list, func(a, b *collected) int { return natural(a.name, b.name) })
	switch {
	case r.rows == 0:
		return nil, &table.Error{File: r.Name, Text: "holds a header but no answers; expected one line for every person"}
	case r.rows < minRows:
		return nil, &table.Error{File: r.Name, Line: 2, Text: "is the only answer; a single person is nothing to compute with, and nothing may be shown below 5"}
	case valid == 0:
		return nil, &table.Error{File: r.Name, Text: fmt.Sprintf("not one of %d lines answers an item; expected whole numbers of the scales of %s", r.rows, r.items.file)}
	}
	for _, in := range list {
		if err := r.enough(in); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// enough checks that no group answered more often than it was invited.
func (r *answersReader) enough(in *collected) error {
	if r.invited == nil {
		return nil
	}
	answers := make([]int, len(in.atoms))
	for _, atom := range in.atomOf {
		answers[atom]++
	}
	all := 0
	for _, i := range r.invited.of(in.name) {
		all += i.People
		group := ballot.Attributes{Process: i.Process, Role: i.Role, Unit: i.Unit}
		if atom, answered := in.index[group]; answered && answers[atom] > i.People {
			return r.tooMany(in.name, r.groups.words(group), answers[atom], i.People)
		}
	}
	if len(in.atomOf) > all {
		return r.tooMany(in.name, "everybody", len(in.atomOf), all)
	}
	return nil
}

func (r *answersReader) tooMany(iteration, group string, answers, invited int) error {
	return &table.Error{File: r.invited.name, Text: fmt.Sprintf("%d people invited in iteration %q (%s), but %s holds %d answers of them; expected at least as many people as answers",
		invited, iteration, group, r.Name, answers)}
}

// natural compares names so that I2 comes before I10.
func natural(a, b string) int {
	for x, y := a, b; x != "" && y != ""; {
		m, n := digits(x), digits(y)
		if m > 0 && n > 0 {
			s, t := strings.TrimLeft(x[:m], "0"), strings.TrimLeft(y[:n], "0")
			if order := cmp.Or(cmp.Compare(len(s), len(t)), cmp.Compare(s, t)); order != 0 {
				return order
			}
			x, y = x[m:], y[n:]
			continue
		}
		if x[0] != y[0] {
			break
		}
		x, y = x[1:], y[1:]
	}
	return cmp.Compare(a, b)
}

// digits is how many digits a text begins with.
func digits(s string) int { return len(s) - len(strings.TrimLeft(s, "0123456789")) }
