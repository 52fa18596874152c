package score

import (
	"encoding/json"
	"math"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"gonum.org/v1/gonum/stat/distuv"
)

// processes in the order of the reference.
var processes = []string{"INC", "REQ", "CHG", "PRB", "CFG"}

// comparison is one entry of compare_primary and compare_exploratory_I2_I3.
type comparison struct {
	N1        int        `json:"n1"`
	N2        int        `json:"n2"`
	Mean1     *float64   `json:"mean1"`
	Mean2     *float64   `json:"mean2"`
	Diff      *float64   `json:"diff"`
	T         *float64   `json:"welch_t"`
	DF        *float64   `json:"welch_df"`
	P         *float64   `json:"welch_p"`
	DiffCI    []*float64 `json:"diff_ci"`
	DiffFPC   []*float64 `json:"diff_ci_fpc"`
	U         *float64   `json:"mwu_u_later"`
	Z         *float64   `json:"mwu_z"`
	RankP     *float64   `json:"mwu_p"`
	PS        *float64   `json:"bm_ps"`
	PSCI      []*float64 `json:"bm_ps_ci"`
	BM        *float64   `json:"bm_stat"`
	BMDF      *float64   `json:"bm_df"`
	BMP       *float64   `json:"bm_p"`
	Delta     *float64   `json:"cliffs_delta"`
	DeltaCI   []*float64 `json:"delta_ci"`
	D         *float64   `json:"cohens_d"`
	G         *float64   `json:"hedges_g"`
	PDecision *float64   `json:"p_decision"`
	PAdj      *float64   `json:"p_adj"`
	Wording   string     `json:"wording"`
}

// expect reads one part of the reference.
func expect[T any](t *testing.T, name string) T {
	t.Helper()
	raw, err := os.ReadFile("testdata/expected.json")
	if err != nil {
		t.Fatal(err)
	}
	var parts map[string]json.RawMessage
	if err := json.Unmarshal(raw, &parts); err != nil {
		t.Fatal(err)
	}
	var want T
	if err := json.Unmarshal(parts[name], &want); err != nil {
		t.Fatal(name, err)
	}
	return want
}

// histogram of an item or construct in a group.
func (d *data) histogram(key string, s sel) (h Histogram, invited int) {
	sheets, invited := d.of(s)
	_, isItem := d.scale[key]
	var values []float64
	for _, one := range sheets {
		if isItem {
			values = append(values, d.scored(one, key))
		} else if v, ok := d.construct(one, key); ok {
			values = append(values, v)
		}
	}
	return histogram(values), invited
}

// p compares a p-value: relative down to 1e-12, below it only has to be below 1e-10.
func (c *checker) p(what string, got float64, want *float64) {
	c.t.Helper()
	c.compared++
	if want == nil || *want < 1e-12 && !(got < 1e-10) || *want >= 1e-12 && !(math.Abs(got-*want) <= 1e-8**want) {
		c.t.Errorf("%s = %.12g, want %v", what, got, want)
	} else if *want >= 1e-12 {
		c.differ(got, *want)
	}
}

func (c *checker) comparison(what string, got *Comparison, fpc *Student, j Judgement, want comparison) {
	c.t.Helper()
	c.same(what+" n1", float64(got.N1), new(float64(want.N1)))
	c.same(what+" n2", float64(got.N2), new(float64(want.N2)))
	c.same(what+" mean1", got.Mean1, want.Mean1)
	c.same(what+" mean2", got.Mean2, want.Mean2)
	c.same(what+" difference", got.Difference, want.Diff)
	c.same(what+" t", got.Welch.T, want.T)
	c.same(what+" df", got.Welch.DF, want.DF)
	c.p(what+" p", got.Welch.P, want.P)
	c.interval(what+" ci", &got.Welch.CI, want.DiffCI)
	c.interval(what+" ci fpc", &fpc.CI, want.DiffFPC)
	c.same(what+" U", got.RankSum.U, want.U)
	c.same(what+" z", got.RankSum.Z, want.Z)
	c.p(what+" rank sum p", got.RankSum.P, want.RankP)
	c.same(what+" superiority", got.Superiority.Probability, want.PS)
	c.interval(what+" superiority ci", got.Superiority.CI, want.PSCI)
	c.same(what+" BM", *got.Superiority.T, want.BM)
	c.same(what+" BM df", *got.Superiority.DF, want.BMDF)
	c.p(what+" BM p", *got.Superiority.P, want.BMP)
	c.same(what+" delta", got.Delta, want.Delta)
	c.interval(what+" delta ci", got.DeltaCI, want.DeltaCI)
	c.same(what+" d", *got.D, want.D)
	c.same(what+" g", *got.G, want.G)
	c.p(what+" deciding p", got.P, want.PDecision)
	if (j.Adjusted == nil) != (want.PAdj == nil) {
		c.t.Errorf("%s adjusted %v, want %v", what, j.Adjusted, want.PAdj)
	} else if j.Adjusted != nil {
		c.p(what+" adjusted p", *j.Adjusted, want.PAdj)
	}
	if c.compared++; j.Verdict != want.Wording {
		c.t.Errorf("%s: %s, want %s", what, j.Verdict, want.Wording)
	}
}

// family compares keys "item or construct|group" between two iterations.
func (c *checker) family(d *data, earlier, later string, keys []string, want map[string]comparison, adjust func([]float64) []float64) []*Comparison {
	c.t.Helper()
	if len(keys) != len(want) {
		c.t.Fatalf("%d comparisons, the reference has %d", len(keys), len(want))
	}
	var family []*Comparison
	var fpc []*Student
	for _, key := range keys {
		what, process, _ := strings.Cut(key, "|")
		if process == "total" {
			process = ""
		}
		x, invited1 := d.histogram(what, sel{earlier, process, ""})
		y, invited2 := d.histogram(what, sel{later, process, ""})
		family = append(family, Compare(x, y))
		fpc = append(fpc, Welch(x, y, invited1, invited2))
	}
	for i, j := range Judge(family, adjust) {
		c.comparison(earlier+" "+later+" "+keys[i], family[i], fpc[i], j, want[keys[i]])
	}
	return family
}

func TestPrimaryComparisonsEqualReference(t *testing.T) {
	d, _ := load(t)
	c := &checker{t: t}
	for pair, want := range expect[map[string]map[string]comparison](t, "compare_primary") {
		earlier, later, _ := strings.Cut(pair, "_")
		c.family(d, earlier, later, []string{"ACC", "MOT", "SUP", "COM", "LEAD", "LOAD", "VOICE"}, want, Holm)
	}
	c.tell("4, constructs with Holm")
	if c.compared != 3*7*29 {
		t.Errorf("%d numbers compared, want %d", c.compared, 3*7*29)
	}
}

func TestExploratoryComparisonsEqualReference(t *testing.T) {
	d, _ := load(t)
	c := &checker{t: t}
	want := expect[map[string]comparison](t, "compare_exploratory_I2_I3")
	var keys []string
	for _, group := range append([]string{"total"}, processes...) {
		for _, i := range d.items {
			if key := i.key + "|" + group; want[key].N1 > 0 {
				keys = append(keys, key)
			}
		}
	}
	family := c.family(d, "I2", "I3", keys, want, BenjaminiHochberg)
	holm := expect[map[string]*float64](t, "holm_of_exploratory_p")
	for i, j := range Judge(family, Holm) {
		c.p("holm "+keys[i], *j.Adjusted, holm[keys[i]])
	}
	c.tell("4, items and groups with Benjamini-Hochberg")
	if c.compared != len(keys)*30 {
		t.Errorf("%d numbers compared, want %d", c.compared, len(keys)*30)
	}
}

func TestCappedEqualsReference(t *testing.T) {
	type example struct {
		Verdict  string
		RR1, RR2 float64
		Shown    string
	}
	examples := append(expect[[]example](t, "cap_by_response"),
		example{ClearlyBetter, 0.9, 0.7, ClearlyBetter}, // 20 points, although the floats differ by more
		example{NoClearChange, 0.9, 0.2, NoClearChange})
	for _, e := range examples {
		if got := Capped(e.Verdict, e.RR1, e.RR2); got != e.Shown {
			t.Errorf("%s at %v and %v: %s, want %s", e.Verdict, e.RR1, e.RR2, got, e.Shown)
		}
	}
}

// naive ranks answers by comparing every pair.
func naive(x, y []float64) (u float64) {
	for _, a := range x {
		for _, b := range y {
			u += (sign(b-a) + 1) / 2
		}
	}
	return u
}

func FuzzPairs(f *testing.F) {
	f.Add([]byte{1, 2, 3}, []byte{2, 2, 5})
	f.Add([]byte{}, []byte{7})
	f.Fuzz(func(t *testing.T, a, b []byte) {
		if len(a) > 300 || len(b) > 300 {
			return
		}
		x, y := make([]float64, len(a)), make([]float64, len(b))
		for i, v := range a {
			x[i] = float64(v) / 3
		}
		for i, v := range b {
			y[i] = float64(v) / 3
		}
		earlier, later := histogram(x), histogram(y)
		if got, want := pairs(earlier, later), naive(x, y); got != want {
			t.Fatalf("pairs = %v, want %v", got, want)
		}
		c, back := Compare(earlier, later), Compare(later, earlier)
		if (c == nil) != (len(a) == 0 || len(b) == 0) {
			t.Fatalf("comparison %v", c)
		}
		if c != nil && (math.Abs(c.Delta+back.Delta) > 1e-12 || !(c.P >= 0 && c.P <= 1) || math.Abs(c.P-back.P) > 1e-12) {
			t.Fatalf("delta %v and %v, p %v and %v", c.Delta, back.Delta, c.P, back.P)
		}
	})
}

func of(values ...float64) Histogram { return histogram(values) }

func TestComparisonIsUndefined(t *testing.T) {
	if got := Compare(of(), of(1, 2)); got != nil || got.Enough() || got.Stable(Scale{1, 5}) {
		t.Errorf("nobody: %+v", got)
	}
	one := Compare(of(3), of(4, 5))
	if one.Welch != nil || one.D != nil || one.DeltaCI != nil || one.Superiority.P != nil || one.P != one.RankSum.P {
		t.Errorf("one answer: %+v", one)
	}
	equal := Compare(of(4, 4, 4), of(4, 4))
	if equal.Welch != nil || equal.RankSum.P != 1 || *equal.Superiority.P != 1 || equal.Superiority.DF != nil || equal.Delta != 0 || equal.P != 1 {
		t.Errorf("all equal: %+v", equal)
	}
	apart := Compare(of(1, 1, 2), of(4, 5, 5))
	if apart.Superiority.P != nil || apart.Superiority.Probability != 1 || apart.P != apart.RankSum.P || apart.Delta != 1 {
		t.Errorf("separated: %+v", apart)
	}
	for _, c := range []*Comparison{Compare(of(1, 2, 3), of(3, 4, 5)), Compare(of(3, 4, 5), of(1, 2, 3))} {
		if ci := c.Superiority.CI; ci.Low < 0 || ci.High > 1 || ci.Low != 0 && ci.High != 1 || *c.DeltaCI != (Interval{2*ci.Low - 1, 2*ci.High - 1}) {
			t.Errorf("nearly separated: %+v, want the interval to end at 0 or 1", ci)
		}
	}
	if census := Welch(of(1, 2), of(3, 4, 5), 2, 3); census != nil {
		t.Errorf("everybody answered twice: %+v, want none", census)
	}
}

func TestAdjustmentSkipsTestsNotDone(t *testing.T) {
	nan := math.NaN()
	p := []float64{0.04, nan, 0.01, 0.03}
	near := cmpopts.EquateApprox(1e-12, 0)
	if diff := cmp.Diff([]float64{0.06, nan, 0.03, 0.06}, Holm(p), near, cmpopts.EquateNaNs()); diff != "" {
		t.Error("Holm", diff)
	}
	if diff := cmp.Diff([]float64{0.04, nan, 0.03, 0.04}, BenjaminiHochberg(p), near, cmpopts.EquateNaNs()); diff != "" {
		t.Error("Benjamini-Hochberg", diff)
	}
	if got := Holm(nil); len(got) != 0 {
		t.Errorf("empty family: %v", got)
	}
	if got := Holm([]float64{0.9, 0.9}); got[0] != 1 {
		t.Errorf("above 1: %v", got)
	}
}

func TestVerdict(t *testing.T) {
	for name, one := range map[string]struct {
		delta, difference, adjusted float64
		want                        Judgement
	}{
		"clearly":          {0.147, 0.2, 0.0499, Judgement{Verdict: ClearlyBetter}},
		"clearly worse":    {-0.147, -0.2, 0.0499, Judgement{Verdict: ClearlyWorse}},
		"probably":         {0.3, 0.2, 0.05, Judgement{Verdict: ProbablyBetter}},
		"probably worse":   {-0.3, -0.2, 0.1999, Judgement{Verdict: ProbablyWorse}},
		"not significant":  {0.3, 0.2, 0.20, Judgement{Verdict: NoClearChange}},
		"too small":        {0.1469, 0.2, 0.001, Judgement{Verdict: NoClearChange, TooSmall: true}},
		"signs contradict": {0.3, -0.1, 0.001, Judgement{Verdict: NoClearChange}},
	} {
		c := &Comparison{N1: 30, N2: 30, Delta: one.delta, Difference: one.difference}
		if diff := cmp.Diff(one.want, c.judge(one.adjusted), cmpopts.IgnoreFields(Judgement{}, "Adjusted")); diff != "" {
			t.Error(name, diff)
		}
	}
	nine := &Comparison{N1: 9, N2: 100, P: 1e-9, Delta: 1, Difference: 4}
	ten := &Comparison{N1: 10, N2: 100, P: 0.04, Delta: 1, Difference: 4}
	judged := Judge([]*Comparison{nine, ten, nil}, Holm)
	if judged[0].Verdict != TooFewAnswers || judged[2].Verdict != TooFewAnswers || judged[2].Adjusted != nil {
		t.Errorf("too few: %+v", judged)
	}
	if judged[1].Verdict != ClearlyBetter || *judged[1].Adjusted != 0.04 {
		t.Errorf("the untested count in the family: %+v", judged[1])
	}
}

func TestStableNeedsTheWholeInterval(t *testing.T) {
	for _, one := range []struct {
		low, high float64
		scale     Scale
		want      bool
	}{
		{-0.2, 0.2, Scale{1, 5}, true}, {-0.2, 0.21, Scale{1, 5}, false}, {-0.21, 0, Scale{1, 5}, false},
		{-5, 5, Scale{0, 100}, true}, {0.1, 0.2, Scale{0, 1}, false},
	} {
		c := &Comparison{N1: 10, N2: 10, Welch: &Student{CI: Interval{one.low, one.high}}}
		if got := c.Stable(one.scale); got != one.want {
			t.Errorf("%+v: %v", one, got)
		}
	}
}

func TestSize(t *testing.T) {
	for delta, want := range map[float64]string{
		0: Negligible, -0.1469: Negligible, 0.147: Small, -0.329: Small, 0.33: Medium, 0.473: Medium, -0.474: Large, 1: Large,
	} {
		if got := Size(delta); got != want {
			t.Errorf("%v: %s, want %s", delta, got, want)
		}
	}
}

// TestManyDegreesOfFreedom compares the series with the search, from where it begins.
func TestManyDegreesOfFreedom(t *testing.T) {
	for _, df := range []float64{1000, 1500.5, 12345, 1e6} {
		want := distuv.StudentsT{Mu: 0, Sigma: 1, Nu: df}.Quantile(0.975)
		if got := t95(df); math.Abs(got-want) > 1e-10*want {
			t.Errorf("%v: %.15g, want %.15g", df, got, want)
		}
	}
}
