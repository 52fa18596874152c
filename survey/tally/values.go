package tally

import (
	"maps"
	"slices"

	"pulscheck/survey/protect"
	"pulscheck/survey/score"
)

// values holds, for one question or construct, the counts of every group and what
// of them may be shown (1) and kept exactly (2).
type values struct {
	cells map[string]cell // by group key, hidden parts included
	shown map[string]bool
	exact map[string]bool
}

// itemValues decides one question: ledger, bands, reader guard, reader guard with
// exact values.
func (c *Counter) itemValues(g *groups, t *table, i int, who release) values {
	v := values{cells: g.sums(t.items[i]), shown: c.releaseValues(g, t.items[i], who)}
	it := c.items[i]
	reader := protect.Reader{K: c.in.K, Partitions: g.guarded(), UseIndex: !it.yesno, Step: 100 / float64(it.scale.Hi-it.scale.Lo)}
	reader.Lowest, reader.Highest = boundary(it.scale)
	for value := it.scale.Lo; value <= it.scale.Hi; value++ {
		reader.Values = append(reader.Values, it.scale.Index(float64(value)))
	}
	v.guard(g, reader, it.scale)
	return v
}

// boundary gives the smallest favourable and the largest other index of a scale.
func boundary(s score.Scale) (lowest, highest float64) {
	for v := s.Lo; v <= s.Hi; v++ {
		if index := s.Index(float64(v)); score.Favourable(index) {
			return index, highest
		} else {
			highest = index
		}
	}
	return 100, highest
}

// constructIndex is the boundary of construct scores, which lie as dense as one likes.
const constructIndex = 75

// constructValues decides one construct: a group shows it only if it shows all its
// items too.
func (c *Counter) constructValues(g *groups, t *table, s int, who release, items []values) values {
	v := values{cells: g.sums(t.constructs[s]), shown: c.releaseValues(g, t.constructs[s], who)}
	for key := range maps.Clone(v.shown) {
		for _, i := range c.scores[s].items {
			if !items[i].shown[key] {
				delete(v.shown, key)
			}
		}
	}
	reader := protect.Reader{K: c.in.K, Partitions: g.guarded(), UseIndex: true, Lowest: constructIndex, Highest: constructIndex}
	v.guard(g, reader, c.scores[s].scale)
	if only := c.scores[s].items; len(only) == 1 { // the same answers under another name
		maps.DeleteFunc(v.exact, func(key string, _ bool) bool { return !items[only[0]].exact[key] })
	}
	return v
}

// guard withholds what would let a reader compute a banded or withheld group back,
// and keeps rounded only what would let somebody do so who has what is kept.
func (v *values) guard(g *groups, reader protect.Reader, s score.Scale) {
	var cells []protect.Cell
	for _, key := range slices.Sorted(maps.Keys(v.cells)) {
		one := guardCell(v.cells[key].indexed(s), reader.Values)
		one.Key, one.Level, one.Shown = key, g.byKey[key].level, v.shown[key]
		cells = append(cells, one)
	}
	v.shown, v.exact = map[string]bool{}, map[string]bool{}
	for _, one := range reader.GuardExact(reader.Guard(cells)) {
		if one.Shown {
			v.shown[one.Key] = true
		}
		if one.Exact {
			v.exact[one.Key] = true
		}
	}
}

// guardCell gives the counts of a histogram of indices in the order of all values.
func guardCell(h score.Histogram, values []float64) protect.Cell {
	one := protect.Cell{N: h.N(), Favourable: favourable(h), Counts: make([]int, len(values))}
	if one.N > 0 {
		one.Index = h.Mean()
	}
	for i, v := range h.Values {
		if at := slices.Index(values, v); at >= 0 {
			one.Counts[at] = h.Counts[i]
		}
	}
	return one
}

// sums adds the atoms of a column up to groups.
func (g *groups) sums(column []cell) map[string]cell {
	all := make(map[string]cell, len(g.byKey))
	for key, one := range g.byKey {
		all[key] = sum(column, one.atoms)
	}
	return all
}

// guarded gives the partitions in the form of the reader guard; one into nothing, as of
// people who state no process, tells nothing.
func (g *groups) guarded() []protect.Partition {
	var list []protect.Partition
	for _, p := range g.partitions {
		if len(p.parts) > 0 {
			list = append(list, protect.Partition{Parent: p.parent, Parts: p.parts})
		}
	}
	return list
}

// favourable counts the favourable answers of a histogram of indices.
func favourable(h score.Histogram) int { return countIf(h, score.Favourable) }

func countIf(h score.Histogram, in func(index float64) bool) int {
	n := 0
	for i, v := range h.Values {
		if in(v) {
			n += h.Counts[i]
		}
	}
	return n
}
