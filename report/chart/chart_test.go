package chart_test

import (
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pulscheck/report/chart"
	"pulscheck/report/font"
)

// measure is the width that the PDF and the pages print.
func measure(text string, t chart.Type) float64 {
	w := font.Regular
	if t.Bold {
		w = font.Semibold
	}
	return font.Width(text, w, t.Size)
}

// TestGolden compares every call of every figure; UPDATE_GOLDEN=1 writes them anew.
// With PULSCHECK_TEST_PICTURES=DIR the figures also go there as SVG, to look at.
func TestGolden(t *testing.T) {
	for name, s := range samples() {
		r := &chart.Recorder{}
		s.figure.Draw(r, chart.Box{X: 25, Y: 59, W: s.w, H: s.h})
		path := filepath.Join("testdata", name+".txt")
		if os.Getenv("UPDATE_GOLDEN") == "1" {
			write(t, path, r.String())
		}
		if dir := os.Getenv("PULSCHECK_TEST_PICTURES"); dir != "" {
			write(t, filepath.Join(dir, name+".svg"), chart.SVG(s.figure, s.w, s.h, measure))
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(r.String(), "\n")); diff != "" {
			t.Errorf("%s (-golden +got):\n%s", name, diff)
		}
	}
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestSVGIsAPictureWithWords: well-formed, with a role and a label, nothing active, every
// colour one that the page may change in the dark.
func TestSVGIsAPictureWithWords(t *testing.T) {
	for name, s := range samples() {
		dec := xml.NewDecoder(strings.NewReader(chart.SVG(s.figure, s.w, s.h, measure)))
		title := ""
		for {
			token, err := dec.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			start, ok := token.(xml.StartElement)
			if !ok {
				continue
			}
			for _, a := range []string{"fill", "stroke"} {
				if got := attribute(start, a); got != "" && got != "none" && !strings.HasPrefix(got, "var(--") {
					t.Errorf("%s: %s %s is no token", name, a, got)
				}
			}
			switch start.Name.Local {
			case "svg":
				if got := attribute(start, "role"); got != "img" {
					t.Errorf("%s: role %q", name, got)
				}
				title = attribute(start, "aria-label")
			case "text":
				if got := attribute(start, "font-family"); !strings.HasPrefix(got, "'Source Sans 3'") {
					t.Errorf("%s: %s is no list of families", name, got)
				}
			case "polygon", "polyline", "circle":
			default:
				t.Errorf("%s: element %s", name, start.Name.Local)
			}
		}
		if title != s.figure.Alt() || title == "" {
			t.Errorf("%s: label %q, want %q", name, title, s.figure.Alt())
		}
	}
}

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// TestSVGEscapes: names come from organisations.
func TestSVGEscapes(t *testing.T) {
	bad := "</text><script>alert('1')</script>\x00&"
	got := chart.SVG(chart.Gap{Words: bad, Rows: []chart.GapRow{{Label: "a", Text: bad}}}, 200, 16, measure)
	if strings.Contains(got, "<script") || strings.Contains(got, "\x00") {
		t.Error(got)
	}
	if err := xml.Unmarshal([]byte(got), new(struct{})); err != nil {
		t.Error(err)
	}
}

// TestSameScale: panels side by side share a scale that holds all of their values.
func TestSameScale(t *testing.T) {
	line := func(low, high float64) *chart.Trend {
		return &chart.Trend{Points: []chart.TrendPoint{{Value: new((low + high) / 2), Low: &low, High: &high}}}
	}
	for _, test := range []struct {
		name   string
		panels []*chart.Trend
		want   chart.Scale
	}{
		{"one", []*chart.Trend{line(52, 58)}, chart.Scale{Low: 40, High: 70}},
		{"two in one window", []*chart.Trend{line(54, 66), line(52, 60)}, chart.Scale{Low: 40, High: 70}},
		{"two far apart", []*chart.Trend{line(20, 30), line(60, 70)}, chart.Scale{High: 100}},
		{"26 points across two steps", []*chart.Trend{line(44.9, 70.9)}, chart.Scale{High: 100}},
		{"26 points within a window", []*chart.Trend{line(45, 71)}, chart.Scale{Low: 45, High: 75}},
		{"bottom", []*chart.Trend{line(0, 4)}, chart.Scale{High: 30}},
		{"top", []*chart.Trend{line(97, 100)}, chart.Scale{Low: 70, High: 100}},
		{"nothing", []*chart.Trend{{}}, chart.Scale{High: 100}},
		{"a target", []*chart.Trend{{Target: new(90.0), Points: line(40, 50).Points}}, chart.Scale{High: 100}},
	} {
		chart.SameScale(test.panels...)
		for _, p := range test.panels {
			if p.Scale != test.want {
				t.Errorf("%s: %v, want %v", test.name, p.Scale, test.want)
			}
		}
	}
}

// TestHeat: the classes are absolute, their limits belong to the upper class.
func TestHeat(t *testing.T) {
	for index, want := range map[float64]string{
		0: "#F0BE93", 39: "#F0BE93", 40: "#F9E0C9", 49: "#F9E0C9", 50: "#EDF0F3", 64: "#EDF0F3",
		65: "#C9E2EC", 74: "#C9E2EC", 75: "#9CCBDD", 100: "#9CCBDD",
	} {
		if got := chart.Heat(index).String(); got != want {
			t.Errorf("%v: %s, want %s", index, got, want)
		}
	}
}
