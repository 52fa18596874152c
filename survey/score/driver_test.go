package score

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/mat"
)

// symmetric gives a correlation matrix from its entries off the diagonal.
func symmetric(m int, at func(i, j int) float64) *mat.SymDense {
	r := mat.NewSymDense(m, nil)
	for i := range m {
		r.SetSym(i, i, 1)
		for j := range i {
			r.SetSym(i, j, at(i, j))
		}
	}
	return r
}

type drivers struct {
	Predictors   []string `json:"predictors"`
	Correlations map[string]struct {
		N         int      `json:"n"`
		Spearman  *float64 `json:"spearman"`
		SpearmanP *float64 `json:"spearman_p"`
		Tau       *float64 `json:"kendall_tau_b"`
		TauP      *float64 `json:"kendall_p"`
	} `json:"correlations"`
	Weights struct {
		N        int                 `json:"n"`
		R2       *float64            `json:"r2"`
		Raw      map[string]*float64 `json:"raw"`
		Share    map[string]*float64 `json:"share"`
		MinEigen *float64            `json:"min_eigen"`
	} `json:"relative_weights"`
}

// driverData gives acceptance and the predictors of the last iteration.
func driverData(t *testing.T, keys []string) (outcome []float64, predictors [][]float64) {
	t.Helper()
	d, _ := load(t)
	sheets, _ := d.of(sel{"I3", "", ""})
	predictors = make([][]float64, len(keys))
	for _, one := range sheets {
		v, ok := d.construct(one, "ACC")
		if !ok {
			v = math.NaN()
		}
		outcome = append(outcome, v)
		for j, key := range keys {
			predictors[j] = append(predictors[j], d.scored(one, key))
		}
	}
	return outcome, predictors
}

func TestDriversEqualReference(t *testing.T) {
	want := expect[drivers](t, "drivers_I3")
	outcome, predictors := driverData(t, want.Predictors)
	c := &checker{t: t}
	for j, key := range want.Predictors {
		w, s, k := want.Correlations[key], Spearman(predictors[j], outcome), Kendall(predictors[j], outcome)
		c.same(key+" n", float64(s.N), new(float64(w.N)))
		c.same(key+" n", float64(k.N), new(float64(w.N)))
		c.same(key+" rho", s.R, w.Spearman)
		c.p(key+" rho p", s.P, w.SpearmanP)
		c.same(key+" tau", k.R, w.Tau)
		c.p(key+" tau p", k.P, w.TauP)
	}
	got := RelativeWeights(predictors, outcome)
	c.same("n", float64(got.N), new(float64(want.Weights.N)))
	c.same("R2", got.R2, want.Weights.R2)
	c.same("smallest eigenvalue", got.MinEigen, want.Weights.MinEigen)
	for j, key := range want.Predictors {
		c.same(key+" weight", got.Raw[j], want.Weights.Raw[key])
		c.same(key+" share", got.Share[j], want.Weights.Share[key])
	}
	if !got.Enough() || got.Unstable() {
		t.Errorf("weights of %d people, eigenvalue %v: enough %v, unstable %v", got.N, got.MinEigen, got.Enough(), got.Unstable())
	}
	c.tell("7")
	if want := 12*8 + 3; c.compared != want {
		t.Errorf("%d numbers compared, want %d", c.compared, want)
	}
}

// A published example of another implementation (R package iopsych).
func TestRelativeWeightsFromMatrixEqualReference(t *testing.T) {
	want := expect[struct {
		Rxx [][]float64 `json:"Rxx"`
		Rxy []float64   `json:"rxy"`
		Raw []*float64  `json:"raw"`
	}](t, "relative_weights_from_matrix")
	c := &checker{t: t}
	w := weigh(symmetric(4, func(i, j int) float64 { return want.Rxx[i][j] }), want.Rxy)
	for j, got := range w.Raw {
		c.same("weight", got, want.Raw[j])
	}
	if c.compared != 4 {
		t.Errorf("%d weights compared", c.compared)
	}
}

// Predictors that are not correlated weigh their squared correlations.
func TestWeightsOfIndependentPredictors(t *testing.T) {
	w := weigh(symmetric(2, func(_, _ int) float64 { return 0 }), []float64{0.6, -0.3})
	if math.Abs(w.Raw[0]-0.36) > 1e-12 || math.Abs(w.Raw[1]-0.09) > 1e-12 || math.Abs(w.Share[0]-80) > 1e-9 || w.R2 != w.Raw[0]+w.Raw[1] {
		t.Errorf("%+v, want 0.36 and 0.09", w)
	}
}

func TestWeightsAreUndefined(t *testing.T) {
	nan := math.NaN()
	a, b, y := []float64{1, 2, 3, 4, 5}, []float64{2, 1, 4, 3, 1}, []float64{1, 3, 2, 5, 4}
	for name, got := range map[string]*Weights{
		"no predictors": RelativeWeights(nil, y), "the same twice": RelativeWeights([][]float64{a, a}, y),
		"no variance":        RelativeWeights([][]float64{a, {2, 2, 2, 2, 2}}, y),
		"constant outcome":   RelativeWeights([][]float64{a, b}, []float64{3, 3, 3, 3, 3}),
		"two complete cases": RelativeWeights([][]float64{a, {1, 2, nan, nan, nan}}, y),
	} {
		if got != nil || got.Enough() {
			t.Errorf("%s: %+v, want none", name, got)
		}
	}
	if w := weigh(symmetric(2, func(_, _ int) float64 { return 0.5 }), []float64{0, 0}); w != nil {
		t.Errorf("nothing goes with the outcome: %+v, want none", w)
	}
	if w := RelativeWeights([][]float64{a, b}, y); w == nil || w.Enough() || w.N != 5 {
		t.Errorf("five people: %+v", w)
	}
	if w := (&Weights{N: 129, Raw: make([]float64, 13)}); w.Enough() || !w.Unstable() {
		t.Error("13 predictors need 130 people")
	}
}

func TestCorrelationIsUndefined(t *testing.T) {
	nan := math.NaN()
	for name, of := range map[string]func(x, y []float64) *Correlation{"Spearman": Spearman, "Kendall": Kendall} {
		if of([]float64{1, 2, nan, 3}, []float64{1, nan, 2, 3}) != nil || of([]float64{2, 2, 2}, []float64{1, 2, 3}) != nil {
			t.Errorf("%s is defined", name)
		}
		x := []float64{1, 2, 3, 4, 5, 6, 7, 8}
		if c := of(x, x); math.Abs(c.R-1) > 1e-12 || c.P > 1e-3 || c.Enough() {
			t.Errorf("%s of a ranking with itself: %+v", name, c)
		}
	}
	if (*Correlation)(nil).Enough() || !(&Correlation{N: 30}).Enough() {
		t.Error("a correlation needs 30 people")
	}
}

func FuzzAgreement(f *testing.F) {
	f.Add([]byte{1, 2, 2, 5, 3, 3, 0, 9})
	f.Fuzz(func(t *testing.T, raw []byte) {
		if len(raw) > 400 {
			return
		}
		var x, y []float64
		for i := 0; i+1 < len(raw); i += 2 {
			x, y = append(x, float64(raw[i]%16)), append(y, float64(raw[i+1]))
		}
		want := 0.0
		for i := range x {
			for j := range i {
				want += sign(x[i]-x[j]) * sign(y[i]-y[j])
			}
		}
		if got := joint(x, y).agreement(); got != want {
			t.Fatalf("%v %v: %v, want %v", x, y, got, want)
		}
		if k := Kendall(x, y); k != nil && !(math.Abs(k.R) <= 1+1e-12 && k.P >= 0 && k.P <= 1) {
			t.Fatalf("tau-b %+v", k)
		}
	})
}
