package schedule

import "context"

// Turn does one poll of a serving runner and waits for the jobs that it started.
func (r *Runner) Turn(ctx context.Context) error {
	s := &serving{Runner: r, work: ctx, pool: newPool()}
	_, err := s.turn(ctx)
	s.pool.running.Wait()
	return err
}
