package tally

import (
	"math/rand/v2"
	"slices"
	"testing"

	"pulscheck/survey/ballot"
	"pulscheck/survey/questionnaire"
)

// combined counts ballots with three attributes, some of them not stated.
func combined(random *rand.Rand, used [places]bool, people int) *Counter {
	c := NewCounter(Input{K: 5, Questionnaire: questionnaire.Pulse(), Combined: true, InvitedUnknown: true})
	for range people {
		var parts [places]string
		for p := range parts {
			if used[p] && random.IntN(8) > 0 {
				parts[p] = []string{"a", "b", "a&role=b", "?"}[random.IntN(4)]
			}
		}
		steps := make([]int8, len(c.items))
		for i := range steps {
			steps[i] = int8(random.IntN(5))
		}
		c.AddRow(ballot.Attributes{Process: parts[0], Role: parts[1], Unit: parts[2]}, steps)
	}
	return c
}

// TestPartitionsOfCombinationsAddUp: the parts of every partition are disjoint and
// together their parent; a reader may compute with nothing else.
func TestPartitionsOfCombinationsAddUp(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 5))
	for n := range 50 {
		used := [places]bool{n%2 == 0, n%3 == 0, n%5 == 0}
		c := combined(random, used, 1+random.IntN(200))
		g := c.groups()
		for _, p := range g.partitions {
			var atoms []int
			for _, key := range p.parts {
				if g.byKey[key] == nil {
					t.Fatalf("partition of %q names %q, which is no group", p.parent, key)
				}
				atoms = append(atoms, g.byKey[key].atoms...)
			}
			slices.Sort(atoms)
			if !slices.Equal(atoms, g.byKey[p.parent].atoms) {
				t.Fatalf("parts of %q hold %v, it %v", p.parent, atoms, g.byKey[p.parent].atoms)
			}
		}
		splits := map[string]int{}
		for _, p := range g.partitions {
			splits[p.parent]++
		}
		for key, one := range g.byKey {
			open, parts := 0, one.parts()
			for p := range parts {
				if used[p] && parts[p] == "" && !slices.Contains(parts[:], unstated) {
					open++
				}
			}
			if key != "total" && splits[key] < open {
				t.Fatalf("%q splits in %d ways, want %d", key, splits[key], open)
			}
		}
	}
}

// TestCombinationsOfTwoAreThoseOfARound: with process and role alone nothing differs
// from a round of our own.
func TestCombinationsOfTwoAreThoseOfARound(t *testing.T) {
	random := rand.New(rand.NewPCG(6, 6))
	c := combined(random, [places]bool{true, true, false}, 150)
	got := c.groups().order
	c.in.Combined = false
	if want := c.groups().order; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}
