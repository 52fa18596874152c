package apitest

import (
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/network"
	browser "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"pulscheck/survey/account"
	"pulscheck/survey/store/storetest"
)

// longWaits keeps what a page does after a minute or more, for the test to do.
const longWaits = `window.waits = [];
const soon = window.setTimeout, forget = window.clearTimeout;
window.setTimeout = (f, ms, ...more) => ms < 60000 ? soon(f, ms, ...more) : -waits.push({ f, ms });
window.clearTimeout = (id) => id < 0 ? delete waits[-id - 1] : forget(id);`

// waiting is how long a page waits for what it does last, in milliseconds.
const waiting = `String(waits.at(-1)?.ms)`

// TestTwoMinutesBeforeTheEndOneMayGoOn: the page says so after 28 minutes in which nothing
// was asked for, a button keeps the session, and whoever presses it too late finds what was
// typed again after the log-in.
func TestTwoMinutesBeforeTheEndOneMayGoOn(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	w.roundsToLookAt()
	d, b := w.desk(account.Lead), w.tab()
	if _, err := chromedp.Call(b.Ctx, browser.AddScriptToEvaluateOnNewDocument, browser.AddScriptToEvaluateOnNewDocumentParams{Source: longWaits}); err != nil {
		t.Fatal(err)
	}
	b.as(d)
	at := "/rounds/" + w.own["draft"] + "/draft/texts"
	b.open(at)
	const quiet = 28 * time.Minute
	if got := b.Eval(waiting); got != "1680000" {
		t.Fatalf("the page waits %s ms, want 28 minutes", got)
	}
	warn := func() {
		t.Helper()
		w.now = w.now.Add(quiet)
		b.Eval(`waits.at(-1).f(), ''`)
		if got := b.Eval(`document.querySelector('#idle[role=status]').innerText.replace(/\s+/g, ' ')`); got != "In zwei Minuten werden Sie abgemeldet. Weiter arbeiten" {
			t.Fatalf("the banner says %q", got)
		}
	}
	warn()
	if found := b.Axe("../.."); found != "" {
		t.Errorf("the banner:\n%s", found)
	}
	b.Picture("idle")
	b.Do(chromedp.Click(chromedp.CSS("#idle button")), chromedp.WaitNotPresent(chromedp.CSS("#idle")))
	if got := b.Eval(`waits.length + ' ' + ` + waiting); got != "2 1680000" {
		t.Errorf("after going on it waits %s", got)
	}
	warn() // 56 minutes after the page was asked for: the button has kept the session
	b.Do(chromedp.Click(chromedp.CSS("#idle button")), chromedp.WaitNotPresent(chromedp.CSS("#idle")))
	b.Do(chromedp.SendKeys(chromedp.CSS("#f-title-de"), " am Abend"))
	warn()
	w.now = w.now.Add(2 * time.Minute)
	b.Do(chromedp.Click(chromedp.CSS("#idle button")), chromedp.WaitVisible(chromedp.CSS("#f-password")))
	if got := b.Eval(`document.querySelector('main').innerText`); !strings.Contains(got, "Sie waren abgemeldet. Ihr Entwurf ist gespeichert.") {
		t.Errorf("too late, the log-in says %s", got)
	}
	b.Picture("idle-login")
	d.signInAgain()
	b.as(d)
	b.open(at)
	if got := b.Eval(`document.querySelector('#f-title-de').value`); !strings.Contains(got, " am Abend") {
		t.Errorf("after the log-in the title is %q", got)
	}
	b.Picture("idle-resumed")
}

// through goes through a survey by its first answers and gives the step that it ends at.
const through = `(async () => {
  const app = document.getElementById('app')
  for (let n = 0; n < 200 && app.dataset.step !== 'done'; n++) {
    if (app.dataset.step?.startsWith('q')) document.querySelector('fieldset input').click()
    if (app.dataset.step === 'comment') { const t = document.getElementById('text'); t.value = 'Nur geprobt'; t.dispatchEvent(new Event('input')) }
    document.querySelector('.bar .primary')?.click()
    await new Promise(requestAnimationFrame)
  }
  return app.dataset.step + ' ' + localStorage.length + ' ' + sessionStorage.length
})()`

// TestPreviewSendsAndKeepsNothing: the survey of a draft is gone through to its end without a
// request but for its files, and without a trace in the browser.
func TestPreviewSendsAndKeepsNothing(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	w.roundsToLookAt()
	d, b := w.desk(account.Lead), w.tab()
	if _, err := chromedp.Call(b.Ctx, network.Enable, network.EnableParams{}); err != nil {
		t.Fatal(err)
	}
	var asked []string
	err := chromedp.Listen(b.Ctx, func(event any) {
		if e, sent := event.(*network.EventRequestWillBeSent); sent {
			b.mu.Lock()
			defer b.mu.Unlock()
			asked = append(asked, e.Request.Method+" "+strings.TrimPrefix(e.Request.URL, b.base))
		}
	})
	w.check(err)
	b.as(d)
	at := "/rounds/" + w.own["draft"]
	b.open(at + "/preview")
	b.Do(chromedp.WaitVisible(chromedp.CSS("#app[data-step=landing]")))
	b.Picture("preview-landing")
	if got := b.Eval(through); got != "done 0 0" {
		t.Fatalf("at the end: %q, want \"done 0 0\"", got)
	}
	if got := b.Eval(`document.querySelector('.preview > .note').innerText`); !strings.Contains(got, "Nichts wird gesendet, gespeichert oder gezählt.") {
		t.Errorf("the note says %q", got)
	}
	if found := b.Axe("../.."); found != "" {
		t.Errorf("the end:\n%s", found)
	}
	b.Picture("preview-done")
	b.mu.Lock()
	for _, one := range asked {
		if one != "GET "+at+"/preview" && !strings.HasPrefix(one, "GET /static/") {
			t.Errorf("the preview asks for %s", one)
		}
	}
	b.mu.Unlock()
	b.Do(chromedp.Click(chromedp.CSS(".preview > .note a")), chromedp.WaitVisible(chromedp.CSS("form[action$='/tried'] button")))
	b.Do(chromedp.Click(chromedp.CSS("form[action$='/tried'] button")), chromedp.WaitNotPresent(chromedp.CSS("form[action$='/tried']")))
	if got := b.Eval(`document.querySelector('main').innerText`); !strings.Contains(got, "Fragebogen ausprobiert") {
		t.Errorf("the check list says %s", got)
	}
	b.Size(1440, 900)
	b.Picture("preview-noted")
}
