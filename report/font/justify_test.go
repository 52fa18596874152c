package font_test

import (
	"math"
	"strings"
	"testing"

	"pulscheck/report/font"
)

// TestJustify: every line but the last fills the column, none has holes, nothing is
// lost, and what cannot be set so stays ragged as a whole.
func TestJustify(t *testing.T) {
	const text = "Keine Zahl steht für weniger als 5 Personen, auch keine Kombination veröffentlichter Zahlen. Wo das verletzt würde, ist die Gruppe " +
		"nicht ausgewiesen; aus einer Lücke folgt nichts über ihre Antworten. Fast einstimmige Gruppen werden nur grob gezeigt."
	const points, width = 10.0, 165.0
	space := font.Width(" ", font.Regular, points)
	for _, indent := range []float64{0, 2} {
		lines := font.Justify(indent, text, font.Regular, points, width)
		var all []string
		for i, l := range lines {
			all = append(all, l.Text)
			used := font.Width(l.Text, font.Regular, points) + l.Extra*float64(strings.Count(l.Text, " "))
			if i == 0 {
				used += indent
			}
			if last := i == len(lines)-1; last && l.Extra != 0 || !last && math.Abs(used-width) > 1e-6 || l.Extra > 1.3*space {
				t.Errorf("line %d is %.2f mm wide, spaces grow by %.2f: %q", i, used, l.Extra, l.Text)
			}
		}
		if len(lines) < 2 || strings.Join(all, " ") != text {
			t.Errorf("%q", all)
		}
	}
	for _, l := range font.Justify(0, text, font.Regular, points, 35) {
		if l.Extra != 0 {
			t.Errorf("a narrow column has holes: %q", l.Text)
		}
	}
}
