package main

import (
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/audit"
	"pulscheck/survey/questionnaire"
	"pulscheck/survey/store/storetest"
)

// fleet is a database with rounds that are due and the processes that serve it.
type fleet struct {
	*world
	t             *testing.T
	db            *sql.DB
	url           string
	organisations []*survey.Organisation
	replicas      []*child
}

func startFleet(t *testing.T, organisations, people int) *fleet {
	t.Helper()
	url := storetest.MySQL(t)
	f := &fleet{world: startWorld(t, url), t: t, url: url}
	f.set(time.Now())
	var err error
	if f.db, err = sql.Open("mysql", strings.TrimPrefix(url, "mysql:")); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.db.Close() }) //nolint:errcheck // a test is over
	for range organisations {
		o := storetest.Organisation(t, f.store)
		storetest.People(t, f.store, o, people)
		f.organisations = append(f.organisations, o)
	}
	return f
}

// round stores a round that is open from an hour ago.
func (f *fleet) round(i int, closes time.Time) *survey.Round {
	f.t.Helper()
	o := f.organisations[i%len(f.organisations)]
	p := &survey.Programme{ID: survey.ProgrammeID(survey.NewID()), Organisation: o.ID, Name: "ITSM"}
	q := questionnaire.Check()
	r := &survey.Round{
		ID: survey.RoundID(survey.NewID()), Organisation: o.ID, Kind: survey.CheckRound, Title: q.Title,
		Opens: time.Now().Add(-time.Hour), Closes: closes, K: o.K, Questionnaire: q,
	}
	it := &survey.Iteration{ID: survey.IterationID(survey.NewID()), Programme: p.ID, Number: 1, Phase: survey.Do, Starts: r.Opens, Ends: closes}
	r.Iteration = it.ID
	ctx := context.Background()
	if err := f.store.CreateProgramme(ctx, p); err != nil {
		f.t.Fatal(err)
	}
	if err := f.store.CreateIteration(ctx, it); err != nil {
		f.t.Fatal(err)
	}
	if err := f.store.CreateRound(ctx, r); err != nil {
		f.t.Fatal(err)
	}
	return r
}

// opening stores a draft that a job opens at once; closing an open round that jobs
// close and count.
func (f *fleet) opening(i int) {
	r := f.round(i, time.Now().Add(24*time.Hour))
	if err := f.store.EnsureJobs(context.Background(), r.Planned()); err != nil {
		f.t.Fatal(err)
	}
}

func (f *fleet) closing(i int, at time.Time) {
	f.t.Helper()
	if _, err := f.service.OpenRound(context.Background(), account.System(), f.round(i, at).ID); err != nil {
		f.t.Fatal(err)
	}
}

func (f *fleet) number(query string, args ...any) (n int) {
	f.t.Helper()
	if err := f.db.QueryRow(query, args...).Scan(&n); err != nil {
		f.t.Fatal(err)
	}
	return n
}

// wait asks the database until it gives what is waited for.
func (f *fleet) wait(what string, atMost time.Duration, reached func() bool) time.Duration {
	f.t.Helper()
	began := time.Now()
	for !reached() {
		if time.Since(began) > atMost {
			f.t.Fatalf("%s: not within %v", what, atMost)
		}
		time.Sleep(20 * time.Millisecond)
	}
	return time.Since(began)
}

// effects counts what the jobs did, by what the audit tells of it.
func (f *fleet) effects() map[string]int {
	f.t.Helper()
	counts := map[string]int{}
	for _, o := range f.organisations {
		entries, err := f.store.ListAudit(context.Background(), o.ID)
		if err != nil {
			f.t.Fatal(err)
		}
		if err := audit.Verify(entries); err != nil {
			f.t.Error(err)
		}
		seen := map[string]bool{}
		for _, e := range entries {
			counts[e.Verb]++
			if seen[e.Verb+e.Subject] {
				f.t.Errorf("%s of %s happened twice", e.Verb, e.Subject)
			}
			seen[e.Verb+e.Subject] = true
		}
	}
	return counts
}

// TestSoakReplicasRunEveryJobOnce is R5: three processes on one database, kills and a
// stop that outlasts the lease. Opening, closing and counting a round are the due
// events; each leaves one entry in the audit.
func TestSoakReplicasRunEveryJobOnce(t *testing.T) {
	rounds, kills, stopped := 12, 3, 20*time.Second
	if os.Getenv("PULSCHECK_TEST_SOAK") == "1" {
		rounds, kills, stopped = 100, 20, 40*time.Second
	}
	f := startFleet(t, 5, 12)
	for i := range rounds {
		f.closing(i, time.Now().Add(time.Minute/2+time.Duration(i)*100*time.Millisecond))
		f.opening(i)
	}
	before := rounds // entries of the rounds that the test opened itself
	for range 3 {
		f.replicas = append(f.replicas, startChild(t, f.url, f.dir))
	}
	events := func() int {
		return f.number("SELECT COUNT(*) FROM audit_entries WHERE verb IN ('round.open', 'round.close', 'round.count')") - before
	}
	began := time.Now()
	sleeper := f.replicas[2]
	f.wait("first events", time.Minute, func() bool { return events() > 0 })
	if err := sleeper.process.Process.Signal(syscall.SIGSTOP); err != nil {
		t.Fatal(err)
	}
	woken := make(chan error, 1)
	time.AfterFunc(stopped, func() { woken <- sleeper.process.Process.Signal(syscall.SIGCONT) })
	for k := range kills {
		f.wait(fmt.Sprintf("kill %d", k+1), 2*time.Minute, func() bool { return events() >= (k+1)*3*rounds/(kills+1) })
		c := f.replicas[rand.IntN(2)]
		c.stop(syscall.SIGKILL)
		c.start()
	}
	if err := <-woken; err != nil {
		t.Fatal(err)
	}
	f.wait("every job", 5*time.Minute, func() bool {
		return events() >= 3*rounds && f.number("SELECT COUNT(*) FROM jobs WHERE state = 'waiting' AND kind IN ('open', 'close', 'count') AND due < ?", time.Now().UnixMilli()) == 0
	})
	for _, c := range f.replicas {
		if status := c.stop(syscall.SIGTERM); status != 0 {
			t.Errorf("exit status after SIGTERM: %d", status)
		}
	}
	want := map[string]int{"round.open": 2 * rounds, "round.close": rounds, "round.count": rounds, "round.forget": rounds}
	got := f.effects()
	delete(got, "round.invite") // as many as had time to end
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("effects (-want +got):\n%s", diff)
	}
	tries := f.number("SELECT COALESCE(SUM(tries), 0) FROM jobs WHERE state = 'done'")
	t.Logf("%d due events, %d kills, one stop of %v: %d effects, jobs begun %d times, %v", 3*rounds, kills, stopped, events(), tries,
		time.Since(began).Round(time.Second))
}

// TestKilledHolderIsReplaced is R5: work whose holder was killed is done by another
// one within 30 seconds.
func TestKilledHolderIsReplaced(t *testing.T) {
	for range 5 { // the job may be done before the kill
		if killedHolderIsReplaced(t) {
			return
		}
	}
	t.Error("the job was always done before the kill")
}

// killedHolderIsReplaced says whether the holder was killed while it held the job.
func killedHolderIsReplaced(t *testing.T) bool {
	t.Helper()
	f := startFleet(t, 1, 3000)
	f.opening(0)
	first := startChild(t, f.url, f.dir)
	f.wait("the job is held", time.Minute, func() bool {
		return f.number("SELECT COUNT(*) FROM jobs WHERE kind = 'open' AND state = 'waiting' AND lease = 1") == 1
	})
	first.stop(syscall.SIGKILL)
	if n := f.number("SELECT COUNT(*) FROM jobs WHERE kind = 'open' AND state = 'waiting'"); n != 1 {
		return false
	}
	startChild(t, f.url, f.dir)
	took := f.wait("the round is open", 30*time.Second, func() bool {
		return f.number("SELECT COUNT(*) FROM rounds WHERE state = 'open'") == 1
	})
	t.Logf("done %v after the kill", took.Round(100*time.Millisecond))
	f.wait("the job is done", time.Minute, func() bool { return f.number("SELECT COUNT(*) FROM jobs WHERE kind = 'open' AND state = 'done'") == 1 })
	if got := f.effects()["round.open"]; got != 1 {
		t.Errorf("opened %d times", got)
	}
	return true
}
