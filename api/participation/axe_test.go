package participation_test

import (
	"testing"

	"github.com/chromedp/chromedp"

	"pulscheck/api/apitest"
)

// TestNoAccessibilityViolations runs axe-core (WCAG 2.2 A and AA, and its own best
// practice) on every page a respondent can meet, light and dark.
func TestNoAccessibilityViolations(t *testing.T) {
	axe := apitest.LoadAxe(t, "../..")
	for _, scheme := range []string{"light", "dark"} {
		b := openTab(t)
		b.media("prefers-color-scheme", scheme)
		states, violations := 0, 0
		everyState(t, b, func(state string) {
			if b.eval(`typeof axe`) == "undefined" {
				b.eval(axe)
			}
			found, err := chromedp.Run(b.ctx, chromedp.Evaluate[string](apitest.Axe, chromedp.EvalAwaitPromise))
			if err != nil {
				t.Fatal(err)
			}
			if found != "" {
				t.Errorf("%s, %s:\n%s", scheme, state, found)
				violations++
			}
			states++
		})
		t.Logf("%s: axe-core on %d pages, %d with violations", scheme, states, violations)
	}
}
