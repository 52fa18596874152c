package main

import (
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
	{Outcome: new(string(survey.Postponed)), Remark: new("Nach der Urlaubszeit wieder vorlegen")},
}

// demoMeetings are what the committee's decisions of an iteration change for staff, and
// when they hear about it.
var demoMeetings = [][2]string{
	{"Für kleine Änderungen gilt bald ein kürzerer Weg; bis dahin bleibt alles beim Alten.", "Teamrunden in der Woche nach der Sitzung"},
	{"Standardbestellungen brauchen keine Genehmigung mehr; am Service Desk gibt es eine Sprechstunde.", "Intranet am Tag nach der Sitzung, dann Teamrunden"},
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
		if *in.Outcome != string(survey.Postponed) {
			in.Owner, in.Due = new("Leitung Einführungsteam"), d.day(i, 91+42)
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
	if *d.date() != *d.day(i, 33) {
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
			in = survey.DecisionInput{Due: d.day(i, 105), Remark: new("Frist verlängert")}
		}
		if _, err := d.service.UpdateDecision(ctx, d.consultant(), e.ID, e.Version, in); err != nil {
			return err
		}
	}
	return nil
}
