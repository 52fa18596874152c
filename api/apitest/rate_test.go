package apitest

import (
	"fmt"
	"maps"
	"net/url"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/store/storetest"
)

func init() { maps.Copy(pageRequests, ratePages) }

var ratePages = map[string]pageRequest{
	"GET /organisations/:organisation/maturity-models":     {want: 200},
	"GET /organisations/:organisation/maturity-models/new": {want: 200},
	"POST /organisations/:organisation/maturity-models":    {file: "id: ä", want: 422},
	"GET /iterations/:iteration/assessments":               {query: "?sort=-gap", want: 200},
	"GET /iterations/:iteration/assessments/new":           {query: "?process=INC", want: 200},
	"POST /iterations/:iteration/assessments":              {fields: "process=INC&assessors=1", want: 409},
	"GET /assessments/:assessment":                         {want: 200},
	"GET /assessments/:assessment/edit":                    {want: 200},
	"POST /assessments/:assessment":                        {fields: "seen=99&assessors=1", want: 409},
	"GET /assessments/:assessment/sheet":                   {want: 200},
	"POST /assessments/:assessment/sheet":                  {fields: "seen=99", want: 409},
	"GET /assessments/:assessment/finish":                  {want: 404},
	"POST /assessments/:assessment/finish":                 {fields: "seen=99", want: 404},
	"GET /assessments/:assessment/close":                   {want: 200},
	"POST /assessments/:assessment/close":                  {fields: "seen=99", want: 409},
	"GET /assessments/:assessment/reopen":                  {want: 200},
	"POST /assessments/:assessment/reopen":                 {fields: "seen=99", want: 409},
	"POST /assessments/:assessment/settled":                {fields: "seen=99", want: 409},

	"GET /organisations/:organisation/maturity-models/:model/delete":  {want: 200, fresh: newModel},
	"POST /organisations/:organisation/maturity-models/:model/delete": {want: 303, fresh: newModel},
	"GET /iterations/:iteration/goals":                                {want: 200},
	"GET /iterations/:iteration/goals/new":                            {want: 200},
	"POST /iterations/:iteration/goals":                               {fields: "process=INC&name=", want: 422},
	"GET /goals/:record":                                              {want: 200, fresh: record("goal")},
	"POST /goals/:record":                                             {fields: "seen=99&process=INC&name=x", want: 409, fresh: record("goal")},
	"POST /goals/:record/actual":                                      {want: 404, fresh: record("goal")}, // no KPI shows how far it is
	"GET /iterations/:iteration/kpis":                                 {query: "?sort=name", want: 200},
	"GET /iterations/:iteration/kpis/new":                             {want: 200},
	"POST /iterations/:iteration/kpis":                                {fields: "process=INC&name=&target=1.234", want: 422},
	"GET /kpis/:record":                                               {want: 200, fresh: record("kpi")},
	"GET /kpis/:record/edit":                                          {want: 200, fresh: record("kpi")},
	"POST /kpis/:record":                                              {fields: "seen=99&process=INC&name=x", want: 409, fresh: record("kpi")},
	"POST /kpis/:record/measurements":                                 {fields: "value=viel&day=2026-03-01", want: 422, fresh: record("kpi")},
	"POST /kpis/:record/measurements/import":                          {file: "", want: 422, fresh: record("kpi")},
}

var rateLooks = []looked{
	{"models", "/organisations/{organisation}/maturity-models", account.Lead}, {"model-new", "/organisations/{organisation}/maturity-models/new", account.Lead},
	{"maturity", "/iterations/{iteration}/assessments", account.Lead}, {"assessment-new", "/iterations/{iteration}/assessments/new", account.Lead},
	{"goals", "/iterations/{iteration}/goals", account.Lead}, {"goal-new", "/iterations/{iteration}/goals/new", account.Lead},
	{"goal", "/goals/{goal}", account.Lead}, {"kpis", "/iterations/{iteration}/kpis", account.Lead},
	{"kpi", "/kpis/{kpi}", account.Lead}, {"kpi-edit", "/kpis/{kpi}/edit", account.Lead},
	{"assessment", "/assessments/{assessment}", account.Lead}, {"sheet", "/assessments/{assessment}/sheet", account.Lead},
}

// rated fills in every indicator of a sheet with one answer and a document.
func rated(p *page, value string) (pairs []string) {
	for _, n := range p.all("input[type=radio]") {
		if attribute(n, "value") == value {
			pairs = append(pairs, attribute(n, "name"), value)
		}
	}
	for _, n := range p.all("form.rating input") {
		if name := attribute(n, "name"); strings.HasPrefix(name, "proof-") {
			pairs = append(pairs, name, "https://wiki.example/cab")
		}
	}
	return pairs
}

// valueOf gives what an input holds.
func valueOf(p *page, name string) string {
	for _, n := range p.all("input") {
		if attribute(n, "name") == name {
			return attribute(n, "value")
		}
	}
	return ""
}

// TestAssessmentThroughPages: two people rate alone, by pages without script. The draft of
// the one outlives her session, and neither sees the other's sheet before both are done;
// then the lead settles what they differ on.
func TestAssessmentThroughPages(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		w := newWorld(t, database)
		lead, owner := w.desk(account.Lead), w.desk(account.Owner)
		list := "/iterations/" + w.own["iteration"] + "/assessments"
		if got := lead.get(list).text("main"); !strings.Contains(got, "0 von 1 Person fertig") {
			t.Fatalf("an assessment that nobody began: %s", got)
		}
		at := "/assessments/" + w.own["assessment"]
		edit := lead.submit(lead.get(at+"/edit").want(200), "form.form", "assessors", "2", "target", "3").want(200)
		if got := edit.text("main"); !strings.Contains(got, "Ziel: 3 etabliert") || !strings.Contains(got, "0 von 2 Personen fertig") {
			t.Fatalf("target and assessors: %s", got)
		}

		sheet := owner.get(at + "/sheet").want(200)
		if odd := owner.submit(sheet, "form.rating", "note-PA2.1a", "ohne Antwort"); odd.status != 422 || !strings.Contains(odd.text("#problem"), "Möglich sind") {
			t.Errorf("a note without an answer: %d %s", odd.status, odd.text("main"))
		}
		owner.submit(sheet, "form.rating", append(rated(sheet, "4"), "note-PA2.1a", "Wiki, Seite 3")...).want(200)
		owner.cookies = map[string]string{} // signed out
		if got := owner.send("GET", at+"/sheet", nil).header.Get("Location"); !strings.HasPrefix(got, "/login?next=") {
			t.Fatalf("signed out, led to %s", got)
		}
		secret, session := account.NewSession(owner.user.ID, account.Full, w.now)
		w.check(w.store.CreateSession(ctx, session, nil))
		owner.cookies["__Host-session"], owner.csrf = secret, ""
		sheet = owner.get(at + "/sheet").want(200)
		if n := len(sheet.all("input[type=radio][checked]")); n != len(sheet.all(".ladder")) || valueOf(sheet, "note-PA2.1a") != "Wiki, Seite 3" {
			t.Errorf("the draft is gone: %d answers", n)
		}
		if got := lead.get(at).text("main"); strings.Contains(got, "Wiki, Seite 3") || !strings.Contains(got, "sieht jede Person nur den eigenen Bogen") {
			t.Errorf("the lead sees too much: %s", got)
		}
		confirm := owner.submit(sheet, "form.rating", "then", "finish").want(200)
		owner.submit(confirm, "main form.bar").want(200)

		sheet = lead.get(at + "/sheet").want(200)
		confirm = lead.submit(sheet, "form.rating", append(rated(sheet, "1"), "then", "finish")...).want(200)
		done := lead.submit(confirm, "main form.bar").want(200)
		if got := done.text("main"); !strings.Contains(got, "Abstimmung nötig") || !strings.Contains(got, "Wiki, Seite 3") || !strings.Contains(got, "Person 2") {
			t.Fatalf("both are done: %s", got)
		}
		if n := len(owner.get(at).all("form.form")); n != 0 {
			t.Errorf("an owner is offered to settle")
		}
		outside := lead.submit(done, "main form.form", "class-0", "N", "reason-0", "")
		if outside.status != 422 || len(outside.all("#problem a")) == 0 {
			t.Errorf("an agreement without a reason: %d %s", outside.status, outside.text("main"))
		}
		settled := lead.submit(outside, "main form.form", "class-0", "L", "reason-0", "Nachweise lagen vor")
		if got := settled.want(200).text("main"); !strings.Contains(got, "vereinbart") {
			t.Errorf("settled: %s", got)
		}
		overview := lead.get(list).want(200)
		if got := overview.text("main"); !strings.Contains(got, "abgeschlossen") && !strings.Contains(got, "Abstimmung nötig") || len(overview.all("figure svg")) != 1 {
			t.Errorf("overview: %s", got)
		}
		lead.submit(lead.get(at+"/reopen").want(200), "main form.bar").want(200)
		if got := lead.get(at).text("main"); strings.Contains(got, "Wiki, Seite 3") {
			t.Errorf("open again, and still to be read: %s", got)
		}
	})
}

// TestSheetByKeyboard: arrows choose within an indicator, Tab goes on, the draft keeps
// itself; and what is done can be read by everybody who looks at it.
func TestSheetByKeyboard(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	lead, owner, at := w.desk(account.Lead), w.desk(account.Owner), "/assessments/"+w.own["assessment"]
	b := w.tab()
	b.as(lead)
	b.open(at + "/sheet")
	name := `document.activeElement.name + '=' + document.activeElement.value`
	b.Eval(`document.querySelector('.rating input[type=radio]').focus(); ''`)
	b.Do(chromedp.KeyEvent(kb.ArrowDown), chromedp.KeyEvent(kb.ArrowDown))
	first := b.Eval(name)
	b.Do(chromedp.KeyEvent(kb.Tab), chromedp.KeyEvent(kb.Tab))
	if second := b.Eval(name); !strings.HasSuffix(first, "=2") || second == first || !strings.HasPrefix(second, "v-") {
		t.Errorf("two arrows chose %s, two tabs led to %s", first, second)
	}
	saved := b.Eval(`new Promise((done) => { const say = document.getElementById('say')
		new MutationObserver(() => done(say.textContent)).observe(say, { childList: true }) })`)
	if draft := lead.get(at + "/sheet"); saved != "Entwurf gespeichert" || len(draft.all("input[type=radio][checked]")) != 1 {
		t.Errorf("the page says %q", saved)
	}
	w.assess(lead, owner, at)
	for _, path := range []string{at, "/iterations/" + w.own["iteration"] + "/assessments"} {
		b.open(path)
		b.Eval(`for (const d of document.querySelectorAll('main details')) d.open = true; ''`)
		for _, scheme := range []string{"light", "dark"} {
			b.Media("prefers-color-scheme", scheme)
			for _, width := range []int64{390, 1440} {
				b.Size(width, 900)
				if bad := b.Sideways() + b.Axe("../.."); bad != "" {
					t.Errorf("%s, %s, %d px: %s", path, scheme, width, bad)
				}
				b.Picture(fmt.Sprintf("done-%d-%s-%d", len(path), scheme, width))
			}
		}
	}
}

// assess lets two people rate the process so differently that they have to meet.
func (w *world) assess(lead, owner *desk, at string) {
	w.t.Helper()
	lead.submit(lead.get(at+"/edit").want(200), "form.form", "assessors", "2", "target", "3").want(200)
	for value, d := range map[string]*desk{"1": lead, "4": owner} {
		sheet := d.get(at + "/sheet").want(200)
		confirm := d.submit(sheet, "form.rating", append(rated(sheet, value), "then", "finish")...).want(200)
		d.submit(confirm, "main form.bar").want(200)
	}
}

// TestFrameworkIsRefusedByLine: a file tells every wrong line, and once it is sound a
// process can be assessed by it.
func TestFrameworkIsRefusedByLine(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	d, at := w.desk(account.Lead), "/organisations/"+w.own["organisation"]+"/maturity-models"
	send := func(file string) *page { return d.upload(at, url.Values{"csrf": {csrfOf(d)}}, "file", file) }
	good := w.staged("eigenes")
	bad := send(strings.Replace(strings.Replace(good, "here: L", "here: X", 1), "level: 5", "level: 6", 1))
	if got := bad.text("main table"); bad.status != 422 || !strings.Contains(got, "18") || !strings.Contains(got, "15") {
		t.Fatalf("%d %s", bad.status, bad.text("main"))
	}
	if torn := send("id: [\n"); torn.status != 422 {
		t.Errorf("no YAML: %d", torn.status)
	}
	if sound := send(good); sound.header.Get("Location") != at {
		t.Fatalf("%d %s", sound.status, sound.text("main"))
	}
	i, err := w.service.ShowIteration(ctx, account.System(), survey.IterationID(w.own["iteration"]))
	w.check(err)
	form := d.get("/iterations/" + string(i.ID) + "/assessments/new").want(200)
	begun := d.submit(form, "form.form", "process", "", "model", "eigenes").want(200)
	if got := begun.text("h1"); !strings.Contains(got, "Organisation als Ganzes") {
		t.Errorf("begun: %s", got)
	}
}

// TestGoalGetsItsFigureThroughPages: a goal says which letters of SMART it lacks; once it
// is whole, its KPI is made from it and measured in its row, by hand and from a file that
// tells wrong lines.
func TestGoalGetsItsFigureThroughPages(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		w := newWorld(t, database)
		d, list := w.desk(account.Owner), "/iterations/"+w.own["iteration"]+"/goals"
		if got := d.get(list).text("main"); !strings.Contains(got, "M: Woran messen Sie das?") || !strings.Contains(got, "Kennzahl anlegen") {
			t.Fatalf("a goal that is a name alone: %s", got)
		}
		form := d.get(list + "/new").want(200)
		if whole := form.text("#f-process"); strings.Contains(whole, "alle Prozesse") {
			t.Errorf("an owner is offered more than the own processes: %s", whole)
		}
		said := []string{
			"name", "Schneller lösen", "specific", "Störungen sind am selben Tag gelöst.", "metric", "Lösungszeit", "unit", "h", "source", "Service Desk",
			"direction", "down", "baseline", "48,5", "target", "1.234", "owner", "Prozessverantwortung", "agreed", "yes", "relevance", "Verlässlichkeit", "due", "2026-06-01",
		}
		wrong := d.submit(form, "form.form", said...)
		if got := wrong.text("#problem"); wrong.status != 422 || !strings.Contains(got, "Zielwert") || attribute(wrong.one("#f-target"), "value") != "1.234" {
			t.Fatalf("a number that may mean two: %d %s", wrong.status, got)
		}
		set := d.submit(wrong, "form.form", "target", "24").want(200)
		if got := set.text("main"); !strings.Contains(got, "48,5 h") || strings.Count(got, "M: Woran") != 1 {
			t.Errorf("the goal is set: %s", got)
		}
		var link string
		for _, a := range set.all("td a") {
			if strings.Contains(attribute(a, "href"), "kpis/new") {
				link = attribute(a, "href") // of the last goal
			}
		}
		tied := d.submit(d.get(link).want(200), "form.form").want(200)
		row := tied.one("form.quick")
		value := attribute(find(row, "input[inputmode=decimal]")[0], "name")
		if odd := d.submit(tied, "form.quick", value, "viel"); odd.status != 422 || !strings.Contains(odd.text("#problem"), "Schneller lösen") {
			t.Errorf("no number: %d %s", odd.status, odd.text("main"))
		}
		measured := d.submit(tied, "form.quick", value, "30,5").want(200)
		if got := measured.text("main"); !strings.Contains(got, "30,5 h am 02.03.2026") || !strings.Contains(got, "auf dem Weg") {
			t.Errorf("measured: %s", got)
		}
		var kpi string
		for _, a := range measured.all("td a") {
			if to := attribute(a, "href"); strings.HasPrefix(to, "/kpis/") {
				kpi = to
			}
		}
		send := func(file string) *page {
			return d.upload(kpi+"/measurements/import", url.Values{"csrf": {csrfOf(d)}}, "file", file)
		}
		if bad := send("Tag;Wert\n2026-02-01;40\n2026-02-02;viel\n"); bad.status != 422 || !strings.Contains(bad.text("section table"), "3") {
			t.Errorf("a file with a wrong line: %d %s", bad.status, bad.text("main"))
		}
		if good := send("Tag;Wert\n01.02.2026;40,5\n01.03.2026;23\n03.03.2026;22\n"); good.header.Get("Location") != kpi {
			t.Fatalf("a sound file: %d %s", good.status, good.text("main"))
		}
		shown := d.get(kpi).want(200)
		if got := shown.text("main"); !strings.Contains(got, "erreicht") || len(shown.all("figure tbody tr")) != 4 || len(shown.all("figure svg")) != 1 {
			t.Errorf("the figure: %s", got)
		}
		reader := w.desk(account.Steering).get(kpi).want(200)
		if len(reader.all("main form")) != 0 {
			t.Error("who only reads is offered a form")
		}
	})
}
