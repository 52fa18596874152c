package survey_test

import (
	"crypto/rand"
	"database/sql"
	"fmt"
	"log/slog"
	"math"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pulscheck/survey"
	"pulscheck/survey/ballot"
	"pulscheck/survey/fault"
	"pulscheck/survey/questionnaire"
	"pulscheck/survey/store/storetest"
)

// dump is everything in the database: by table, the rows with their columns as text.
type dump = storetest.Dump

func readAll(t testing.TB, url string) dump { t.Helper(); return storetest.ReadAll(t, url) }

// anonymous are the tables of what is said; identified those of who was asked.
var (
	anonymous  = []string{"ballots", "comments", "issue_marks", "mail_ledger", "questions", "results"}
	identified = []string{"asked", "members", "people", "people_roles", "rosters"}
)

// TestT1NothingLinksPersonAndBallot: no value of four bytes or more stands in both
// kinds of records, but for the round, which is public.
func TestT1NothingLinksPersonAndBallot(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		h := begin(t, url, 200)
		h.answerAll(t, 200)
		d := readAll(t, url)
		if len(d["ballots"]) != 200 || len(d["issue_marks"]) != 200 || len(d["members"]) != 200 {
			t.Fatalf("%d ballots, %d marks, %d members", len(d["ballots"]), len(d["issue_marks"]), len(d["members"]))
		}
		values, windows := map[string]string{}, map[string]bool{}
		each(d, identified, string(h.round.ID), func(where, v string) {
			if len(v) >= 4 {
				values[v] = where
			}
			for i := 0; i+8 <= len(v); i++ {
				windows[v[i:i+8]] = true
			}
		})
		each(d, anonymous, string(h.round.ID), func(where, v string) {
			if values[v] != "" {
				t.Errorf("%s holds a value of %s", where, values[v])
			}
			for i := 0; i+8 <= len(v); i++ {
				if windows[v[i:i+8]] {
					t.Fatalf("%s shares eight bytes with identified records", where)
				}
			}
		})
	})
}

// each visits the values of some tables, but for the public one.
func each(d dump, tables []string, public string, visit func(where, value string)) {
	for _, table := range tables {
		for _, row := range d[table] {
			for column, v := range row {
				if v != public {
					visit(table+"."+column, v)
				}
			}
		}
	}
}

// TestT2NoOrderSurvives: who answered first stands nowhere first.
func TestT2NoOrderSurvives(t *testing.T) {
	const people = 200
	runs := 4
	if testing.Short() {
		runs = 1
	}
	bound := 4.5 / math.Sqrt(float64(runs)*(people-1)) // chance passes it once in 150,000 runs
	if os.Getenv("PULSCHECK_TEST_SOAK") == "1" {
		runs, bound = 20, 0.06 // 99.9 % of what chance gives
	}
	storetest.Each(t, func(t *testing.T, url string) {
		sums := map[string]float64{}
		for run := range runs {
			at := url
			if strings.HasPrefix(url, "sqlite:") {
				at = fmt.Sprintf("%s.%d", url, run)
			}
			for what, r := range orderLeft(t, at, people) {
				sums[what] += r
			}
		}
		for what, sum := range sums {
			mean := sum / float64(runs)
			t.Logf("%s: mean rank correlation %.4f over %d runs, bound %.4f", what, mean, runs, bound)
			if math.Abs(mean) > bound {
				t.Errorf("%s keep an order: mean rank correlation %.4f, at most %.4f", what, mean, bound)
			}
		}
	})
}

// orderLeft lets people answer one after the other and gives how much of that order
// stands in what is stored.
func orderLeft(t *testing.T, url string, people int) map[string]float64 {
	t.Helper()
	h := begin(t, url, people)
	var hashes, texts []string
	for _, fragment := range h.links {
		text := fmt.Sprintf("Anmerkung Nummer %03d", len(texts))
		s := h.answerWith(t, fragment, text)
		hashes = append(hashes, string(ballot.TicketHash(string(h.round.ID), s.Ticket.Nonce)))
		texts = append(texts, text)
	}
	left := map[string]float64{"ballots": correlation(column(readAll(t, url)["ballots"], "ticket_hash"), hashes)}
	if err := h.FinishRound(ctx, h.round.ID); err != nil {
		t.Fatal(err)
	}
	tickets, err := h.TicketHashes(ctx, h.round.ID)
	if err != nil {
		t.Fatal(err)
	}
	var stored, comments []string
	for _, hash := range tickets {
		stored = append(stored, string(hash))
	}
	for _, row := range readAll(t, url)["comments"] {
		if row["round"] == string(h.round.ID) {
			comments = append(comments, row["body"])
		}
	}
	left["tickets"], left["comments"] = correlation(stored, hashes), correlation(comments, texts)
	return left
}

func column(rows []map[string]string, name string) []string {
	var values []string
	for _, r := range rows {
		values = append(values, r[name])
	}
	return values
}

// correlation of the places of the same values in two lists (Spearman).
func correlation(stored, answered []string) float64 {
	place := map[string]int{}
	for i, v := range answered {
		place[v] = i
	}
	n, squares := 0, 0.0
	for _, v := range stored {
		if p, ok := place[v]; ok {
			d := float64(n - p)
			squares += d * d
			n++
		}
	}
	if n < len(answered) {
		return 1 // nothing to compare is no proof
	}
	return 1 - 6*squares/(float64(n)*(float64(n)*float64(n)-1))
}

// answerWith answers with a text.
func (h *house) answerWith(t testing.TB, fragment, text string) survey.Submission {
	t.Helper()
	link, err := ballot.ParseLink(fragment)
	if err != nil {
		t.Fatal(err)
	}
	i, err := h.Invitation(ctx, h.round.ID, survey.Claim{Handle: link.Handle, Secret: link.Secret})
	if err != nil {
		t.Fatal(err)
	}
	s := survey.Submission{Ticket: h.ticket(t, fragment), Payload: payload(i, 3)}
	s.Payload.Text = text
	if _, err := h.CastBallot(ctx, h.round.ID, s); err != nil {
		t.Fatal(err)
	}
	return s
}

// TestT4AnswersAreUnreadable: what was answered stands in no table, file or journal
// while the round is open, nor after it was counted, and a copy of the open round
// cannot be counted once the keys are gone.
func TestT4AnswersAreUnreadable(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		marker := "Quastenflosser" + survey.NewID() // servers keep the logs of earlier runs
		h := begin(t, url, 30)
		n := 0
		for _, fragment := range h.links {
			if n++; n == 10 { // fewer texts than are released
				break
			}
			h.answerWith(t, fragment, marker)
		}
		h.nowhere(t, url, marker, "open")
		backup := storetest.Copy(t, url)
		if err := h.FinishRound(ctx, h.round.ID); err != nil {
			t.Fatal(err)
		}
		h.nowhere(t, url, marker, "counted")
		restored := survey.NewService(survey.Options{
			Store: storetest.Open(t, backup), Keys: h.keys, Now: func() time.Time { return h.now }, Random: rand.Reader, Log: slog.New(slog.DiscardHandler),
		})
		if err := restored.FinishRound(ctx, h.round.ID); !fault.Is(err, "keys-unavailable") {
			t.Errorf("a restored copy was counted: %v", err)
		}
	})
}

// nowhere looks for a marker in tables and files, and for something that stands there
// to see that it looks at the right ones.
func (h *house) nowhere(t testing.TB, url, marker, when string) {
	t.Helper()
	for _, where := range storetest.Holds(t, url, []byte(marker)) {
		t.Errorf("%s: the answer stands in %s", when, where)
	}
	if len(storetest.Holds(t, url, []byte(h.round.ID))) < 2 {
		t.Errorf("%s: the round is found in no table and file", when)
	}
}

// reviewed lists the columns of every table that holds what is said, each looked at
// for what it could tell. A column that is not listed here fails the test.
var reviewed = map[string][]string{
	"issue_marks": {"mark", "req", "round"},                      // HMACs under a key that is destroyed
	"mail_ledger": {"entry", "round", "state"},                   // HMAC of kind and handle, the same rows whoever was reminded
	"ballots":     {"digest", "round", "sealed", "ticket_hash"},  // HMAC, HPKE box, hash of a random nonce
	"results":     {"kept", "results", "round", "tickets"},       // released values, sorted hashes
	"questions":   {"body", "code", "day", "id", "organisation"}, // hash of 128 random bits, random id, day as text
	"comments":    {"body", "id", "kind", "round"},               // shuffled, random ids
}

// TestT6SchemaKeepsAnonymity reads the real schema of both engines.
func TestT6SchemaKeepsAnonymity(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		storetest.Open(t, url)
		db, isMySQL := storetest.Past(t, url)
		all := append(slices.Clone(anonymous), identified...)
		all = append(all, "access_codes", "attempts", "recovery_codes", "sessions", "user_invitations", "user_organisations", "users", // of those who log in
			"assessment_sheets", "assessments", "audit_addresses", "audit_entries", "cadences", "coachings", "field_numbers", "finding_edits", "heartbeats", "idempotency", "identities", "installations", "iterations", "jobs", "list_entries", "logos",
			"kept_forms", "mail_pace", "mailings", "manifests", "maturity_models", "measurements", "moderations", "organisations", "outbox", "programmes", "question_answers", "questionnaires", "records", "report_links", "report_orders", "reports", "rounds", "tokens", "uploads")
		slices.Sort(all)
		if diff := cmp.Diff(all, storetest.Tables(t, url)); diff != "" {
			t.Errorf("a table was not reviewed (-reviewed +schema):\n%s", diff)
		}
		for table, want := range reviewed {
			got, problems := columns(t, db, isMySQL, table)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s has columns that nobody reviewed:\n%s", table, diff)
			}
			for _, p := range problems {
				t.Errorf("%s: %s", table, p)
			}
		}
	})
}

// columns gives the names of a table's columns and what is wrong with them.
func columns(t *testing.T, db *sql.DB, isMySQL bool, table string) (names, problems []string) {
	t.Helper()
	query := "SELECT name, type, \"notnull\", '' FROM pragma_table_info(?)"
	if isMySQL {
		query = "SELECT column_name, column_type, is_nullable = 'NO', extra FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = ?"
	}
	rows, err := db.Query(query, table)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close() //nolint:errcheck // rows.Err tells
	for rows.Next() {
		var name, kind, extra string
		var notNull bool
		if err := rows.Scan(&name, &kind, &notNull, &extra); err != nil {
			t.Fatal(err)
		}
		names = append(names, name)
		if !notNull {
			problems = append(problems, name+" may be NULL, which no unique key sees")
		}
		if strings.Contains(strings.ToLower(kind), "time") || strings.Contains(strings.ToLower(kind), "int") || extra != "" {
			problems = append(problems, fmt.Sprintf("%s is %s %s: a time or a counter", name, kind, extra))
		}
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	if !isMySQL {
		var create string
		if err := db.QueryRow("SELECT sql FROM sqlite_master WHERE name = ?", table).Scan(&create); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(create, "WITHOUT ROWID") {
			problems = append(problems, "the table has hidden row ids, which keep the order")
		}
	}
	slices.Sort(names)
	return names, problems
}

// TestT9OneTicketOneBallot: of fifty that ask at once one gets a ticket, and of fifty
// that send the same one is new.
func TestT9OneTicketOneBallot(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		h := begin(t, url, 12)
		tickets := h.ticketRace(t, 50)
		if len(tickets) != 1 {
			t.Fatalf("%d tickets for one invitation", len(tickets))
		}
		var mu sync.Mutex
		var wg sync.WaitGroup
		created, repeated := 0, 0
		for range 50 {
			wg.Go(func() {
				i := survey.Invitation{Process: "INC", Role: "staff"}
				made, err := h.CastBallot(ctx, h.round.ID, survey.Submission{Ticket: tickets[0], Payload: payload(i, 3)})
				mu.Lock()
				defer mu.Unlock()
				switch {
				case err != nil:
					t.Error(err)
				case made:
					created++
				default:
					repeated++
				}
			})
		}
		wg.Wait()
		if created != 1 || repeated != 49 {
			t.Errorf("%d created, %d repeated; want 1 and 49", created, repeated)
		}
	})
}

// ticketRace asks n times at once for the ticket of one invitation, each time for
// another blinded element, and gives the tickets that came of it.
func (h *house) ticketRace(t *testing.T, n int) []ballot.Ticket {
	t.Helper()
	var link ballot.Link
	for _, fragment := range h.links {
		var err error
		if link, err = ballot.ParseLink(fragment); err != nil {
			t.Fatal(err)
		}
		break
	}
	canonical, err := h.Manifest(ctx, h.round.ID)
	if err != nil {
		t.Fatal(err)
	}
	_, key, err := ballot.ParseManifest(canonical, link.Fingerprint)
	if err != nil {
		t.Fatal(err)
	}
	var mu sync.Mutex
	var wg sync.WaitGroup
	var tickets []ballot.Ticket
	for range n {
		wg.Go(func() {
			blind, err := ballot.NewClaim(string(h.round.ID), key)
			if err != nil {
				t.Error(err)
				return
			}
			issued, err := h.IssueTicket(ctx, h.round.ID, survey.Claim{Handle: link.Handle, Secret: link.Secret}, blind.Blinded)
			if fault.Is(err, "ticket-already-issued") {
				return
			}
			if err != nil {
				t.Error(err)
				return
			}
			ticket, err := blind.Finish(issued.Evaluated, issued.Proof)
			if err != nil {
				t.Error(err)
			}
			mu.Lock()
			defer mu.Unlock()
			tickets = append(tickets, ticket)
		})
	}
	wg.Wait()
	return tickets
}

// TestT13EqualSizes: the least and the most that can be answered are as long.
func TestT13EqualSizes(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		h := begin(t, url, 12)
		n := 0
		for _, fragment := range h.links {
			s := survey.Submission{Ticket: h.ticket(t, fragment)}
			s.Payload = ballot.Payload{Attributes: ballot.Attributes{Process: "INC"}, Answers: map[string]ballot.Answer{"A1": {Value: 1}}}
			if n == 1 {
				s.Payload = payload(survey.Invitation{Process: "INC", Role: "manager", Unit: "it"}, 3)
				s.Payload.Text = strings.Repeat("\U0001F600", questionnaire.TextMax)
				s.Payload.TextKind = "obstacle"
			}
			if _, err := h.CastBallot(ctx, h.round.ID, s); err != nil {
				t.Fatal(err)
			}
			if n++; n == 2 {
				break
			}
		}
		sizes := map[int]int{}
		for _, row := range readAll(t, url)["ballots"] {
			sizes[len(row["sealed"])]++
		}
		if len(sizes) != 1 || sizes[ballot.SealedSize] != 2 {
			t.Errorf("sizes of sealed ballots: %v", sizes)
		}
	})
}
