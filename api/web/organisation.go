package web

import (
	"net/url"
	"strconv"

	"github.com/gin-gonic/gin"

	"pulscheck/api/view"
	"pulscheck/survey"
	"pulscheck/survey/account"
)

// ListOrganisations is the page of all organisations that the user reaches (A2).
func (w *Web) ListOrganisations(c *gin.Context) error {
	v := visitOf(c)
	all, err := w.service.ListOrganisations(v.Context(), v.Actor)
	if err != nil {
		return err
	}
	t := &view.Table{Caption: v.T("web.organisations.caption"), Empty: v.T("web.organisations.empty"), Columns: []view.Column{
		{Key: "name", Title: v.T("web.organisations.name")}, {Key: "key", Title: v.T("web.organisations.key")},
		{Key: "k", Title: v.T("web.organisations.k"), Number: true},
	}}
	inside := v.May(account.ReadProgramme)
	if inside {
		t.Columns = append(t.Columns, view.Column{Key: "iteration", Title: v.T("web.organisations.iteration")}, view.Column{Title: v.T("web.organisations.state")})
	}
	for _, o := range all {
		row := view.Row{{Text: o.Name, Href: "/organisations/" + string(o.ID)}, {Text: o.Key}, {Text: strconv.Itoa(o.K)}}
		if inside {
			p := &place{organisation: &o}
			if err := v.current(p); err != nil {
				return err
			}
			row = append(row, v.standing(p)...)
		}
		t.Rows = append(t.Rows, row)
	}
	v.navigate(&place{})
	if v.May(account.CreateOrganisations) {
		v.Action(v.T("web.organisations.new"), "/organisations/new")
	}
	return v.Show("organisation/list", v.T("web.organisations.heading"), v.Arrange(t))
}

// standing says where the programme of an organisation stands.
func (v *Visit) standing(p *place) view.Row {
	if p.iteration == nil {
		return view.Row{{Text: "–"}, {Status: &view.Status{Kind: "none", Text: v.T("web.organisations.none")}}}
	}
	number := v.T("web.frame.iteration", "number", p.iteration.Number)
	return view.Row{
		{Text: number, Href: "/organisations/" + string(p.organisation.ID), Sort: strconv.Itoa(p.iteration.Number)},
		{Text: v.T("web.phase." + string(p.iteration.Phase))},
	}
}

// NewOrganisation asks for a new organisation.
func (w *Web) NewOrganisation(c *gin.Context) error {
	v := visitOf(c)
	v.Crumb(v.T("web.organisations.heading"), "/organisations")
	form := v.Form("web.organisation", "/organisations", url.Values{"zone": {"Europe/Berlin"}})
	return v.Show("organisation/new", v.T("web.organisation.heading"), asked{Form: form})
}

// CreateOrganisation makes it.
func (w *Web) CreateOrganisation(c *gin.Context) error {
	v := visitOf(c)
	o, err := w.service.CreateOrganisation(v.Context(), v.Actor, survey.OrganisationInput{
		Key: v.Text("key"), Name: v.Text("name"), Zone: v.Text("zone"),
	})
	if err != nil {
		return v.Again(err, w.NewOrganisation)
	}
	return v.Goto("/organisations/" + string(o.ID))
}
