package protect

import (
	"cmp"
	"math"
	"slices"
)

// Cell is one group of a question as the reader guard sees it.
type Cell struct {
	Key        string
	Level      int
	N          int     // valid answers
	Favourable int     // of them
	Index      float64 // true mean index, 0..100
	Counts     []int   // of each of Reader.Values
	Shown      bool
	Exact      bool // its exact counts may be kept
}

// Partition says that the parts do not overlap and together are the parent.
type Partition struct {
	Parent string
	Parts  []string
}

// Reader is somebody who knows all displayed values of a question, how many people
// belong to which group, and arithmetic.
type Reader struct {
	K               int
	Partitions      []Partition
	Lowest, Highest float64   // smallest favourable and largest other index of the scale; 75 and 75 for constructs
	UseIndex        bool      // false if no index is displayed, as for yes/no
	Values          []float64 // indices that answers have, ascending; for GuardExact, none for constructs
	Step            float64   // between two answers of the scale
}

// bounds is what the reader knows of a cell: least and most favourable answers, least
// and largest sum of indices.
type bounds struct{ lowF, highF, lowS, highS float64 }

// Guard withholds shown cells until the reader can prove no group to be closer to
// unanimity than its band says (methods.md 8.5): one at a time, the first whose loss
// cures the first hazard, else the first of all. Every other cell stays. If the parts
// of a partition are no cells or do not add up to it, nothing is shown.
func (r Reader) Guard(cells []Cell) []Cell {
	cells, m := r.sorted(cells)
	if !m.fits(cells) { // what cannot be modelled cannot be shown
		for i := range cells {
			cells[i].Shown = false
		}
		return cells
	}
	for {
		at := m.firstHazard(cells, m.conclude(cells))
		if at < 0 {
			return cells
		}
		candidates := m.candidates(cells, at)
		if len(candidates) == 0 {
			return cells // nothing is published that could be taken back
		}
		pick := candidates[0]
		for _, c := range candidates {
			cells[c].Shown = false
			cured := !m.hazard(cells, m.conclude(cells), at)
			cells[c].Shown = true
			if cured {
				pick = c
				break
			}
		}
		cells[pick].Shown = false
	}
}

// sorted gives a copy of the cells in order of their keys, and the reader's model.
func (r Reader) sorted(cells []Cell) ([]Cell, model) {
	cells = slices.Clone(cells)
	slices.SortFunc(cells, func(a, b Cell) int { return cmp.Compare(a.Key, b.Key) })
	return cells, r.model(cells)
}

// candidates lists the shown cells in the order in which they are taken back: deepest
// level, fewest people, key; the cell in hazard itself only if there is no other.
func (m model) candidates(cells []Cell, hazard int) []int {
	var list []int
	for i := range cells {
		if cells[i].Shown && i != hazard {
			list = append(list, i)
		}
	}
	if len(list) == 0 && cells[hazard].Shown {
		list = []int{hazard}
	}
	slices.SortStableFunc(list, func(a, b int) int {
		return cmp.Or(cmp.Compare(cells[b].Level, cells[a].Level), cmp.Compare(cells[a].N, cells[b].N))
	})
	return list
}

// model is a reader with the partitions as positions.
type model struct {
	Reader
	partitions []positions
}

type positions struct {
	parent int
	parts  []int
}

// unknown is the position of a part that is no cell.
const unknown = -1

func (r Reader) model(cells []Cell) model {
	index := map[string]int{}
	for i, c := range cells {
		index[c.Key] = i
	}
	at := func(key string) int {
		if i, known := index[key]; known {
			return i
		}
		return unknown
	}
	m := model{Reader: r}
	for _, p := range r.Partitions {
		one := positions{parent: at(p.Parent)}
		for _, key := range p.Parts {
			one.parts = append(one.parts, at(key))
		}
		m.partitions = append(m.partitions, one)
	}
	return m
}

// fits says whether the parts of each partition are cells and add up to the parent.
// Else the bounds would contradict each other and hide what can be proven.
func (m model) fits(cells []Cell) bool {
	for _, p := range m.partitions {
		if p.parent == unknown || slices.Contains(p.parts, unknown) {
			return false
		}
		n, favourable := cells[p.parent].N, cells[p.parent].Favourable
		for _, i := range p.parts {
			n -= cells[i].N
			favourable -= cells[i].Favourable
		}
		if n != 0 || favourable != 0 {
			return false
		}
	}
	return true
}

// displayed is what the values shown of one cell say.
func (m model) displayed(c Cell) bounds {
	n, open := float64(c.N), bounds{0, float64(c.N), 0, 100 * float64(c.N)}
	b := float64(width(c.N, m.K))
	if !c.Shown || c.N == 0 {
		return open
	}
	switch BandOf(c.N, c.Favourable, m.K).Kind {
	case Top:
		return bounds{n - b, n, 0, 100 * n}
	case Bottom:
		return bounds{0, b, 0, 100 * n}
	}
	if c.Exact {
		f, s := float64(c.Favourable), c.Index*n
		return bounds{f, f, s, s}
	}
	share, half := float64(Share(c.Favourable, c.N)), float64(step(c.N))/2
	open.lowF = max(b+1, math.Ceil(n*(share-half)/100-rounding))
	open.highF = min(n-b-1, math.Ceil(n*(share+half)/100-rounding)-1)
	if m.UseIndex {
		i := float64(Index(c.Index))
		open.lowS, open.highS = max(0, i-0.5)*n, min(100, i+0.5)*n
	}
	return open
}

// maxRounds bounds the propagation; what is not concluded by then is not counted on.
const maxRounds = 200

// conclude propagates the bounds until nothing changes.
func (m model) conclude(cells []Cell) []bounds {
	known := make([]bounds, len(cells))
	for i, c := range cells {
		known[i] = m.displayed(c)
	}
	for range maxRounds {
		change := 0.0
		if m.UseIndex {
			for i, c := range cells {
				change = max(change, m.relate(c, &known[i]))
			}
		}
		for _, p := range m.partitions {
			change = max(change, p.narrow(func(i int) (*float64, *float64) { return &known[i].lowF, &known[i].highF }))
			change = max(change, p.narrow(func(i int) (*float64, *float64) { return &known[i].lowS, &known[i].highS }))
		}
		if change < rounding {
			break
		}
	}
	return known
}

// relate lets the sum of indices bound the favourable answers and the reverse.
func (m model) relate(c Cell, b *bounds) float64 {
	n := float64(c.N)
	return max(
		set(&b.highF, min(b.highF, math.Floor(b.highS/m.Lowest+rounding))),
		set(&b.lowF, max(b.lowF, math.Ceil((b.lowS-m.Highest*n)/(100-m.Highest)-rounding))),
		set(&b.lowS, max(b.lowS, m.Lowest*b.lowF)),
		set(&b.highS, min(b.highS, m.Highest*n+(100-m.Highest)*b.highF)))
}

// narrow applies parent = sum of the parts in both directions.
func (p positions) narrow(ends func(cell int) (low, high *float64)) float64 {
	low, high := 0.0, 0.0
	for _, i := range p.parts {
		l, h := ends(i)
		low, high = low+*l, high+*h
	}
	pl, ph := ends(p.parent)
	change := max(set(pl, max(*pl, low)), set(ph, min(*ph, high)))
	for _, i := range p.parts {
		l, h := ends(i)
		newLow, newHigh := max(*l, *pl-(high-*h)), min(*h, *ph-(low-*l))
		change = max(change, set(l, newLow), set(h, newHigh))
	}
	return change
}

// set assigns and gives how much that changed.
func set(to *float64, value float64) float64 {
	change := math.Abs(*to - value)
	*to = value
	return change
}

func (m model) firstHazard(cells []Cell, known []bounds) int {
	for i := range cells {
		if m.hazard(cells, known, i) {
			return i
		}
	}
	return -1
}

// hazard says that the reader knows more of a banded zone than the band says.
func (m model) hazard(cells []Cell, known []bounds, at int) bool {
	c := cells[at]
	kind := BandOf(c.N, c.Favourable, m.K).Kind
	if c.N < 1 || kind == NoBand {
		return false
	}
	b, n := float64(width(c.N, m.K)), float64(c.N)
	low, high := 0.0, b
	if kind == Top {
		low, high = max(0, n-b), n
	}
	k := known[at]
	if k.lowF < low || k.highF > high {
		return false
	}
	tighter := k.highF < high
	if kind == Top {
		tighter = k.lowF > low
	}
	return tighter || b == 1 && k.lowF == k.highF
}
