package apitest

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/store/storetest"
)

// TestSearchOfPeopleIsSortedAndPaged: what was found is sorted and paged like the whole
// list, within the filter, and no address ever holds the word.
func TestSearchOfPeopleIsSortedAndPaged(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	list := "email;name;process;role\nandere@nordlicht.example;Such 999;INC;owner\n"
	for i := range 70 {
		list += fmt.Sprintf("such%02d@nordlicht.example;Such %02d;INC;staff\n", i, i)
	}
	o := survey.OrganisationID(w.own["organisation"])
	_, err := w.service.ImportPeople(ctx, account.System(), o, survey.ImportInput{File: strings.NewReader(list)})
	w.check(err)
	d, home := w.desk(account.Lead), "/organisations/"+string(o)+"/people"
	p := d.submit(d.get(home), "form.filter", "search", "such", "role", "staff").want(200)
	for _, step := range []struct {
		press, first string
		rows         int
	}{{"sort=name", "Such 00", 50}, {"sort=-name", "Such 69", 50}, {"page=2&sort=-name", "Such 19", 20}} {
		buttons := p.all("button[name=arrange]")
		at := slices.IndexFunc(buttons, func(b *html.Node) bool { return attribute(b, "value") == step.press })
		if at < 0 {
			t.Fatalf("nothing asks for %s: %s", step.press, p.text("main"))
		}
		p = d.submit(p, "#again", "arrange", step.press).want(200)
		rows := p.texts("tbody th")
		if p.path != home+"/search" || len(rows) != step.rows || rows[0] != step.first || !strings.Contains(p.text(".pages p"), "von 70") {
			t.Errorf("%s: %d rows from %s on, %s, at %s", step.press, len(rows), rows[0], p.text(".pages p"), p.path)
		}
	}
	if got := d.send("POST", home+"/search", url.Values{"csrf": {csrfOf(d)}, "role": {"owner"}}); got.header.Get("Location") != home+"?role=owner" {
		t.Errorf("a filter alone leads to %q", got.header.Get("Location"))
	}
}

// TestExpiredFormKeepsWhatWasTyped: a form of an earlier session is not carried out; it
// stands there again as it was typed, and counts when it is sent again.
func TestExpiredFormKeepsWhatWasTyped(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	d, home := w.desk(account.Lead), "/organisations/"+w.own["organisation"]
	old := url.Values{"csrf": {"old"}, "key": {"neu"}, "name-de": {"Neuer Prozess"}, "name-en": {"New"}}
	p := d.send("POST", home+"/processes", old).want(403)
	if got := p.text("#problem"); !strings.Contains(got, "abgelaufen") || attribute(p.one("#f-name-de"), "value") != "Neuer Prozess" {
		t.Fatalf("%s\n%s", got, p.text("main"))
	}
	if got := d.submit(p, "form.form").want(200).text("main"); !strings.Contains(got, "Neuer Prozess") {
		t.Errorf("sent again: %s", got)
	}
	if got := d.send("POST", "/language", url.Values{"csrf": {"old"}, "language": {"en"}}).want(403).text("h1"); got != "Das Formular ist abgelaufen" {
		t.Errorf("without a page of its own: %s", got)
	}
}

// TestFileOfTheWrongKindIsToldAtTheField: a picture and a file that is too large are
// refused where the file was chosen, by every page that takes one.
func TestFileOfTheWrongKindIsToldAtTheField(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	d := w.desk(account.Lead)
	const csv = "Bitte eine CSV-Datei wählen (höchstens 2 MB)."
	for path, want := range map[string]string{
		"/organisations/" + w.own["organisation"] + "/people/import":        csv,
		"/organisations/" + w.own["organisation"] + "/maturity-models":      "Bitte eine YAML-Datei wählen (höchstens 2 MB).",
		"/iterations/" + w.own["before"] + "/import":                        csv,
		"/kpis/" + w.own[string(survey.KPIRecord)] + "/measurements/import": csv,
	} {
		for status, file := range map[int]string{422: "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", 413: strings.Repeat("x;", 3<<19)} {
			p := d.upload(path, url.Values{"csrf": {csrfOf(d)}}, "file", file).want(status)
			got := strings.ReplaceAll(p.text("#f-file-wrong"), "\u00a0", " ")
			if got != want || !strings.Contains(p.text("#problem"), "MB") || attribute(p.one("#problem a"), "href") != "#f-file" {
				t.Errorf("%s, %d: %q, %s", path, status, got, p.text("#problem"))
			}
		}
	}
}

// TestChangeIsSaidOnce: the page after a change says so, and a reload does not.
func TestChangeIsSaidOnce(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	d, home := w.desk(account.Lead), "/organisations/"+w.own["organisation"]+"/units"
	saved := d.submit(d.get(home+"/new"), "form.form", "key", "it2", "name-de", "IT", "name-en", "IT").want(200)
	if got := saved.texts("p.done"); len(got) != 1 || got[0] != "Gespeichert." || attribute(saved.one("p.done"), "role") != "status" || strings.Contains(saved.path, "?") {
		t.Errorf("after the change: %q at %s", got, saved.path)
	}
	if got := d.get(home).texts("p.done"); len(got) != 0 {
		t.Errorf("and again: %q", got)
	}
}
