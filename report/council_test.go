package report_test

import (
	"bytes"
	"regexp"
	"strings"
	"testing"
	"time"

	"pulscheck/report"
	"pulscheck/report/fragment"
	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/ballot"
	"pulscheck/survey/locale"
	"pulscheck/survey/questionnaire"
)

// told is what a works council of a small company is told.
func told(t testing.TB, l locale.Language) report.CouncilInput {
	t.Helper()
	trustee, err := ballot.ParseTrustee("pulscheck-trustee-1 " + strings.Repeat("A", 43))
	if err != nil {
		t.Fatal(err)
	}
	key, err := trustee.Public()
	if err != nil {
		t.Fatal(err)
	}
	at := time.Date(2026, 5, 4, 7, 30, 0, 0, time.UTC)
	named := func(de, en string) survey.Named { return survey.Named{Key: en, Name: locale.Text{DE: de, EN: en}} }
	o := &survey.Organisation{
		ID: "o", Key: "nord", Name: "Nordlicht & Söhne <AG>", Zone: "Europe/Berlin", K: 5, Agreement: "BV 2026/07 vom 12.03.2026",
		Processes: []survey.Named{named("Incident-Management", "Incident management"), named("Änderungsmanagement", "Change enablement")},
		Units:     []survey.Named{named("IT-Betrieb", "IT operations")}, Trustee: &survey.Trustee{Key: key.String(), Since: at.AddDate(0, -1, 0)},
	}
	c := &survey.Council{
		At: at, Organisation: o, Audited: true, People: 148, WithoutMail: 12,
		Programmes: []survey.Programme{{Name: "ITSM-Einführung", Steering: []string{"a@nordlicht.example"}, SendReport: survey.WhenIssued}},
		Periods: survey.Periods{
			LeaverDays: 30, RosterDays: 400, CommentMonths: 24, AuditMonths: 12, AddressDays: 30, JobDays: 90, ForfeitDays: 90, ReviewHours: 24, ReplyHours: 24,
		},
	}
	for i, state := range []survey.State{survey.Done, survey.Done, survey.Closed, survey.Review} {
		counted := at
		r := survey.Round{
			Kind: []survey.Kind{survey.CheckRound, survey.PulseRound}[i%2], State: state, Opens: at.AddDate(0, 0, 30*i-60), Closes: at.AddDate(0, 0, 30*i-46), K: 5,
			Invited: 148, Paper: 12, Questionnaire: questionnaire.BuiltIn([]string{"check", "pulse"}[i%2]), CountedAt: &counted,
		}
		if state != survey.Review {
			r.Fingerprint = bytes.Repeat([]byte{0x1a, 0x2b, 0x3c, byte(i)}, 8)
		}
		if state == survey.Closed {
			r.Trustee, r.CountedAt = key.Fingerprint(), nil
		}
		c.Rounds = append(c.Rounds, survey.CouncilRound{Round: r, Programme: "ITSM-Einführung", Number: 1 + i/2})
	}
	return report.CouncilInput{Council: c, Language: l}
}

func council(t testing.TB, in report.CouncilInput) *report.Document {
	t.Helper()
	d, err := report.BuildCouncil(in)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// TestCouncilIsToldWhatIsSet: the pack says what is configured, in both languages, as
// PDF and as HTML, and every text it needs is there.
func TestCouncilIsToldWhatIsSet(t *testing.T) {
	for _, l := range []locale.Language{locale.German, locale.English} {
		d := council(t, told(t, l))
		page, err := fragment.Whole(d)
		if err != nil {
			t.Fatal(err)
		}
		file := draw(t, d)
		pages := printed(t, file)
		for _, want := range []string{"1a2b 3c00 1a2b", "400", "1 ABR 6/94", "RFC 9497", "148", "BV 2026/07 vom 12.03.2026"} {
			if !strings.Contains(string(page), want) || !strings.Contains(pages, want) {
				t.Errorf("%s: %q is missing", l, want)
			}
		}
		if missing := regexp.MustCompile(`council\.[a-z-]+[.a-z0-9-]*|\{[a-z]+\}`).FindString(strings.ReplaceAll(string(page), "{process}", "")); missing != "" {
			t.Errorf("%s: no text for %s", l, missing)
		}
		if strings.Contains(string(page), "<AG>") || strings.Contains(string(page), "<script") || strings.Contains(string(page), "src=") {
			t.Errorf("%s: a name became markup", l)
		}
		if got := strings.Count(string(page), "<tr><th scope=\"row\">"); got < len(account.Permissions()) {
			t.Errorf("%s: %d rows of tables, want one for each of %d rights at least", l, got, len(account.Permissions()))
		}
		for i := range d.Pages {
			for _, b := range d.Pages[i].Blocks {
				if bottom := lowest(b); bottom > 285 {
					t.Errorf("%s, page %d: a block ends at %.0f mm, which is in the foot", l, i+1, bottom)
				}
			}
		}
	}
}

// lowest gives where a block ends.
func lowest(b report.Block) float64 {
	switch b := b.(type) {
	case report.Prose:
		return b.Box.Y + b.Box.H
	case report.Facts:
		return b.Box.Y + b.Box.H
	case report.Table:
		return b.Box.Y + b.Height()
	}
	return 0
}

// TestCouncilFollowsTheSettings: what changes in the settings changes in the pack.
func TestCouncilFollowsTheSettings(t *testing.T) {
	before := text(council(t, told(t, locale.English)))
	for name, change := range map[string]func(*survey.Council){
		"k":       func(c *survey.Council) { c.Organisation.K = 8 },
		"trustee": func(c *survey.Council) { c.Organisation.Trustee = nil },
		"review":  func(c *survey.Council) { c.Audited = false },
		"periods": func(c *survey.Council) { c.Periods.RosterDays = 300 },
		"rounds":  func(c *survey.Council) { c.Rounds = nil },
		"steering": func(c *survey.Council) {
			c.Programmes[0].Steering, c.Programmes[0].SendReport = nil, survey.WhenCounted
		},
	} {
		in := told(t, locale.English)
		change(in.Council)
		if text(council(t, in)) == before {
			t.Errorf("%s: the pack says the same", name)
		}
	}
}
