package main

import (
	"context"
	"slices"

	"pulscheck/survey"
)

// demoGoal is a goal of the sample organisation with its figure on the days on which it
// is measured. A figure that is not there is measured by nobody.
type demoGoal struct {
	first, last            int // iterations
	due                    int // day of the last of them, from 0
	process, name, metric  string
	specific, unit, source string
	owner, relevance       string
	direction              string
	baseline, target       float64
	measured               [3][]float64 // by iteration
}

// demoGoals: incidents are solved faster, orders need fewer questions; small changes miss
// their goal. One goal nobody measures: who is to do so, and from what, is not agreed.
var demoGoals = []demoGoal{
	{1, 1, 91, "INC", "Störungen schneller lösen", "mittlere Lösungszeit", "Die mittlere Lösungszeit von Störungen sinkt auf 36 Stunden.", "h", "Service Desk",
		"Leitung Service Desk", "Dienste stehen rasch wieder zur Verfügung.", survey.Down, 48, 36, [3][]float64{{45, 40, 35.5}}},
	{2, 2, 91, "INC", "Störungen schneller lösen", "mittlere Lösungszeit", "Die mittlere Lösungszeit von Störungen sinkt auf 28 Stunden.", "h", "Service Desk",
		"Leitung Service Desk", "Dienste stehen rasch wieder zur Verfügung.", survey.Down, 36, 28, [3][]float64{nil, {33, 30, 27.5}}},
	{3, 3, 91, "INC", "Störungen schneller lösen", "mittlere Lösungszeit", "Die mittlere Lösungszeit von Störungen sinkt auf 24 Stunden.", "h", "Service Desk",
		"Leitung Service Desk", "Dienste stehen rasch wieder zur Verfügung.", survey.Down, 28, 24, [3][]float64{nil, nil, {26.5, 25, 23.5}}},
	{1, 3, 49, "CHG", "Kleine Änderungen schneller freigeben", "mittlere Zeit bis zur Freigabe", "Kleine Änderungen sind nach sechs Tagen freigegeben.", "Tage",
		"Änderungskalender", "Prozessverantwortung Änderungen", "Änderungen kommen an, bevor der Bedarf vorbei ist.", survey.Down, 14, 6,
		[3][]float64{{14, 14, 13}, {13, 12, 12}, {12, 12, 11}}},
	{2, 3, 91, "REQ", "Bestellungen ohne Rückfrage", "Anteil ohne Rückfrage", "Vier von fünf Bestellungen gehen ohne Rückfrage durch.", "%", "Bestellsystem",
		"Leitung Anwendungen", "Wer bestellt, muss nicht nachfassen.", survey.Up, 55, 80, [3][]float64{nil, {58, 62, 66}, {70, 74, 78}}},
	{3, 3, 91, "PRB", "Bekannte Fehler am Service Desk sichtbar", "Anteil der Störungen mit Verweis", "Drei von zehn Störungen verweisen auf einen bekannten Fehler.",
		"%", "", "", "Der Service Desk löst Bekanntes sofort.", survey.Up, 0, 30, [3][]float64{}},
}

// setGoals sets the goals of an iteration, each with the KPI that shows how far it is;
// goals that were carried on stay as they are.
func (d *demoRun) setGoals(ctx context.Context, i *survey.Iteration) error {
	there, err := d.service.ListGoals(ctx, d.lead(), i.ID)
	if err != nil {
		return err
	}
	for _, g := range demoGoals {
		if i.Number < g.first || i.Number > g.last || slices.ContainsFunc(there, func(o survey.Goal) bool { return o.Name == g.name }) {
			continue
		}
		in := survey.GoalInput{
			Process: &g.process, Name: &g.name, Specific: &g.specific, Metric: &g.metric, Unit: &g.unit, Source: &g.source,
			Direction: &g.direction, Baseline: survey.Say(&g.baseline), Target: survey.Say(&g.target), Owner: &g.owner, Agreed: new(g.owner != ""),
			Relevance: &g.relevance, Due: d.day(i, g.due+91*(g.last-i.Number)),
		}
		if len(g.measured[g.last-1]) > 0 {
			kpi, err := d.service.CreateKPI(ctx, d.lead(), i.ID, survey.KPIInput{
				Process: &g.process, Name: &g.metric, Unit: &g.unit, Source: &g.source, Direction: &g.direction, Baseline: survey.Say(&g.baseline), Target: survey.Say(&g.target),
			})
			if err != nil {
				return err
			}
			in.KPI = new(string(kpi.ID))
		}
		if _, err := d.service.CreateGoal(ctx, d.lead(), i.ID, in); err != nil {
			return err
		}
	}
	return nil
}

// measure enters the figures of the day, as a program of the service desk would.
func (d *demoRun) measure(ctx context.Context, i *survey.Iteration) error {
	goals, err := d.service.ListGoals(ctx, d.lead(), i.ID)
	if err != nil {
		return err
	}
	turn := slices.Index([]string{*d.day(i, 21), *d.day(i, 42), *d.day(i, 66)}, *d.date())
	for _, is := range goals {
		for _, g := range demoGoals {
			if g.name != is.Name || is.KPI == "" || i.Number < g.first || i.Number > g.last || i.Number > len(g.measured) || turn < 0 || turn >= len(g.measured[i.Number-1]) {
				continue
			}
			in := survey.MeasurementInput{Day: *d.date(), Key: "service-desk", Value: g.measured[i.Number-1][turn]}
			if _, err := d.service.AddMeasurement(ctx, d.lead(), is.KPI, in); err != nil {
				return err
			}
		}
	}
	return nil
}
