package web

import (
	"html/template"
	"strconv"
	"time"

	"github.com/gin-gonic/gin"

	"pulscheck/api/view"
	"pulscheck/report"
	"pulscheck/report/fragment"
	"pulscheck/survey"
	"pulscheck/survey/fault"
	"pulscheck/survey/tally"
)

// abreast is the page of organisations side by side, beside their list (A2).
type abreast struct {
	Rounds *view.Table
	Sheets []template.HTML
	None   string   // why there are none
	Unlike []string // who asked otherwise, and about what
}

// CompareOrganisations sets the organisations of a consultant beside each other, in the
// figures of the report.
func (w *Web) CompareOrganisations(c *gin.Context) error {
	v := visitOf(c)
	v.Crumb(v.T("web.organisations.heading"), "/organisations")
	title := v.T("web.abreast.heading")
	a, err := w.service.CompareOrganisations(v.Context(), v.Actor)
	if fault.Is(err, "comparison-organisations") {
		return v.Show("abreast/none", title, nil)
	}
	if err != nil {
		return err
	}
	page := abreast{Rounds: v.Arrange(v.abreastRounds(a))}
	d := report.BuildAbreast(a, v.Language())
	for i := range d.Pages {
		one, err := fragment.Render(d, &d.Pages[i], fragment.Options{Width: halfPage})
		if err != nil {
			return err
		}
		page.Sheets = append(page.Sheets, one)
	}
	page.Unlike = v.unlike(a, d)
	if len(page.Sheets) == 0 {
		page.None = v.T("web.abreast.nothing-alike")
	}
	v.Lead(v.T("web.abreast.lead"))
	return v.Show("abreast/show", title, page)
}

// unlike names the organisations that asked otherwise, with the measures.
func (v *Visit) unlike(a *survey.Abreast, d *report.Document) (all []string) {
	for i, o := range a.Data.Organisations {
		var measures []string
		for n, m := range a.Data.Measures {
			if m.Values[i].State == tally.Incomparable {
				measures = append(measures, d.Pages[n].Title)
			}
		}
		if len(measures) > 0 {
			all = append(all, v.T("web.abreast.incomparable", "name", o.Name, "measures", v.List(measures)))
		}
	}
	return all
}

// abreastRounds says which round stands for each organisation.
func (v *Visit) abreastRounds(a *survey.Abreast) *view.Table {
	t := &view.Table{Caption: v.T("web.abreast.caption"), Columns: []view.Column{
		{Key: "name", Title: v.T("web.organisations.name")}, {Key: "closed", Title: v.T("web.abreast.closed")},
		{Title: v.T("web.abreast.invited"), Number: true}, {Title: v.T("web.abreast.answered"), Number: true}, {Title: v.T("web.abreast.state")},
	}}
	for i, o := range a.Data.Organisations {
		day := view.Cell{Text: o.Closed, Sort: o.Closed}
		if at, err := time.Parse(time.DateOnly, o.Closed); err == nil {
			day.Text = v.Date(at)
		}
		invited := view.Cell{Text: "–"}
		if o.Invited != nil {
			invited = view.Cell{Text: v.Integer(*o.Invited), Sort: strconv.Itoa(*o.Invited)}
		}
		t.Rows = append(t.Rows, view.Row{
			{Text: v.imported(o.Name, o.Imported), Href: resultsOf(a.Rounds[i])}, day, invited, {Text: report.AnsweredWords(&o, v.Language())}, {Status: v.abreastStatus(o.State)},
		})
	}
	return t
}

func (v *Visit) abreastStatus(state string) *view.Status {
	kind := map[string]string{tally.Shown: "ok", tally.Indicative: "watch"}[state]
	if kind == "" {
		kind = "none"
	}
	return &view.Status{Kind: kind, Text: v.T("web.abreast." + state)}
}
