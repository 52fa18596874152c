package apitest

import (
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/mail"
	"pulscheck/survey/store/storetest"
)

// TestTestMailGoesToWhoAsks: it goes through the outbox to the own address, the page shows
// how far it got, and another one is refused for a while.
func TestTestMailGoesToWhoAsks(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		w := newWorld(t, database)
		for role, at := range map[account.Role]string{account.Lead: "/organisations/" + w.own["organisation"] + "/settings", account.Operator: "/installation"} {
			d := w.desk(role)
			if got := d.get(at).want(200).text("main"); strings.Contains(got, "Letzte Testmail") {
				t.Errorf("%s, before: %s", role, got)
			}
			d.send("POST", at+"/test-mail", url.Values{"csrf": {csrfOf(d)}}).want(303)
			if got := d.get(at).want(200).text("main"); !strings.Contains(got, "Letzte Testmail: wartet auf den Versand") {
				t.Errorf("%s, after asking: %s", role, got)
			}
			again := d.send("POST", at+"/test-mail", url.Values{"csrf": {csrfOf(d)}}).want(429)
			if got := again.text("#problem"); !strings.Contains(got, "Alle fünf Minuten") {
				t.Errorf("%s, asking again: %s", role, got)
			}
			letters, err := w.store.ListDueLetters(ctx, w.now, 100)
			w.check(err)
			own := d.get("/account").text("main")
			i := slices.IndexFunc(letters, func(l mail.Queued) bool {
				return l.Letter.Kind == survey.TestMail && strings.Contains(own, l.Letter.Recipient)
			})
			if i < 0 {
				t.Fatalf("%s: no letter to the own address among %d", role, len(letters))
			}
			last := letters[i]
			_, err = w.store.ClaimLetter(ctx, last.ID, w.now.Add(time.Hour))
			w.check(err)
			w.check(w.store.SettleLetter(ctx, last.ID, mail.Settled{State: "failed", Due: w.now, Outcome: "recipient: 550 5.1.1"}))
			if got := d.get(at).text("main"); !strings.Contains(got, "Letzte Testmail: abgelehnt recipient: 550 5.1.1") {
				t.Errorf("%s, refused: %s", role, got)
			}
		}
	})
}

// TestOperatorSeesHowTheInstallationStands: what is told is what the database says of
// itself, and keys that are missing are told.
func TestOperatorSeesHowTheInstallationStands(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) {
		w := newWorld(t, database)
		kind, backup := "SQLite", "VACUUM INTO"
		if strings.HasPrefix(database, "mysql:") {
			kind, backup = "M", "mysqldump"
		}
		d := w.desk(account.Operator)
		got := d.get("/installation").want(200).text("main")
		for _, part := range []string{kind, backup, "Schlüsseln aller laufenden Runden", "0 Runden", "legt selbst keine Sicherung an"} {
			if !strings.Contains(got, part) {
				t.Errorf("%q is missing: %s", part, got)
			}
		}
		state, err := w.service.ShowInstallation(ctx, account.System())
		w.check(err)
		if state.Database.Schema == 0 || state.Database.Schema != state.Database.Latest || state.Database.Migrated.IsZero() {
			t.Errorf("the schema is at %d of %d since %v", state.Database.Schema, state.Database.Latest, state.Database.Migrated)
		}
		db, _ := storetest.Past(t, w.url)
		_, err = db.ExecContext(ctx, "UPDATE rounds SET state = 'open' WHERE id = ?", w.own["counted"])
		w.check(err)
		if got := d.get("/installation").want(200).text("main"); !strings.Contains(got, "Bei 1 laufenden Runde fehlen die Schlüssel") {
			t.Errorf("keys of an open round are gone: %s", got)
		}
	})
}

// noTestMail forgets that there was one, so that the next may be asked for.
func noTestMail(w *world, _ map[string]string) {
	w.t.Helper()
	db, _ := storetest.Past(w.t, w.url)
	_, err := db.ExecContext(ctx, "DELETE FROM outbox WHERE kind = 'test'")
	w.check(err)
}
