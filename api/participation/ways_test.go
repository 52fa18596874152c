package participation_test

import (
	"strconv"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/google/go-cmp/cmp"

	"pulscheck/survey"
	"pulscheck/survey/ballot"
	"pulscheck/survey/locale"
)

// toReview goes from the landing to the review with one answer, the highest to the
// first question.
func (b *tab) toReview(m *memory) {
	b.t.Helper()
	items := m.manifest.Questionnaire.Items
	b.next("attributes")
	b.next("q1")
	b.click(`input[value="5"]`)
	for i := range items {
		following := "comment"
		if i+1 < len(items) {
			following = "q" + strconv.Itoa(i+2)
		}
		b.next(following)
	}
	b.next("review")
}

func oneAnswer() []ballot.Payload {
	return []ballot.Payload{{
		Attributes: ballot.Attributes{Process: "INC", Role: "staff"}, Answers: map[string]ballot.Answer{"A1": {Value: 5}},
	}}
}

// TestSendsWhenTheServerIsBack: nothing is lost while the server is away, and the page
// repeats by itself.
func TestSendsWhenTheServerIsBack(t *testing.T) {
	m := newMemory(t)
	link := m.invite(1, survey.Invitation{Process: "INC", Role: "staff", Locale: locale.German})
	b := openTab(t)
	fast := `{ const real = setInterval; globalThis.setInterval = (f, ms, ...a) => real(f, ms / 20, ...a); }`
	if _, err := chromedp.Call(b.ctx, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: fast}); err != nil {
		t.Fatal(err)
	}
	server := listen(t, m)
	b.do(chromedp.Navigate(server.URL + "/r/" + roundID + "#" + link.String()))
	b.at("landing")
	b.toReview(m)
	server.down.Store(true)
	b.next("unsent")
	server.down.Store(false)
	b.at("done")
	if diff := cmp.Diff(oneAnswer(), m.open(t)); diff != "" {
		t.Errorf("sealed answers (-want +got):\n%s", diff)
	}
}

// TestSlowDevice: a processor six times as slow still gets through.
func TestSlowDevice(t *testing.T) {
	m := newMemory(t)
	link := m.invite(1, survey.Invitation{Process: "INC", Role: "staff", Locale: locale.German})
	b := openTab(t)
	if _, err := chromedp.Call(b.ctx, emulation.SetCPUThrottlingRate, emulation.SetCPUThrottlingRateParams{Rate: 6}); err != nil {
		t.Fatal(err)
	}
	b.do(chromedp.Navigate(listen(t, m).URL + "/r/" + roundID + "#" + link.String()))
	b.at("landing")
	b.toReview(m)
	b.next("done")
	if diff := cmp.Diff(oneAnswer(), m.open(t)); diff != "" {
		t.Errorf("sealed answers (-want +got):\n%s", diff)
	}
}

// press sends a key to what has the focus.
func (b *tab) press(key string) { b.t.Helper(); b.do(chromedp.KeyEvent(key)) }

// tabTo moves the focus with the tabulator and tells how often it was pressed.
func (b *tab) tabTo(css string) int {
	b.t.Helper()
	for n := range 12 {
		if b.eval(`document.activeElement.matches('`+css+`') + ''`) == "true" {
			return n
		}
		b.press(kb.Tab)
	}
	b.t.Fatalf("%s is not reached by twelve tabulators", css)
	return 0
}

// TestKeyboardInEnglish answers the whole survey without a pointer.
func TestKeyboardInEnglish(t *testing.T) {
	m := newMemory(t)
	link := m.invite(1, survey.Invitation{Process: "INC", Role: "staff", Locale: locale.English})
	b := openTabIn(t, "en-GB")
	b.do(chromedp.Navigate(listen(t, m).URL + "/r/" + roundID + "#" + link.String()))
	b.at("landing")
	if h := b.eval(`document.documentElement.lang + document.querySelector('.bar .primary').textContent`); h != "enStart" {
		t.Errorf("the page says %q", h)
	}
	b.tabTo(".bar .primary")
	b.press(kb.Enter)
	b.at("attributes")
	b.tabTo(".bar .primary")
	b.press(kb.Enter)
	want := map[string]ballot.Answer{}
	items := m.manifest.Questionnaire.Items
	for i, item := range items {
		b.at("q" + strconv.Itoa(i+1))
		b.tabTo("input")
		b.press(" ") // the first answer
		scale := m.manifest.Questionnaire.Scales[item.Scale]
		want[item.Key] = ballot.Answer{Value: scale.Lo}
		if i == 1 {
			b.press(kb.ArrowDown)
			want[item.Key] = ballot.Answer{Value: scale.Lo + 1}
		}
		b.tabTo(".bar .primary")
		b.press(kb.Enter)
	}
	b.at("comment")
	b.tabTo("textarea")
	b.press("fine")
	b.tabTo(".bar .primary")
	b.press(kb.Enter)
	b.at("review")
	b.eval(`document.querySelector('.bar .secondary').focus() + ''`) // a list of 19 changes lies before it
	b.tabTo(".bar .primary")
	b.press(kb.Enter)
	b.at("done")
	all := []ballot.Payload{{Attributes: ballot.Attributes{Process: "INC", Role: "staff"}, Answers: want, Text: "fine"}}
	if diff := cmp.Diff(all, m.open(t)); diff != "" {
		t.Errorf("sealed answers (-want +got):\n%s", diff)
	}
}
