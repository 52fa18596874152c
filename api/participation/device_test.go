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
	b.do(chromedp.Navigate(address + "#" + link.String()))
	b.at("landing")
	b.next("attributes")
	b.next("q1")
	b.click(`input[value="2"]`)
	b.next("q2")
	b.do(chromedp.Reload())
	b.at("landing")
	if kept := b.eval(`sessionStorage.length + ''`); kept != "1" {
		t.Errorf("%s drafts are kept, want 1", kept)
	}
	b.next("attributes") // no link is asked for
	b.next("q1")
	if chosen := b.eval(`document.querySelector('input:checked')?.value ?? 'nothing'`); chosen != "2" {
		t.Errorf("chosen after the reload: %s, want 2", chosen)
	}
	for i := range len(m.manifest.Questionnaire.Items) {
		b.click(".bar .primary")
		if i+1 < len(m.manifest.Questionnaire.Items) {
			b.at("q" + strconv.Itoa(i+2))
		}
	}
	b.at("comment")
	b.next("review")
	b.next("done")
	if kept := b.eval(`JSON.stringify(sessionStorage) + JSON.stringify(localStorage)`); kept != "{}{}" {
		t.Errorf("kept after sending: %s", kept)
	}
	code := b.eval(`document.querySelector('code').textContent`)
	if open := b.eval(`document.querySelector('code').closest('details').open + ''`); open != "false" {
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
	if _, err := chromedp.Call(b.ctx, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: fast}); err != nil {
		t.Fatal(err)
	}
	address := listen(t, m).URL + "/r/" + roundID + "?kiosk"
	b.do(chromedp.Navigate(address))
	b.at("landing")
	b.next("link")
	b.do(chromedp.SetValue(chromedp.ID("link"), "x#"+gapped(link.String())), chromedp.Click(chromedp.CSS(".bar .primary")))
	b.at("attributes")
	b.do(chromedp.SetValue(chromedp.ID("process"), "INC"))
	b.eval(`String(document.getElementById('process').dispatchEvent(new Event('change')))`)
	b.next("q1")
	b.click(`input[value="3"]`)
	b.do(chromedp.WaitVisible(chromedp.ID("idle"))) // nobody touches it
	b.click("#idle button")
	b.do(chromedp.WaitVisible(chromedp.ID("idle")))
	b.at("landing") // started blank
	if kept := b.eval(`JSON.stringify(sessionStorage) + JSON.stringify(localStorage) + history.length`); !strings.HasPrefix(kept, "{}{}") {
		t.Errorf("the shared device keeps %s", kept)
	}
	if at := b.eval(`location.href`); at != address {
		t.Errorf("address %s, want %s", at, address)
	}
}
