package web

import (
	"net/url"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"pulscheck/api/view"
	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/fault"
	"pulscheck/survey/locale"
)

// Entries are the pages of one list of organisations: processes (A4), units, roles.
type Entries struct {
	w    *Web
	list survey.List
	name string // last word of the path, and of the texts: web.processes
}

// Entries gives the pages of a list, whose path ends in a word.
func (w *Web) Entries(list survey.List, name string) Entries { return Entries{w, list, name} }

func (e Entries) home(o *survey.Organisation) string {
	return "/organisations/" + string(o.ID) + "/" + e.name
}

func (e Entries) text(name string) string { return "web." + e.name + "." + name }

// List shows a list.
func (e Entries) List(c *gin.Context) error {
	v, o, err := e.w.organisation(c)
	if err != nil {
		return err
	}
	t := &view.Table{Caption: v.T(e.text("caption")), Empty: v.T(e.text("empty")), Columns: []view.Column{
		{Key: "name", Title: v.T("web.entry.name")}, {Key: "key", Title: v.T("web.entry.key")},
	}}
	if e.list == survey.ProcessList {
		t.Columns = append(t.Columns, view.Column{Key: "since", Title: v.T("web.entry.since")})
	}
	t.Columns = append(t.Columns, view.Column{Title: v.T("web.entry.state")})
	for _, n := range e.list.Of(o) {
		row := view.Row{{Text: v.In(n.Name), Small: other(v, n.Name)}, {Text: n.Key}}
		if v.May(account.ChangeProgramme) {
			row[0].Href = e.home(o) + "/" + n.Key
		}
		if e.list == survey.ProcessList {
			row = append(row, view.Cell{Text: day(v, n.Since), Sort: n.Since})
		}
		state := view.Status{Kind: "ok", Text: v.T("web.entry.active")}
		if n.Archived {
			state = view.Status{Kind: "none", Text: v.T("web.entry.archived")}
		}
		t.Rows = append(t.Rows, append(row, view.Cell{Status: &state}))
	}
	data := entryList{Table: v.Arrange(t)}
	if v.May(account.ChangeProgramme) {
		v.Action(v.T(e.text("new")), e.home(o)+"/new")
		if e.list == survey.ProcessList {
			v.Action(v.T("web.processes.from-template"), e.home(o)+"/template")
			if len(e.list.Of(o)) == 0 {
				data.Template = &view.Button{Text: v.T("web.processes.template"), Action: e.home(o) + "/template", Hidden: v.usual()}
			}
		}
	}
	return v.Show("entry/list", v.T(e.text("heading")), data)
}

type entryList struct {
	Table    *view.Table
	Template *view.Button
}

// other gives a name in the language that the page does not speak.
func other(v *Visit, name locale.Text) string {
	if name.DE == name.EN {
		return ""
	}
	return locale.New(v.page.Other()).In(name)
}

// New asks for a new entry.
func (e Entries) New(c *gin.Context) error {
	v, o, err := e.w.organisation(c)
	if err != nil {
		return err
	}
	v.Crumb(v.T(e.text("heading")), e.home(o))
	return v.Show("entry/edit", v.T(e.text("new")), e.asked(v, e.home(o), nil, nil))
}

// entryForm is a form of an entry. Fixed: it is there already, and its key stays.
type entryForm struct {
	Form         *view.Form
	Fixed, Since bool
	Archive      []view.Choice
	Used         string // says that it can only be archived
	Delete       string // address that removes it; empty = it cannot
}

func (e Entries) asked(v *Visit, action string, n *survey.Named, values url.Values) entryForm {
	return entryForm{
		Form: v.Form("web.entry", action, values), Fixed: n != nil, Since: e.list == survey.ProcessList,
		Archive: []view.Choice{{Value: "yes", Text: v.T("web.entry.archive")}},
	}
}

// Create adds an entry.
func (e Entries) Create(c *gin.Context) error {
	v, o, err := e.w.organisation(c)
	if err != nil {
		return err
	}
	_, err = e.w.service.CreateEntry(v.Context(), v.Actor, o.ID, e.list, survey.EntryInput{
		Key: v.Text("key"), Name: locale.Text{DE: v.Text("name-de"), EN: v.Text("name-en")}, Since: v.Text("since"),
	})
	if err != nil {
		return v.Again(languages(err), e.New)
	}
	return v.Goto(e.home(o))
}

// languages leads what is wrong with a text in a language to its field.
func languages(err error) error {
	f := fault.Of(err)
	for i, one := range f.Fields {
		if name, language, found := strings.Cut(strings.TrimPrefix(one.Pointer, "/"), "/"); found && (language == "de" || language == "en") {
			f.Fields[i].Pointer = "/" + name + "-" + language
		}
	}
	return f
}

// Edit shows an entry to change it.
func (e Entries) Edit(c *gin.Context) error {
	v, o, err := e.w.organisation(c)
	if err != nil {
		return err
	}
	n, err := e.w.service.ShowEntry(v.Context(), v.Actor, o.ID, e.list, c.Param("key"))
	if err != nil {
		return err
	}
	values := url.Values{"name-de": {n.Name.DE}, "name-en": {n.Name.EN}, "since": {n.Since}, "seen": {strconv.Itoa(n.Version)}}
	if n.Archived {
		values.Set("archived", "yes")
	}
	data := e.asked(v, e.home(o)+"/"+n.Key, n, values)
	used, err := e.w.service.UsedEntry(v.Context(), v.Actor, o.ID, e.list, n.Key)
	if err != nil {
		return err
	}
	if data.Delete = e.home(o) + "/" + n.Key + "/delete"; used {
		data.Delete, data.Used = "", v.T("web.entry.used")
	}
	v.Crumb(v.T(e.text("heading")), e.home(o))
	return v.Show("entry/edit", v.In(n.Name), data)
}

// Update changes an entry.
func (e Entries) Update(c *gin.Context) error {
	v, o, err := e.w.organisation(c)
	if err != nil {
		return err
	}
	archived, since := v.Checked("archived", "yes"), v.Text("since")
	change := survey.EntryChange{
		Seen: number(v.Text("seen")), Key: c.Param("key"), Archived: &archived,
		Name: &locale.Text{DE: v.Text("name-de"), EN: v.Text("name-en")},
	}
	if e.list == survey.ProcessList {
		change.Since = &since
	}
	if _, err := e.w.service.UpdateEntry(v.Context(), v.Actor, o.ID, e.list, change); err != nil {
		return v.Again(languages(err), e.Edit)
	}
	return v.Goto(e.home(o))
}

// number reads a whole number of a form; what is none counts as 0.
func number(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil {
		return 0
	}
	return n
}
