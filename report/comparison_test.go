package report_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pulscheck/report"
	"pulscheck/report/fragment"
	"pulscheck/report/pdf"
	"pulscheck/survey"
	"pulscheck/survey/locale"
	"pulscheck/survey/score"
	"pulscheck/survey/tally"
)

func buildComparison(t testing.TB, in report.ComparisonInput) *report.Document {
	t.Helper()
	d, err := report.BuildComparison(in)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// TestComparisonGolden compares the whole document in both languages; UPDATE_GOLDEN=1
// writes it anew.
func TestComparisonGolden(t *testing.T) {
	for name, in := range comparisons(t) {
		for _, l := range []locale.Language{locale.German, locale.English} {
			in.Language = l
			d := buildComparison(t, in)
			got, path := text(d), filepath.Join("testdata", "comparison-"+name+"."+string(l)+".txt")
			if os.Getenv("UPDATE_GOLDEN") == "1" {
				if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
				t.Errorf("%s %s (-golden +got):\n%s", name, l, diff)
			}
			for _, bad := range []string{"comparison.", "{name", "{n}", "{x}"} {
				if strings.Contains(got, bad) {
					t.Errorf("%s %s: a text without words: %q", name, l, bad)
				}
			}
			if dir := os.Getenv("PULSCHECK_TEST_PICTURES"); dir != "" {
				keep(t, filepath.Join(dir, "comparison-"+name+"."+string(l)+".pdf"), draw(t, d))
			}
		}
	}
}

// TestComparisonPages: what is not kept is left out and named on the last page.
func TestComparisonPages(t *testing.T) {
	all := comparisons(t)
	for name, want := range map[string]string{
		"two":    "cover > V1 > V2 > V3 > V4 > V5 > V6 > V7 > V10",
		"three":  "cover > V1 > V2 > V3 > V4 > V5 > V6 > V7 > V8 > V9 > V10",
		"eleven": "cover > V1 > V2 > V3 > V4 > V5 > V6 > V7 > V10",
	} {
		d := buildComparison(t, all[name])
		if got := pageNames(d); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
		named := strings.Contains(text(d), "Reifegrad, Ziele, Quick Wins und Kritikregister")
		if named != (name != "three") {
			t.Errorf("%s: the missing modules are named: %v", name, named)
		}
	}
	const imported = "aus einem anderen Werkzeug übernommen"
	if before := strings.Contains(text(buildComparison(t, all["two"])), imported); before {
		t.Error("a round that was answered here is told as imported")
	}
	all["two"].Data.Rounds[0].Imported = true
	if after := strings.Count(text(buildComparison(t, all["two"])), imported); after != 1 {
		t.Errorf("an imported round is told as such %d times", after)
	}
	for name, want := range map[string]string{"two": "BW-I02-V1", "eleven": "BW-I11-V1", "crowded": "BW-I08-V2"} {
		if got := buildComparison(t, all[name]).ID; got != want {
			t.Errorf("%s: id %s, want %s", name, got, want)
		}
	}
}

// TestComparisonOfHiddenValues: what one of two rounds withholds shows no value, no
// difference and no line in any file, sentence or figure.
func TestComparisonOfHiddenValues(t *testing.T) {
	in := compareThree(t)
	hidden := 0
	for i := range in.Data.Series {
		s := &in.Data.Series[i]
		if s.Group.Process == "CHG" {
			s.Points[0] = tally.SeriesPoint{State: tally.Protected}
			hidden++
		}
	}
	for i := range in.Data.Changes {
		if d := &in.Data.Changes[i]; d.Group.Process == "CHG" && d.From == in.Data.Rounds[0].Round {
			*d = tally.Change{From: d.From, To: d.To, Group: d.Group, Key: d.Key, Verdict: tally.Open}
		}
	}
	d := buildComparison(t, in)
	reader := csv.NewReader(bytes.NewReader(attached(t, d, "daten.csv")[3:]))
	reader.Comma = ';'
	rows, err := reader.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, row := range rows[1:] {
		if row[0] != "CHG" || row[1] != "" {
			continue
		}
		if row[6] == "1" && strings.Join(row[8:13], "") != "" {
			t.Errorf("a withheld value: %v", row)
		}
		if row[6] == "3" && (row[13] != "" || row[14] != tally.Open) {
			t.Errorf("a difference of a withheld value: %v", row)
		}
		seen++
	}
	if seen == 0 || hidden == 0 {
		t.Error("nothing is withheld: the test looks past")
	}
	for _, p := range d.Pages {
		for _, block := range p.Blocks {
			if f, ok := block.(report.Figure); ok && p.Name == "V3" && strings.HasPrefix(f.Chart.Alt(), "Änderungen: ") {
				if got := f.Chart.Alt(); !strings.Contains(got, "Änderungen: –, ") || !strings.Contains(got, "Vergleich offen") {
					t.Errorf("%q", got)
				}
			}
		}
	}
}

// TestComparisonOnPaper: nothing sticks out, stands on something or is cut, and every
// page becomes HTML, in both languages; the same data give the same bytes.
func TestComparisonOnPaper(t *testing.T) {
	for name, in := range comparisons(t) {
		for _, l := range []locale.Language{locale.German, locale.English} {
			in.Language = l
			d := buildComparison(t, in)
			body := draw(t, d)
			if again := draw(t, buildComparison(t, in)); !bytes.Equal(body, again) {
				t.Errorf("%s %s: the bytes differ", name, l)
			}
			checkFragments(t, name+" "+string(l), fragments(t, d, fragment.Options{}))
			for i, page := range words(t, body) {
				for j, w := range page {
					if w.XMin < 24.5*mm || w.XMax > 190.6*mm || w.YMin < 10*mm || w.YMax > 287*mm || w.YMax > 279*mm && w.YMin < 280*mm {
						t.Errorf("%s %s page %d: %q sticks out: %+v", name, l, i+1, w.Text, w)
					}
					if strings.Contains(w.Text, "…") {
						t.Errorf("%s %s page %d: %q is cut off", name, l, i+1, w.Text)
					}
					for _, o := range page[:j] {
						if w.standsOn(o) {
							t.Errorf("%s %s page %d: %q stands on %q", name, l, i+1, w.Text, o.Text)
						}
					}
				}
			}
		}
	}
}

// TestComparisonData: one hash for both languages, the printed short one among them;
// the data hold what the comparison displays and no text of criticism.
func TestComparisonData(t *testing.T) {
	in := compareThree(t)
	german := buildComparison(t, in)
	in.Language = locale.English
	english := buildComparison(t, in)
	data := attached(t, german, "daten.json")
	if !bytes.Equal(data, attached(t, english, "data.json")) || german.Hash != english.Hash {
		t.Error("the data differ by language")
	}
	var got struct {
		Kind       string           `json:"kind"`
		Comparison tally.Comparison `json:"comparison"`
	}
	if err := json.Unmarshal(data, &got); err != nil || got.Kind != "comparison" {
		t.Fatalf("%s, %v", got.Kind, err)
	}
	if diff := cmp.Diff(*in.Data, got.Comparison); diff != "" {
		t.Errorf("the data are not those compared:\n%s", diff)
	}
	if bytes.Contains(data, []byte("Formular")) {
		t.Error("a text of the register is in the data")
	}
}

// TestWordsAreConfirmed: a title tells a rise only where the verdict is clear.
func TestWordsAreConfirmed(t *testing.T) {
	in := compareTwo(t)
	at := slices.IndexFunc(in.Data.Changes, func(d tally.Change) bool { return d.Group == (tally.Group{}) && d.Key == "ACC" })
	for verdict, want := range map[string]string{
		score.ClearlyBetter: "steigt", score.ProbablyBetter: "keine gesicherte Veränderung", score.NoClearChange: "keine gesicherte Veränderung",
		tally.Stable: "stabil", tally.Open: "bleibt offen", tally.Incomparable: "bleibt offen",
	} {
		in.Data.Changes[at].Verdict = verdict
		if got := buildComparison(t, in).Pages[1].Title; !strings.Contains(got, want) {
			t.Errorf("%s: %q, want %q", verdict, got, want)
		}
	}
}

// BenchmarkComparison builds and draws eight iterations of twelve processes.
func BenchmarkComparison(b *testing.B) {
	in := compareCrowded(b)
	b.ReportAllocs()
	var size, pages int
	for b.Loop() {
		d, err := report.BuildComparison(in)
		if err != nil {
			b.Fatal(err)
		}
		body, err := pdf.Draw(d)
		if err != nil {
			b.Fatal(err)
		}
		size, pages = len(body), len(d.Pages)
	}
	b.ReportMetric(float64(pages), "pages")
	b.ReportMetric(float64(size), "bytes")
}

// TestComparisonCountsWhatWasCarriedOnOnce: a quick win and a criticism that went on into
// the next iteration count once, as they stand last; the report was made when the last of
// it was noted down.
func TestComparisonCountsWhatWasCarriedOnOnce(t *testing.T) {
	in := compareTwo(t)
	for i := range in.Iterations {
		in.Iterations[i].Modules = report.Modules{
			QuickWins: &report.QuickWins{Wins: []report.QuickWin{{ID: "q", Name: "Formular", Due: "2024-02-01", Status: survey.QuickWinDoing}}},
			Voices:    &report.Voices{Register: []report.RegisterRow{{ID: "r", Criticism: "Formular zu lang", Received: "2024-01-10", Status: survey.ImprovementNew}}},
		}
	}
	last := &in.Iterations[1]
	noted := last.Round.Closes.AddDate(0, 0, 9).Format(time.DateOnly)
	win, row := &last.Modules.QuickWins.Wins[0], &last.Modules.Voices.Register[0]
	win.Status, win.Reached, win.Told = survey.QuickWinDone, "2024-02-03", "2024-02-05"
	row.Status, row.Answered = survey.ImprovementDone, "2024-01-30"
	last.Modules.Voices.Register = append(last.Modules.Voices.Register, report.RegisterRow{ID: "s", Criticism: "Nachts fehlt jemand", Received: noted})
	d := buildComparison(t, in)
	titles := map[string]string{}
	for _, p := range d.Pages {
		titles[p.Name] = p.Title
	}
	want := map[string]string{"V8": "1 Quick Win erreicht und kommuniziert", "V9": "1 von 2 Kritikpunkten beantwortet, im Median nach 20 Tagen"}
	for name, title := range want {
		if titles[name] != title {
			t.Errorf("%s: %q, want %q", name, titles[name], title)
		}
	}
	if got := d.Created.Format(time.DateOnly); got != noted {
		t.Errorf("made on %s, the last criticism is of %s", got, noted)
	}
}
