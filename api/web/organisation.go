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
	t := &view.Table{Caption: v.T("web.organisations.caption"), Empty: v.T("web.organisations.empty"), Columns: v.organisationColumns()}
	for _, o := range all {
		row := view.Row{{Text: o.Name, Href: "/organisations/" + string(o.ID)}, {Text: o.Key}, {Text: strconv.Itoa(o.K)}}
		if v.May(account.ReadProgramme) {
			row[0].Small = o.Key
			standing, err := v.standing(&place{organisation: &o})
			if err != nil {
				return err
			}
			row = append(row[:1], standing...)
		}
		t.Rows = append(t.Rows, row)
	}
	v.navigate(&place{})
	if v.May(account.CreateOrganisations) {
		v.Action(v.T("web.organisations.new"), "/organisations/new")
	}
	if v.May(account.CompareOrganisations) {
		v.Action(v.T("web.organisations.compare"), "/organisations/comparison")
	}
	return v.Show("organisation/list", v.T("web.organisations.heading"), v.Arrange(t))
}

// organisationColumns are those of the list: where the work stands, for an operator what
// was set up.
func (v *Visit) organisationColumns() []view.Column {
	name := view.Column{Key: "name", Title: v.T("web.organisations.name")}
	if !v.May(account.ReadProgramme) {
		return []view.Column{name, {Key: "key", Title: v.T("web.organisations.key")}, {Key: "k", Title: v.T("web.organisations.k"), Number: true}}
	}
	return []view.Column{
		name, {Key: "programmes", Title: v.T("web.organisations.programmes"), Number: true}, {Key: "iteration", Title: v.T("web.organisations.iteration")},
		{Key: "participation", Title: v.T("web.organisations.participation"), Number: true}, {Title: v.T("web.organisations.state")},
	}
}

// standing says how many programmes an organisation has, where the last one stands, and
// how many took part in the check that was counted last, if that was released.
func (v *Visit) standing(p *place) (view.Row, error) {
	programmes, err := v.web.service.ListProgrammes(v.Context(), v.Actor, p.organisation.ID)
	if err != nil {
		return nil, err
	}
	if err := v.current(p); err != nil {
		return nil, err
	}
	rate, err := v.lastRate(p.organisation)
	if err != nil {
		return nil, err
	}
	row := view.Row{{Text: v.Integer(len(programmes))}, {Text: "–"}, rate, {Status: &view.Status{Kind: "none", Text: v.T("web.organisations.none")}}}
	if i := p.iteration; i != nil {
		row[1] = view.Cell{Text: v.T("web.frame.iteration", "number", i.Number), Href: iterationAt(i.ID), Sort: strconv.Itoa(i.Number)}
		row[3] = view.Cell{Text: v.T("web.phase." + string(i.Phase))}
	}
	return row, nil
}

// lastRate is the share of people who took part in the check that was counted last.
func (v *Visit) lastRate(o *survey.Organisation) (view.Cell, error) {
	r, results, err := v.web.service.LastCheck(v.Context(), v.Actor, o.ID)
	if err != nil || results == nil || results.ResponseRate == nil {
		return view.Cell{Text: "–", Sort: "-1"}, err
	}
	percent := int(*results.ResponseRate*100 + 0.5)
	return view.Cell{Text: v.Percent(percent), Sort: strconv.Itoa(percent), Small: v.Date(r.Closes.In(zoneOf(o)))}, nil
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
