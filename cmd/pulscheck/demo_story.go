package main

import (
	"context"
	"slices"
	"time"

	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/locale"
)

// demoAct is something that somebody does in an iteration, some days after it started.
type demoAct struct {
	day int
	do  func(*demoRun, context.Context, *survey.Iteration) error
}

// demoStory is what happens in every iteration, in order and on working days; day 0 is
// still PLAN. The check round is counted before day 70, when CHECK begins; ACT begins with
// day 77.
var demoStory = []demoAct{
	{0, (*demoRun).plan},
	{10, (*demoRun).work}, {14, (*demoRun).work}, {21, (*demoRun).measure}, {32, (*demoRun).work},
	{39, (*demoRun).askDoor}, {42, (*demoRun).measure}, {42, (*demoRun).work}, {46, (*demoRun).answerDoor}, {52, (*demoRun).work}, {66, (*demoRun).measure},
	{71, (*demoRun).assess}, {72, (*demoRun).moderate}, {72, (*demoRun).listen}, {72, (*demoRun).prepare}, {72, (*demoRun).giveBack},
	{73, (*demoRun).renew}, {74, (*demoRun).issue},
	{79, (*demoRun).work}, {80, (*demoRun).decide}, {81, (*demoRun).issue},
}

// The people who run the programme.
func (d *demoRun) consultant() account.Actor {
	return account.Actor{ID: "demo-consultant", Role: account.Consultant, Organisations: []string{string(d.organisation)}}
}

func (d *demoRun) lead() account.Actor {
	return account.Actor{ID: "demo-lead", Role: account.Lead, Organisations: []string{string(d.organisation)}}
}

// between gives what happens after one instant until another.
func between(i *survey.Iteration, after, until time.Time) []demoAct {
	return slices.DeleteFunc(slices.Clone(demoStory), func(a demoAct) bool {
		at := i.Starts.AddDate(0, 0, a.day)
		return !at.After(after) || at.After(until)
	})
}

// day gives a day of an iteration.
func (d *demoRun) day(i *survey.Iteration, days int) *string {
	return new(i.Starts.AddDate(0, 0, days).Format(time.DateOnly))
}

// date is the day of the clock.
func (d *demoRun) date() *string { return new(d.now.Format(time.DateOnly)) }

// plan sets goals, and plans quick wins.
func (d *demoRun) plan(ctx context.Context, i *survey.Iteration) error {
	if err := d.setGoals(ctx, i); err != nil {
		return err
	}
	return d.planWins(ctx, i)
}

// work goes on with quick wins, improvements and what was decided.
func (d *demoRun) work(ctx context.Context, i *survey.Iteration) error {
	if err := d.workOnWins(ctx, i); err != nil {
		return err
	}
	if err := d.workOnCriticism(ctx, i); err != nil {
		return err
	}
	return d.carryOut(ctx, i)
}

// renew has the draft drawn again with what came in since the round was counted.
func (d *demoRun) renew(ctx context.Context, i *survey.Iteration) error {
	return d.service.RenewReport(ctx, d.consultant(), i.ID, "")
}

// issue issues the report in the language of the committee, unless that was done.
func (d *demoRun) issue(ctx context.Context, i *survey.Iteration) error {
	reports, err := d.service.ListReports(ctx, d.consultant(), i.ID)
	if err != nil {
		return err
	}
	for _, r := range reports {
		if r.Kind != survey.CheckReport || r.State != survey.ReportDraft || r.Language != locale.German {
			continue
		}
		if _, err := d.service.IssueReport(ctx, d.consultant(), r.ID, r.Version); err != nil {
			return err
		}
	}
	return nil
}
