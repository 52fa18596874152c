package score

import (
	"math"
	"slices"
	"testing"
)

func TestItemQualityAndOmegaEqualReference(t *testing.T) {
	d, _ := load(t)
	c := &checker{t: t}
	for iteration, constructs := range expect[map[string]map[string]struct {
		Omega   *float64   `json:"omega_total"`
		Rest    []*float64 `json:"item_rest"`
		Without []*float64 `json:"alpha_if_deleted"`
	}](t, "reliability") {
		sheets, _ := d.of(sel{iteration, "", ""})
		for key, want := range constructs {
			var complete [][]float64
			for _, one := range sheets {
				if v := d.values(one, key); !slices.ContainsFunc(v, math.IsNaN) {
					complete = append(complete, v)
				}
			}
			for i, q := range ItemQualities(complete) {
				c.same(key+" item-total", *q.Rest, want.Rest[i])
				if (q.AlphaWithout == nil) != (want.Without == nil) {
					t.Errorf("%s %d without: %v, want %v", key, i, q.AlphaWithout, want.Without)
				} else if q.AlphaWithout != nil {
					c.same(key+" alpha without", *q.AlphaWithout, want.Without[i])
				}
				if q.Weak() != (key == "COM") || q.Reversed() && *want.Rest[i] >= 0 {
					t.Errorf("%s %s %d: %v weak %v", iteration, key, i, *q.Rest, q.Weak())
				}
			}
			omega := Omega(complete)
			if (omega == nil) != (want.Omega == nil) {
				t.Errorf("%s omega %v, want %v", key, omega, want.Omega)
			} else if omega != nil {
				c.same(key+" omega", *omega, want.Omega) // 1e-8, the reference promises 1e-6
			}
		}
	}
	c.tell("6, items and omega")
	if want := 3 * ((4+4+3)*2 + 2 + 3); c.compared != want {
		t.Errorf("%d numbers compared, want %d", c.compared, want)
	}
}

// One factor that fits exactly: loadings .8 .7 .6 .5 give their own correlations, so
// omega follows from the loadings.
func TestOneFactorFindsItsLoadings(t *testing.T) {
	want := []float64{0.8, 0.7, 0.6, 0.5}
	r := symmetric(4, func(i, j int) float64 { return want[i] * want[j] })
	for i, got := range oneFactor(r) {
		if math.Abs(math.Abs(got)-want[i]) > 1e-9 {
			t.Errorf("loading %d = %v, want %v", i, got, want[i])
		}
	}
}

func TestOmegaIsUndefined(t *testing.T) {
	heywood := symmetric(3, func(i, j int) float64 { return []float64{0.9, 0.9, 0.5}[i+j-1] }) // first loading² = 1.62
	if got := oneFactor(heywood); got != nil {
		t.Errorf("communality above 1: %v, want none", got)
	}
	for name, complete := range map[string][][]float64{
		"two items": {{1, 2}, {2, 3}, {4, 1}}, "nobody": nil, "an item twice": {{1, 1, 2}, {2, 2, 5}, {4, 4, 3}, {5, 5, 1}, {2, 2, 2}},
		"no variance": {{1, 2, 3}, {1, 3, 4}, {1, 4, 2}},
	} {
		if got := Omega(complete); got != nil {
			t.Errorf("%s: %v, want none", name, *got)
		}
	}
	if got := ItemQualities([][]float64{{1, 2}, {1, 3}, {1, 4}}); got != nil {
		t.Errorf("no variance: %+v, want none", got)
	}
}

func TestItemQualityIsUndefinedWithoutRest(t *testing.T) {
	// The second and third item cancel out; leaving out the first leaves nothing.
	got := ItemQualities([][]float64{{1, 1, 5}, {2, 2, 4}, {4, 5, 1}, {3, 1, 5}})
	if got[0].Rest != nil || got[0].AlphaWithout != nil {
		t.Errorf("first item: %+v, want none", got[0])
	}
	if !got[2].Reversed() || !got[2].Weak() {
		t.Errorf("third item %v is not found reversed", *got[2].Rest)
	}
}
