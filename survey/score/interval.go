package score

import (
	"math"
	"slices"
)

// z95 is the 97.5 % quantile of the normal distribution.
const z95 = 1.959963984540054

// Interval is a 95 % confidence interval.
type Interval struct{ Low, High float64 }

// Histogram counts values; Values ascend. It stands for the n answers of a group.
type Histogram struct {
	Values []float64
	Counts []int
}

// N is the number of answers.
func (h Histogram) N() int {
	n := 0
	for _, c := range h.Counts {
		n += c
	}
	return n
}

// Mean of the answers; NaN if there are none. It is summed as distance from the first
// answer, so that the mean of equal answers is exactly that answer and their SD 0.
func (h Histogram) Mean() float64 {
	first := slices.IndexFunc(h.Counts, func(c int) bool { return c > 0 })
	if first < 0 {
		return math.NaN()
	}
	sum := 0.0
	for i, v := range h.Values {
		sum += (v - h.Values[first]) * float64(h.Counts[i])
	}
	return h.Values[first] + sum/float64(h.N())
}

// SD is the standard deviation with n - 1; NaN below two answers.
func (h Histogram) SD() float64 {
	n, mean, squares := h.N(), h.Mean(), 0.0
	if n < 2 {
		return math.NaN()
	}
	for i, v := range h.Values {
		squares += (v - mean) * (v - mean) * float64(h.Counts[i])
	}
	return math.Sqrt(squares / float64(n-1))
}

// Interval of the mean by Student's t with finite population correction (Cochran
// 1977) for the number of invited people; 0 = without. Everybody answered: the point.
// nil where it is not defined: fewer than two answers, or all equal.
func (h Histogram) Interval(invited int) *Interval {
	n, mean := h.N(), h.Mean()
	if n == 0 {
		return nil
	}
	if invited > 0 && n >= invited {
		return &Interval{mean, mean}
	}
	sd := h.SD()
	if n < 2 || sd == 0 {
		return nil
	}
	correction := 1.0
	if invited > 0 {
		correction = 1 - float64(n)/float64(invited)
	}
	half := t95(float64(n-1)) * sd / math.Sqrt(float64(n)) * math.Sqrt(correction)
	return &Interval{mean - half, mean + half}
}

// Wilson is the interval of the share x/n (0..1) with the effective size of a finite
// population (O'Neill 2021); invited 0 = infinite. nil without answers.
func Wilson(x, n, invited int) *Interval {
	if n == 0 {
		return nil
	}
	p, size := float64(x)/float64(n), float64(n)
	if invited > 0 && n >= invited {
		return &Interval{p, p}
	}
	if invited > 0 {
		size = float64(n) * float64(invited-1) / float64(invited-n)
	}
	centre := (p + z95*z95/(2*size)) / (1 + z95*z95/size)
	half := z95 / (1 + z95*z95/size) * math.Sqrt(p*(1-p)/size+z95*z95/(4*size*size))
	return &Interval{max(0, centre-half), min(1, centre+half)}
}

// Stratum is one part of the invited people with its answers.
type Stratum struct {
	Histogram
	Invited int
}

// PostStratified weights the means of the strata by their invited people and gives
// the standard error with finite population correction. ok is false if a stratum has
// fewer than two answers.
func PostStratified(strata []Stratum) (mean, se float64, ok bool) {
	total, variance := 0, 0.0
	for _, s := range strata {
		total += s.Invited
	}
	for _, s := range strata {
		n := float64(s.N())
		if n < 2 {
			return 0, 0, false
		}
		w := float64(s.Invited) / float64(total)
		mean += w * s.Mean()
		variance += w * w * (1 - n/float64(s.Invited)) * s.SD() * s.SD() / n
	}
	return mean, math.Sqrt(variance), len(strata) > 0
}
