package score

import (
	"cmp"
	"math"
	"slices"
)

// Verdicts about a change (methods.md section 4, point 7).
const (
	ClearlyBetter  = "clearly_better"
	ProbablyBetter = "probably_better"
	NoClearChange  = "no_clear_change" // never to be worded as "unchanged"
	ProbablyWorse  = "probably_worse"
	ClearlyWorse   = "clearly_worse"
	TooFewAnswers  = "too_few_answers"
)

// Bounds of a verdict.
const (
	clearlyBelow  = 0.05 // adjusted p
	probablyBelow = 0.20
	stablePoints  = 5    // index points
	lowRate       = 0.30 // below it nothing is clear
	rateGap       = 0.20 // nor with participation further apart
)

// Judgement is the verdict about one comparison of a family.
type Judgement struct {
	Adjusted *float64 // p adjusted for the family; nil if the test was not done
	Verdict  string
	// TooSmall says that the change is measurable but too small to matter.
	TooSmall bool
}

// Judge gives the verdicts about a family of comparisons; nil stands for one with an
// empty sample. adjust is Holm for the constructs of the total (primary), and
// BenjaminiHochberg for items and groups (exploratory). Comparisons with too few
// answers are not tested and do not count in the family.
func Judge(family []*Comparison, adjust func(p []float64) []float64) []Judgement {
	p := make([]float64, len(family))
	for i, c := range family {
		p[i] = math.NaN()
		if c.Enough() {
			p[i] = c.P
		}
	}
	judged := make([]Judgement, len(family))
	for i, adjusted := range adjust(p) {
		judged[i] = Judgement{Verdict: TooFewAnswers}
		if !math.IsNaN(adjusted) {
			judged[i] = family[i].judge(adjusted)
		}
	}
	return judged
}

func (c *Comparison) judge(adjusted float64) Judgement {
	j := Judgement{Adjusted: &adjusted, Verdict: NoClearChange}
	matters := math.Abs(c.Delta) >= smallDelta
	j.TooSmall = adjusted < clearlyBelow && !matters
	if !matters || sign(c.Delta) != sign(c.Difference) {
		return j
	}
	switch better := c.Delta > 0; {
	case adjusted < clearlyBelow && better:
		j.Verdict = ClearlyBetter
	case adjusted < clearlyBelow:
		j.Verdict = ClearlyWorse
	case adjusted < probablyBelow && better:
		j.Verdict = ProbablyBetter
	case adjusted < probablyBelow:
		j.Verdict = ProbablyWorse
	}
	return j
}

// Capped lowers "clearly" to "probably" where participation (0..1) was low in one of
// the rounds or very different between them.
func Capped(verdict string, rate1, rate2 float64) string {
	if min(rate1, rate2) >= lowRate && math.Abs(rate1-rate2) <= rateGap+tolerance {
		return verdict
	}
	switch verdict {
	case ClearlyBetter:
		return ProbablyBetter
	case ClearlyWorse:
		return ProbablyWorse
	}
	return verdict
}

// Stable says that the whole interval of the difference lies within five points of
// the index: only then may "no clear change" be told as "stable". s is the scale of
// the compared values.
func (c *Comparison) Stable(s Scale) bool {
	if !c.Enough() || c.Welch == nil {
		return false
	}
	points := 100 / float64(s.Hi-s.Lo)
	return c.Welch.CI.Low*points >= -stablePoints && c.Welch.CI.High*points <= stablePoints
}

// Holm adjusts the p-values of a family so that one false positive in it stays
// improbable (Holm 1979). NaN = test not done: it stays NaN and does not count.
func Holm(p []float64) []float64 {
	order, adjusted := ascending(p)
	running := 0.0
	for k, i := range order {
		running = max(running, min(1, float64(len(order)-k)*p[i]))
		adjusted[i] = running
	}
	return adjusted
}

// BenjaminiHochberg adjusts p-values so that few of the positives are false
// (Benjamini and Hochberg 1995). NaN = test not done: it stays NaN and does not count.
func BenjaminiHochberg(p []float64) []float64 {
	order, adjusted := ascending(p)
	running := 1.0
	for k := len(order) - 1; k >= 0; k-- {
		running = min(running, float64(len(order))*p[order[k]]/float64(k+1))
		adjusted[order[k]] = running
	}
	return adjusted
}

// ascending gives the positions of the tests done by ascending p, and a result for
// every test, NaN so far.
func ascending(p []float64) (order []int, adjusted []float64) {
	adjusted = make([]float64, len(p))
	for i, v := range p {
		adjusted[i] = math.NaN()
		if !math.IsNaN(v) {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(p[a], p[b]) })
	return order, adjusted
}
