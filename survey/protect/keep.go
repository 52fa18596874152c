package protect

import (
	"cmp"
	"slices"
)

// GuardExact decides which shown cells may be kept with exact counts: all without a
// band but those from which somebody who knew them could prove what Guard hides.
// Those keep their displayed values only. With Values and Counts, what is kept is
// every count, and the reader reckons with all. What displayed values prove alone is
// no reason to keep less. Partitions must fit as for Guard.
//
// Unlike Guard it takes as few cells back for a hazard as it can, small and deep ones
// first, so that the whole round stays comparable with later ones wherever possible.
func (r Reader) GuardExact(cells []Cell) []Cell {
	cells, m := r.sorted(cells)
	conclude := m.conclude
	if len(m.Values) > 0 {
		conclude = m.owner().conclude
	}
	for i := range cells {
		cells[i].Exact = false
	}
	if !m.fits(cells) {
		return cells
	}
	displayed := conclude(cells)
	for i := range cells {
		c := &cells[i]
		c.Exact = c.Shown && c.N > 0 && BandOf(c.N, c.Favourable, r.K).Kind == NoBand
	}
	for {
		known, at := conclude(cells), -1
		for i := range cells {
			if m.hazard(cells, known, i) && !m.hazard(cells, displayed, i) {
				at = i
				break
			}
		}
		if at < 0 {
			return cells
		}
		k := keeper{m, conclude, cells, at}
		list := k.candidates()
		k.set(list, false)
		k.restore(list)
	}
}

// keeper gives exactness back to cells as long as a hazard stays cured.
type keeper struct {
	model
	conclude conclusion
	cells    []Cell
	hazardAt int
}

// candidates lists the exact cells in the order in which they get it back: the total,
// then shallow and large ones.
func (k keeper) candidates() []int {
	var list []int
	for i, c := range k.cells {
		if c.Exact {
			list = append(list, i)
		}
	}
	slices.SortStableFunc(list, func(a, b int) int {
		return cmp.Or(cmp.Compare(k.cells[a].Level, k.cells[b].Level), cmp.Compare(k.cells[b].N, k.cells[a].N))
	})
	return list
}

func (k keeper) set(list []int, exact bool) {
	for _, i := range list {
		k.cells[i].Exact = exact
	}
}

// restore gives back what it can of the list, in order, by halves.
func (k keeper) restore(list []int) {
	k.set(list, true)
	if !k.hazard(k.cells, k.conclude(k.cells), k.hazardAt) {
		return
	}
	k.set(list, false)
	if half := len(list) / 2; half > 0 {
		k.restore(list[:half])
		k.restore(list[half:])
	}
}
