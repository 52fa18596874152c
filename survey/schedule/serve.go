package schedule

import (
	"context"
	"sync"
	"time"
)

// Times of a serving runner. After a replica is killed, another one finds its work
// when the lease has run out and does it within the 30 seconds of R5.
const (
	lease   = 15 * time.Second
	renewal = lease / 3
	poll    = time.Second
	workers = 4
	limit   = 15 * time.Minute // of one job
	drain   = 18 * time.Second // for what is in work when the service stops (R12)
	abandon = 4 * time.Second  // for what was told to stop to do so
)

// upkeepTurns is how many polls lie between two looks at what recurs.
const upkeepTurns = 60

// serving is a Runner at work.
type serving struct {
	*Runner
	work   context.Context // of the jobs; outlives the order to stop
	pool   *pool
	said   string // what keeps the jobs from running, logged once
	upkeep int    // polls until the next
}

// Serve runs jobs as they fall due until ctx ends. What is in work then is finished;
// what takes too long is told to stop and given back.
func (r *Runner) Serve(ctx context.Context) error {
	work, stop := context.WithCancelCause(context.WithoutCancel(ctx))
	defer stop(nil)
	s := &serving{Runner: r, work: work, pool: newPool()}
	tick := time.NewTicker(poll)
	defer tick.Stop()
	for ctx.Err() == nil {
		more, err := s.turn(ctx)
		s.report(ctx, err)
		if more && err == nil {
			continue
		}
		select {
		case <-ctx.Done():
		case <-s.pool.freed:
		case <-tick.C:
			s.upkeep--
		}
	}
	s.pool.wait(drain)
	stop(errStopping)
	s.pool.wait(abandon)
	return nil
}

// report logs when jobs cannot run, and when they can again.
func (s *serving) report(ctx context.Context, err error) {
	now := ""
	if err != nil {
		now = err.Error()
	}
	switch {
	case now == s.said || ctx.Err() != nil:
		return
	case now == "":
		s.Log.Info("jobs run again")
	default:
		s.Log.Warn("jobs do not run", "error", err)
	}
	s.said = now
}

// turn does what is to be done at one poll. more says that jobs may be left.
func (s *serving) turn(ctx context.Context) (more bool, err error) {
	if s.Clock != nil {
		if err := s.Clock.Check(ctx); err != nil {
			return false, err
		}
	}
	if s.upkeep <= 0 {
		if err := s.keepUp(ctx); err != nil {
			return false, err
		}
		s.upkeep = upkeepTurns
	}
	return s.dispatch(ctx)
}

// keepUp makes sure that what recurs has a job, and counts what was given up.
func (s *serving) keepUp(ctx context.Context) error {
	if err := s.Seed(ctx, s.Now()); err != nil {
		return err
	}
	dead, err := s.Store.CountDeadJobs(ctx)
	s.dead.Store(int64(dead))
	return err
}

// dispatch claims due jobs and hands them to the pool, as many as have a place.
func (s *serving) dispatch(ctx context.Context) (more bool, err error) {
	places := s.pool.places()
	if places == 0 {
		return false, nil
	}
	due, err := s.Store.ListDueJobs(ctx, s.Now(), s.kinds, atOnce)
	if err != nil {
		return false, err
	}
	for i := range due {
		if places == 0 {
			return false, nil // a place that becomes free wakes the loop
		}
		held, err := s.Store.ClaimJob(ctx, &due[i], s.Now().Add(lease))
		if err != nil {
			return false, err
		}
		if held {
			places--
			s.pool.start(func() { s.hold(s.work, due[i]) })
		}
	}
	return len(due) == atOnce, nil
}

// hold runs a job and keeps its lease meanwhile. A lease that is lost, or was not
// renewed in time, ends the job's context.
func (r *Runner) hold(work context.Context, j Job) {
	ctx, lose := context.WithCancelCause(work)
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	ended := make(chan struct{})
	var keeper sync.WaitGroup
	keeper.Go(func() { r.keep(ctx, lose, j, ended) })
	r.run(ctx, j, r.Now) //nolint:errcheck // it is logged, and the job is tried again
	close(ended)
	keeper.Wait()
	lose(nil)
}

func (r *Runner) keep(ctx context.Context, lose context.CancelCauseFunc, j Job, ended chan struct{}) {
	tick := time.NewTicker(renewal)
	defer tick.Stop()
	over := time.NewTimer(lease)
	defer over.Stop()
	for {
		select {
		case <-ended:
			return
		case <-over.C:
			lose(errLost)
			return
		case <-tick.C:
		}
		asking, cancel := context.WithTimeout(ctx, renewal)
		held, err := r.Store.RenewJob(asking, j, r.Now().Add(lease))
		cancel()
		switch {
		case err == nil && held:
			over.Reset(lease)
		case err == nil:
			lose(errLost)
			return
		}
	}
}

// pool bounds how many jobs are in work.
type pool struct {
	slots   chan struct{}
	freed   chan struct{} // tells that a place became free, and perhaps that a job left another
	running sync.WaitGroup
}

func newPool() *pool {
	return &pool{slots: make(chan struct{}, workers), freed: make(chan struct{}, 1)}
}

func (p *pool) places() int { return cap(p.slots) - len(p.slots) }

// start runs f in a place that must be free.
func (p *pool) start(f func()) {
	p.slots <- struct{}{}
	p.running.Go(func() {
		f()
		<-p.slots
		select {
		case p.freed <- struct{}{}:
		default: // it is told already
		}
	})
}

// wait returns when nothing is in work any more, or after a while.
func (p *pool) wait(atMost time.Duration) {
	idle := make(chan struct{})
	go func() { p.running.Wait(); close(idle) }()
	select {
	case <-idle:
	case <-time.After(atMost):
	}
}
