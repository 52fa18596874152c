package tally

import (
	"math/bits"
	"slices"
	"testing"

	"pulscheck/survey/ballot"
)

// field is a prime beyond every determinant of the 0/1 matrices here, so that the
// rank modulo it is the rank over the rationals.
const field = 1<<61 - 1

func times(a, b uint64) uint64 {
	high, low := bits.Mul64(a, b)
	_, rest := bits.Div64(high, low, field)
	return rest
}

// rankWithout counts independent rows over the atoms that are not in the set.
func rankWithout(rows [][]int64, set uint) int {
	var m [][]uint64
	for _, row := range rows {
		var r []uint64
		for a, v := range row {
			if set>>a&1 == 0 {
				r = append(r, uint64((v%field+field)%field))
			}
		}
		m = append(m, r)
	}
	found := 0
	for c := 0; len(m) > 0 && c < len(m[0]) && found < len(m); c++ {
		p := slices.IndexFunc(m[found:], func(r []uint64) bool { return r[c] != 0 })
		if p < 0 {
			continue
		}
		m[found], m[found+p] = m[found+p], m[found]
		inverse := uint64(1)
		for e, b := uint64(field-2), m[found][c]; e > 0; e, b = e>>1, times(b, b) {
			if e&1 == 1 {
				inverse = times(inverse, b)
			}
		}
		for i := found + 1; i < len(m); i++ {
			factor := field - times(m[i][c], inverse)
			for j := c; j < len(m[i]) && factor != field; j++ {
				m[i][j] = (m[i][j] + times(factor, m[found][j])) % field
			}
		}
		found++
	}
	return found
}

// isolated gives the fewest people that a combination of the rows stands for, if
// they are fewer than k: it goes through all sets of atoms with fewer.
func isolated(rows [][]int64, people []int) (fewest, sets int) {
	full := rankWithout(rows, 0)
	var try func(from int, set uint, n int)
	try = func(from int, set uint, n int) {
		if n > 0 && (fewest == 0 || n < fewest) {
			if sets++; rankWithout(rows, set) < full {
				fewest = n
			}
		}
		for a := from; a < len(people); a++ {
			if n+people[a] < attackK {
				try(a+1, set|1<<a, n+people[a])
			}
		}
	}
	try(0, 0, 0)
	return fewest, sets
}

// published lists what was given out of a question or construct ("" = of people who
// answered at all): the groups of which any number is shown, and those kept.
func (e *Earlier) published(key string, construct bool) (shown, kept []Group) {
	for _, g := range e.Results.Groups {
		if g.State == Protected {
			continue
		}
		visible := key == ""
		for _, i := range g.Items {
			visible = visible || !construct && i.Key == key && (i.N != nil || i.Band != "" || i.Favourable != nil || i.Index != nil || i.CI != nil)
		}
		for _, c := range g.Constructs {
			visible = visible || construct && c.Key == key && (c.N != nil || c.Band != "" || c.Favourable != nil || c.Index != nil || c.CI != nil)
		}
		if visible {
			shown = append(shown, g.Group)
		}
	}
	for _, g := range e.Kept.Groups {
		if _, exact := e.sample(g.Group, key, construct); key != "" && exact {
			kept = append(kept, g.Group)
		}
	}
	return shown, kept
}

// TestAttackerIsolatesNobody tries, over everything that three rounds gave out and
// that is kept of them, every combination that could stand for fewer than k people.
// Comparisons and trends must speak of shown and kept groups only; so they add no row.
func TestAttackerIsolatesNobody(t *testing.T) {
	combinations, rows, statements, isolates := 0, 0, 0, 0
	for seed := range uint64(250) {
		w := attackWorld(seed)
		for round := range w.out {
			e := &w.out[round]
			for _, layer := range []struct {
				key       string
				construct bool
			}{{"", false}, {"A1", false}, {"A2", false}, {"W1", false}, {"QW", false}, {"LOAD", true}, {"ACC", true}} {
				about := layer.key
				switch about {
				case "LOAD":
					about = "W1"
				case "ACC": // with two items, one answer is enough for neither: both are needed
					about = "A1"
				}
				atoms, people := w.cells(round, about)
				if layer.key == "ACC" {
					atoms, people = w.both(round)
				}
				shown, kept := e.published(layer.key, layer.construct)
				var matrix [][]int64
				for _, g := range append(shown, kept...) {
					matrix = append(matrix, w.row(round, g, atoms))
				}
				fewest, sets := isolated(matrix, people)
				combinations, rows = combinations+sets, rows+len(matrix)
				if fewest > 0 {
					isolates++
					t.Errorf("seed %d, round %d, %q: %d people isolated", seed, round, layer.key, fewest)
				}
			}
			statements += w.statements(t, round)
		}
	}
	if combinations < 100_000 || rows < 10_000 || statements < 1000 {
		t.Errorf("only %d sets, %d rows, %d statements", combinations, rows, statements)
	}
	t.Logf("%d published rows, %d statements of comparisons and trends, %d sets of fewer than %d people tried: %d isolated",
		rows, statements, combinations, attackK, isolates)
}

// both are the cells of those who answered A1 and A2, as the construct needs.
func (w *attacked) both(round int) (atoms []ballot.Attributes, people []int) {
	kept := w.people[round]
	w.people[round] = slices.DeleteFunc(slices.Clone(kept), func(p person) bool { return p.values["A2"] == 0 })
	atoms, people = w.cells(round, "A1")
	w.people[round] = kept
	return atoms, people
}

// statements checks that every number of a comparison or trend is about groups that
// both rounds show and keep, and counts them.
func (w *attacked) statements(t *testing.T, round int) (found int) {
	t.Helper()
	at := func(id string) *Earlier {
		for i := range w.out {
			if w.out[i].Results.Round == id {
				return &w.out[i]
			}
		}
		t.Fatalf("no round %s", id)
		return nil
	}
	backed := func(e *Earlier, g Group, key string, construct bool) bool {
		shown, kept := e.published(key, construct)
		return slices.Contains(shown, g) && slices.Contains(kept, g)
	}
	for _, c := range w.out[round].Results.Comparison {
		if c.Difference == nil && c.CI == nil && c.P == nil && c.Delta == nil && !c.TooSmall {
			continue
		}
		found++
		construct := c.Key == "ACC" || c.Key == "LOAD"
		if !backed(at(c.From), c.Group, c.Key, construct) || !backed(at(c.To), c.Group, c.Key, construct) {
			t.Errorf("round %d: %+v speaks of what is not kept", round, c)
		}
	}
	for _, trend := range w.out[round].Results.Trend {
		backing := 0
		for _, p := range trend.Points {
			e := at(p.Round)
			g := e.Results.shown(trend.Group)
			if p.Index != nil || p.N != nil || p.CI != nil || p.Band != "" {
				found++
				if one := g.construct(trend.Key); g == nil || one == nil || p.Band != one.Band || (p.Index != nil) != (one.Index != nil) {
					t.Errorf("round %d: point %+v is not what the round showed", round, p)
				}
			}
			if p.Headline && backed(e, trend.Group, trend.Key, true) {
				backing++
			}
		}
		if trend.P != nil || trend.Slope != nil || trend.Direction != nil {
			if found++; backing < 3 {
				t.Errorf("round %d: %+v rests on %d kept rounds", round, trend, backing)
			}
		}
	}
	return found
}

// TestAttackerFindsNoNewcomer: a group that a round shows, or that follows from what
// it shows, must not differ from the same group of the round before by so few people
// that a change of the numbers would be theirs.
func TestAttackerFindsNoNewcomer(t *testing.T) {
	checked, hidden := 0, 0
	for seed := range uint64(400) {
		w := attackWorld(seed)
		for round := 1; round < 3; round++ {
			atoms, _ := w.cells(round, "")
			shown, _ := w.out[round].published("", false)
			var matrix [][]int64
			for _, g := range shown {
				matrix = append(matrix, w.row(round, g, atoms))
			}
			rank := rankWithout(matrix, 0)
			for _, one := range w.out[round].Results.Groups {
				g := one.Group
				row := w.row(round, g, atoms)
				if g.others() || !slices.Contains(row, 1) {
					continue
				}
				known := rankWithout(append(slices.Clone(matrix), row), 0) == rank
				for before := range round {
					if slices.ContainsFunc(w.out[before+1:round], func(e Earlier) bool { return e.Check == w.out[before].Check }) {
						continue // not the last of its kind
					}
					if safe := w.turnover(before, round, g); known && !safe {
						t.Errorf("seed %d, rounds %d and %d: %s is known", seed, before, round, g.Key())
					} else if !safe {
						hidden++
					}
					checked++
				}
			}
		}
	}
	if checked < 5000 || hidden < 200 {
		t.Errorf("only %d groups checked, %d of them in danger", checked, hidden)
	}
	t.Logf("%d groups checked, %d in danger and hidden", checked, hidden)
}

// turnover says by the people themselves whether a group may be shown in the later of
// two rounds (methods.md 8.6).
func (w *attacked) turnover(before, round int, g Group) bool {
	changed, invited, answered, then := 0, 0, 0, [2]int{}
	for i, p := range w.people[round] {
		now := !w.gone[round][i] && g.holds(p.Process, p.Role, p.Unit)
		was := false
		if i < len(w.people[before]) && !w.gone[before][i] {
			old := w.people[before][i]
			if was = g.holds(old.Process, old.Role, old.Unit); was {
				then[0]++
			}
			if old.answered && g.holds(old.stated.Process, old.stated.Role, old.stated.Unit) {
				then[1]++
			}
		}
		if now != was {
			changed++
		}
		if now {
			invited++
		}
		if p.answered && g.holds(p.stated.Process, p.stated.Role, p.stated.Unit) {
			answered++
		}
	}
	return changed == 0 || changed >= attackK || max(invited-answered, then[0]-then[1]) >= attackK
}
