package locale

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
