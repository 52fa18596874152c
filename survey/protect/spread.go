package protect

import (
	"encoding/binary"
	"slices"
)

// entry is a value of a column that is not zero.
type entry struct {
	row   int
	value uint64
}

// class is a set of atoms that no combination of the rows tells apart: their columns
// are multiples of each other.
type class struct {
	weight int
	column []entry
}

// classes merges atoms and leaves out those without people or in no row.
func classes(atoms []class) []class {
	index := map[string]int{}
	var merged []class
	for _, a := range atoms {
		if a.weight == 0 || len(a.column) == 0 {
			continue
		}
		name := direction(a.column)
		if i, known := index[name]; known {
			merged[i].weight += a.weight
			continue
		}
		index[name] = len(merged)
		merged = append(merged, a)
	}
	return merged
}

// direction names a column up to a factor.
func direction(column []entry) string {
	b := make([]byte, 0, 8*len(column))
	factor := uint64(1)
	if first := column[0].value; first != 1 {
		factor = inverse(first)
	}
	for _, e := range column {
		b = binary.LittleEndian.AppendUint32(b, uint32(e.row))
		b = binary.LittleEndian.AppendUint32(b, uint32(e.value*factor%prime)) // below the prime
	}
	return string(b)
}

// doubtful leaves out the classes that no combination carried by fewer than k people
// can touch, and the combinations that touch them; rows is how many independent
// combinations there are. Nothing left means that the rows are safe.
func doubtful(list []class, rows, k int) ([]class, int) {
	for rows > 0 {
		spread, found := spreadOut(list, rows, k)
		if !found {
			return list, rows
		}
		list, rows = spread.rest(list), len(spread.zero)
	}
	return nil, 0
}

// spreadOut gives the span of all classes that k sets of people, no two of which
// share anybody, span. A combination that is not zero on such a class is not zero on
// somebody of each set, hence on at least k people. The sets are packed greedily,
// which finds most such classes; the others remain to be searched.
func spreadOut(list []class, rows, k int) (span *flat, found bool) {
	sets := make([]*flat, k)
	for i := range sets {
		sets[i] = newFlat(rows)
	}
	for _, c := range list {
		left := c.weight
		for _, s := range sets {
			if left > 0 && s.add(c.column) {
				left--
			}
		}
	}
	span = newFlat(rows)
	for _, c := range list {
		if !slices.ContainsFunc(sets, func(s *flat) bool { return !s.contains(c.column) }) {
			span.add(c.column)
			found = true
		}
	}
	return span, found
}

// flat is the span of some columns, told by the combinations of rows that are zero on
// all of them. A combination lists the factor of each row.
type flat struct {
	zero   [][]uint64
	values []uint64 // reused
}

// newFlat is the span of no column: every combination is zero on it.
func newFlat(rows int) *flat {
	f := &flat{zero: make([][]uint64, rows), values: make([]uint64, rows)}
	room := make([]uint64, rows*rows)
	for i := range f.zero {
		f.zero[i] = room[i*rows : (i+1)*rows]
		f.zero[i][i] = 1
	}
	return f
}

// contains says whether a column is in the span.
func (f *flat) contains(column []entry) bool {
	return !slices.ContainsFunc(f.zero, func(z []uint64) bool { return at(z, column) != 0 })
}

// add takes a column into the span; false if it was there already.
func (f *flat) add(column []entry) bool {
	pivot := -1
	for i, z := range f.zero {
		f.values[i] = at(z, column)
		if pivot < 0 && f.values[i] != 0 {
			pivot = i
		}
	}
	if pivot < 0 {
		return false
	}
	factor, gone := inverse(f.values[pivot]), f.zero[pivot]
	for i, z := range f.zero {
		if i != pivot {
			subtract(z, f.values[i]*factor%prime, gone)
		}
	}
	f.zero = slices.Delete(f.zero, pivot, pivot+1)
	return true
}

// rest gives the classes outside the span, as the combinations see them that are zero
// on it.
func (f *flat) rest(list []class) []class {
	rest := make([]class, len(list))
	for i, c := range list {
		rest[i].weight = c.weight
		for row, z := range f.zero {
			if v := at(z, c.column); v != 0 {
				rest[i].column = append(rest[i].column, entry{row, v})
			}
		}
	}
	return classes(rest)
}

// at is the value of a combination in a column.
func at(combination []uint64, column []entry) uint64 {
	sum := uint64(0)
	for _, e := range column {
		sum = (sum + combination[e.row]*e.value) % prime
	}
	return sum
}
