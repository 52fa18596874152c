package participation_test

import (
	"os"
	"strconv"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"pulscheck/survey"
)

// TestNoAccessibilityViolations runs axe-core (WCAG 2.2 A and AA) on every step of the
// survey, light and dark. axe-core comes with "make client".
func TestNoAccessibilityViolations(t *testing.T) {
	axe, err := os.ReadFile("../view/client/node_modules/axe-core/axe.min.js")
	if err != nil {
		t.Skip("axe-core is not installed: make client")
	}
	m := newMemory(t)
	server := listen(t, m)
	for i, scheme := range []string{"light", "dark"} {
		b := openTab(t)
		params := emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}}
		if _, err := chromedp.Call(b.ctx, emulation.SetEmulatedMedia, params); err != nil {
			t.Fatal(err)
		}
		link := m.invite(byte(i+1), survey.Invitation{Process: "INC", Role: "staff"})
		b.do(chromedp.Navigate(server.URL + "/r/" + roundID + "#" + link.String()))
		b.at("landing")
		b.eval(string(axe) + `; 'loaded'`)
		checked := 0
		check := func(step string) {
			t.Helper()
			script := `axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})
				.then((r) => r.violations.map((v) => v.id + ': ' + v.nodes.map((n) => n.target).join(' ')).join('\n'))`
			found, err := chromedp.Run(b.ctx, chromedp.Evaluate[string](script, chromedp.EvalAwaitPromise))
			if err != nil {
				t.Fatal(err)
			}
			if found != "" {
				t.Errorf("%s, %s:\n%s", scheme, step, found)
			}
			checked++
		}
		check("landing")
		b.next("attributes")
		check("attributes")
		b.next("q1")
		check("question")
		b.click(`input[value="4"]`)
		check("question answered")
		for j := range m.manifest.Questionnaire.Items {
			b.click(".bar .primary")
			if j+1 < len(m.manifest.Questionnaire.Items) {
				b.at("q" + strconv.Itoa(j+2))
			}
		}
		b.at("comment")
		check("comment")
		b.next("review")
		check("review")
		b.next("done")
		check("done")
		t.Logf("%s: %d steps checked", scheme, checked)
	}
}
