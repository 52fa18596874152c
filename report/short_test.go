package report

import (
	"testing"

	"pulscheck/report/font"
)

func TestNamesFit(t *testing.T) {
	for _, c := range []struct {
		name               string
		width              float64
		compact, breakable string
	}{
		{"Mitarbeit", 24, "Mitarbeit", "Mitarbeit"},
		{"Änderungsmanagement", 25, "Änderungsmgmt.", "Änderungs- management"},
		{"Änderungs\u00admanagement", 25, "Änderungsmgmt.", "Änderungs- management"},
		{"Service request management", 25, "Service request", "Service request management"},
		{"Donaudampfschifffahrt", 20, "Donaudampfsc.", "Donaudampfsc."},
		{"Prozessverantwortung", 24, "Prozessverantw.", "Prozess- verantwortung"},
	} {
		if got := compact(c.name, font.Semibold, 8, c.width); got != c.compact {
			t.Errorf("compact(%q) = %q, want %q", c.name, got, c.compact)
		}
		if got := breakable(c.name, font.Semibold, 8, c.width); got != c.breakable {
			t.Errorf("breakable(%q) = %q, want %q", c.name, got, c.breakable)
		}
	}
}
