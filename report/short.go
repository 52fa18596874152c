package report

import (
	"strings"

	"pulscheck/report/font"
)

// abbreviations shorten the longest parts of names of processes and roles.
var abbreviations = strings.NewReplacer(
	"management", "mgmt.", "Management", "Mgmt.", "verantwortung", "verantw.", "enablement", "enabl.",
)

// joints are last parts of German compounds, before which a name may be broken.
var joints = []string{"management", "verantwortung", "verwaltung", "steuerung", "vorsorge", "anfragen", "planung", "sicherheit", "verteilung"}

// compact gives a name that fits into a width in mm: as it is, abbreviated, with fewer
// words at the end, or cut with a full stop.
func compact(name string, w font.Weight, points, width float64) string {
	name = strings.ReplaceAll(name, "\u00ad", "")
	fits := func(s string) bool { return font.Width(s, w, points) <= width }
	if fits(name) {
		return name
	}
	short := abbreviations.Replace(name)
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
		for _, joint := range joints {
			if !found && strings.HasSuffix(word, joint) && word != joint {
				head, tail, found = strings.TrimSuffix(word, joint), joint, true
			}
		}
		words[i] = compact(plain, w, points, width)
		if found {
			words[i] = head + "- " + compact(strings.ReplaceAll(tail, "\u00ad", ""), w, points, width)
		}
	}
	return strings.Join(words, " ")
}
