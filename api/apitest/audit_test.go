package apitest

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/store/storetest"
)

// TestAuditSpeaksInWords: the page names people, objects and actions and the network that
// somebody asked from, and filters by the words; the file keeps the verbs and holds no
// address; an operator reads the installation's own.
func TestAuditSpeaksInWords(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		w := newWorld(t, url)
		lead, home := w.desk(account.Lead), "/organisations/"+w.own["organisation"]
		name := "Weniger Rückläufer"
		_, err := w.service.CreateGoal(ctx, lead.user.Actor(), survey.IterationID(w.own["iteration"]), survey.GoalInput{Name: &name})
		w.check(err)
		p := lead.get(home + "/programmes/new").want(200)
		lead.submit(p, "form.form", "name", "Zweite Welle").want(200)

		p = lead.get(home + "/audit").want(200)
		rows := p.texts("tbody tr")
		has := func(words ...string) bool {
			return slices.ContainsFunc(rows, func(row string) bool {
				return !slices.ContainsFunc(words, func(word string) bool { return !strings.Contains(row, word) })
			})
		}
		if !has(lead.user.Name, "Ziel angelegt", name, "Iteration: Iteration 2") || !has(lead.user.Name, "Projekt begonnen", "Zweite Welle", "192.0.2.0/24") || !has("Befragung ausgezählt") {
			t.Errorf("%q", rows)
		}
		for _, raw := range []string{"goal.create", "round.open", string(lead.user.ID), w.own["round"]} {
			if strings.Contains(strings.Join(rows, " "), raw) {
				t.Errorf("the page tells %s", raw)
			}
		}
		rows = lead.get(home + "/audit?what=goal.create&who=" + strings.Fields(lead.user.Name)[0]).want(200).texts("tbody tr")
		if len(rows) != 1 || !has("Ziel angelegt") {
			t.Errorf("filtered: %q", rows)
		}
		file := lead.get("/api/v1/audit.csv?organisation=" + w.own["organisation"]).want(200).body
		if !strings.Contains(file, "goal.create") || strings.Contains(file, "Ziel angelegt") || strings.Contains(file, "192.0.2") {
			t.Errorf("the file holds\n%s", file)
		}
		if list := lead.get("/api/v1/audit?limit=200&organisation=" + w.own["organisation"]).want(200).body; !strings.Contains(list, `"address":"192.0.2.0/24"`) || !strings.Contains(list, `"de":"Zweite Welle"`) {
			t.Errorf("the API tells\n%s", list)
		}
		operator := w.desk(account.Operator)
		operator.get(home + "/audit").want(http.StatusForbidden)
		if p := operator.get("/audit").want(200); slices.Contains(p.texts("nav a"), "Protokoll") || !slices.Contains(p.texts("nav a"), "Protokoll des Betriebs") {
			t.Errorf("the operator is led to %q", p.texts("nav a"))
		}
	})
}

// TestOverviewTellsWhatIsNext: comments that wait and processes without assessment stand
// among at most three steps, for those who can do something about it; and what happened
// last.
func TestOverviewTellsWhatIsNext(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		w := newWorld(t, url)
		home := "/organisations/" + w.own["organisation"]
		lead := w.desk(account.Lead)
		if got := lead.get(home).want(200).texts(".todo li"); slices.ContainsFunc(got, func(s string) bool { return strings.HasPrefix(s, "Reifegrad") }) {
			t.Errorf("while it is planned: %q", got)
		}
		i, err := w.store.FindIteration(ctx, survey.IterationID(w.own["before"]))
		w.check(err)
		i.Phase, i.Scope = survey.Check, []string{"INC", "CHG"}
		w.check(w.store.UpdateIteration(ctx, i, nil, nil))
		p := lead.get(home).want(200)
		if got := p.texts(".todo li"); len(got) > 3 || !slices.Contains(got, "Reifegrad fehlt: INC, CHG") || !slices.Contains(got, "1 Kommentar prüfen") {
			t.Errorf("next: %q", got)
		}
		if got := p.texts(".events tbody tr"); len(got) != 5 || strings.Contains(strings.Join(got, " "), "API-Token") {
			t.Errorf("last: %q", got)
		}
		if got := w.desk(account.Steering).get(home).want(200).texts(".todo li"); slices.ContainsFunc(got, func(s string) bool { return strings.HasPrefix(s, "Reifegrad") }) {
			t.Errorf("who only reads: %q", got)
		}
	})
}
