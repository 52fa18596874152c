package main

import (
	"context"

	"pulscheck/survey"
	"pulscheck/survey/locale"
)

// demoPair is what goes back to the team after a check round.
type demoPair struct {
	iteration, day int // day: since when, or until when there is an answer
	status         survey.PairStatus
	said, did      locale.Text
}

var demoPairs = []demoPair{
	{1, 52, survey.PairDone, locale.Text{DE: "Das Bestellformular ist zu lang.", EN: "The order form is too long."},
		locale.Text{DE: "Es passt jetzt auf eine Seite.", EN: "It fits on one page now."}},
	{1, demoPromise, survey.PairWorking, locale.Text{DE: "Kleine Änderungen warten zwei Wochen auf Freigabe.", EN: "Small changes wait two weeks for approval."}, locale.Text{}},
	{1, 72, survey.PairNotYet, locale.Text{DE: "Zu viele Umstellungen gleichzeitig.", EN: "Too many changes at once."},
		locale.Text{DE: "Die Wartung des alten Werkzeugs endet zum Jahresende. Bis dahin beginnt höchstens ein Prozess je Quartal.", EN: "Support of the old tool ends with the year. Until then at most one process starts each quarter."}},
	{2, demoPromise, survey.PairWorking, locale.Text{DE: "Bei Störungen weiß man nicht, wen man fragen kann.", EN: "Nobody knows whom to ask about incidents."},
		locale.Text{DE: "Ab Juli gibt es täglich von 10 bis 11 Uhr eine Sprechstunde.", EN: "From July on there is an open hour every day from 10 to 11."}},
	{2, demoPromise, survey.PairWorking, locale.Text{DE: "Von den Erfolgen erfährt man nichts.", EN: "Nobody hears about successes."}, locale.Text{}},
	{3, 10, survey.PairDone, locale.Text{DE: "Von den Erfolgen erfährt man nichts.", EN: "Nobody hears about successes."},
		locale.Text{DE: "Neues steht jeden Montag im Intranet und am Aushang.", EN: "News are on the intranet and the notice board every Monday."}},
	{3, 14, survey.PairDone, locale.Text{DE: "Kleine Änderungen warten zwei Wochen auf Freigabe.", EN: "Small changes wait two weeks for approval."},
		locale.Text{DE: "Zwölf Standardänderungen sind jetzt vorab genehmigt.", EN: "Twelve standard changes are approved in advance now."}},
	{3, demoPromise, survey.PairWorking, locale.Text{DE: "Nachts ist unklar, wer eine Störung der Stufe 1 freigeben darf.", EN: "At night it is unclear who may release a major incident."}, locale.Text{}},
	{3, 72, survey.PairNotYet, locale.Text{DE: "Zwei Systeme nebeneinander kosten Zeit.", EN: "Two systems side by side cost time."},
		locale.Text{DE: "Das alte System läuft bis Jahresende, weil die Abrechnung daran hängt.", EN: "The old system runs until the end of the year because billing needs it."}},
}

// giveBack releases what the team may read, and has the sheet drawn that goes back to it.
func (d *demoRun) giveBack(ctx context.Context, i *survey.Iteration) error {
	for _, p := range demoPairs {
		if p.iteration != i.Number {
			continue
		}
		_, err := d.service.CreatePair(ctx, d.consultant(), i.ID, survey.PairInput{
			Said: &p.said, Did: &p.did, Status: new(string(p.status)), Day: d.day(i, p.day), Released: new(true),
		})
		if err != nil {
			return err
		}
	}
	return d.service.DraftTeamSheet(ctx, d.consultant(), i.ID, "")
}
