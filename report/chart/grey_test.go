package chart_test

import (
	"math"
	"testing"

	"pulscheck/report/chart"
)

// luminance of a colour as a printer without colours shows it, 0..1 (WCAG 2.2).
func luminance(c chart.Color) float64 {
	part := func(v uint8) float64 {
		x := float64(v) / 255
		if x <= 0.04045 {
			return x / 12.92
		}
		return math.Pow((x+0.055)/1.055, 2.4)
	}
	return 0.2126*part(c.R) + 0.7152*part(c.G) + 0.0722*part(c.B)
}

func contrast(a, b chart.Color) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// TestGreyscale: whoever prints without colours, or does not see them, tells apart what
// colours mean: texts and marks by contrast, neighbours of a scale by lightness, and
// states by their shape.
func TestGreyscale(t *testing.T) {
	for _, test := range []struct {
		name  string
		a, b  chart.Color
		least float64
	}{
		{"text on paper", chart.Ink, chart.White, 7}, {"second text on paper", chart.Ink2, chart.White, 4.5}, {"brand on paper", chart.Brand, chart.White, 4.5},
		{"status ok", chart.OK, chart.White, 4.5}, {"status watch", chart.Watch, chart.White, 4.5}, {"status act", chart.Act, chart.White, 4.5},
		{"now and before", chart.Brand, chart.Prev, 3}, {"barrier and other stages", chart.Act, chart.Pale, 2.5},
		{"strong and weak no", chart.Neg2, chart.Neg1, 3}, {"strong and weak yes", chart.Pos2, chart.Pos1, 3},
		{"key line of a light segment", chart.Edge, chart.White, 3},
	} {
		if got := contrast(test.a, test.b); got < test.least {
			t.Errorf("%s: contrast %.2f, want %.1f", test.name, got, test.least)
		}
	}
	shapes := map[string]chart.Status{}
	for _, s := range []chart.Status{chart.StatusOK, chart.StatusWatch, chart.StatusAct, chart.StatusNone} {
		r := &outline{}
		chart.DrawStatus(r, s, chart.Point{}, 5)
		if same, known := shapes[r.shape]; known {
			t.Errorf("states %v and %v look the same without colours", s, same)
		}
		shapes[r.shape] = s
	}
	for _, index := range []float64{20, 45, 55, 70, 90} {
		if got := contrast(chart.Ink, chart.Heat(index)); got < 7 {
			t.Errorf("number on the class of %.0f: contrast %.2f", index, got)
		}
	}
}

// outline keeps which shapes are drawn, not their colours.
type outline struct{ shape string }

func (o *outline) Path(points []chart.Point, _ bool, s chart.Style) {
	o.shape += string(rune('a' + len(points)))
	if s.Dash {
		o.shape += "-"
	}
}

func (o *outline) Circle(chart.Point, float64, chart.Style)   { o.shape += "o" }
func (o *outline) Text(_ chart.Point, s string, _ chart.Type) { o.shape += s }
func (o *outline) Width(s string, t chart.Type) float64       { return measure(s, t) }
