package schedule_test

import (
	"context"
	"log/slog"
	"sync"
	"testing"
	"time"

	"pulscheck/survey"
	"pulscheck/survey/schedule"
	"pulscheck/survey/store/storetest"
)

// TestStopWaitsForWork: a job that is in work when the service stops is finished, and
// no other is begun (R12).
func TestStopWaitsForWork(t *testing.T) {
	s := storetest.Open(t, storetest.SQLite(t))
	serving, stop := context.WithCancel(ctx)
	begun, goOn := make(chan string, 10), make(chan struct{})
	run := func(ctx context.Context, j survey.Job) error {
		begun <- j.Object
		<-goOn
		return ctx.Err()
	}
	r := schedule.New(schedule.Options{
		Store: s, Tasks: []schedule.Task{{Kind: survey.CountJob, Run: run}}, Now: func() time.Time { return start }, Log: slog.New(slog.DiscardHandler),
	})
	ensure(t, s, at(survey.CountJob, "a", 0))
	ended := make(chan error, 1)
	go func() { ended <- r.Serve(serving) }()
	<-begun
	stop()
	ensure(t, s, at(survey.CountJob, "b", 0))
	select {
	case err := <-ended:
		t.Fatalf("stopped in the middle of a job: %v", err)
	case <-time.After(50 * time.Millisecond): // longer than a stop without waiting takes
	}
	close(goOn)
	if err := <-ended; err != nil {
		t.Error(err)
	}
	if got := r.Load(); got.Done != 1 || got.Failed != 0 || len(begun) != 0 {
		t.Errorf("%+v, %d begun after the stop", got, len(begun))
	}
}

// TestAnotherReplicaTakesOver: the job of a process that is gone is run by another
// one as soon as its lease has run out (R5), and a holder that wakes up too late has
// no say any more.
func TestAnotherReplicaTakesOver(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		s := storetest.Open(t, url)
		ensure(t, s, at(survey.CountJob, "a", 0))
		jobs, err := s.ListDueJobs(ctx, start, []survey.JobKind{survey.CountJob}, 1)
		if err != nil || len(jobs) != 1 {
			t.Fatal(jobs, err)
		}
		gone := jobs[0]
		if held, err := s.ClaimJob(ctx, &gone, start.Add(15*time.Second)); !held || err != nil {
			t.Fatal(held, err)
		}
		var mu sync.Mutex
		now, ran := start, 0
		r := schedule.New(schedule.Options{
			Store: s, Log: slog.New(slog.DiscardHandler),
			Tasks: []schedule.Task{{Kind: survey.CountJob, Run: func(context.Context, survey.Job) error {
				mu.Lock()
				defer mu.Unlock()
				ran++
				return nil
			}}},
			Now: func() time.Time { mu.Lock(); defer mu.Unlock(); return now },
		})
		for _, step := range []struct {
			after time.Duration
			ran   int
		}{{14 * time.Second, 0}, {16 * time.Second, 1}, {24 * time.Hour, 1}} {
			mu.Lock()
			now = start.Add(step.after)
			mu.Unlock()
			if err := r.Turn(ctx); err != nil {
				t.Fatal(err)
			}
			if ran != step.ran {
				t.Errorf("%v after the kill: ran %d times, want %d", step.after, ran, step.ran)
			}
		}
		if held, err := s.FinishJob(ctx, gone, schedule.Outcome{State: schedule.Dead, At: now, Failure: "late"}); held || err != nil {
			t.Errorf("the lost holder finished: %v %v", held, err)
		}
	})
}
