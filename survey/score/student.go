package score

import (
	"math"

	"gonum.org/v1/gonum/stat/distuv"
)

// Student is the t test of an estimate against 0, with the 95 % interval of the
// estimate in its own unit.
type Student struct {
	T, DF float64
	P     float64 // two-sided
	CI    Interval
}

// student tests an estimate with standard error se > 0 on df degrees of freedom.
func student(estimate, se, df float64) *Student {
	d := distuv.StudentsT{Mu: 0, Sigma: 1, Nu: df}
	t, half := estimate/se, t95(df)*se
	return &Student{T: t, DF: df, P: 2 * d.CDF(-math.Abs(t)), CI: Interval{estimate - half, estimate + half}}
}

// manyFreedoms is the number from which the series of t95 is exact to double precision.
const manyFreedoms = 1000

// t95 is the 97.5 % quantile of Student's t: with many degrees of freedom by its
// series around the normal quantile (Abramowitz and Stegun 26.7.5), because searching
// for it takes longer the more there are.
func t95(df float64) float64 {
	if df < manyFreedoms {
		return distuv.StudentsT{Mu: 0, Sigma: 1, Nu: df}.Quantile(0.975)
	}
	const z, z2 = z95, z95 * z95
	return z * (1 + ((z2+1)/4+(((5*z2+16)*z2+3)/96+((((3*z2+19)*z2+17)*z2-15)/384+
		((((79*z2+776)*z2+1482)*z2-1920)*z2-945)/92160/df)/df)/df)/df)
}

// twoSided is the two-sided p of a normal statistic.
func twoSided(z float64) float64 { return min(1, math.Erfc(math.Abs(z)/math.Sqrt2)) }

// Welch tests the difference of two means, later minus earlier, without assuming
// equal variances (Welch 1947). With invited > 0 the variances carry the finite
// population correction: a description of these people, never the base of a verdict
// (methods.md section 4). nil where it is not defined: fewer than two answers in a
// sample, or no variance in both.
func Welch(earlier, later Histogram, invited1, invited2 int) *Student {
	n1, n2 := float64(earlier.N()), float64(later.N())
	if n1 < 2 || n2 < 2 {
		return nil
	}
	a, b := meanVariance(earlier, invited1), meanVariance(later, invited2)
	if a+b == 0 {
		return nil
	}
	df := (a + b) * (a + b) / (a*a/(n1-1) + b*b/(n2-1))
	return student(later.Mean()-earlier.Mean(), math.Sqrt(a+b), df)
}

// meanVariance is the squared standard error of the mean; invited 0 = no correction.
func meanVariance(h Histogram, invited int) float64 {
	n, correction := float64(h.N()), 1.0
	if invited > 0 {
		correction = max(0, 1-n/float64(invited))
	}
	return correction * h.SD() * h.SD() / n
}

// Cohen gives the difference of two means, later minus earlier, in pooled standard
// deviations: Cohen's d, and Hedges' g, which corrects it for small samples. ok is
// false with fewer than two answers in a sample or no variance in both.
func Cohen(earlier, later Histogram) (d, g float64, ok bool) {
	n1, n2 := float64(earlier.N()), float64(later.N())
	if n1 < 2 || n2 < 2 {
		return 0, 0, false
	}
	s1, s2, df := earlier.SD(), later.SD(), n1+n2-2
	pooled := math.Sqrt(((n1-1)*s1*s1 + (n2-1)*s2*s2) / df)
	if pooled == 0 {
		return 0, 0, false
	}
	d = (later.Mean() - earlier.Mean()) / pooled
	return d, d * (1 - 3/(4*df-1)), true
}
