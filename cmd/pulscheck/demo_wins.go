package main

import (
	"context"
	"slices"

	"pulscheck/survey"
)

// demoWin is a quick win; days are those of the iteration in which something happens, -1
// = it does not happen.
type demoWin struct {
	planned             int // iteration
	process, name       string
	due, doing, done    int
	told                [2]int // iteration and day
	confirmed, audience string
}

// demoWins: two successes of the first iterations nobody is told of before the third.
var demoWins = []demoWin{
	{1, "INC", "Passwort selbst zurücksetzen, ohne Ticket", 45, 10, 32, [2]int{3, 10}, "Service Desk: 40 Anrufe weniger je Woche", "alle Mitarbeitenden"},
	{1, "REQ", "Bestellformular auf eine Seite gekürzt", 50, 14, 32, [2]int{1, 52}, "", "Anwendungen und Fachbereiche"},
	{2, "REQ", "Standardbestellungen unter 200 Euro ohne Genehmigung", 60, 14, 52, [2]int{3, 10}, "", "alle Mitarbeitenden"},
	{3, "INC", "Vorlagen für die zehn häufigsten Störungen", 39, 10, 32, [2]int{3, 42}, "", "Service Desk"},
	{3, "CHG", "Änderungskalender auf einen Blick", 53, 32, -1, [2]int{}, "", ""},
}

// planWins plans the quick wins of an iteration.
func (d *demoRun) planWins(ctx context.Context, i *survey.Iteration) error {
	for _, w := range demoWins {
		if w.planned != i.Number {
			continue
		}
		in := survey.QuickWinInput{Process: &w.process, Name: &w.name, Owner: new("Prozessmanagement " + w.process), Due: d.day(i, w.due)}
		if _, err := d.service.CreateQuickWin(ctx, d.lead(), i.ID, in); err != nil {
			return err
		}
	}
	return nil
}

// workOnWins takes the steps of the day. What was carried on goes on in the iteration
// that it was carried into.
func (d *demoRun) workOnWins(ctx context.Context, i *survey.Iteration) error {
	iterations, err := d.service.ListIterations(ctx, d.lead(), d.programme)
	if err != nil {
		return err
	}
	for _, w := range demoWins {
		steps := d.winSteps(i, w)
		if len(steps) == 0 {
			continue
		}
		var last *survey.QuickWin
		for _, o := range iterations {
			wins, err := d.service.ListQuickWins(ctx, d.lead(), o.ID)
			if err != nil {
				return err
			}
			if at := slices.IndexFunc(wins, func(q survey.QuickWin) bool { return q.Name == w.name }); at >= 0 {
				last = &wins[at]
			}
		}
		for _, in := range steps {
			if last, err = d.service.UpdateQuickWin(ctx, d.lead(), last.ID, last.Version, in); err != nil {
				return err
			}
		}
	}
	return nil
}

// winSteps are what happens to a quick win on the day.
func (d *demoRun) winSteps(i *survey.Iteration, w demoWin) (steps []survey.QuickWinInput) {
	on := func(iteration, day int) bool { return i.Number == iteration && day > 0 && *d.day(i, day) == *d.date() }
	if on(w.planned, w.doing) {
		steps = append(steps, survey.QuickWinInput{Status: new(string(survey.QuickWinDoing))})
	}
	if on(w.planned, w.done) {
		steps = append(steps, survey.QuickWinInput{Status: new(string(survey.QuickWinDone)), Reached: d.date()})
		if w.confirmed != "" {
			steps = append(steps, survey.QuickWinInput{Status: new(string(survey.QuickWinConfirmed)), Evidence: &w.confirmed})
		}
	}
	if on(w.told[0], w.told[1]) {
		steps = append(steps, survey.QuickWinInput{Told: d.date(), Channel: new("Intranet und Aushang"), Audience: &w.audience})
	}
	return steps
}
