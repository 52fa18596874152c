package store_test

import (
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pulscheck/survey"
	"pulscheck/survey/audit"
	"pulscheck/survey/schedule"
	"pulscheck/survey/store"
	"pulscheck/survey/store/storetest"
)

var everyKind = []survey.JobKind{survey.OpenJob, survey.CloseJob, survey.CountJob}

// due lists what is due and fails with the test.
func due(t *testing.T, s *store.Store, at time.Time) []schedule.Job {
	t.Helper()
	jobs, err := s.ListDueJobs(ctx, at, everyKind, 1000)
	if err != nil {
		t.Fatal(err)
	}
	return jobs
}

func ensure(t *testing.T, s *store.Store, jobs ...survey.Job) {
	t.Helper()
	if err := s.EnsureJobs(ctx, jobs...); err != nil {
		t.Fatal(err)
	}
}

func claim(t *testing.T, s *store.Store, j *schedule.Job, until time.Time) bool {
	t.Helper()
	held, err := s.ClaimJob(ctx, j, until)
	if err != nil {
		t.Fatal(err)
	}
	return held
}

// TestJobComesWithItsCause: opening a round leaves the job that closes it, once, and
// closing it the job that counts it; a job that was opened twice does neither twice.
func TestJobComesWithItsCause(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		s := storetest.Open(t, url)
		r := open(t, s, 12)
		later := survey.Job{Kind: survey.CountJob, Object: string(r.ID), Organisation: r.Organisation, Due: r.Closes}
		for range 2 {
			if err := s.CloseRound(ctx, r.ID, closing(), later); err != nil {
				t.Fatal(err)
			}
		}
		if jobs := due(t, s, r.Closes.Add(-time.Millisecond)); len(jobs) != 0 {
			t.Errorf("due too early: %v", jobs)
		}
		jobs := due(t, s, r.Closes)
		want := []schedule.Job{{Job: later}}
		want[0].Due = r.Closes.Truncate(time.Millisecond)
		if diff := cmp.Diff(want, jobs); diff != "" {
			t.Errorf("after closing twice (-want +got):\n%s", diff)
		}
		at, found, err := s.NextJob(ctx, everyKind)
		if err != nil || !found || !at.Equal(want[0].Due) {
			t.Errorf("next job: %v %v %v, want %v", at, found, err, want[0].Due)
		}
		if _, found, err := s.NextJob(ctx, []survey.JobKind{survey.PurgeJob}); found || err != nil {
			t.Errorf("a job of a kind that was not asked for: %v %v", found, err)
		}
	})
}

// TestJobsAreClaimedOnce: 9 workers and 100 jobs, each job to one worker.
func TestJobsAreClaimedOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		s := storetest.Open(t, url)
		var jobs []survey.Job
		for range 100 {
			jobs = append(jobs, survey.Job{Kind: survey.CloseJob, Object: survey.NewID(), Due: now})
		}
		ensure(t, s, jobs...)
		var claims atomic.Int64
		var wg sync.WaitGroup
		for range 9 {
			listed := due(t, s, now)
			wg.Go(func() {
				for i := range listed {
					held, err := s.ClaimJob(ctx, &listed[i], now.Add(time.Minute))
					if err != nil {
						t.Error(err)
					}
					if held {
						claims.Add(1)
					}
				}
			})
		}
		wg.Wait()
		if claims.Load() != 100 {
			t.Errorf("%d claims of 100 jobs", claims.Load())
		}
		if left := due(t, s, now); len(left) != 0 {
			t.Errorf("%d jobs are due although they are held", len(left))
		}
	})
}

// TestOnlyTheHolderFinishes: after the lease ran out another one holds the job, and
// whoever held it before can neither renew nor finish it.
func TestOnlyTheHolderFinishes(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		s := storetest.Open(t, url)
		ensure(t, s, survey.Job{Kind: survey.CloseJob, Object: "r", Due: now})
		first := due(t, s, now)[0]
		if !claim(t, s, &first, now.Add(15*time.Second)) {
			t.Fatal("not claimed")
		}
		if jobs := due(t, s, now.Add(14*time.Second)); len(jobs) != 0 {
			t.Errorf("due while it is held: %v", jobs)
		}
		second := due(t, s, now.Add(15*time.Second))[0]
		if !claim(t, s, &second, now.Add(30*time.Second)) || second.Tries != 2 {
			t.Fatalf("not taken over: %+v", second)
		}
		done := schedule.Outcome{State: schedule.Done, At: now, Tries: 1}
		if held, err := s.RenewJob(ctx, first, now.Add(time.Hour)); held || err != nil {
			t.Errorf("the first holder renewed: %v %v", held, err)
		}
		if held, err := s.FinishJob(ctx, first, done); held || err != nil {
			t.Errorf("the first holder finished: %v %v", held, err)
		}
		if held, err := s.RenewJob(ctx, second, now.Add(40*time.Second)); !held || err != nil {
			t.Errorf("the holder did not renew: %v %v", held, err)
		}
		if jobs := due(t, s, now.Add(39*time.Second)); len(jobs) != 0 {
			t.Errorf("due although it was renewed: %v", jobs)
		}
		if held, err := s.FinishJob(ctx, second, done); !held || err != nil {
			t.Errorf("the holder did not finish: %v %v", held, err)
		}
		if held, err := s.FinishJob(ctx, second, done); held || err != nil {
			t.Errorf("finished twice: %v %v", held, err)
		}
		if jobs := due(t, s, now.AddDate(1, 0, 0)); len(jobs) != 0 {
			t.Errorf("due although it is done: %v", jobs)
		}
	})
}

// TestGivenUpIsTold: a job that is given up stands in the audit of its organisation
// and can be made to wait again; what follows is stored with it.
func TestGivenUpIsTold(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		s := storetest.Open(t, url)
		o := storetest.Organisation(t, s)
		j := survey.Job{Kind: survey.OpenJob, Object: "r", Organisation: o.ID, Due: now}
		ensure(t, s, j)
		held := due(t, s, now)[0]
		next := survey.Job{Kind: survey.OpenJob, Object: "r", Organisation: o.ID, Due: now.Add(time.Hour)}
		if !claim(t, s, &held, now.Add(time.Minute)) {
			t.Fatal("not claimed")
		}
		outcome := schedule.Outcome{State: schedule.Dead, At: now, Tries: 1, Failure: "round-too-small", Next: &next}
		if ok, err := s.FinishJob(ctx, held, outcome); !ok || err != nil {
			t.Fatal(ok, err)
		}
		entries, err := s.ListAudit(ctx, o.ID)
		if err != nil || len(entries) != 1 {
			t.Fatalf("%v %v, want one entry", entries, err)
		}
		want := map[string]string{"kind": "open", "due": "2026-03-29T00:59:59Z", "failure": "round-too-small", "tries": "1", "reference": j.Reference()}
		if diff := cmp.Diff(want, entries[0].Detail); diff != "" || entries[0].Verb != "job.dead" || entries[0].Actor != audit.System {
			t.Errorf("%+v\n%s", entries[0], diff)
		}
		if dead, err := s.CountDeadJobs(ctx); dead != 1 || err != nil {
			t.Errorf("%d dead, %v", dead, err)
		}
		if jobs := due(t, s, next.Due); len(jobs) != 1 || jobs[0].Tries != 0 {
			t.Errorf("%v, want what follows", jobs)
		}
		ensure(t, s, j) // one of its kind waits: nothing changes
		if jobs := due(t, s, now); len(jobs) != 0 {
			t.Errorf("doubled: %v", jobs)
		}
		follower := due(t, s, next.Due)[0]
		if !claim(t, s, &follower, next.Due.Add(time.Minute)) {
			t.Fatal("not claimed")
		}
		if ok, err := s.FinishJob(ctx, follower, schedule.Outcome{State: schedule.Done, At: next.Due}); !ok || err != nil {
			t.Fatal(ok, err)
		}
		ensure(t, s, j)
		if jobs := due(t, s, now); len(jobs) != 1 || jobs[0].Tries != 0 {
			t.Errorf("%v, want the one that was given up", jobs)
		}
	})
}

// TestHeartbeat: the sign of life is the last one, also if that is earlier.
func TestHeartbeat(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		s := storetest.Open(t, url)
		if at, err := s.LastBeat(ctx); err != nil || !at.IsZero() {
			t.Errorf("before the first: %v %v", at, err)
		}
		for _, at := range []time.Time{now, now.AddDate(0, 0, -3)} {
			if err := s.Beat(ctx, at); err != nil {
				t.Fatal(err)
			}
			if got, err := s.LastBeat(ctx); err != nil || !got.Equal(at.Truncate(time.Millisecond)) {
				t.Errorf("%v %v, want %v", got, err, at)
			}
		}
		there, err := s.DatabaseTime(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if off := time.Since(there).Abs(); !there.IsZero() && off > time.Minute {
			t.Errorf("the server's time is %v, off by %v", there, off)
		}
	})
}
