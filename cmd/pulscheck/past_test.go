package main

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"pulscheck/report/pdf"
	"pulscheck/report/source"
	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/ballot"
	"pulscheck/survey/locale"
	"pulscheck/survey/questionnaire"
	"pulscheck/survey/store/storetest"
)

// TestPastIsReported: imported results, first alone and then as what a round of ours is
// compared with, can be drawn like any other.
func TestPastIsReported(t *testing.T) {
	w := startWorld(t, storetest.SQLite(t))
	o := storetest.Organisation(t, w.store)
	storetest.People(t, w.store, o, 40)
	p := &survey.Programme{ID: survey.ProgrammeID(survey.NewID()), Organisation: o.ID, Name: "ITSM"}
	if err := w.store.CreateProgramme(t.Context(), p); err != nil {
		t.Fatal(err)
	}
	old := &survey.Iteration{
		ID: survey.IterationID(survey.NewID()), Programme: p.ID, Number: 1, Phase: survey.Plan,
		Starts: w.now().AddDate(0, -8, 0), Checks: w.now().AddDate(0, -6, 0), Ends: w.now().AddDate(0, -5, 0),
	}
	if err := w.store.CreateIteration(t.Context(), old); err != nil {
		t.Fatal(err)
	}
	file := "item;process;invited;1;2;3;4;5\n"
	for _, item := range questionnaire.Check().Items {
		if item.Scale != "yesno" {
			file += fmt.Sprintf("%s;INC;60;10;12;10;6;2\n%s;CHG;60;9;9;9;9;2\n", item.Key, item.Key)
		}
	}
	_, wrong, err := w.service.ImportPast(t.Context(), account.System(), old.ID, survey.PastInput{File: strings.NewReader(file), Kind: survey.CheckRound, Closes: old.Checks})
	if err != nil {
		t.Fatal(wrong, err)
	}
	r, links := w.open(t, w.draft(t, o, p.ID, 2, questionnaire.Check()))
	n := 0
	for person := range links {
		if n++; n > 30 {
			delete(links, person)
		}
	}
	w.answer(t, r, links, answers(questionnaire.Check()))
	w.count(t, r)
	for _, id := range []survey.IterationID{old.ID, r.Iteration} {
		for _, l := range []locale.Language{locale.German, locale.English} {
			d, err := source.New(w.service, source.Options{}).Document(t.Context(), survey.CheckReport, id, source.Edition{Language: l, Number: 1})
			if err != nil {
				t.Fatal(err)
			}
			body, err := pdf.Draw(d)
			if err != nil || !bytes.HasPrefix(body, []byte("%PDF")) {
				t.Errorf("iteration %s: %v", id, err)
			}
		}
	}
}

// answers fills every question with a value that follows from who answers.
func answers(q *questionnaire.Questionnaire) func(survey.PersonID, invitation) (sheet, bool) {
	return func(person survey.PersonID, _ invitation) (sheet, bool) {
		s := sheet{Answers: map[string]ballot.Answer{}}
		for i, item := range q.Items {
			scale := q.Scales[item.Scale]
			s.Answers[item.Key] = ballot.Answer{Value: scale.Lo + (int(person[0])+i)%(scale.Hi-scale.Lo+1)}
		}
		return s, true
	}
}
