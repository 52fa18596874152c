package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/cadence"
	"pulscheck/survey/fault"
)

// demoStart is when the first iteration began; each lasts a quarter.
var demoStart = time.Date(2026, 1, 12, 7, 0, 0, 0, time.UTC)

const (
	demoQuarter = 13 * 7 * 24 * time.Hour
	demoDo      = 10 * 7 * 24 * time.Hour // from the begin of DO to that of CHECK
)

// demoPlan gives two pulse rounds and the check round before CHECK.
func demoPlan() cadence.Plan {
	plan := cadence.Default("Europe/Berlin")
	plan.EveryWeeks, plan.OffsetDays, plan.Region = 3, 7, "DE-BW"
	return plan
}

// live takes the sample organisation through its iterations: people plan and advance,
// everything else happens by the jobs, under a clock that jumps from one due instant to
// the next.
func (d *demoRun) live(ctx context.Context) error {
	d.now = demoStart.Add(-24 * time.Hour)
	if _, err := d.service.PutCadence(ctx, account.System(), d.programme, 0, demoPlan()); err != nil {
		return err
	}
	checks, ends := demoStart.Add(demoDo), demoStart.Add(demoQuarter)
	scope, events := demoScope(), demoEvents()
	i, err := d.service.CreateIteration(ctx, account.System(), d.programme, survey.IterationInput{
		Starts: &demoStart, Checks: &checks, Ends: &ends, Scope: &scope, Events: &events,
	})
	for n := 0; err == nil; n++ {
		if i, err = d.iterate(ctx, i); err != nil {
			return fmt.Errorf("iteration %d: %w", n+1, err)
		}
		if n+1 == d.iterations {
			return nil
		}
	}
	return err
}

// demoEvents are what happened in the first iteration.
func demoEvents() []survey.Event {
	on := func(days int) string { return demoStart.AddDate(0, 0, days).Format(time.DateOnly) }
	return []survey.Event{{Day: on(21), Kind: "go-live", Label: "Start INC"}, {Day: on(70), Kind: "tool", Label: "ITSM-Tool"}}
}

// demoScope is the processes of the sample organisation.
func demoScope() (scope []string) {
	for key := range demoProcess {
		scope = append(scope, key)
	}
	return scope
}

// iterate lives through an iteration and gives the one after it.
func (d *demoRun) iterate(ctx context.Context, i *survey.Iteration) (next *survey.Iteration, err error) {
	for _, until := range []time.Time{i.Starts, i.Checks, i.Checks.Add(7 * 24 * time.Hour), i.Ends} {
		err := live(ctx, d.newRunner(nil), until, func(at time.Time) { d.now = at }, func(time.Time) error { return d.visit(ctx, i) })
		if err != nil {
			return nil, err
		}
		if i.Phase == survey.Plan {
			if err := d.setGoal(ctx, i); err != nil {
				return nil, err
			}
		}
		if i.Phase == survey.Check {
			if err := d.answerCriticism(ctx, i); err != nil {
				return nil, err
			}
		}
		if i, err = d.service.AdvanceIteration(ctx, account.System(), i.ID, i.Version); err != nil {
			return nil, err
		}
	}
	d.done = append(d.done, i.ID)
	all, err := d.service.ListIterations(ctx, account.System(), d.programme)
	if err != nil {
		return nil, err
	}
	return &all[len(all)-1], nil
}

// setGoal sets the goal of an iteration: incidents are to be solved faster each time.
func (d *demoRun) setGoal(ctx context.Context, i *survey.Iteration) error {
	baseline := 48.0 / float64(i.Number)
	target, due := baseline/2, i.Ends.Format(time.DateOnly)
	text := func(s string) *string { return &s }
	agreed := true
	_, err := d.service.CreateGoal(ctx, account.System(), i.ID, survey.GoalInput{
		Process: text("INC"), Name: text("Störungen schneller lösen"), Specific: text("Die mittlere Lösungszeit von Störungen halbiert sich."),
		Metric: text("mittlere Lösungszeit"), Unit: text("h"), Source: text("Service Desk"), Direction: text(survey.Down),
		Baseline: &baseline, Target: &target, Owner: text("Leitung Service Desk"), Agreed: &agreed,
		Relevance: text("Dienste stehen rasch wieder zur Verfügung."), Due: &due,
	})
	return err
}

// visit lets people answer the rounds that are open: most of them after the invitation,
// the others after the first reminder.
func (d *demoRun) visit(ctx context.Context, i *survey.Iteration) error {
	rounds, err := d.service.ListRounds(ctx, account.System(), i.ID)
	if err != nil {
		return err
	}
	for n, r := range rounds {
		if r.State != survey.Open || d.now.Before(r.Opens) {
			continue
		}
		wave := 1
		if len(r.Reminders) > 0 && !d.now.Before(r.Reminders[0]) {
			wave = 2
		}
		if d.waves[r.ID] >= wave {
			continue
		}
		d.waves[r.ID] = wave
		if err := d.answer(ctx, demoMoment{i.Number - 1, n, len(rounds), wave}, &r); err != nil {
			return err
		}
	}
	return nil
}

// checkRound gives the counted check round of an iteration.
func (d *demoRun) checkRound(ctx context.Context, id survey.IterationID) (survey.RoundID, error) {
	rounds, err := d.service.ListRounds(ctx, account.System(), id)
	if err != nil {
		return "", err
	}
	for _, r := range rounds {
		if r.Kind == survey.CheckRound && r.CountedAt != nil {
			return r.ID, nil
		}
	}
	return "", fault.Wrap(fault.NotFound, "not-found", errors.New("no check round was counted"))
}
