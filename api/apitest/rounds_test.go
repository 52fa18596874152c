package apitest

import (
	"maps"
	"net/url"
	"strings"
	"testing"

	"pulscheck/survey/account"
	"pulscheck/survey/store/storetest"
)

func init() { maps.Copy(pageRequests, roundPages) }

var roundPages = map[string]pageRequest{
	"GET /organisations/:organisation/programmes":     {want: 200},
	"GET /organisations/:organisation/programmes/new": {want: 200},
	"POST /organisations/:organisation/programmes":    {fields: "name=", want: 422},
	"GET /programmes/:programme":                      {want: 200},
	"POST /programmes/:programme":                     {fields: "seen=99&name=ITSM", want: 409},
	"GET /programmes/:programme/cadence":              {want: 200},
	"POST /programmes/:programme/cadence":             {fields: "opens=9", want: 422},
	"GET /programmes/:programme/iterations/new":       {want: 200},
	"POST /programmes/:programme/iterations":          {fields: "starts=x", want: 422},
	"GET /iterations/:iteration":                      {want: 200},
	"GET /iterations/:iteration/edit":                 {want: 200},
	"POST /iterations/:iteration":                     {fields: "starts=x", want: 422},
	"GET /iterations/:iteration/advance":              {want: 200},
	"POST /iterations/:iteration/advance":             {fields: "seen=99", want: 409},
	"POST /iterations/:iteration/events":              {fields: "seen=99", want: 409},
	"POST /iterations/:iteration/events/remove":       {fields: "seen=99", want: 409},
}

var roundLooks = []looked{
	{"programmes", "/organisations/{organisation}/programmes", account.Lead}, {"programme-new", "/organisations/{organisation}/programmes/new", account.Lead},
	{"schedule", "/programmes/{programme}/cadence", account.Lead}, {"schedule-read", "/programmes/{programme}/cadence", account.Steering},
	{"iteration", "/iterations/{iteration}", account.Lead}, {"iteration-edit", "/iterations/{iteration}/edit", account.Lead},
	{"iteration-advance", "/iterations/{iteration}/advance", account.Lead},
}

// TestScheduleIsTriedAndTakenOver: a preview changes nothing and tells what a round runs
// into; what is taken over counts; a wrong one is told.
func TestScheduleIsTriedAndTakenOver(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	d, at := w.desk(account.Lead), "/programmes/"+w.own["programme"]+"/cadence"
	tried := d.submit(d.get(at), "form.form", "every_weeks", "2", "weekday", "5", "region", "DE-BW", "then", "preview")
	if got := tried.text("main"); tried.status != 200 || !strings.Contains(got, "Karfreitag") || !strings.Contains(got, "Vorschlag") {
		t.Fatalf("preview: %d %s", tried.status, got)
	}
	if got := attribute(d.get(at).one("#f-every_weeks"), "value"); got != "8" {
		t.Errorf("a preview was stored: every %s weeks", got)
	}
	taken := d.submit(tried, "form.form", "then", "save")
	if got := attribute(taken.one("#f-every_weeks"), "value"); taken.path != at || got != "2" {
		t.Errorf("taken over: every %s weeks at %s", got, taken.path)
	}
	wrong := d.submit(taken, "form.form", "open_working_days", "40", "own_dates", "24.12. Ferien", "then", "save")
	if wrong.status != 422 || !strings.Contains(wrong.text("#problem"), "Eigene freie Tage") {
		t.Errorf("a wrong schedule: %d %s", wrong.status, wrong.text("main"))
	}
}

// TestIterationIsChangedFlaggedAndAdvanced: dates, events and gates of an iteration.
func TestIterationIsChangedFlaggedAndAdvanced(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	d, at := w.desk(account.Lead), "/iterations/"+w.own["iteration"]
	p := d.submit(d.get(at), "form.filter", "day", "2026-03-20", "kind", "training", "label", "Schulung")
	if got := p.text("main"); !strings.Contains(got, "Schulung") || !strings.Contains(got, "20.03.2026") {
		t.Fatalf("event: %s", got)
	}
	if long := d.submit(p, "form.filter", "day", "2026-03-20", "label", "viel zu lange Beschriftung"); long.status != 422 || len(long.all("#f-label-wrong")) != 1 {
		t.Errorf("a long label: %d %s", long.status, long.text("main"))
	}
	removed := d.post(at+"/events/remove", url.Values{"csrf": {csrfOf(d)}, "event": {"0"}, "seen": {attribute(p.all("input[name=seen]")[0], "value")}})
	if got := removed.text("main"); !strings.Contains(got, "Noch kein Ereignis") {
		t.Errorf("after removing the event: %s", got)
	}
	if early := d.submit(d.get(at+"/edit"), "form.form", "ends", "2026-01-01"); early.status != 422 || len(early.all("#f-ends-wrong")) != 1 {
		t.Errorf("an end before the start: %d %s", early.status, early.text("main"))
	}
	if got := d.get(at).text("main"); !strings.Contains(got, "weniger als 10 Personen") {
		t.Errorf("gate of PLAN: %s", got)
	}
	d.submit(d.get(at+"/edit"), "form.form", "scope", "INC", "scope", "CHG").want(200)
	advanced := d.submit(d.get(at+"/advance"), "form.bar")
	if got := advanced.text("main"); advanced.path != at || !strings.Contains(got, "DO: läuft") || !strings.Contains(got, "Kurzer Puls") {
		t.Fatalf("after PLAN: %s", got)
	}
	if got := d.get(at).text("main"); !strings.Contains(got, "Die Check-Befragung ist noch nicht beendet") || strings.Contains(got, "Weiter nach CHECK") {
		t.Errorf("gate of DO: %s", got)
	}
}
