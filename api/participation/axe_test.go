package participation_test

import (
	"os"
	"os/exec"
	"testing"

	"github.com/chromedp/chromedp"
)

// TestNoAccessibilityViolations runs axe-core (WCAG 2.2 A and AA, and its own best
// practice) on every page a respondent can meet, light and dark. axe-core comes with
// "make client".
func TestNoAccessibilityViolations(t *testing.T) {
	axe, err := os.ReadFile("../view/client/node_modules/axe-core/axe.min.js")
	if _, noNPM := exec.LookPath("npm"); err != nil && noNPM == nil && os.Getenv("PULSCHECK_TEST_REQUIRE") == "1" {
		t.Fatal("axe-core is not installed: make client")
	}
	if err != nil {
		t.Skip("axe-core is not installed: make client")
	}
	script := `axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})
		.then((r) => r.violations.map((v) => v.id + ': ' + v.nodes.map((n) => n.target).join(' ')).join('\n'))`
	for _, scheme := range []string{"light", "dark"} {
		b := openTab(t)
		b.media("prefers-color-scheme", scheme)
		states, violations := 0, 0
		everyState(t, b, func(state string) {
			if b.eval(`typeof axe`) == "undefined" {
				b.eval(string(axe) + `; 'loaded'`)
			}
			found, err := chromedp.Run(b.ctx, chromedp.Evaluate[string](script, chromedp.EvalAwaitPromise))
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
