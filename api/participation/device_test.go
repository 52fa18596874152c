package participation_test

import (
	"encoding/hex"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"pulscheck/survey"
)

// TestDraftSurvivesReload: what was answered is still there after the tab was loaded
// again, and gone once it was sent; the check code is in the list of tickets.
func TestDraftSurvivesReload(t *testing.T) {
	m := newMemory(t)
	link := m.invite(1, survey.Invitation{Process: "INC", Role: "staff"})
	b := openTab(t)
	address := listen(t, m).URL + "/r/" + roundID
	b.Do(chromedp.Navigate(address + "#" + link.String()))
	b.At("landing")
	b.Next("attributes")
	b.Next("q1")
	b.click(`input[value="2"]`)
	b.Next("q2")
	b.Do(chromedp.Reload())
	b.At("landing")
	if kept := b.Eval(`sessionStorage.length + ''`); kept != "1" {
		t.Errorf("%s drafts are kept, want 1", kept)
	}
	b.Next("attributes") // no link is asked for
	b.Next("q1")
	if chosen := b.Eval(`document.querySelector('input:checked')?.value ?? 'nothing'`); chosen != "2" {
		t.Errorf("chosen after the reload: %s, want 2", chosen)
	}
	for i := range len(m.manifest.Questionnaire.Items) {
		b.click(".bar .primary")
		if i+1 < len(m.manifest.Questionnaire.Items) {
			b.At("q" + strconv.Itoa(i+2))
		}
	}
	b.At("comment")
	b.Next("review")
	b.Next("done")
	if kept := b.Eval(`JSON.stringify(sessionStorage) + JSON.stringify(localStorage)`); kept != "{}{}" {
		t.Errorf("kept after sending: %s", kept)
	}
	code := b.Eval(`document.querySelector('code').textContent`)
	if open := b.Eval(`document.querySelector('code').closest('details').open + ''`); open != "false" {
		t.Error("the check code is pressed upon the respondent")
	}
	hash, err := hex.DecodeString(code)
	if err != nil || m.ballots[string(hash)].TicketHash == nil {
		t.Errorf("check code %q is no counted ticket", code)
	}
}

// gapped is a link as it is typed from a paper ticket.
func gapped(link string) string {
	return regexp.MustCompile("....").ReplaceAllString(link, "$0 ")
}

// TestKioskWipesItself runs a shared device with a clock twenty times as fast.
func TestKioskWipesItself(t *testing.T) {
	m := newMemory(t)
	link := m.invite(1, survey.Invitation{})
	b := openTab(t)
	fast := `{ const real = setInterval; globalThis.setInterval = (f, ms, ...a) => real(f, ms / 20, ...a); }`
	if _, err := chromedp.Call(b.Ctx, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: fast}); err != nil {
		t.Fatal(err)
	}
	address := listen(t, m).URL + "/r/" + roundID + "?kiosk"
	b.Do(chromedp.Navigate(address))
	b.At("landing")
	b.Next("link")
	b.Do(chromedp.SetValue(chromedp.ID("link"), "x#"+gapped(link.String())), chromedp.Click(chromedp.CSS(".bar .primary")))
	b.At("attributes")
	b.Do(chromedp.SetValue(chromedp.ID("process"), "INC"))
	b.Eval(`String(document.getElementById('process').dispatchEvent(new Event('change')))`)
	b.Next("q1")
	b.click(`input[value="3"]`)
	b.Do(chromedp.WaitVisible(chromedp.ID("idle"))) // nobody touches it
	b.click("#idle button")
	b.Do(chromedp.WaitVisible(chromedp.ID("idle")))
	b.At("landing") // started blank
	if kept := b.Eval(`JSON.stringify(sessionStorage) + JSON.stringify(localStorage) + history.length`); !strings.HasPrefix(kept, "{}{}") {
		t.Errorf("the shared device keeps %s", kept)
	}
	if at := b.Eval(`location.href`); at != address {
		t.Errorf("address %s, want %s", at, address)
	}
}
