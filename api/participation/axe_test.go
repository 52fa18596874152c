package participation_test

import "testing"

// TestNoAccessibilityViolations runs axe-core (WCAG 2.2 A and AA, and its own best
// practice) on every page a respondent can meet, light and dark.
func TestNoAccessibilityViolations(t *testing.T) {
	for _, scheme := range []string{"light", "dark"} {
		b := openTab(t)
		b.Media("prefers-color-scheme", scheme)
		states, violations := 0, 0
		everyState(t, b, func(state string) {
			if found := b.Axe("../.."); found != "" {
				t.Errorf("%s, %s:\n%s", scheme, state, found)
				violations++
			}
			states++
		})
		t.Logf("%s: axe-core on %d pages, %d with violations", scheme, states, violations)
	}
}
