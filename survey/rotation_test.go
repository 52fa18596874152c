package survey

import (
	"fmt"
	"slices"
	"testing"
)

func TestAssignAsksFewestFirst(t *testing.T) {
	inc, chg := ProcessRole{"INC", "staff"}, ProcessRole{"CHG", "owner"}
	people := []Person{{ID: "p", Email: "p@example.org", Roles: []ProcessRole{inc, chg}}}
	asked := map[PersonID]map[ProcessRole]int{}
	var got []ProcessRole
	for range 4 {
		role := assign(people, asked)["p"]
		got = append(got, role)
		if asked["p"] == nil {
			asked["p"] = map[ProcessRole]int{}
		}
		asked["p"][role]++
	}
	want := []ProcessRole{chg, inc, chg, inc}
	if !slices.Equal(got, want) {
		t.Errorf("rotation over four rounds = %v, want %v", got, want)
	}
}

func TestAssignBalancesAndIgnoresOrder(t *testing.T) {
	var people []Person
	for i := range 40 {
		people = append(people, Person{
			ID: PersonID(fmt.Sprint("id", 97*i%40)), Email: fmt.Sprintf("p%02d@example.org", i),
			Roles: []ProcessRole{{"INC", "staff"}, {"CHG", "staff"}},
		})
	}
	people = append(people, Person{ID: "none", Email: "none@example.org"})
	first := assign(people, nil)
	slices.Reverse(people)
	second := assign(people, nil)

	load := map[ProcessRole]int{}
	for id, role := range first {
		load[role]++
		if second[id] != role {
			t.Errorf("person %s: %v, in reverse order %v", id, role, second[id])
		}
	}
	if load[ProcessRole{"INC", "staff"}] != 20 || len(first) != 40 {
		t.Errorf("40 people over two processes: %v (%d invited), want 20 each", load, len(first))
	}
}
