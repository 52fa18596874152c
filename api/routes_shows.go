package api

import (
	"pulscheck/api/web"
	"pulscheck/survey/account"
)

// showPages are the pages that show what was counted: results, comparison, reports
// (A10, A11, A17).
func showPages(w *web.Web) []web.Route {
	return []web.Route{
		web.Get("/programmes/:programme/results", account.ReadResults, w.FindResults),
		web.Get("/rounds/:round/results", account.ReadResults, w.ShowResults),
		web.Get("/programmes/:programme/comparison", account.ReadResults, w.ShowComparison),
		web.Get("/iterations/:iteration/reports", account.ReadReports, w.ListReports),
		web.Get("/iterations/:iteration/reports/new", account.IssueReports, w.NewReport),
		web.Post("/iterations/:iteration/reports", account.IssueReports, w.CreateReport),
		web.Get("/iterations/:iteration/reports/drawing", account.ReadReports, w.ShowDrawing),
		web.Post("/iterations/:iteration/reports/drawing", account.IssueReports, w.RepeatDrawing),
		web.Get("/reports/:report", account.ReadReports, w.ShowReport),
		web.Long(web.Post("/reports/:report/findings", account.IssueReports, w.EditFindings)),
		web.Get("/reports/:report/issue", account.IssueReports, w.ConfirmIssue),
		web.Post("/reports/:report/issue", account.IssueReports, w.IssueReport),
		web.Get("/reports/:report/send", account.IssueReports, w.NewSending),
		web.Post("/reports/:report/send/preview", account.IssueReports, w.PreviewSending),
		web.Post("/reports/:report/send", account.IssueReports, w.SendReport),
		web.Post("/reports/:report/send/again", account.IssueReports, w.RepeatSending),
		web.Get("/reports/:report/links/:link/revoke", account.IssueReports, w.ConfirmRevoke),
		web.Post("/reports/:report/links/:link/revoke", account.IssueReports, w.RevokeLink),
		web.Open(web.Get("/download", "", w.NewDownload)),
		web.Open(web.Post("/download", "", w.Download)),
	}
}
