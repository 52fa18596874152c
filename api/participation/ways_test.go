package participation_test

import (
	"strconv"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
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
	b.T.Helper()
	items := m.manifest.Questionnaire.Items
	b.Next("attributes")
	b.Next("q1")
	b.click(`input[value="5"]`)
	for i := range items {
		following := "comment"
		if i+1 < len(items) {
			following = "q" + strconv.Itoa(i+2)
		}
		b.Next(following)
	}
	b.Next("review")
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
	b.stopClocks()
	server := listen(t, m)
	b.Do(chromedp.Navigate(server.URL + "/r/" + roundID + "#" + link.String()))
	b.At("landing")
	b.toReview(m)
	server.down.Store(true)
	b.Next("unsent")
	b.tabTo(".bar .primary")
	b.tick("4")
	if wait := b.Eval(`document.getElementById('wait').textContent + document.activeElement.className`); wait != "Nächster Versuch in einer Sekunde.primary" {
		t.Errorf("after four seconds the page says and has the focus on %q", wait)
	}
	server.down.Store(false)
	b.tick("1")
	b.At("done")
	if diff := cmp.Diff(oneAnswer(), m.open(t)); diff != "" {
		t.Errorf("sealed answers (-want +got):\n%s", diff)
	}
}

// TestOfflineAndBackOnline: without a network the answers stay in the tab, also when
// sending is tried again, and go out by themselves once it is back.
func TestOfflineAndBackOnline(t *testing.T) {
	m := newMemory(t)
	link := m.invite(1, survey.Invitation{Process: "INC", Role: "staff", Locale: locale.German})
	b := openTab(t)
	b.stopClocks()
	b.Do(chromedp.Navigate(listen(t, m).URL + "/r/" + roundID + "#" + link.String()))
	b.At("landing")
	b.offline(true)
	b.Next("failed") // nothing was taken yet
	b.offline(false)
	b.Next("landing")
	b.toReview(m)
	b.offline(true)
	b.Next("unsent")
	b.click(".bar .primary")
	b.Do(chromedp.WaitVisible(chromedp.CSS(".bar .primary:not([aria-disabled])")))
	if kept := b.Eval(`JSON.stringify(JSON.parse(sessionStorage.getItem('pulscheck.draft.` + roundID + `')).answers)`); kept != `{"A1":5}` {
		t.Errorf("offline the tab keeps %s", kept)
	}
	b.offline(false)
	b.At("done")
	if diff := cmp.Diff(oneAnswer(), m.open(t)); diff != "" {
		t.Errorf("sealed answers (-want +got):\n%s", diff)
	}
	if kept := b.Eval(`JSON.stringify(sessionStorage) + JSON.stringify(localStorage)`); kept != "{}{}" {
		t.Errorf("kept after sending: %s", kept)
	}
}

// offline takes the network away, or gives it back; the browser tells the page.
func (b *tab) offline(off bool) {
	b.T.Helper()
	if _, err := chromedp.Call(b.Ctx, network.Enable, network.EnableParams{}); err != nil {
		b.T.Fatal(err)
	}
	conditions := network.EmulateNetworkConditionsByRuleParams{MatchedNetworkConditions: []*network.Conditions{
		{Offline: off, DownloadThroughput: -1, UploadThroughput: -1},
	}}
	if _, err := chromedp.Call(b.Ctx, network.EmulateNetworkConditionsByRule, conditions); err != nil {
		b.T.Fatal(err)
	}
	state := network.OverrideNetworkStateParams{Offline: off, DownloadThroughput: -1, UploadThroughput: -1}
	if _, err := chromedp.Call(b.Ctx, network.OverrideNetworkState, state); err != nil {
		b.T.Fatal(err)
	}
}

// TestSlowDevice: a processor six times as slow still gets through.
func TestSlowDevice(t *testing.T) {
	m := newMemory(t)
	link := m.invite(1, survey.Invitation{Process: "INC", Role: "staff", Locale: locale.German})
	b := openTab(t)
	if _, err := chromedp.Call(b.Ctx, emulation.SetCPUThrottlingRate, emulation.SetCPUThrottlingRateParams{Rate: 6}); err != nil {
		t.Fatal(err)
	}
	b.Do(chromedp.Navigate(listen(t, m).URL + "/r/" + roundID + "#" + link.String()))
	b.At("landing")
	b.toReview(m)
	b.Next("done")
	if diff := cmp.Diff(oneAnswer(), m.open(t)); diff != "" {
		t.Errorf("sealed answers (-want +got):\n%s", diff)
	}
}

// press sends a key to what has the focus.
func (b *tab) press(key string) { b.T.Helper(); b.Do(chromedp.KeyEvent(key)) }

// tabTo moves the focus with the tabulator and tells how often it was pressed.
func (b *tab) tabTo(css string) int {
	b.T.Helper()
	for n := range 12 {
		if b.Eval(`document.activeElement.matches('`+css+`') + ''`) == "true" {
			return n
		}
		b.press(kb.Tab)
	}
	b.T.Fatalf("%s is not reached by twelve tabulators", css)
	return 0
}

// TestKeyboardInEnglish answers the whole survey without a pointer.
func TestKeyboardInEnglish(t *testing.T) {
	m := newMemory(t)
	link := m.invite(1, survey.Invitation{Process: "INC", Role: "staff", Locale: locale.English})
	b := openTabIn(t, "en-GB")
	b.Do(chromedp.Navigate(listen(t, m).URL + "/r/" + roundID + "#" + link.String()))
	b.At("landing")
	if h := b.Eval(`document.documentElement.lang + document.querySelector('.bar .primary').textContent`); h != "enStart" {
		t.Errorf("the page says %q", h)
	}
	b.tabTo(".bar .primary")
	b.press(kb.Enter)
	b.At("attributes")
	b.tabTo(".bar .primary")
	b.press(kb.Enter)
	want := map[string]ballot.Answer{}
	items := m.manifest.Questionnaire.Items
	for i, item := range items {
		b.At("q" + strconv.Itoa(i+1))
		scale := m.manifest.Questionnaire.Scales[item.Scale]
		want[item.Key] = ballot.Answer{Value: scale.Lo}
		switch i {
		case 0: // as on every form
			b.tabTo("input")
			b.press(" ")
			b.tabTo(".bar .primary")
		case 1: // with the arrows
			b.tabTo("input")
			b.press(" ")
			b.press(kb.ArrowDown)
			want[item.Key] = ballot.Answer{Value: scale.Lo + 1}
		case 2: // one key: no answer
			delete(want, item.Key)
		default: // two keys, without moving to the answers first
			b.press("1")
		}
		b.press(kb.Enter)
	}
	b.At("comment")
	b.tabTo("textarea")
	b.press("fine")
	b.tabTo(".bar .primary")
	b.press(kb.Enter)
	b.At("review")
	b.tabTo(".skip") // past the list of 19 changes
	b.press(kb.Enter)
	if b.Eval(`document.activeElement.matches('.bar .primary') + ''`) != "true" {
		t.Error("the short cut does not lead to sending")
	}
	b.press(kb.Enter)
	b.At("done")
	all := []ballot.Payload{{Attributes: ballot.Attributes{Process: "INC", Role: "staff"}, Answers: want, Text: "fine"}}
	if diff := cmp.Diff(all, m.open(t)); diff != "" {
		t.Errorf("sealed answers (-want +got):\n%s", diff)
	}
}
