package web

import (
	"encoding/hex"
	"net/url"
	"slices"
	"strconv"

	"github.com/gin-gonic/gin"

	"pulscheck/api/view"
	"pulscheck/survey"
	"pulscheck/survey/account"
)

func reportsOf(id survey.IterationID) string { return "/iterations/" + string(id) + "/reports" }

func reportAt(r *survey.Report) string { return "/reports/" + string(r.ID) }

// ListReports shows the reports of an iteration (A17).
func (w *Web) ListReports(c *gin.Context) error {
	v, i, err := w.iteration(c)
	if err != nil {
		return err
	}
	v.Section("reports")
	all, err := w.service.ListReports(v.Context(), v.Actor, i.ID)
	if err != nil {
		return err
	}
	t := &view.Table{Caption: v.T("web.reports.caption", "number", i.Number), Empty: v.T("web.reports.empty"), Columns: []view.Column{
		{Key: "kind", Title: v.T("web.reports.kind")}, {Key: "language", Title: v.T("web.reports.language")}, {Key: "version", Title: v.T("web.reports.version")},
		{Title: v.T("web.reports.state")}, {Key: "created", Title: v.T("web.reports.created")}, {Title: v.T("web.reports.checksum")}, {Title: v.T("web.reports.do")},
	}}
	for n := range all {
		t.Rows = append(t.Rows, v.reportRow(&all[n]))
	}
	if v.May(account.IssueReports) {
		v.Action(v.T("web.reports.new"), reportsOf(i.ID)+"/new")
	}
	works, err := v.drawingNow(i.ID)
	if err != nil {
		return err
	}
	others, err := v.reportsElsewhere(i)
	if err != nil {
		return err
	}
	return v.Show("report/list", v.T("web.reports.heading"), reportList{works, v.Arrange(t), others})
}

type reportList struct {
	Works  []workLine // that is being drawn, or failed
	Table  *view.Table
	Others []view.Link // lists of other iterations
}

// reportsElsewhere leads to the reports of the other iterations, the latest first.
func (v *Visit) reportsElsewhere(i *survey.Iteration) ([]view.Link, error) {
	all, err := v.web.service.ListIterations(v.Context(), v.Actor, i.Programme)
	var links []view.Link
	for _, other := range slices.Backward(all) {
		if other.ID != i.ID {
			links = append(links, view.Link{Text: v.T("web.reports.caption", "number", other.Number), Href: reportsOf(other.ID)})
		}
	}
	return links, err
}

func (v *Visit) reportRow(r *survey.Report) view.Row {
	state := view.Status{Kind: "watch", Text: v.T("web.reports.draft")}
	if r.Issued != nil {
		state = view.Status{Kind: "ok", Text: v.T("web.reports.issued")}
	}
	links := []view.Link{{Text: v.T("web.reports.view"), Href: reportAt(r)}, {Text: "PDF", Href: "/api/v1" + reportAt(r) + ".pdf"}}
	if v.May(account.IssueReports) {
		if r.Issued == nil {
			links = append(links, view.Link{Text: v.T("web.reports.issue"), Href: reportAt(r) + "/issue"})
		} else {
			links = append(links, view.Link{Text: v.T("web.reports.send"), Href: reportAt(r) + "/send"})
		}
	}
	zone := zoneOf(v.place.organisation)
	return view.Row{
		{Text: v.T("web.reports.kind-" + string(r.Kind)), Small: r.Document}, {Text: v.T("web.language." + string(r.Language))},
		{Text: v.Integer(r.Number), Small: r.Reason}, {Status: &state}, {Text: v.Date(r.Created.In(zone)), Sort: strconv.FormatInt(r.Created.Unix(), 10)},
		{Text: checksum(r)}, {Links: links},
	}
}

// checksum is the begin of that of the file; the page to verify wants all of it.
func checksum(r *survey.Report) string { return hex.EncodeToString(r.FileHash)[:12] }

type reportOrder struct {
	Form  *view.Form
	Kinds []view.Choice
}

// NewReport asks which report is to be drawn again, and why.
func (w *Web) NewReport(c *gin.Context) error {
	v, i, err := w.iteration(c)
	if err != nil {
		return err
	}
	v.Section("reports")
	v.Crumb(v.T("web.reports.heading"), reportsOf(i.ID))
	order := reportOrder{Form: v.Form("web.report", reportsOf(i.ID), url.Values{"kind": {string(survey.CheckReport)}})}
	for _, k := range []survey.ReportKind{survey.CheckReport, survey.ComparisonReport, survey.TeamReport} {
		order.Kinds = append(order.Kinds, view.Choice{Value: string(k), Text: v.T("web.reports.kind-" + string(k))})
	}
	v.Lead(v.T("web.report.lead"))
	return v.Show("report/new", v.T("web.reports.new"), order)
}

// CreateReport has a report drawn again.
func (w *Web) CreateReport(c *gin.Context) error {
	v, i, err := w.iteration(c)
	if err != nil {
		return err
	}
	if err := w.limits.PDFs.Take(c, v.Actor.ID); err != nil {
		return v.Again(err, w.NewReport)
	}
	kind := survey.ReportKind(v.Text("kind"))
	if err := w.service.DrawReport(v.Context(), v.Actor, i.ID, kind, v.Text("reason")); err != nil {
		return v.Again(err, w.NewReport)
	}
	return v.Goto(drawingOf(i.ID, kind))
}

// report gives the report in the path, in its iteration.
func (w *Web) report(c *gin.Context) (*Visit, *survey.Report, error) {
	v := visitOf(c)
	r, err := w.service.ShowReport(v.Context(), v.Actor, survey.ReportID(c.Param("report")))
	if err != nil {
		return v, nil, err
	}
	if err := v.at(&place{}, r.Iteration); err != nil {
		return v, nil, err
	}
	v.Section("reports")
	v.Crumb(v.T("web.reports.heading"), reportsOf(r.Iteration))
	return v, r, nil
}
