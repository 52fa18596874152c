package yamlfile

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"pulscheck/survey/fault"
	"pulscheck/survey/locale"
)

var placeForm = regexp.MustCompile(`\{[^{}]*\}`)

// CheckText checks both languages of the text at a pointer: at least one and at most
// limit runes, no invisible characters, no place but {process}.
func CheckText(found *fault.Findings, at string, t locale.Text, limit int) {
	for _, part := range []struct{ language, text string }{{"de", t.DE}, {"en", t.EN}} {
		pointer := at + "/" + part.language
		*found = append(*found, fault.Length(pointer, utf8.RuneCountInString(part.text), limit)...)
		if !utf8.ValidString(part.text) {
			found.Add(pointer, "invalid-utf8")
		}
		if strings.ContainsFunc(part.text, locale.Invisible) {
			found.Add(pointer, "control-character")
		}
		for _, place := range placeForm.FindAllString(part.text, -1) {
			if place != "{process}" {
				found.Add(pointer, "placeholder-unknown")
			}
		}
	}
}
