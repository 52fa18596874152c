package participation_test

import (
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/google/go-cmp/cmp"

	"pulscheck/survey"
	"pulscheck/survey/ballot"
)

// TestNeverABlankPage: whatever keeps the scripts from running, the forms without
// script are there, hold the link, and work.
func TestNeverABlankPage(t *testing.T) {
	for name, c := range map[string]struct {
		before string
		block  []string
		empty  bool // the link has to be pasted
	}{
		"no modules":             {before: `delete HTMLScriptElement.prototype.noModule`, block: []string{"/steps.js", "/ticket.js"}},
		"no BigInt":              {before: `delete globalThis.BigInt`},
		"no replaceAll":          {before: `delete String.prototype.replaceAll`},
		"steps lost":             {block: []string{"/steps.js"}},
		"cryptography lost":      {block: []string{"/ticket.js"}},
		"every script lost":      {block: []string{".js"}, empty: true},
		"breaks while it starts": {before: `Intl.DateTimeFormat = undefined`},
	} {
		t.Run(name, func(t *testing.T) {
			m := newMemory(t)
			link := m.invite(1, survey.Invitation{Process: "INC", Role: "staff"})
			address := listen(t, m).URL + "/r/" + roundID + "#" + link.String()
			b := openTab(t)
			if c.before != "" {
				b.before(c.before)
			}
			b.block(c.block...)
			b.Do(chromedp.Navigate(address), chromedp.WaitVisible(chromedp.ID("link-de")))
			if filled := b.Eval(`document.getElementById('link-de').value`); (filled == "") != c.empty {
				t.Errorf("the field holds %q", filled)
			}
			if c.empty {
				b.Do(chromedp.SendKeys(chromedp.ID("link-de"), address))
			}
			b.Do(chromedp.Click(chromedp.CSS(`form[lang=de] .primary`)), chromedp.WaitVisible(chromedp.ID("process")))
			b.click(`input[name=a_A1][value="5"]`)
			b.click(".bar .primary")
			b.Do(chromedp.WaitVisible(chromedp.CSS(".thanks")))
			if diff := cmp.Diff(oneAnswer(), m.open(t)); diff != "" {
				t.Errorf("sealed answers (-want +got):\n%s", diff)
			}
		})
	}
}

// TestOldestBrowserWithScript takes away what Chrome 90 and Safari 14 do not have: the
// survey with its script still works.
func TestOldestBrowserWithScript(t *testing.T) {
	m := newMemory(t)
	link := m.invite(1, survey.Invitation{Process: "INC", Role: "staff"})
	b := openTab(t)
	b.before(`for (const [where, names] of [
		[Object, ['hasOwn', 'groupBy']], [globalThis, ['structuredClone']], [Promise, ['withResolvers', 'try']], [Intl, ['ListFormat']],
		[Array.prototype, ['at', 'findLast', 'findLastIndex', 'toSorted', 'toReversed', 'toSpliced', 'with']],
		[String.prototype, ['at', 'isWellFormed', 'toWellFormed']], [Uint8Array, ['fromHex', 'fromBase64']],
		[Uint8Array.prototype, ['toHex', 'toBase64', 'setFromHex']], [Object.getPrototypeOf(Uint8Array.prototype), ['at', 'findLast', 'toReversed', 'with']],
		[Iterator.prototype, ['map', 'filter', 'toArray']], [AbortSignal, ['timeout', 'any']], [HTMLElement.prototype, ['inert']],
	]) for (const name of names) delete where[name]`)
	b.Do(chromedp.Navigate(listen(t, m).URL + "/r/" + roundID + "#" + link.String()))
	b.At("landing")
	if b.Eval(`typeof Array.prototype.at + typeof structuredClone`) != "undefinedundefined" {
		t.Fatal("nothing was taken away")
	}
	b.toReview(m)
	b.Next("done")
	if diff := cmp.Diff(oneAnswer(), m.open(t)); diff != "" {
		t.Errorf("sealed answers (-want +got):\n%s", diff)
	}
}

// TestWrongClockShutsNobodyOut: a device that is years ahead still takes part.
func TestWrongClockShutsNobodyOut(t *testing.T) {
	m := newMemory(t)
	link := m.invite(1, survey.Invitation{Process: "INC", Role: "staff"})
	b := openTab(t)
	b.before(`{ const now = Date.now; Date.now = () => now() + 3 * 365 * 864e5; }`)
	b.Do(chromedp.Navigate(listen(t, m).URL + "/r/" + roundID + "#" + link.String()))
	b.At("landing")
	b.toReview(m)
	b.Next("done")
	want := []ballot.Payload{oneAnswer()[0]}
	if diff := cmp.Diff(want, m.open(t)); diff != "" {
		t.Errorf("sealed answers (-want +got):\n%s", diff)
	}
}
