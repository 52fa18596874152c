// Package schedule runs what falls due by itself: rows of the table of jobs, each
// claimed by one of several replicas for a while (a lease), done, and finished only
// by whoever still holds it. Nothing is kept in memory: a process that is killed at
// any point leaves a row whose lease runs out, and the next one goes on.
//
// What is done more than once in spite of that (a process that was stopped, lost its
// lease and wakes up) has no effect, because every use case moves its object from
// one state to the next by compare-and-swap. There are no server locks: the rules
// hold on MySQL, MariaDB, Galera, TiDB and SQLite alike.
//
// It is not a cron: recurring dates come from survey/cadence and stand in the rows.
// cmd/pulscheck/jobs.go holds the table of tasks and calls it; survey/store keeps
// the rows. Next: runner.go, serve.go, and clock.go, which stops everything while
// the clock cannot be believed.
package schedule

import (
	"context"
	"time"

	"pulscheck/survey"
	"pulscheck/survey/fault"
)

// Task says what is done for a kind of job.
type Task struct {
	Kind survey.JobKind
	// Run must be safe to repeat and to run beside itself. Its error decides what
	// becomes of the job: survey.EarlyError puts it off, a fault that trying again cannot
	// change (Invalid, Conflict, …) ends it, every other is tried again.
	Run func(ctx context.Context, j survey.Job) error
	// Every makes it work of the installation that recurs: the first instant after
	// another. Instants missed meanwhile are left out. nil = each job once.
	Every func(after time.Time) time.Time
}

// Job is a row as it was listed or claimed.
type Job struct {
	survey.Job
	Tries int   // how often it was begun
	Lease int64 // goes up with every claim: whoever knows the last number holds it
}

// State of a job.
type State string

// The states.
const (
	Waiting State = "waiting" // for its time, for its next try, or for whoever holds it
	Done    State = "done"
	Dead    State = "dead" // given up; somebody has to look
)

// Outcome is what becomes of a job that was run.
type Outcome struct {
	State   State
	At      time.Time // when it ended, or when it is tried again
	Tries   int
	Failure string      // problem code of the last error
	Next    *survey.Job // stored together with the outcome
}

// Store keeps the rows. Claim, renewal and finish are compare-and-swaps on the lease
// number; false means that somebody else was faster.
type Store interface {
	// ListDueJobs gives waiting jobs of the kinds whose time has come, in order of
	// time, kind and object.
	ListDueJobs(ctx context.Context, now time.Time, kinds []survey.JobKind, limit int) ([]Job, error)
	// NextJob says when the next job of the kinds falls due.
	NextJob(ctx context.Context, kinds []survey.JobKind) (at time.Time, found bool, err error)
	// ClaimJob takes a job as it was listed until an instant and counts the try.
	ClaimJob(ctx context.Context, j *Job, until time.Time) (bool, error)
	// RenewJob puts off the end of the lease.
	RenewJob(ctx context.Context, j Job, until time.Time) (bool, error)
	// FinishJob stores the outcome; a job given up is told to the audit in the same
	// transaction.
	FinishJob(ctx context.Context, j Job, o Outcome) (bool, error)
	// EnsureJobs stores each job unless one of its kind and object is waiting. One that
	// was given up, or ended at the same instant, waits again instead.
	EnsureJobs(ctx context.Context, jobs ...survey.Job) error
	// CountDeadJobs says how many were given up.
	CountDeadJobs(ctx context.Context) (int, error)
}

// permanent says that trying again will not help.
func permanent(err error) bool {
	switch fault.Of(err).Kind {
	case fault.Malformed, fault.Refused, fault.NotFound, fault.Conflict, fault.Gone, fault.TooLarge, fault.Unsupported, fault.Invalid, fault.Configuration:
		return true
	}
	return false
}

// Limits of trying again.
const (
	maxTries   = 20
	firstPause = 5 * time.Second
	longest    = time.Hour
)

// pause gives the time before the next try: doubled each time, up to an hour, and
// moved by up to a half either way, so that what failed together is not repeated
// together. chance lies in [0, 1). All tries together take about half a day.
func pause(tries int, chance float64) time.Duration {
	p := longest
	if tries < 11 {
		p = min(p, firstPause<<max(0, tries-1))
	}
	return time.Duration(float64(p) * (0.5 + chance))
}
