package score

import (
	"math"

	"gonum.org/v1/gonum/mat"
)

// ItemQuality tells how an item fits the others of its construct.
type ItemQuality struct {
	Rest         *float64 // correlation with the sum of the others; nil if that has no variance
	AlphaWithout *float64 // alpha if the item is left out; nil with two items
}

// weakItem is the corrected item-total correlation below which an item is weak.
const weakItem = 0.30

// Weak says that the item hardly measures what the others measure.
func (q ItemQuality) Weak() bool { return q.Rest != nil && *q.Rest < weakItem }

// Reversed says that the item goes against the others: its coding is to be checked.
func (q ItemQuality) Reversed() bool { return q.Rest != nil && *q.Rest < 0 }

// ItemQualities gives one result an item from complete cases, one row a person
// (corrected item-total correlation). nil where Alpha is not defined.
func ItemQualities(complete [][]float64) []ItemQuality {
	cov := covariance(complete)
	if cov == nil {
		return nil
	}
	qualities := make([]ItemQuality, cov.SymmetricDim())
	total := mat.Sum(cov)
	for i := range qualities {
		own, withAll := cov.At(i, i), 0.0
		for j := range qualities {
			withAll += cov.At(i, j)
		}
		if rest := total - 2*withAll + own; rest > tolerance*mat.Trace(cov) {
			qualities[i].Rest = new((withAll - own) / math.Sqrt(own*rest))
		}
		if a := alpha(cov, i); !math.IsNaN(a) {
			qualities[i].AlphaWithout = &a
		}
	}
	return qualities
}

// Bounds of the iteration for omega.
const (
	omegaStop  = 1e-12 // largest change of a communality
	omegaSteps = 20000
)

// Omega is McDonald's omega total (1999) from complete cases, one row a person: one
// factor by iterated principal axes on the correlations, the minres solution. nil
// with fewer than three items, where Alpha is not defined, with a singular matrix or
// a communality above 1 (Heywood case).
func Omega(complete [][]float64) *float64 {
	cov := covariance(complete)
	if cov == nil || cov.SymmetricDim() < 3 {
		return nil
	}
	loadings := oneFactor(correlation(cov))
	if loadings == nil {
		return nil
	}
	sum, unique := 0.0, 0.0
	for _, l := range loadings {
		sum += l
		unique += 1 - l*l
	}
	return new(sum * sum / (sum*sum + unique))
}

// correlation scales a covariance matrix to variances of 1.
func correlation(cov *mat.SymDense) *mat.SymDense {
	m := cov.SymmetricDim()
	r := mat.NewSymDense(m, nil)
	for i := range m {
		r.SetSym(i, i, 1)
		for j := range i {
			r.SetSym(i, j, cov.At(i, j)/math.Sqrt(cov.At(i, i)*cov.At(j, j)))
		}
	}
	return r
}

// oneFactor gives the loadings on one factor, starting from the squared multiple
// correlations; nil without a solution.
func oneFactor(r *mat.SymDense) []float64 {
	var inverse mat.Dense
	if inverse.Inverse(r) != nil {
		return nil
	}
	reduced, eigen, vectors := mat.NewSymDense(r.SymmetricDim(), nil), mat.EigenSym{}, mat.Dense{}
	reduced.CopySym(r)
	for i := range r.SymmetricDim() {
		reduced.SetSym(i, i, 1-1/inverse.At(i, i))
	}
	loadings := make([]float64, r.SymmetricDim())
	for range omegaSteps {
		if !eigen.Factorize(reduced, true) {
			return nil
		}
		last := len(loadings) - 1 // values ascend
		largest := eigen.Values(nil)[last]
		if largest <= 0 {
			return nil
		}
		eigen.VectorsTo(&vectors)
		change, heywood := 0.0, false
		for i := range loadings {
			loadings[i] = vectors.At(i, last) * math.Sqrt(largest)
			communality := loadings[i] * loadings[i]
			change = max(change, math.Abs(communality-reduced.At(i, i)))
			heywood = heywood || communality > 1
			reduced.SetSym(i, i, communality)
		}
		if change < omegaStop {
			break
		}
		if heywood {
			return nil
		}
	}
	return loadings
}
