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

// demoEvents are what happened in the first iteration, beside processes that go live.
func demoEvents() []survey.Event {
	return []survey.Event{{Day: demoStart.AddDate(0, 0, 70).Format(time.DateOnly), Kind: "tool", Label: "ITSM-Tool"}}
}

// demoLive is when processes went live, in days after the first iteration began.
var demoLive = map[string]int{"INC": 21, "REQ": 35, "CHG": 49, "PRB": 119}

// demoScope is the processes of the sample organisation.
func demoScope() (scope []string) {
	for key := range demoProcess {
		scope = append(scope, key)
	}
	return scope
}

// iterate lives through an iteration and gives the one after it. The last one stays in
// ACT: the committee has its report and is to decide.
func (d *demoRun) iterate(ctx context.Context, i *survey.Iteration) (next *survey.Iteration, err error) {
	after, phases := time.Time{}, []time.Time{i.Starts, i.Checks, i.Checks.Add(7 * 24 * time.Hour), i.Ends}
	if i.Number == d.iterations {
		phases = phases[:3]
	}
	for _, until := range phases {
		for _, a := range between(i, after, until) {
			if err := d.pass(ctx, i, i.Starts.AddDate(0, 0, a.day)); err != nil {
				return nil, err
			}
			if err := a.do(d, ctx, i); err != nil {
				return nil, fmt.Errorf("day %d: %w", a.day, err)
			}
		}
		if err := d.pass(ctx, i, until); err != nil {
			return nil, err
		}
		if i, err = d.service.AdvanceIteration(ctx, account.System(), i.ID, i.Version); err != nil {
			return nil, err
		}
		after = until
	}
	d.done = append(d.done, i.ID)
	if i.Number == d.iterations {
		starts, checks, ends := i.Ends, i.Ends.Add(demoDo), i.Ends.Add(demoQuarter)
		return d.service.CreateIteration(ctx, account.System(), d.programme, survey.IterationInput{Starts: &starts, Checks: &checks, Ends: &ends, Scope: &i.Scope})
	}
	all, err := d.service.ListIterations(ctx, account.System(), d.programme)
	if err != nil {
		return nil, err
	}
	return &all[len(all)-1], nil
}

// pass lets time pass until an instant.
func (d *demoRun) pass(ctx context.Context, i *survey.Iteration, until time.Time) error {
	return live(ctx, d.newRunner(nil), until, func(at time.Time) { d.now = at }, func(time.Time) error { return d.visit(ctx, i) })
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
