package mail_test

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pulscheck/survey"
	"pulscheck/survey/ballot"
	"pulscheck/survey/locale"
	"pulscheck/survey/mail"
	"pulscheck/survey/questionnaire"
)

// sampleMails gives one mail of every kind and language, always the same.
func sampleMails(t testing.TB) map[string]*mail.Message {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	o := &survey.Organisation{ID: "org", Name: "Nordlicht & Söhne <AG>", Zone: zone.String(), K: 5}
	r := &survey.Round{
		ID: "AAAAAAAAAAAAAAAAAAAAAA", Title: locale.Text{DE: "ITSM-Puls", EN: "ITSM pulse"}, K: 5, Questionnaire: questionnaire.Check(),
		Opens: time.Date(2026, 3, 2, 9, 0, 0, 0, zone), Closes: time.Date(2026, 3, 14, 0, 0, 0, 0, zone), Invited: 148, Paper: 12,
		Fingerprint: bytes.Repeat([]byte{0x1a, 0x2b, 0x3c, 0x4d}, 8), Trustee: bytes.Repeat([]byte{0x5e, 0x6f, 0x70, 0x81}, 8),
	}
	manifest := &ballot.Manifest{Roles: []ballot.Choice{{Key: "staff"}}, Units: []ballot.Choice{{Key: "it"}}}
	mails := map[string]*mail.Message{}
	for _, l := range []locale.Language{locale.German, locale.English} {
		for _, kind := range []survey.MailKind{survey.InvitationMail, survey.FirstReminder, survey.LastReminder} {
			m := &survey.Mailing{Round: r, Organisation: o, Manifest: manifest, Kind: kind, Everybody: kind == survey.LastReminder, Before: r.Opens.AddDate(0, 0, 4)}
			mails[string(l)+" "+string(kind)] = mail.Sample(m, survey.Addressee{
				MessageID: make([]byte, 16), Email: "anna@nordlicht.example", Language: l, Fragment: strings.Repeat("h", 22) + "." + strings.Repeat("s", 22) + ".Gis8TRorPE0",
				Process: locale.Text{DE: "Incident-Management", EN: "Incident management"}, Role: locale.Text{DE: "Mitarbeit", EN: "Process staff"},
				Unit: locale.Text{DE: "IT-Betrieb", EN: "IT operations"},
			})
		}
		report := survey.ReportLetter(o, &survey.Programme{Name: "ITSM-Einführung"}, 2, &survey.Report{
			ID: "report", Kind: survey.CheckReport, Language: l, Number: 1, Document: "NORDLICHT-I02-V1",
		}, r.Closes)
		letters := []survey.Letter{report, survey.SubmittedLetter(o, r, "br@nordlicht.example", l), survey.UnlockLetter(o, r, "br@nordlicht.example", l)}
		for _, kind := range []survey.MailKind{survey.AccessMail, survey.PasswordMail} {
			letters = append(letters, survey.Letter{Kind: kind, Recipient: "lead@nordlicht.example", Language: l, Places: map[string]string{
				"organisation": o.Name, "address": "https://puls.nordlicht.example/setup", "code": "ABCDE-FGHIJ-KLMNO-PQRST-UVWXY-Z", "until": "09.03.2026, 9:00 Uhr",
			}})
		}
		linked := survey.ReportLetter(o, &survey.Programme{Name: "ITSM-Einführung"}, 2, &survey.Report{
			ID: "report", Kind: survey.ComparisonReport, Language: l, Number: 1, Document: "NORDLICHT-I02-V1",
		}, r.Closes)
		linked.Kind, linked.Attachment, linked.Places["subject"] = survey.ReportMail, "", "Vergleich {organisation} & mehr"
		linked.Places["text"] = "Guten Tag,\n\nanbei der Vergleich, wie besprochen; er enthält auch die Antworten auf die Fragen aus der letzten Sitzung.\n\nViele Grüße\nAlex <Leitung>"
		linked.Places["link"], linked.Places["until"] = "https://puls.nordlicht.example/download#"+strings.Repeat("t", 43), locale.New(l).Instant(r.Closes, zone)
		mails[string(l)+" report-link"] = mail.SampleLetter(linked, "")
		letters = append(letters, survey.AuditorsLetter(o, "br@nordlicht.example", []string{"br@nordlicht.example"}, []string{"ds@nordlicht.example"}, "s", l), survey.Letter{
			Kind: survey.MembershipMail, Recipient: "lead@nordlicht.example", Language: l, Places: map[string]string{
				"organisation": o.Name, "address": "https://puls.nordlicht.example/account", "role": locale.New(l).T("web.role.steering"), "until": "16.03.2026, 9:00 Uhr",
			},
		})
		for _, kind := range []survey.MailKind{survey.AskedMail, survey.UnconfirmedMail, survey.SecondOffMail} {
			letters = append(letters, survey.SecondLetter(o, kind, "s", "lead@nordlicht.example", l, r))
		}
		letters = append(letters, survey.Letter{Kind: survey.TestMail, Recipient: "lead@nordlicht.example", Language: l, Places: map[string]string{
			"organisation": o.Name, "asked": "09.03.2026, 9:00 Uhr",
		}})
		for _, letter := range letters {
			mails[string(l)+" "+string(letter.Kind)] = mail.SampleLetter(letter, "check-bericht_nordlicht_i02_v1.pdf")
		}
	}
	return mails
}

// TestWords keeps what the mails say, to be read by people: see testdata/mails.txt.
// UPDATE_GOLDEN=1 writes it anew.
func TestWords(t *testing.T) {
	var got strings.Builder
	mails := sampleMails(t)
	for _, l := range []string{"de", "en"} {
		for _, kind := range []string{"invitation", "reminder-1", "reminder-2", "report", "report-link", "submitted", "unlock", "access", "password", "membership", "auditors", "asked", "unconfirmed", "second-off", "test"} {
			m := mails[l+" "+kind]
			got.WriteString("######## " + l + " " + kind + "\nSubject: " + m.Subject + "\n\n" + strings.ReplaceAll(m.Text, "-- \n", "--\n") + "\n")
		}
	}
	path := filepath.Join("testdata", "mails.txt")
	if os.Getenv("UPDATE_GOLDEN") == "1" {
		if err := os.WriteFile(path, []byte(got.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got.String()); diff != "" {
		t.Errorf("the mails say something else (-%s +now):\n%s", path, diff)
	}
}

var (
	tag      = regexp.MustCompile(`<[^>]*>`)
	space    = regexp.MustCompile(`\s+`)
	fetching = regexp.MustCompile(`(?i)<(img|link|script|iframe|object|embed|video|audio|form|base)\b|src=|url\(|@import|background=|http-equiv`)
)

// TestNothingWatches: the HTML says what the text says, fetches nothing, and its only
// link is the personal one, written out.
func TestNothingWatches(t *testing.T) {
	for name, m := range sampleMails(t) {
		if found := fetching.FindString(m.HTML); found != "" {
			t.Errorf("%s: the HTML holds %q", name, found)
		}
		links := strings.Count(m.HTML, "href=")
		personal := 0
		for _, line := range strings.Split(m.Text, "\n") {
			if strings.Contains(line, "https://") {
				personal++
				if strings.Count(m.HTML, `<a href="`+line+`">`+line+`</a>`) != 1 {
					t.Errorf("%s: %q is not the link of the HTML", name, line)
				}
			}
		}
		if links != personal || strings.Count(m.HTML, "http") != 2*personal {
			t.Errorf("%s: %d links in the HTML, %d in the text", name, links, personal)
		}
		_, body, _ := strings.Cut(m.HTML, "<body>")
		plain := strings.NewReplacer("&amp;", "&", "&lt;", "<", "&gt;", ">", "&#43;", "+", "&#34;", `"`, "&#39;", "'").Replace(tag.ReplaceAllString(body, " "))
		plain = space.ReplaceAllString(plain, "")
		for _, line := range strings.Split(m.Text, "\n") {
			line = strings.TrimPrefix(line, "- ")
			if strings.Trim(line, "=- ") == "" {
				continue
			}
			if !strings.Contains(plain, space.ReplaceAllString(line, "")) {
				t.Errorf("%s: the HTML does not say %q", name, line)
			}
		}
		if strings.Contains(strings.ReplaceAll(m.Text+m.Subject, "Vergleich {organisation}", ""), "{") || strings.Contains(m.Text, "mail.") || strings.Contains(m.Text, "survey.") {
			t.Errorf("%s: a place or key is left:\n%s", name, m.Text)
		}
	}
}

// TestFingerprintAsOnPaper: eight bytes in groups of four digits, as the report prints.
func TestFingerprintAsOnPaper(t *testing.T) {
	m := sampleMails(t)["de invitation"]
	if want := ballot.PrintFingerprint(bytes.Repeat([]byte{0x1a, 0x2b, 0x3c, 0x4d}, 8)); want != "1a2b 3c4d 1a2b 3c4d" || !strings.Contains(m.Text, want) {
		t.Errorf("%q does not stand in\n%s", want, m.Text)
	}
}
