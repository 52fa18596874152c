package store_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"pulscheck/survey"
	"pulscheck/survey/audit"
	"pulscheck/survey/ballot"
	"pulscheck/survey/fault"
	"pulscheck/survey/questionnaire"
	"pulscheck/survey/store"
	"pulscheck/survey/store/storetest"
	"pulscheck/survey/tally"
)

var (
	ctx = context.Background()
	now = time.Date(2026, 3, 29, 0, 59, 59, 123456000, time.UTC) // a second before the clocks change in Berlin
)

func hash(s string) []byte {
	sum := sha256.Sum256([]byte(s))
	return sum[:]
}

// open stores an organisation and opens a round with n members.
func open(t *testing.T, s *store.Store, n int) *survey.Round {
	t.Helper()
	o := storetest.Organisation(t, s)
	people := storetest.People(t, s, o, n)
	r := storetest.Round(t, s, o, questionnaire.Check(), now)
	openRound(t, s, r, people)
	return r
}

// opening is what the audit is told of an opening.
func opening(r *survey.Round) audit.Entry {
	return audit.Entry{Organisation: string(r.Organisation), At: now, Actor: audit.System, Verb: "round.open", Subject: string(r.ID)}
}

// closing is what the audit is told of a closing.
func closing() audit.Entry { return audit.Entry{At: now, Actor: audit.System, Verb: "round.close"} }

func openRound(t *testing.T, s *store.Store, r *survey.Round, people []survey.Person) {
	t.Helper()
	r.Invited, r.Fingerprint = len(people), hash("manifest")
	f := &survey.Frozen{Asked: map[survey.PersonID]survey.ProcessRole{}}
	o := survey.Opened{Round: r, Manifest: []byte(`{"round":"ä"}`), Frozen: f, Told: opening(r)}
	for _, p := range people {
		f.Members = append(f.Members, survey.Member{
			Handle: hash(string(p.ID))[:16], Person: p.ID, Process: p.Roles[0].Process, Role: p.Roles[0].Role, Unit: p.Unit, Locale: p.Locale,
		})
		f.Roster = append(f.Roster, survey.RosterRow{Mark: hash("roster" + string(p.ID)), Process: p.Roles[0].Process, Role: p.Roles[0].Role, Unit: p.Unit})
		f.Asked[p.ID] = p.Roles[0]
	}
	if err := s.OpenRound(ctx, o); err != nil {
		t.Fatal(err)
	}
}

func sealed(name string) survey.SealedBallot {
	return survey.SealedBallot{TicketHash: hash(name), Sealed: bytes.Repeat(hash(name)[:1], 5232), Digest: hash("digest" + name)}
}

func TestRowsComeBackAsTheyWere(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		s := storetest.Open(t, url)
		o := storetest.Organisation(t, s)
		people := storetest.People(t, s, o, 12)
		got, err := s.FindOrganisation(ctx, o.ID)
		if diff := cmp.Diff(o, got); err != nil || diff != "" {
			t.Errorf("organisation: %v\n%s", err, diff)
		}
		listed, err := s.ListPeople(ctx, o.ID)
		if diff := cmp.Diff(people, listed); err != nil || diff != "" {
			t.Errorf("people: %v\n%s", err, diff)
		}
		r := storetest.Round(t, s, o, questionnaire.Check(), now)
		found, err := s.FindRound(ctx, r.ID)
		if diff := cmp.Diff(r, found, cmpopts.EquateEmpty()); err != nil || diff != "" {
			t.Errorf("round: %v\n%s", err, diff)
		}
		if found.Questionnaire.Hash() != r.Questionnaire.Hash() {
			t.Error("questionnaire comes back as another version")
		}
		if _, err := s.FindRound(ctx, "none"); fault.Of(err).Kind != fault.NotFound {
			t.Errorf("unknown round: %v", err)
		}
	})
}

func TestOpeningFreezesOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		s := storetest.Open(t, url)
		r := open(t, s, 12)
		err := s.OpenRound(ctx, survey.Opened{Round: r, Manifest: []byte("other"), Frozen: &survey.Frozen{}, Told: opening(r)})
		if !fault.Is(err, "round-open") {
			t.Errorf("second opening: %v, want round-open", err)
		}
		canonical, err := s.FindManifest(ctx, r.ID)
		if string(canonical) != `{"round":"ä"}` || err != nil {
			t.Errorf("manifest %s, %v", canonical, err)
		}
		members, err := s.ListMembers(ctx, r.ID)
		if len(members) != 12 || err != nil {
			t.Errorf("%d members, %v", len(members), err)
		}
		one, err := s.FindMember(ctx, r.ID, members[3].Handle)
		if diff := cmp.Diff(&members[3], one); err != nil || diff != "" {
			t.Errorf("member: %v\n%s", err, diff)
		}
		asked, err := s.CountAsked(ctx, r.Organisation)
		if err != nil || len(asked) != 12 || asked[members[0].Person][survey.ProcessRole{Process: members[0].Process, Role: members[0].Role}] != 1 {
			t.Errorf("asked: %v, %v", asked, err)
		}
		entries, err := s.ListAudit(ctx, r.Organisation)
		if err != nil || len(entries) != 1 || audit.Verify(entries) != nil {
			t.Errorf("audit: %v, %v", entries, err)
		}
	})
}

func TestMarksAndBallotsCountOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		s := storetest.Open(t, url)
		r := open(t, s, 12)
		var wg sync.WaitGroup
		var mu sync.Mutex
		created, firsts := 0, map[string]bool{}
		for i := range 50 {
			wg.Go(func() {
				_, made, err := s.CreateBallot(ctx, r.ID, sealed("one"))
				req, err2 := s.CreateMark(ctx, r.ID, hash("mark"), hash(fmt.Sprint("req", i)))
				mu.Lock()
				defer mu.Unlock()
				if err != nil || err2 != nil {
					t.Errorf("%v, %v", err, err2)
				}
				if made {
					created++
				}
				firsts[string(req)] = true
			})
		}
		wg.Wait()
		if created != 1 || len(firsts) != 1 {
			t.Errorf("%d of 50 equal ballots created, %d different first requests; want 1 and 1", created, len(firsts))
		}
		other := sealed("one")
		other.Digest = hash("other answers")
		digest, made, err := s.CreateBallot(ctx, r.ID, other)
		if made || err != nil || !bytes.Equal(digest, hash("digestone")) {
			t.Errorf("other answers: %v %v %x", made, err, digest)
		}
	})
}

// TestKnownBallotAmongNewOnes: a repetition that waits with new ballots neither keeps
// them out nor comes in twice.
func TestKnownBallotAmongNewOnes(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		s := storetest.Open(t, url)
		r := open(t, s, 12)
		var wg sync.WaitGroup
		var created atomic.Int64
		for i := range 60 { // each of 20 ballots three times
			wg.Go(func() {
				name := fmt.Sprint(i % 20)
				digest, made, err := s.CreateBallot(ctx, r.ID, sealed(name))
				if err != nil || !bytes.Equal(digest, hash("digest"+name)) {
					t.Errorf("ballot %s: %x, %v", name, digest, err)
				}
				if made {
					created.Add(1)
				}
			})
		}
		wg.Wait()
		stored := 0
		err := s.EachBallot(ctx, r.ID, func(survey.SealedBallot) error { stored++; return nil })
		if created.Load() != 20 || stored != 20 || err != nil {
			t.Errorf("%d told as created, %d stored, %v; want 20", created.Load(), stored, err)
		}
	})
}

func TestClosedRoundTakesNothing(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		s := storetest.Open(t, url)
		r := open(t, s, 12)
		if err := s.CloseRound(ctx, r.ID, closing()); err != nil {
			t.Fatal(err)
		}
		if _, _, err := s.CreateBallot(ctx, r.ID, sealed("late")); !fault.Is(err, "round-closed") {
			t.Errorf("late ballot: %v, want round-closed", err)
		}
		if _, err := s.CreateMark(ctx, r.ID, hash("m"), hash("r")); !fault.Is(err, "round-closed") {
			t.Errorf("late ticket: %v, want round-closed", err)
		}
	})
}

// TestClosingFixesTheBallots closes while ballots arrive: every ballot that was
// acknowledged is there, and none comes later.
func TestClosingFixesTheBallots(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		s := storetest.Open(t, url)
		r := open(t, s, 12)
		var wg sync.WaitGroup
		var mu sync.Mutex
		acknowledged := map[string]bool{}
		for i := range 80 {
			wg.Go(func() {
				b := sealed(fmt.Sprint(i))
				_, _, err := s.CreateBallot(ctx, r.ID, b)
				if err == nil {
					mu.Lock()
					acknowledged[string(b.TicketHash)] = true
					mu.Unlock()
				} else if !fault.Is(err, "round-closed") {
					t.Error(err)
				}
			})
			if i == 30 {
				wg.Go(func() {
					if err := s.CloseRound(ctx, r.ID, closing()); err != nil {
						t.Error(err)
					}
				})
			}
		}
		wg.Wait()
		stored := map[string]bool{}
		var last []byte
		err := s.EachBallot(ctx, r.ID, func(b survey.SealedBallot) error {
			if bytes.Compare(last, b.TicketHash) >= 0 {
				t.Error("ballots do not come in order of their hashes")
			}
			last = b.TicketHash
			stored[string(b.TicketHash)] = true
			return nil
		})
		if diff := cmp.Diff(acknowledged, stored); err != nil || diff != "" {
			t.Errorf("%v: acknowledged and stored differ", err)
		}
	})
}

func TestCountingStoresOnceAndForgets(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		s := storetest.Open(t, url)
		r := open(t, s, 12)
		for i := range 7 {
			if _, _, err := s.CreateBallot(ctx, r.ID, sealed(fmt.Sprint(i))); err != nil {
				t.Fatal(err)
			}
		}
		if err := s.CloseRound(ctx, r.ID, closing()); err != nil {
			t.Fatal(err)
		}
		invited, err := s.ListInvited(ctx, r.ID)
		sum := 0
		for _, c := range invited {
			sum += c.Invited
		}
		if sum != 12 || err != nil {
			t.Errorf("%d invited, %v", sum, err)
		}
		counted := survey.CountedRound{
			Round: r.ID, At: now, Ballots: 6,
			Results: &tally.Results{Round: string(r.ID), Ballots: new(7), Texts: []tally.Comment{{Text: "Größer 😀", Kind: "idea"}}},
			Kept:    &tally.Kept{}, TicketHashes: [][]byte{hash("0"), hash("1")},
		}
		if err := s.CountRound(ctx, counted); err == nil {
			t.Error("stored results that leave out a ballot")
		}
		counted.Ballots = 7
		if err := s.CountRound(ctx, counted); err != nil {
			t.Fatal(err)
		}
		if err := s.CountRound(ctx, counted); !fault.Is(err, "round-counted") {
			t.Errorf("counted twice: %v", err)
		}
		for range 2 {
			if err := s.ForgetRound(ctx, r.ID, now); err != nil {
				t.Fatal(err)
			}
		}
		forgotten(t, s, r.ID)
		results, _, err := s.FindResults(ctx, r.ID)
		if err != nil || *results.Ballots != 7 || !results.CountedAt.Equal(now) {
			t.Errorf("results %+v, %v", results, err)
		}
		comments, err := s.ListComments(ctx, r.ID)
		if err != nil || len(comments) != 1 || comments[0].Text != "Größer 😀" || comments[0].Kind != "idea" || comments[0].Moderation.Outcome != "" {
			t.Errorf("comments: %+v, %v", comments, err)
		}
		hashes, err := s.ListTicketHashes(ctx, r.ID)
		if diff := cmp.Diff(counted.TicketHashes, hashes); err != nil || diff != "" {
			t.Errorf("ticket hashes: %v\n%s", err, diff)
		}
		entries, err := s.ListAudit(ctx, r.Organisation)
		if err != nil || len(entries) != 4 || audit.Verify(entries) != nil {
			t.Errorf("audit: %v, %v", entries, err)
		}
	})
}

// TestRostersAreComparedUntilTheNextRound: who stayed, came, left and moved is known
// as numbers; only the roster of the last counted round of a programme is kept.
func TestRostersAreComparedUntilTheNextRound(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		s := storetest.Open(t, url)
		o := storetest.Organisation(t, s)
		people := storetest.People(t, s, o, 14)
		for i := range people {
			people[i].Unit, people[i].Roles[0] = "it", survey.ProcessRole{Process: "INC", Role: "staff"}
		}
		first := storetest.Round(t, s, o, questionnaire.Check(), now)
		other := storetest.Round(t, s, o, questionnaire.Check(), now) // of another programme
		iteration, err := s.FindIteration(ctx, first.Iteration)
		if err != nil {
			t.Fatal(err)
		}
		second := storetest.NextRound(t, s, o, iteration.Programme, 2, questionnaire.Check(), now.AddDate(0, 3, 0))
		openRound(t, s, other, people)
		count(t, s, other)
		openRound(t, s, first, people[:12])
		count(t, s, first)
		people[2].Roles[0].Process = "CHG"
		openRound(t, s, second, people[1:])
		earlier, err := s.ListEarlier(ctx, second.ID)
		if err != nil || len(earlier) != 1 || earlier[0].Number != 1 || !earlier[0].Check || earlier[0].Results.Round != string(first.ID) {
			t.Errorf("earlier rounds: %+v, %v", earlier, err)
		}
		at := func(process string) *ballot.Attributes {
			return &ballot.Attributes{Process: process, Role: "staff", Unit: "it"}
		}
		want := []tally.Move{
			{From: at("INC"), To: at("INC"), People: 10}, {From: at("INC"), To: at("CHG"), People: 1}, {From: at("INC"), People: 1}, {To: at("INC"), People: 2},
		}
		got, err := s.CompareRosters(ctx, first.ID, second.ID)
		less := func(a, b tally.Move) bool { return fmt.Sprint(a.From, a.To) < fmt.Sprint(b.From, b.To) }
		if diff := cmp.Diff(want, got, cmpopts.SortSlices(less)); err != nil || diff != "" {
			t.Errorf("%v (-want +got):\n%s", err, diff)
		}
		count(t, s, second)
		if got, err := s.CompareRosters(ctx, first.ID, second.ID); got != nil || err != nil {
			t.Errorf("roster of the first round: %v, %v", got, err)
		}
		if got, err := s.CompareRosters(ctx, other.ID, second.ID); got == nil || err != nil {
			t.Errorf("roster of the other programme is gone: %v", err)
		}
	})
}

// count closes, counts and forgets a round without ballots.
func count(t *testing.T, s *store.Store, r *survey.Round) {
	t.Helper()
	at := r.Closes
	counted := survey.CountedRound{Round: r.ID, At: at, Results: &tally.Results{Round: string(r.ID)}, Kept: &tally.Kept{}}
	for _, step := range []error{s.CloseRound(ctx, r.ID, closing()), s.CountRound(ctx, counted), s.ForgetRound(ctx, r.ID, at)} {
		if step != nil {
			t.Fatal(step)
		}
	}
}

func forgotten(t *testing.T, s *store.Store, id survey.RoundID) {
	t.Helper()
	members, err := s.ListMembers(ctx, id)
	if len(members) != 0 || err != nil {
		t.Errorf("%d members are left, %v", len(members), err)
	}
	err = s.EachBallot(ctx, id, func(survey.SealedBallot) error { return errors.New("a ballot is left") })
	if err != nil {
		t.Error(err)
	}
	r, err := s.FindRound(ctx, id)
	if err != nil || r.State != survey.Done {
		t.Errorf("round %v, %v", r, err)
	}
}

func TestOpenRefuses(t *testing.T) {
	for url, key := range map[string]string{
		"":                                  "database-url",
		"postgres:secret@host":              "database-url",
		"mysql:no dsn secret":               "database-url",
		"mysql:u:secret@tcp(127.0.0.1:1)/x": "database-unavailable",
	} {
		_, err := store.Open(ctx, url, store.Options{})
		if !fault.Is(err, key) {
			t.Errorf("%s: %v, want %s", url, err, key)
		}
		if err != nil && bytes.Contains([]byte(err.Error()), []byte("secret")) {
			t.Errorf("%s: the error tells a secret: %v", url, err)
		}
	}
	if _, err := store.Open(ctx, storetest.SQLite(t), store.Options{}); !fault.Is(err, "schema-old") {
		t.Errorf("empty database: %v, want schema-old", err)
	}
}

func TestReplicasMigrateOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		var wg sync.WaitGroup
		for range 3 {
			wg.Go(func() {
				s, err := store.Open(ctx, url, store.Options{Migrate: true, AllowWeakDurability: true})
				if err != nil {
					t.Error(err)
					return
				}
				defer s.Close() //nolint:errcheck // nothing was written
				if state, err := s.Migrations(ctx); err != nil || state.Pending() != 0 {
					t.Errorf("%+v, %v", state, err)
				}
			})
		}
		wg.Wait()
	})
}

// TestCutOffStepIsMended: columns were added, then the process was killed before it said
// so. SQLite rolls them back with the record.
func TestCutOffStepIsMended(t *testing.T) {
	url := storetest.MySQL(t)
	storetest.Open(t, url)
	db := raw(t, url)
	defer db.Close()       //nolint:errcheck // a test is over
	const lastColumn = 195 // step that adds the last column
	if _, err := db.Exec("DELETE FROM goose_db_version WHERE version_id >= ?", lastColumn); err != nil {
		t.Fatal(err)
	}
	s := storetest.Open(t, url)
	state, err := s.Migrations(ctx)
	if err != nil || state.Pending() != 0 {
		t.Errorf("%+v, %v", state, err)
	}
	storetest.Round(t, s, storetest.Organisation(t, s), questionnaire.Check(), now)
}

// raw opens the database of a test past the store.
func raw(t *testing.T, url string) *sql.DB {
	t.Helper()
	kind, rest, _ := strings.Cut(url, ":")
	db, err := sql.Open(kind, rest)
	if err != nil {
		t.Fatal(err)
	}
	return db
}
