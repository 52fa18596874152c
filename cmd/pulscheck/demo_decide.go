package main

import (
	"cmp"
	"context"

	"pulscheck/survey"
	"pulscheck/survey/locale"
)

// demoOutcomes are what the committee says to the proposals of a report, in their order;
// to all others yes.
var demoOutcomes = []survey.DecisionInput{
	{},
	{Outcome: new(string(survey.Changed)), Wording: new("Zuerst nur im Betrieb, nach acht Wochen überall")},
	{},
	{Outcome: new(string(survey.Postponed)), Remark: new("Wieder nach den Ferien")},
}

// demoMeetings are what the committee's decisions of an iteration change for staff, and
// when they hear about it.
var demoMeetings = [][2]string{
	{"Für kleine Änderungen gilt bald ein kürzerer Weg; bis dahin bleibt alles beim Alten.", "Teamrunden in der Woche nach der Sitzung"},
	{"Standardbestellungen brauchen keine Genehmigung mehr; am Service Desk gibt es eine Sprechstunde.", "Intranet am Tag nach der Sitzung, dann Teamrunden"},
}

// demoOwners see to what the committee decided, by the rule that proposed it; the lead of
// the programme to everything else.
var demoOwners = map[string]string{"A2": "Prozessverantwortung", "A4": "Prozessmanagement", "A6": "Leitung Einführungsteam", "A9": "Prozessverantwortung"}

// prepare names a day for each proposal before the committee meets.
func (d *demoRun) prepare(ctx context.Context, i *survey.Iteration) error {
	all, err := d.service.ListDecisions(ctx, d.lead(), i.ID)
	if err != nil {
		return err
	}
	for n, e := range all {
		if e.Outcome != "" {
			continue
		}
		if _, err := d.service.UpdateDecision(ctx, d.consultant(), e.ID, e.Version, survey.DecisionInput{Due: d.day(i, 91+14*(n+1))}); err != nil {
			return err
		}
	}
	return nil
}

// decide is the meeting of the committee; its decisions make another version of the
// report.
func (d *demoRun) decide(ctx context.Context, i *survey.Iteration) error {
	all, err := d.service.ListDecisions(ctx, d.consultant(), i.ID)
	if err != nil {
		return err
	}
	for n, e := range all {
		if e.Outcome != "" {
			continue
		}
		in := survey.DecisionInput{}
		if n < len(demoOutcomes) {
			in = demoOutcomes[n]
		}
		if in.Outcome == nil {
			in.Outcome = new(string(survey.Accepted))
		}
		if in.Owner = new(cmp.Or(demoOwners[e.Rule], "Programmleitung")); *in.Outcome == string(survey.Postponed) {
			in.Owner, in.Due = nil, new("")
		} else if e.Due == "" { // proposed after the days were named
			in.Due = d.day(i, 91+14*(n+1))
		}
		if _, err := d.service.UpdateDecision(ctx, d.consultant(), e.ID, e.Version, in); err != nil {
			return err
		}
	}
	if n := i.Number - 1; n < len(demoMeetings) {
		in := survey.IterationInput{Seen: i.Version, Met: d.date(), Staff: &demoMeetings[n][0], StaffTold: &demoMeetings[n][1]}
		changed, err := d.service.UpdateIteration(ctx, d.consultant(), i.ID, in)
		if err != nil {
			return err
		}
		*i = *changed
	}
	return d.service.RenewReport(ctx, d.consultant(), i.ID, "Beschlüsse vom "+locale.New(locale.German).Date(d.now))
}

// carryOut notes down what of the decisions of earlier iterations is done by now. What
// concerns the slow process takes longer.
func (d *demoRun) carryOut(ctx context.Context, i *survey.Iteration) error {
	if *d.date() != *d.day(i, 32) {
		return nil
	}
	all, err := d.service.ListDecisions(ctx, d.consultant(), i.ID)
	if err != nil {
		return err
	}
	for _, e := range all {
		if !e.Running() {
			continue
		}
		in := survey.DecisionInput{Done: d.date()}
		if e.Rule == "A9" {
			in = survey.DecisionInput{Due: d.day(i, demoPromise), Remark: new("Frist verlängert")}
		}
		if _, err := d.service.UpdateDecision(ctx, d.consultant(), e.ID, e.Version, in); err != nil {
			return err
		}
	}
	return nil
}
