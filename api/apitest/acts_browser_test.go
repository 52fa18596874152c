package apitest

import (
	"testing"

	"github.com/chromedp/chromedp"

	"pulscheck/survey/account"
	"pulscheck/survey/store/storetest"
)

// TestFocusGoesToTheNextComment once one was decided about.
func TestFocusGoesToTheNextComment(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	w.comment(w.own["counted"], "Mehr Schulung bitte!")
	b := w.tab()
	b.as(w.desk(account.Lead))
	b.open("/iterations/" + w.own["before"] + "/comments")
	b.Do(chromedp.Click(chromedp.CSS("[name=outcome][value=released]")), chromedp.Submit(chromedp.CSS("#f-names")), chromedp.WaitVisible(chromedp.CSS(".done")))
	if got := b.Eval(`document.activeElement.id + ': ' + document.activeElement.textContent`); got != "next: Nächster Kommentar noch 1" {
		t.Errorf("focus is on %q", got)
	}
}
