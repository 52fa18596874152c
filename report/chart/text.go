package chart

import (
	"strconv"
	"strings"
)

// Text types that figures share.
var (
	note   = Type{Size: 8, Color: Ink2}
	label  = Type{Size: 9, Color: Ink}
	strong = Type{Size: 9, Bold: true, Color: Ink}
	title  = Type{Size: 11, Bold: true, Color: Brand}
)

// in gives the type with another alignment.
func (t Type) in(a Align) Type { t.Align = a; return t }

// colored gives the type in another colour.
func (t Type) colored(c Color) Type { t.Color = c; return t }

// midline is how far below the middle of a line its base line lies, in mm.
func midline(points float64) float64 { return points * 0.115 }

// number prints a whole value of an axis.
func number(v float64) string { return strconv.FormatFloat(v, 'f', 0, 64) }

// wrap breaks a text at spaces and behind hyphens into lines of a width.
func wrap(c Canvas, s string, t Type, width float64) []string {
	var lines []string
	for _, word := range strings.Split(s, " ") { // not at no-break spaces
		glue := " "
		for _, part := range strings.SplitAfter(word, "-") {
			last := len(lines) - 1
			if last >= 0 && c.Width(lines[last]+glue+part, t) <= width {
				lines[last] += glue + part
			} else {
				lines = append(lines, part)
			}
			glue = ""
		}
	}
	return lines
}

// twoLines breaks a heading; of what is longer the first and the last line stay.
func twoLines(c Canvas, s string, t Type, width float64) []string {
	lines := wrap(c, s, t, width)
	if len(lines) > 2 {
		lines = []string{lines[0], "… " + lines[len(lines)-1]}
	}
	for i := range lines {
		lines[i] = shorten(c, lines[i], t, width)
	}
	return lines
}

// shorten cuts a label so that it fits.
func shorten(c Canvas, s string, t Type, width float64) string {
	return Shorten(s, func(part string) bool { return c.Width(part, t) <= width })
}

// Shorten cuts a name until it fits, with an ellipsis: a long one of several words in
// the middle, since names of one family often differ in the last, others at the end.
func Shorten(s string, fits func(string) bool) string {
	const short = 14 // letters
	if fits(s) {
		return s
	}
	runes := []rune(strings.TrimSuffix(s, "…"))
	for n := len(runes) - 1; n > 1; n-- {
		head, tail := runes[:n], []rune(nil)
		if n > short && strings.Contains(s, " ") {
			head, tail = runes[:n-n/3], runes[len(runes)-n/3:]
		}
		if cut := strings.TrimRight(string(head), " ") + "…" + lastWords(string(tail)); fits(cut) {
			return cut
		}
	}
	return string(runes[:1]) + "…"
}

// lastWords leaves out what is cut of the first word, if there are others.
func lastWords(tail string) string {
	if _, words, found := strings.Cut(tail, " "); found && words != "" {
		return " " + words
	}
	return tail
}

// abbreviate cuts a word that does not fit behind a consonant, with a full stop and a
// millimetre of air.
func abbreviate(c Canvas, s string, t Type, width float64) string {
	if c.Width(s, t) <= width {
		return s
	}
	runes := []rune(s)
	for len(runes) > 1 && c.Width(string(runes)+".", t) > width-1 {
		runes = runes[:len(runes)-1]
	}
	for len(runes) > 1 && strings.ContainsRune("aeiouyäöü ", runes[len(runes)-1]) {
		runes = runes[:len(runes)-1]
	}
	return string(runes) + "."
}
