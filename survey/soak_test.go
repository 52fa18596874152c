package survey_test

import (
	"crypto/rand"
	"fmt"
	"os"
	"runtime/debug"
	"strings"
	"testing"
	"time"

	"pulscheck/survey"
	"pulscheck/survey/ballot"
	"pulscheck/survey/store/storetest"
)

// TestSoakCounting counts 100,000 ballots (2,000 in CI) and tells how long it took
// and how much memory the process held at most meanwhile.
func TestSoakCounting(t *testing.T) {
	n := 2000
	if os.Getenv("PULSCHECK_TEST_SOAK") == "1" {
		n = 100_000
	}
	if testing.Short() {
		n = 200
	}
	url := storetest.SQLite(t)
	h := begin(t, url, n)
	h.stuff(t, url, n)
	debug.FreeOSMemory()
	resetPeak(t)
	start := time.Now()
	if err := h.FinishRound(ctx, h.round.ID); err != nil {
		t.Fatal(err)
	}
	took := time.Since(start)
	results, _, err := h.store.FindResults(ctx, h.round.ID)
	if err != nil {
		t.Fatal(err)
	}
	if *results.Ballots != n || results.Invalid != 0 {
		t.Errorf("%d ballots counted, %d invalid, want %d", *results.Ballots, results.Invalid, n)
	}
	t.Logf("%d ballots counted and forgotten in %.1f s, peak %s", n, took.Seconds(), peak(t))
}

// stuff seals ballots with tickets of its own and puts them into the database, which
// is what n people taking part leave behind.
func (h *house) stuff(t *testing.T, url string, n int) {
	t.Helper()
	keys, err := h.keys.Load(string(h.round.ID))
	if err != nil {
		t.Fatal(err)
	}
	members, err := h.store.ListMembers(ctx, h.round.ID)
	if err != nil {
		t.Fatal(err)
	}
	db, _ := storetest.Past(t, url)
	tx, err := db.Begin()
	if err != nil {
		t.Fatal(err)
	}
	insert, err := tx.Prepare("INSERT INTO ballots (round, ticket_hash, sealed, digest) VALUES (?, ?, ?, ?)")
	if err != nil {
		t.Fatal(err)
	}
	defer insert.Close() //nolint:errcheck // the transaction tells
	for i := range n {
		ticket := ballot.Ticket{Nonce: make([]byte, ballot.NonceSize)}
		rand.Read(ticket.Nonce)
		m := members[i%len(members)]
		p := payload(survey.Invitation{Process: m.Process, Role: m.Role, Unit: m.Unit}, 1+i%5)
		if i%3 == 0 {
			p.Text = fmt.Sprintf("Anmerkung %d", i)
		}
		sealed, err := keys.Seal(ticket, p)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := insert.Exec(string(h.round.ID), sealed.TicketHash, sealed.Box, sealed.Digest); err != nil {
			t.Fatal(err)
		}
	}
	if err := tx.Commit(); err != nil {
		t.Fatal(err)
	}
}

// resetPeak lets the system measure the largest resident set from now on.
func resetPeak(t *testing.T) {
	t.Helper()
	if err := os.WriteFile("/proc/self/clear_refs", []byte("5"), 0o600); err != nil {
		t.Logf("peak memory is that of the whole test: %v", err)
	}
}

func peak(t *testing.T) string {
	t.Helper()
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return "unknown"
	}
	for line := range strings.Lines(string(status)) {
		if v, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			return strings.TrimSpace(v)
		}
	}
	return "unknown"
}
