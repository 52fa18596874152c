// Package web gives the pages of those who run programmes: ordinary pages of a server,
// GET for what is shown, POST and a redirect for what changes. It decides nothing: every
// page asks the use case that the API asks, with the Actor of the session. It is called
// by the table of routes in api; api/view draws what it says.
//
// How to add a page, say the units of an organisation:
//
//  1. A line in the table of its subject (api/routes_*.go, joined by WebRoutes), with the path of the API without its prefix:
//     web.Get("/organisations/:organisation/units", account.ReadProgramme, w.ListUnits).
//     Whoever may not hears so, with the name of the right; nobody signed in is asked to.
//
//  2. A handler in unit.go, a method of Web that returns its errors:
//
//     func (w *Web) ListUnits(c *gin.Context) error {
//     v, o, err := w.organisation(c) // also programme, iteration, round: by the id in the path
//     if err != nil {
//     return err
//     }
//     t := &view.Table{Caption: v.T("web.units.caption"), Columns: …, Rows: …, Empty: v.T("web.units.empty")}
//     return v.Show("unit/list", v.T("web.units.heading"), v.Arrange(t)) // sorts, pages
//     }
//
//  3. Its template, api/view/templates/page/unit/list.html, which is what stands below
//     the h1: {{template "table" (on . .Data)}}. Partials: field, begin, end, table,
//     cell, button, status, figure (see templates/partial).
//
//  4. Its texts, both languages: survey/locale/catalogue/web.*.json.
//
//  5. A line in the table nav (nav.go), if it is a page of the navigation.
//
//  6. Its row in the requests of its subject (api/apitest, merged into pageRequests), for the walk of every page by
//     every role, and one in looks (looks_test.go), for light, dark, telephone and axe-core.
//
// A form: the page makes it with v.Form("web.unit", action, nil), texts web.unit.NAME,
// NAME-hint and submit, and shows fields by name. The POST reads v.Text("name") and ends
// with v.Goto(path); what a use case finds wrong it hands to v.Again, which shows the page
// again with every field as it was sent and a summary of what is wrong:
//
//	func (w *Web) CreateUnit(c *gin.Context) error {
//	v, o, err := w.organisation(c)
//	…
//	if _, err := w.service.CreateEntry(v.Context(), v.Actor, …); err != nil {
//	return v.Again(err, w.NewUnit)
//	}
//	return v.Goto("/organisations/" + string(o.ID) + "/units")
//	}
//
// CSRF token and form token are checked before a handler is called: a form sent twice
// counts once. A file: web.Upload("/…/import", right, "file", handler), then v.File.
// What cannot be undone asks first: a GET that ends with v.Confirm. What is dangerous
// wants a fresh proof of who is there: web.Fresh(web.Post(…)). Long work: v.Progress.
package web
