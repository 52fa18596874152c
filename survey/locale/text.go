package locale

import "unicode"

// Text is one sentence or name in both languages of pulscheck.
type Text struct {
	DE string `json:"de" yaml:"de"`
	EN string `json:"en" yaml:"en"`
}

// In gives the text in a language; anything but English is German.
func (t Text) In(l Language) string {
	if l == English {
		return t.EN
	}
	return t.DE
}

// Language is a language of pulscheck.
type Language string

// The two languages.
const (
	German  Language = "de"
	English Language = "en"
)

// Invisible says whether a rune of a one-line text would be hidden: control characters,
// among them line ends, and those that change the direction of writing.
func Invisible(r rune) bool {
	return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == '\u2028' || r == '\u2029'
}
