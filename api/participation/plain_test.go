package participation_test

import (
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/google/go-cmp/cmp"

	"pulscheck/survey"
	"pulscheck/survey/ballot"
	"pulscheck/survey/locale"
)

func postForm(t *testing.T, address string, form url.Values) (int, string) {
	t.Helper()
	answer, err := http.PostForm(address, form)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	if len(answer.Cookies()) > 0 || answer.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("header %v", answer.Header)
	}
	return answer.StatusCode, string(body)
}

var hidden = regexp.MustCompile(`name="(nonce|output)" value="([^"]+)"`)

// ticketForm gives the hidden fields of the form.
func ticketForm(t *testing.T, page string) url.Values {
	t.Helper()
	form := url.Values{}
	for _, m := range hidden.FindAllStringSubmatch(page, -1) {
		form.Set(m[1], m[2])
	}
	if len(form) != 2 {
		t.Fatalf("no ticket in the page:\n%s", page)
	}
	return form
}

func TestWithoutScript(t *testing.T) {
	m := newMemory(t)
	page := serve(t, m).URL + "/r/" + roundID + "/plain"
	link := m.invite(1, survey.Invitation{Process: "INC", Role: "staff", Unit: "it", Locale: locale.English})

	status, body := postForm(t, page, url.Values{"lang": {"de"}, "link": {"https://puls.example/r/x#" + gapped(link.String())}})
	if status != 200 || !strings.Contains(body, `lang="en"`) || !strings.Contains(body, "19 of 19") {
		t.Fatalf("%d\n%s", status, body)
	}
	form := ticketForm(t, body)
	form.Set("lang", "en")
	form.Set("process", "INC")

	status, body = postForm(t, page+"/ballot", form)
	if status != 422 || !strings.Contains(body, `role="alert"`) {
		t.Errorf("nothing answered: %d", status)
	}
	form = ticketForm(t, body) // the ticket is still there
	form.Set("process", "INC")
	form.Set("a_A1", "4")
	form.Set("a_A2", "CS")
	form.Set("a_A3", "")
	form.Set("text", "<b>one</b>\r\ntwo")
	form.Set("text_kind", "idea")
	form.Set("a_A4", "9")
	status, body = postForm(t, page+"/ballot", form)
	if status != 422 || !strings.Contains(body, "&lt;b&gt;one&lt;/b&gt;") || !regexp.MustCompile(`name="a_A1" value="4" checked`).MatchString(body) {
		t.Errorf("wrong answer: %d, not everything is echoed\n%s", status, body)
	}
	form.Del("a_A4")
	for range 2 { // a repetition is harmless
		if status, body = postForm(t, page+"/ballot", form); status != 200 || !strings.Contains(body, `class="thanks"`) {
			t.Fatalf("%d\n%s", status, body)
		}
	}
	want := []ballot.Payload{{
		Attributes: ballot.Attributes{Process: "INC"}, Text: "<b>one</b>\ntwo", TextKind: "idea",
		Answers: map[string]ballot.Answer{"A1": {Value: 4}, "A2": {CannotSay: true}},
	}}
	if diff := cmp.Diff(want, m.open(t)); diff != "" {
		t.Errorf("sealed answers (-want +got):\n%s", diff)
	}
	form.Set("a_A1", "1")
	for name, c := range map[string]struct {
		url    string
		form   url.Values
		status int
	}{
		"other answers":  {page + "/ballot", form, 409},
		"ticket again":   {page, url.Values{"link": {link.String()}}, 409},
		"no link":        {page, url.Values{"link": {"#nonsense"}}, 404},
		"forged ticket":  {page + "/ballot", url.Values{"nonce": {"AAAA"}, "output": {"AAAA"}, "process": {"INC"}, "a_A1": {"1"}}, 403},
		"field twice":    {page, url.Values{"link": {"a", "b"}}, 400},
		"unknown round":  {strings.Replace(page, roundID, "nowhere", 1), url.Values{"link": {"#nonsense"}}, 404},
		"too large form": {page, url.Values{"link": {strings.Repeat("a", 20_000)}}, 413},
	} {
		if got, _ := postForm(t, c.url, c.form); got != c.status {
			t.Errorf("%s: %d, want %d", name, got, c.status)
		}
	}
}

// TestWithoutScriptWhileTheServerCannot: people read pages, never JSON, and nothing
// they filled in is lost.
func TestWithoutScriptWhileTheServerCannot(t *testing.T) {
	m := newMemory(t)
	page := serve(t, m).URL + "/r/" + roundID + "/plain"
	link := m.invite(1, survey.Invitation{Process: "INC", Locale: locale.German})
	_, body := postForm(t, page, url.Values{"link": {link.String()}})
	form := ticketForm(t, body)
	form.Set("process", "INC")
	form.Set("a_A1", "4")
	m.full = true
	status, body := postForm(t, page+"/ballot", form)
	if status != 507 || !strings.Contains(body, `role="alert"`) || !strings.Contains(body, `name="a_A1" value="4" checked`) {
		t.Errorf("storage full: %d\n%s", status, body)
	}
	m.away = true
	if status, body = postForm(t, page, url.Values{"link": {link.String()}, "lang": {"de"}}); status != 503 || !strings.Contains(body, "eine Seite zurück") {
		t.Errorf("database away: %d\n%s", status, body)
	}
	m.full, m.away = false, false
	if status, body = postForm(t, page+"/ballot", form); status != 200 || !strings.Contains(body, `class="thanks"`) {
		t.Errorf("afterwards: %d\n%s", status, body)
	}
}

func TestBrowserWithScriptOff(t *testing.T) {
	m := newMemory(t)
	link := m.invite(1, survey.Invitation{Process: "CHG", Role: "owner", Locale: locale.German})
	b := openTab(t)
	page := listen(t, m).URL + "/r/" + roundID
	if _, err := chromedp.Call(b.Ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}); err != nil {
		t.Fatal(err)
	}
	b.Do(chromedp.Navigate(page))
	b.Do(chromedp.WaitVisible(chromedp.ID("link-de")), chromedp.SendKeys(chromedp.ID("link-de"), page+"#"+link.String()),
		chromedp.Click(chromedp.CSS(`form[lang=de] .primary`)), chromedp.WaitVisible(chromedp.ID("process")))
	b.click(`input[name=a_A1][value="5"]`)
	b.click(`input[name=a_QW][value="1"]`)
	b.click(".bar .primary")
	b.Do(chromedp.WaitVisible(chromedp.CSS(".thanks")))
	want := []ballot.Payload{{
		Attributes: ballot.Attributes{Process: "CHG", Role: "owner"}, Answers: map[string]ballot.Answer{"A1": {Value: 5}, "QW": {Value: 1}},
	}}
	if diff := cmp.Diff(want, m.open(t)); diff != "" {
		t.Errorf("sealed answers (-want +got):\n%s", diff)
	}
}

// TestWithoutScriptSaysWhatIsWrong: the words stand at the field, are counted as the
// script counts them, and the summary leads there.
func TestWithoutScriptSaysWhatIsWrong(t *testing.T) {
	m := newMemory(t)
	page := serve(t, m).URL + "/r/" + roundID + "/plain"
	_, body := postForm(t, page, url.Values{"lang": {"de"}, "link": {m.invite(1, survey.Invitation{}).String()}})
	form := ticketForm(t, body)
	form.Set("lang", "de")
	form.Set("a_A1", "4")
	form.Set("text", strings.Repeat("ä", 600))
	status, body := postForm(t, page+"/ballot", form)
	for _, want := range []string{
		`<a href="#process">Bitte wählen Sie den Prozess, für den Sie antworten.</a>`, `<p class="wrong" id="process-wrong">Bitte wählen Sie den Prozess, für den Sie antworten.</p>`,
		`<a href="#text">Der Kommentar ist 100 Zeichen zu lang (höchstens 500). Bitte kürzen.</a>`, `aria-describedby="text-wrong">` + strings.Repeat("ä", 600),
	} {
		if status != 422 || !strings.Contains(body, want) {
			t.Errorf("%d, without %s\n%s", status, want, body)
		}
	}
	form.Set("switch", "en")
	if status, body = postForm(t, page+"/ballot", form); status != 200 || !strings.Contains(body, `<html lang="en">`) ||
		!strings.Contains(body, `name="a_A1" value="4" checked`) || !strings.Contains(body, strings.Repeat("ä", 600)) || len(m.open(t)) != 0 {
		t.Errorf("in English: %d\n%s", status, body)
	}
	form = ticketForm(t, body)
	for name, value := range map[string]string{"lang": "en", "process": "INC", "a_A1": "4"} {
		form.Set(name, value)
	}
	if status, body = postForm(t, page+"/ballot", form); status != 200 || len(m.open(t)) != 1 {
		t.Errorf("afterwards: %d\n%s", status, body)
	}
}

// TestPrivacyNotice: everybody may read it in both languages, and every page leads there.
func TestPrivacyNotice(t *testing.T) {
	m := newMemory(t)
	m.board.Audited = true
	server := serve(t, m)
	at := "/r/" + roundID + "/privacy"
	for address, wants := range map[string][]string{
		at:                   {`<html lang="de">`, "Beispielwerke ist für diese Befragung verantwortlich", "24 Monate", "Betriebsrat oder Datenschutz sehen", "Wer den Server während der laufenden Runde", "Art. 77"},
		at + "?lang=en":      {`<html lang="en">`, "Beispielwerke is responsible", "24 months", "Open door: Tue 9–10, room 2.14"},
		"/r/" + roundID:      {at, "/accessibility", "spätestens nach 24"},
		"/d/" + roundID:      {at, "/accessibility"},
		"/r/nowhere/privacy": {"Diese Seite gibt es nicht"},
	} {
		_, body := get(t, server.URL+address)
		for _, want := range wants {
			if !strings.Contains(strings.ReplaceAll(string(body), "\u00a0", " "), want) {
				t.Errorf("%s does not say %q\n%s", address, want, body)
			}
		}
	}
}
