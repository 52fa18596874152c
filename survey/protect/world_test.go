package protect

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// randomWorld makes a few processes, roles and units with small numbers of people.
func randomWorld(seed uint64) (weights []int, candidates []Candidate) {
	random := rand.New(rand.NewPCG(seed, 1))
	sizes := [3]int{2 + random.IntN(3), 1 + random.IntN(3), 1 + random.IntN(3)}
	return world3(sizes, func() int { return random.IntN(2 + random.IntN(9)) })
}

// world3 declares all groups over processes × roles × units.
func world3(sizes [3]int, people func() int) (weights []int, candidates []Candidate) {
	groups := map[string]*Candidate{}
	var order []string
	put := func(key string, level int, late bool, atom int) {
		if groups[key] == nil {
			groups[key] = &Candidate{Key: key, Level: level, Late: late}
			order = append(order, key)
		}
		groups[key].Atoms = append(groups[key].Atoms, atom)
	}
	for p := range sizes[0] {
		for r := range sizes[1] {
			for u := range sizes[2] {
				atom := len(weights)
				weights = append(weights, people())
				put("total", 0, false, atom)
				put(fmt.Sprintf("process=%d", p), 1, false, atom)
				put(fmt.Sprintf("role=%d", r), 1, false, atom)
				put(fmt.Sprintf("process=%d&role=%d", p, r), 2, false, atom)
				put(fmt.Sprintf("unit=%d", u), 1, true, atom)
			}
		}
	}
	for _, key := range order {
		candidates = append(candidates, *groups[key])
	}
	return weights, candidates
}

// largeWorlds are rounds in which everything with at least five people may be shown.
var largeWorlds = []struct {
	name   string
	sizes  [3]int
	people func(*rand.Rand) int
}{
	{"5x4x5", [3]int{5, 4, 5}, func(r *rand.Rand) int { return r.IntN(6) }},
	{"350 single people, 73 groups", [3]int{10, 5, 7}, func(*rand.Rand) int { return 1 }},
	{"2400 atoms, 164 groups", [3]int{15, 8, 20}, func(r *rand.Rand) int { return r.IntN(3) }},
	{"2160 atoms, 203 groups", [3]int{18, 8, 15}, func(r *rand.Rand) int { return r.IntN(4) }},
}

func BenchmarkDecide(b *testing.B) {
	for _, c := range largeWorlds {
		b.Run(c.name, func(b *testing.B) {
			random := rand.New(rand.NewPCG(1, 1))
			weights, candidates := world3(c.sizes, func() int { return c.people(random) })
			for b.Loop() {
				NewLedger(5, weights).Decide(Order(5, weights, candidates, nil))
			}
		})
	}
}

// BenchmarkGuard runs both guards of one question over tables of 200 groups, many of
// one mind, in which the guard has to withhold.
func BenchmarkGuard(b *testing.B) {
	for _, size := range [][3]int{{16, 11, 30}, {40, 4, 20}} {
		b.Run(fmt.Sprint(size), func(b *testing.B) {
			cells, partitions := table(rand.New(rand.NewPCG(0, 1)), size[0], size[1], size[2], scales[0])
			r := Reader{K: 5, Partitions: partitions, Lowest: 75, Highest: 50, UseIndex: true}
			for b.Loop() {
				guarded := r.Guard(cells)
				if reflect.DeepEqual(byKey(guarded), byKey(cells)) {
					b.Fatal("nothing was withheld")
				}
				r.GuardExact(guarded)
			}
		})
	}
}

func byKey(cells []Cell) []Cell {
	return slices.SortedFunc(slices.Values(cells), func(a, b Cell) int { return strings.Compare(a.Key, b.Key) })
}

func FuzzGuard(f *testing.F) {
	f.Add(uint64(1))
	f.Fuzz(func(t *testing.T, seed uint64) {
		random := rand.New(rand.NewPCG(seed, 2))
		cells := []Cell{{Key: "total"}}
		p := Partition{Parent: "total"}
		for i := range 2 + random.IntN(5) {
			n := random.IntN(30)
			c := Cell{Key: fmt.Sprint("p", i), Level: 1, N: n, Shown: n >= 5}
			if n > 0 {
				c.Favourable = random.IntN(n + 1)
				c.Index = (75*float64(c.Favourable) + 50*random.Float64()*float64(n-c.Favourable)) / float64(n)
			}
			cells[0].N += n
			cells[0].Favourable += c.Favourable
			cells[0].Index += c.Index * float64(n)
			cells = append(cells, c)
			p.Parts = append(p.Parts, c.Key)
		}
		cells[0].Index /= max(1, float64(cells[0].N))
		cells[0].Shown = cells[0].N >= 5
		r := Reader{K: 5, Partitions: []Partition{p}, Lowest: 75, Highest: 50, UseIndex: true}
		guarded := r.GuardExact(r.Guard(cells))
		m := r.model(guarded)
		if at := m.firstHazard(guarded, m.conclude(guarded)); at >= 0 {
			t.Errorf("seed %d: %s can be proven", seed, guarded[at].Key)
		}
		for _, c := range guarded {
			if c.Exact && !c.Shown {
				t.Errorf("seed %d: %s is kept but not shown", seed, c.Key)
			}
		}
	})
}
