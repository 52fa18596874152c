package report_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"

	"pulscheck/report"
	"pulscheck/report/chart"
	"pulscheck/survey/locale"
	"pulscheck/survey/tally"
)

func attached(t *testing.T, d *report.Document, name string) []byte {
	t.Helper()
	for _, f := range d.Files {
		if f.Name == name {
			return f.Body
		}
	}
	t.Fatalf("no %s is attached", name)
	return nil
}

// TestDataAreTheSameInBothLanguages: one hash stands for the numbers, in whatever
// language they are told, and another organisation has another.
func TestDataAreTheSameInBothLanguages(t *testing.T) {
	in := whole(t)
	in.Language = locale.German
	german := build(t, in)
	in.Language = locale.English
	english := build(t, in)
	data := attached(t, german, "daten.json")
	if !bytes.Equal(data, attached(t, english, "data.json")) {
		t.Error("the data differ by language")
	}
	sum := sha256.Sum256(data)
	if got := hex.EncodeToString(sum[:]); got != german.Hash || got != english.Hash {
		t.Errorf("%s, printed %s and %s", got, german.Hash, english.Hash)
	}
	other := *in.Organisation
	other.Name = "Andere AG"
	in.Organisation = &other
	if got := build(t, in).Hash; got == german.Hash {
		t.Error("two organisations with one hash")
	}
}

func TestDataAreCanonical(t *testing.T) {
	data := attached(t, build(t, whole(t)), "daten.json")
	var tree any
	if err := json.Unmarshal(data, &tree); err != nil {
		t.Fatal(err)
	}
	again, err := json.Marshal(tree)
	if err != nil || !bytes.Equal(again, bytes.ReplaceAll(bytes.ReplaceAll(bytes.ReplaceAll(data, []byte("<"), []byte(`\u003c`)), []byte(">"), []byte(`\u003e`)), []byte("&"), []byte(`\u0026`))) {
		t.Errorf("not sorted or with white space: %v\n%.300s", err, data)
	}
}

// TestSummaryNumbersAreInTheData: who checks page 2 finds its numbers again.
func TestSummaryNumbersAreInTheData(t *testing.T) {
	d := build(t, whole(t))
	known := map[string]bool{}
	for _, n := range regexp.MustCompile(`[0-9]+(\.[0-9]+)?`).FindAllString(string(attached(t, d, "daten.json")), -1) {
		known[n] = true
	}
	checked := 0
	for _, block := range d.Pages[1].Blocks {
		if tiles, ok := block.(report.Tiles); ok {
			for _, tile := range tiles.Tiles {
				for _, n := range regexp.MustCompile(`[0-9]+`).FindAllString(tile.Value+" "+tile.Line, -1) {
					checked++
					if !known[n] {
						t.Errorf("%s of %s is not in the data", n, tile.Label)
					}
				}
			}
		}
		if f, ok := block.(report.Findings); ok {
			for _, row := range f.Rows {
				for _, n := range regexp.MustCompile(`[0-9]+`).FindAllString(row.Head, -1) {
					checked++
					if !known[n] {
						t.Errorf("%s of %q is not in the data", n, row.Head)
					}
				}
			}
		}
	}
	if checked < 8 {
		t.Errorf("only %d numbers on page 2", checked)
	}
}

// TestProtectedValuesAreInNoFile: a withheld group has no number in any attached file.
func TestProtectedValuesAreInNoFile(t *testing.T) {
	withheld := 0
	for name, in := range samples(t) {
		d := build(t, in)
		reader := csv.NewReader(bytes.NewReader(attached(t, d, "daten.csv")[3:]))
		reader.Comma = ';'
		rows, err := reader.ReadAll()
		if err != nil || len(rows) < 2 {
			t.Fatalf("%s: %d rows, %v", name, len(rows), err)
		}
		for _, row := range rows[1:] {
			if row[3] == tally.Protected {
				withheld++
				if got := strings.Join(row[4:], ""); got != "" {
					t.Errorf("%s: %q of a withheld group", name, got)
				}
			}
		}
		var data struct {
			Results tally.Results `json:"results"`
		}
		if err := json.Unmarshal(attached(t, d, "daten.json"), &data); err != nil {
			t.Fatal(err)
		}
		for _, g := range data.Results.Groups {
			if g.State == tally.Protected && (g.N != nil || g.Invited != nil || len(g.Items)+len(g.Constructs) > 0) {
				t.Errorf("%s: values of %+v", name, g.Group)
			}
		}
	}
	if withheld == 0 {
		t.Error("no sample withholds anything: the test looks past")
	}
}

// TestNoFormulas: a name of a process does nothing in a spreadsheet.
func TestNoFormulas(t *testing.T) {
	in := whole(t)
	in.Language = locale.English
	results := *in.Results
	results.Groups = slices.Clone(results.Groups)
	results.Groups[0].Group.Process = "=cmd|'/C calc'!A0"
	results.Groups[0].State = tally.Protected
	in.Results = &results
	rows, err := csv.NewReader(bytes.NewReader(attached(t, build(t, in), "data.csv")[3:])).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if got := rows[1][0]; got != "'=cmd|'/C calc'!A0" {
		t.Errorf("%q", got)
	}
}

// TestEveryFigureSaysWhatItShows: a figure without a sentence is nothing to those who
// do not see it.
func TestEveryFigureSaysWhatItShows(t *testing.T) {
	for name, in := range samples(t) {
		for _, p := range build(t, in).Pages {
			for _, block := range p.Blocks {
				var figures []chart.Figure
				switch block := block.(type) {
				case report.Figure:
					figures = append(figures, block.Chart)
				case report.Findings:
					for _, f := range block.Rows {
						if f.Chart != nil {
							figures = append(figures, f.Chart)
						}
					}
				}
				for _, f := range figures {
					if len(f.Alt()) < 10 {
						t.Errorf("%s, %s: %T says %q", name, p.Name, f, f.Alt())
					}
				}
			}
		}
	}
}
