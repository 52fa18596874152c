package web

import (
	"net/url"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

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
