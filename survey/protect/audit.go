package protect

import (
	"cmp"
	"encoding/binary"
	"slices"
)

// spare is how many random combinations beyond k stand for the null space.
const spare = 3

// maxNodes is where the search gives up, which counts as unsafe.
const maxNodes = 2_000_000

// block is a set of atoms that no published row separates.
type block struct {
	weight int
	column int // one of its atoms
	vector []uint64
}

// isSafe says whether no combination of the rows is carried by atoms with fewer than
// k people. Such a combination is exactly a set of blocks with a weight below k whose
// columns of the null-space basis depend on each other; they are searched for.
func isSafe(rows *echelon, weights []int, k int) bool {
	blocks := rows.blocks(weights)
	columns := make([]int, len(blocks))
	for i, b := range blocks {
		columns[i] = b.column
	}
	vectors := rows.nullVectors(columns, k+spare)
	var small []block
	for i, b := range blocks {
		if b.weight < k {
			b.vector = vectors[i]
			small = append(small, b)
		}
	}
	slices.SortStableFunc(small, func(a, b block) int { return cmp.Compare(a.weight, b.weight) })
	s := search{nodes: maxNodes}
	return !s.dependent(small, k-1)
}

// blocks merges atoms whose columns are equal. Pivots come first in their block, so
// that the block's column is the pivot.
func (e *echelon) blocks(weights []int) []block {
	pivot := map[int]bool{}
	for _, p := range e.pivots {
		pivot[p] = true
	}
	index := map[string]int{}
	var blocks []block
	for a, w := range weights {
		if w == 0 {
			continue
		}
		column := make([]uint64, len(e.rows))
		covered := false
		for r := range e.rows {
			column[r] = e.rows[r][a]
			covered = covered || column[r] != 0
		}
		if !covered {
			continue
		}
		name := text(column)
		i, known := index[name]
		if !known {
			i = len(blocks)
			index[name] = i
			blocks = append(blocks, block{column: a})
		}
		if pivot[a] {
			blocks[i].column = a
		}
		blocks[i].weight += w
	}
	return blocks
}

func text(v []uint64) string {
	b := make([]byte, 0, 4*len(v))
	for _, x := range v {
		b = binary.LittleEndian.AppendUint32(b, uint32(x)) //nolint:gosec // below the prime
	}
	return string(b)
}

// search looks for dependent sets of small blocks.
type search struct{ nodes int }

// dependent says whether some of the blocks, in order of weight and with a weight of
// at most budget, have dependent vectors, or whether it gave up.
func (s *search) dependent(blocks []block, budget int) bool {
	s.nodes--
	if s.nodes < 0 {
		return true
	}
	if len(blocks) == 0 || blocks[0].weight > budget {
		return false
	}
	if 3*blocks[0].weight > budget { // at most two more
		return dependentPair(blocks, budget)
	}
	for i, b := range blocks {
		if b.weight > budget {
			return false
		}
		p := slices.IndexFunc(b.vector, func(x uint64) bool { return x != 0 })
		if p < 0 {
			return true
		}
		if s.dependent(without(blocks[i+1:], b.vector, p, budget-b.weight), budget-b.weight) {
			return true
		}
	}
	return false
}

// without reduces the vectors of the blocks that still fit by v, whose entry p is
// not zero.
func without(blocks []block, v []uint64, p, budget int) []block {
	factor := inverse(v[p])
	fit := len(blocks)
	for fit > 0 && blocks[fit-1].weight > budget {
		fit--
	}
	reduced := make([]block, fit)
	room := make([]uint64, fit*len(v))
	for i, b := range blocks[:fit] {
		to := room[i*len(v) : (i+1)*len(v)]
		copy(to, b.vector)
		subtract(to, to[p]*factor%prime, v)
		reduced[i] = block{b.weight, b.column, to}
	}
	return reduced
}

// dependentPair finds a zero vector, or two that are multiples of each other, by
// comparing them scaled to a first entry of one.
func dependentPair(blocks []block, budget int) bool {
	lightest := make(map[string]int, len(blocks))
	for _, b := range blocks {
		if b.weight > budget {
			break
		}
		p := slices.IndexFunc(b.vector, func(x uint64) bool { return x != 0 })
		if p < 0 {
			return true
		}
		scaled := slices.Clone(b.vector)
		scale(scaled, inverse(b.vector[p]))
		name := text(scaled)
		if w, seen := lightest[name]; seen && w+b.weight <= budget {
			return true
		} else if !seen {
			lightest[name] = b.weight
		}
	}
	return false
}
