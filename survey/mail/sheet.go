package mail

import (
	"bytes"
	"embed"
	"html/template"
	"strings"
	"unicode/utf8"

	"pulscheck/survey/locale"
)

//go:embed templates/mail.html
var templateFiles embed.FS

var page = template.Must(template.New("mail.html").Funcs(template.FuncMap{"lines": lines}).ParseFS(templateFiles, "templates/mail.html"))

// lines gives the lines of a paragraph.
func lines(text string) []string { return strings.Split(text, "\n") }

// sheet is what a mail says, before it becomes text and HTML.
type sheet struct {
	Language locale.Language
	Subject  string
	Over     string // small line above the heading
	Heading  string
	Parts    []part
	Foot     string
}

// part is a paragraph or a few, a link on a line of its own, or facts.
type part struct {
	Heading string
	Text    []string
	Link    string
	Facts   []fact
	Quiet   bool // smaller
}

type fact struct{ Name, Value string }

// fill writes a sheet into a message.
func (m *Message) fill(s sheet) {
	m.Subject, m.Text = s.Subject, s.text()
	var b bytes.Buffer
	if err := page.Execute(&b, s); err != nil {
		panic("mail: " + err.Error()) // a template and a struct of this package; a test renders all kinds
	}
	m.HTML = b.String()
}

// width of the lines of text, in characters.
const width = 72

// text gives the plain text.
func (s sheet) text() string {
	var b strings.Builder
	paragraph := func(text string) {
		if text != "" {
			b.WriteString(wrap(text) + "\n\n")
		}
	}
	paragraph(s.Over)
	if s.Heading != "" {
		b.WriteString(wrap(s.Heading) + "\n" + strings.Repeat("=", utf8.RuneCountInString(s.Heading)) + "\n\n")
	}
	for _, p := range s.Parts {
		if p.Heading != "" {
			b.WriteString(wrap(p.Heading) + "\n")
			if !p.compact() {
				b.WriteString(strings.Repeat("-", utf8.RuneCountInString(p.Heading)) + "\n")
			}
		}
		for _, f := range p.Facts {
			b.WriteString(wrap("- "+f.Name+": "+f.Value) + "\n")
		}
		if len(p.Facts) > 0 {
			b.WriteString("\n")
		}
		if p.Link != "" {
			b.WriteString(p.Link + "\n\n") // whole, on a line of its own
		}
		for _, t := range p.Text {
			paragraph(t)
		}
	}
	b.WriteString("-- \n" + wrap(s.Foot) + "\n")
	return b.String()
}

// compact says whether a heading only introduces what follows in the next line.
func (p part) compact() bool { return p.Link != "" || len(p.Facts) > 0 }

// wrap breaks a text into lines, each of its own lines by itself; what is longer than a
// line stays whole.
func wrap(text string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		lines[i] = wrapLine(line)
	}
	return strings.Join(lines, "\n")
}

func wrapLine(text string) string {
	var b strings.Builder
	column := 0
	for i, word := range strings.Split(text, " ") { // a no-break space does not break
		n := utf8.RuneCountInString(word)
		switch {
		case i == 0:
		case column+1+n > width:
			b.WriteString("\n")
			column = 0
		default:
			b.WriteString(" ")
			column++
		}
		b.WriteString(word)
		column += n
	}
	return b.String()
}
