package main

import (
	"encoding/json"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pulscheck/survey/tally"
)

// analyzeFiles runs the command over files of the test and gives its JSON.
func analyzeFiles(t *testing.T, args ...string) map[string]any {
	t.Helper()
	var got map[string]any
	if err := json.Unmarshal(analyzeBytes(t, args...), &got); err != nil {
		t.Fatal(err)
	}
	return got
}

func analyzeBytes(t *testing.T, args ...string) []byte {
	t.Helper()
	out := filepath.Join(t.TempDir(), "out.json")
	if err := run(t.Context(), append([]string{"analyze", "--json", out}, args...)); err != nil {
		t.Fatal(err)
	}
	body, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	return body
}

var referenceFiles = []string{"--items", "testdata/items.csv", "--answers", "testdata/pulse.csv", "--invited", "testdata/invited.csv"}

func referenceJSON(t *testing.T) map[string]any {
	t.Helper()
	body, err := os.ReadFile("testdata/expected.json")
	if err != nil {
		t.Fatal(err)
	}
	var want map[string]any
	if err := json.Unmarshal(body, &want); err != nil {
		t.Fatal(err)
	}
	return want
}

// notOfTheAnswers are sections of the reference that are no result of its answers:
// about the file itself, or examples with numbers of their own, which the tests of the
// rooms below compare.
var notOfTheAnswers = []string{
	"meta", "mann_kendall_examples", "relative_weights_from_matrix", "suppression_examples", "suppression_weighted_total",
	"guard_examples", "roster_guard_examples", "reader_guard_examples", "maturity", "barrier", "cap_by_response", "goals",
	"suppression", // what may be shown: TestAnalyzeShowsWhatTheReferenceReleases
}

// TestExactEqualsReference walks everything that R computed from the answers.
func TestExactEqualsReference(t *testing.T) {
	exact := analyzeFiles(t, append(referenceFiles, "--exact")...)["exact"].(map[string]any)
	want := referenceJSON(t)
	all := 0
	for _, section := range slices.Sorted(maps.Keys(want)) {
		if slices.Contains(notOfTheAnswers, section) {
			continue
		}
		w := walk{t: t}
		w.same(section, exact[section], want[section])
		t.Logf("%-26s %5d values, largest relative difference %.1e", section, w.compared, w.largest)
		all += w.compared
	}
	if all < 11_000 {
		t.Errorf("only %d values compared", all)
	}
	t.Logf("%-26s %5d values", "all", all)
}

// walk compares two JSON values.
type walk struct {
	t        *testing.T
	compared int
	largest  float64
}

func (w *walk) same(path string, got, want any) {
	w.t.Helper()
	switch want := want.(type) {
	case map[string]any:
		object, ok := got.(map[string]any)
		if !ok {
			w.t.Errorf("%s = %v, want an object", path, got)
		}
		for key, v := range want {
			if _, there := object[key]; !there && v != nil {
				w.t.Errorf("%s/%s is missing", path, key)
			}
			w.same(path+"/"+key, object[key], v)
		}
	case []any:
		list, ok := got.([]any)
		if !ok || len(list) != len(want) {
			w.t.Errorf("%s = %v, want %v", path, got, want)
			return
		}
		for i, v := range want {
			w.same(path+"/"+strconv.Itoa(i), list[i], v)
		}
	case float64:
		w.compared++
		w.number(path, got, want)
	default:
		w.compared++
		if got != want {
			w.t.Errorf("%s = %v, want %v", path, got, want)
		}
	}
}

// number compares within the tolerance of the reference: 1e-8 relative, omega 1e-6, a p
// below 1e-12 only has to be below 1e-10.
func (w *walk) number(path string, got any, want float64) {
	w.t.Helper()
	value, ok := got.(float64)
	tolerance := 1e-8
	if strings.HasSuffix(path, "omega_total") {
		tolerance = 1e-6
	}
	difference := math.Abs(value - want)
	switch {
	case !ok:
		w.t.Errorf("%s = %v, want %v", path, got, want)
		return
	case math.Abs(want) < 1e-12 && math.Abs(value) < 1e-10:
		return
	case want != 0:
		difference /= math.Abs(want)
	}
	w.largest = max(w.largest, difference)
	if difference > tolerance {
		w.t.Errorf("%s = %v, want %v", path, value, want)
	}
}

// TestAnalyzeShowsWhatTheReferenceReleases compares every decision and displayed value
// of the last iteration.
func TestAnalyzeShowsWhatTheReferenceReleases(t *testing.T) {
	var got struct {
		Iterations []tally.Results `json:"iterations"`
	}
	if err := json.Unmarshal(analyzeBytes(t, referenceFiles...), &got); err != nil {
		t.Fatal(err)
	}
	body, err := os.ReadFile("testdata/expected.json")
	if err != nil {
		t.Fatal(err)
	}
	var want expectation
	if err := json.Unmarshal(body, &want); err != nil {
		t.Fatal(err)
	}
	for i, name := range []string{"I1", "I2", "I3"} {
		c := &comparison{t: t, want: &want, results: &got.Iterations[i]}
		c.decisions(name)
		if c.block(tally.Group{}, want.Total[name]); name == "I3" {
			c.display()
			for p, b := range want.ByProcess {
				c.block(tally.Group{Process: p}, b)
			}
			for r, b := range want.ByRole {
				c.block(tally.Group{Role: r}, b)
			}
		}
		t.Logf("%s: %d values and decisions compared, %d differ", name, c.compared, c.differ)
	}
}

// TestAnalyzeTwiceGivesTheSameBytes: JSON and report follow from the files alone.
func TestAnalyzeTwiceGivesTheSameBytes(t *testing.T) {
	var bodies [2][2]string
	for i := range bodies {
		report := filepath.Join(t.TempDir(), "report.pdf")
		bodies[i][0] = string(analyzeBytes(t, append(referenceFiles, "--exact", "--pdf", report, "--lang", "en")...))
		drawn, err := os.ReadFile(report)
		if err != nil {
			t.Fatal(err)
		}
		bodies[i][1] = string(drawn)
	}
	if bodies[0] != bodies[1] {
		t.Error("two runs over the same files differ")
	}
	if !strings.HasPrefix(bodies[0][1], "%PDF-") {
		t.Error("no PDF")
	}
}

// TestAnalyzeReadsEveryForm: the same answers in other encodings, separators and orders
// give the same results.
func TestAnalyzeReadsEveryForm(t *testing.T) {
	want := string(analyzeBytes(t, referenceFiles...))
	dir := t.TempDir()
	rewrite := func(name string, change func(string) string) string {
		body, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(change(string(body))), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	items := rewrite("items.csv", func(s string) string { return "\uFEFF" + strings.ReplaceAll(s, "\n", "\r\n") })
	invited := rewrite("invited.csv", func(s string) string { return strings.ReplaceAll(s, ",", "\t") })
	answers := rewrite("pulse.csv", func(s string) string {
		lines := strings.Split(strings.TrimSpace(strings.ReplaceAll(s, ",", ";")), "\n")
		slices.Sort(lines[1:])
		return strings.ReplaceAll(strings.Join(lines, "\n"), "agent", `"agent"`)
	})
	if got := string(analyzeBytes(t, "--items", items, "--answers", answers, "--invited", invited)); got != want {
		t.Error("the same answers written differently give other results")
	}
}
