package apitest

import (
	"strings"
	"testing"
	"time"

	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/store/storetest"
)

// TestTwoOpenARound is the way of two leads of an organisation that wants two: one asks,
// the other one opens, and the same before the time is over.
func TestTwoOpenARound(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	w.own["iteration"] = string(w.iterationOf())
	newDraft(w, w.own)
	_, err := w.service.SubmitRound(ctx, account.System(), survey.RoundID(w.own["round"]))
	w.check(err)
	w.now = w.now.Add(25 * time.Hour)
	settings, round := "/organisations/"+w.own["organisation"]+"/settings", "/rounds/"+w.own["round"]
	anna := w.desk(account.Lead)
	if alone := anna.submit(anna.get(settings), "form.form", "second_person", "yes"); alone.status != 422 || len(alone.all("#f-second_person-wrong")) != 1 {
		t.Fatalf("switched on by the only lead: %d %s", alone.status, alone.text("main"))
	}
	bert := w.desk(account.Lead)
	if on := anna.submit(anna.get(settings), "form.form", "second_person", "yes").want(200); len(on.all("#f-second_person input[checked]")) != 1 {
		t.Fatalf("not switched on: %s", on.text("main"))
	}
	says := func(p *page, want string) {
		t.Helper()
		if got := p.text("main"); !strings.Contains(got, want) {
			t.Fatalf("%d at %s, want %q: %s", p.status, p.path, want, got)
		}
	}
	says(anna.get(round), "Zum Öffnen braucht es zwei Personen")
	says(anna.get(round), "Öffnen beantragen")
	if early := bert.submit(bert.get(round+"/open"), "main form"); early.status != 409 {
		t.Errorf("opened unasked: %d", early.status)
	}
	asked := anna.submit(anna.get(round+"/ask"), "main form").want(200)
	says(asked, "Eine andere Leitung muss bestätigen.")
	if strings.Contains(asked.text("main"), "Bestätigen und öffnen") {
		t.Error("whoever asked is offered to confirm")
	}
	if own := anna.submit(anna.get(round+"/open"), "main form"); own.status != 409 || !strings.Contains(own.text("#problem"), "selbst beantragt") {
		t.Errorf("opened by who asked: %d %s", own.status, own.text("#problem"))
	}
	says(bert.get("/organisations/"+w.own["organisation"]), "wartet auf Ihre Bestätigung")
	says(bert.get(round), "Bestätigen und öffnen")
	seen := bert.get(round + "/open")
	says(anna.submit(anna.get(round+"/ask"), "main form").want(200), "Eine andere Leitung muss bestätigen.") // anew
	if other := bert.submit(seen, "main form"); other.status != 409 || !strings.Contains(other.text("#problem"), "noch einmal an") {
		t.Errorf("opened in another version than was seen: %d %s", other.status, other.text("#problem"))
	}
	says(bert.submit(bert.get(round+"/open"), "main form").want(200), "Ende vor der Zeit beantragen")
	says(bert.submit(bert.get(round+"/ask"), "main form").want(200), "Das Ende vor der Zeit ist beantragt")
	says(anna.get(round), "Bestätigen und beenden")
	if closed := anna.submit(anna.get(round+"/close"), "main form").want(200); closed.path != round+"/counting" {
		t.Errorf("closed: %s", closed.text("main"))
	}
	if got := anna.get("/organisations/" + w.own["organisation"] + "/audit").text("main"); !strings.Contains(got, "Öffnen oder Ende bei einer zweiten Person beantragt") {
		t.Errorf("the audit: %s", got)
	}
}
