package apitest

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/locale"
	"pulscheck/survey/store/storetest"
)

var actPages = map[string]pageRequest{
	"GET /iterations/:iteration/quick-wins":        {query: "?show=untold&sort=-due", want: 200},
	"GET /iterations/:iteration/quick-wins/new":    {want: 200},
	"POST /iterations/:iteration/quick-wins":       {fields: "name=&process=INC", want: 422},
	"GET /quick-wins/:record":                      {want: 200, fresh: record("quickwin")},
	"GET /quick-wins/:record/reached":              {want: 200, fresh: record("quickwin")},
	"GET /quick-wins/:record/told":                 {want: 200, fresh: record("quickwin")},
	"POST /quick-wins/:record":                     {fields: "seen=99&name=Neu", want: 409, fresh: record("quickwin")},
	"GET /iterations/:iteration/comments":          {want: 200},
	"GET /comments/:comment":                       {want: 200},
	"POST /comments/:comment":                      {fields: "seen=99&outcome=released", want: 409},
	"POST /comments/:comment/redact":               {fields: "words=fehlt", want: 422},
	"GET /comments/:comment/delete":                {want: 200},
	"POST /comments/:comment/delete":               {want: 303, fresh: newComment},
	"GET /iterations/:iteration/improvements":      {want: 200},
	"GET /iterations/:iteration/improvements.csv":  {want: 200},
	"GET /iterations/:iteration/improvements.xlsx": {want: 200},
	"GET /iterations/:iteration/improvements/new":  {want: 200},
	"POST /iterations/:iteration/improvements":     {fields: "criticism=&process=INC", want: 422},
	"GET /improvements/:record":                    {want: 200, fresh: record("improvement")},
	"POST /improvements/:record":                   {fields: "seen=99&criticism=Neu", want: 409, fresh: record("improvement")},
	"GET /iterations/:iteration/pairs":             {want: 200},
	"GET /iterations/:iteration/pairs/new":         {want: 200},
	"POST /iterations/:iteration/pairs":            {fields: "said-de=&said-en=&did-de=&did-en=", want: 422},
	"GET /pairs/:record":                           {want: 200, fresh: record("pair")},
	"POST /pairs/:record":                          {fields: "seen=99&released=yes", want: 409, fresh: record("pair")},
	"GET /organisations/:organisation/questions":   {want: 200},
	"GET /questions/:question":                     {want: 200},
	"POST /questions/:question":                    {fields: "seen=99&answer=Neu", want: 409},
	"GET /questions/:question/delete":              {want: 200},
	"POST /questions/:question/delete":             {want: 303, fresh: newQuestion},
	"GET /iterations/:iteration/decisions":         {want: 200},
	"GET /iterations/:iteration/decisions/new":     {want: 200},
	"POST /iterations/:iteration/decisions":        {fields: "proposal=", want: 422},
	"GET /decisions/:record":                       {want: 200, fresh: record("decision")},
	"POST /decisions/:record":                      {fields: "seen=99&outcome=yes", want: 409, fresh: record("decision")},
}

var actLooks = []looked{
	{"quick-wins", "/iterations/{iteration}/quick-wins", account.Lead}, {"quick-win", "/quick-wins/{quickwin}", account.Lead},
	{"quick-win-told", "/quick-wins/{quickwin}/told", account.Lead},
	{"comments-none", "/iterations/{iteration}/comments", account.Lead}, {"comment-auditor", "/comments/{comment}", account.Auditor},
	{"comments", "/iterations/{before}/comments", account.Lead},
	{"improvements", "/iterations/{iteration}/improvements", account.Lead}, {"improvement", "/improvements/{improvement}", account.Lead},
	{"pairs", "/iterations/{iteration}/pairs", account.Lead}, {"voices", "/iterations/{before}/pairs", account.Steering}, {"pair", "/pairs/{pair}", account.Lead},
	{"questions", "/organisations/{organisation}/questions", account.Lead}, {"question", "/questions/{question}", account.Lead},
	{"decisions", "/iterations/{iteration}/decisions", account.Lead}, {"decision", "/decisions/{decision}", account.Lead},
}

func init() {
	maps.Copy(pageRequests, actPages)
	looks = append(looks, actLooks...)
}

// acts fills the registers of the own organisation, for those who look at the pages.
func (w *world) acts() {
	w.t.Helper()
	id, system := survey.IterationID(w.own["iteration"]), account.System()
	is := func(text string) *string { return &text }
	win, err := w.service.CreateQuickWin(ctx, system, id, survey.QuickWinInput{Name: is("Rückruf binnen 30 Minuten bei Großstörungen"), Process: is("INC"), Owner: is("Anna Muster"), Due: is("2026-03-20")})
	w.check(err)
	for n, in := range []survey.QuickWinInput{
		{Status: is("doing")}, {Status: is("done"), Reached: is("2026-02-27")}, {Told: is("2026-03-02"), Channel: is("Teamrunde"), Audience: is("alle im Vertrieb")},
	} {
		_, err := w.service.UpdateQuickWin(ctx, system, win.ID, n+1, in)
		w.check(err)
	}
	_, err = w.service.CreateImprovement(ctx, system, id, survey.ImprovementInput{
		Criticism: is("Tickets wandern zwischen den Teams, und niemand fühlt sich zuständig."), Potential: is("Ein Team behält das Ticket bis zur Lösung."),
		Process: is("INC"), Due: is("2026-02-14"), Moves: is("C2"), Owner: is("Anna Muster"),
	})
	w.check(err)
	yes := true
	_, err = w.service.CreateImprovement(ctx, system, id, survey.ImprovementInput{
		Criticism: is("Ein eigenes Werkzeug fehlt."), Status: is("infeasible"), Reason: is("Der Vertrag mit dem jetzigen Anbieter läuft bis März."),
		Answer: is("Wir schreiben es in die nächste Ausschreibung."), Answered: is("2026-03-01"), Channel: is("Intranet"), Visible: &yes,
	})
	w.check(err)
	_, err = w.service.CreateDecision(ctx, system, id, survey.DecisionInput{
		Proposal: is("Offene Quick Wins binnen 10 Tagen durch das Führungsteam mitteilen"), Outcome: is("changed"), Wording: is("Binnen 14 Tagen"), Owner: is("Ben Beispiel"), Due: is("2026-04-30"),
	})
	w.check(err)
	said, did := locale.Text{DE: "Erfolge erfahren wir spät.", EN: "We hear of successes late."}, locale.Text{DE: "Quick-Win-Meldung jeden Freitag", EN: "Quick win news every Friday"}
	_, err = w.service.CreatePair(ctx, system, id, survey.PairInput{Said: &said, Did: &did, Day: is("2026-02-12"), Released: &yes})
	w.check(err)
	for n, text := range []string{"Frau Tintenfass antwortet nie,\nwenn man nachfragt.", "Die Teamrunde am Montag hilft sehr.", "Mehr Schulung bitte!"} {
		one := survey.CommentID(w.comment(w.own["counted"], text))
		if n > 0 {
			_, err := w.service.ModerateComment(ctx, system, one, 0, survey.ModerationInput{Outcome: is("released"), Theme: is("tools"), Names: &[]string{[]string{"Montag", "Schulung"}[n-1]}})
			w.check(err)
		}
	}
}

// TestQuickWinsAreTold: who says that a quick win was achieved is asked next who hears of
// it; until then it stands in the filter of what nobody was told.
func TestQuickWinsAreTold(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		w := newWorld(t, database)
		d, home := w.desk(account.Lead), "/iterations/"+w.own["iteration"]+"/quick-wins"
		p := d.submit(d.get(home+"/new"), "form.form", "name", "Rückruf binnen 30 Minuten", "process", "INC", "due", "2026-03-20").want(200)
		if p.path != home || !slices.Contains(p.texts("tbody th a"), "Rückruf binnen 30 Minuten") {
			t.Fatalf("planned: %s %q", p.path, p.texts("tbody th"))
		}
		var at string
		for _, a := range p.all("tbody th a") {
			if text(a) != "Sample" {
				at = attribute(a, "href")
			}
		}
		wrong := d.submit(d.get(at+"/reached"), "form.form", "reached", "gestern").want(422)
		if got := wrong.text("#f-reached-wrong"); got == "" || attribute(wrong.one("#f-reached"), "value") != "gestern" {
			t.Errorf("no date: %q", got)
		}
		asked := d.submit(d.get(at+"/reached"), "form.form", "reached", "2026-03-01").want(200)
		if asked.text("h1") != "Wer erfährt davon, wann und wie?" {
			t.Fatalf("after achieved: %s", asked.text("main"))
		}
		list := d.get(home + "?show=untold")
		if got := list.texts("tbody th a"); len(got) != 1 || !strings.Contains(list.text(".tabs"), "erreicht, nicht mitgeteilt (1)") {
			t.Errorf("told nobody: %q, %s", got, list.text(".tabs"))
		}
		early := d.submit(asked, "form.form", "audience", "alle im Vertrieb", "channel", "Teamrunde", "told", "2026-02-28").want(422)
		if attribute(early.one("#f-told"), "aria-invalid") != "true" || attribute(early.one("#f-channel"), "value") != "Teamrunde" {
			t.Errorf("told before it was achieved: %s", early.text("main"))
		}
		done := d.submit(early, "form.form", "told", "2026-03-02").want(200)
		if got := done.text("main"); !strings.Contains(got, "über Teamrunde an alle im Vertrieb") || !strings.Contains(got, "erreicht, nicht mitgeteilt (0)") || !strings.Contains(got, "Kein früherer Wert zum Vergleich") {
			t.Errorf("told: %s", got)
		}
	})
}

// TestCommentsAreModerated one after the other: the next one is announced with what is
// left, released words are blackened, and criticism becomes an improvement.
func TestCommentsAreModerated(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		w := newWorld(t, database)
		named := w.comment(w.own["counted"], "Frau Tintenfass antwortet nie.")
		d, home := w.desk(account.Lead), "/iterations/"+w.own["before"]+"/comments"
		p := d.get(home).want(200)
		if p.text("h1") != "2 Kommentare zu prüfen" || p.text(".menu a[aria-current] .count") != "2" || p.text("#next .quiet") != "noch 2" {
			t.Fatalf("%q, %s", p.text("h1"), p.text("#next"))
		}
		if got := d.submit(p, "form.form").want(422).text("#problem"); !strings.Contains(got, "Bitte wählen Sie") {
			t.Errorf("nothing decided: %s", got)
		}
		for i := range 2 {
			p = d.get(home)
			if strings.Contains(p.text(".quote"), "Tintenfass") {
				unknown := d.submit(p, "form.form", "outcome", "released", "names", "Kalmar").want(422)
				if unknown.text("#f-names-wrong") == "" {
					t.Errorf("a word that is not there: %s", unknown.text("main"))
				}
				decided := d.submit(unknown, "form.form", "names", "Frau Tintenfass", "kind", "idea")
				again := d.get("/comments/" + named)
				if decided.status != 200 || again.text(".quote small") != "Idee" || strings.Count(again.text("main"), "Als Verbesserung anlegen") != 1 {
					t.Errorf("decided about: %s", again.text("main"))
				}
			} else {
				d.submit(p, "form.form", "outcome", "withheld", "reason", "Zu ungenau")
			}
			if p = d.get(home); len(p.all(".quote")) != 1-i {
				t.Errorf("after %d: %s", i+1, p.text("main"))
			}
		}
		if got := p.text("main"); !strings.Contains(got, "Keine offenen Kommentare. Gut so.") || !strings.Contains(got, "„[…] antwortet nie.“") || len(p.all(".count")) != 1 {
			t.Errorf("all decided: %s", got)
		}
		said := w.desk(account.Steering).get("/iterations/" + w.own["before"] + "/pairs").want(200)
		if got := said.text(".quotes"); !strings.Contains(got, "„[…] antwortet nie.“") || strings.Contains(said.body, "Tintenfass") {
			t.Errorf("to be read: %s", got)
		}
	})
}

// TestCommentsWaitForEnough: before a round is counted there is nothing, and the page says
// from how many on there is.
func TestCommentsWaitForEnough(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	p := w.desk(account.Consultant).get("/iterations/" + w.own["iteration"] + "/comments").want(200)
	if got := p.text(".empty"); !strings.Contains(got, "mindestens 10 Kommentare") {
		t.Errorf("said is %q", got)
	}
	auditor := w.desk(account.Auditor)
	if p := auditor.get("/comments/" + w.own["comment"]); len(p.all("[name=outcome]")) != 0 || len(p.all("[name=words]")) != 1 {
		t.Errorf("an auditor reads and blackens, but releases nothing: %s", p.body)
	}
	if p := auditor.submit(auditor.get("/comments/"+w.own["comment"]), "form.form", "words", "dauert").want(200); !strings.Contains(p.text(".quote"), "Es […].") {
		t.Errorf("blackened: %s", p.text(".quote"))
	}
}

// TestCriticismIsAnswered: a late entry stands first and says for how long, what cannot be
// done needs a reason, and what was done is told as a pair.
func TestCriticismIsAnswered(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		w := newWorld(t, database)
		d, home := w.desk(account.Lead), "/iterations/"+w.own["iteration"]+"/improvements"
		p := d.submit(d.get(home+"/new"), "form.form", "criticism", "Tickets wandern zwischen Teams", "process", "INC", "due", "2026-02-14", "moves", "C2", "target", "60,5").want(200)
		if got := p.texts("tbody th a"); p.path != home || got[0] != "V2" || !strings.Contains(p.text("main"), "seit 16 Tagen ohne Antwort") || !strings.Contains(p.text("main"), "Ziel 60,5") {
			t.Fatalf("late: %q %s", got, p.text("main"))
		}
		at := attribute(p.all("tbody th a")[0], "href")
		short := d.submit(d.get(at), "form.form", "status", "infeasible", "reason", "zu teuer").want(422)
		if got := short.text("#f-reason-wrong"); !strings.Contains(got, "20 Zeichen") || short.text("#f-criticism") != "Tickets wandern zwischen Teams" {
			t.Errorf("too short a reason: %q", got)
		}
		done := d.submit(d.get(at), "form.form", "status", "done", "answer", "Ein Team behält das Ticket.", "answered", "2026-03-02", "channel", "Teamrunde", "visible", "yes").want(200)
		if got := done.text("main"); strings.Contains(got, "ohne Antwort") || !strings.Contains(got, "für das Team sichtbar") {
			t.Errorf("answered: %s", got)
		}
		file := d.get(home + ".csv").want(200)
		if !strings.HasPrefix(file.header.Get("Content-Type"), "text/csv") || !strings.Contains(file.body, "Tickets wandern") {
			t.Errorf("file: %v", file.header)
		}
		pair := d.submit(d.get(attribute(d.get(at).one("main .bar a"), "href")), "form.form").want(200)
		if got := pair.text("main"); !strings.Contains(got, "Tickets wandern zwischen Teams") || !strings.Contains(got, "Ein Team behält das Ticket.") {
			t.Fatalf("pair: %s", got)
		}
		released := d.submit(pair, "form[action="+attribute(pair.all("td form")[1], "action")+"]").want(200)
		if len(released.all("td form")) != 1 {
			t.Errorf("released: %s", released.text("main"))
		}
		all, err := w.service.ReleasedPairs(ctx, survey.ProgrammeID(w.own["programme"]))
		w.check(err)
		if len(all) != 1 || all[0].Said.DE != "Tickets wandern zwischen Teams" {
			t.Errorf("everybody reads %+v", all)
		}
	})
}

// TestWhoWasSlowerAtAReleaseKeepsEverything: the button in the list sends one field; the
// form that follows a conflict has all of them.
func TestWhoWasSlowerAtAReleaseKeepsEverything(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	d, at := w.desk(account.Lead), "/pairs/"+w.own["pair"]
	list, said := d.get("/iterations/"+w.own["iteration"]+"/pairs"), locale.Text{DE: "Anders gesagt"}
	_, err := w.service.UpdatePair(ctx, account.System(), survey.RecordID(w.own["pair"]), 1, survey.PairInput{Said: &said})
	w.check(err)
	late := d.submit(list, "form[action="+at+"]").want(409)
	if attribute(late.one("#f-said-de"), "value") != "Anders gesagt" {
		t.Fatalf("late: %s", late.body)
	}
	if p := d.submit(late, "form.form").want(200); len(p.all("td form")) != 0 {
		t.Errorf("sent again: %s", p.text("main"))
	}
}

// TestQuestionsAreAnsweredOrDiscarded by the lead, with a badge for those that wait.
func TestQuestionsAreAnsweredOrDiscarded(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		w := newWorld(t, database)
		w.question(survey.OrganisationID(w.own["organisation"]), survey.RoundID(w.own["counted"]), "Kaufen Sie Zwergpinguine!")
		d, home := w.desk(account.Lead), "/organisations/"+w.own["organisation"]+"/questions"
		p := d.get(home).want(200)
		if p.text("h1") != "2 offene Fragen" {
			t.Fatalf("%s", p.text("h1"))
		}
		for _, a := range p.all("tbody th a") {
			one := d.get(attribute(a, "href"))
			if !strings.Contains(text(a), "Zwergpinguine") {
				empty := d.submit(one, "form.form", "answer", " ").want(422)
				d.submit(empty, "form.form", "answer", "Im Mai.\r\nSpätestens.").want(200)
				continue
			}
			sure := d.get(attribute(one.one("main p.bar a"), "href"))
			if !strings.Contains(sure.text("main"), "Zwergpinguine") {
				t.Errorf("asked is %s", sure.text("main"))
			}
			d.submit(sure, "main form").want(200)
		}
		p = d.get(home)
		if got := p.text("main"); p.text("h1") != "0 offene Fragen" || strings.Contains(got, "Zwergpinguine") || !strings.Contains(got, "Im Mai.") || len(p.all("tbody tr")) != 1 {
			t.Errorf("afterwards: %s", got)
		}
		if nav := w.desk(account.Consultant).get("/organisations/" + w.own["organisation"]).texts(".menu a"); slices.Contains(nav, "Offene Tür") {
			t.Errorf("a consultant is led to %q", nav)
		}
	})
}

// TestDecisionsAreRecorded: what is changed needs its wording; the page leads on to the
// report that will tell of it.
func TestDecisionsAreRecorded(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		w := newWorld(t, database)
		d, home := w.desk(account.Consultant), "/iterations/"+w.own["iteration"]+"/decisions"
		p := d.get(home).want(200)
		if got := p.texts("tbody td"); !slices.Contains(got, "noch offen") || len(p.all(".note")) != 0 {
			t.Fatalf("%q", got)
		}
		form, slower := d.get(attribute(p.one("tbody th a"), "href")), d.get(attribute(p.one("tbody th a"), "href"))
		if got := d.submit(form, "form.form", "outcome", "changed").want(422).text("#f-wording-wrong"); got == "" {
			t.Error("changed to what?")
		}
		p = d.submit(form, "form.form", "outcome", "changed", "wording", "Nur im Vertrieb", "owner", "Anna Muster", "due", "2026-04-30", "remark", "Einstimmig").want(200)
		if got := p.text("main"); p.path != home || !strings.Contains(got, "ja, geändert") || !strings.Contains(got, "Nur im Vertrieb · Einstimmig") || !strings.Contains(got, "Anna Muster") {
			t.Errorf("recorded: %s", got)
		}
		before := "/iterations/" + w.own["before"]
		p = d.submit(d.get(before+"/decisions/new"), "form.form", "proposal", "Mehr Schulung", "outcome", "yes").want(200)
		if to := d.get(attribute(p.one(".note a"), "href")); to.status != 200 || to.path != before+"/reports" || !strings.Contains(p.text(".note"), "Berichtsentwurf") {
			t.Errorf("the report follows: %d %s, %s", to.status, to.path, p.text(".note"))
		}
		if p := w.desk(account.Steering).get(home).want(200); len(p.all("tbody th a")) != 0 || len(p.all(".actions a")) != 0 {
			t.Errorf("a reader is offered a change: %s", p.text("main"))
		}
		late := d.submit(slower, "form.form", "outcome", "no").want(409)
		if got := late.text("#f-outcome-stored"); !strings.Contains(got, "ja, geändert") {
			t.Errorf("both versions: %q", got)
		}
	})
}
