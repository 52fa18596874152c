package schedule

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"runtime/debug"
	"sync/atomic"
	"time"

	"pulscheck/survey"
	"pulscheck/survey/fault"
)

// Options of a Runner.
type Options struct {
	Store  Store
	Tasks  []Task
	Now    func() time.Time
	Clock  *Clock         // nil: the clock is always believed
	Chance func() float64 // in [0, 1), for the pauses; by default at random
	Log    *slog.Logger
}

// Runner runs the jobs of its tasks. It is safe for concurrent use.
type Runner struct {
	Options
	tasks map[survey.JobKind]Task
	kinds []survey.JobKind // jobs of other kinds are left to a newer version

	done, failed, dead atomic.Int64
}

// Load is what a Runner did since it was made, and how many jobs any replica gave up,
// as of the last minute.
type Load struct{ Done, Failed, Dead int64 }

// Load tells what was done.
func (r *Runner) Load() Load { return Load{r.done.Load(), r.failed.Load(), r.dead.Load()} }

// New makes a Runner.
func New(o Options) *Runner {
	if o.Chance == nil {
		o.Chance = rand.Float64
	}
	r := &Runner{Options: o, tasks: map[survey.JobKind]Task{}}
	for _, t := range o.Tasks {
		r.tasks[t.Kind] = t
		r.kinds = append(r.kinds, t.Kind)
	}
	return r
}

// Seed stores the next job of every task that recurs and has none.
func (r *Runner) Seed(ctx context.Context, now time.Time) error {
	var jobs []survey.Job
	for _, t := range r.Tasks {
		if t.Every != nil {
			jobs = append(jobs, survey.Job{Kind: t.Kind, Due: t.Every(now)})
		}
	}
	return r.Store.EnsureJobs(ctx, jobs...)
}

// Next says when there is something to do next.
func (r *Runner) Next(ctx context.Context) (at time.Time, found bool, err error) {
	return r.Store.NextJob(ctx, r.kinds)
}

// atOnce is how many due jobs are listed together.
const atOnce = 32

// RunDue runs everything that is due at now, one after the other in order of time,
// kind and object, what follows from it too, and gives how many jobs it began. Jobs
// that failed are in the error and are due again later. Together with Next it lets a
// clock be set from outside: nothing sleeps and nothing reads the time.
func (r *Runner) RunDue(ctx context.Context, now time.Time) (int, error) {
	ran := 0
	var failed []error
	for {
		due, err := r.Store.ListDueJobs(ctx, now, r.kinds, atOnce)
		if err != nil {
			return ran, err
		}
		before := ran
		for i := range due {
			held, err := r.Store.ClaimJob(ctx, &due[i], now.Add(lease))
			if err != nil {
				return ran, err
			}
			if held {
				ran++
				failed = append(failed, r.run(ctx, due[i], func() time.Time { return now }))
			}
		}
		if ran == before {
			return ran, errors.Join(failed...)
		}
	}
}

var (
	errStopping = errors.New("the service stops")
	errLost     = errors.New("the lease ran out")
	errCrashing = errors.New("its process ended every time")
)

// finishTimeout is the longest the outcome of a job may take to be stored.
const finishTimeout = 5 * time.Second

// run does a claimed job and stores what became of it.
func (r *Runner) run(ctx context.Context, j Job, now func() time.Time) error {
	err := errCrashing
	if j.Tries <= maxTries {
		err = r.call(ctx, j)
	}
	o := r.outcome(j, err, context.Cause(ctx), now())
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), finishTimeout)
	defer cancel()
	held, finish := r.Store.FinishJob(ctx, j, o)
	log := r.Log.With("kind", j.Kind, "object", j.Object, "due", j.Due, "try", j.Tries, "reference", j.Reference())
	switch {
	case finish != nil:
		log.Error("job not finished", "error", finish)
		return fmt.Errorf("finish job %s of %s: %w", j.Kind, j.Object, finish)
	case !held:
		log.Warn("another replica took the job over")
		return nil
	}
	return r.tell(log, j, o, err)
}

// tell counts and logs an outcome and gives the error of a failure.
func (r *Runner) tell(log *slog.Logger, j Job, o Outcome, err error) error {
	switch {
	case o.State == Done:
		r.done.Add(1)
		return nil
	case o.State == Dead:
		r.failed.Add(1)
		log.Error("job given up", "error", err)
	case o.Failure == "":
		return nil // put off
	default:
		r.failed.Add(1)
		log.Warn("job failed", "error", err, "again", o.At)
	}
	return fmt.Errorf("job %s of %s: %w", j.Kind, j.Object, err)
}

// call runs the task; a panic is an error of this job alone.
func (r *Runner) call(ctx context.Context, j Job) (err error) {
	defer func() {
		if v := recover(); v != nil { // its value may hold what people wrote
			r.Log.Error("job panicked", "kind", j.Kind, "object", j.Object, "stack", string(debug.Stack()))
			err = fmt.Errorf("panic of type %T", v)
		}
	}()
	return r.tasks[j.Kind].Run(ctx, j.Job)
}

// outcome decides what becomes of a job. stopped is why its context ended, if it did.
func (r *Runner) outcome(j Job, err, stopped error, now time.Time) Outcome {
	o := Outcome{State: Done, At: now, Tries: j.Tries}
	var early survey.EarlyError
	switch {
	case err == nil:
	case errors.Is(stopped, errStopping):
		o.State, o.Tries = Waiting, j.Tries-1
	case errors.As(err, &early):
		o.State, o.At, o.Tries = Waiting, early.Until, j.Tries-1
		if !o.At.After(now) {
			o.At = now.Add(poll) // at once: with what others wait for in between
		}
	case permanent(err) || j.Tries >= maxTries:
		o.State, o.Failure = Dead, fault.Of(err).Key
	default:
		o.State, o.Failure = Waiting, fault.Of(err).Key
		o.At = now.Add(pause(j.Tries, r.Chance()))
	}
	if every := r.tasks[j.Kind].Every; every != nil && o.State != Waiting {
		next := j.Job
		if next.Due = every(now); !next.Due.After(j.Due) {
			next.Due = every(j.Due)
		}
		o.Next = &next
	}
	return o
}
