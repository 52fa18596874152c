package report_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pulscheck/report"
	"pulscheck/report/pdf"
	"pulscheck/survey"
	"pulscheck/survey/locale"
	"pulscheck/survey/questionnaire"
)

const base = "https://pulscheck.beispielwerke.example"

// inviting is an open round as posters and paper tickets know it.
func inviting() report.Invitation {
	o := organisation()
	o.Zone = "Europe/Berlin"
	return report.Invitation{
		Organisation: o, Base: base,
		Round: &survey.Round{
			ID: "Q3vXk9Zt7LrYb2Nf5HsJ_w", Title: locale.Text{DE: "ITSM-Check Frühjahr", EN: "ITSM check spring"}, K: 5, State: survey.Open,
			Opens: time.Date(2026, 3, 2, 7, 0, 0, 0, time.UTC), Closes: time.Date(2026, 3, 13, 16, 0, 0, 0, time.UTC),
			Questionnaire: questionnaire.Check(), Fingerprint: bytes.Repeat([]byte{0x1a, 0x2b, 0x3c, 0x4d}, 8),
		},
		Door: locale.Text{DE: "Di 9–10 Uhr, Raum 2.14, Jörg Größer", EN: "Tue 9–10, room 2.14, Jörg Größer"},
	}
}

// links are parts of links behind "#".
func links(n int) []string {
	part := func(i, size int) string {
		return base64.RawURLEncoding.EncodeToString(bytes.Repeat([]byte{byte(i*37 + 11), byte(i*59 + 250), byte(251 - i)}, size)[:size])
	}
	all := make([]string, n)
	for i := range all {
		all[i] = part(i, 16) + "." + part(i+100, 16) + "." + part(1, 8)
	}
	return all
}

func poster(t testing.TB, in report.Invitation, paper pdf.Paper) []byte {
	t.Helper()
	p, err := report.BuildPoster(in)
	if err != nil {
		t.Fatal(err)
	}
	body, err := pdf.DrawPoster(p, paper)
	if err != nil {
		t.Fatal(err)
	}
	return body
}

func tickets(t testing.TB, in report.Invitation, links []string) []byte {
	t.Helper()
	s, err := report.BuildTickets(in, links)
	if err != nil {
		t.Fatal(err)
	}
	body, err := pdf.DrawTickets(s)
	if err != nil {
		t.Fatal(err)
	}
	return body
}

// TestInvitingGolden compares what poster and tickets say; UPDATE_GOLDEN=1 writes it anew.
func TestInvitingGolden(t *testing.T) {
	in := inviting()
	p, err := report.BuildPoster(in)
	if err != nil {
		t.Fatal(err)
	}
	s, err := report.BuildTickets(in, links(12))
	if err != nil {
		t.Fatal(err)
	}
	var got bytes.Buffer
	e := json.NewEncoder(&got)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	for _, d := range []any{p, s} {
		if err := e.Encode(d); err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join("testdata", "inviting.txt")
	if os.Getenv("UPDATE_GOLDEN") == "1" {
		if err := os.WriteFile(path, got.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got.String()); diff != "" {
		t.Errorf("-golden +got:\n%s", diff)
	}
}
