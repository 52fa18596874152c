package font

import (
	"math"
	"strings"
	"testing"
)

// TestKerned: letters that leave a hole stand closer together, and nothing of the text is
// lost; what needs no kerning stays in one part.
func TestKerned(t *testing.T) {
	parts := Kerned("To", Semibold, 72)
	if len(parts) != 2 || parts[1].At >= Width("T", Semibold, 72)-0.5 {
		t.Errorf("To stands as %v, without kerning o at %.2f mm", parts, Width("T", Semibold, 72))
	}
	if parts := Kerned("nnnn 1111", Regular, 21); len(parts) != 1 || parts[0].At != 0 {
		t.Errorf("even letters are cut: %v", parts)
	}
	const text = "Akzeptanz steigt – Verstehen, Wollen (71) „Tage“ AVATAR P. 100 %"
	var all strings.Builder
	end := 0.0
	for _, p := range Kerned(text, Semibold, 21) {
		if p.At < end-2 {
			t.Errorf("%q stands over the part before it", p.Text)
		}
		all.WriteString(p.Text)
		end = p.At + Width(p.Text, Semibold, 21)
	}
	if plain := Width(text, Semibold, 21); all.String() != text || end > plain || math.Abs(plain-end) > plain/20 {
		t.Errorf("%q is %.1f mm wide, %.1f without kerning", all.String(), end, plain)
	}
}
