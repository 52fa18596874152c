package web

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"pulscheck/api/view"
	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/locale"
)

func peopleOf(o *survey.Organisation) string { return "/organisations/" + string(o.ID) + "/people" }

// people is the page of everybody who may be invited (A5).
type people struct {
	Filter *view.Form
	Roles  []view.Choice
	Items  []view.Choice
	Table  *view.Table
}

// SearchPeople shows who has a name or address with a text in it. That is no change, but
// names stand in the text: it is sent as a form, so that no address holds one. Without a
// text the filter alone leads to an address that can be passed on.
func (w *Web) SearchPeople(c *gin.Context) error {
	v, o, err := w.organisation(c)
	if err != nil {
		return err
	}
	v.page.Back = peopleOf(o)
	if strings.TrimSpace(v.Text("search")) != "" {
		return w.ListPeople(c)
	}
	query := url.Values{}
	for _, name := range []string{"process", "role"} {
		if value := v.Text(name); value != "" {
			query.Set(name, value)
		}
	}
	if len(query) == 0 {
		return v.Goto(peopleOf(o))
	}
	return v.Goto(peopleOf(o) + "?" + query.Encode())
}

// ListPeople shows who may be invited, as far as the filter asks.
func (w *Web) ListPeople(c *gin.Context) error {
	v, o, err := w.organisation(c)
	if err != nil {
		return err
	}
	all, err := w.service.ListPeople(v.Context(), v.Actor, o.ID)
	if err != nil {
		return err
	}
	query := c.Request.URL.Query()
	if v.sent != nil {
		query = v.sent
	}
	t := &view.Table{Caption: v.T("web.people.caption"), Empty: v.T("web.people.empty"), Columns: []view.Column{
		{Key: "name", Title: v.T("web.people.name")}, {Key: "email", Title: v.T("web.people.email")}, {Title: v.T("web.people.roles")},
		{Key: "unit", Title: v.T("web.people.unit")}, {Key: "locale", Title: v.T("web.people.locale")}, {Title: v.T("web.people.state")},
	}}
	if len(all) > 0 {
		t.Empty = v.T("web.people.nobody")
	}
	for i := range all {
		if wanted(&all[i], query.Get("process"), query.Get("role"), v.Text("search")) {
			t.Rows = append(t.Rows, v.personRow(o, &all[i]))
		}
	}
	if v.sent != nil { // its columns and pages are asked for by the same form
		t.Again = &view.Again{Action: peopleOf(o) + "/search", Hidden: v.Hidden("process", query.Get("process"), "role", query.Get("role"), "search", v.Text("search"))}
	}
	v.Lead(v.T("web.people.lead"))
	if v.May(account.ChangePeople) {
		v.Action(v.T("web.people.import"), peopleOf(o)+"/import")
		v.Action(v.T("web.people.new"), peopleOf(o)+"/new")
	}
	any := []view.Choice{{Text: v.T("web.people.any")}}
	values := url.Values{"process": query["process"], "role": query["role"], "search": {v.Text("search")}}
	return v.Show("person/list", v.T("web.people.heading", "n", active(all)), people{
		Filter: v.Form("web.people", peopleOf(o)+"/search", values),
		Items:  append(any, v.choices(o.Processes, "")...), Roles: append(slices.Clone(any), v.choices(o.Roles, "")...),
		Table: v.Arrange(t),
	})
}

func active(all []survey.Person) int {
	n := 0
	for i := range all {
		if all[i].Left == nil {
			n++
		}
	}
	return n
}

// wanted reports whether somebody has a process and a role, and a name or address with a
// text in it.
func wanted(p *survey.Person, process, role, search string) bool {
	if process != "" || role != "" {
		if !slices.ContainsFunc(p.Roles, func(r survey.ProcessRole) bool {
			return (process == "" || r.Process == process) && (role == "" || r.Role == role)
		}) {
			return false
		}
	}
	search = strings.ToLower(strings.TrimSpace(search))
	return search == "" || strings.Contains(strings.ToLower(p.Name+"\n"+p.Email), search)
}

func (v *Visit) personRow(o *survey.Organisation, p *survey.Person) view.Row {
	name := p.Name
	if name == "" {
		name = p.Email
	}
	first := view.Cell{Text: name}
	if v.May(account.ChangePeople) {
		first.Href = peopleOf(o) + "/" + string(p.ID)
	}
	mail := view.Cell{Text: p.Email}
	if p.Email == "" {
		mail.Text = v.T("web.people.paper")
	}
	var roles []string
	for _, r := range p.Roles {
		roles = append(roles, v.named(o.Processes, r.Process)+" · "+v.named(o.Roles, r.Role))
	}
	state := view.Status{Kind: "ok", Text: v.T("web.people.active")}
	if p.Left != nil {
		state = view.Status{Kind: "none", Text: v.T("web.people.left")}
	}
	return view.Row{first, mail, {Text: strings.Join(roles, ", ")}, {Text: v.named(o.Units, p.Unit)}, {Text: v.T("web.language." + string(p.Locale))}, {Status: &state}}
}

// named gives the name of an entry, or its key.
func (v *Visit) named(list []survey.Named, key string) string {
	for _, n := range list {
		if n.Key == key {
			return v.In(n.Name)
		}
	}
	return key
}

// choices are the entries of a list that can be taken, and the one that is taken
// though it is archived.
func (v *Visit) choices(list []survey.Named, taken string) []view.Choice {
	var all []view.Choice
	for _, n := range list {
		if !n.Archived || n.Key == taken {
			all = append(all, view.Choice{Value: n.Key, Text: v.In(n.Name)})
		}
	}
	return all
}

// day writes a day of the form YYYY-MM-DD; what is none stays as it is.
func day(v *Visit, text string) string {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return text
	}
	return v.Date(t)
}

type personForm struct {
	Form           *view.Form
	Units, Locales []view.Choice
	Roles          []view.Choice
	Remove, Export string
}

func (v *Visit) personForm(o *survey.Organisation, action string, values url.Values) personForm {
	f := personForm{Form: v.Form("web.person", action, values), Units: append([]view.Choice{{Text: v.T("web.person.no-unit")}}, v.choices(o.Units, values.Get("unit"))...)}
	for _, l := range []string{"de", "en"} {
		f.Locales = append(f.Locales, view.Choice{Value: l, Text: v.T("web.language." + l)})
	}
	for _, p := range o.Processes {
		for _, r := range o.Roles {
			key := p.Key + "/" + r.Key
			if !p.Archived && !r.Archived || slices.Contains(values["roles"], key) {
				f.Roles = append(f.Roles, view.Choice{Value: key, Text: v.In(p.Name) + " · " + v.In(r.Name)})
			}
		}
	}
	return f
}

// NewPerson asks for somebody.
func (w *Web) NewPerson(c *gin.Context) error {
	v, o, err := w.organisation(c)
	if err != nil {
		return err
	}
	v.Crumb(v.T("web.nav.people"), peopleOf(o))
	return v.Show("person/edit", v.T("web.people.new"), v.personForm(o, peopleOf(o), url.Values{"locale": {"de"}}))
}

// roles reads the process roles that were chosen.
func (v *Visit) roles() []survey.ProcessRole {
	var all []survey.ProcessRole
	for _, key := range v.Texts("roles") {
		process, role, _ := strings.Cut(key, "/")
		all = append(all, survey.ProcessRole{Process: process, Role: role})
	}
	return all
}

// CreatePerson adds somebody.
func (w *Web) CreatePerson(c *gin.Context) error {
	v, o, err := w.organisation(c)
	if err != nil {
		return err
	}
	_, err = w.service.CreatePerson(v.Context(), v.Actor, o.ID, survey.PersonInput{
		Email: v.Text("email"), Name: v.Text("name"), Unit: v.Text("unit"), Locale: locale.Language(v.Text("locale")), Roles: v.roles(),
	})
	if err != nil {
		return v.Again(err, w.NewPerson)
	}
	return v.Goto(peopleOf(o))
}

// EditPerson shows somebody, to change what is known.
func (w *Web) EditPerson(c *gin.Context) error {
	v, o, p, err := w.person(c)
	if err != nil {
		return err
	}
	values := url.Values{
		"email": {p.Email}, "name": {p.Name}, "unit": {p.Unit}, "locale": {string(p.Locale)}, "seen": {strconv.Itoa(p.Version)},
	}
	for _, r := range p.Roles {
		values.Add("roles", r.Process+"/"+r.Role)
	}
	at := peopleOf(o) + "/" + string(p.ID)
	f := v.personForm(o, at, values)
	f.Remove, f.Export = at+"/delete", "/api/v1"+at+"/export.html?lang="+string(v.Language())
	name := p.Name
	if name == "" {
		name = p.Email
	}
	return v.Show("person/edit", name, f)
}

// person gives the person in the path.
func (w *Web) person(c *gin.Context) (*Visit, *survey.Organisation, *survey.Person, error) {
	v, o, err := w.organisation(c)
	if err != nil {
		return v, nil, nil, err
	}
	v.Crumb(v.T("web.nav.people"), peopleOf(o))
	p, err := w.service.ShowPerson(v.Context(), v.Actor, o.ID, survey.PersonID(c.Param("person")))
	return v, o, p, err
}

// UpdatePerson changes somebody; who left comes back by it.
func (w *Web) UpdatePerson(c *gin.Context) error {
	v, o, p, err := w.person(c)
	if err != nil {
		return err
	}
	email, name, unit, language, roles := v.Text("email"), v.Text("name"), v.Text("unit"), locale.Language(v.Text("locale")), v.roles()
	_, err = w.service.UpdatePerson(v.Context(), v.Actor, o.ID, p.ID, survey.PersonChange{
		Seen: number(v.Text("seen")), Email: &email, Name: &name, Unit: &unit, Locale: &language, Roles: &roles,
	})
	if err != nil {
		return v.Again(err, w.EditPerson)
	}
	return v.Goto(peopleOf(o))
}

// ConfirmDeletePerson asks before somebody is removed.
func (w *Web) ConfirmDeletePerson(c *gin.Context) error {
	v, o, p, err := w.person(c)
	if err != nil {
		return err
	}
	at := peopleOf(o) + "/" + string(p.ID)
	return v.Confirm(v.T("web.person.remove-heading"), at+"/delete", v.T("web.person.remove"), at, url.Values{"seen": {strconv.Itoa(p.Version)}},
		v.T("web.person.remove-who", "name", p.Name+" "+p.Email), v.T("web.person.remove-invitations"), v.T("web.person.remove-answers"))
}

// DeletePerson removes somebody at once (Art. 17 GDPR).
func (w *Web) DeletePerson(c *gin.Context) error {
	v, o, p, err := w.person(c)
	if err != nil {
		return err
	}
	if err := w.service.DeletePerson(v.Context(), v.Actor, o.ID, p.ID, number(v.Text("seen"))); err != nil {
		return v.Again(err, w.ConfirmDeletePerson)
	}
	return v.Goto(peopleOf(o))
}
