package protect

import (
	"cmp"
	"slices"
)

// Outcome of a candidate.
type Outcome string

// The outcomes. To a reader the last two look the same.
const (
	Released          Outcome = "released"
	WithheldSmall     Outcome = "withheld_small"     // fewer than k people
	WithheldDerivable Outcome = "withheld_derivable" // with others it would isolate fewer than k
)

// Candidate is a group that may be published: a row of 0/1 over atoms, the finest
// cells of all attributes.
type Candidate struct {
	Key   string
	Level int   // 0 total, 1 one attribute, 2 two attributes
	Late  bool  // decided after all that are not
	Atoms []int // indices of the atoms in it, each once
}

// Decision is a candidate with its people and outcome.
type Decision struct {
	Candidate
	N       int
	Outcome Outcome
}

// Ledger remembers what was published. The invariant: every nonzero linear
// combination of published rows is carried by atoms with at least k people in total
// (minimum weight of the row space), so that sums, counts, means and squares of no
// combination isolate fewer. It looks at numbers of people, never at answers, so a
// refusal says nothing about them (simulatable auditing: Kenthapadi, Mishra and
// Nissim 2005).
type Ledger struct {
	k       int
	weights []int
	rows    *echelon // tells what follows from the published rows
	atoms   []class  // columns of the published rows that do not follow from others
	hidden  [][]uint64
}

// NewLedger starts an empty ledger over atoms with these numbers of people.
func NewLedger(k int, weights []int) *Ledger {
	atoms := make([]class, len(weights))
	for a, w := range weights {
		atoms[a].weight = w
	}
	return &Ledger{k: k, weights: weights, rows: newEchelon(len(weights)), atoms: atoms}
}

// Hide names a group that was withheld for another reason than its number of people,
// as by the roster guard: from now on nothing is published from which it would follow.
func (l *Ledger) Hide(atoms []int) {
	row := make([]uint64, len(l.weights))
	people := 0
	for _, a := range atoms {
		people += l.weights[a]
		row[a] = 1
	}
	if people > 0 {
		l.hidden = append(l.hidden, l.present(row))
	}
}

// Decide takes the candidates in the given order and releases those that keep the
// invariant.
func (l *Ledger) Decide(candidates []Candidate) []Decision {
	decisions := make([]Decision, len(candidates))
	for i, c := range candidates {
		row := make([]uint64, len(l.weights))
		d := Decision{Candidate: c, Outcome: WithheldSmall}
		for _, a := range c.Atoms {
			row[a] = 1
			d.N += l.weights[a]
		}
		if d.N >= l.k {
			d.Outcome = l.publish(row)
		}
		decisions[i] = d
	}
	return decisions
}

// present leaves out the atoms without people: they carry nobody.
func (l *Ledger) present(row []uint64) []uint64 {
	for a, w := range l.weights {
		if w == 0 {
			row[a] = 0
		}
	}
	return row
}

// publish adds a row if that keeps the invariant.
func (l *Ledger) publish(row []uint64) Outcome {
	with, new := l.rows.with(l.present(row))
	if !new { // derivable from what is published already
		return Released
	}
	for _, h := range l.hidden {
		if _, free := with.with(h); !free {
			return WithheldDerivable
		}
	}
	atoms := slices.Clone(l.atoms)
	for a, v := range row {
		if v %= prime; v != 0 {
			atoms[a].column = slices.Concat(atoms[a].column, []entry{{len(l.rows.rows), v}})
		}
	}
	if !isSafe(atoms, len(with.rows), l.k) {
		return WithheldDerivable
	}
	l.rows, l.atoms = with, atoms
	return Released
}

// Order sorts candidates as they are decided: those that are not late, then by
// level, groups with at least 4k people before smaller ones, among the smaller those
// that the previous round released first (steady trends), more people first, key.
func Order(k int, weights []int, candidates []Candidate, previous map[string]bool) []Candidate {
	n := map[string]int{}
	for _, c := range candidates {
		for _, a := range c.Atoms {
			n[c.Key] += weights[a]
		}
	}
	ordered := slices.Clone(candidates)
	slices.SortStableFunc(ordered, func(a, b Candidate) int {
		small := func(c Candidate) bool { return n[c.Key] < 4*k }
		return cmp.Or(
			order(a.Late, b.Late),
			cmp.Compare(a.Level, b.Level),
			order(small(a), small(b)),
			order(small(a) && !previous[a.Key], small(b) && !previous[b.Key]),
			cmp.Compare(n[b.Key], n[a.Key]),
			cmp.Compare(a.Key, b.Key),
		)
	})
	return ordered
}

// order puts false before true.
func order(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}
