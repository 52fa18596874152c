package report_test

import (
	"crypto/sha256"
	"encoding/xml"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"

	"pulscheck/report"
	"pulscheck/report/pdf"
	"pulscheck/survey/locale"
)

func draw(t testing.TB, d *report.Document) []byte {
	t.Helper()
	body, err := pdf.Draw(d)
	if err != nil {
		t.Fatal(err)
	}
	return body
}

// TestSameDataSameBytes builds and draws everything anew.
func TestSameDataSameBytes(t *testing.T) {
	first := sha256.Sum256(draw(t, build(t, whole(t))))
	for range 3 {
		if sha256.Sum256(draw(t, build(t, whole(t)))) != first {
			t.Fatal("the bytes differ")
		}
	}
}

// pdfTool runs a tool of poppler on a PDF; without it the test is skipped, or fails if
// required.
func pdfTool(t *testing.T, name string, body []byte, args ...string) string {
	t.Helper()
	if _, err := exec.LookPath(name); err != nil {
		if os.Getenv("PULSCHECK_TEST_REQUIRE") == "1" {
			t.Fatalf("no %s on this machine", name)
		}
		t.Skipf("no %s on this machine", name)
	}
	path := filepath.Join(t.TempDir(), "x.pdf")
	if err := os.WriteFile(path, body, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(name, append(args, path, "-")...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", name, err, out)
	}
	return string(out)
}

// printed gives the text of a PDF with single spaces.
func printed(t *testing.T, body []byte) string {
	t.Helper()
	return strings.Join(strings.Fields(strings.ReplaceAll(pdfTool(t, "pdftotext", body, "-raw"), "\u00a0", " ")), " ")
}

// TestEverythingIsPrinted finds every title, kicker and finding again.
func TestEverythingIsPrinted(t *testing.T) {
	for name, in := range samples(t) {
		d := build(t, in)
		got := printed(t, draw(t, d))
		var want []string
		for _, p := range d.Pages[1:] {
			want = append(want, p.Title, p.Subtitle, strings.ToUpper(p.Kicker))
			for _, block := range p.Blocks {
				if f, ok := block.(report.Findings); ok {
					for _, r := range f.Rows {
						want = append(want, r.Head, r.Evidence, r.Ref)
					}
				}
			}
		}
		for _, w := range want {
			if w = strings.Join(strings.Fields(strings.ReplaceAll(w, "\u00a0", " ")), " "); !strings.Contains(got, w) {
				t.Errorf("%s: %q is not printed", name, w)
			}
		}
	}
}

// word is one printed word with its box in points.
type word struct {
	XMin float64 `xml:"xMin,attr"`
	YMin float64 `xml:"yMin,attr"`
	XMax float64 `xml:"xMax,attr"`
	YMax float64 `xml:"yMax,attr"`
	Text string  `xml:",chardata"`
}

// mm in points.
const mm = 72 / 25.4

// words gives the printed words page by page.
func words(t *testing.T, body []byte) (pages [][]word) {
	t.Helper()
	var out struct {
		Pages []struct {
			Words []word `xml:"word"`
		} `xml:"body>doc>page"`
	}
	if err := xml.Unmarshal([]byte(pdfTool(t, "pdftotext", body, "-bbox")), &out); err != nil {
		t.Fatal(err)
	}
	for _, p := range out.Pages {
		pages = append(pages, p.Words)
	}
	return pages
}

// standsOn says whether two words overlap.
func (w word) standsOn(o word) bool {
	return min(w.XMax, o.XMax)-max(w.XMin, o.XMin) > 0.5 && min(w.YMax, o.YMax)-max(w.YMin, o.YMin) > 0.5*min(w.YMax-w.YMin, o.YMax-o.YMin)
}

// TestNothingSticksOut: every word stands within the live area, no word on another,
// no text is cut off.
func TestNothingSticksOut(t *testing.T) {
	for name, in := range samples(t) {
		for _, l := range []locale.Language{locale.German, locale.English} {
			in.Language = l
			for i, page := range words(t, draw(t, build(t, in))) {
				for j, w := range page {
					if w.XMin < 24.5*mm || w.XMax > 190.6*mm || w.YMin < 10*mm || w.YMax > 287*mm || w.YMax > 279*mm && w.YMin < 280*mm {
						t.Errorf("%s %s page %d: %q sticks out: %+v", name, l, i+1, w.Text, w)
					}
					if strings.Contains(w.Text, "…") && strings.Trim(w.Text, ",.“”)") != "…" { // words of people are shortened behind one
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

// TestLinksLeadToTheirPages: every page reference is a link, findings are bookmarks.
func TestLinksLeadToTheirPages(t *testing.T) {
	d := build(t, whole(t))
	body := string(draw(t, d))
	rows := 0
	for _, block := range d.Pages[1].Blocks {
		if f, ok := block.(report.Findings); ok {
			rows = len(f.Rows)
		}
	}
	more := 1 // the box of decisions
	for _, p := range d.Pages {
		for _, block := range p.Blocks {
			if c, ok := block.(report.Cards); ok {
				more += len(c.Rows)
			}
		}
	}
	if got := strings.Count(body, "/Subtype /Link"); got != rows+more || rows == 0 || more < 2 {
		t.Errorf("%d links for %d findings and %d others", got, rows, more)
	}
	if got, want := strings.Count(body, "/Title "), len(d.Pages)+rows; got < want {
		t.Errorf("%d bookmarks, want %d", got, want)
	}
}

// BenchmarkReport builds and draws the longest report of the samples, one and eight at
// once: 16 pages in 150 ms and 64 MB of allocations, 1.5 MB of file are the budget.
func BenchmarkReport(b *testing.B) {
	in := crowded(b)
	d := build(b, in)
	size := len(draw(b, d))
	for _, atOnce := range []int{1, 8} {
		b.Run(fmt.Sprintf("at-once=%d", atOnce), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				var group sync.WaitGroup
				for range atOnce {
					group.Go(func() {
						d, err := report.Build(in)
						if err == nil {
							_, err = pdf.Draw(d)
						}
						if err != nil {
							b.Error(err)
						}
					})
				}
				group.Wait()
			}
			b.ReportMetric(float64(len(d.Pages)), "pages")
			b.ReportMetric(float64(size), "bytes")
		})
	}
}

// TestBudget: memory and size of a report do not depend on how busy the machine is.
func TestBudget(t *testing.T) {
	in := crowded(t)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	d := build(t, in)
	body := draw(t, d)
	runtime.ReadMemStats(&after)
	perPage := float64(after.TotalAlloc-before.TotalAlloc) / float64(len(d.Pages))
	if limit := 64e6 / 16; perPage > limit {
		t.Errorf("%.1f MB of allocations a page, want at most %.1f", perPage/1e6, limit/1e6)
	}
	if len(body) > 1_500_000 {
		t.Errorf("%d bytes", len(body))
	}
}
