package main

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"pulscheck/report"
	"pulscheck/report/pdf"
	"pulscheck/report/source"
	"pulscheck/survey"
	"pulscheck/survey/locale"
	"pulscheck/survey/store"
)

// demoReport makes a small sample organisation and gives its folder and the document
// of its check report.
func demoReport(t *testing.T, seed string) (dir string, d *report.Document) {
	t.Helper()
	dir = t.TempDir()
	if err := run(t.Context(), []string{"demo", "--dir", dir, "--people", "40", "--iterations", "1", "--seed", seed, "--once"}); err != nil {
		t.Fatal(err)
	}
	s, err := store.Open(t.Context(), "sqlite:"+filepath.Join(dir, "pulscheck.db"), store.Options{AllowWeakDurability: true})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close() //nolint:errcheck // read only
	body, err := os.ReadFile(filepath.Join(dir, "check-bericht.pdf"))
	if err != nil {
		t.Fatal(err)
	}
	reading, err := pdf.Read(body)
	if err != nil {
		t.Fatal(err)
	}
	v, err := attachedData(reading)
	if err != nil {
		t.Fatal(err)
	}
	from := source.New(survey.NewService(survey.Options{Store: s, Now: time.Now}), source.Options{Software: release()})
	described, err := from.Document(t.Context(), survey.CheckReport, v.Results.Iteration, source.Edition{Language: locale.German, Number: 1})
	if err != nil {
		t.Fatal(err)
	}
	return dir, described
}

// drawn writes a document to a file.
func drawn(t *testing.T, d *report.Document) string {
	t.Helper()
	body, err := pdf.Draw(d)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "x.pdf")
	if err := os.WriteFile(path, body, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestVerify: a report is told from a forged one without a database, and from that of
// another organisation with one.
func TestVerify(t *testing.T) {
	dir, document := demoReport(t, "1")
	otherDir, other := demoReport(t, "2")
	ours, theirs := "--database=sqlite:"+filepath.Join(dir, "pulscheck.db"), "--database=sqlite:"+filepath.Join(otherDir, "pulscheck.db")
	none := "--database=sqlite:" + filepath.Join(t.TempDir(), "none.db")
	good := filepath.Join(dir, "check-bericht.pdf")
	body, err := os.ReadFile(good)
	if err != nil {
		t.Fatal(err)
	}

	changed := bytes.Clone(body)
	at := bytes.Index(changed, []byte("/Subtype /application#2Fjson"))
	at += bytes.Index(changed[at:], []byte("stream\n")) + 1000
	changed[at] ^= 1
	broken := filepath.Join(t.TempDir(), "x.pdf")
	if err := os.WriteFile(broken, changed, 0o600); err != nil {
		t.Fatal(err)
	}
	swapped := *document
	swapped.Files = other.Files
	edited := *document
	edited.Files = append([]report.File{}, document.Files...)
	edited.Files[0].Body = bytes.Replace(edited.Files[0].Body, []byte(`"invited":40`), []byte(`"invited":41`), 1)

	for _, test := range []struct {
		name, file, database string
		equal                bool
	}{
		{"good", good, none, true},
		{"good, in English", filepath.Join(dir, "check-report.pdf"), none, true},
		{"good, with its database", good, ours, true},
		{"good, with the database of others", good, theirs, false},
		{"of others, with our database", filepath.Join(otherDir, "check-bericht.pdf"), ours, false},
		{"a byte of the attached data", broken, none, false},
		{"a number in the attached data", drawn(t, &edited), none, false},
		{"data of others attached", drawn(t, &swapped), none, false},
		{"no PDF", filepath.Join(dir, "results.json"), none, false},
	} {
		if err := run(t.Context(), []string{"verify", test.file, test.database}); (err == nil) != test.equal {
			t.Errorf("%s: %v", test.name, err)
		}
	}
	if _, err := os.Stat(none[len("--database=sqlite:"):]); !errors.Is(err, os.ErrNotExist) {
		t.Error("verify made a database")
	}
}

// TestVerifyIssued: the file that was issued counts, not one with the same data.
func TestVerifyIssued(t *testing.T) {
	dir, _ := demoReport(t, "1")
	database := "--database=sqlite:" + filepath.Join(dir, "pulscheck.db")
	issued := filepath.Join(dir, "check-bericht.pdf")
	if err := run(t.Context(), []string{"verify", issued, database}); err != nil {
		t.Error(err)
	}
	body, err := os.ReadFile(issued)
	if err != nil {
		t.Fatal(err)
	}
	forged := bytes.Replace(body, []byte(">Check-Bericht"), []byte(">Alles bestens"[:len(">Check-Bericht")]), 1)
	if bytes.Equal(forged, body) {
		t.Fatal("the title is not found")
	}
	path := filepath.Join(t.TempDir(), "x.pdf")
	if err := os.WriteFile(path, forged, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := run(t.Context(), []string{"verify", path, database}); !errors.Is(err, errNotEqual) {
		t.Errorf("another title above the same data: %v", err)
	}
}
