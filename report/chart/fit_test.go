package chart_test

import (
	"testing"

	"pulscheck/report/chart"
)

// ruler keeps where texts stand. grow makes them wider than they are.
type ruler struct {
	grow  float64
	texts []placed
}

type placed struct {
	text                     string
	left, right, top, bottom float64
	size                     float64
}

func (r *ruler) Path([]chart.Point, bool, chart.Style)    {}
func (r *ruler) Circle(chart.Point, float64, chart.Style) {}
func (r *ruler) Width(text string, t chart.Type) float64  { return r.grow * measure(text, t) }
func (r *ruler) Text(at chart.Point, s string, t chart.Type) {
	if s == "" {
		return
	}
	w, em := r.Width(s, t), t.Size*25.4/72
	left := at.X - w*map[chart.Align]float64{chart.Centre: 0.5, chart.Right: 1}[t.Align]
	r.texts = append(r.texts, placed{s, left, left + w, at.Y - 0.66*em, at.Y, t.Size}) // cap height to base line
}

// TestTextFits: no text leaves its figure or is smaller than 8 points, also in a
// typeface that is 15 % wider, and no two texts lie on each other.
func TestTextFits(t *testing.T) {
	const slack = 0.2 // mm
	for _, grow := range []float64{1, 1.15} {
		for name, s := range samples() {
			r := &ruler{grow: grow}
			s.figure.Draw(r, chart.Box{W: s.w, H: s.h})
			for i, p := range r.texts {
				if p.left < -slack || p.right > s.w+slack || p.top < -slack || p.bottom > s.h+slack {
					t.Errorf("%s ×%.2f: %q at %.1f–%.1f, %.1f–%.1f leaves %.0f × %.1f", name, grow, p.text, p.left, p.right, p.top, p.bottom, s.w, s.h)
				}
				if p.size < 8 {
					t.Errorf("%s: %q has %.1f points", name, p.text, p.size)
				}
				for _, q := range r.texts[:i] {
					if p.left < q.right-slack && q.left < p.right-slack && p.top < q.bottom-slack && q.top < p.bottom-slack {
						t.Errorf("%s ×%.2f: %q lies on %q", name, grow, p.text, q.text)
					}
				}
			}
		}
	}
}
