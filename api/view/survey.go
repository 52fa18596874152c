package view

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"html/template"
	"strconv"
	"sync"

	"pulscheck/survey"
	"pulscheck/survey/locale"
)

//go:embed templates/*.html
var templateFiles embed.FS

var templates = template.Must(template.ParseFS(templateFiles, "templates/*.html"))

// surveyTexts are the page's own texts by language, read once.
var surveyTexts = sync.OnceValues(func() (map[locale.Language]any, error) {
	texts := map[locale.Language]any{}
	for _, l := range []locale.Language{locale.German, locale.English} {
		room, err := locale.Room("survey", l)
		if err != nil {
			return nil, fmt.Errorf("texts of the survey page: %w", err)
		}
		room = bytes.ReplaceAll(room, []byte("{comment_months}"), []byte(strconv.Itoa(survey.Keeps().CommentMonths)))
		var nested map[string]any
		if err := json.Unmarshal(room, &nested); err != nil {
			return nil, fmt.Errorf("texts of the survey page: %w", err)
		}
		texts[l] = nested
	}
	return texts, nil
})

// words lets a template speak a language.
type words struct{ *locale.Printer }

// Lang is the language for the attribute lang.
func (w words) Lang() locale.Language { return w.Language() }

// roundPlace stands for the round in the page that is rendered once.
const roundPlace = "--round--"

// surveyPage is the page of every round, rendered once.
var surveyPage = sync.OnceValues(func() ([]byte, error) {
	texts, err := surveyTexts()
	if err != nil {
		return nil, err
	}
	languages := []words{{locale.New(locale.German)}, {locale.New(locale.English)}}
	var page bytes.Buffer
	err = templates.ExecuteTemplate(&page, "survey.html", map[string]any{"Round": roundPlace, "Languages": languages, "Texts": texts})
	if err != nil {
		return nil, fmt.Errorf("survey page: %w", err)
	}
	return page.Bytes(), nil
})

// pages are those of the rounds that were asked for; a house has few rounds open.
var pages = struct {
	sync.Mutex
	of map[string]File
}{of: map[string]File{}}

const maxPages = 24 // about 30 kB each

// Survey gives the survey page of a round, the same bytes for everybody: the script
// in it reads the manifest and speaks the language of the browser. Pages of rounds
// that there are not are neither compressed nor kept.
func Survey(round string, known bool) (File, error) {
	const kind = "text/html; charset=utf-8"
	pages.Lock()
	defer pages.Unlock()
	if page, kept := pages.of[round]; kept {
		return page, nil
	}
	page, err := surveyPage()
	if err != nil {
		return File{}, err
	}
	body := bytes.ReplaceAll(page, []byte(roundPlace), []byte(template.HTMLEscapeString(round)))
	if !known {
		return File{Type: kind, Body: body}, nil
	}
	for other := range pages.of { // any one makes room
		if len(pages.of) < maxPages {
			break
		}
		delete(pages.of, other)
	}
	pages.of[round] = newFile(kind, body)
	return pages.of[round], nil
}
