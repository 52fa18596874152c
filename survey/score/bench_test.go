package score

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

// answersOf gives n answers to a question of five values, around a level.
func answersOf(n int, level float64) Histogram {
	random := rand.New(rand.NewPCG(uint64(n), 1))
	h := Histogram{Values: []float64{1, 2, 3, 4, 5}, Counts: make([]int, 5)}
	for range n {
		h.Counts[min(4, max(0, int(level+random.NormFloat64())))]++
	}
	return h
}

var sink any

// BenchmarkOfHistograms shows that these statistics cost the same for any number of
// answers.
func BenchmarkOfHistograms(b *testing.B) {
	for _, n := range []int{100, 10_000, 1_000_000} {
		x, y, z := answersOf(n, 2.4), answersOf(n+1, 2.6), answersOf(n+2, 2.8)
		for _, s := range []struct {
			name string
			of   func() any
		}{
			{"mean and interval", func() any { return x.Interval(2 * n) }},
			{"Wilson", func() any { return Wilson(x.Counts[4], n, 2*n) }},
			{"Welch", func() any { return Welch(x, y, 0, 0) }},
			{"Mann-Whitney", func() any { return MannWhitney(x, y) }},
			{"Brunner-Munzel", func() any { return BrunnerMunzel(x, y) }},
			{"comparison", func() any { return Compare(x, y) }},
			{"Jonckheere-Terpstra", func() any { return Jonckheere([]Histogram{x, y, z}) }},
			{"linear contrast", func() any { return Slope([]Histogram{x, y, z}, []float64{1, 2, 3}) }},
		} {
			b.Run(fmt.Sprint(s.name, "/", n), func(b *testing.B) {
				for b.Loop() {
					sink = s.of()
				}
			})
		}
	}
}

// BenchmarkOfPeople measures what needs whole answer sheets and grows with them.
func BenchmarkOfPeople(b *testing.B) {
	for _, n := range []int{100, 10_000, 1_000_000} {
		random := rand.New(rand.NewPCG(uint64(n), 2))
		rows, columns := make([][]float64, n), make([][]float64, 12)
		outcome := make([]float64, n)
		for i := range rows {
			mood := random.NormFloat64()
			value := func() float64 { return float64(min(5, max(1, int(3+mood+random.NormFloat64())))) }
			rows[i] = []float64{value(), value(), value(), value()}
			for j := range columns {
				columns[j] = append(columns[j], value())
			}
			outcome[i] = value()
		}
		for _, s := range []struct {
			name string
			of   func() any
		}{
			{"alpha", func() any { return Alpha(rows) }},
			{"item quality", func() any { return ItemQualities(rows) }},
			{"omega", func() any { return Omega(rows) }},
			{"Spearman", func() any { return Spearman(columns[0], outcome) }},
			{"Kendall", func() any { return Kendall(columns[0], outcome) }},
			{"relative weights", func() any { return RelativeWeights(columns, outcome) }},
		} {
			b.Run(fmt.Sprint(s.name, "/", n), func(b *testing.B) {
				for b.Loop() {
					sink = s.of()
				}
			})
		}
	}
}
