package score

import (
	"math"
	"slices"
)

// Monotone is the test of Mann (1945) and Kendall for a series of means that rises
// or falls.
type Monotone struct {
	Points int
	S      int     // rising minus falling pairs
	Tau    float64 // S / number of pairs
	P      float64 // two-sided
	Exact  bool    // from all permutations, else normal with continuity correction
}

// Bounds of the Mann-Kendall test.
const (
	exactPoints    = 10 // up to here all permutations are counted
	tellablePoints = 5  // below, the smallest possible p is above 0.05 or close to it
)

// MannKendall tests the means of the rounds in order of time; NaN = no mean. nil with
// fewer than three.
func MannKendall(means []float64) *Monotone {
	y := slices.DeleteFunc(slices.Clone(means), math.IsNaN)
	n := len(y)
	if n < TrendRounds {
		return nil
	}
	m := &Monotone{Points: n}
	for i := range y {
		for _, later := range y[i+1:] {
			m.S += int(sign(later - y[i]))
		}
	}
	m.Tau = float64(m.S) / float64(n*(n-1)/2)
	ties := tieSizes(pointMasses(y))
	if m.Exact = len(ties) == n && n <= exactPoints; m.Exact {
		m.P = exactP(n, m.S)
		return m
	}
	variance := float64(n * (n - 1) * (2*n + 5))
	for _, t := range ties {
		variance -= t * (t - 1) * (2*t + 5)
	}
	m.P = 1
	if variance > 0 {
		s := float64(m.S)
		m.P = twoSided((s - sign(s)) / math.Sqrt(variance/18))
	}
	return m
}

// DirectionOnly says that there are too few points for p: rising or falling may be
// told, certainty not.
func (m *Monotone) DirectionOnly() bool { return m.Points < tellablePoints }

// pointMasses is a histogram of single values, not in order.
func pointMasses(values []float64) Histogram {
	counts := make([]int, len(values))
	for i := range counts {
		counts[i] = 1
	}
	return Histogram{Values: values, Counts: counts}
}

// exactP is the share of the permutations of n points whose |S| is at least as large.
func exactP(n, s int) float64 {
	inversions := []float64{1} // how many permutations have 0, 1, 2, ... inversions
	for i := 2; i <= n; i++ {
		next := make([]float64, len(inversions)+i-1)
		for shift := range i {
			for k, c := range inversions {
				next[k+shift] += c
			}
		}
		inversions = next
	}
	all, extreme := 0.0, 0.0
	for k, c := range inversions {
		all += c
		if d := n*(n-1)/2 - 2*k; max(d, -d) >= max(s, -s) {
			extreme += c
		}
	}
	return extreme / all
}
