package report_test

import (
	"encoding/xml"
	"errors"
	"fmt"
	"html"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pulscheck/report"
	"pulscheck/report/fragment"
	"pulscheck/survey/locale"
)

func fragments(t *testing.T, d *report.Document, o fragment.Options) string {
	t.Helper()
	var out strings.Builder
	for i := range d.Pages {
		part, err := fragment.Render(d, &d.Pages[i], o)
		if err != nil {
			t.Fatal(err)
		}
		out.WriteString("<section>" + string(part) + "</section>\n")
	}
	return out.String()
}

// elements walks through HTML that is XML too and tells each start with its attributes.
func elements(t *testing.T, about, body string, see func(e xml.StartElement, attributes map[string]string)) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader("<div>" + body + "</div>"))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatalf("%s: %v", about, err)
		}
		if e, ok := token.(xml.StartElement); ok {
			attributes := map[string]string{}
			for _, a := range e.Attr {
				attributes[a.Name.Local] = a.Value
			}
			see(e, attributes)
		}
	}
}

// TestFragmentsSayWhatPagesSay: every page of every sample becomes HTML that closes what
// it opens; heads have a scope, pictures a role and a sentence, values a table; nothing
// needs script or style of its own. With PULSCHECK_TEST_PICTURES=DIR they go there.
func TestFragmentsSayWhatPagesSay(t *testing.T) {
	for name, in := range samples(t) {
		for _, l := range []locale.Language{locale.German, locale.English} {
			in.Language = l
			d := build(t, in)
			body := fragments(t, d, fragment.Options{Level: 2})
			if dir := os.Getenv("PULSCHECK_TEST_PICTURES"); dir != "" {
				page := `<!doctype html><meta charset=utf-8><body style="font-family:'Source Sans 3';max-width:60rem;margin:auto">` + body
				if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%s.%s.html", name, l)), []byte(page), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			checkFragments(t, name+" "+string(l), body)
			for _, p := range d.Pages {
				if !strings.Contains(body, html.EscapeString(p.Title)) {
					t.Errorf("%s %s: title %q is missing", name, l, p.Title)
				}
			}
		}
	}
}

func checkFragments(t *testing.T, name, body string) {
	t.Helper()
	pictures, tables := 0, 0
	elements(t, name, body, func(e xml.StartElement, has map[string]string) {
		switch e.Name.Local {
		case "th":
			if has["scope"] == "" {
				t.Errorf("%s: a head without scope", name)
			}
		case "svg":
			pictures++
			if has["aria-hidden"] != "true" && (has["role"] != "img" || len(has["aria-label"]) < 3) {
				t.Errorf("%s: a picture without words: %v", name, has)
			}
		case "details":
			tables++
		case "script", "style", "iframe", "img":
			t.Errorf("%s: element %s", name, e.Name.Local)
		}
		for a := range has {
			if a == "style" || strings.HasPrefix(a, "on") {
				t.Errorf("%s: attribute %s of %s", name, a, e.Name.Local)
			}
		}
	})
	if name != "few de" && name != "few en" && (pictures < 5 || tables < 4) {
		t.Errorf("%s: %d pictures, %d tables", name, pictures, tables)
	}
}

// TestTeamSheetIsAFragment: the sheet for the notice board says the same on a page, with
// a link in place of the code.
func TestTeamSheetIsAFragment(t *testing.T) {
	for name, in := range boards(t) {
		d := buildTeam(t, in)
		body := fragments(t, d, fragment.Options{})
		elements(t, name, body, func(e xml.StartElement, has map[string]string) {
			if e.Name.Local == "th" && has["scope"] == "" || has["style"] != "" {
				t.Errorf("%s: %s %v", name, e.Name.Local, has)
			}
		})
		s := d.Pages[0].Blocks[0].(report.TeamSheet)
		for _, line := range strings.Split(sheetText(d), "\n") {
			if line == s.Why && len(s.Infeasible) == 0 {
				continue
			}
			if !strings.Contains(body, html.EscapeString(line)) {
				t.Errorf("%s: %q is missing", name, line)
			}
		}
		if want := `href="https://puls.example.org/p/mXb4LdT0pV6hQe9sJw2kRg"`; !strings.Contains(body, want) {
			t.Errorf("%s: no %s", name, want)
		}
	}
}

// TestFragmentsEscapeNames: names come from organisations and turn up nearly everywhere.
func TestFragmentsEscapeNames(t *testing.T) {
	in := whole(t)
	bad := "<img src=x onerror=alert(1)>\"'&\u202e"
	in.Organisation.Processes[0].Name = locale.Text{DE: bad, EN: bad}
	in.Organisation.Name, in.Programme = bad, bad
	body := fragments(t, build(t, in), fragment.Options{})
	if strings.Contains(body, "<img") || strings.Contains(body, "\u202e") {
		t.Error("a name is taken for HTML")
	}
	if !strings.Contains(body, html.EscapeString("<img src=x onerror=alert(1)>")) {
		t.Error("the name is not there: the test looks past")
	}
}

// TestFindingsLeadWhereThePageSays: the site decides what a reference leads to.
func TestFindingsLeadWhereThePageSays(t *testing.T) {
	d := build(t, whole(t))
	body := fragments(t, d, fragment.Options{Link: func(page string) string { return "/results?tab=" + page + "&x" }})
	if want := `href="/results?tab=acceptance&amp;x"`; !strings.Contains(body, want) {
		t.Errorf("no %s", want)
	}
	if strings.Contains(fragments(t, d, fragment.Options{}), "<a ") {
		t.Error("a link though the page has none")
	}
}

// TestUnknownBlocksAreNotPassedOver: a part of a report that pages cannot show is found
// by the tests, not by readers.
func TestUnknownBlocksAreNotPassedOver(t *testing.T) {
	d := build(t, first(t))
	d.Pages[0].Blocks = append(d.Pages[0].Blocks, nil)
	if got, err := fragment.Render(d, &d.Pages[0], fragment.Options{}); err == nil {
		t.Errorf("%.80s", got)
	}
}
