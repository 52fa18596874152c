package view

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"path"
	"strings"
	"sync"

	"pulscheck/survey/locale"
)

//go:embed templates/layout templates/partial templates/page
var pageFiles embed.FS

// Page is everything that the frame of a page shows, and what its own template asks for.
// The template speaks the language of the page: {{.T "web.users.heading"}}.
type Page struct {
	words
	Title   string // h1, and first part of the title of the window
	Lead    string // a sentence below it, empty = none
	Crumbs  []Link // from the outside in, without the page itself
	Actions []Link // at the right of the h1; the first one is the main one
	Nav     []Menu
	Places  []Link // organisations to go to
	User    *Person
	Back    string // address of the page, for the language switch
	CSRF    string
	Bare    bool   // no navigation: nobody is signed in
	Problem string // over a form that was refused; its fields say more
	Wrong   []Wrong
	Done    string // what has just been done
	Data    any    // what the page itself shows
}

// Person is who is signed in.
type Person struct{ Name, Role string }

// Link leads somewhere.
type Link struct {
	Text, Href string
	Current    bool
	Count      int // shown in a badge, 0 = none
}

// Menu is a part of the navigation.
type Menu struct {
	Title   string
	Entries []Link
}

// Wrong is what is wrong with one field of a form.
type Wrong struct{ Field, Label, Text string }

// NewPage makes a page that speaks a language.
func NewPage(p *locale.Printer) *Page { return &Page{words: words{p}} }

// Other is the language that the page does not speak.
func (w words) Other() locale.Language {
	if w.Language() == locale.English {
		return locale.German
	}
	return locale.English
}

// pageTemplates are the templates of the pages by name, each with layout and partials.
var pageTemplates = sync.OnceValues(func() (map[string]*template.Template, error) {
	base, err := template.New("frame").Funcs(helpers).ParseFS(pageFiles, "templates/layout/*.html", "templates/partial/*.html")
	if err != nil {
		return nil, err
	}
	all := map[string]*template.Template{}
	err = fs.WalkDir(pageFiles, "templates/page", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := pageFiles.ReadFile(name)
		if err != nil {
			return err
		}
		one, err := base.Clone()
		if err != nil {
			return err
		}
		if _, err := one.New("content").Parse(string(text)); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		all[strings.TrimSuffix(strings.TrimPrefix(name, "templates/page/"), path.Ext(name))] = one
		return nil
	})
	return all, err
})

// Render writes a page: name is that of its file below templates/page, without ".html".
// Nothing is written if it fails.
func Render(w io.Writer, name string, p *Page) error {
	all, err := pageTemplates()
	if err != nil {
		return fmt.Errorf("templates of pages: %w", err)
	}
	one, known := all[name]
	if !known {
		return fmt.Errorf("there is no page %s", name)
	}
	var page bytes.Buffer
	if err := one.ExecuteTemplate(&page, "frame.html", p); err != nil {
		return fmt.Errorf("page %s: %w", name, err)
	}
	_, err = page.WriteTo(w)
	return err
}
