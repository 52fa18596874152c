package protect

import (
	"cmp"
	"slices"
)

// spare is how many random combinations beyond k stand for the null space.
const spare = 3

// maxVisits is where the search gives up, which counts as unsafe.
const maxVisits = 2_000_000

// block is a class whose people are fewer than k, with its column of the null space.
type block struct {
	weight int
	vector []uint64
}

// isSafe says whether no combination of the rows is carried by atoms with fewer than
// k people: none can be among the classes that are in doubt.
func isSafe(atoms []class, rows, k int) bool {
	list, rows := doubtful(classes(atoms), rows, k)
	if rows == 0 {
		return true
	}
	s := search{visits: maxVisits}
	return !s.isolated(list, rows, k)
}

// isolated says whether a combination of the rows is carried by classes with fewer
// than k people, or whether the search gave up. Such a combination is exactly a set
// of classes whose columns of the null-space basis depend on each other.
func (s *search) isolated(list []class, rows, k int) bool {
	matrix := newEchelon(len(list))
	for row := range rows {
		values := make([]uint64, len(list))
		for i, c := range list {
			for _, e := range c.column {
				if e.row == row {
					values[i] = e.value
				}
			}
		}
		matrix, _ = matrix.with(values)
	}
	var small []block
	for i, v := range matrix.nullVectors(k + spare) {
		if list[i].weight < k {
			small = append(small, block{list[i].weight, v})
		}
	}
	slices.SortStableFunc(small, func(a, b block) int { return cmp.Compare(a.weight, b.weight) })
	return s.dependent(small, k-1)
}

// search looks for dependent sets of small blocks.
type search struct {
	visits   int
	lightest map[ratio]int // reused
	at       []int
	inverses []uint64
}

// dependent says whether some of the blocks, in order of weight and with a weight of
// at most budget, have dependent vectors, or whether it gave up.
func (s *search) dependent(blocks []block, budget int) bool {
	s.visits -= len(blocks)
	if s.visits < 0 {
		return true
	}
	if len(blocks) == 0 || blocks[0].weight > budget {
		return false
	}
	if 3*blocks[0].weight > budget { // at most two more
		fit, _ := slices.BinarySearchFunc(blocks, budget+1, func(b block, w int) int { return cmp.Compare(b.weight, w) })
		return s.dependentPair(blocks[:fit], budget)
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
		reduced[i] = block{b.weight, to}
	}
	return reduced
}

// ratio stands for a vector up to a factor: where it begins, and the two entries
// that follow divided by the first. Multiples of each other are always equal; others
// hardly ever, and that only withholds.
type ratio struct {
	first         int
	second, third uint64
}

// dependentPair finds a zero vector, or two that are multiples of each other. Blocks
// ascend by weight, so the first of its kind is the lightest.
func (s *search) dependentPair(blocks []block, budget int) bool {
	if s.lightest == nil {
		s.lightest = map[ratio]int{}
	}
	clear(s.lightest)
	firsts, ok := s.firsts(blocks)
	if !ok {
		return true
	}
	for i, b := range blocks {
		r := ratio{first: firsts[i]}
		if r.first+1 < len(b.vector) {
			r.second = b.vector[r.first+1] * s.inverses[i] % prime
		}
		if r.first+2 < len(b.vector) {
			r.third = b.vector[r.first+2] * s.inverses[i] % prime
		}
		if w, seen := s.lightest[r]; !seen {
			s.lightest[r] = b.weight
		} else if w+b.weight <= budget {
			return true
		}
	}
	return false
}

// firsts gives the position of each vector's first entry that is not zero and keeps
// its inverse; ok is false if a vector is zero. One inversion serves all
// (Montgomery's trick).
func (s *search) firsts(blocks []block) (at []int, ok bool) {
	at = s.at[:0]
	s.inverses = s.inverses[:0]
	product := uint64(1)
	for _, b := range blocks {
		first := slices.IndexFunc(b.vector, func(x uint64) bool { return x != 0 })
		if first < 0 {
			return nil, false
		}
		at = append(at, first)
		s.inverses = append(s.inverses, product)
		product = product * b.vector[first] % prime
	}
	rest := inverse(product)
	for i := len(blocks) - 1; i >= 0; i-- {
		s.inverses[i] = s.inverses[i] * rest % prime
		rest = rest * blocks[i].vector[at[i]] % prime
	}
	s.at = at
	return at, true
}
