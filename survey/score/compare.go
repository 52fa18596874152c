package score

import "math"

// Comparison sets the answers of a later round beside those of an earlier one
// (methods.md section 4): two independent anonymous samples. Positive = better.
type Comparison struct {
	N1, N2       int
	Mean1, Mean2 float64
	Difference   float64      // Mean2 - Mean1, on the scale of the answers
	Welch        *Student     // of Difference; nil where not defined
	RankSum      *RankSum     // Mann-Whitney
	Superiority  *Superiority // Brunner-Munzel
	Delta        float64      // Cliff 1993, -1..1
	DeltaCI      *Interval    // nil where not defined
	D, G         *float64     // Cohen's d, Hedges' g; nil where not defined
	P            float64      // the p that decides, before adjustment for its family
}

// Bounds of a comparison (methods.md section 4).
const (
	comparable    = 10 // answers in each round, else "too few answers"
	bothRankTests = 20 // answers from which Brunner-Munzel decides alone
)

// Compare two samples of scored values or construct scores on the same scale. nil if
// one of them is empty.
func Compare(earlier, later Histogram) *Comparison {
	c := &Comparison{N1: earlier.N(), N2: later.N()}
	if c.N1 == 0 || c.N2 == 0 {
		return nil
	}
	c.Mean1, c.Mean2 = earlier.Mean(), later.Mean()
	c.Difference = c.Mean2 - c.Mean1
	c.Welch = Welch(earlier, later, 0, 0)
	c.RankSum, c.Superiority = MannWhitney(earlier, later), BrunnerMunzel(earlier, later)
	c.Delta = 2*c.Superiority.Probability - 1
	if ci := c.Superiority.CI; ci != nil {
		c.DeltaCI = &Interval{2*ci.Low - 1, 2*ci.High - 1}
	}
	if d, g, ok := Cohen(earlier, later); ok {
		c.D, c.G = &d, &g
	}
	c.P = c.deciding()
	return c
}

// deciding chooses the p: Brunner-Munzel, with fewer than 20 answers the larger of
// both rank tests, Mann-Whitney where Brunner-Munzel is not defined.
func (c *Comparison) deciding() float64 {
	switch {
	case c.Superiority.P == nil:
		return c.RankSum.P
	case min(c.N1, c.N2) < bothRankTests:
		return max(*c.Superiority.P, c.RankSum.P)
	}
	return *c.Superiority.P
}

// Enough says that both samples have the ten answers a verdict needs.
func (c *Comparison) Enough() bool { return c != nil && min(c.N1, c.N2) >= comparable }

// Words for the size of an effect (Romano et al. 2006).
const (
	Negligible = "negligible"
	Small      = "small"
	Medium     = "medium"
	Large      = "large"
)

// smallDelta is the size from which an effect matters.
const smallDelta = 0.147

// Size is the word for a Cliff's delta.
func Size(delta float64) string {
	switch d := math.Abs(delta); {
	case d < smallDelta:
		return Negligible
	case d < 0.33:
		return Small
	case d < 0.474:
		return Medium
	}
	return Large
}
