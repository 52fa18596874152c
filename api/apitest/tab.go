package apitest

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// Tab is one tab of a headless Chromium. What it cannot do ends the test.
type Tab struct {
	T   *testing.T
	Ctx context.Context // of the tab, for chromedp

	mu         sync.Mutex
	complaints []string
}

// OpenTab starts a Chromium of its own that speaks a language ("de-DE"), as wide as a
// telephone. It needs an installed Chromium, as the tests on MySQL need a server.
func OpenTab(t *testing.T, language string) *Tab {
	t.Helper()
	if _, err := exec.LookPath("chromium"); err != nil {
		if os.Getenv("PULSCHECK_TEST_REQUIRE") == "1" {
			t.Fatal("no chromium on this machine")
		}
		t.Skip("no chromium on this machine")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.NoSandbox, chromedp.Flag("lang", language), chromedp.Flag("accept-lang", language))
	ctx, stop := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(stop)
	return newTab(ctx, t)
}

// Apart opens a tab in the same Chromium that shares no cookie with others.
func (b *Tab) Apart(t *testing.T) *Tab {
	t.Helper()
	return newTab(b.Ctx, t, chromedp.WithNewBrowserContext())
}

func newTab(ctx context.Context, t *testing.T, options ...chromedp.ContextOption) *Tab {
	t.Helper()
	ctx, stop := chromedp.NewContext(ctx, options...)
	t.Cleanup(stop)
	b := &Tab{T: t, Ctx: ctx}
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(390, 844)); err != nil { // starts the browser, which lives as long as ctx
		t.Fatal(err)
	}
	if err := chromedp.Listen(ctx, b.hear); err != nil {
		t.Fatal(err)
	}
	return b
}

// hear notes script errors and refusals of the content policy.
func (b *Tab) hear(event any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch e := event.(type) {
	case *runtime.EventExceptionThrown:
		b.complaints = append(b.complaints, e.ExceptionDetails.Text)
	case *log.EventEntryAdded:
		known := !strings.Contains(e.Entry.Text, "Unrecognized feature") // switched off, and not in this build
		if e.Entry.Source == log.EntrySourceSecurity && known {
			b.complaints = append(b.complaints, e.Entry.Text)
		}
	}
}

// Complaints are the errors of scripts and the refusals of the content policy so far.
func (b *Tab) Complaints() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.Clone(b.complaints)
}

// Do acts, and tells what the page says if it does not come that far in 20 seconds.
func (b *Tab) Do(actions ...chromedp.Action[chromedp.Void]) {
	b.T.Helper()
	ctx, stop := context.WithTimeout(b.Ctx, 20*time.Second)
	defer stop()
	if err := chromedp.Do(ctx, actions...); err != nil {
		b.T.Fatalf("%v; %s says:\n%s", err, b.Eval(`location.pathname`), b.Eval(`document.body.innerText`))
	}
}

// Eval gives the text that a script comes to, or what it promised.
func (b *Tab) Eval(script string) string {
	b.T.Helper()
	got, err := chromedp.Run(b.Ctx, chromedp.Evaluate[string](script, chromedp.EvalAwaitPromise))
	if err != nil {
		b.T.Fatal(err)
	}
	return got
}

// At waits for a step of the survey page.
func (b *Tab) At(step string) {
	b.T.Helper()
	b.Do(chromedp.WaitVisible(chromedp.CSS(`#app[data-step="` + step + `"] main`)))
}

// Next presses the main button of the survey page and waits for the step after it.
func (b *Tab) Next(step string) {
	b.T.Helper()
	b.Do(chromedp.Click(chromedp.CSS(".bar .primary")))
	b.At(step)
}

// Size sets the window in CSS pixels, and waits until the page has taken it on: what
// listens to a width is told of it with the next frame, and what moves then has to come
// to rest.
func (b *Tab) Size(width, height int64) {
	b.T.Helper()
	b.Do(chromedp.EmulateViewport(width, height))
	b.Eval(fmt.Sprintf(`(async () => {
	const frame = () => new Promise(requestAnimationFrame);
	while (innerWidth !== %d) await frame();
	await frame();
	await Promise.all(document.getAnimations().map((a) => a.finished));
	return '';
})()`, width))
}

// Media emulates what a reader has set on the device ("prefers-color-scheme", "dark").
func (b *Tab) Media(name, value string) {
	b.T.Helper()
	params := emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: name, Value: value}}}
	if _, err := chromedp.Call(b.Ctx, emulation.SetEmulatedMedia, params); err != nil {
		b.T.Fatal(err)
	}
}

// Cookie gives the browser a cookie of a server, as if that stood behind HTTPS.
func (b *Tab) Cookie(server, name, value string) {
	b.T.Helper()
	yes := true
	if _, err := chromedp.Call(b.Ctx, network.SetCookie, network.SetCookieParams{
		Name: name, Value: value, URL: strings.Replace(server, "http:", "https:", 1), Path: "/", Secure: &yes, HTTPOnly: &yes,
	}); err != nil {
		b.T.Fatal(err)
	}
}

// Picture writes the whole page as a PNG into the folder that PULSCHECK_TEST_PICTURES
// names, for people to look at.
func (b *Tab) Picture(name string) {
	b.T.Helper()
	folder := os.Getenv("PULSCHECK_TEST_PICTURES")
	if folder == "" {
		return
	}
	png, err := chromedp.Run(b.Ctx, chromedp.FullScreenshot(100))
	if err != nil {
		b.T.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, name+".png"), png, 0o600); err != nil {
		b.T.Fatal(err)
	}
}

// Sideways tells what sticks out of the page, "" for nothing.
func (b *Tab) Sideways() string { b.T.Helper(); return b.Eval(sideways) }

// sideways tells what sticks out of the page.
const sideways = `(() => {
	const bad = [], name = (e) => e.tagName + '.' + e.className + ' ' + (e.textContent || e.id).trim().slice(0, 30);
	if (document.documentElement.scrollWidth > innerWidth) bad.push('scrolls sideways: ' + document.documentElement.scrollWidth);
	for (const e of document.querySelectorAll('body *')) {
		const r = e.getBoundingClientRect();
		if (r.width > 2 && r.right > innerWidth + 1 && !e.closest('.skip, .scroll, .chart')) bad.push('sticks out: ' + name(e));
	}
	return bad.slice(0, 5).join('\n');
})()`

// Axe gives what axe-core finds by WCAG 2.2 A and AA and its own best practice, "" for
// nothing. "make client" brings axe-core, below the top of the module. Without it the test
// is skipped, and fails where everything is required and npm is there.
func (b *Tab) Axe(top string) string {
	b.T.Helper()
	if b.Eval(`typeof axe`) == "undefined" {
		source, err := os.ReadFile(filepath.Join(top, "api/view/client/node_modules/axe-core/axe.min.js"))
		if _, noNPM := exec.LookPath("npm"); err != nil && noNPM == nil && os.Getenv("PULSCHECK_TEST_REQUIRE") == "1" {
			b.T.Fatal("axe-core is missing: make client")
		}
		if err != nil {
			b.T.Skip("axe-core is missing: make client")
		}
		b.Eval(string(source) + "; 'loaded'")
	}
	return b.Eval(`axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})
	.then((r) => r.violations.map((v) => v.id + ': ' + v.nodes.map((n) => n.target).join(' ')).join('\n'))`)
}
