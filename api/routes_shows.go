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
	}
}
