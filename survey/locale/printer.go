package locale

import (
	"fmt"
	"strings"
	"time"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"github.com/nicksnyder/go-i18n/v2/i18n/template"
)

// Printer writes texts, numbers and dates in one language. It is safe for
// concurrent use.
type Printer struct {
	language  Language
	localizer *i18n.Localizer
}

// New gives the printer of a language; anything but English is German.
func New(l Language) *Printer {
	if l != English {
		l = German
	}
	return &Printer{language: l, localizer: i18n.NewLocalizer(loadCatalogue().bundle, string(l))}
}

// Language is the language of the printer, for the attribute lang and file names.
func (p *Printer) Language() Language { return p.language }

// Has says whether the catalogue holds a text for key.
func (p *Printer) Has(key string) bool {
	return loadCatalogue().messages[p.language][key] != nil
}

// T gives the text of key with its places filled. args alternate name and value, as
// in T("survey.questions", "n", 19). Whole numbers are grouped, times become dates,
// everything else prints as fmt.Sprint does; hand in a string for any other form.
// The value of "n" chooses the plural form. An unknown key comes back as it is.
func (p *Printer) T(key string, args ...any) string {
	values := make(map[string]any, len(args)/2)
	for i := 0; i+1 < len(args); i += 2 {
		values[fmt.Sprint(args[i])] = args[i+1]
	}
	return p.Fill(key, values)
}

// Fill is T with the values by name, as fault.Error carries them.
func (p *Printer) Fill(key string, values map[string]any) string {
	config := i18n.LocalizeConfig{MessageID: key, TemplateParser: template.IdentityParser{}}
	if n, ok := values["n"].(int); ok {
		config.PluralCount = n
	}
	text, err := p.localizer.Localize(&config)
	if err != nil && text == "" { // with an error and a text, the text has no plural forms
		return key
	}
	if len(values) == 0 {
		return text
	}
	pairs := make([]string, 0, 2*len(values))
	for name, value := range values {
		pairs = append(pairs, "{"+name+"}", p.value(value))
	}
	return strings.NewReplacer(pairs...).Replace(text)
}

// In gives the language's half of a text.
func (p *Printer) In(t Text) string { return t.In(p.language) }

func (p *Printer) value(v any) string {
	switch v := v.(type) {
	case int:
		return p.Integer(v)
	case time.Time:
		return p.Date(v)
	case Text:
		return p.In(v)
	default:
		return fmt.Sprint(v)
	}
}

// Quote puts typographic quotation marks around s: „…“ or “…”.
func (p *Printer) Quote(s string) string {
	if p.language == English {
		return "“" + s + "”"
	}
	return "„" + s + "“"
}

// List joins words: "A, B und C", "A, B and C".
func (p *Printer) List(words []string) string {
	and := " und "
	if p.language == English {
		and = " and "
	}
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + and + words[last]
}
