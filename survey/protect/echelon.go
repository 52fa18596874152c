package protect

import (
	"math/rand/v2"
	"slices"
)

// prime is the modulus of the audit, below 2^26. A dependency over the integers is
// one modulo the prime; a false one only withholds more.
const prime = 67108859

// echelon is a matrix in reduced row echelon form modulo the prime: every row has a
// one at its pivot, where all other rows have a zero.
type echelon struct {
	columns int
	rows    [][]uint64
	pivots  []int
}

func newEchelon(columns int) *echelon { return &echelon{columns: columns} }

// with gives the matrix with one more row; new is false if the row follows from the
// others. The receiver stays as it is.
func (e *echelon) with(row []uint64) (with *echelon, new bool) {
	reduced := make([]uint64, e.columns)
	copy(reduced, row)
	for i, p := range e.pivots {
		subtract(reduced, reduced[p], e.rows[i])
	}
	pivot := -1
	for c, v := range reduced {
		if v != 0 {
			pivot = c
			break
		}
	}
	if pivot < 0 {
		return e, false
	}
	scale(reduced, inverse(reduced[pivot]))
	with = &echelon{columns: e.columns, pivots: append(append([]int(nil), e.pivots...), pivot)}
	for _, r := range e.rows {
		other := r
		if r[pivot] != 0 {
			other = append([]uint64(nil), r...)
			subtract(other, r[pivot], reduced)
		}
		with.rows = append(with.rows, other)
	}
	with.rows = append(with.rows, reduced)
	return with, true
}

// nullVectors gives the columns of n random vectors of the null space:
// out[column][vector]. The seed is fixed, so that the same round is always decided
// alike; it is no secret.
func (e *echelon) nullVectors(n int) [][]uint64 {
	random := rand.New(rand.NewPCG(0x70756c73, 0x636865636b))
	out := make([][]uint64, e.columns)
	for c := range out {
		out[c] = make([]uint64, n)
	}
	free := make([]bool, e.columns)
	for c := range out {
		free[c] = !slices.Contains(e.pivots, c)
		for v := range n {
			if free[c] {
				out[c][v] = random.Uint64N(prime)
			}
		}
	}
	for i, p := range e.pivots {
		for c, v := range e.rows[i] {
			if free[c] {
				subtract(out[p], v, out[c])
			}
		}
	}
	return out
}

// subtract takes factor times other from v.
func subtract(v []uint64, factor uint64, other []uint64) {
	if factor == 0 {
		return
	}
	for i, o := range other {
		if o != 0 {
			v[i] = (v[i] + (prime-factor)*o) % prime
		}
	}
}

func scale(v []uint64, factor uint64) {
	for i := range v {
		v[i] = v[i] * factor % prime
	}
}

// inverse modulo the prime, by Fermat.
func inverse(a uint64) uint64 {
	result := uint64(1)
	for e := uint64(prime - 2); e > 0; e >>= 1 {
		if e&1 == 1 {
			result = result * a % prime
		}
		a = a * a % prime
	}
	return result
}
