package survey_test

import (
	"testing"
	"time"

	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/audit"
	"pulscheck/survey/maturity"
	"pulscheck/survey/store/storetest"
	"pulscheck/survey/tally"
)

// TestMaturityOfTheNextIteration: change against the last one, answers taken over row by
// row, staff's view beside it as the headline round displays it.
func TestMaturityOfTheNextIteration(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		o := newOffice(t, url)
		p, first := o.programme(t)
		before := o.assessment(t, first.ID, survey.AssessmentInput{})
		one, two := o.assessor("one"), o.assessor("two")
		o.rate(t, before.ID, one, upTo(1), true)
		o.assessment(t, first.ID, survey.AssessmentInput{Process: ptr("INC")})
		i, err := o.CreateIteration(ctx, o.lead(), p.ID, survey.IterationInput{
			Starts: at("2026-07-06 07:00"), Checks: at("2026-09-01 07:00"), Ends: at("2026-10-05 07:00"), Scope: &[]string{"CHG", "INC"},
		})
		if err != nil {
			t.Fatal(err)
		}
		a := o.assessment(t, i.ID, survey.AssessmentInput{Target: ptr(2), Core: ptr(true)})
		o.takeOver(t, a.ID, two)
		o.counted(t, i.ID)
		m, err := o.Maturity(ctx, o.lead(), i.ID)
		if err != nil {
			t.Fatal(err)
		}
		chg, inc := m.Processes[0], m.Processes[1]
		if c := chg.Change(); c.Kind != maturity.LevelUp || *c.From != 1 || *c.To != 2 || chg.Before.Number != 1 || !chg.AtTarget() || *m.Profile.Stage != 1 {
			t.Errorf("%+v, %+v", c, m.Profile)
		}
		if inc.Assessment != nil || inc.Before != nil || inc.Change().Kind != maturity.NotAssessed {
			t.Errorf("INC: %+v: what nobody finished is no earlier assessment", inc)
		}
		if chg.Staff == nil || chg.Staff.State != tally.Shown || len(chg.Staff.Items) != 2 || *chg.Staff.Items[0].Index != 62 || inc.Staff.State != tally.Protected || inc.Staff.Items != nil {
			t.Errorf("staff: %+v, %+v", chg.Staff, inc.Staff)
		}
		own, err := o.Maturity(ctx, one, i.ID)
		if err != nil || len(own.Processes) != 1 || own.Processes[0].Process != "CHG" || own.Profile.Stage != nil {
			t.Errorf("an owner of changes sees %+v, %v", own, err)
		}
	})
}

// takeOver rates as in the last iteration, but for level 2.
func (o *office) takeOver(t testing.TB, id survey.AssessmentID, who account.Actor) {
	t.Helper()
	last, err := o.LastAnswers(ctx, who, id, "")
	m := maturity.ISO33020(maturity.Edition2015)
	if err != nil || len(last) != len(answers(m, upTo(1))) {
		t.Fatalf("%d answers of the last iteration, %v", len(last), err)
	}
	rows := answers(m, upTo(2))
	for n := range rows {
		if *rows[n].Value == last[rows[n].Indicator].Value {
			rows[n] = survey.AnswerInput{Indicator: rows[n].Indicator, Last: true}
		}
	}
	a, err := o.SaveSheet(ctx, who, id, survey.SheetInput{Answers: rows, Finished: true})
	if err != nil {
		t.Fatal(err)
	}
	first := a.Sheets[0].Answers[rows[0].Indicator]
	if first.Value != 4 || len(first.Evidence) != 1 {
		t.Errorf("taken over without its evidence: %+v", first)
	}
}

// counted stores a counted check round in which CHG is shown and INC is not.
func (o *office) counted(t testing.TB, id survey.IterationID) survey.RoundID {
	t.Helper()
	return o.countedRound(t, id, survey.CheckRound, tally.GroupResult{
		Group: tally.Group{Process: "CHG"}, State: tally.Shown,
		Items: []tally.ItemResult{{Key: "A1", Index: ptr(70)}, {Key: "B4", Index: ptr(62)}, {Key: "B5", Band: ">=90"}},
	}, tally.GroupResult{Group: tally.Group{Process: "INC"}, State: tally.Protected})
}

// countedRound stores a counted round of an iteration with results as they are
// displayed; rounds close a day after each other.
func (o *office) countedRound(t testing.TB, id survey.IterationID, kind survey.Kind, groups ...tally.GroupResult) survey.RoundID {
	t.Helper()
	r := o.openRound(t, id, kind)
	o.now = r.Closes.Add(time.Hour)
	if err := o.store.CloseRound(ctx, r.ID, audit.Entry{Organisation: string(o.org.ID), At: o.now, Actor: "system", Verb: "round.close", Subject: string(r.ID)}); err != nil {
		t.Fatal(err)
	}
	counted := survey.CountedRound{
		Round: r.ID, At: o.now, Results: &tally.Results{Round: string(r.ID), Iteration: string(id), Groups: groups}, Kept: &tally.Kept{},
	}
	if err := o.store.CountRound(ctx, counted); err != nil {
		t.Fatal(err)
	}
	if err := o.CountRound(ctx, r.ID); err != nil {
		t.Fatal(err)
	}
	return r.ID
}

func (o *office) openRound(t testing.TB, id survey.IterationID, kind survey.Kind) *survey.Round {
	t.Helper()
	if len(o.people(t)) == 0 {
		o.staff(t, 12)
	}
	opens, closes := o.now.Add(time.Hour), o.now.Add(25*time.Hour)
	r, err := o.CreateRound(ctx, o.lead(), id, survey.RoundInput{Kind: kind, Opens: &opens, Closes: &closes})
	if err != nil {
		t.Fatal(err)
	}
	o.now = opens
	r, err = o.OpenRound(ctx, o.lead(), r.ID)
	if err != nil {
		t.Fatal(err)
	}
	return r
}
