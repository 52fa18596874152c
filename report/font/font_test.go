package font

import (
	"math"
	"slices"
	"testing"
)

func TestFacesPrintOurLanguages(t *testing.T) {
	for _, w := range []Weight{Regular, Semibold} {
		for _, r := range "ABCxyzÄÖÜäöüßẞéçñ0123456789„“”–·%−±×…€\u00a0" {
			if faces[w]().advance(r) < 0 {
				t.Errorf("weight %d has no %q", w, r)
			}
		}
	}
}

func TestFiguresAreTabular(t *testing.T) {
	for _, w := range []Weight{Regular, Semibold} {
		for d := '1'; d <= '9'; d++ {
			if math.Abs(faces[w]().advance(d)-faces[w]().advance('0')) > 1e-9 {
				t.Errorf("weight %d: %c is as wide as no 0", w, d)
			}
		}
	}
}

func TestClean(t *testing.T) {
	for text, want := range map[string]string{
		"Grüße – „gut“": "Grüße – „gut“", "a😀b": "a?b", "漢": "?", "a\u0000b": "ab", "a\nb": "a b", "a\u200bb": "ab",
	} {
		if got := Clean(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestWrap(t *testing.T) {
	got := Wrap("eins zwei drei vier", Regular, 10, Width("eins zwei", Regular, 10)+0.1)
	if !slices.Equal(got, []string{"eins zwei", "drei vier"}) {
		t.Errorf("%q", got)
	}
	if got := Wrap("Donaudampfschifffahrt", Regular, 10, 1); len(got) != 1 {
		t.Errorf("%q", got)
	}
}
