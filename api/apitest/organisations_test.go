package apitest

import (
	"strings"
	"testing"
	"time"

	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/locale"
	"pulscheck/survey/store/storetest"
)

// pastCheck gives an organisation a programme with a check that another tool counted: of
// 40 people asked 33 answered.
func (w *world) pastCheck(organisation string) *survey.Round {
	w.t.Helper()
	system, name := account.System(), "Vorgeschichte"
	p, err := w.service.CreateProgramme(ctx, system, survey.OrganisationID(organisation), survey.ProgrammeInput{Name: &name})
	w.check(err)
	i, err := w.service.CreateIteration(ctx, system, p.ID, survey.IterationInput{
		Starts: at(w.now, -200), Checks: at(w.now, -150), Ends: at(w.now, -100), Scope: &[]string{"INC"},
	})
	w.check(err)
	r, wrong, err := w.service.ImportPast(ctx, system, i.ID, survey.PastInput{
		File: strings.NewReader("item;invited;1;2;3;4;5\nA1;40;2;4;8;10;9\nA2;40;1;2;10;12;8\n"), Kind: survey.CheckRound, Closes: i.Checks.Add(time.Hour),
	})
	if err != nil {
		w.t.Fatal(err, wrong)
	}
	return r
}

// TestListOfOrganisationsTellsWhereTheyStand: programmes, the last iteration, and the rate
// of the check that was counted last if it was released, else a dash.
func TestListOfOrganisationsTellsWhereTheyStand(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	row := func(r account.Role) []string { return w.desk(r).get("/organisations").want(200).texts("main tbody td") }
	if got := row(account.Lead); len(got) != 4 || got[0] != "1" || got[2] != "–" {
		t.Errorf("nobody answered: %q", got)
	}
	w.pastCheck(w.own["organisation"])
	if got := row(account.Consultant); len(got) != 4 || got[0] != "2" || got[1] != "Iteration 1" || !strings.HasPrefix(got[2], "–") {
		t.Errorf("the check that closed last was answered by nobody: %q", got)
	}
	o, err := w.service.CreateOrganisation(ctx, account.System(), survey.OrganisationInput{Key: "suedwind", Name: "Südwind"})
	w.check(err)
	_, err = w.service.CreateEntry(ctx, account.System(), o.ID, survey.ProcessList, survey.EntryInput{Key: "INC", Name: locale.Text{DE: "Störung", EN: "Incident"}})
	w.check(err)
	w.pastCheck(string(o.ID))
	d := w.nobody()
	u := w.user(account.Auditor, string(o.ID))
	secret, session := account.NewSession(u.ID, account.Full, w.now)
	w.check(w.store.CreateSession(ctx, session, nil))
	d.user, d.cookies["__Host-session"] = u, secret
	if got := d.get("/organisations").want(200).texts("main tbody td"); len(got) != 4 || got[0] != "1" || !strings.HasPrefix(got[2], "83") {
		t.Errorf("33 of 40 answered: %q", got)
	}
	if got := row(account.Operator); len(got) != 6 || got[1] != "5" {
		t.Errorf("an operator sees inside: %q", got)
	}
}

// TestImportedRoundAndFrameworkAreDeletedThroughPages: each is asked for on a page of its
// own that says what follows.
func TestImportedRoundAndFrameworkAreDeletedThroughPages(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	past, d := w.pastCheck(w.own["organisation"]), w.desk(account.Consultant)
	ask := d.get("/rounds/" + string(past.ID) + "/delete").want(200)
	if got := ask.texts(".facts li"); len(got) != 4 {
		t.Errorf("said of the round: %q", got)
	}
	d.submit(ask, "main form").want(200)
	d.get("/rounds/" + string(past.ID)).want(404)

	models := "/organisations/" + w.own["organisation"] + "/maturity-models"
	remove := models + "/" + w.own["model"] + "/delete"
	name := survey.IterationID(w.own["iteration"])
	process, model := "CHG", w.own["model"]
	_, err := w.service.CreateAssessment(ctx, account.System(), name, survey.AssessmentInput{Process: &process, Model: &model})
	w.check(err)
	if got := d.submit(d.get(remove).want(200), "main form"); got.status != 409 || !strings.Contains(got.text("main"), "schon eingeschätzt") {
		t.Errorf("a framework in use: %d %s", got.status, got.text("main"))
	}
	w.own["home"] = w.own["organisation"]
	newModel(w, w.own)
	after := d.submit(d.get(models+"/"+w.own["model"]+"/delete").want(200), "main form").want(200)
	if strings.Contains(after.text("main"), w.own["model"]) {
		t.Error("the framework is there")
	}
	d.get(models + "/iso33020-2015/delete").want(200)
	if got := d.post(models+"/iso33020-2015/delete", map[string][]string{"csrf": {csrfOf(d)}}); got.status != 409 {
		t.Errorf("a framework that comes with the house: %d", got.status)
	}
}
