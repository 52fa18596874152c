package main

import (
	"context"
	"slices"

	"pulscheck/survey"
)

// demoCriticism is a criticism with what becomes of it: iteration and day of each step,
// zero = never.
type demoCriticism struct {
	noted                    int
	process, said, potential string
	moves                    string
	target                   float64
	answered, done           [2]int
	answer, channel, reason  string
	status                   survey.ImprovementStatus // when it is noted
}

// demoPromise is the day of an iteration until which people are promised an answer.
const demoPromise = 105

// demoCriticisms: one is answered half a year later, and its question does not move; one
// is answered soon, and its question moves; one cannot be done; the last have no answer.
var demoCriticisms = []demoCriticism{
	{noted: 1, process: "CHG", said: "Bis eine kleine Änderung genehmigt ist, vergehen zwei Wochen.",
		potential: "Wiederkehrende Änderungen einmal genehmigen, dann nur anzeigen", moves: "A2", target: 60, status: survey.ImprovementExamined,
		answered: [2]int{3, 14}, done: [2]int{3, 14}, answer: "Zwölf Standardänderungen sind jetzt vorab genehmigt.", channel: "Teamrunde"},
	{noted: 1, said: "Zu viele Umstellungen gleichzeitig.", potential: "Ablösung des alten Werkzeugs verschieben", status: survey.ImprovementInfeasible,
		reason: "Die Wartung des alten Werkzeugs endet zum Jahresende, danach gibt es keine Sicherheitsupdates.", answered: [2]int{1, 79},
		answer: "Das alte Werkzeug muss zum Jahresende abgelöst sein; dafür beginnt höchstens ein Prozess je Quartal.", channel: "Intranet"},
	{noted: 2, process: "INC", said: "Bei Störungen weiß man nicht, wen man fragen kann.",
		potential: "Feste Sprechstunde am Service Desk", moves: "S1", target: 70, status: survey.ImprovementPlanned,
		answered: [2]int{2, 79}, done: [2]int{3, 10}, answer: "Ab Juli gibt es täglich von 10 bis 11 Uhr eine Sprechstunde.", channel: "Teamrunde"},
	{noted: 2, said: "Von den Erfolgen erfährt man nichts.", potential: "Erfolge jeden Montag mitteilen", moves: "C2", target: 55,
		status: survey.ImprovementPlanned, answered: [2]int{3, 10}, done: [2]int{3, 10}, answer: "Neues steht jeden Montag im Intranet und am Aushang.", channel: "Intranet"},
	{noted: 3, process: "INC", said: "Nachts ist unklar, wer eine Störung der Stufe 1 freigeben darf.", potential: "Bereitschaftsplan mit Freigaberecht", status: survey.ImprovementNew},
	{noted: 3, process: "REQ", said: "Die Genehmigung durch zwei Vorgesetzte dauert länger als die Arbeit selbst.", potential: "Eine Genehmigung genügt bis 1.000 Euro", status: survey.ImprovementExamined},
}

// listen notes the criticism of an iteration down.
func (d *demoRun) listen(ctx context.Context, i *survey.Iteration) error {
	for _, c := range demoCriticisms {
		if c.noted != i.Number {
			continue
		}
		in := survey.ImprovementInput{
			Process: &c.process, Criticism: &c.said, Potential: &c.potential, Status: new(string(c.status)), Reason: &c.reason,
			Owner: new("Einführungsteam"), Due: d.day(i, demoPromise), Moves: &c.moves,
		}
		if c.moves != "" {
			in.Target = &c.target
		}
		if _, err := d.service.CreateImprovement(ctx, d.consultant(), i.ID, in); err != nil {
			return err
		}
	}
	return nil
}

// workOnCriticism answers and does what the day brings, where it was carried on to.
func (d *demoRun) workOnCriticism(ctx context.Context, i *survey.Iteration) error {
	iterations, err := d.service.ListIterations(ctx, d.lead(), d.programme)
	if err != nil {
		return err
	}
	for _, c := range demoCriticisms {
		on := func(when [2]int) bool { return when[0] == i.Number && *d.day(i, when[1]) == *d.date() }
		var in survey.ImprovementInput
		if on(c.answered) {
			in.Answer, in.Answered, in.Channel, in.Visible = &c.answer, d.date(), &c.channel, new(true)
		}
		if on(c.done) {
			in.Status = new(string(survey.ImprovementDone))
		}
		if in == (survey.ImprovementInput{}) {
			continue
		}
		var last *survey.Improvement
		for _, o := range iterations {
			all, err := d.service.ListImprovements(ctx, d.lead(), o.ID)
			if err != nil {
				return err
			}
			if at := slices.IndexFunc(all, func(m survey.Improvement) bool { return m.Criticism == c.said }); at >= 0 {
				last = &all[at]
			}
		}
		if _, err := d.service.UpdateImprovement(ctx, d.lead(), last.ID, last.Version, in); err != nil {
			return err
		}
	}
	return nil
}
