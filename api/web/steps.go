package web

import (
	"slices"
	"strings"

	"pulscheck/api/view"
	"pulscheck/survey"
	"pulscheck/survey/account"
)

// maxSteps is the most next steps that an overview tells.
const maxSteps = 3

// steps says what an iteration asks for next: first the rounds that somebody waits for,
// last those that are only drafted. checked is the iteration of the last check that was
// counted, "" if there is none.
func (v *Visit) steps(p *place, rounds []survey.Round, checked survey.IterationID) ([]view.Link, error) {
	var now, later []view.Link
	for i := range rounds {
		switch one := v.roundStep(p, &rounds[i]); {
		case one == nil:
		case rounds[i].State == survey.Draft && rounds[i].Vetoed == nil && !v.confirms(p, &rounds[i]):
			later = append(later, *one)
		default:
			now = append(now, *one)
		}
	}
	if n := p.waiting["comments"]; n > 0 {
		now = append(now, view.Link{Text: v.T("web.overview.step-comments", "n", n), Href: "/iterations/" + string(p.iteration.ID) + "/comments"})
	}
	for _, find := range []func() (*view.Link, error){
		func() (*view.Link, error) { return v.reportStep(checked) }, func() (*view.Link, error) { return v.maturityStep(p) },
	} {
		one, err := find()
		if err != nil {
			return nil, err
		}
		if one != nil {
			now = append(now, *one)
		}
	}
	all := slices.Concat(now, later)
	return all[:min(len(all), maxSteps)], nil
}

// roundStep says what a round asks for next, nil for nothing.
func (v *Visit) roundStep(p *place, r *survey.Round) *view.Link {
	zone := zoneOf(p.organisation)
	step := func(key string, args ...any) *view.Link {
		return &view.Link{Text: v.T("web.overview."+key, args...), Href: "/iterations/" + string(r.Iteration)}
	}
	switch title := v.In(r.Title); {
	case r.Vetoed != nil:
		return step("step-vetoed", "title", title)
	case v.confirms(p, r):
		return &view.Link{Text: v.T("web.overview.step-confirm", "title", title), Href: roundAt(r.ID)}
	case r.State == survey.Draft:
		return step("step-draft", "title", title, "day", v.ShortDate(r.Opens.In(zone)))
	case r.State == survey.Review:
		return step("step-review", "title", title)
	case r.State == survey.Closed:
		return step("step-closed", "title", title)
	case r.State == survey.Open:
		return step("step-open", "title", title, "day", v.ShortDate(r.Closes.In(zone)))
	}
	return nil
}

// confirms says that a round waits for the user as the second person.
func (v *Visit) confirms(p *place, r *survey.Round) bool {
	one := r.Asked()
	return p.organisation.SecondPerson && r.Vetoed == nil && one != nil && one.By != v.Actor.ID && v.May(account.OpenRounds)
}

// reportStep leads to the check report of an iteration that nobody has issued yet.
func (v *Visit) reportStep(id survey.IterationID) (*view.Link, error) {
	if id == "" || !v.May(account.IssueReports) {
		return nil, nil
	}
	all, err := v.web.service.ListReports(v.Context(), v.Actor, id)
	if slices.ContainsFunc(all, func(r survey.Report) bool { return r.Issued == nil && r.Kind == survey.CheckReport }) {
		return &view.Link{Text: v.T("web.overview.step-report"), Href: reportsOf(id)}, err
	}
	return nil, err
}

// maturityStep names the processes that nobody has begun to assess once it is time to
// check; an owner hears of the own ones.
func (v *Visit) maturityStep(p *place) (*view.Link, error) {
	if phase := p.iteration.Phase; !v.May(account.ChangeProgress) || phase != survey.Check && phase != survey.Act {
		return nil, nil
	}
	begun, err := v.web.service.ListAssessments(v.Context(), v.Actor, p.iteration.ID)
	if err != nil {
		return nil, err
	}
	only := v.Actor.Only(account.ChangeProgress, string(p.organisation.ID))
	var missing []string
	for _, key := range p.iteration.Scope {
		if only != nil && !slices.Contains(only, key) || slices.ContainsFunc(begun, func(a survey.Assessment) bool { return a.Process == key }) {
			continue
		}
		missing = append(missing, v.process(key))
	}
	if len(missing) == 0 {
		return nil, nil
	}
	return &view.Link{Text: v.T("web.overview.step-maturity", "processes", strings.Join(missing, ", ")), Href: assessmentsOf(p.iteration)}, nil
}
