package apitest

import (
	"maps"
	"net/url"
	"strings"
	"testing"
	"time"

	"pulscheck/survey"
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

	"GET /iterations/:iteration/rounds/new":    {want: 200},
	"POST /iterations/:iteration/rounds":       {fields: "kind=x", want: 422},
	"GET /rounds/:round":                       {want: 200},
	"GET /rounds/:round/draft/:step":           {want: 200, fresh: newDraft},
	"POST /rounds/:round/draft/:step":          {fields: "opens=x", want: 422, fresh: newDraft},
	"GET /rounds/:round/delete":                {want: 200, fresh: newDraft},
	"POST /rounds/:round/delete":               {fields: "seen=99", want: 409, fresh: newDraft},
	"GET /rounds/:round/preview":               {want: 200},
	"POST /rounds/:round/tried":                {want: 409},
	"POST /rounds/:round/submit":               {want: 409},
	"GET /organisations/:organisation/reviews": {want: 200},
	"GET /rounds/:round/review":                {want: 200},
	"GET /rounds/:round/veto":                  {want: 200},
	"POST /rounds/:round/veto":                 {fields: "reason=Sample", want: 409},
	"GET /rounds/:round/ask":                   {want: 200},
	"POST /rounds/:round/ask":                  {want: 409},
	"GET /rounds/:round/open":                  {want: 200},
	"POST /rounds/:round/open":                 {want: 409},
	"GET /rounds/:round/close":                 {want: 200},
	"GET /rounds/:round/live":                  {want: 200},
	"GET /rounds/:round/poster.pdf":            {want: 410},
	"GET /rounds/:round/tickets.pdf":           {query: "?count=1", want: 410},
	"GET /rounds/:round/remind":                {want: 200},
	"POST /rounds/:round/remind":               {want: 410},
	"GET /rounds/:round/invitations":           {want: 410},
	"GET /rounds/:round/invitations/uncertain": {want: 200},
	"POST /rounds/:round/invitations":          {want: 410},
	"POST /rounds/:round/close":                {want: 303},
	"GET /rounds/:round/counting":              {want: 200},
	"POST /rounds/:round/counting":             {want: 409},
}

// newDraft is a draft of one's own.
func newDraft(w *world, ids map[string]string) {
	if ids["home"] == "" {
		return
	}
	r, err := w.service.CreateRound(ctx, account.System(), survey.IterationID(ids["iteration"]), survey.RoundInput{
		Kind: survey.PulseRound, Opens: at(w.now, 7), Closes: at(w.now, 14),
	})
	w.check(err)
	ids["round"] = string(r.ID)
}

var roundLooks = []looked{
	{"programmes", "/organisations/{organisation}/programmes", account.Lead}, {"programme-new", "/organisations/{organisation}/programmes/new", account.Lead},
	{"schedule", "/programmes/{programme}/cadence", account.Lead}, {"schedule-read", "/programmes/{programme}/cadence", account.Steering},
	{"iteration", "/iterations/{iteration}", account.Lead}, {"iteration-edit", "/iterations/{iteration}/edit", account.Lead},
	{"round-new", "/iterations/{iteration}/rounds/new", account.Lead}, {"round", "/rounds/{round}", account.Lead}, {"round-review", "/rounds/{round}/review", account.Auditor},
	{"round-veto", "/rounds/{round}/veto", account.Auditor}, {"reviews", "/organisations/{organisation}/reviews", account.Auditor},
	{"round-open", "/rounds/{round}/open", account.Lead}, {"round-close", "/rounds/{round}/close", account.Lead}, {"counting", "/rounds/{round}/counting", account.Lead},
	{"draft-groups", "/rounds/{draft}/draft/groups", account.Lead}, {"draft-questions", "/rounds/{draft}/draft/questions", account.Lead},
	{"draft-check", "/rounds/{draft}/draft/check", account.Lead}, {"preview", "/rounds/{draft}/preview", account.Lead}, {"live", "/rounds/{opened}/live", account.Lead}, {"invitations", "/rounds/{opened}/invitations", account.Lead},
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
	if long := d.submit(p, "form.filter", "day", "2026-03-20", "label", "viel zu lange Beschriftung"); long.status != 422 || long.text("#f-label-wrong") != "Der Text ist 14 Zeichen zu lang (höchstens 12). Bitte kürzen." {
		t.Errorf("a long label: %d %s", long.status, long.text("main"))
	}
	removed := d.post(at+"/events/remove", url.Values{"csrf": {csrfOf(d)}, "event": {"0"}, "seen": {attribute(p.all("input[name=seen]")[0], "value")}})
	if got := removed.text("main"); !strings.Contains(got, "Noch kein Ereignis") {
		t.Errorf("after removing the event: %s", got)
	}
	if early := d.submit(d.get(at+"/edit"), "form.form", "ends", "2026-01-01"); early.status != 422 || len(early.all("#f-ends-wrong")) != 1 {
		t.Errorf("an end before the start: %d %s", early.status, early.text("main"))
	}
	if got := d.get(at); attribute(got.one(".todo a"), "href") != "/organisations/"+w.own["organisation"]+"/people" || !strings.Contains(got.text(".todo a"), "weniger als 10 Personen") {
		t.Errorf("gate of PLAN: %s", got.text("main"))
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

// TestRoundFromNothingToItsEnd is the way of a lead from the plan of an iteration to the
// end of its survey, with an auditor who looks in between, through forms alone.
func TestRoundFromNothingToItsEnd(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		w := newWorld(t, database)
		lead, auditor := w.desk(account.Lead), w.desk(account.Auditor)
		page := lead.submit(lead.get("/programmes/"+w.own["programme"]+"/iterations/new"), "form.form")
		if got := page.text("h1"); got != "Iteration 3" {
			t.Fatalf("planned: %s %s", got, page.text("main"))
		}
		page = lead.submit(lead.get(page.path+"/rounds/new"), "form.form", "kind", "check")
		draft := strings.TrimSuffix(page.path, "/draft/groups")
		if got := page.text("main"); page.path == draft || !strings.Contains(got, "12 Personen werden gefragt") || !strings.Contains(got, "INC × Prozessverantwortung") || !strings.Contains(got, "wird nie einzeln gezeigt") {
			t.Fatalf("groups at %s: %s", page.path, got)
		}
		if first := lead.get(draft + "/draft/basics"); !strings.Contains(first.text("main"), "Die Art steht fest") || !strings.Contains(first.text(".pairs"), "Check") {
			t.Errorf("the first step again: %s", first.text("main"))
		}
		page = lead.submit(page, "form.form")
		if got := page.text(".note"); !strings.Contains(got, "19 Fragen ≈ 114 s von höchstens 120 s") || !strings.Contains(got, "Platz ist für 1 eigene Frage, je 6 s.") {
			t.Errorf("time for questions: %s", got)
		}
		long := lead.submit(page, "form.form", "own1_de", "Eins", "own1_en", "One", "own2_de", "Zwei", "own2_en", "Two")
		if got := long.text("#problem"); long.status != 422 || !strings.Contains(got, "21 Fragen dauern etwa 126 Sekunden") {
			t.Fatalf("21 questions: %d %s", long.status, got)
		}
		page = lead.submit(long, "form.form", "own2_de", "", "own2_en", "")
		if page.path != draft+"/draft/time" {
			t.Fatalf("20 questions lead to %s: %s", page.path, page.text("main"))
		}
		wrong := lead.submit(page, "form.form", "reminder1", "2030-01-01T09:00")
		if wrong.status != 422 || len(wrong.all("#f-reminder1-wrong")) != 1 {
			t.Fatalf("a reminder after the end: %d %s", wrong.status, wrong.text("main"))
		}
		if back := lead.submit(lead.get(page.path), "form.form", "closes", "2026-01-05T09:00"); back.text("#problem li") != "Ende: Das Ende liegt vor dem Beginn." {
			t.Fatalf("an end before the beginning: %s", back.text("#problem"))
		}
		page = lead.submit(lead.get(page.path), "form.form")
		page = lead.submit(page, "form.form", "title-de", "Wie läuft es?", "title-en", "How is it going?")
		if got := page.text("main"); page.path != draft+"/draft/check" || !strings.Contains(got, "20 Fragen ≈ 120 s") || !strings.Contains(got, "24 Stunden Prüfung") || !strings.Contains(got, "Keine Vereinbarung") || !strings.Contains(got, "noch niemand ausprobiert") {
			t.Fatalf("last step: %s", got)
		}
		lead.submit(lead.get("/organisations/"+w.own["organisation"]+"/settings"), "form.form", "agreement", " BV 2026/07 ").want(200)
		page = lead.submit(page, "form[action="+draft+"/tried]")
		if got := page.text("main"); page.path != draft+"/draft/check" || !strings.Contains(got, "Betriebsrat: BV 2026/07") || !strings.Contains(got, "Fragebogen ausprobiert") {
			t.Fatalf("last step, everything done: %s", got)
		}
		if pack := auditor.get("/organisations/" + w.own["organisation"] + "/works-council"); !strings.Contains(pack.text("main"), "BV 2026/07") {
			t.Errorf("what the works council is told: %s", pack.text("main"))
		}
		page = lead.submit(page, "form[action="+draft+"/submit]")
		if got := page.text("main"); page.path != draft || !strings.Contains(got, "zur Prüfung") {
			t.Fatalf("submitted: %s", got)
		}
		w.reviewed(auditor, draft)
		if early := lead.submit(lead.get(draft+"/open"), "main form"); early.status != 409 {
			t.Fatalf("opened within the time of review: %d", early.status)
		}
		w.now = w.now.Add(25 * time.Hour)
		lead, auditor = w.desk(account.Lead), w.desk(account.Auditor) // the sessions are over
		page = lead.submit(lead.get(draft+"/open"), "main form")
		if got := page.text("main"); page.path != draft || !strings.Contains(got, "läuft") || !strings.Contains(got, draft[len("/rounds"):]+"?kiosk") {
			t.Fatalf("opened: %d %s", page.status, got)
		}
		if late := auditor.submit(auditor.get(draft+"/veto"), "form.form", "reason", "Zu spät."); late.status != 409 {
			t.Errorf("veto after opening: %d", late.status)
		}
		w.fieldNumbers(lead, draft)
		page = lead.submit(lead.get(draft+"/close"), "main form")
		if got := page.text("main"); page.path != draft+"/counting" || !strings.Contains(got, "Die Auszählung beginnt gleich.") {
			t.Errorf("closed: %s", got)
		}
	})
}

// reviewed is what an auditor sees of a round that was submitted, and others do not.
func (w *world) reviewed(auditor *desk, round string) {
	w.t.Helper()
	list := auditor.get("/organisations/" + w.own["organisation"] + "/reviews")
	if got := list.text("main"); !strings.Contains(got, "Wie läuft es?") {
		w.t.Fatalf("to review: %s", got)
	}
	page := auditor.get(round + "/review")
	if got := page.text("main"); !strings.Contains(got, "p00003@nordlicht.example") || !strings.Contains(got, "Eins") || !strings.Contains(got, "Veto einlegen") {
		w.t.Errorf("review by the auditor: %s", got)
	}
	if got := w.desk(account.Lead).get(round + "/review").text("main"); strings.Contains(got, "p00003@") || strings.Contains(got, "Veto einlegen") {
		w.t.Errorf("review by the lead: %s", got)
	}
	if p := w.desk(account.Steering).get(round); p.status != 200 || len(p.all("main .actions a")) != 0 || len(p.all("main .bar a")) != 0 {
		w.t.Errorf("what steering is offered: %d %s", p.status, p.text("main"))
	}
}

// TestVetoKeepsARoundFromOpening: the reason is told, and the button to open is gone.
func TestVetoKeepsARoundFromOpening(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	ids := maps.Clone(w.own)
	newDraft(w, ids)
	_, err := w.service.UpdateIteration(ctx, account.System(), survey.IterationID(ids["iteration"]), survey.IterationInput{Seen: 1, Scope: &[]string{}})
	w.check(err)
	_, err = w.service.SubmitRound(ctx, account.System(), survey.RoundID(ids["round"]))
	w.check(err)
	auditor, lead, at := w.desk(account.Auditor), w.desk(account.Lead), "/rounds/"+ids["round"]
	if bare := auditor.submit(auditor.get(at+"/veto"), "form.form"); bare.status != 422 || len(bare.all("#f-reason-wrong")) != 1 {
		t.Errorf("veto without a reason: %d", bare.status)
	}
	auditor.submit(auditor.get(at+"/veto"), "form.form", "reason", "Die Gruppen sind zu klein.").want(200)
	if got := lead.get(at).text("main"); !strings.Contains(got, "Die Gruppen sind zu klein.") || strings.Contains(got, "Öffnen ") {
		t.Errorf("after the veto: %s", got)
	}
	if opened := lead.submit(lead.get(at+"/open"), "main form"); opened.status != 409 {
		t.Errorf("opened in spite of a veto: %d", opened.status)
	}
}

// fieldNumbers is what the page of an open round tells: nothing, too few, one number.
func (w *world) fieldNumbers(lead *desk, round string) {
	w.t.Helper()
	id := survey.RoundID(strings.TrimPrefix(round, "/rounds/"))
	if got := lead.get(round + "/live").text("main"); !strings.Contains(got, "Die Befragung beginnt am 08.06.2026, 9:00 Uhr") || strings.Contains(got, "Mindestens") {
		w.t.Errorf("before its beginning: %s", got)
	}
	if early := lead.submit(lead.get(round+"/remind"), "main form"); early.status != 409 {
		w.t.Errorf("a reminder before the beginning: %d", early.status)
	}
	w.now = time.Date(2026, 6, 9, 9, 0, 0, 0, time.UTC)
	*lead = *w.desk(account.Lead)
	w.check(w.store.PutFieldNumber(ctx, id, survey.FieldNumber{Day: "2026-06-09"}))
	if got := lead.get(round + "/live").text("main"); !strings.Contains(got, "zu wenige Antworten") {
		w.t.Errorf("fewer than ten: %s", got)
	}
	w.check(w.store.PutFieldNumber(ctx, id, survey.FieldNumber{Day: "2026-06-10", Answers: 10}))
	page := lead.get(round + "/live")
	if got := page.text("h1"); got != "Mindestens 10 von 12 haben geantwortet" || len(page.all("figure svg")) != 1 || len(page.all("figure table")) != 1 {
		w.t.Errorf("from ten on: %s", page.text("main"))
	}
	if got := lead.get(round + "/invitations").text("main"); !strings.Contains(got, "0 von 12 Einladungen verschickt") {
		w.t.Errorf("invitations: %s", got)
	}
	if poster := lead.get(round + "/poster.pdf?size=a3"); poster.header.Get("Content-Type") != "application/pdf" || !strings.HasPrefix(poster.body, "%PDF-") {
		w.t.Errorf("poster: %d %s", poster.status, poster.header)
	}
	w.reminders(lead, round, id)
}

// reminders go out twice at most, one after the other.
func (w *world) reminders(lead *desk, round string, id survey.RoundID) {
	w.t.Helper()
	organisation := survey.OrganisationID(w.own["organisation"])
	for _, kind := range []survey.MailKind{survey.FirstReminder, survey.LastReminder} {
		if sent := lead.submit(lead.get(round+"/remind"), "main form"); sent.path != round+"/live" || sent.status != 200 {
			w.t.Fatalf("%s: %d %s", kind, sent.status, sent.text("main"))
		}
		row := survey.MailingRow{Round: id, Organisation: organisation, Kind: kind, At: w.now}
		_, err := w.store.BeginMailing(ctx, row)
		w.check(err)
		if busy := lead.submit(lead.get(round+"/remind"), "main form"); busy.status != 409 {
			w.t.Errorf("%s while it goes out: %d", kind, busy.status)
		}
		w.check(w.store.EndMailing(ctx, row, nil))
	}
	if third := lead.submit(lead.get(round+"/remind"), "main form"); third.status != 409 || !strings.Contains(third.text("#problem"), "Beide Erinnerungen") {
		w.t.Errorf("a third reminder: %d", third.status)
	}
}

// roundsToLookAt makes a draft, and a round that is open and has a number of the day.
func (w *world) roundsToLookAt() {
	w.t.Helper()
	_, err := w.service.UpdateIteration(ctx, account.System(), survey.IterationID(w.own["iteration"]), survey.IterationInput{Seen: 1, Scope: &[]string{}})
	w.check(err)
	ids := maps.Clone(w.own)
	newDraft(w, ids)
	opened := survey.RoundID(ids["round"])
	_, err = w.service.SubmitRound(ctx, account.System(), opened)
	w.check(err)
	w.now = w.now.AddDate(0, 0, 8)
	_, err = w.service.OpenRound(ctx, account.System(), opened)
	w.check(err)
	w.check(w.store.PutFieldNumber(ctx, opened, survey.FieldNumber{Day: "2026-03-10", Answers: 10}))
	w.own["opened"] = ids["round"]
	newDraft(w, ids)
	w.own["draft"] = ids["round"]
}
