package report_test

import (
	"fmt"
	"image"
	"image/color"
	paint "image/draw"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pulscheck/report"
	"pulscheck/survey"
	"pulscheck/survey/locale"
)

// TestGallery writes contact sheets of every document in every state and both languages
// for people to look at; make report-gallery runs it.
func TestGallery(t *testing.T) {
	dir := os.Getenv("PULSCHECK_TEST_GALLERY")
	if dir == "" {
		t.Skip("make report-gallery runs it")
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	for _, l := range []locale.Language{locale.German, locale.English} {
		all := printable(t, l)
		one := single(t)
		one.Language = l
		all["one process"] = build(t, one)
		for name, d := range all {
			contactSheet(t, filepath.Join(dir, strings.ReplaceAll(name, " ", "-")+"."+string(l)), d)
		}
	}
}

// single is a round about one process.
func single(t testing.TB) report.Input {
	in := count(t, []people{{"INC", "staff", 60, 48, 3.6, false}, {"INC", "user", 40, 31, 3.2, false}}, 1, 3)
	o := *in.Organisation
	o.Processes = slices.DeleteFunc(slices.Clone(o.Processes), func(n survey.Named) bool { return n.Key != "INC" })
	in.Organisation = &o
	return in
}

// sheetPages is how many pages stand on a contact sheet, sheetColumns how many side by
// side.
const sheetPages, sheetColumns = 12, 4

// contactSheet draws a document, renders its pages and puts them on as many pictures as
// are needed.
func contactSheet(t *testing.T, path string, d *report.Document) {
	t.Helper()
	work := t.TempDir()
	keep(t, filepath.Join(work, "x.pdf"), draw(t, d))
	if out, err := exec.Command("pdftoppm", "-r", "60", "-png", filepath.Join(work, "x.pdf"), filepath.Join(work, "p")).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	names, err := filepath.Glob(filepath.Join(work, "p*.png"))
	if err != nil || len(names) == 0 {
		t.Fatalf("%d pages, %v", len(names), err)
	}
	slices.Sort(names)
	number := 1
	for part := range slices.Chunk(names, sheetPages) {
		var pages []image.Image
		for _, name := range part {
			pages = append(pages, picture(t, name))
		}
		write(t, fmt.Sprintf("%s.%d.png", path, number), montage(pages))
		number++
	}
}

// montage puts pages on a grey table.
func montage(pages []image.Image) image.Image {
	const gap = 8
	size := pages[0].Bounds().Size()
	columns := min(len(pages), sheetColumns)
	rows := (len(pages) + columns - 1) / columns
	table := image.NewRGBA(image.Rect(0, 0, columns*(size.X+gap)+gap, rows*(size.Y+gap)+gap))
	paint.Draw(table, table.Bounds(), image.NewUniform(color.Gray{0x90}), image.Point{}, paint.Src)
	for i, p := range pages {
		at := image.Pt(gap+(i%columns)*(size.X+gap), gap+(i/columns)*(size.Y+gap))
		paint.Draw(table, image.Rectangle{at, at.Add(size)}, p, p.Bounds().Min, paint.Src)
	}
	return table
}

func picture(t *testing.T, name string) image.Image {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close() //nolint:errcheck // read only
	p, err := png.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func write(t *testing.T, name string, p image.Image) {
	t.Helper()
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := png.Encode(f, p); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}
