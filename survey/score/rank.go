package score

import (
	"math"
	"slices"
)

// RankSum is the test of Mann and Whitney (1947), corrected for ties and continuity.
type RankSum struct {
	U float64 // pairs in which the later answer is higher, ties half
	Z float64
	P float64 // two-sided, normal
}

// MannWhitney compares two samples by the ranks of their answers. If all answers are
// equal, z is 0 and p is 1. nil if a sample is empty.
func MannWhitney(earlier, later Histogram) *RankSum {
	n1, n2 := float64(earlier.N()), float64(later.N())
	if n1 == 0 || n2 == 0 {
		return nil
	}
	n, u, ties := n1+n2, pairs(earlier, later), 0.0
	for _, t := range tieSizes(earlier, later) {
		ties += t*t*t - t
	}
	variance := n1 * n2 / 12 * ((n + 1) - ties/(n*(n-1)))
	if variance <= 0 {
		return &RankSum{U: u, P: 1}
	}
	d := u - n1*n2/2
	z := (d - 0.5*sign(d)) / math.Sqrt(variance)
	return &RankSum{U: u, Z: z, P: twoSided(z)}
}

// Superiority is how probable it is that a random later answer is higher than a
// random earlier one, tested after Brunner and Munzel (2000) in the corrected form
// of Neubert and Brunner (2007).
type Superiority struct {
	Probability float64   // P(earlier < later) + P(equal)/2
	CI          *Interval // 95 %, within 0..1; nil where not defined
	T, DF       *float64  // nil where not defined
	P           *float64  // two-sided; nil for separated samples: then MannWhitney decides
}

// BrunnerMunzel compares two samples without assuming equal spread. nil if a sample
// is empty. With one answer in a sample, or placements without variance, only the
// probability is defined, and p = 1 if that is one half.
func BrunnerMunzel(earlier, later Histogram) *Superiority {
	n1, n2 := float64(earlier.N()), float64(later.N())
	if n1 == 0 || n2 == 0 {
		return nil
	}
	s := &Superiority{Probability: pairs(earlier, later) / (n1 * n2)}
	if n1 < 2 || n2 < 2 {
		return s
	}
	// A pooled rank minus the rank in the own sample is the placement among the others.
	sd1, sd2 := placements(earlier, later).SD(), placements(later, earlier).SD()
	a, b := n1*sd1*sd1, n2*sd2*sd2
	if a+b == 0 {
		if s.Probability == 0.5 {
			s.T, s.P = new(0.0), new(1.0)
		}
		return s
	}
	df := (a + b) * (a + b) / (a*a/(n1-1) + b*b/(n2-1))
	test := student(s.Probability-0.5, math.Sqrt(a+b)/(n1*n2), df)
	s.T, s.DF, s.P = &test.T, &test.DF, &test.P
	s.CI = &Interval{max(0, 0.5+test.CI.Low), min(1, 0.5+test.CI.High)}
	return s
}

// placements replaces each value by the number of answers among others that lie
// below it, equal ones half.
func placements(of, others Histogram) Histogram {
	placed := Histogram{Values: make([]float64, len(of.Values)), Counts: of.Counts}
	below, next := 0, 0
	for i, v := range of.Values {
		for next < len(others.Values) && others.Values[next] < v {
			below += others.Counts[next]
			next++
		}
		placed.Values[i] = float64(below)
		if next < len(others.Values) && others.Values[next] == v {
			placed.Values[i] += float64(others.Counts[next]) / 2
		}
	}
	return placed
}

// pairs counts the pairs in which the later answer is higher, ties half.
func pairs(earlier, later Histogram) float64 {
	sum := 0.0
	placed := placements(later, earlier)
	for i, v := range placed.Values {
		sum += v * float64(placed.Counts[i])
	}
	return sum
}

// tieSizes gives, for every value of the pooled samples in ascending order, how many
// answers share it.
func tieSizes(samples ...Histogram) []float64 {
	sizes := map[float64]float64{}
	var values []float64
	for _, h := range samples {
		for i, v := range h.Values {
			if sizes[v] == 0 && h.Counts[i] > 0 {
				values = append(values, v)
			}
			sizes[v] += float64(h.Counts[i])
		}
	}
	slices.Sort(values)
	ties := make([]float64, len(values))
	for i, v := range values {
		ties[i] = sizes[v]
	}
	return ties
}

func sign(v float64) float64 {
	switch {
	case v > 0:
		return 1
	case v < 0:
		return -1
	}
	return 0
}
