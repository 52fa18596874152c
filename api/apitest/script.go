package apitest

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// JavaScript with which a browser looks at a page. Each gives a text, "" for nothing to
// complain about.

// Sideways tells what sticks out of the page.
const Sideways = `(() => {
	const bad = [], name = (e) => e.tagName + '.' + e.className + ' ' + (e.textContent || e.id).trim().slice(0, 30);
	if (document.documentElement.scrollWidth > innerWidth) bad.push('scrolls sideways: ' + document.documentElement.scrollWidth);
	for (const e of document.querySelectorAll('body *')) {
		const r = e.getBoundingClientRect();
		if (r.width > 2 && r.right > innerWidth + 1 && !e.closest('.skip, .scroll, .chart')) bad.push('sticks out: ' + name(e));
	}
	return bad.slice(0, 5).join('\n');
})()`

// Axe runs axe-core, which has to be there, by WCAG 2.2 A and AA and its own best
// practice, and tells the violations.
const Axe = `axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})
	.then((r) => r.violations.map((v) => v.id + ': ' + v.nodes.map((n) => n.target).join(' ')).join('\n'))`

// LoadAxe gives the script of axe-core, which comes with "make client" (make test has it
// made where npm is). Without it a test is skipped, and fails where everything is required
// and npm is there.
func LoadAxe(t testing.TB, top string) string {
	t.Helper()
	source, err := os.ReadFile(filepath.Join(top, "api/view/client/node_modules/axe-core/axe.min.js"))
	if err == nil {
		return string(source) + "; 'loaded'"
	}
	if _, noNPM := exec.LookPath("npm"); noNPM == nil && os.Getenv("PULSCHECK_TEST_REQUIRE") == "1" {
		t.Fatal("axe-core is missing: make client")
	}
	t.Skip("axe-core is missing: make client")
	return ""
}

// Still waits until the page has taken on a width of the window in pixels: what listens
// to the width is told of it with the next frame, and what moves then comes to rest.
func Still(width int64) string {
	return fmt.Sprintf(`(async () => {
	const frame = () => new Promise(requestAnimationFrame);
	while (innerWidth !== %d) await frame();
	await frame();
	await Promise.all(document.getAnimations().map((a) => a.finished));
	return '';
})()`, width)
}
