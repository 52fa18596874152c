package font

import (
	"slices"
	"strings"
	"testing"
)

// ten is the size of texts, room the width that holds a text.
const ten = 10

func room(text string) float64 { return Width(text, Regular, ten) + 0.1 }

func TestWrap(t *testing.T) {
	for _, test := range []struct {
		text  string
		width float64
		want  []string
	}{
		{"eins zwei drei vier", room("eins zwei"), []string{"eins zwei", "drei vier"}},
		{"Bei 39\u00a0% der Leute", room("Bei 39"), []string{"Bei", "39\u00a0%", "der", "Leute"}},
		{"IT-Leitung", room("Leitung"), []string{"IT-", "Leitung"}},
		{"und/oder", room("und/o"), []string{"und/", "oder"}},
		{"von -5 an", room("von -"), []string{"von", "-5 an"}},
		{"Prozess\u00adverantwortung", room("verantwortung"), []string{"Prozess-", "verantwortung"}},
		{"Prozess\u00adverantwortung", room("Prozessverantwortung"), []string{"Prozessverantwortung"}},
		{"zwei  Leer\nzeichen", 100, []string{"zwei Leer zeichen"}},
		{"a😀\u202eb", 100, []string{"a□□b"}},
		{" ", 100, nil},
	} {
		if got := Wrap(test.text, Regular, ten, test.width); !slices.Equal(got, test.want) {
			t.Errorf("%q: %q, want %q", test.text, got, test.want)
		}
	}
}

// TestWrapNothingSticksOut: even the longest word stays within its box.
func TestWrapNothingSticksOut(t *testing.T) {
	text := "Die Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft lädt ein."
	for width := 8.0; width < 170; width += 1.5 {
		got := Wrap(text, Semibold, ten, width)
		for _, line := range got {
			if Width(line, Semibold, ten) > width {
				t.Errorf("%q sticks out of %.1f mm", line, width)
			}
		}
		joined := strings.ReplaceAll(strings.Join(got, ""), "-", "")
		if joined = strings.ReplaceAll(joined, " ", ""); joined != strings.ReplaceAll(text, " ", "") {
			t.Errorf("letters are lost: %q", got)
		}
	}
}

// TestWrapLeavesNoWidow: the last line is no lonely short word where that can be had
// without another line.
func TestWrapLeavesNoWidow(t *testing.T) {
	text := "Wer den neuen Weg kennt und ihn auch unter Druck geht, hat ihn angenommen so"
	width := room("Wer den neuen Weg kennt und ihn auch unter Druck geht, hat ihn angenommen")
	got := Wrap(text, Regular, ten, width)
	if len(got) != 2 || Width(got[1], Regular, ten) < width*0.3 {
		t.Errorf("%q", got)
	}
}

// TestWrapBehind: the first line leaves room for what stands before it.
func TestWrapBehind(t *testing.T) {
	width := room("eins zwei drei")
	got := WrapBehind(room("eins zwei"), "eins zwei drei", Regular, ten, width)
	if !slices.Equal(got, []string{"eins", "zwei drei"}) {
		t.Errorf("%q", got)
	}
}

// TestRareLetters: names of our neighbours are printed, each letter by a face that has it.
func TestRareLetters(t *testing.T) {
	text := "Ǧaʿfar und Ƙaura"
	if got := Clean(text); got != text {
		t.Errorf("%q", got)
	}
	whole := ""
	for _, r := range Runs(text, Semibold) {
		whole += r.Text
		for _, c := range r.Text {
			if faces[r.Weight]().advance(c) < 0 {
				t.Errorf("face %d has no %q", r.Weight, c)
			}
		}
	}
	if whole != text || len(Runs(text, Semibold)) != 3 || len(Runs("Grüße", Semibold)) != 1 {
		t.Errorf("%q of %q", whole, text)
	}
}
