package report_test

import (
	"strings"
	"testing"
	"time"

	"pulscheck/report"
	"pulscheck/report/fragment"
	"pulscheck/survey"
	"pulscheck/survey/locale"
)

// TestDossierTellsAPersonEverything in words, with names instead of keys; what there is
// none of is said.
func TestDossierTellsAPersonEverything(t *testing.T) {
	at := time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)
	named := func(key, name string) []survey.Named {
		return []survey.Named{{Key: key, Name: locale.Text{DE: name, EN: name}}}
	}
	d := &survey.Dossier{
		Organisation: &survey.Organisation{Name: "Nordlicht AG", Zone: "Europe/Berlin", Processes: named("INC", "Störungen"), Roles: named("staff", "Mitarbeit"), Units: named("it", "IT Süd")},
		Person:       survey.Person{ID: "p1", Name: "Zoë <Zwei>", Email: "zoe@nordlicht.example", Unit: "it", Locale: locale.German, Roles: []survey.ProcessRole{{Process: "INC", Role: "staff"}}},
		Memberships:  []survey.Membership{{Round: "r", Handle: []byte{0xab, 0xcd}, Process: "INC", Role: "staff", Unit: "it"}},
		Mails:        map[survey.RoundID]survey.MailState{"r": survey.MailUncertain},
		Rosters:      []survey.Rostered{{Round: "r", RosterRow: survey.RosterRow{Mark: []byte{0xee, 0xff}, Process: "INC", Role: "staff", Unit: "it"}}},
		Rounds:       map[survey.RoundID]*survey.Round{"r": {Title: locale.Text{DE: "Frühjahr", EN: "Spring"}, Opens: at, Closes: at.AddDate(0, 0, 5)}}, At: at,
	}
	for l, words := range map[locale.Language][]string{
		locale.German:  {"Zoë &lt;Zwei&gt;", "zoe@nordlicht.example", "IT Süd", "Störungen", "Mitarbeit", "Frühjahr", "abcd", "ungewiss", "eeff", "Nichts gespeichert.", "Art. 11"},
		locale.English: {"Spring", "uncertain", "Nothing is stored.", "lodge a complaint"},
	} {
		document, err := report.BuildDossier(report.DossierInput{Dossier: d, Language: l})
		if err != nil {
			t.Fatal(err)
		}
		body, err := fragment.Whole(document)
		if err != nil {
			t.Fatal(err)
		}
		for _, w := range words {
			if !strings.Contains(string(body), w) {
				t.Errorf("%s: %q is missing in\n%s", l, w, body)
			}
		}
		if strings.Contains(string(body), "dossier.") {
			t.Errorf("%s: a text is missing in\n%s", l, body)
		}
	}
}
