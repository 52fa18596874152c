package main

import (
	"context"
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
		{Kind: survey.InviteJob, Run: ofRound(h.courier.Invite)},
		{Kind: survey.RemindJob, Run: h.remind(survey.FirstReminder)},
		{Kind: survey.RemindAgainJob, Run: h.remind(survey.LastReminder)},
		{Kind: survey.NumberJob, Run: ofRound(h.service.NumberDueRound)},
		{Kind: survey.ReportJob, Run: ofRound(h.draftReports)},
		{Kind: survey.TeamJob, Run: func(ctx context.Context, j survey.Job) error { return h.draftTeam(ctx, survey.IterationID(j.Object)) }},
		{Kind: survey.DeliverJob, Run: ofAll(h.courier.Empty)},
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

// remind mails those who have not answered, when no one can be singled out.
func (h *house) remind(kind survey.MailKind) func(context.Context, survey.Job) error {
	return ofRound(func(ctx context.Context, id survey.RoundID) error {
		return h.courier.Remind(ctx, id, kind, survey.RemindMissing)
	})
}

// newRunner makes the runner of the tasks.
func (h *house) newRunner(now func() time.Time) *schedule.Runner {
	return schedule.New(schedule.Options{Store: h.store, Tasks: h.tasks(), Now: now, Clock: h.clock, Log: h.log})
}

// live lets time pass from one due instant to the next until the end: nothing sleeps.
// set moves the clock, visit is called after each instant.
func live(ctx context.Context, r *schedule.Runner, until time.Time, set func(time.Time), visit func(time.Time) error) error {
	for {
		next, found, err := r.Next(ctx)
		if err != nil {
			return err
		}
		if !found || next.After(until) {
			set(until)
			return nil
		}
		set(next)
		if _, err := r.RunDue(ctx, next); err != nil {
			return err
		}
		if err := visit(next); err != nil {
			return err
		}
	}
}

// planAgain is how long it takes until what earlier runs left is looked for again.
const planAgain = 2 * time.Second

// serveJobs finds what earlier runs left and then runs jobs until ctx ends.
func (h *house) serveJobs(ctx context.Context, r *schedule.Runner) error {
	for ctx.Err() == nil {
		err := h.service.PlanJobs(ctx)
		if err == nil {
			return r.Serve(ctx)
		}
		if ctx.Err() == nil {
			h.log.Warn("jobs that earlier runs left cannot be found", "error", err)
		}
		select {
		case <-ctx.Done():
		case <-time.After(planAgain):
		}
	}
	return nil
}
