package tally

import (
	"math"
	"slices"

	"pulscheck/survey/score"
)

// cell counts the answers to one question, or the scores of one construct, of the
// people with the same attributes or of a group of them.
type cell struct {
	counts    map[float64]int // by value on the scale
	cannotSay int
	none      int
}

func newCell() cell { return cell{counts: map[float64]int{}} }

func (c *cell) add(o cell) {
	for v, n := range o.counts {
		c.counts[v] += n
	}
	c.cannotSay += o.cannotSay
	c.none += o.none
}

// n is the number of people with a valid answer.
func (c cell) n() int {
	n := 0
	for _, m := range c.counts {
		n += m
	}
	return n
}

// histogram gives the counts on the scale of the values, ascending.
func (c cell) histogram() score.Histogram {
	h := score.Histogram{}
	for v := range c.counts {
		h.Values = append(h.Values, v)
	}
	slices.Sort(h.Values)
	for _, v := range h.Values {
		h.Counts = append(h.Counts, c.counts[v])
	}
	return h
}

// indexed gives the same counts as indices 0..100.
func (c cell) indexed(s score.Scale) score.Histogram {
	h := c.histogram()
	for i, v := range h.Values {
		h.Values[i] = s.Index(v)
	}
	return h
}

// table holds the cells of all atoms: for every question and construct, and how
// many people of the atom gave any valid answer.
type table struct {
	ballots     []int // by atom
	respondents []int
	items       [][]cell // by item and atom
	constructs  [][]cell
	complete    [][][]float64 // by construct: people who answered every item of it
}

func (c *Counter) table() *table {
	t := &table{
		ballots: make([]int, len(c.atoms)), respondents: make([]int, len(c.atoms)),
		items: cells(len(c.items), len(c.atoms)), constructs: cells(len(c.scores), len(c.atoms)),
		complete: make([][][]float64, len(c.scores)),
	}
	for b, atom := range c.atomOf {
		row := c.row(b)
		t.ballots[atom]++
		if slices.ContainsFunc(row, func(v int8) bool { return v >= 0 }) {
			t.respondents[atom]++
		}
		for i, v := range row {
			t.items[i][atom].count(c.items[i].scale, v)
		}
		for s := range c.scores {
			c.scoreRow(t, s, int(atom), row)
		}
	}
	return t
}

func cells(rows, columns int) [][]cell {
	all := make([][]cell, rows)
	for r := range all {
		all[r] = make([]cell, columns)
		for i := range all[r] {
			all[r][i] = newCell()
		}
	}
	return all
}

func (c *cell) count(s score.Scale, v int8) {
	switch v {
	case CannotSay:
		c.cannotSay++
	case NotAnswered:
		c.none++
	default:
		c.counts[float64(s.Lo+int(v))]++
	}
}

// scoreRow counts the construct score of one person.
func (c *Counter) scoreRow(t *table, s, atom int, row []int8) {
	con := c.scores[s]
	values := c.values(con, row)
	if !slices.ContainsFunc(values, math.IsNaN) {
		t.complete[s] = append(t.complete[s], values)
	}
	if v, ok := score.Construct(values); ok {
		t.constructs[s][atom].counts[v]++
	} else {
		t.constructs[s][atom].none++
	}
}

// values gives a person's scored answers to the items of a construct, NaN without one;
// on the scale of the items if they share it, else as indices.
func (c *Counter) values(con construct, row []int8) []float64 {
	values := make([]float64, len(con.items))
	for j, i := range con.items {
		values[j] = math.NaN()
		if row[i] < 0 {
			continue
		}
		values[j] = float64(c.items[i].scale.Lo) + float64(row[i])
		if !con.shared {
			values[j] = c.items[i].scale.Index(values[j])
		}
	}
	return values
}

// sum adds up the cells of some atoms.
func sum(column []cell, atoms []int) cell {
	all := newCell()
	for _, a := range atoms {
		all.add(column[a])
	}
	return all
}
