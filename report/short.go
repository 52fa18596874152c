package report

import (
	"strings"

	"pulscheck/report/chart"
	"pulscheck/report/font"
)

// abbreviations shorten the longest parts of names of processes and roles.
var abbreviations = strings.NewReplacer(
	"management", "mgmt.", "Management", "Mgmt.", "verantwortung", "verantw.", "enablement", "enabl.",
)

// roomy is the width in mm from which on a name keeps its last words.
const roomy = 40.0

// compact gives a name that fits into a width in mm: as it is, abbreviated, cut in the
// middle, or in little room with fewer words at the end, or cut with a full stop.
func compact(name string, w font.Weight, points, width float64) string {
	name = strings.ReplaceAll(name, "\u00ad", "")
	fits := func(s string) bool { return font.Width(s, w, points) <= width }
	if fits(name) {
		return name
	}
	short := abbreviations.Replace(name)
	if width >= roomy {
		return chart.Shorten(short, fits)
	}
	for words := strings.Fields(name); !fits(short) && len(words) > 1; {
		words = words[:len(words)-1]
		short = strings.Join(words, " ")
	}
	for runes := []rune(strings.TrimSuffix(short, ".")); !fits(short) && len(runes) > 1; {
		runes = runes[:len(runes)-1]
		short = string(runes) + "."
	}
	return short
}

// breakable gives a name whose words fit into a width in mm: at a soft hyphen or
// between the parts of a compound stand a hyphen and a space where a word is longer.
func breakable(name string, w font.Weight, points, width float64) string {
	words := strings.Fields(name)
	for i, word := range words {
		plain := strings.ReplaceAll(word, "\u00ad", "")
		if words[i] = plain; font.Width(plain, w, points) <= width {
			continue
		}
		head, tail, found := strings.Cut(word, "\u00ad")
		if at := font.Joint(word, len([]rune(word))); !found && at > 0 {
			head, tail, found = string([]rune(word)[:at]), string([]rune(word)[at:]), true
		}
		words[i] = compact(plain, w, points, width)
		if found {
			words[i] = head + "- " + compact(strings.ReplaceAll(tail, "\u00ad", ""), w, points, width)
		}
	}
	return strings.Join(words, " ")
}
