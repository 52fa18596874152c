package apitest

import (
	"context"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
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

// tab is one tab of a headless Chromium that speaks German and asks the server of a
// world.
//
//	b := w.tab()
//	b.as(w.desk(account.Lead))    // signed in
//	b.open("/organisations")
//	b.do(chromedp.Click(chromedp.CSS("main .button")))
//	b.eval(`document.title`)
type tab struct {
	t        *testing.T
	ctx      context.Context
	base     string
	mu       sync.Mutex
	problems []string // script errors and refusals of the content policy
}

// tab needs an installed Chromium, as the tests on MySQL need a server.
func (w *world) tab() *tab {
	t := w.t
	t.Helper()
	if _, err := exec.LookPath("chromium"); err != nil {
		if os.Getenv("PULSCHECK_TEST_REQUIRE") == "1" {
			t.Fatal("no chromium on this machine")
		}
		t.Skip("no chromium on this machine")
	}
	server := httptest.NewServer(w.server)
	t.Cleanup(server.Close)
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.NoSandbox, chromedp.Flag("lang", "de-DE"), chromedp.Flag("accept-lang", "de-DE"))
	ctx, stop := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(stop)
	ctx, stop = chromedp.NewContext(ctx)
	t.Cleanup(stop)
	b := &tab{t: t, ctx: ctx, base: server.URL}
	b.size(390, 844)
	if err := chromedp.Listen(ctx, b.hear); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		if len(b.problems) > 0 {
			t.Errorf("the browser complains:\n%s", strings.Join(b.problems, "\n"))
		}
	})
	return b
}

func (b *tab) hear(event any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch e := event.(type) {
	case *runtime.EventExceptionThrown:
		b.problems = append(b.problems, e.ExceptionDetails.Text)
	case *log.EventEntryAdded:
		known := !strings.Contains(e.Entry.Text, "Unrecognized feature") // switched off, and not in this build
		if e.Entry.Source == log.EntrySourceSecurity && known {
			b.problems = append(b.problems, e.Entry.Text)
		}
	}
}

func (b *tab) do(actions ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	ctx, stop := context.WithTimeout(b.ctx, 20*time.Second)
	defer stop()
	if err := chromedp.Do(ctx, actions...); err != nil {
		b.t.Fatalf("%v; the page says:\n%s", err, b.eval(`document.body.innerText`))
	}
}

func (b *tab) eval(script string) string {
	b.t.Helper()
	got, err := chromedp.Run(b.ctx, chromedp.Evaluate[string](script, chromedp.EvalAwaitPromise))
	if err != nil {
		b.t.Fatal(err)
	}
	return got
}

// open asks for a page and waits until it is there.
func (b *tab) open(path string) { b.t.Helper(); b.do(chromedp.Navigate(b.base + path)) }

// size sets the window, and waits until the page has taken it on: what listens to a
// width is told of it with the next frame, and what moves then has to come to rest.
func (b *tab) size(width, height int64) {
	b.t.Helper()
	if err := chromedp.Do(b.ctx, chromedp.EmulateViewport(width, height)); err != nil {
		b.t.Fatal(err)
	}
	b.eval(Still(width))
}

// media emulates what a reader has set on the device.
func (b *tab) media(name, value string) {
	b.t.Helper()
	params := emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: name, Value: value}}}
	if _, err := chromedp.Call(b.ctx, emulation.SetEmulatedMedia, params); err != nil {
		b.t.Fatal(err)
	}
}

// as signs the tab in as somebody.
func (b *tab) as(d *desk) {
	b.t.Helper()
	yes := true
	for name, value := range map[string]string{"__Host-session": d.cookies["__Host-session"], "__Host-language": d.cookies["__Host-language"]} {
		_, err := chromedp.Call(b.ctx, network.SetCookie, network.SetCookieParams{
			Name: name, Value: value, URL: strings.Replace(b.base, "http:", "https:", 1), Path: "/", Secure: &yes, HTTPOnly: &yes,
		})
		if err != nil {
			b.t.Fatal(err)
		}
	}
}

// picture writes the whole page as a PNG into the folder that PULSCHECK_TEST_PICTURES
// names, for people to look at.
func (b *tab) picture(name string) {
	b.t.Helper()
	folder := os.Getenv("PULSCHECK_TEST_PICTURES")
	if folder == "" {
		return
	}
	png, err := chromedp.Run(b.ctx, chromedp.FullScreenshot(100))
	if err != nil {
		b.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, name+".png"), png, 0o600); err != nil {
		b.t.Fatal(err)
	}
}

// axe runs axe-core (WCAG 2.2 A and AA, and its own best practice) on the page and gives
// what it finds.
func (b *tab) axe() string {
	b.t.Helper()
	if b.eval(`typeof axe`) == "undefined" {
		b.eval(LoadAxe(b.t, "../.."))
	}
	return b.eval(Axe)
}
