package pdf_test

import (
	"bytes"
	"crypto/sha256"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"pulscheck/report"
	"pulscheck/report/chart"
	"pulscheck/report/pdf"
	"pulscheck/survey/fault"
	"pulscheck/survey/locale"
)

// document has every kind of block.
func document() *report.Document {
	row := 40.0
	next := func() chart.Box { row += 24; return chart.Box{X: 25, Y: row, W: 165, H: 20} }
	at := chart.Box{X: 25, Y: 60, W: 165, H: 40}
	blocks := []report.Block{
		report.Tiles{Box: next(), Tiles: []report.Tile{{Label: "Akzeptanz", Value: "62", Unit: "von 100", Line: "Bereich 58 bis 66", Status: chart.StatusWatch, Word: "beobachten"}}},
		report.Findings{Box: next(), Heading: "Was zu wissen ist", Rows: []report.Finding{{Rule: "F1", Head: "Größte Hürde ist Können", Evidence: "Übung fehlt.", Reference: report.Reference{Ref: "S. 2", Number: 2}}}},
		report.Prose{Box: next(), Heading: "Lesehilfe", Text: []string{"Feindliches: 😀 \u202e )( \\ <script>alert(1)</script> =cmd|'/C calc'!A0"}},
		report.Columns{Box: next(), Parts: []report.Prose{{Heading: "A", Text: []string{"a"}}, {Heading: "B", Text: []string{"b"}}}},
		report.Keys{Box: next(), Keys: []report.Key{{Value: "148", Label: "eingeladen"}}},
		report.Facts{Box: next(), Rows: [][2]string{{"Kennung", "BW-I01-B1"}}},
		report.Quality{Box: next(), Status: chart.StatusOK, Text: "gut"},
		report.Table{Box: next(), Columns: []report.Column{{Head: "Frage"}, {Head: "n", Width: 12, Align: chart.Right}}, Rows: []report.Row{{Cells: []string{"A1", "104"}}}},
		report.Figure{Box: next(), Chart: chart.Cycle{Phases: [4]string{"PLAN", "DO", "CHECK", "ACT"}, Active: 2, Number: 1, Iteration: "Iteration 1", Words: "Iteration 1 steht vor CHECK."}},
	}
	return &report.Document{
		Language: locale.German, Title: "Check-Bericht", Subject: "ITSM, Iteration 1", Organisation: "Beispielwerke", Programme: "ITSM · Iteration 1",
		ID: "BW-I01-B1", Foot: "Intern", PageOf: "Seite {page} von {pages}", Created: time.Date(2026, 3, 13, 16, 0, 0, 0, time.UTC),
		Files: []report.File{
			{Name: "lesehilfe.txt", Type: "text/plain", About: "Wie man liest", Help: true, Body: []byte("Hilfe")},
			{Name: "daten.json", Type: "application/json", About: "Werte", Body: []byte(`{"a":1}`)},
		},
		Pages: []report.Page{
			{Name: "cover", Cover: true, Title: "Check-Bericht", Blocks: []report.Block{report.CoverTitle{Box: at, Kicker: "Beispielwerke", Title: "Check-Bericht", Subtitle: "ITSM"}}},
			{Name: "all", Kicker: "Alles", Title: "Eine Überschrift", Subtitle: "mit Untertitel", Blocks: blocks},
		},
	}
}

func draw(t testing.TB) []byte {
	t.Helper()
	body, err := pdf.Draw(document())
	if err != nil {
		t.Fatal(err)
	}
	return body
}

func TestSameDocumentSameBytes(t *testing.T) {
	first := sha256.Sum256(draw(t))
	for range 3 {
		if sha256.Sum256(draw(t)) != first {
			t.Fatal("the bytes differ")
		}
	}
}

// run runs a tool on a PDF; without it the test is skipped, or fails if required.
func run(t *testing.T, name string, args ...string) string {
	t.Helper()
	if _, err := exec.LookPath(name); err != nil {
		if os.Getenv("PULSCHECK_TEST_REQUIRE") == "1" {
			t.Fatalf("no %s on this machine", name)
		}
		t.Skipf("no %s on this machine", name)
	}
	out, err := exec.Command(name, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", name, err, out)
	}
	return string(out)
}

func TestTextIsReadable(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.pdf")
	if err := os.WriteFile(path, draw(t), 0o600); err != nil {
		t.Fatal(err)
	}
	got := run(t, "pdftotext", "-layout", path, "-")
	for _, want := range []string{"Eine Überschrift", "Größte Hürde ist Können", "Seite 2 von 2", "<script>alert(1)</script>", "104"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not in the text:\n%s", want, got)
		}
	}
	run(t, "qpdf", "--check", path)
	if info := run(t, "pdfinfo", path); !strings.Contains(info, "A4") || !strings.Contains(info, "Pages:           2") {
		t.Errorf("%s", info)
	}
}

// TestNothingActive is B10: no script, link to the outside or action in the PDF.
func TestNothingActive(t *testing.T) {
	body := draw(t)
	for _, bad := range []string{"/JS", "/JavaScript", "/OpenAction", "/URI", "/Launch", "/RichMedia", "/AA"} {
		if bytes.Contains(body, []byte(bad)) {
			t.Errorf("the file holds %s", bad)
		}
	}
}

// hostile is a document with texts that no font prints, or a rare one.
func hostile() *report.Document {
	d := document()
	d.Organisation, d.Subject = "Ǧaʿfar & <Söhne> 😀", "漢 \u202e )( \\"
	d.Pages[1].Blocks = append(d.Pages[1].Blocks, report.Prose{Box: chart.Box{X: 25, Y: 30, W: 60}, Text: []string{"Ƙaura \U0010ffff \x00"}})
	return d
}

// TestHostileTextsArePrinted: nothing a participant writes breaks a document, and what
// no font prints is seen to be missing.
func TestHostileTextsArePrinted(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.pdf")
	body, err := pdf.Draw(hostile())
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, body, 0o600); err != nil {
		t.Fatal(err)
	}
	run(t, "qpdf", "--check", path)
	got := run(t, "pdftotext", "-raw", path, "-")
	for _, want := range []string{"Feindliches: □ □ )( \\ <script>", "Ƙaura □", "Ǧaʿfar & <Söhne> □"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not in the text:\n%s", want, got)
		}
	}
	if info := run(t, "pdfinfo", path); !strings.Contains(info, "Author:          Ǧaʿfar & <Söhne> □") {
		t.Errorf("%s", info)
	}
	if fonts := run(t, "pdffonts", path); !strings.Contains(fonts, "+NotoSans-Regular ") || !strings.Contains(fonts, "+SourceSans3-SemiBold ") {
		t.Errorf("%s", fonts)
	}
}

// TestTagsAreReadInOrder reads the document as a screen reader does.
func TestTagsAreReadInOrder(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.pdf")
	if err := os.WriteFile(path, draw(t), 0o600); err != nil {
		t.Fatal(err)
	}
	rest := run(t, "pdfinfo", "-struct-text", path)
	if strings.Contains(rest, "Seite 2") {
		t.Error("the running foot is read")
	}
	for _, want := range []string{
		"Document", "Sect", "H1", "Check-Bericht", "Sect", "ALLES", "H1", "Eine Überschrift", "mit Untertitel",
		"L (block)", "LI", "LBody", "Akzeptanz 62 von 100 Bereich 58 bis 66", "beobachten",
		"H2", "Was zu wissen ist", "Lbl", "Größte Hürde ist Können", "Übung fehlt.", "Link", "S. 2", "Object",
		"H2", "Lesehilfe", "148 eingeladen", "Table", "TR", "/Scope /Row", "Kennung", "TD", "BW-I01-B1", "gut",
		"Table", "/Scope /Column", "Frage", "n", "/Scope /Row", "A1", "TD", "104", "Figure",
	} {
		_, after, found := strings.Cut(rest, want)
		if !found {
			t.Fatalf("%q is not read next:\n%s", want, rest)
		}
		rest = after
	}
}

// TestFilesComeAlong: readers list the attached files, programs get them unchanged.
func TestFilesComeAlong(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.pdf")
	if err := os.WriteFile(path, draw(t), 0o600); err != nil {
		t.Fatal(err)
	}
	if list := run(t, "qpdf", "--list-attachments", path); !strings.Contains(list, "daten.json") || !strings.Contains(list, "lesehilfe.txt") {
		t.Errorf("%s", list)
	}
	if got := run(t, "qpdf", "--show-attachment=daten.json", path); got != `{"a":1}` {
		t.Errorf("%q", got)
	}
}

// TestRead finds again what was attached and printed, and takes no file that was
// changed afterwards.
func TestRead(t *testing.T) {
	body := draw(t)
	got, err := pdf.Read(body)
	if err != nil {
		t.Fatal(err)
	}
	if string(got.Files["daten.json"]) != `{"a":1}` || len(got.Files) != 2 || len(got.Pages) != 2 {
		t.Errorf("%d pages, files %q", len(got.Pages), got.Files)
	}
	if !slices.Contains(got.Pages[1], `Feindliches: □ □ )( \ <script>alert(1)</script> =cmd|'/C calc'!A0 `) {
		t.Errorf("%q", got.Pages[1])
	}
	for name, bad := range map[string][]byte{
		"empty": nil, "cut": body[:len(body)/2], "no PDF": []byte("hello"),
		"appended":  append(bytes.Clone(body), "\nxref\n0 1\ntrailer\n<<>>\nstartxref\n0\n%%EOF\n"...),
		"too large": append(bytes.Clone(body), make([]byte, 6<<20)...),
	} {
		if _, err := pdf.Read(bad); err == nil {
			t.Errorf("%s: read", name)
		}
	}
}

// FuzzDraw: whatever people write, a document comes out of it.
func FuzzDraw(f *testing.F) {
	for _, s := range []string{"Grüße", "😀\u202e", ")\\(\r", "\xff\x00", "endstream\nendobj\n", "敮摳瑲敡洊", strings.Repeat("Donau", 90)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d := document()
		d.Title, d.Organisation, d.Programme, d.Pages[1].Title, d.Pages[1].Kicker = s, s, s, s, s
		for i, b := range d.Pages[1].Blocks {
			switch b := b.(type) {
			case report.Prose:
				b.Heading, b.Text = s, []string{s, s + s}
				d.Pages[1].Blocks[i] = b
			case report.Table:
				b.Rows = append(b.Rows, report.Row{Cells: []string{s, s}}, report.Row{Cells: []string{s}, Bold: true})
				d.Pages[1].Blocks[i] = b
			}
		}
		body, err := pdf.Draw(d)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := pdf.Read(body); err != nil {
			t.Error(err)
		}
	})
}

// FuzzRead: no file ends the program.
func FuzzRead(f *testing.F) {
	f.Add(draw(f))
	f.Add([]byte("xref\n0 3\n0000000000 65535 f \n0000000000 00000 n \nstartxref\n0\n%%EOF\n"))
	f.Fuzz(func(t *testing.T, file []byte) {
		if r, err := pdf.Read(file); (r == nil) == (err == nil) {
			t.Errorf("%v, %v", r, err)
		}
	})
}

// TestManyDrawAtOnce runs under the race detector.
func TestManyDrawAtOnce(t *testing.T) {
	want := draw(t)
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			if got, err := pdf.Draw(document()); err != nil || !bytes.Equal(got, want) {
				t.Errorf("%d bytes, %v", len(got), err)
			}
		})
	}
	group.Wait()
}

// TestTooLong: what nobody can read is refused, not drawn.
func TestTooLong(t *testing.T) {
	if _, err := pdf.Draw(&report.Document{}); err == nil {
		t.Error("nothing is drawn")
	}
	d := document()
	for len(d.Pages) <= 200 {
		d.Pages = append(d.Pages, d.Pages[1])
	}
	if _, err := pdf.Draw(d); !fault.Is(err, "report-too-large") {
		t.Errorf("%v", err)
	}
}

// TestForValidators writes a document with every kind of block for the validators that
// validate/run asks.
func TestForValidators(t *testing.T) {
	dir := os.Getenv("PULSCHECK_TEST_PDFS")
	if dir == "" {
		t.Skip("make pdfa runs it")
	}
	body, err := pdf.Draw(hostile())
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "hostile.de.pdf"), body, 0o600); err != nil {
		t.Fatal(err)
	}
}
