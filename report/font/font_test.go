package font

import (
	"math"
	"sync"
	"testing"
	"unicode"
	"unicode/utf8"
)

var allFaces = []Weight{Regular, Semibold} // of Source Sans 3

// TestFilesAreTrueType: a PDF writer takes 00 01 00 00 only, and fails silently else.
func TestFilesAreTrueType(t *testing.T) {
	for _, w := range append(allFaces, Rare, RareSemibold) {
		if got := string(File(w)[:4]); got != "\x00\x01\x00\x00" {
			t.Errorf("face %d begins with %q", w, got)
		}
	}
}

func TestFacesPrintOurLanguages(t *testing.T) {
	for _, w := range allFaces {
		for _, r := range "ABCxyzÄÖÜäöüßẞéçñżőğ0123456789„“”‚‘’–·%−±×…†€≥≤\u00a0" {
			if faces[w]().advance(r) < 0 {
				t.Errorf("face %d has no %q", w, r)
			}
		}
	}
}

// TestFacesPrintTheSameRunes: Clean asks one face for all.
func TestFacesPrintTheSameRunes(t *testing.T) {
	for _, w := range allFaces[1:] {
		for r := rune(0); r <= lastBasic; r++ {
			if (faces[w]().advance(r) < 0) != (faces[Regular]().advance(r) < 0) {
				t.Errorf("faces %d and %d differ on %U", Regular, w, r)
			}
		}
	}
}

func TestFiguresAreTabular(t *testing.T) {
	for _, w := range allFaces {
		for d := '1'; d <= '9'; d++ {
			if math.Abs(faces[w]().advance(d)-faces[w]().advance('0')) > 1e-9 {
				t.Errorf("face %d: %c is as wide as no 0", w, d)
			}
		}
	}
}

// TestWidth compares with the advances in the tables hmtx of the files, in 1/1000 em.
func TestWidth(t *testing.T) {
	for _, test := range []struct {
		face Weight
		text string
		em   float64
	}{
		{Regular, "0", 497},
		{Regular, "AWi ä", 543 + 786 + 246 + 200 + 504},
		{Semibold, "0%–", 513 + 841 + 480},
		{Regular, "", 0},
		{Regular, "0漢", 497},
	} {
		want := test.em / 1000 * 10 * 25.4 / 72
		if got := Width(test.text, test.face, 10); math.Abs(got-want) > 1e-9 {
			t.Errorf("face %d, %q: %.4f mm, want %.4f", test.face, test.text, got, want)
		}
	}
}

func TestClean(t *testing.T) {
	for text, want := range map[string]string{
		"Grüße – „gut“":    "Grüße – „gut“",
		"Gru\u0308n":       "Grün", // typed on a Mac
		"a😀b":              "a□b",
		"👨\u200d👩":         "□□",
		"\u2764\ufe0f":     "❤", // without the variation selector
		"漢":                "□",
		"a\x00b\x7f":       "ab",
		"a\r\nb\tc":        "a b c",
		"a\u2028b":         "a b",
		"a\u200bb\u00adc":  "abc",
		"\u202egnp.exe":    "□gnp.exe",
		"\xff":             "□",
		"39\u00a0% \u2212": "39\u00a0% \u2212",
	} {
		if got := Clean(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// FuzzClean: whatever comes in, every rune that comes out is printed by all faces.
func FuzzClean(f *testing.F) {
	for _, s := range []string{"Grüße", "😀", "\x00\xff", "e\u0301\u0301", "A\x18\u0308", "\u202e\u2066"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := Clean(s)
		if !utf8.ValidString(got) {
			t.Fatalf("%q is not UTF-8", got)
		}
		for _, r := range got {
			if r > lastBasic || unicode.IsControl(r) || faces[Semibold]().advance(r) < 0 && faces[RareSemibold]().advance(r) < 0 {
				t.Errorf("%q gives %U, which no face prints", s, r)
			}
		}
		if again := Clean(got); again != got {
			t.Errorf("%q becomes %q, then %q", s, got, again)
		}
	})
}

// TestManyMeasureAtOnce runs under the race detector.
func TestManyMeasureAtOnce(t *testing.T) {
	text := "Störungsmanagement 0123456789 %"
	want := Width(text, Semibold, 9)
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for range 50 {
				if got := Width(Clean(text), Semibold, 9); got != want {
					t.Errorf("%v, want %v", got, want)
				}
			}
		})
	}
	group.Wait()
}

// TestMonoTellsLettersApart: those that links are made of exist and are equally wide.
func TestMonoTellsLettersApart(t *testing.T) {
	for _, r := range "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.:/#[]" {
		if got, want := Width(string(r), Mono, 10), Width("m", Mono, 10); got != want || got == 0 {
			t.Errorf("%q is %v mm wide, want %v", r, got, want)
		}
	}
}
