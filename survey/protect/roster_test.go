package protect

import "testing"

func TestRosterGuardEqualsReference(t *testing.T) {
	examples := load(t).Rosters
	for _, e := range examples {
		if got := RosterSafe(e.D, e.K, Turnout{e.N1, e.Answered1}, Turnout{e.N2, e.Answered2}); got != e.OK {
			t.Errorf("%+v: %v", e, got)
		}
	}
	if len(examples) < 5 {
		t.Errorf("only %d examples", len(examples))
	}
	t.Logf("methods.md 8.6: %d decisions compared", len(examples))
}

// TestMostAnswered: the guard never counts on more people to hide in than a class
// proves.
func TestMostAnswered(t *testing.T) {
	for invited := 1; invited < 25; invited++ {
		for answered := range invited + 1 {
			most := MostAnswered(RateClass(answered, invited), invited)
			if most < answered || RateClass(most, invited) != RateClass(answered, invited) {
				t.Errorf("%d of %d: at most %d", answered, invited, most)
			}
		}
	}
	if got := MostAnswered("", 12); got != 12 {
		t.Errorf("nothing known: %d of 12", got)
	}
}

// TestHiddenGroupsDoNotFollow: a part that was withheld for its roster is not left
// over when the others are shown.
func TestHiddenGroupsDoNotFollow(t *testing.T) {
	weights := []int{30, 20, 10}
	candidates := []Candidate{{Key: "total", Atoms: []int{0, 1, 2}}, {Key: "a", Level: 1, Atoms: []int{0}}, {Key: "b", Level: 1, Atoms: []int{1}}}
	l := NewLedger(5, weights)
	l.Hide([]int{2})
	for i, want := range []Outcome{Released, Released, WithheldDerivable} {
		if got := l.Decide(candidates[i : i+1])[0].Outcome; got != want {
			t.Errorf("%s: %s, want %s", candidates[i].Key, got, want)
		}
	}
	for _, d := range NewLedger(5, weights).Decide(candidates) {
		if d.Outcome != Released {
			t.Errorf("without hidden groups, %s: %s", d.Key, d.Outcome)
		}
	}
}

// TestRoundsDoNotMix: one ledger over all rounds of a programme decides as one ledger
// a round does, because no row reaches over two rounds.
func TestRoundsDoNotMix(t *testing.T) {
	withheld := 0
	for seed := range uint64(40) {
		var all []int
		var joint, single []Decision
		for round := range uint64(3) {
			weights, candidates := randomWorld(3*seed + round)
			candidates = Order(5, weights, candidates, nil)
			single = append(single, NewLedger(5, weights).Decide(candidates)...)
			for i := range candidates {
				atoms := make([]int, len(candidates[i].Atoms))
				for j, a := range candidates[i].Atoms {
					atoms[j] = a + len(all)
				}
				candidates[i].Atoms = atoms
				joint = append(joint, Decision{Candidate: candidates[i]})
			}
			all = append(all, weights...)
		}
		l := NewLedger(5, all)
		for i, d := range joint {
			got, want := l.Decide([]Candidate{d.Candidate})[0].Outcome, single[i].Outcome
			if got != want {
				t.Fatalf("seed %d: %s is %s in one ledger, %s in its own", seed, d.Key, got, want)
			}
			if want == WithheldDerivable {
				withheld++
			}
		}
	}
	if withheld < 50 {
		t.Errorf("only %d groups withheld", withheld)
	}
}

func TestTexts(t *testing.T) {
	for _, c := range []struct {
		name           string
		k              int
		kinds          map[string]int
		released, kind bool
	}{
		{"nine", 5, map[string]int{"praise": 9}, false, true},
		{"ten", 5, map[string]int{"praise": 10}, true, true},
		{"higher k", 6, map[string]int{"praise": 11}, false, true},
		{"a rare kind", 5, map[string]int{"praise": 20, "idea": 4}, true, false},
		{"few without kind", 5, map[string]int{"praise": 20, "": 2}, true, false},
		{"none", 5, nil, false, true},
	} {
		if released, kind := Texts(c.k, c.kinds); released != c.released || kind != c.kind {
			t.Errorf("%s: %v, %v", c.name, released, kind)
		}
	}
}
