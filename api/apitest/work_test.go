package apitest

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/schedule"
	"pulscheck/survey/store/storetest"
)

// begin claims the one job of a kind that is due.
func (w *world) begin(kind survey.JobKind) schedule.Job {
	w.t.Helper()
	due, err := w.store.ListDueJobs(ctx, w.now, []survey.JobKind{kind}, 9)
	w.check(err)
	due = slices.DeleteFunc(due, func(j schedule.Job) bool { return j.Organisation != survey.OrganisationID(w.own["organisation"]) })
	j := due[len(due)-1]
	held, err := w.store.ClaimJob(ctx, &j, w.now.Add(15*time.Second))
	if err != nil || !held {
		w.t.Fatal(held, err)
	}
	return j
}

func (w *world) end(j schedule.Job, state schedule.State, failure string) {
	w.t.Helper()
	_, err := w.store.FinishJob(ctx, j, schedule.Outcome{State: state, At: w.now.Add(time.Second), Tries: j.Tries, Failure: failure})
	w.check(err)
}

// told is what the script of a job page hears.
func (d *desk) told(path string) (said struct{ Text, State, Mark string }) {
	d.w.t.Helper()
	d.headers["Accept"] = "application/json"
	defer func() { d.headers["Accept"] = "text/html" }()
	d.w.check(json.Unmarshal([]byte(d.get(path).want(200).body), &said))
	return said
}

const refresh = `<noscript><meta http-equiv="refresh" content="3"></noscript>`

// TestDrawingIsFollowed: who orders a report sees it wait, being drawn, fail, being tried
// again, and what was drawn, with script and without, and never a number that nobody knows.
func TestDrawingIsFollowed(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		w := newWorld(t, url)
		lead, list := w.desk(account.Lead), "/iterations/"+w.own["before"]+"/reports"
		at := list + "/drawing?kind=check"
		p := lead.submit(lead.get(list+"/new"), "form.form", "kind", "check").want(200)
		bar := p.one("progress")
		if p.path != list+"/drawing" || !strings.Contains(p.body, refresh) || has(bar, "value") || !strings.Contains(p.text("#progress-text"), "wird gleich gezeichnet") {
			t.Fatalf("ordered: %s\n%s", p.path, p.text("main"))
		}
		if got := lead.get(list).text(".note"); !strings.Contains(got, "wartet") {
			t.Errorf("the list says %q", got)
		}
		j := w.begin(survey.ReportJob)
		if got := lead.told(at); got.State != "running" || got.Mark != "running" || !strings.HasPrefix(got.Text, "Wird gerade gezeichnet") {
			t.Errorf("at work: %+v", got)
		}
		w.end(j, schedule.Waiting, "internal")
		p = lead.get(at)
		if got := p.text("main"); strings.Contains(p.body, refresh) || !strings.Contains(got, "wird von selbst wiederholt") || !strings.Contains(got, j.Reference()) || !strings.Contains(got, "nächster Versuch") {
			t.Errorf("failed: %s", got)
		}
		if got := w.desk(account.Steering).get(at).want(200); len(got.all("main form")) != 0 {
			t.Errorf("whoever may not order may repeat: %s", got.text("main"))
		}
		again := p
		if p = lead.submit(p, "main form").want(200); !strings.Contains(p.body, refresh) || attribute(p.one("[data-progress]"), "data-mark") != "waiting" {
			t.Errorf("again: %s", p.text("main"))
		}
		w.now = w.now.Add(time.Second)
		j = w.begin(survey.ReportJob)
		if j.Tries != 1 {
			t.Errorf("try %d after it was asked for anew", j.Tries)
		}
		if got := lead.submit(again, "main form", "once", survey.NewID()); got.status != 409 {
			t.Errorf("repeated while it is at work: %d", got.status)
		}
		w.end(j, schedule.Dead, "report-too-large")
		p = lead.get(at)
		if got := p.text("main"); !strings.Contains(got, "nicht von selbst") || strings.Contains(got, "technischer Fehler") || len(p.all("main li")) == 0 {
			t.Errorf("given up: %s", got)
		}
		lead.submit(p, "main form").want(200)
		w.now = w.now.Add(time.Second)
		w.end(w.begin(survey.ReportJob), schedule.Done, "")
		if got := lead.told(at); got.State != "done" {
			t.Errorf("done: %+v", got)
		}
		p = lead.get(at)
		if button := p.one("main a.button"); attribute(button, "href") != "/reports/"+w.own["report"] || len(p.all("progress")) != 0 {
			t.Errorf("done: %s", p.text("main"))
		}
		if got := lead.get(list).all(".note"); len(got) != 0 {
			t.Errorf("the list still says %s", text(got[0]))
		}
	})
}

// TestCountingIsFollowed: the page of a round that ended tells the steps that it really
// goes through, and no number of answers.
func TestCountingIsFollowed(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	w.roundsToLookAt()
	lead, round := w.desk(account.Lead), "/rounds/"+w.own["opened"]
	at := round + "/counting"
	is := func(when, state, want string) *page {
		t.Helper()
		if got := lead.told(at); got.State != state || !strings.Contains(got.Text, want) {
			t.Errorf("%s: %+v", when, got)
		}
		return lead.get(at).want(200)
	}
	if p := is("open", "waiting", "läuft noch"); strings.Contains(p.body, refresh) {
		t.Error("it is asked every three seconds whether weeks are over")
	}
	if p := lead.submit(lead.get(round+"/close"), "main form").want(200); p.path != at || !strings.Contains(p.body, refresh) {
		t.Errorf("closed: %s, %s", p.path, p.text("main"))
	}
	is("closed", "running", "beginnt gleich")
	j := w.begin(survey.CountJob)
	is("at work", "running", "Wird gerade ausgezählt")
	w.end(j, schedule.Waiting, "keys-unavailable")
	p := is("failed", "failed", "sicher verwahrt")
	if got := lead.submit(p, "main form").want(200); !strings.Contains(got.text("#progress-text"), "beginnt gleich") {
		t.Errorf("again: %s", got.text("main"))
	}
	w.now = w.now.Add(time.Second)
	j = w.begin(survey.CountJob)
	w.end(j, schedule.Waiting, "internal") // whatever became of this try, somebody counts it
	w.check(w.service.CountRound(ctx, survey.RoundID(w.own["opened"])))
	p = is("counted", "done", "Schlüssel sind gelöscht")
	if attribute(p.one("main a.button"), "href") != round+"/results" || len(p.all("dd .status.ok")) != 3 || len(p.all("main form")) != 0 {
		t.Errorf("counted: %s", p.text("main"))
	}
	if got := lead.get(round).want(200).all("[href=" + at + "]"); len(got) != 1 {
		t.Errorf("%d links lead from the round to its counting", len(got))
	}
	lead.get("/rounds/" + w.own["draft"] + "/counting").want(409)
}

// TestFormsCountOnce: every form that changes something says so with a token of its own,
// so that it counts once however often it is sent.
func TestFormsCountOnce(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	w.roundsToLookAt()
	w.acts()
	desks, forms := map[account.Role]*desk{}, 0
	for _, p := range slices.Concat(looks, peopleLooks, roundLooks, rateLooks) {
		if p.as == "" {
			continue
		}
		if desks[p.as] == nil {
			desks[p.as] = w.desk(p.as)
		}
		for _, form := range desks[p.as].get(fill(p.path, w.own)).all("main form") {
			if attribute(form, "method") != "post" {
				continue
			}
			forms++
			tokens := find(form, "input")
			if !slices.ContainsFunc(tokens, func(n *html.Node) bool { return attribute(n, "name") == "once" && attribute(n, "value") != "" }) {
				t.Errorf("%s: the form of %s has no token", p.name, attribute(form, "action"))
			}
		}
	}
	if forms < 40 {
		t.Errorf("only %d forms were found", forms)
	}
}
