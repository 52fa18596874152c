package web

import (
	"bytes"
	"net/url"
	"strconv"

	"github.com/gin-gonic/gin"

	"pulscheck/api/view"
	"pulscheck/survey"
	"pulscheck/survey/table"
)

// separators are the choices of what stands between the cells of a file, by the words
// that stand in addresses and texts.
var separators = []struct {
	word string
	rune rune
}{{"semicolon", ';'}, {"comma", ','}, {"tab", '\t'}}

// written reads how a file is said to be written.
func written(values url.Values) table.Said {
	var said table.Said
	for _, s := range separators {
		if values.Get("separator") == s.word {
			said.Separator = s.rune
		}
	}
	switch charset := table.Charset(values.Get("charset")); charset {
	case table.UTF8, table.Windows1252:
		said.Charset = charset
	}
	return said
}

// separators gives the choices of a separator; found says what was found out, nil before.
func (v *Visit) separators(found *table.Said) []view.Choice {
	automatic, all := v.T("web.import.automatic"), []view.Choice{}
	for _, s := range separators {
		text := v.T("web.import.separator-" + s.word)
		if all = append(all, view.Choice{Value: s.word, Text: text}); found != nil && found.Separator == s.rune {
			automatic = v.T("web.import.found", "what", text)
		}
	}
	return append([]view.Choice{{Text: automatic}}, all...)
}

// charsets gives the choices of a character set likewise.
func (v *Visit) charsets(found *table.Said) []view.Choice {
	automatic, all := v.T("web.import.automatic"), []view.Choice{}
	for _, c := range []struct {
		set  table.Charset
		text string
	}{{table.UTF8, "UTF-8"}, {table.Windows1252, "Windows-1252"}} {
		if all = append(all, view.Choice{Value: string(c.set), Text: c.text}); found != nil && found.Charset == c.set {
			automatic = v.T("web.import.found", "what", c.text)
		}
	}
	return append([]view.Choice{{Text: automatic}}, all...)
}

// header gives the headings of a list, each with a sample from the first row, and how the
// file is written.
func header(content []byte, said table.Said) ([]heading, table.Said, error) {
	names, first, found, err := survey.ImportHeader(bytes.NewReader(content), said)
	var all []heading
	for i, name := range names {
		all = append(all, heading{Name: name, Field: "c" + strconv.Itoa(i), Ours: survey.GuessColumn(name)})
		if i < len(first) {
			all[i].Sample = first[i]
		}
	}
	return all, found, err
}

// ShowSample gives a list to begin with.
func (w *Web) ShowSample(c *gin.Context) error {
	v, o, err := w.organisation(c)
	if err != nil {
		return err
	}
	process, role := "INC", "staff"
	if len(o.Processes) > 0 {
		process = o.Processes[0].Key
	}
	if len(o.Roles) > 0 {
		role = o.Roles[0].Key
	}
	sheet := table.Sheet{Name: "people", Columns: survey.ImportColumns}
	sheet.Rows = func(yield func([]table.Cell) bool) {
		for _, row := range [][]string{
			{"anna.muster@example.org", "Anna Muster", process, role, "IT", "de"}, {"", "Ben Beispiel", process, role, "IT", "en"},
		} {
			var cells []table.Cell
			for _, text := range row {
				cells = append(cells, table.Text(text))
			}
			if !yield(cells) {
				return
			}
		}
	}
	return v.csv("people.csv", sheet)
}
