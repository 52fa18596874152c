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
		{Kind: survey.PurgeJob, Run: ofAll(h.service.Purge), Every: nightly},
	}
}

// nightly gives the next 02:30 UTC after an instant, when hardly anybody answers.
func nightly(after time.Time) time.Time {
	at := after.UTC().Truncate(24 * time.Hour).Add(2*time.Hour + 30*time.Minute)
	if !at.After(after) {
		at = at.AddDate(0, 0, 1)
	}
	return at
}

// ofAll is a task of the whole installation.
func ofAll(run func(context.Context) error) func(context.Context, survey.Job) error {
	return func(ctx context.Context, _ survey.Job) error { return run(ctx) }
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
