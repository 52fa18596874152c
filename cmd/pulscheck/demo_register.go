package main

import (
	"cmp"
	"context"
	"time"

	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/locale"
)

// demoCriticism is what people of the sample organisation say in every iteration, and
// what they are answered.
var demoCriticism = []struct {
	said, potential, did, reason, moves string
	status                              survey.ImprovementStatus
	pair                                survey.PairStatus
}{
	{
		said: "Uns fehlt Übung mit dem neuen Werkzeug.", potential: "Üben am echten Fall", moves: "B4", status: survey.ImprovementPlanned, pair: survey.PairWorking,
		did: "Zwei feste Sprechstunden je Woche, im Tandem mit dem Prozessmanagement.",
	},
	{
		said: "Von Erfolgen erfahren wir zu spät.", potential: "Erfolge wöchentlich mitteilen", moves: "C2", status: survey.ImprovementDone, pair: survey.PairDone,
		did: "Neues steht jeden Montag im Intranet und am Aushang.",
	},
	{
		said: "Das Störungsformular ist zu lang.", potential: "Kürzeres Formular", status: survey.ImprovementExamined, pair: survey.PairWorking,
		did: "Der Service Desk prüft, welche Felder entfallen.",
	},
	{
		said: "Zwei Systeme nebeneinander kosten Zeit.", status: survey.ImprovementInfeasible, pair: survey.PairNotYet,
		reason: "Das alte System läuft bis Jahresende weiter, weil die Abrechnung daran hängt.", did: "Ab Januar gibt es nur noch eines.",
	},
}

// answerCriticism fills the register of an iteration, releases what the team may read
// and has the sheet drawn that goes back to it.
func (d *demoRun) answerCriticism(ctx context.Context, i *survey.Iteration) error {
	due, answered := i.Ends.Format(time.DateOnly), d.now.Format(time.DateOnly)
	for _, c := range demoCriticism {
		status := string(c.status)
		m, err := d.service.CreateImprovement(ctx, account.System(), i.ID, survey.ImprovementInput{
			Criticism: &c.said, Potential: &c.potential, Status: &status, Reason: &c.reason, Due: &due,
			Answer: &c.did, Answered: &answered, Moves: &c.moves,
		})
		if err != nil {
			return err
		}
		pair, day, released := string(c.pair), due, true
		if c.pair == survey.PairDone {
			day = answered
		}
		said, did := locale.Text{DE: c.said}, locale.Text{DE: cmp.Or(c.reason, c.did)}
		improvement := string(m.ID)
		_, err = d.service.CreatePair(ctx, account.System(), i.ID, survey.PairInput{
			Said: &said, Did: &did, Status: &pair, Day: &day, Improvement: &improvement, Released: &released,
		})
		if err != nil {
			return err
		}
	}
	return d.service.DraftTeamSheet(ctx, account.System(), i.ID, "")
}
