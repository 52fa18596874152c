package score

import (
	"math"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat"
)

// Weights tell how much of what goes together with an outcome each predictor
// carries: Johnson's relative weights (2000). They need not be causes.
type Weights struct {
	N        int       // people with all values
	Raw      []float64 // parts of R2, in the order of the predictors
	Share    []float64 // the same in percent
	R2       float64   // explained variance of the outcome, 0..1
	MinEigen float64   // smallest eigenvalue of the predictors' correlations
}

// Bounds of relative weights (methods.md section 7).
const (
	weighable      = 100 // people at least,
	perPredictor   = 10  // and that many for every predictor
	similarItems   = 0.05
	singularMatrix = 1e-12
)

// Enough says that there are enough people; otherwise Spearman stands in.
func (w *Weights) Enough() bool {
	return w != nil && w.N >= max(weighable, perPredictor*len(w.Raw))
}

// Unstable says that the predictors are too similar: the weights are not shown.
func (w *Weights) Unstable() bool { return w.MinEigen < similarItems }

// RelativeWeights weighs predictors, a column each with one value a person, against
// the outcome of the same people; NaN = missing, complete cases count. nil where they
// are not defined: a column without variance, predictors that determine each
// other, none that goes with the outcome.
func RelativeWeights(predictors [][]float64, outcome []float64) *Weights {
	columns := append([][]float64{outcome}, predictors...)
	var rows []float64
	n := 0
	for i := range outcome {
		if row := person(columns, i); row != nil {
			rows, n = append(rows, row...), n+1
		}
	}
	if len(predictors) == 0 || n < 3 {
		return nil
	}
	var cov mat.SymDense
	stat.CovarianceMatrix(&cov, mat.NewDense(n, len(columns), rows), nil)
	for i := range columns {
		if cov.At(i, i) == 0 {
			return nil
		}
	}
	r := correlation(&cov)
	w := weigh(r.SliceSym(1, len(columns)).(*mat.SymDense), mat.Row(nil, 0, r)[1:])
	if w != nil {
		w.N = n
	}
	return w
}

// person gives the values of one person; nil if one is missing.
func person(columns [][]float64, i int) []float64 {
	row := make([]float64, len(columns))
	for j, c := range columns {
		if math.IsNaN(c[i]) {
			return nil
		}
		row[j] = c[i]
	}
	return row
}

// weigh computes the weights from the correlations among the predictors, r, and with
// the outcome. With r = QΛQ', L = QΛ^½Q' and b = L⁻¹ outcome: weight j = Σ L² b².
func weigh(r *mat.SymDense, outcome []float64) *Weights {
	var eigen mat.EigenSym
	if !eigen.Factorize(r, true) {
		return nil
	}
	values := eigen.Values(nil)
	if values[0] < singularMatrix {
		return nil
	}
	var q, root, inverse, b mat.Dense
	eigen.VectorsTo(&q)
	power := func(to *mat.Dense, exponent float64) {
		scaled := mat.NewDiagDense(len(values), nil)
		for i, v := range values {
			scaled.SetDiag(i, math.Pow(v, exponent))
		}
		to.Product(&q, scaled, q.T())
	}
	power(&root, 0.5)
	power(&inverse, -0.5)
	b.Mul(&inverse, mat.NewVecDense(len(outcome), outcome))
	w := &Weights{MinEigen: values[0], Raw: make([]float64, len(outcome)), Share: make([]float64, len(outcome))}
	for j := range outcome {
		for k := range outcome {
			w.Raw[j] += root.At(j, k) * root.At(j, k) * b.At(k, 0) * b.At(k, 0)
		}
		w.R2 += w.Raw[j]
	}
	if w.R2 == 0 {
		return nil
	}
	for j, raw := range w.Raw {
		w.Share[j] = 100 * raw / w.R2
	}
	return w
}
