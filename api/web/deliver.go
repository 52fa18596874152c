package web

import (
	"net/url"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"pulscheck/api/view"
	"pulscheck/survey"
)

// ConfirmIssue asks before a report is issued: it never changes then.
func (w *Web) ConfirmIssue(c *gin.Context) error {
	v, r, err := w.report(c)
	if err != nil {
		return err
	}
	facts := []string{v.T("web.report.issue-what", "document", r.Document), v.T("web.report.issue-fixed")}
	if r.Number > 1 {
		facts = append(facts, v.T("web.report.replaces", "number", r.Number-1, "reason", r.Reason))
	}
	facts = append(facts, v.recipients(r))
	return v.Confirm(v.T("web.report.issue-heading"), reportAt(r)+"/issue", v.T("web.reports.issue"), reportAt(r), url.Values{"seen": {strconv.Itoa(r.Version)}}, facts...)
}

// recipients tells who gets a report.
func (v *Visit) recipients(r *survey.Report) string {
	to := v.place.programme.Steering
	if r.Kind != survey.CheckReport || len(to) == 0 {
		return v.T("web.report.to-nobody")
	}
	return v.T("web.report.to", "addresses", strings.Join(to, ", "))
}

// IssueReport freezes a report for ever.
func (w *Web) IssueReport(c *gin.Context) error {
	v, r, err := w.report(c)
	if err != nil {
		return err
	}
	if _, err := w.service.IssueReport(v.Context(), v.Actor, r.ID, number(v.Text("seen"))); err != nil {
		return v.Again(err, w.ConfirmIssue)
	}
	return v.Goto(reportAt(r))
}

// delivery is the page that sends a report.
type delivery struct {
	Facts  []string
	Form   *view.Form
	Cancel string
	Ready  bool // it was issued, and there is somebody to send it to
	Log    *view.Table
}

// ConfirmSend shows who gets a report, and who has it already.
func (w *Web) ConfirmSend(c *gin.Context) error {
	v, r, err := w.report(c)
	if err != nil {
		return err
	}
	letters, err := w.service.ListDeliveries(v.Context(), v.Actor, r.ID)
	if err != nil {
		return err
	}
	page := delivery{
		Facts: []string{v.T("web.report.issue-what", "document", r.Document), v.recipients(r), v.T("web.report.once")}, Cancel: reportAt(r),
		Form: v.Form("web.send", reportAt(r)+"/send", nil), Ready: r.Issued != nil && r.Kind == survey.CheckReport && len(v.place.programme.Steering) > 0,
		Log: &view.Table{Caption: v.T("web.report.log"), Empty: v.T("web.report.log-empty"), Columns: []view.Column{
			{Title: v.T("web.report.recipient")}, {Title: v.T("web.reports.state")},
		}},
	}
	if r.Issued == nil {
		page.Facts = append(page.Facts, v.T("error.report-draft"))
	}
	kinds := map[survey.MailState]string{survey.MailSent: "ok", survey.MailFailed: "act", survey.MailUncertain: "watch"}
	for _, l := range letters {
		state := view.Status{Kind: kinds[l.State], Text: v.T("web.report.mail-" + string(l.State))}
		page.Log.Rows = append(page.Log.Rows, view.Row{{Text: l.Recipient}, {Status: &state}})
	}
	page.Log = v.Arrange(page.Log)
	return v.Show("report/send", v.T("web.report.send-heading"), page)
}

// SendReport mails an issued report to those who do not have it yet.
func (w *Web) SendReport(c *gin.Context) error {
	v, r, err := w.report(c)
	if err != nil {
		return err
	}
	if _, err := w.service.SendReport(v.Context(), v.Actor, r.ID); err != nil {
		return v.Again(err, w.ConfirmSend)
	}
	return v.Goto(reportAt(r) + "/send")
}
