package web

import (
	"net/url"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"pulscheck/api/view"
	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/locale"
)

func programmesOf(id survey.OrganisationID) string {
	return "/organisations/" + string(id) + "/programmes"
}

// programmes are the programmes of an organisation, each with its iterations.
type programmes struct {
	Empty string
	All   []programmeCard
}

type programmeCard struct {
	Name       string
	Links      []view.Link
	Iterations *view.Table
}

// ListProgrammes shows the programmes with their iterations.
func (w *Web) ListProgrammes(c *gin.Context) error {
	v, o, err := w.organisation(c)
	if err != nil {
		return err
	}
	all, err := w.service.ListProgrammes(v.Context(), v.Actor, o.ID)
	if err != nil {
		return err
	}
	data, change := programmes{Empty: v.T("web.programmes.empty")}, v.May(account.ChangeProgramme)
	for i := range all {
		p := &all[i]
		at := "/programmes/" + string(p.ID)
		card := programmeCard{Name: p.Name, Links: []view.Link{{Text: v.T("web.nav.schedule"), Href: at + "/cadence"}}}
		if change {
			card.Links = append(card.Links, view.Link{Text: v.T("web.programmes.edit"), Href: at}, view.Link{Text: v.T("web.iteration.plan"), Href: at + "/iterations/new"})
		}
		if card.Iterations, err = v.iterations(o, p); err != nil {
			return err
		}
		data.All = append(data.All, card)
	}
	if change && len(all) == 1 {
		v.Action(v.T("web.iteration.plan"), "/programmes/"+string(all[0].ID)+"/iterations/new")
	}
	if change {
		v.Action(v.T("web.programmes.new"), programmesOf(o.ID)+"/new")
	}
	return v.Show("programme/list", v.T("web.nav.iterations"), data)
}

// iterations is the table of a programme's iterations, the last one first.
func (v *Visit) iterations(o *survey.Organisation, p *survey.Programme) (*view.Table, error) {
	all, err := v.web.service.ListIterations(v.Context(), v.Actor, p.ID)
	if err != nil {
		return nil, err
	}
	t := &view.Table{Caption: v.T("web.iteration.caption", "name", p.Name), Empty: v.T("web.overview.empty"), Columns: []view.Column{
		{Title: v.T("web.iteration.iteration")}, {Title: v.T("web.iteration.phase")}, {Title: v.T("web.iteration.starts")},
		{Title: v.T("web.iteration.checks")}, {Title: v.T("web.iteration.ends")}, {Title: v.T("web.iteration.scope")},
	}}
	zone := zoneOf(o)
	for n := len(all) - 1; n >= 0; n-- {
		i := &all[n]
		var scope []string
		for _, key := range i.Scope {
			scope = append(scope, v.named(o.Processes, key))
		}
		kind := "ok"
		if i.Phase == survey.Finished || i.Phase == survey.Plan {
			kind = "none"
		}
		t.Rows = append(t.Rows, view.Row{
			{Text: v.T("web.frame.iteration", "number", i.Number), Href: "/iterations/" + string(i.ID)},
			{Status: &view.Status{Kind: kind, Text: v.T("web.iteration.phase-" + string(i.Phase))}},
			{Text: v.Date(i.Starts.In(zone))}, {}, {Text: v.Date(i.Ends.In(zone))}, {Text: v.List(scope)},
		})
		if !i.Checks.IsZero() {
			t.Rows[len(t.Rows)-1][3].Text = v.Date(i.Checks.In(zone))
		}
	}
	return v.Arrange(t), nil
}

type programmeForm struct {
	Form            *view.Form
	Send, Languages []view.Choice
}

func (v *Visit) programmeForm(action string, values url.Values) programmeForm {
	f := programmeForm{Form: v.Form("web.programme", action, values)}
	for _, s := range []survey.SendReport{survey.WhenIssued, survey.WhenCounted} {
		f.Send = append(f.Send, view.Choice{Value: string(s), Text: v.T("web.programme.send-" + string(s))})
	}
	for _, l := range []string{"de", "en"} {
		f.Languages = append(f.Languages, view.Choice{Value: l, Text: v.T("web.language." + l)})
	}
	return f
}

// NewProgramme asks for a programme.
func (w *Web) NewProgramme(c *gin.Context) error {
	v, o, err := w.organisation(c)
	if err != nil {
		return err
	}
	v.Crumb(v.T("web.nav.iterations"), programmesOf(o.ID))
	values := url.Values{"send_report": {string(survey.WhenIssued)}, "language": {"de"}}
	return v.Show("programme/edit", v.T("web.programmes.new"), v.programmeForm(programmesOf(o.ID), values))
}

// programmeInput reads what the form says of a programme.
func (v *Visit) programmeInput() survey.ProgrammeInput {
	name, steering := v.Text("name"), addresses(v.Text("steering"))
	send, language := survey.SendReport(v.Text("send_report")), locale.Language(v.Text("language"))
	return survey.ProgrammeInput{Seen: number(v.Text("seen")), Name: &name, Steering: &steering, SendReport: &send, Language: &language}
}

// CreateProgramme begins a programme.
func (w *Web) CreateProgramme(c *gin.Context) error {
	v, o, err := w.organisation(c)
	if err != nil {
		return err
	}
	if _, err := w.service.CreateProgramme(v.Context(), v.Actor, o.ID, v.programmeInput()); err != nil {
		return v.Again(err, w.NewProgramme)
	}
	return v.Goto(programmesOf(o.ID))
}

// EditProgramme shows a programme to change it.
func (w *Web) EditProgramme(c *gin.Context) error {
	v, p, err := w.programme(c)
	if err != nil {
		return err
	}
	v.Section("iterations")
	v.Crumb(v.T("web.nav.iterations"), programmesOf(p.Organisation))
	return v.Show("programme/edit", p.Name, v.programmeForm("/programmes/"+string(p.ID), url.Values{
		"name": {p.Name}, "steering": {strings.Join(p.Steering, "\n")}, "send_report": {string(p.SendReport)},
		"language": {string(p.Language)}, "seen": {strconv.Itoa(p.Version)},
	}))
}

// UpdateProgramme changes a programme.
func (w *Web) UpdateProgramme(c *gin.Context) error {
	v, p, err := w.programme(c)
	if err != nil {
		return err
	}
	if _, err := w.service.UpdateProgramme(v.Context(), v.Actor, p.ID, v.programmeInput()); err != nil {
		return v.Again(err, w.EditProgramme)
	}
	return v.Goto(programmesOf(p.Organisation))
}

// addresses reads e-mail addresses with anything between them that is none.
func addresses(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" ,;\r\n\t", r) })
}
