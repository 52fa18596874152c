package main

import (
	"context"
	"fmt"
	"time"

	"pulscheck/survey"
	"pulscheck/survey/schedule"
)

// tasks is the table of everything that happens without being asked.
func (h *house) tasks() []schedule.Task {
	return []schedule.Task{
		{Kind: survey.SubmitJob, Run: ofRound(h.service.SubmitDueRound)},
		{Kind: survey.OpenJob, Run: ofRound(h.service.OpenDueRound)},
		{Kind: survey.CloseJob, Run: ofRound(h.service.CloseDueRound)},
		{Kind: survey.CountJob, Run: ofRound(h.service.CountDueRound)},
	}
}

// ofRound is a task whose jobs name a round.
func ofRound(run func(context.Context, survey.RoundID) error) func(context.Context, survey.Job) error {
	return func(ctx context.Context, j survey.Job) error { return run(ctx, survey.RoundID(j.Object)) }
}

// newRunner makes the runner of the tasks.
func (h *house) newRunner(now func() time.Time) *schedule.Runner {
	return schedule.New(schedule.Options{Store: h.store, Tasks: h.tasks(), Now: now, Clock: h.clock, Log: h.log})
}

// serveJobs finds what earlier runs left and then runs jobs until ctx ends.
func (h *house) serveJobs(ctx context.Context, r *schedule.Runner) error {
	if err := h.service.PlanJobs(ctx); err != nil {
		return fmt.Errorf("plan jobs: %w", err)
	}
	return r.Serve(ctx)
}
