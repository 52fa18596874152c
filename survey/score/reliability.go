package score

import (
	"math"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"
)

// Reliability tells whether the items of a construct measure one thing.
type Reliability struct {
	N             int      // people who answered every item
	Alpha         float64  // Cronbach 1951
	CI            Interval // of alpha, Feldt 1965
	SpearmanBrown *float64 // two items only; then it rules instead of alpha
}

// Bounds of reliability (methods.md section 6).
const (
	unreliable     = 0.60
	unreliablePair = 0.50
	goodAlpha      = 0.70
	redundant      = 0.95
)

// Alpha computes reliability from complete cases, one row a person. nil where it is
// not defined: fewer than two items or three people, an item without variance.
func Alpha(complete [][]float64) *Reliability {
	cov := covariance(complete)
	if cov == nil {
		return nil
	}
	n, m := len(complete), cov.SymmetricDim()
	r := &Reliability{N: n, Alpha: alpha(cov, noItem)}
	f := distuv.F{D1: float64(n - 1), D2: float64((n - 1) * (m - 1))}
	r.CI = Interval{1 - (1-r.Alpha)*f.Quantile(0.975), 1 - (1-r.Alpha)*f.Quantile(0.025)}
	if m == 2 {
		c := cov.At(0, 1) / math.Sqrt(cov.At(0, 0)*cov.At(1, 1))
		sb := 2 * c / (1 + c)
		r.SpearmanBrown = &sb
	}
	return r
}

// covariance of the items; nil where reliability is not defined.
func covariance(complete [][]float64) *mat.SymDense {
	if len(complete) < 3 || len(complete[0]) < 2 {
		return nil
	}
	data := mat.NewDense(len(complete), len(complete[0]), nil)
	for i, row := range complete {
		data.SetRow(i, row)
	}
	var cov mat.SymDense
	stat.CovarianceMatrix(&cov, data, nil)
	for i := range cov.SymmetricDim() {
		if cov.At(i, i) == 0 {
			return nil
		}
	}
	if mat.Sum(&cov) <= tolerance*mat.Trace(&cov) {
		return nil
	}
	return &cov
}

// noItem is left out where alpha is of all items.
const noItem = -1

// alpha of the items but one. NaN for a single item or if their sum has no variance.
func alpha(cov *mat.SymDense, without int) float64 {
	total, trace, m := 0.0, 0.0, 0.0
	for i := range cov.SymmetricDim() {
		if i == without {
			continue
		}
		m++
		trace += cov.At(i, i)
		for j := range cov.SymmetricDim() {
			if j != without {
				total += cov.At(i, j)
			}
		}
	}
	if total <= tolerance*trace {
		return math.NaN()
	}
	return m / (m - 1) * (1 - trace/total)
}

// Reportable says whether the construct may be reported; otherwise its items are shown.
func (r *Reliability) Reportable() bool {
	if r.SpearmanBrown != nil {
		return *r.SpearmanBrown >= unreliablePair
	}
	return r.Alpha >= unreliable
}

// WithCare says that the construct is to be read with care.
func (r *Reliability) WithCare() bool {
	return r.Reportable() && r.SpearmanBrown == nil && r.Alpha < goodAlpha
}

// Redundant says that the items ask the same in other words.
func (r *Reliability) Redundant() bool { return r.Alpha > redundant }
