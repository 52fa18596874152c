package score

import (
	"math"
	"slices"
)

// Trend is the test of Jonckheere (1954) and Terpstra (1952) for answers that rise
// or fall over the rounds, with the tie correction in Lehmann, Nonparametrics. It
// equals Kendall's test of answer against number of the round.
type Trend struct {
	J                  float64 // pairs in which the answer of the later round is higher, ties half
	Expected, Variance float64 // of J if nothing changed
	Z                  float64
	P                  float64 // two-sided, normal
}

// Jonckheere tests the rounds in order of time; empty ones are left out. All answers
// equal: z is 0 and p is 1. nil with fewer than two rounds.
func Jonckheere(rounds []Histogram) *Trend {
	rounds = answered(rounds)
	if len(rounds) < 2 {
		return nil
	}
	t := &Trend{P: 1}
	var sizes []float64
	total, squares := 0.0, 0.0
	for i, h := range rounds {
		n := float64(h.N())
		sizes = append(sizes, n)
		total += n
		squares += n * n
		for _, later := range rounds[i+1:] {
			t.J += pairs(h, later)
		}
	}
	t.Expected = (total*total - squares) / 4
	t.Variance = concordance(total, sizes, tieSizes(rounds...))
	if t.Variance > tolerance {
		t.Z = (t.J - t.Expected) / math.Sqrt(t.Variance)
		t.P = twoSided(t.Z)
	}
	return t
}

// concordance is the variance of the number of ordered pairs of n observations with
// ties of sizes x in one variable and y in the other (Kendall; Lehmann).
func concordance(n float64, x, y []float64) float64 {
	var x2, x3, x5, y2, y3, y5 float64
	for _, t := range x {
		x2, x3, x5 = x2+t*(t-1), x3+t*(t-1)*(t-2), x5+t*(t-1)*(2*t+5)
	}
	for _, t := range y {
		y2, y3, y5 = y2+t*(t-1), y3+t*(t-1)*(t-2), y5+t*(t-1)*(2*t+5)
	}
	v := (n*(n-1)*(2*n+5)-x5-y5)/72 + x2*y2/(8*n*(n-1))
	if n > 2 {
		v += x3 * y3 / (36 * n * (n - 1) * (n - 2))
	}
	return v
}

func answered(rounds []Histogram) []Histogram {
	var list []Histogram
	for _, h := range rounds {
		if h.N() > 0 {
			list = append(list, h)
		}
	}
	return list
}

// TrendRounds is the number of rounds from which there is a trend.
const TrendRounds = 3

// TrendTestable says that there are three rounds and each has the ten answers that
// the words of a trend need.
func TrendTestable(rounds []Histogram) bool {
	for _, h := range rounds {
		if h.N() < comparable {
			return false
		}
	}
	return len(rounds) >= TrendRounds
}

// Directions of a trend.
const (
	Up      = "up"
	Down    = "down"
	NoTrend = "none"
)

// Direction is the word of a trend whose p was adjusted for all constructs by Holm.
func (t *Trend) Direction(adjusted float64) string {
	switch {
	case t == nil || !(adjusted < clearlyBelow):
		return NoTrend
	case t.Z > 0:
		return Up
	}
	return Down
}

// Setbacks gives the steps (0 = from the first to the second round) whose verdict
// goes clearly or probably against the direction of the trend: dips and relapses.
func Setbacks(direction string, verdicts []string) []int {
	against := map[string][]string{Up: {ClearlyWorse, ProbablyWorse}, Down: {ClearlyBetter, ProbablyBetter}}[direction]
	var steps []int
	for i, v := range verdicts {
		if slices.Contains(against, v) {
			steps = append(steps, i)
		}
	}
	return steps
}

// Line is the straight line through the means of the rounds.
type Line struct {
	Slope float64  // change per unit of time, on the scale of the answers
	Test  *Student // of Slope; nil without variance within the rounds
}

// Slope fits the means of at least three rounds against their times by a linear
// contrast, every round with its own variance (Satterthwaite). nil with fewer rounds,
// fewer than two answers in one of them, or all at one time.
func Slope(rounds []Histogram, at []float64) *Line {
	if len(rounds) < TrendRounds || len(at) != len(rounds) {
		return nil
	}
	centre := 0.0
	for _, x := range at {
		centre += x / float64(len(at))
	}
	var slope, spread, variance, squares float64
	for i, h := range rounds {
		n, c := float64(h.N()), at[i]-centre
		if n < 2 {
			return nil
		}
		a := c * c * h.SD() * h.SD() / n
		slope, spread = slope+c*h.Mean(), spread+c*c
		variance, squares = variance+a, squares+a*a/(n-1)
	}
	if spread == 0 {
		return nil
	}
	l := &Line{Slope: slope / spread}
	if variance > 0 {
		l.Test = student(l.Slope, math.Sqrt(variance)/spread, variance*variance/squares)
	}
	return l
}
