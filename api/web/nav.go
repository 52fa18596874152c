package web

import (
	"strings"

	"pulscheck/api/view"
	"pulscheck/survey"
	"pulscheck/survey/account"
)

// entry is a line of the navigation. It is shown to those who have the right, where
// everything that its path names is known; its text is web.nav. and the name.
type entry struct {
	menu, name, path string
	may              account.Permission
}

// The menus of the navigation.
const (
	project        = "project"
	administration = "administration"
	installation   = "installation"
	across         = "across"
)

// nav is the table of the navigation, in its order.
var nav = []entry{
	{project, "overview", "/organisations/{organisation}", account.ReadProgramme},
	{project, "iterations", "/organisations/{organisation}/programmes", account.ReadProgramme},
	{project, "reviews", "/organisations/{organisation}/reviews", account.VetoRounds},
	{project, "results", "/programmes/{programme}/results", account.ReadResults},
	{project, "comparison", "/programmes/{programme}/comparison", account.ReadResults},
	{project, "maturity", "/iterations/{iteration}/assessments", account.ReadProgress},
	{project, "goals", "/iterations/{iteration}/goals", account.ReadProgress},
	{project, "quick-wins", "/iterations/{iteration}/quick-wins", account.ReadProgress},
	{project, "comments", "/iterations/{iteration}/comments", account.ReviewComments},
	{project, "improvements", "/iterations/{iteration}/improvements", account.ReadProgress},
	{project, "pairs", "/iterations/{iteration}/pairs", account.ReadVoices},
	{project, "decisions", "/iterations/{iteration}/decisions", account.ReadDecisions},
	{project, "questions", "/organisations/{organisation}/questions", account.AnswerDoor},
	{project, "reports", "/iterations/{iteration}/reports", account.ReadReports},
	{administration, "processes", "/organisations/{organisation}/processes", account.ReadProgramme},
	{administration, "units", "/organisations/{organisation}/units", account.ReadProgramme},
	{administration, "people", "/organisations/{organisation}/people", account.ReadPeople},
	{administration, "models", "/organisations/{organisation}/maturity-models", account.ReadProgramme},
	{administration, "schedule", "/programmes/{programme}/cadence", account.ReadProgramme},
	{administration, "users", "/organisations/{organisation}/users", account.ManageAccess},
	{administration, "tokens", "/organisations/{organisation}/tokens", account.ManageAccess},
	{administration, "audit", "/organisations/{organisation}/audit", account.ReadAudit},
	{administration, "trustee", "/organisations/{organisation}/trustee", account.ReviewRounds},
	{administration, "works-council", "/organisations/{organisation}/works-council", account.ReviewRounds},
	{administration, "settings", "/organisations/{organisation}/settings", account.ChangeOrganisation},
	{across, "abreast", "/organisations/comparison", account.CompareOrganisations},
	{installation, "organisations", "/organisations", account.CreateOrganisations},
	{installation, "all-users", "/users", account.CreateOrganisations},
	{installation, "state", "/installation", account.CreateOrganisations},
	{installation, "own-audit", "/audit", account.CreateOrganisations},
	{installation, "own-tokens", "/tokens", account.CreateOrganisations},
}

// settle fills the navigation of a page that stands nowhere: who works in one
// organisation alone finds the way back to it. A page that is there without is better
// than none.
func (v *Visit) settle() {
	p := &place{}
	if len(v.Actor.Organisations) == 1 {
		o, err := v.web.service.ShowOrganisation(v.Context(), v.Actor, survey.OrganisationID(v.Actor.Organisations[0]))
		if err == nil && v.current(&place{organisation: o}) == nil {
			return
		}
	}
	v.navigate(p)
}

// navigate fills the navigation of a page that stands somewhere.
func (v *Visit) navigate(p *place) {
	v.page.Nav, v.page.Places = nil, nil
	best, at := 0, [2]int{-1, -1}
	for _, e := range nav {
		href, known := p.fill(e.path)
		if e.may == account.ReadAudit && v.May(account.CreateOrganisations) {
			known = false // an operator reads the installation's own, not that of an organisation
		}
		inside := strings.Contains(e.path, "{organisation}")
		if !known || !v.May(e.may) || inside && v.Actor.In(e.may, string(p.organisation.ID)) != nil {
			continue
		}
		title := v.T("web.nav." + e.menu)
		if n := len(v.page.Nav); n == 0 || v.page.Nav[n-1].Title != title {
			v.page.Nav = append(v.page.Nav, view.Menu{Title: title})
		}
		menu := len(v.page.Nav) - 1
		v.page.Nav[menu].Entries = append(v.page.Nav[menu].Entries, view.Link{Text: v.T("web.nav." + e.name), Href: href, Count: p.waiting[e.name]})
		here := v.c.Request.URL.Path
		if (here == href || strings.HasPrefix(here, href+"/")) && len(href) > best {
			best, at = len(href), [2]int{menu, len(v.page.Nav[menu].Entries) - 1}
		}
	}
	if best > 0 {
		v.page.Nav[at[0]].Entries[at[1]].Current = true
	}
	if p.organisation != nil {
		v.page.Places = []view.Link{{Text: p.organisation.Name, Href: "/organisations/" + string(p.organisation.ID), Current: true}}
	}
}

// Section marks another entry of the navigation as the current one, for pages whose
// address does not begin with that of the entry.
func (v *Visit) Section(name string) {
	text := v.T("web.nav." + name)
	for m := range v.page.Nav {
		for i := range v.page.Nav[m].Entries {
			e := &v.page.Nav[m].Entries[i]
			e.Current = e.Text == text
		}
	}
}

// fill puts ids into a path; false if one of them is not known.
func (p *place) fill(path string) (string, bool) {
	ids := map[string]string{}
	if p.organisation != nil {
		ids["{organisation}"] = string(p.organisation.ID)
	}
	if p.programme != nil {
		ids["{programme}"] = string(p.programme.ID)
	}
	if p.iteration != nil {
		ids["{iteration}"] = string(p.iteration.ID)
	}
	if p.round != nil {
		ids["{round}"] = string(p.round.ID)
	}
	for name, id := range ids {
		path = strings.ReplaceAll(path, name, id)
	}
	return path, !strings.Contains(path, "{")
}
