package participation_test

import (
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"pulscheck/survey"
)

// before runs a script in every document before the page's own.
func (b *tab) before(script string) {
	b.T.Helper()
	if _, err := chromedp.Call(b.Ctx, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: script}); err != nil {
		b.T.Fatal(err)
	}
}

// block lets no file arrive whose address ends so.
func (b *tab) block(ends ...string) {
	b.T.Helper()
	var patterns []*network.BlockPattern
	for _, end := range ends {
		patterns = append(patterns, &network.BlockPattern{URLPattern: "http://*:*/*" + end, Block: true})
	}
	if _, err := chromedp.Call(b.Ctx, network.Enable, network.EnableParams{}); err != nil {
		b.T.Fatal(err)
	}
	if _, err := chromedp.Call(b.Ctx, network.SetBlockedURLs, network.SetBlockedURLsParams{URLPatterns: patterns}); err != nil {
		b.T.Fatal(err)
	}
}

// stopClocks puts the seconds of the page into the hands of the test, see tick.
func (b *tab) stopClocks() {
	b.T.Helper()
	b.before(`globalThis.clocks = []; globalThis.setInterval = (f, ms, ...a) => clocks.push(() => f(...a)); globalThis.clearInterval = (n) => { clocks[n - 1] = () => {}; };`)
}

// tick lets seconds pass.
func (b *tab) tick(seconds string) {
	b.T.Helper()
	b.Eval(`(() => { for (let i = 0; i < ` + seconds + `; i++) clocks.forEach((f) => f()); return ''; })()`)
}

// through goes from a question to the comment without answering.
func (b *tab) through() {
	b.T.Helper()
	b.Eval(`(() => { while (document.getElementById('app').dataset.step.startsWith('q')) document.querySelector('.bar .primary').click(); return ''; })()`)
	b.At("comment")
}

// choose sets a list as a hand does.
func (b *tab) choose(id, value string) {
	b.T.Helper()
	b.Do(chromedp.SetValue(chromedp.ID(id), value))
	b.Eval(`String(document.getElementById('` + id + `').dispatchEvent(new Event('change')))`)
}

// write puts a text into a field as a hand does.
func (b *tab) write(id, text string) {
	b.T.Helper()
	b.Do(chromedp.SetValue(chromedp.ID(id), text))
	b.Eval(`String(document.getElementById('` + id + `').dispatchEvent(new Event('input')))`)
}

// loaded waits until a page has its style.
func (b *tab) loaded() {
	b.T.Helper()
	wait := `new Promise((done) => { document.readyState === 'complete' ? done('') : addEventListener('load', () => done('')); })`
	if _, err := chromedp.Run(b.Ctx, chromedp.Evaluate[string](wait, chromedp.EvalAwaitPromise)); err != nil {
		b.T.Fatal(err)
	}
}

// everyState shows every page that a respondent can meet, one after the other.
func everyState(t *testing.T, b *tab, look func(state string)) {
	t.Helper()
	visit := func(state string) {
		b.loaded()
		look(state)
	}
	b.stopClocks()
	if _, err := chromedp.Call(b.Ctx, network.SetCacheDisabled, network.SetCacheDisabledParams{CacheDisabled: true}); err != nil {
		t.Fatal(err) // this round moves in time, which no real one does
	}
	m := newMemory(t)
	server := listen(t, m)
	address := server.URL + "/r/" + roundID
	withScript(m, server, b, address, visit)
	endings(m, b, address, visit)
	door(m, server.URL, b, visit)
	kiosk(b, address, visit)
	withoutScript(m, b, address, visit)
}

func withScript(m *memory, server *listener, b *tab, address string, visit func(string)) {
	b.T.Helper()
	link := m.invite(1, survey.Invitation{Process: "INC", Role: "staff", Unit: "it"})
	b.Do(chromedp.Navigate(address + "#" + link.String()))
	b.At("landing")
	visit("landing")
	b.Eval(`String(document.querySelectorAll('details').forEach((d) => { d.open = true; }))`)
	visit("landing, everything opened")
	server.down.Store(true)
	b.Next("failed")
	visit("failed")
	server.down.Store(false)
	b.Next("landing")
	b.Next("attributes")
	visit("attributes")
	b.choose("process", "")
	b.click(".bar .primary")
	b.Do(chromedp.WaitVisible(chromedp.ID("problem")))
	visit("attributes, process missing")
	b.choose("process", "INC")
	b.Next("q1")
	visit("question")
	b.click(".anonymous")
	visit("question, promise opened")
	b.through()
	visit("comment")
	b.write("text", strings.Repeat("früher klären ", 40))
	b.click(".bar .primary")
	b.Do(chromedp.WaitVisible(chromedp.ID("problem")))
	visit("comment, too long")
	b.write("text", "früher klären")
	b.Next("review")
	b.click(".bar .primary")
	b.Do(chromedp.WaitVisible(chromedp.ID("problem")))
	visit("review, nothing chosen")
	b.click(".review .link")
	b.At("q1")
	b.click(`input[value="4"]`)
	visit("question, answered")
	b.Next("review")
	visit("review")
	server.down.Store(true)
	b.Next("unsent")
	visit("unsent")
	server.down.Store(false)
	b.Next("done")
	b.Eval(`String(document.querySelector('details').open = true)`)
	visit("done")
	b.Do(chromedp.Navigate("about:blank"), chromedp.Navigate(address+"#"+link.String()))
	b.At("landing")
	b.Next("used")
	visit("used")
}

// endings are the pages that lead nowhere, or back to a link.
func endings(m *memory, b *tab, address string, visit func(string)) {
	b.T.Helper()
	b.Do(chromedp.Navigate("about:blank"), chromedp.Navigate(address))
	b.At("landing")
	b.Next("link")
	visit("link")
	b.click(".bar .primary")
	b.Do(chromedp.WaitVisible(chromedp.ID("problem")))
	visit("link, not one")
	b.Do(chromedp.SendKeys(chromedp.ID("link"), "#"+m.keys.Link(make([]byte, 16), m.fingerprint).String()))
	b.Next("invalid")
	visit("invalid")
	b.Next("link")
	b.Do(chromedp.Navigate(strings.Replace(address, roundID, "unknown", 1)))
	b.At("invalid")
	visit("unknown round")
	now := time.Now()
	m.window(b.T, now.Add(-48*time.Hour), now.Add(-time.Hour))
	b.Do(chromedp.Navigate("about:blank"), chromedp.Navigate(address))
	b.At("closed")
	visit("closed")
	m.window(b.T, now.Add(time.Hour), now.Add(48*time.Hour))
	b.Do(chromedp.Navigate("about:blank"), chromedp.Navigate(address))
	b.At("early")
	visit("early")
	m.window(b.T, now.Add(-time.Hour), now.Add(10*time.Minute))
	b.Do(chromedp.Navigate("about:blank"), chromedp.Navigate(address))
	b.At("landing")
	visit("landing, ends soon")
}

// door is the open door, and the public page of the programme.
func door(m *memory, address string, b *tab, visit func(string)) {
	b.T.Helper()
	b.Do(chromedp.Navigate(address+"/d/"+roundID), chromedp.WaitVisible(chromedp.ID("text-de")))
	visit("open door, question")
	b.Do(chromedp.SendKeys(chromedp.ID("text-de"), "Wann?"))
	b.click("form[lang=de] .primary")
	b.Do(chromedp.WaitVisible(chromedp.CSS("blockquote")))
	visit("open door, code")
	m.doorFull = true
	b.click(".primary")
	b.Do(chromedp.WaitVisible(chromedp.CSS(".problem")))
	visit("open door, full")
	m.doorFull = false
	b.click(".primary")
	b.Do(chromedp.WaitVisible(chromedp.CSS(".thanks")))
	visit("open door, sent")
	b.click("main a")
	b.Do(chromedp.WaitVisible(chromedp.ID("code-de")))
	visit("open door, typing a code")
	b.click("form[lang=de] .primary")
	b.Do(chromedp.WaitVisible(chromedp.CSS("blockquote")))
	visit("open door, no answer yet")
	b.Do(chromedp.Navigate(address+"/p/p1"), chromedp.WaitVisible(chromedp.CSS(".pairs")))
	visit("public page")
}

func kiosk(b *tab, address string, visit func(string)) {
	b.T.Helper()
	b.Do(chromedp.Navigate(address + "?kiosk"))
	b.At("landing")
	visit("kiosk")
	b.Next("link")
	b.tick("45")
	b.Do(chromedp.WaitVisible(chromedp.ID("idle")))
	visit("kiosk, still there?")
}

func withoutScript(m *memory, b *tab, address string, visit func(string)) {
	b.T.Helper()
	link := m.invite(2, survey.Invitation{Process: "INC"})
	b.block("/steps.js")
	b.Do(chromedp.Navigate(address + "#" + link.String()))
	b.Do(chromedp.WaitVisible(chromedp.ID("link-de")))
	visit("without script")
	b.Do(chromedp.Click(chromedp.CSS(`form[lang=de] .primary`)), chromedp.WaitVisible(chromedp.ID("process")))
	visit("without script, form")
	b.click(".bar .primary")
	b.Do(chromedp.WaitVisible(chromedp.CSS(".problem")))
	visit("without script, nothing chosen")
	b.click(`input[name=a_A1][value="5"]`)
	b.click(".bar .primary")
	b.Do(chromedp.WaitVisible(chromedp.CSS(".thanks")))
	visit("without script, done")
	b.Do(chromedp.Navigate("about:blank"), chromedp.Navigate(address+"#"+link.String()), chromedp.WaitVisible(chromedp.ID("link-de")),
		chromedp.Click(chromedp.CSS(`form[lang=de] .primary`)), chromedp.WaitVisible(chromedp.CSS(`[data-step=used]`)))
	visit("without script, used")
}
