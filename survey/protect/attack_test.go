package protect

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

// answerScale is a set of answers as indices, with the boundary between favourable and
// other ones.
type answerScale struct {
	indices         []float64
	lowest, highest float64
}

var scales = []answerScale{
	{[]float64{0, 25, 50, 75, 100}, 75, 50},
	{[]float64{0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100}, 80, 70},
	{[]float64{0, 100. / 3, 200. / 3, 100}, 100, 200. / 3},
}

// table is a random two-way table of answers as cells, with its partitions.
func table(random *rand.Rand, rows, columns, most int, s answerScale) ([]Cell, []Partition) {
	at := map[string]int{}
	var cells []Cell
	count := func(key string, level int, counts []int) {
		i, known := at[key]
		if !known {
			i = len(cells)
			at[key] = i
			cells = append(cells, Cell{Key: key, Level: level, Counts: make([]int, len(counts))})
		}
		for v, n := range counts {
			cells[i].Counts[v] += n
			cells[i].N += n
			cells[i].Index += float64(n) * s.indices[v]
			if s.indices[v] >= s.lowest {
				cells[i].Favourable += n
			}
		}
	}
	byRow, byColumn := Partition{Parent: "total"}, Partition{Parent: "total"}
	var partitions []Partition
	for r := range rows {
		row := fmt.Sprint("r", r)
		byRow.Parts = append(byRow.Parts, row)
		one := Partition{Parent: row}
		for c := range columns {
			column := fmt.Sprint("c", c)
			counts := answer(random, random.IntN(most+1), s)
			one.Parts = append(one.Parts, row+column)
			for _, group := range []struct {
				key   string
				level int
			}{{"total", 0}, {row, 1}, {column, 1}, {row + column, 2}} {
				count(group.key, group.level, counts)
			}
		}
		partitions = append(partitions, one)
	}
	for c := range columns {
		column := fmt.Sprint("c", c)
		byColumn.Parts = append(byColumn.Parts, column)
		one := Partition{Parent: column}
		for r := range rows {
			one.Parts = append(one.Parts, fmt.Sprint("r", r)+column)
		}
		partitions = append(partitions, one)
	}
	for i := range cells {
		cells[i].Shown = cells[i].N >= 5
		cells[i].Index /= max(1, float64(cells[i].N))
	}
	return cells, append(partitions, byRow, byColumn)
}

// answer lets n people answer, often nearly all alike, and counts each answer.
func answer(random *rand.Rand, n int, s answerScale) []int {
	counts := make([]int, len(s.indices))
	mood := random.IntN(4)
	for range n {
		v := random.IntN(len(s.indices))
		switch mood {
		case 0:
			v = len(s.indices) - 1
		case 1:
			v = 0
		}
		counts[v]++
	}
	return counts
}

// TestConclusionsHoldTheTruth: a reader who concluded something false would be blind
// to what can be proven.
func TestConclusionsHoldTheTruth(t *testing.T) {
	checked := 0
	for seed := range uint64(600) {
		random := rand.New(rand.NewPCG(seed, 4))
		s := scales[seed%uint64(len(scales))]
		cells, partitions := table(random, 2+random.IntN(4), 2+random.IntN(3), 12+88*random.IntN(2), s)
		r := Reader{K: 5, Partitions: partitions, Lowest: s.lowest, Highest: s.highest, UseIndex: seed%4 != 0}
		r.Values, r.Step = s.indices, s.indices[1]
		for _, guarded := range [][]Cell{cells, r.Guard(cells), r.GuardExact(r.Guard(cells))} {
			m := r.model(guarded)
			for _, concluded := range [][]bounds{m.conclude(guarded), m.owner().conclude(guarded)} {
				for i, b := range concluded {
					c := guarded[i]
					f, sum := float64(c.Favourable), c.Index*float64(c.N)
					if f < b.lowF-1e-6 || f > b.highF+1e-6 || sum < b.lowS-1e-6 || sum > b.highS+1e-6 {
						t.Fatalf("seed %d: %+v is said to be %+v", seed, c, b)
					}
					checked++
				}
			}
		}
	}
	t.Logf("%d conclusions checked", checked)
}

// TestGuardAgainstEnumeration tries every distribution of favourable answers over
// the parts of a total, as somebody with a computer and the displayed shares would,
// and demands that none of the guarded groups can be proven closer to unanimity than
// its band says. For shares alone and one partition the reader's model is complete,
// so both must also agree on what can be proven without the guard.
func TestGuardAgainstEnumeration(t *testing.T) {
	unguarded, exact := 0, 0
	for seed := range uint64(1500) {
		random := rand.New(rand.NewPCG(seed, 5))
		cells, partitions := table(random, 2+random.IntN(3), 1, 9, scales[0])
		r := Reader{K: 5, Partitions: partitions}
		m := r.model(cells)
		if provable, hazard := enumerate(m, cells), m.firstHazard(cells, m.conclude(cells)) >= 0; provable != hazard {
			t.Fatalf("seed %d: provable %v, hazard %v", seed, provable, hazard)
		} else if provable {
			unguarded++
		}
		shown := r.Guard(cells)
		if enumerate(r.model(shown), shown) {
			t.Fatalf("seed %d: provable in spite of the guard: %+v", seed, shown)
		}
		kept := r.GuardExact(shown)
		if enumerate(r.model(kept), kept) {
			t.Fatalf("seed %d: provable from what is kept: %+v", seed, kept)
		}
		for _, c := range kept {
			if c.Exact {
				exact++
			}
		}
	}
	if unguarded < 100 || exact < 1000 {
		t.Errorf("%d tables provable without the guard, %d cells kept", unguarded, exact)
	}
	t.Logf("%d tables provable without the guard, %d cells kept exactly", unguarded, exact)
}

// enumerate says whether some group is proven by all tables that agree with what is
// displayed. The tables have one column: rows, their sum c0 and the total.
func enumerate(m model, cells []Cell) bool {
	var leaves []int
	low, high := make([]float64, len(cells)), make([]float64, len(cells))
	for i, c := range cells {
		low[i], high[i] = float64(c.N), 0
		if c.Level == 2 {
			leaves = append(leaves, i)
		}
	}
	row := map[string]int{}
	for i, c := range cells {
		row[c.Key] = i
	}
	f := make([]float64, len(cells))
	var try func(int)
	try = func(l int) {
		if l == len(leaves) {
			f[row["total"]], f[row["c0"]] = 0, 0
			for _, i := range leaves {
				f[row["total"]] += f[i]
				f[row["c0"]] += f[i]
				f[row[cells[i].Key[:2]]] = f[i]
			}
			for i, c := range cells {
				if b := m.displayed(c); f[i] < b.lowF || f[i] > b.highF {
					return
				}
			}
			for i := range cells {
				low[i], high[i] = min(low[i], f[i]), max(high[i], f[i])
			}
			return
		}
		for n := range cells[leaves[l]].N + 1 {
			f[leaves[l]] = float64(n)
			try(l + 1)
		}
	}
	try(0)
	known := make([]bounds, len(cells))
	for i := range cells {
		known[i] = bounds{lowF: low[i], highF: high[i]}
	}
	for i := range cells {
		if m.hazard(cells, known, i) {
			return true
		}
	}
	return false
}

// TestPartitionsMustFit: a reader cannot be modelled from parts that are missing or
// do not add up, so nothing is shown.
func TestPartitionsMustFit(t *testing.T) {
	cells := func(a, b int) []Cell {
		return []Cell{
			{Key: "total", N: 66, Favourable: 36, Shown: true},
			{Key: "a", Level: 1, N: a, Favourable: 26, Shown: true},
			{Key: "b", Level: 1, N: b, Favourable: 10, Shown: true},
		}
	}
	for _, c := range []struct {
		name      string
		cells     []Cell
		partition Partition
		want      int
	}{
		{"fits", cells(40, 26), Partition{"total", []string{"a", "b"}}, 3},
		{"missing part", cells(40, 26), Partition{"total", []string{"a", "b", "c"}}, 0},
		{"missing parent", cells(40, 26), Partition{"all", []string{"a", "b"}}, 0},
		{"too few people", cells(40, 20), Partition{"total", []string{"a", "b"}}, 0},
		{"forgotten part", cells(40, 26), Partition{"total", []string{"a"}}, 0},
	} {
		r := Reader{K: 5, Partitions: []Partition{c.partition}}
		shown, exact := 0, 0
		for _, cell := range r.Guard(c.cells) {
			if cell.Shown {
				shown++
			}
		}
		for _, cell := range r.GuardExact(c.cells) {
			if cell.Exact {
				exact++
			}
		}
		if shown != c.want || exact != c.want {
			t.Errorf("%s: %d shown, %d exact, want %d", c.name, shown, exact, c.want)
		}
	}
}
