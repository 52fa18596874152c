package web

import (
	"html/template"
	"slices"

	"github.com/gin-gonic/gin"

	"pulscheck/api/view"
	"pulscheck/report"
	"pulscheck/report/fragment"
	"pulscheck/survey"
	"pulscheck/survey/account"
)

// resultTabs are the tabs of results with the pages of the report that they show.
var resultTabs = []struct {
	name  string
	pages []string
}{
	{"overview", []string{"acceptance", "notice"}},
	{"answers", []string{"answers"}},
	{"matrix", []string{"matrix"}},
	{"stages", []string{"stages", "drivers"}},
	{"participation", []string{"participation"}},
}

// results is the page of a counted round (A10).
type results struct {
	Tabs      []view.Link
	Sheets    []template.HTML
	Protected bool // what a dashed cell means is told
	Files     []view.Link
	Others    []view.Link // other counted rounds
}

// FindResults leads to the results that were counted last, or tells when there will be
// some.
func (w *Web) FindResults(c *gin.Context) error {
	v, p, err := w.programme(c)
	if err != nil {
		return err
	}
	rounds, err := v.roundsOf(p.ID)
	if err != nil {
		return err
	}
	for _, r := range slices.Backward(rounds) {
		if r.CountedAt != nil && r.Kind == survey.CheckRound {
			return v.Goto(resultsOf(&r))
		}
	}
	if n := len(rounds); n > 0 {
		return v.noResults(&rounds[n-1])
	}
	return v.Show("result/none", v.T("web.results.heading"), v.T("web.results.none"))
}

func resultsOf(r *survey.Round) string { return "/rounds/" + string(r.ID) + "/results" }

// roundsOf gives the rounds of a programme, oldest first.
func (v *Visit) roundsOf(id survey.ProgrammeID) (all []survey.Round, err error) {
	iterations, err := v.web.service.ListIterations(v.Context(), v.Actor, id)
	if err != nil {
		return nil, err
	}
	for _, i := range iterations {
		rounds, err := v.web.service.ListRounds(v.Context(), v.Actor, i.ID)
		if err != nil {
			return nil, err
		}
		all = append(all, rounds...)
	}
	return all, nil
}

// noResults tells when the results of a round come.
func (v *Visit) noResults(r *survey.Round) error {
	text := v.T("web.results.wait", "day", v.Date(r.Closes.In(zoneOf(v.place.organisation))))
	switch {
	case r.Forfeited():
		text = v.lost(r)
	case r.Vetoed != nil:
		text = v.T("web.results.vetoed")
	case r.State == survey.Closed && r.Trustee != nil:
		text = v.T("web.round.awaits-trustee")
	case r.State == survey.Closed:
		text = v.T("web.results.counting")
	}
	return v.Show("result/none", v.T("web.results.heading"), text)
}

// ShowResults shows what a counted round released, in the words and figures of the
// report.
func (w *Web) ShowResults(c *gin.Context) error {
	v, r, err := w.round(c)
	if err != nil {
		return err
	}
	v.Section("results")
	if r.CountedAt == nil {
		return v.noResults(r)
	}
	d, err := w.source.Results(v.Context(), v.Actor, r.ID, v.Language())
	if err != nil {
		return err
	}
	tab := c.Query("tab")
	page := results{Protected: tab == "matrix"}
	var chosen []report.Page
	for _, t := range resultTabs {
		pages := pagesOf(d, t.pages...)
		if len(pages) == 0 {
			continue
		}
		link := view.Link{Text: v.T("web.results.tab-" + t.name), Href: resultsOf(r) + "?tab=" + t.name}
		if tab == t.name || tab == "" && chosen == nil {
			chosen, link.Current = pages, true
		}
		page.Tabs = append(page.Tabs, link)
	}
	if len(chosen) == 0 {
		return v.Goto(resultsOf(r))
	}
	if page.Sheets, err = sheets(d, chosen, func(name string) string { return resultLink(r, d, name) }); err != nil {
		return err
	}
	page.Files = v.files("/rounds/" + string(r.ID))
	if page.Others, err = v.otherResults(r); err != nil {
		return err
	}
	v.Lead(v.In(r.Title) + " · " + v.period(r))
	return v.Show("result/show", chosen[0].Title, page)
}

// resultLink leads to the tab that shows a page of the report.
func resultLink(r *survey.Round, d *report.Document, name string) string {
	for _, t := range resultTabs {
		if slices.Contains(t.pages, name) && len(pagesOf(d, t.pages...)) > 0 {
			return resultsOf(r) + "?tab=" + t.name
		}
	}
	return ""
}

// pagesOf gives the pages of a document that have one of the names, in its order.
func pagesOf(d *report.Document, names ...string) []report.Page {
	var pages []report.Page
	for _, p := range d.Pages {
		if slices.Contains(names, p.Name) {
			pages = append(pages, p)
		}
	}
	return pages
}

// sheets writes pages of a document. The title of the first one is the heading of the
// page around.
func sheets(d *report.Document, pages []report.Page, link func(string) string) ([]template.HTML, error) {
	var all []template.HTML
	for i, p := range pages {
		if i == 0 {
			p.Title = ""
		}
		one, err := fragment.Render(d, &p, fragment.Options{Level: min(i, 1) + 1, Link: link})
		if err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, nil
}

// files are the downloads of a round.
func (v *Visit) files(at string) []view.Link {
	lang := "?lang=" + string(v.Language())
	all := []view.Link{
		{Text: v.T("web.results.csv"), Href: "/api/v1" + at + "/results.csv" + lang},
		{Text: v.T("web.results.xlsx"), Href: "/api/v1" + at + "/results.xlsx" + lang},
	}
	if v.May(account.ReadRounds) {
		all = append(all, view.Link{Text: v.T("web.results.codebook"), Href: "/api/v1" + at + "/codebook.xlsx" + lang})
	}
	return all
}

// otherResults are the other counted rounds of the programme, the latest first.
func (v *Visit) otherResults(r *survey.Round) ([]view.Link, error) {
	rounds, err := v.roundsOf(v.place.programme.ID)
	if err != nil {
		return nil, err
	}
	var all []view.Link
	for _, other := range slices.Backward(rounds) {
		if other.ID != r.ID && other.CountedAt != nil {
			all = append(all, view.Link{
				Text: v.In(other.Title) + " · " + v.period(&other), Href: resultsOf(&other),
			})
		}
	}
	return all, nil
}

// period tells the days of a round where its organisation is.
func (v *Visit) period(r *survey.Round) string {
	zone := zoneOf(v.place.organisation)
	return v.Period(r.Opens.In(zone), r.Closes.In(zone))
}
