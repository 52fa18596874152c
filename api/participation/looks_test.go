package participation_test

import (
	"fmt"
	"testing"

	"github.com/chromedp/chromedp"

	"pulscheck/survey"
)

// inReach tells what of a page cannot be seen or used: what sticks out sideways, and
// what is out of sight or covered once it has the focus.
const inReach = `(() => {
	const bad = [], name = (e) => e.tagName + '.' + e.className + ' ' + (e.textContent || e.id).trim().slice(0, 30);
	if (document.documentElement.scrollWidth > innerWidth) bad.push('scrolls sideways: ' + document.documentElement.scrollWidth);
	for (const e of document.querySelectorAll('main *, header *')) {
		const r = e.getBoundingClientRect();
		if (r.width > 2 && r.right > innerWidth + 1 && !e.closest('.skip')) bad.push('sticks out: ' + name(e));
	}
	for (const e of document.querySelectorAll('a[href], button, input, select, textarea, summary')) {
		e.focus();
		if (document.activeElement !== e) continue; // nobody can get there
		const r = e.getClientRects()[0], bottom = e.matches('textarea') ? r.top + 48 : r.bottom; // of a text the line with the caret
		const y = Math.min(bottom, r.top + innerHeight) / 2 + r.top / 2;
		const at = document.elementFromPoint(r.left + r.width / 2, y);
		if (r.top < -1 || (bottom > innerHeight + 1 && r.height < innerHeight)) bad.push('out of sight: ' + name(e) + ' ' + r.top + ' ' + r.bottom);
		else if (!at || !(e === at || e.contains(at) || at.closest('label')?.contains(e))) bad.push('covered: ' + name(e) + (at ? ' by ' + name(at) : ''));
	}
	return bad.join('\n');
})()`

// TestEverythingIsInReach: on a small phone, at 400 % zoom (1280 x 1024 becomes
// 320 x 256), with text twice as large and with German texts 40 % longer nothing sticks
// out, hides, or is covered by the buttons that stay in sight (WCAG 1.4.4, 1.4.10,
// 2.4.11).
func TestEverythingIsInReach(t *testing.T) {
	longer := `{ const parse = JSON.parse, grow = (o) => Object.fromEntries(Object.entries(o).map(([k, v]) =>
		[k, typeof v === 'string' ? v + v.slice(0, Math.ceil(v.length * .4)) : grow(v)]));
		JSON.parse = (text) => { const o = parse(text); return o?.de?.intro ? { ...o, de: grow(o.de) } : o; }; }`
	for name, c := range map[string]struct {
		width, height int64
		before, each  string
	}{
		"phone":       {390, 844, "", `''`},
		"small phone": {320, 640, "", `''`},
		"zoom 400 %":  {320, 256, "", `''`},
		"text 200 %":  {390, 844, "", `document.documentElement.style.fontSize = '200%'; dispatchEvent(new Event('resize')) + ''`},
		"text + 40 %": {320, 640, longer, `''`},
	} {
		t.Run(name, func(t *testing.T) {
			b := openTab(t)
			b.Do(chromedp.EmulateViewport(c.width, c.height))
			if c.before != "" {
				b.before(c.before)
			}
			states := 0
			everyState(t, b, func(state string) {
				b.Eval(c.each)
				if bad := b.Eval(inReach); bad != "" {
					t.Errorf("%s:\n%s", state, bad)
				}
				states++
			})
			t.Logf("%d pages", states)
		})
	}
}

// TestLandingFitsAPhone: the promise and the button to start need no scrolling.
func TestLandingFitsAPhone(t *testing.T) {
	m := newMemory(t)
	address := listen(t, m).URL + "/r/" + roundID
	for _, language := range []string{"de-DE", "en-GB"} {
		b := openTabIn(t, language)
		b.Do(chromedp.Navigate(address))
		b.At("landing")
		if height := b.Eval(`document.documentElement.scrollHeight + ''`); height != "844" {
			t.Errorf("%s: the landing is %s px high on 844", language, height)
		}
	}
}

// TestForcedColours: with colours of the reader's own choice, where backgrounds and
// shadows of ours are gone, one still sees what is chosen and where the focus is.
func TestForcedColours(t *testing.T) {
	m := newMemory(t)
	link := m.invite(1, survey.Invitation{Process: "INC"})
	b := openTab(t)
	b.Media("forced-colors", "active")
	b.Do(chromedp.Navigate(listen(t, m).URL + "/r/" + roundID + "#" + link.String()))
	b.At("landing")
	b.Next("attributes")
	b.Next("q1")
	b.press("4")
	style := func(option int, property string) string {
		return b.Eval(fmt.Sprintf(`getComputedStyle(document.querySelectorAll('.opt span')[%d], '::after').%s`, option, property))
	}
	if b.Eval(`matchMedia('(forced-colors: active)').matches + ''`) != "true" {
		t.Fatal("the colours are not forced")
	}
	if chosen, other := style(3, "backgroundColor"), style(2, "backgroundColor"); chosen == other {
		t.Errorf("chosen and not chosen look the same: %s", chosen)
	}
	if b.Eval(`getComputedStyle(document.querySelector(':checked')).appearance`) != "auto" {
		t.Error("the radio is not the system's own")
	}
	if ring, other := style(3, "outlineStyle"), style(2, "outlineStyle"); ring != "solid" || other != "none" {
		t.Errorf("focus ring %q on the option with the focus, %q on another", ring, other)
	}
	if background, ring := style(3, "backgroundColor"), style(3, "outlineColor"); background == ring {
		t.Errorf("the focus ring has the colour of the selection, %s", ring)
	}
	b.tabTo(".bar .primary")
	if ring := b.Eval(`getComputedStyle(document.activeElement).outlineStyle`); ring != "solid" {
		t.Errorf("no focus ring on the button: %q", ring)
	}
	if border := b.Eval(`getComputedStyle(document.querySelector('.bar .secondary')).borderTopStyle`); border != "solid" {
		t.Errorf("the button has no edge: %q", border)
	}
}
