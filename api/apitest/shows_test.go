package apitest

import (
	"maps"
	"strings"
	"testing"

	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/questionnaire"
	"pulscheck/survey/store/storetest"
)

func init() {
	maps.Copy(pageRequests, showPages)
	looks = append(looks, showLooks...)
}

var showPages = map[string]pageRequest{
	"GET /programmes/:programme/results":          {want: 303},
	"GET /rounds/:round/results":                  {query: "?tab=participation", want: 200},
	"GET /programmes/:programme/comparison":       {want: 200},
	"GET /iterations/:iteration/reports":          {want: 200},
	"GET /iterations/:iteration/reports/new":      {want: 200},
	"POST /iterations/:iteration/reports":         {fields: "kind=none", want: 422},
	"GET /iterations/:iteration/reports/drawing":  {want: 200},
	"POST /iterations/:iteration/reports/drawing": {fields: "kind=team", want: 409},
	"GET /reports/:report":                        {want: 200},
	"POST /reports/:report/findings":              {fields: "choice-F1=kept&seen=99", want: 409},
	"GET /reports/:report/issue":                  {want: 200},
	"POST /reports/:report/issue":                 {fields: "seen=99", want: 409},
	"GET /reports/:report/send":                   {want: 200},
	"POST /reports/:report/send":                  {want: 409},

	"POST /reports/:report/send/preview":       {want: 409},
	"POST /reports/:report/send/again":         {want: 404},
	"GET /reports/:report/links/:link/revoke":  {want: 404},
	"POST /reports/:report/links/:link/revoke": {want: 404},
}

var showLooks = []looked{
	{"results", "/rounds/{round}/results", account.Lead},
	{"comparison-none", "/programmes/{programme}/comparison", account.Lead}, {"reports-none", "/iterations/{iteration}/reports", account.Lead},
	{"report-drawing", "/iterations/{before}/reports/drawing?kind=check", account.Lead}, {"reports-drawing", "/iterations/{before}/reports", account.Lead},
	{"report-new", "/iterations/{iteration}/reports/new", account.Lead}, {"report", "/reports/{report}", account.Lead},
	{"report-issue", "/reports/{report}/issue", account.Lead}, {"report-send", "/reports/{report}/send", account.Lead},
}

// TestResultsAreShownOnceCounted: before counting the page tells when, afterwards it
// shows what was released in the figures of the report, and never what a role may not
// see.
func TestResultsAreShownOnceCounted(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	d := w.desk(account.Lead)
	p := d.get("/programmes/" + w.own["programme"] + "/results").want(200)
	if got := p.texts(".tabs a"); len(got) == 0 || p.path != "/rounds/"+w.own["round"]+"/results" {
		t.Errorf("%s has the tabs %q", p.path, got)
	}
	if got := p.body; !strings.Contains(got, "/api/v1/rounds/"+w.own["round"]+"/results.csv") {
		t.Error("results cannot be downloaded")
	}
	planned := storetest.Round(t, w.store, w.organisationOf(), questionnaire.Pulse(), w.now)
	if got := d.get("/rounds/" + string(planned.ID) + "/results").want(200).text(".empty"); !strings.HasPrefix(got, "Ergebnisse erscheinen nach dem Ende am ") {
		t.Errorf("before counting: %q", got)
	}
}

func (w *world) organisationOf() *survey.Organisation {
	o, err := w.store.FindOrganisation(ctx, survey.OrganisationID(w.own["organisation"]))
	w.check(err)
	return o
}

// TestOneIterationIsNoComparison: the page says what is missing and leads on.
func TestOneIterationIsNoComparison(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	p := w.desk(account.Steering).get("/programmes/" + w.own["programme"] + "/comparison").want(200)
	if got := p.text(".empty"); !strings.Contains(got, "zwei") || len(p.all("main a.button")) != 1 {
		t.Errorf("said is %q", got)
	}
}

// TestReportIsIssuedAndSent: a report is seen, issued after a question, and sent to
// those who do not have it; afterwards nothing of it can be changed.
func TestReportIsIssuedAndSent(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	programme, err := w.store.FindProgramme(ctx, survey.ProgrammeID(w.own["programme"]))
	w.check(err)
	_, err = w.service.UpdateProgramme(ctx, account.System(), programme.ID, survey.ProgrammeInput{Seen: programme.Version, Steering: &[]string{"kreis@nordlicht.example"}})
	w.check(err)
	d, at := w.desk(account.Lead), "/reports/"+w.own["report"]
	if got := d.get(at).want(200).texts(".preview nav a"); len(got) < 3 {
		t.Errorf("pages of the report: %q", got)
	}
	if reader := w.desk(account.Steering).get(at).want(200); strings.Contains(reader.body, at+"/issue") {
		t.Error("who may not issue is offered to")
	}
	ask := d.get(at + "/issue").want(200)
	if !strings.Contains(ask.text(".facts"), "kreis@nordlicht.example") {
		t.Errorf("asked is %q", ask.text(".facts"))
	}
	issued := d.submit(ask, "main form").want(200)
	if issued.path != at || strings.Contains(issued.body, at+"/issue") {
		t.Errorf("after it was issued: %s", issued.path)
	}
	log := d.submit(d.submit(d.get(at+"/send"), "form.form").want(200), "form.bar").want(200)
	if got := log.texts("tbody th"); len(got) != 1 || got[0] != "kreis@nordlicht.example" {
		t.Errorf("delivered to %q", got)
	}
	order := d.submit(d.get("/iterations/"+string(w.iterationOf())+"/reports/new"), "form.form", "kind", "check").want(422)
	if order.text("#problem") == "" {
		t.Error("a second version without a reason is not refused")
	}
	first, err := w.store.FindReport(ctx, survey.ReportID(w.own["report"]))
	w.check(err)
	for n, document := range []string{"NL-I02-B2", "NL-I02-B3"} {
		next := *first
		next.ID, next.Number, next.Document = survey.ReportID(survey.NewID()), n+2, document
		w.check(w.store.CreateReport(ctx, &next))
		w.check(w.store.IssueReport(ctx, &next, w.now, nil))
	}
	for document, want := range map[string]string{"NL-I02-B2": "ersetzt durch Version 3", "NL-I02-B3": "gültig"} {
		if got := w.nobody().get("/verify?document=" + document).want(200).text(".card .status"); got != want {
			t.Errorf("%s: %q, want %q", document, got, want)
		}
	}
	drawing := d.submit(order, "form.form", "kind", "check", "reason", "mit den Beschlüssen").want(200)
	if drawing.text("#progress-text") == "" {
		t.Error("nothing is said of a report that is being drawn")
	}
}

// iterationOf is the iteration of the report.
func (w *world) iterationOf() survey.IterationID {
	r, err := w.store.FindReport(ctx, survey.ReportID(w.own["report"]))
	w.check(err)
	return r.Iteration
}
