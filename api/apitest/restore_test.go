package apitest

import (
	"maps"
	"net/http"
	"strings"
	"testing"

	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/audit"
	"pulscheck/survey/store/storetest"
)

// TestRestoreIsToldOnPages: what a restore did to rounds stands on their pages, in the API
// and in the audit, and whoever was signed in is not any more.
func TestRestoreIsToldOnPages(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	w.roundsToLookAt()
	open, over := w.own["opened"], maps.Clone(w.own)
	newDraft(w, over)
	_, err := w.service.SubmitRound(ctx, account.System(), survey.RoundID(over["round"]))
	w.check(err)
	w.now = w.now.AddDate(0, 0, 8)
	_, err = w.service.OpenRound(ctx, account.System(), survey.RoundID(over["round"]))
	w.check(err)
	before := w.desk(account.Lead)
	organisation := survey.OrganisationID(w.own["organisation"])
	w.check(w.service.Witness(ctx))
	g, err := w.store.FindGeneration(ctx)
	w.check(err)
	_, err = w.store.RestoreDatabase(ctx, survey.Restoration{
		From: g.Number, To: g.Number + 1, At: w.now, Marked: []survey.RoundID{survey.RoundID(open)},
		Over: []survey.Job{{Kind: survey.CountJob, Object: over["round"], Organisation: organisation, Due: w.now}},
		Told: []audit.Entry{{Organisation: string(organisation), At: w.now, Actor: audit.System, Verb: "organisation.restore", Subject: string(organisation), Detail: map[string]string{"marked": "1", "over": "1", "persons": "2"}}},
	})
	w.check(err)
	if p := before.get("/rounds/" + open); p.path != "/login" {
		t.Errorf("still signed in: %s", p.path)
	}
	lead := w.desk(account.Lead)
	for path, want := range map[string]string{
		"/rounds/" + open:                                   "einzelne können zweimal geantwortet haben",
		"/rounds/" + over["round"]:                          "Sie wird nie noch einmal ausgezählt",
		"/rounds/" + over["round"] + "/counting":            "Sie wird nie noch einmal ausgezählt",
		"/rounds/" + over["round"] + "/results":             "Sie wird nie noch einmal ausgezählt",
		"/organisations/" + string(organisation) + "/audit": "Personen wieder gelöscht: 2",
	} {
		if got := lead.get(path).text("main"); !strings.Contains(got, want) {
			t.Errorf("%s does not say %q: %s", path, want, got)
		}
	}
	if offers := lead.get("/rounds/" + over["round"]).text("main"); strings.Contains(offers, "Rücklauf ansehen") {
		t.Errorf("a round that is over is offered to be looked at as if it were open: %s", offers)
	}
	token := w.tokens[account.Lead]
	if said := w.send(http.MethodGet, "/rounds/"+open, token, "").Body.String(); !strings.Contains(said, `"restored":"`) {
		t.Errorf("the API: %s", said)
	}
	if said := w.send(http.MethodGet, "/rounds/"+over["round"]+"/counting", token, "").Body.String(); !strings.Contains(said, `"forfeited":true`) {
		t.Errorf("the API: %s", said)
	}
}
