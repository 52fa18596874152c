package main

import (
	"context"
	"log/slog"
	"time"

	"golang.org/x/sync/errgroup"
)

// job is work that falls due by itself. It must be safe to run again after it was
// cut off, and to run in several replicas.
type job struct {
	name  string
	every time.Duration
	run   func(context.Context) error
}

// jobs is the table of everything that happens without being asked.
func (h *house) jobs() []job {
	return []job{
		{"rounds", 15 * time.Second, h.service.AdvanceRounds},
	}
}

// runJobs runs each job at once and then at its interval until ctx ends. What is in
// work then is finished.
func runJobs(ctx context.Context, jobs []job, log *slog.Logger) error {
	var group errgroup.Group
	for _, j := range jobs {
		group.Go(func() error {
			tick := time.NewTicker(j.every)
			defer tick.Stop()
			for {
				if err := j.run(context.WithoutCancel(ctx)); err != nil {
					log.Error("job failed", "job", j.name, "error", err)
				}
				select {
				case <-ctx.Done():
					return nil
				case <-tick.C:
				}
			}
		})
	}
	return group.Wait()
}
