package store_test

import (
	"testing"
	"time"

	"pulscheck/survey"
	"pulscheck/survey/fault"
	"pulscheck/survey/schedule"
	"pulscheck/survey/store/storetest"
)

// TestWorkIsTold: whoever waits for a job hears what the table of jobs knows of it, also
// after the process that was at it is gone; only what failed can be tried at once.
func TestWorkIsTold(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		s := storetest.Open(t, url)
		is := func(at time.Time, want survey.WorkState, tries int) {
			t.Helper()
			w, err := s.FindWork(ctx, survey.CountJob, "r", at)
			if err != nil || w.State != want || w.Tries != tries {
				t.Errorf("%+v %v, want %s after %d tries", w, err, want, tries)
			}
		}
		if w, err := s.FindWork(ctx, survey.CountJob, "r", now); w != nil || err != nil {
			t.Errorf("before it was ordered: %+v %v", w, err)
		}
		j := survey.Job{Kind: survey.CountJob, Object: "r", Due: now}
		ensure(t, s, survey.Job{Kind: survey.CountJob, Object: "other", Due: now.Add(time.Hour)}, j)
		is(now, survey.WorkWaiting, 0)
		held := due(t, s, now)[0]
		if !claim(t, s, &held, now.Add(15*time.Second)) {
			t.Fatal("not claimed")
		}
		is(now, survey.WorkRunning, 1)
		if err := s.RepeatWork(ctx, j, now); !fault.Is(err, "job-not-failed") {
			t.Errorf("repeated while it is at work: %v", err)
		}
		is(now.Add(15*time.Second), survey.WorkWaiting, 1) // its process is gone
		again := due(t, s, now.Add(15*time.Second))[0]
		if !claim(t, s, &again, now.Add(30*time.Second)) {
			t.Fatal("not taken over")
		}
		failed := schedule.Outcome{State: schedule.Waiting, At: now.Add(time.Hour), Tries: 2, Failure: "internal"}
		if ok, err := s.FinishJob(ctx, again, failed); !ok || err != nil {
			t.Fatal(ok, err)
		}
		is(now.Add(20*time.Second), survey.WorkFailed, 2)
		is(now.Add(2*time.Hour), survey.WorkFailed, 2) // nobody took it yet
		if err := s.RepeatWork(ctx, j, now.Add(time.Minute)); err != nil {
			t.Fatal(err)
		}
		is(now.Add(time.Minute), survey.WorkWaiting, 0)
		last := due(t, s, now.Add(61*time.Second))[0]
		if !claim(t, s, &last, now.Add(2*time.Minute)) {
			t.Fatal("not claimed at once")
		}
		if ok, err := s.FinishJob(ctx, last, schedule.Outcome{State: schedule.Done, At: now, Tries: 1}); !ok || err != nil {
			t.Fatal(ok, err)
		}
		is(now, survey.WorkDone, 1)
		if err := s.RepeatWork(ctx, j, now); !fault.Is(err, "job-not-failed") {
			t.Errorf("repeated although it is done: %v", err)
		}
	})
}
