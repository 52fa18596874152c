package tally

import (
	"math"
	"slices"
	"strings"
	"testing"

	"pulscheck/survey/ballot"
)

// condition is a linear one: low <= Σ factor·x <= high.
type condition struct {
	at        []int
	factor    []int
	low, high int
}

// puzzle is what somebody knows of the answers: how many people of each atom gave
// each answer is a variable between two ends.
type puzzle struct {
	sums      []condition
	low, high []int
	nodes     int // left until the search gives up
}

// solve says whether there is a solution; sure is false if it gave up.
func (p *puzzle) solve(low, high []int) (possible, sure bool) {
	if p.nodes--; p.nodes < 0 {
		return true, false
	}
	low, high = slices.Clone(low), slices.Clone(high)
	if !p.narrow(low, high) {
		return false, true
	}
	widest := -1
	for v := range low {
		if low[v] < high[v] && (widest < 0 || high[v]-low[v] > high[widest]-low[widest]) {
			widest = v
		}
	}
	if widest < 0 {
		return true, true
	}
	top, middle := high[widest], (low[widest]+high[widest])/2
	high[widest] = middle
	if possible, sure = p.solve(low, high); possible {
		return possible, sure
	}
	low[widest], high[widest] = middle+1, top
	return p.solve(low, high)
}

// narrow tightens the ends by every condition until nothing changes; false if one
// cannot hold.
func (p *puzzle) narrow(low, high []int) bool {
	for changed := true; changed; {
		changed = false
		for _, s := range p.sums {
			least, most := 0, 0
			for i, v := range s.at {
				least, most = least+s.factor[i]*low[v], most+s.factor[i]*high[v]
			}
			if least > s.high || most < s.low {
				return false
			}
			for i, v := range s.at {
				f := s.factor[i] // above 0; what the others leave for this one:
				top := floorDiv(s.high-least+f*low[v], f)
				bottom := -floorDiv(most-f*high[v]-s.low, f)
				if top < low[v] || bottom > high[v] {
					return false
				}
				if top < high[v] || bottom > low[v] {
					least, most = least+f*(max(low[v], bottom)-low[v]), most+f*(min(high[v], top)-high[v])
					high[v], low[v] = min(high[v], top), max(low[v], bottom)
					changed = true
				}
			}
		}
	}
	return true
}

func floorDiv(a, b int) int { return int(math.Floor(float64(a) / float64(b))) }

// view is one way of looking at a question: the reader's, or that of somebody with
// the database.
type view struct {
	w          *attacked
	round      int
	key        string
	categories int
	atoms      []ballot.Attributes
	people     []int
	truth      [][]int // by atom and category
	puzzle     puzzle
}

func (w *attacked) view(round int, key string) *view {
	v := &view{w: w, round: round, key: key, categories: 5}
	if key == "QW" {
		v.categories = 2
	}
	v.atoms, v.people = w.cells(round, key)
	v.truth = make([][]int, len(v.atoms))
	for a := range v.atoms {
		v.truth[a] = make([]int, v.categories)
		var at, ones []int
		for c := range v.categories {
			v.puzzle.low, v.puzzle.high = append(v.puzzle.low, 0), append(v.puzzle.high, v.people[a])
			at, ones = append(at, a*v.categories+c), append(ones, 1)
		}
		v.puzzle.sums = append(v.puzzle.sums, condition{at, ones, v.people[a], v.people[a]})
	}
	for _, p := range w.people[round] {
		if a := slices.Index(v.atoms, p.stated); p.answered && p.values[key] > 0 {
			v.truth[a][p.values[key]-1]++
		}
	}
	return v
}

// favourable categories are the upper two of five, the upper one of two.
func (v *view) favourable() []int {
	if v.categories == 2 {
		return []int{0, 1}
	}
	return []int{0, 0, 0, 1, 1}
}

// know adds a condition on a group: factor by category.
func (v *view) know(row []int64, factor []int, low, high int) {
	s := condition{low: low, high: high}
	for a, in := range row {
		for c, f := range factor {
			if in != 0 && f != 0 {
				s.at, s.factor = append(s.at, a*v.categories+c), append(s.factor, f)
			}
		}
	}
	v.puzzle.sums = append(v.puzzle.sums, s)
}

func (v *view) size(row []int64) (n, favourable int) {
	for a, in := range row {
		if in != 0 {
			n += v.people[a]
			for c, f := range v.favourable() {
				favourable += f * v.truth[a][c]
			}
		}
	}
	return n, favourable
}

// readShare reads a displayed percentage: all counts that would be displayed so.
func readShare(percent, n int) (low, high int) {
	step := 5
	if n >= 100 {
		step = 1
	}
	low = n + 1
	for x := range n + 1 {
		if step*int(math.Floor(100*float64(x)/float64(n)/float64(step)+0.5)) == percent {
			low, high = min(low, x), x
		}
	}
	return low, high
}

// read takes in what one group displays of the question.
func (v *view) read(g Group, i ItemResult) {
	row := v.w.row(v.round, g, v.atoms)
	n, _ := v.size(row)
	b := min(attackK-1, max(1, (n+9)/10))
	band := func(favourable []int) {
		switch {
		case strings.HasPrefix(i.Band, ">="):
			v.know(row, favourable, n-b, n)
		case i.Band != "":
			v.know(row, favourable, 0, b)
		default: // no band says something too
			v.know(row, favourable, b+1, n-b-1)
		}
	}
	if i.Band == "" && i.Favourable == nil {
		return
	}
	band(v.favourable())
	percentages := func(shown *int, factor []int) {
		if shown != nil {
			low, high := readShare(*shown, n)
			v.know(row, factor, low, high)
		}
	}
	percentages(i.Favourable, v.favourable())
	if v.categories == 2 {
		return
	}
	percentages(i.Neutral, []int{0, 0, 1, 0, 0})
	percentages(i.Unfavourable, []int{1, 1, 0, 0, 0})
	for c, shown := range i.Distribution {
		one := make([]int, 5)
		one[c] = 1
		percentages(&shown, one)
	}
	steps := []int{0, 1, 2, 3, 4}        // a quarter of the index each
	between := func(low, high float64) { // low <= mean steps < high
		v.know(row, steps, int(math.Ceil(low*float64(n)-1e-9)), int(math.Ceil(high*float64(n)-1e-9))-1)
	}
	if i.Index != nil {
		between((float64(*i.Index)-0.5)/25, (float64(*i.Index)+0.5)/25)
	}
	if i.Mean != nil {
		between(*i.Mean-0.05-1, *i.Mean+0.05-1)
	}
}

// provable lists the groups of one mind of which somebody with this view can prove it.
func (v *view) provable(groups []Group) (unanimous, proven, unsure int) {
	for _, g := range groups {
		row := v.w.row(v.round, g, v.atoms)
		n, f := v.size(row)
		if n == 0 || f != 0 && f != n {
			continue
		}
		unanimous++
		other := *v
		other.puzzle.sums = slices.Clone(v.puzzle.sums)
		if f == n { // can anything else be?
			other.know(row, v.favourable(), 0, n-1)
		} else {
			other.know(row, v.favourable(), 1, n)
		}
		other.puzzle.nodes = 3000
		switch possible, sure := other.puzzle.solve(v.puzzle.low, v.puzzle.high); {
		case !sure:
			unsure++
		case !possible:
			proven++
		}
	}
	return unanimous, proven, unsure
}

// TestAttackerProvesNobodyUnanimous solves, for every question, what all displayed
// values of a round say together about whole people, and once more with the exact
// counts that are kept. The worlds are harsh: tiny groups, half of them of one mind.
// The bounds of the reader guard are no full solver (methods.md 8.8): the count is
// reported, and must stay a very small part.
func TestAttackerProvesNobodyUnanimous(t *testing.T) {
	type tally struct{ unanimous, proven, unsure int }
	var bands, shown, kept tally
	add := func(to *tally, v *view, groups []Group) {
		u, p, s := v.provable(groups)
		to.unanimous, to.proven, to.unsure = to.unanimous+u, to.proven+p, to.unsure+s
	}
	for seed := range uint64(80) {
		w := attackWorld(seed)
		for round := range w.out {
			e := &w.out[round]
			for _, key := range []string{"A1", "W1", "QW"} {
				var groups []Group
				for _, g := range e.Results.Groups {
					groups = append(groups, g.Group)
				}
				reader, owner := w.view(round, key), w.view(round, key)
				for _, g := range e.Results.Groups {
					for _, i := range g.Items {
						if i.Key == key {
							reader.read(g.Group, i)
							owner.read(g.Group, i)
						}
					}
				}
				owner.open(e)
				add(&shown, reader, groups)
				add(&kept, owner, groups)
				add(&bands, w.unguarded(round, key), groups)
			}
		}
	}
	t.Logf("of %d groups of one mind provable: bands alone %d (%d not decided), displayed %d (%d), displayed and kept %d (%d)",
		shown.unanimous, bands.proven, bands.unsure, shown.proven, shown.unsure, kept.proven, kept.unsure)
	if shown.unanimous < 1000 || bands.proven < 100 {
		t.Errorf("%d groups of one mind, %d provable without the guard: too few to tell", shown.unanimous, bands.proven)
	}
	if 200*shown.proven > shown.unanimous || 100*kept.proven > kept.unanimous {
		t.Errorf("provable with the guard: %d displayed, %d kept", shown.proven, kept.proven)
	}
}

// open takes in the exact counts that the database keeps of the question, under any name.
func (v *view) open(e *Earlier) {
	for _, g := range e.Kept.Groups {
		row := v.w.row(v.round, g.Group, v.atoms)
		exact := func(c, n int) {
			one := make([]int, v.categories)
			one[c] = 1
			v.know(row, one, n, n)
		}
		for _, i := range g.Items {
			for c, n := range i.Counts {
				if i.Key == v.key {
					exact(c, n)
				}
			}
		}
		for _, one := range g.Constructs {
			for at, score := range one.Scores {
				if one.Key == "LOAD" && v.key == "W1" {
					exact(int(score)-1, one.Counts[at])
				}
			}
		}
	}
}

// unguarded is the view of a reader of the same groups if there were bands only.
func (w *attacked) unguarded(round int, key string) *view {
	v := w.view(round, key)
	for _, g := range w.out[round].Results.Groups {
		row := w.row(round, g.Group, v.atoms)
		n, f := v.size(row)
		if g.State == Protected || n < attackK {
			continue
		}
		b := min(attackK-1, max(1, (n+9)/10))
		i := ItemResult{}
		switch {
		case f >= n-b:
			i.Band = ">="
		case f <= b:
			i.Band = "<="
		default:
			i.Favourable = new(5 * int(math.Floor(100*float64(f)/float64(n)/5+0.5)))
			steps := 0
			for a, in := range row {
				for c := range v.categories {
					steps += int(in) * c * v.truth[a][c]
				}
			}
			if v.categories == 5 {
				i.Index = new(int(math.Floor(25*float64(steps)/float64(n) + 0.5)))
			}
		}
		v.read(g.Group, i)
	}
	return v
}
