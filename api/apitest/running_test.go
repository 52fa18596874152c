package apitest

import (
	"strings"
	"testing"

	"pulscheck/survey/account"
	"pulscheck/survey/store/storetest"
)

// TestOverviewShowsRoundsOfOtherIterations: a round that still runs when the next
// iteration has begun stands on the overview, with its iteration and the way to it.
func TestOverviewShowsRoundsOfOtherIterations(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	db, _ := storetest.Past(t, w.url)
	_, err := db.ExecContext(ctx, "UPDATE iterations SET phase = 'DONE' WHERE id = ?", w.own["before"])
	w.check(err)
	d, home := w.desk(account.Lead), "/organisations/"+w.own["organisation"]
	if got := d.get(home).want(200).text("main"); !strings.Contains(got, "Noch keine Befragung geplant") {
		t.Fatalf("before: %s", got)
	}
	_, err = db.ExecContext(ctx, "UPDATE rounds SET state = 'open' WHERE id = ?", w.own["counted"])
	w.check(err)
	p := d.get(home).want(200)
	row := p.all("tbody th")[0]
	if got := attribute(find(row, "a")[0], "href"); got != "/rounds/"+w.own["counted"] || !strings.Contains(text(row), "Iteration 1") {
		t.Errorf("the round that runs leads to %s: %s", got, text(row))
	}
	if got := p.text("main"); !strings.Contains(got, "Rücklauf") || !strings.Contains(got, "laufende aus anderen") {
		t.Errorf("of its answers nothing is told: %s", got)
	}
}
