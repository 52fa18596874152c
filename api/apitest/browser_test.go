package apitest

import (
	"net/http/httptest"
	"strings"

	"github.com/chromedp/chromedp"
)

// tab is one tab of a headless Chromium that speaks German and asks the server of a
// world.
//
//	b := w.tab()
//	b.as(w.desk(account.Lead))    // signed in
//	b.open("/organisations")
//	b.Do(chromedp.Click(chromedp.CSS("main .button")))
//	b.Eval(`document.title`)
type tab struct {
	*Tab
	base string
}

// tab serves the world on a port.
func (w *world) tab() *tab {
	t := w.t
	t.Helper()
	b := OpenTab(t, "de-DE")
	server := httptest.NewServer(w.server)
	t.Cleanup(server.Close)
	t.Cleanup(func() {
		if complaints := b.Complaints(); len(complaints) > 0 {
			t.Errorf("the browser complains:\n%s", strings.Join(complaints, "\n"))
		}
	})
	return &tab{b, server.URL}
}

// open asks for a page and waits until it is there.
func (b *tab) open(path string) { b.T.Helper(); b.Do(chromedp.Navigate(b.base + path)) }

// as signs the tab in as somebody.
func (b *tab) as(d *desk) {
	b.T.Helper()
	for _, name := range []string{"__Host-session", "__Host-language"} {
		b.Cookie(b.base, name, d.cookies[name])
	}
}
