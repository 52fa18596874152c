package score

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
)

type trend struct {
	Means      []*float64 `json:"means"`
	Jonckheere struct {
		J        *float64 `json:"J"`
		Expected *float64 `json:"expected"`
		Var      *float64 `json:"var"`
		Z        *float64 `json:"z"`
		P        *float64 `json:"p"`
	} `json:"jonckheere"`
	MannKendall monotone `json:"mann_kendall"`
	Contrast    struct {
		Slope *float64 `json:"slope"`
		T     *float64 `json:"t"`
		DF    *float64 `json:"df"`
		P     *float64 `json:"p"`
		Low   *float64 `json:"lo"`
		High  *float64 `json:"hi"`
	} `json:"contrast"`
}

type monotone struct {
	S      int      `json:"S"`
	P      *float64 `json:"p"`
	Tau    *float64 `json:"tau"`
	Method string   `json:"method"`
}

func (c *checker) monotone(what string, got *Monotone, want monotone) {
	c.t.Helper()
	c.p(what+" MK p", got.P, want.P)
	c.same(what+" tau", got.Tau, want.Tau)
	if c.compared += 2; got.S != want.S || got.Exact != (want.Method == "exact") {
		c.t.Errorf("%s: S %d exact %v, want %d %s", what, got.S, got.Exact, want.S, want.Method)
	}
}

func TestTrendEqualsReference(t *testing.T) {
	d, _ := load(t)
	c := &checker{t: t}
	want := expect[map[string]trend](t, "trend")
	for key, w := range want {
		var rounds []Histogram
		var means []float64
		for i, iteration := range []string{"I1", "I2", "I3"} {
			h, _ := d.histogram(key, sel{iteration, "", ""})
			rounds, means = append(rounds, h), append(means, h.Mean())
			c.same(key+" mean", h.Mean(), w.Means[i])
		}
		j := Jonckheere(rounds)
		c.same(key+" J", j.J, w.Jonckheere.J)
		c.same(key+" expected", j.Expected, w.Jonckheere.Expected)
		c.same(key+" variance", j.Variance, w.Jonckheere.Var)
		c.same(key+" z", j.Z, w.Jonckheere.Z)
		c.p(key+" p", j.P, w.Jonckheere.P)
		c.monotone(key, MannKendall(means), w.MannKendall)
		l := Slope(rounds, []float64{1, 2, 3})
		c.same(key+" slope", l.Slope, w.Contrast.Slope)
		c.same(key+" slope t", l.Test.T, w.Contrast.T)
		c.same(key+" slope df", l.Test.DF, w.Contrast.DF)
		c.p(key+" slope p", l.Test.P, w.Contrast.P)
		c.interval(key+" slope ci", &l.Test.CI, []*float64{w.Contrast.Low, w.Contrast.High})
	}
	c.tell("5")
	if c.compared != 23*18 {
		t.Errorf("%d numbers compared, want %d", c.compared, 23*18)
	}
}

func TestMannKendallEqualsReference(t *testing.T) {
	c := &checker{t: t}
	for _, e := range expect[[]struct {
		Y      []float64 `json:"y"`
		Result monotone  `json:"result"`
	}](t, "mann_kendall_examples") {
		c.monotone("example", MannKendall(e.Y), e.Result)
	}
	if c.compared != 12 {
		t.Errorf("%d numbers compared", c.compared)
	}
}

// The smallest p of 3, 4 and 5 points that methods.md section 5 names.
func TestMannKendallSmallestP(t *testing.T) {
	for n, want := range map[int]float64{3: 2.0 / 6, 4: 2.0 / 24, 5: 2.0 / 120, 10: 2.0 / 3628800} {
		var y []float64
		for i := range n {
			y = append(y, float64(i))
		}
		m := MannKendall(y)
		if math.Abs(m.P-want) > 1e-15 || m.Tau != 1 || m.DirectionOnly() != (n < 5) {
			t.Errorf("%d points: %+v, want p %v", n, m, want)
		}
	}
	eleven := MannKendall([]float64{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11})
	if eleven.Exact || !(eleven.P > 0 && eleven.P < 1e-3) {
		t.Errorf("eleven points: %+v", eleven)
	}
	if flat := MannKendall([]float64{2, 2, 2, math.NaN()}); flat.P != 1 || flat.S != 0 || flat.Points != 3 {
		t.Errorf("flat: %+v", flat)
	}
	if got := MannKendall([]float64{1, 2, math.NaN()}); got != nil {
		t.Errorf("two points: %+v, want none", got)
	}
}

// With two rounds the trend test is Mann-Whitney without continuity correction.
func TestJonckheereOfTwoRoundsIsMannWhitney(t *testing.T) {
	x, y := of(1, 2, 2, 3, 3, 4, 1, 5), of(2, 3, 4, 4, 5, 5, 3)
	n1, n2 := float64(x.N()), float64(y.N())
	j, m := Jonckheere([]Histogram{x, {}, y}), MannWhitney(x, y)
	got := j.Z * (m.U - n1*n2/2 - 0.5*sign(m.Z)) / (m.U - n1*n2/2)
	if j.J != m.U || math.Abs(got-m.Z) > 1e-12 {
		t.Errorf("J %v z %v, Mann-Whitney %v z %v", j.J, got, m.U, m.Z)
	}
}

func TestTrendIsUndefined(t *testing.T) {
	if got := Jonckheere([]Histogram{of(1, 2), {}}); got != nil || got.Direction(0) != NoTrend {
		t.Errorf("one round: %+v, want none", got)
	}
	if got := Jonckheere([]Histogram{of(3, 3), of(3), of(3, 3)}); got.Z != 0 || got.P != 1 {
		t.Errorf("all equal: %+v", got)
	}
	at := []float64{1, 2, 3}
	for name, got := range map[string]*Line{
		"two rounds": Slope([]Histogram{of(1, 2), of(2, 3)}, at[:2]), "one answer": Slope([]Histogram{of(1, 2), of(2), of(1, 3)}, at),
		"one time": Slope([]Histogram{of(1, 2), of(2, 3), of(1, 3)}, []float64{2, 2, 2}), "times missing": Slope([]Histogram{of(1, 2), of(2, 3), of(1, 3)}, at[:2]),
	} {
		if got != nil {
			t.Errorf("%s: %+v, want none", name, got)
		}
	}
	if got := Slope([]Histogram{of(1, 1), of(2, 2), of(3, 3)}, at); got.Slope != 1 || got.Test != nil {
		t.Errorf("no variance: %+v", got)
	}
}

// Times apart: what happened between the rounds is told per unit of time.
func TestSlopeUsesTimes(t *testing.T) {
	rounds := []Histogram{of(1, 3), of(2, 4), of(5, 7)}
	got := Slope(rounds, []float64{0, 1, 4})
	if math.Abs(got.Slope-1) > 1e-12 {
		t.Errorf("slope %v, want 1", got.Slope)
	}
}

func TestTrendWords(t *testing.T) {
	up, down := &Trend{Z: 2}, &Trend{Z: -2}
	for _, one := range []struct {
		trend    *Trend
		adjusted float64
		want     string
	}{{up, 0.049, Up}, {up, 0.05, NoTrend}, {down, 0.01, Down}, {up, math.NaN(), NoTrend}} {
		if got := one.trend.Direction(one.adjusted); got != one.want {
			t.Errorf("z %v p %v: %s, want %s", one.trend.Z, one.adjusted, got, one.want)
		}
	}
	steps := []string{ClearlyBetter, ProbablyWorse, NoClearChange, ClearlyWorse, TooFewAnswers}
	for direction, want := range map[string][]int{Up: {1, 3}, Down: {0}, NoTrend: nil} {
		if diff := cmp.Diff(want, Setbacks(direction, steps)); diff != "" {
			t.Error(direction, diff)
		}
	}
	ten := of(1, 1, 1, 1, 1, 2, 2, 2, 2, 2)
	if !TrendTestable([]Histogram{ten, ten, ten}) || TrendTestable([]Histogram{ten, ten}) || TrendTestable([]Histogram{ten, ten, of(1, 2, 3, 4, 5, 1, 2, 3, 4)}) {
		t.Error("trend needs three rounds with ten answers each")
	}
}
