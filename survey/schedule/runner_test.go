package schedule_test

import (
	"context"
	"errors"
	"log/slog"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pulscheck/survey"
	"pulscheck/survey/fault"
	"pulscheck/survey/schedule"
	"pulscheck/survey/store"
	"pulscheck/survey/store/storetest"
)

var (
	ctx   = context.Background()
	start = time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)
)

// diary is a task that writes down what it does and when.
type diary struct {
	now   time.Time
	lines []string
	fail  func(survey.Job) error
}

func (d *diary) run(_ context.Context, j survey.Job) error {
	d.lines = append(d.lines, d.now.Format("02 15:04:05 ")+string(j.Kind)+" "+j.Object)
	if d.fail == nil {
		return nil
	}
	return d.fail(j)
}

// runner makes a runner of the diary on a database of its own.
func (d *diary) runner(t *testing.T, tasks ...schedule.Task) (*schedule.Runner, *store.Store) {
	t.Helper()
	s := storetest.Open(t, storetest.SQLite(t))
	for _, kind := range []survey.JobKind{survey.OpenJob, survey.CloseJob, survey.CountJob} {
		tasks = append(tasks, schedule.Task{Kind: kind, Run: d.run})
	}
	return schedule.New(schedule.Options{
		Store: s, Tasks: tasks, Now: func() time.Time { return d.now }, Chance: func() float64 { return 0.5 },
		Log: slog.New(slog.DiscardHandler),
	}), s
}

// drive sets the clock to every instant at which something is due, until an end.
func (d *diary) drive(t *testing.T, r *schedule.Runner, end time.Time) {
	t.Helper()
	for {
		at, found, err := r.Next(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if !found || at.After(end) {
			return
		}
		d.now = at
		if _, err := r.RunDue(ctx, at); err != nil {
			d.lines = append(d.lines, "  "+err.Error())
		}
	}
}

func (d *diary) reads(t *testing.T, want ...string) {
	t.Helper()
	if diff := cmp.Diff(want, d.lines); diff != "" {
		t.Errorf("diary (-want +got):\n%s", diff)
	}
}

func ensure(t *testing.T, s *store.Store, jobs ...survey.Job) {
	t.Helper()
	if err := s.EnsureJobs(ctx, jobs...); err != nil {
		t.Fatal(err)
	}
}

func at(kind survey.JobKind, object string, after time.Duration) survey.Job {
	return survey.Job{Kind: kind, Object: object, Due: start.Add(after)}
}

// TestInOrderOfTime: a clock set from outside sees everything in its order, and what
// a job leaves for later in its turn.
func TestInOrderOfTime(t *testing.T) {
	d := &diary{}
	r, s := d.runner(t)
	d.fail = func(j survey.Job) error {
		if j.Kind == survey.CloseJob {
			return s.EnsureJobs(ctx, survey.Job{Kind: survey.CountJob, Object: j.Object, Due: d.now})
		}
		return nil
	}
	ensure(t, s, at(survey.CloseJob, "b", time.Hour), at(survey.OpenJob, "b", time.Minute), at(survey.OpenJob, "a", time.Minute),
		at(survey.OpenJob, "z", 0), at(survey.CloseJob, "a", 24*time.Hour), at(survey.PurgeJob, "of a newer version", 0))
	d.drive(t, r, start.Add(2*time.Hour))
	d.reads(t, "02 08:00:00 open z", "02 08:01:00 open a", "02 08:01:00 open b", "02 09:00:00 close b", "02 09:00:00 count b")
}

// TestFailureIsTriedAgainLater: with growing pauses, until it works.
func TestFailureIsTriedAgainLater(t *testing.T) {
	d := &diary{}
	r, s := d.runner(t)
	d.fail = func(survey.Job) error {
		if len(d.lines) < 8 {
			return fault.New(fault.Unavailable, "keys-unavailable")
		}
		return nil
	}
	ensure(t, s, at(survey.CountJob, "a", 0))
	d.drive(t, r, start.AddDate(0, 0, 30))
	failed := "  job count of a: keys-unavailable"
	d.reads(t, "02 08:00:00 count a", failed, "02 08:00:05 count a", failed, "02 08:00:15 count a", failed, "02 08:00:35 count a", failed,
		"02 08:01:15 count a")
}

// TestGivenUpAfterManyTries: after half a day of failures, and at once if trying
// again cannot help; what was given up is counted, and a panic ends only its job.
func TestGivenUpAfterManyTries(t *testing.T) {
	for name, c := range map[string]struct {
		fail  func(survey.Job) error
		tries int
		ended time.Time
	}{
		"unknown error": {func(survey.Job) error { return errors.New("no idea") }, 20, start.Add(5*1023*time.Second + 9*time.Hour)},
		"panic":         {func(survey.Job) error { panic("what somebody wrote") }, 20, start.Add(5*1023*time.Second + 9*time.Hour)},
		"against rules": {func(survey.Job) error { return fault.New(fault.Invalid, "round-too-small") }, 1, start},
	} {
		t.Run(name, func(t *testing.T) {
			d := &diary{fail: c.fail}
			r, s := d.runner(t)
			ensure(t, s, at(survey.OpenJob, "a", 0))
			for {
				next, found, err := r.Next(ctx)
				if err != nil {
					t.Fatal(err)
				}
				if !found {
					break
				}
				d.now = next
				if _, err := r.RunDue(ctx, next); err == nil {
					t.Error("a failure is not told")
				}
			}
			if len(d.lines) != c.tries || !d.now.Equal(c.ended) {
				t.Errorf("%d tries until %v, want %d until %v", len(d.lines), d.now, c.tries, c.ended)
			}
			if dead, err := s.CountDeadJobs(ctx); dead != 1 || err != nil {
				t.Errorf("%d given up, %v", dead, err)
			}
		})
	}
}

// TestTooEarlyIsPutOff: without counting as a failure, and never before its time.
func TestTooEarlyIsPutOff(t *testing.T) {
	d := &diary{}
	r, s := d.runner(t)
	until := start.Add(time.Hour + 123*time.Microsecond)
	d.fail = func(survey.Job) error {
		if d.now.Before(until) {
			return survey.EarlyError{Until: until}
		}
		return nil
	}
	ensure(t, s, at(survey.OpenJob, "a", 0))
	d.drive(t, r, start.AddDate(0, 0, 1))
	d.reads(t, "02 08:00:00 open a", "02 09:00:00 open a")
}

// TestGoesOnAtOnce: a job that has more to do comes again soon, however often, and
// never stops a clock that is set from outside.
func TestGoesOnAtOnce(t *testing.T) {
	d := &diary{}
	r, s := d.runner(t)
	d.fail = func(survey.Job) error {
		if len(d.lines) < 100 {
			return survey.EarlyError{Until: d.now}
		}
		return nil
	}
	ensure(t, s, at(survey.CountJob, "a", 0))
	if n, err := r.RunDue(ctx, start); n != 1 || err != nil {
		t.Errorf("%d runs at one instant, %v", n, err)
	}
	d.drive(t, r, start.AddDate(0, 0, 1))
	if len(d.lines) != 100 || d.now.Sub(start) > 2*time.Minute {
		t.Errorf("%d runs until %v", len(d.lines), d.now)
	}
}

// TestRecurs: work of the installation recurs, also after it was given up, and what
// was missed while nothing ran is left out.
func TestRecurs(t *testing.T) {
	d := &diary{}
	midnight := func(after time.Time) time.Time { return after.Truncate(24*time.Hour).AddDate(0, 0, 1) }
	d.fail = func(survey.Job) error {
		if len(d.lines) == 1 {
			return fault.New(fault.Invalid, "broken")
		}
		return nil
	}
	r, _ := d.runner(t, schedule.Task{Kind: survey.PurgeJob, Run: d.run, Every: midnight})
	for range 2 {
		if err := r.Seed(ctx, start); err != nil {
			t.Fatal(err)
		}
	}
	d.drive(t, r, start.AddDate(0, 0, 2))
	d.now = start.AddDate(0, 0, 10)
	if n, err := r.RunDue(ctx, d.now); n != 1 || err != nil {
		t.Errorf("%d jobs after a week away, %v", n, err)
	}
	d.drive(t, r, start.AddDate(0, 0, 11))
	d.reads(t, "03 00:00:00 purge ", "  job purge of : broken", "04 00:00:00 purge ", "12 08:00:00 purge ", "13 00:00:00 purge ")
}
