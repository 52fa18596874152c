package report_test

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pulscheck/report"
	"pulscheck/report/pdf"
	"pulscheck/survey/locale"
)

// bare is a text without any white space, no-break ones included.
func bare(text string) string { return strings.Join(strings.Fields(text), "") }

// TestPosterIsPrinted finds every text of the poster again, in the half of its language.
func TestPosterIsPrinted(t *testing.T) {
	in := inviting()
	p, err := report.BuildPoster(in)
	if err != nil {
		t.Fatal(err)
	}
	for paper, height := range map[pdf.Paper]float64{pdf.A4: 297, pdf.A3: 420} {
		body := poster(t, in, paper)
		if info := tool(t, "pdfinfo", saved(t, body)); !strings.Contains(info, string(paper)) || !strings.Contains(info, "Pages:           1") {
			t.Errorf("%s: %s", paper, info)
		}
		var printed [2]string
		for _, w := range words(t, body)[0] {
			printed[int(w.YMin/(height*mm/2))] += bare(w.Text)
		}
		for i, h := range p.Halves {
			want := []string{h.Kicker, h.Headline, h.Title, h.Dates, h.Scan, h.Typed[0] + h.Typed[1], h.Link, h.Fingerprint, h.Compare, h.Ask, h.Door}
			for _, promise := range h.Promises {
				want = append(want, promise.Head, promise.Text)
			}
			for _, w := range want {
				if !strings.Contains(printed[i], bare(w)) {
					t.Errorf("%s, half %d: %q is not printed:\n%s", paper, i, w, printed[i])
				}
			}
		}
	}
}

func TestTicketsArePrinted(t *testing.T) {
	all := links(12)
	body := tickets(t, inviting(), all)
	pages := words(t, body)
	if len(pages) != 2 {
		t.Fatalf("%d pages for 12 tickets", len(pages))
	}
	var printed string
	for _, page := range pages {
		for _, w := range page {
			printed += bare(w.Text)
		}
	}
	for _, link := range all {
		handle, rest, _ := strings.Cut(link, ".")
		for _, part := range []string{"#" + handle + ".", rest} {
			if !strings.Contains(printed, part) {
				t.Errorf("%q cannot be typed from the sheet", part)
			}
		}
	}
	for _, promise := range []string{"Aus der Kiste gezogen", "Drawn from the box", "ITSM-Check Frühjahr", "ITSM check spring", "pulscheck.beispielwerke.example/r/Q3vXk9Zt7LrYb2Nf5HsJ_w"} {
		if got := strings.Count(printed, bare(promise)); got < 12 {
			t.Errorf("%q stands on %d of 12 tickets", promise, got)
		}
	}
}

// render gives the pages of a PDF as grey pictures (PGM).
func render(t *testing.T, body []byte, dpi int) []string {
	t.Helper()
	path := saved(t, body)
	tool(t, "pdftoppm", "-r", fmt.Sprint(dpi), "-gray", path, path)
	pages, err := filepath.Glob(path + "*.pgm")
	if err != nil || len(pages) == 0 {
		t.Fatalf("no pages: %v", err)
	}
	return pages
}

// saved writes a PDF into a file.
func saved(t *testing.T, body []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "x.pdf")
	if err := os.WriteFile(path, body, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// tool runs a program; without it the test is skipped, or fails if required.
func tool(t *testing.T, name string, args ...string) string {
	t.Helper()
	if _, err := exec.LookPath(name); err != nil {
		if os.Getenv("PULSCHECK_TEST_REQUIRE") == "1" {
			t.Fatalf("no %s on this machine", name)
		}
		t.Skipf("no %s on this machine", name)
	}
	out, err := exec.Command(name, args...).Output()
	if err != nil {
		t.Fatalf("%s: %v\n%s", name, err, out)
	}
	return string(out)
}

// codes reads the QR codes of a PDF back, sorted.
func codes(t *testing.T, body []byte) []string {
	t.Helper()
	args := append([]string{"-q", "--raw", "-Sdisable", "-Sqrcode.enable"}, render(t, body, 300)...)
	found := strings.Split(strings.TrimSpace(tool(t, "zbarimg", args...)), "\n")
	slices.Sort(found)
	return found
}

// TestCodesAreTheLinks reads the printed codes back: those of the poster hold no ticket,
// each of the tickets holds its own whole link.
func TestCodesAreTheLinks(t *testing.T) {
	in, address := inviting(), base+"/r/Q3vXk9Zt7LrYb2Nf5HsJ_w"
	for _, paper := range []pdf.Paper{pdf.A4, pdf.A3} {
		if got := codes(t, poster(t, in, paper)); !slices.Equal(got, []string{address, address}) {
			t.Errorf("%s: %q, want twice %q", paper, got, address)
		}
	}
	var want []string
	for _, link := range links(23) {
		want = append(want, address+"#"+link)
	}
	slices.Sort(want)
	if got := codes(t, tickets(t, in, links(23))); !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// TestCodeIsSeventyMillimetres measures the code of the poster on A4: 70 mm wide, with
// four white modules around it.
func TestCodeIsSeventyMillimetres(t *testing.T) {
	const perMM = 5
	picture, err := os.ReadFile(render(t, poster(t, inviting(), pdf.A4), 127)[0])
	if err != nil {
		t.Fatal(err)
	}
	var width, height, most int
	if _, err := fmt.Fscanf(bytes.NewReader(picture), "P5\n%d %d\n%d\n", &width, &height, &most); err != nil {
		t.Fatal(err)
	}
	pixels := picture[len(picture)-width*height:]
	left, right, top, bottom := width, 0, height, 0
	each := func(x0, x1, y0, y1 int, visit func(x, y int, grey byte)) {
		for y := y0; y < y1; y++ {
			for x := x0; x < x1; x++ {
				visit(x, y, pixels[y*width+x])
			}
		}
	}
	each(0, width, 0, height/2, func(x, y int, grey byte) {
		if grey == 0 { // texts are dark blue
			left, right, top, bottom = min(left, x), max(right, x+1), min(top, y), max(bottom, y+1)
		}
	})
	if side := float64(right-left) / perMM; math.Abs(side-70) > 0.5 || math.Abs(float64(bottom-top)/perMM-side) > 0.5 {
		t.Errorf("the code is %d by %d pixels, want %d", right-left, bottom-top, 70*perMM)
	}
	const modules = 37 // of a code for an address this long
	quiet := 4*70*perMM/modules - 1
	each(left-quiet, right+quiet, top-quiet, bottom+quiet, func(x, y int, grey byte) {
		if (x < left-1 || x > right || y < top-1 || y > bottom) && grey != 255 {
			t.Fatalf("a dot of grey %d in the quiet zone, %d %d", grey, x, y)
		}
	})
}

// TestSameInvitationSameBytes draws everything anew.
func TestSameInvitationSameBytes(t *testing.T) {
	sums := map[[32]byte]bool{}
	for range 3 {
		sums[sha256.Sum256(append(poster(t, inviting(), pdf.A3), tickets(t, inviting(), links(12))...))] = true
	}
	if len(sums) != 1 {
		t.Error("the bytes differ")
	}
}

// TestHostileNames: whatever round and organisation are called, nothing leaves its
// place and the codes can be read.
func TestHostileNames(t *testing.T) {
	long := func(s string, n int) string { return string([]rune(strings.Repeat(s, n))[:n]) }
	for name, change := range map[string]func(in *report.Invitation){
		"words": func(in *report.Invitation) {
			in.Round.Title = locale.Text{DE: long("Größenwahn – ", 200), EN: long("Überall ", 200)}
		},
		"word": func(in *report.Invitation) { in.Round.Title = locale.Text{DE: long("M", 200), EN: long("ẞ", 200)} },
		"emoji": func(in *report.Invitation) {
			in.Round.Title = locale.Text{DE: long("🚀👩‍👩‍👧 ", 200), EN: "🚀"}
		},
		"rtl": func(in *report.Invitation) {
			in.Round.Title = locale.Text{DE: "\u202eשלום )( \u2066عالم", EN: "\u202e"}
		},
		"markup": func(in *report.Invitation) {
			in.Round.Title = locale.Text{DE: `) Tj ET \( <b>&{title}`, EN: "%%EOF\n\nendobj"}
		},
		"organisation": func(in *report.Invitation) {
			in.Organisation.Name = long("Überlandwerke ", 120)
			in.Door = locale.Text{DE: long("W", 120), EN: long("Tür ", 120)}
		},
		"host": func(in *report.Invitation) {
			in.Base = "http://" + long("a-long-name.", 60) + "beispielwerke-international.example:8443"
		},
		"nothing": func(in *report.Invitation) { in.Round.Title, in.Door = locale.Text{DE: "x", EN: "x"}, locale.Text{} },
	} {
		t.Run(name, func(t *testing.T) {
			in := inviting()
			change(&in)
			for _, body := range [][]byte{poster(t, in, pdf.A4), tickets(t, in, links(10))} {
				for _, page := range words(t, body) {
					for i, w := range page {
						if w.XMin < 9.5*mm || w.XMax > 200.5*mm || w.YMin < 5*mm || w.YMax > 295*mm { // boxes reach below the letters
							t.Errorf("%q sticks out: %+v", w.Text, w)
						}
						for _, o := range page[:i] {
							if w.standsOn(o) {
								t.Errorf("%q stands on %q", w.Text, o.Text)
							}
						}
					}
				}
			}
			if name != "host" && name != "organisation" { // the longest code, the most words
				return
			}
			if got := codes(t, poster(t, in, pdf.A4)); len(got) != 2 || got[0] != in.Base+"/r/Q3vXk9Zt7LrYb2Nf5HsJ_w" || got[0] != got[1] {
				t.Errorf("poster: %q", got)
			}
			if got := codes(t, tickets(t, in, links(10))); len(got) != 10 || !strings.HasPrefix(got[0], in.Base+"/r/Q3vXk9Zt7LrYb2Nf5HsJ_w#") {
				t.Errorf("tickets: %q", got)
			}
		})
	}
}
