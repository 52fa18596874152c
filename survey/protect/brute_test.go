package protect

import (
	"fmt"
	"math/big"
	"math/bits"
	"math/rand/v2"
	"slices"
	"testing"
)

// isolates is the definition, tried out: it goes through every set of atoms with
// fewer than k people and says whether some combination of the rows, over the
// rationals, is carried by that set alone. That is so if the rows lose rank once the
// columns of the set are taken away.
func isolates(rows [][]int64, weights []int, k int) bool {
	full := rank(rows, 0, weights)
	for set := uint(1); set < 1<<len(weights); set++ {
		people := 0
		for a, w := range weights {
			if set>>a&1 == 1 {
				people += w
			}
		}
		if people > 0 && people < k && rank(rows, set, weights) < full {
			return true
		}
	}
	return false
}

// rank counts independent rows over the atoms that have people and are not in the
// set without.
func rank(rows [][]int64, without uint, weights []int) int {
	var m [][]*big.Rat
	for _, row := range rows {
		var r []*big.Rat
		for a, v := range row {
			if without>>a&1 == 0 && weights[a] > 0 {
				r = append(r, big.NewRat(v, 1))
			}
		}
		m = append(m, r)
	}
	found := 0
	for c := 0; len(m) > 0 && c < len(m[0]); c++ {
		p := found
		for p < len(m) && m[p][c].Sign() == 0 {
			p++
		}
		if p == len(m) {
			continue
		}
		m[found], m[p] = m[p], m[found]
		for i := found + 1; i < len(m); i++ {
			factor := new(big.Rat).Quo(m[i][c], m[found][c])
			for j := c; j < len(m[i]); j++ {
				m[i][j].Sub(m[i][j], new(big.Rat).Mul(factor, m[found][j]))
			}
		}
		found++
	}
	return found
}

// TestDecisionsEqualDefinition compares every decision over small random worlds with
// the definition, in both directions: nobody is isolated, and nothing is withheld
// that isolates nobody.
func TestDecisionsEqualDefinition(t *testing.T) {
	counts := map[Outcome]int{}
	for seed := range uint64(150) {
		weights, candidates := smallWorld(seed)
		k := 5 + int(seed%3)
		var rows [][]int64
		for _, d := range NewLedger(k, weights).Decide(Order(k, weights, candidates, nil)) {
			counts[d.Outcome]++
			row := make([]int64, len(weights))
			for _, a := range d.Atoms {
				row[a] = 1
			}
			with := slices.Concat(rows, [][]int64{row})
			want := WithheldSmall
			if d.N >= k {
				want = Released
				if isolates(with, weights, k) {
					want = WithheldDerivable
				}
			}
			if d.Outcome != want {
				t.Fatalf("seed %d, k %d, weights %v: %s is %s, want %s", seed, k, weights, d.Key, d.Outcome, want)
			}
			if want == Released {
				rows = with
			}
		}
	}
	for _, o := range []Outcome{Released, WithheldSmall, WithheldDerivable} {
		if counts[o] < 100 {
			t.Errorf("only %d decisions %s", counts[o], o)
		}
	}
	t.Logf("%v", counts)
}

// TestSearchEqualsDefinition compares the search alone: mostly, the classes in doubt
// are few, and it has little to do.
func TestSearchEqualsDefinition(t *testing.T) {
	safe := map[bool]int{}
	for seed := range uint64(300) {
		weights, candidates := smallWorld(seed)
		k := 5 + int(seed%3)
		l := NewLedger(k, weights)
		for _, c := range Order(k, weights, candidates, nil) {
			atoms, rows := slices.Clone(l.atoms), l.rows
			row := make([]uint64, len(weights))
			for _, a := range c.Atoms {
				if weights[a] > 0 {
					row[a] = 1
					atoms[a].column = slices.Concat(atoms[a].column, []entry{{len(rows.rows), 1}})
				}
			}
			with, independent := rows.with(row)
			if !independent {
				continue
			}
			var all [][]int64
			for i := range with.rows {
				one := make([]int64, len(weights))
				for a := range atoms {
					for _, e := range atoms[a].column {
						if e.row == i {
							one[a] = 1
						}
					}
				}
				all = append(all, one)
			}
			s := search{visits: maxVisits}
			got, want := s.isolated(classes(atoms), len(with.rows), k), isolates(all, weights, k)
			if got != want {
				t.Fatalf("seed %d, k %d, weights %v, %s: isolated %v, want %v", seed, k, weights, c.Key, got, want)
			}
			safe[!got]++
			l.Decide([]Candidate{c})
		}
	}
	if safe[false] < 100 || safe[true] < 100 {
		t.Errorf("only %v combinations", safe)
	}
	t.Logf("safe: %v", safe)
}

// TestSearchDecidesWhatIsInDoubt: three overlapping groups, found by chance, whose
// combinations are all carried by five people or more, although no five sets span
// any atom. Only the search can release the last.
func TestSearchDecidesWhatIsInDoubt(t *testing.T) {
	weights := []int{2, 1, 1, 2, 1, 2, 1, 1}
	l := NewLedger(5, weights)
	for _, d := range l.Decide([]Candidate{
		{Key: "a", Atoms: []int{2, 3, 4, 5}}, {Key: "b", Atoms: []int{1, 4, 5, 6}}, {Key: "c", Atoms: []int{0, 2, 3, 5, 6, 7}},
	}) {
		if d.Outcome != Released {
			t.Errorf("%s: %s", d.Key, d.Outcome)
		}
	}
	list, rows := doubtful(classes(l.atoms), len(l.rows.rows), 5)
	if rows == 0 {
		t.Error("nothing was left to search")
	}
	if s := (search{visits: 5}); !s.isolated(list, rows, 5) {
		t.Error("who gives up must withhold")
	}
}

// TestLargeRoundsAreDecided: whoever gave up would withhold.
func TestLargeRoundsAreDecided(t *testing.T) {
	for _, c := range largeWorlds {
		random := rand.New(rand.NewPCG(1, 1))
		weights, candidates := world3(c.sizes, func() int { return c.people(random) })
		decided := map[Outcome]int{}
		for _, d := range NewLedger(5, weights).Decide(Order(5, weights, candidates, nil)) {
			decided[d.Outcome]++
		}
		if decided[WithheldDerivable] > 0 {
			t.Errorf("%s: %v", c.name, decided)
		}
		t.Logf("%s: %v", c.name, decided)
	}
}

// smallWorld gives at most ten atoms: a table of processes, roles and units, or a
// random tree with late batches and arbitrary filters over its leaves.
func smallWorld(seed uint64) (weights []int, candidates []Candidate) {
	random := rand.New(rand.NewPCG(seed, 3))
	people := func() int { return random.IntN(7) }
	if seed%2 == 0 {
		sizes := [][3]int{{2, 2, 2}, {3, 3, 1}, {5, 2, 1}, {2, 1, 4}, {3, 1, 3}}
		return world3(sizes[random.IntN(len(sizes))], people)
	}
	for range 5 + random.IntN(5) {
		weights = append(weights, people())
	}
	all := uint(1)<<len(weights) - 1
	put := func(level int, set uint) {
		c := Candidate{Key: fmt.Sprintf("%02d", len(candidates)), Level: level, Late: random.IntN(5) == 0}
		for ; set != 0; set &= set - 1 {
			c.Atoms = append(c.Atoms, bits.TrailingZeros(set))
		}
		candidates = append(candidates, c)
	}
	var grow func(level int, set uint)
	grow = func(level int, set uint) {
		put(level, set)
		if part := set & uint(random.Uint64()); part != 0 && part != set {
			grow(level+1, part)
			grow(level+1, set&^part)
		}
	}
	grow(0, all)
	for range 4 {
		if set := all & uint(random.Uint64()); set != 0 {
			put(1, set)
		}
	}
	return weights, candidates
}
