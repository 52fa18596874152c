package participation_test

import (
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"pulscheck/survey"
)

var drawn = regexp.MustCompile(`name="code" value="([0-9a-z-]{32})"`)

// TestOpenDoorWithoutScript: the code is there before the question is stored, sending it
// twice asks once, and what is wrong is told on the page with everything still in it.
func TestOpenDoorWithoutScript(t *testing.T) {
	m := newMemory(t)
	server := serve(t, m)
	ask, read := server.URL+"/d/"+roundID, server.URL+"/d"
	_, body := postForm(t, ask, url.Values{"lang": {"en"}, "text": {"When?\r\n<b>Really</b>"}})
	found := drawn.FindStringSubmatch(body)
	if found == nil || len(m.questions) != 0 || !strings.Contains(body, `lang="en"`) || !strings.Contains(body, "&lt;b&gt;Really") {
		t.Fatalf("%d stored\n%s", len(m.questions), body)
	}
	sent := url.Values{"lang": {"en"}, "text": {"When?\r\n<b>Really</b>"}, "code": {found[1]}}
	for range 2 {
		if status, body := postForm(t, ask, sent); status != 200 || !strings.Contains(body, `href="/d#`+found[1]+`"`) || len(m.questions) != 1 {
			t.Fatalf("%d, %d stored\n%s", status, len(m.questions), body)
		}
	}
	for _, q := range m.questions {
		if q.Text != "When?\n<b>Really</b>" {
			t.Errorf("%q", q.Text)
		}
	}
	if _, body := postForm(t, read, url.Values{"code": {strings.ToUpper(found[1])}}); !strings.Contains(body, "noch ohne Antwort") {
		t.Error(body)
	}
	m.doorFull = true
	for name, c := range map[string]struct {
		address string
		form    url.Values
		status  int
		says    string
	}{
		"full":          {ask, url.Values{"text": {"More?"}, "code": {strings.Repeat("0", 26)}}, 429, "More?</textarea>"},
		"empty":         {ask, url.Values{"text": {" "}}, 422, `role="alert"`},
		"other text":    {ask, url.Values{"text": {"Other"}, "code": {found[1]}}, 409, "Other</textarea>"},
		"no code":       {ask, url.Values{"text": {"More?"}, "code": {"abc"}}, 404, "More?</textarea>"},
		"unknown round": {server.URL + "/d/nowhere", url.Values{"text": {"More?"}}, 404, `role="alert"`},
		"unknown code":  {read, url.Values{"code": {strings.Repeat("0", 26)}}, 404, "gibt es keine Frage"},
		"strange field": {read, url.Values{"name": {"x"}}, 400, "unknown-field"},
	} {
		if status, body := postForm(t, c.address, c.form); status != c.status || !strings.Contains(body, c.says) {
			t.Errorf("%s: %d, want %d and %q\n%s", name, status, c.status, c.says, body)
		}
	}
}

// TestGuessingCodesIsSlow: after sixty wrong ones a block of addresses waits; a right one
// passes all the same.
func TestGuessingCodesIsSlow(t *testing.T) {
	m := newMemory(t)
	address := serve(t, m).URL + "/d"
	code := survey.DoorCode{7}
	m.questions[code] = &survey.Question{Text: "Wann?", Day: "2026-03-02"}
	for n := range 61 {
		want := 404
		if n == 60 {
			want = 429
		}
		if status, _ := postForm(t, address, url.Values{"code": {strings.Repeat("0", 26)}}); status != want {
			t.Fatalf("guess %d: %d, want %d", n+1, status, want)
		}
	}
	if status, body := postForm(t, address, url.Values{"code": {code.String()}}); status != 200 || !strings.Contains(body, "Wann?") {
		t.Errorf("%d %s", status, body)
	}
}

// TestDoorPagesAreTheSameForEverybody: same bytes, no cookie, strict policy, in both
// languages.
func TestDoorPagesAreTheSameForEverybody(t *testing.T) {
	server := serve(t, newMemory(t))
	for path, says := range map[string][]string{
		"/d": {"Antwort lesen", "Read an answer"}, "/d/" + roundID: {"Fragen, ohne sich zu nennen", "Ask without giving your name", "90 Tagen"},
		"/p/p1": {"Gesagt – getan", "27. Februar 2026", "Geht noch nicht"}, "/p/p1?lang=en": {"You said – we did", "Not possible yet"},
	} {
		answer, first := get(t, server.URL+path)
		_, second := getAs(t, server.URL+path, "identity")
		for _, text := range says {
			if !strings.Contains(strings.ReplaceAll(string(first), "\u00a0", " "), text) {
				t.Errorf("%s lacks %q:\n%s", path, text, first)
			}
		}
		if answer.StatusCode != 200 || string(first) != string(second) || len(answer.Cookies()) > 0 || !strings.Contains(answer.Header.Get("Content-Security-Policy"), "default-src 'none'") {
			t.Errorf("%s: %d %v", path, answer.StatusCode, answer.Header)
		}
	}
	if answer, body := get(t, server.URL+"/p/none"); answer.StatusCode != 404 || !strings.Contains(string(body), "Diese Seite gibt es nicht") {
		t.Errorf("%d %s", answer.StatusCode, body)
	}
}

// TestOpenDoorInABrowser goes from the survey's last page to a question, and from the
// link with the code to the answer; the code leaves the address bar at once.
func TestOpenDoorInABrowser(t *testing.T) {
	m := newMemory(t)
	b := openTab(t)
	server := listen(t, m)
	link := m.invite(1, survey.Invitation{Process: "INC", Role: "staff"})
	b.Do(chromedp.Navigate(server.URL + "/r/" + roundID + "#" + link.String()))
	b.At("landing")
	b.toReview(m)
	b.Next("done")
	b.click(`a[href="/d/` + roundID + `"]`)
	b.Do(chromedp.WaitVisible(chromedp.ID("text-de")), chromedp.SendKeys(chromedp.ID("text-de"), "Wann kommt das Werkzeug?"))
	b.click("form[lang=de] .primary")
	b.Do(chromedp.WaitVisible(chromedp.CSS("blockquote")))
	b.click(".primary")
	b.Do(chromedp.WaitVisible(chromedp.CSS(".thanks")))
	code := b.Eval(`document.querySelector('code').textContent`)
	for _, q := range m.questions {
		q.Answer, q.Answered = "Im Mai.", "2026-03-05"
	}
	b.Do(chromedp.Navigate("about:blank"), chromedp.Navigate(server.URL+"/d#"+code), chromedp.WaitVisible(chromedp.ID("code-de")))
	b.loaded()
	if got := b.Eval(`location.href + ' ' + document.getElementById('code-de').value`); got != server.URL+"/d "+code {
		t.Errorf("address and field: %q", got)
	}
	b.click("form[lang=de] .primary")
	b.Do(chromedp.WaitVisible(chromedp.CSS("blockquote + h2")))
	if text := b.Eval(`location.href + document.querySelector('main').innerText`); !strings.Contains(text, "Antwort vom 5.\u00a0März 2026") || !strings.Contains(text, "Im Mai.") || strings.Contains(text, code) {
		t.Error(text)
	}
	if len(b.Complaints()) > 0 {
		t.Errorf("the pages complained: %q", b.Complaints())
	}
}
