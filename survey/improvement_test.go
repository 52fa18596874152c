package survey_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pulscheck/survey"
	"pulscheck/survey/questionnaire"
	"pulscheck/survey/store/storetest"
)

// TestImprovementsAnswerCriticism: nothing is put off without a reason, and nothing is
// shown that was not answered.
func TestImprovementsAnswerCriticism(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		o := newOffice(t, url)
		_, i := o.programme(t)
		m, err := o.CreateImprovement(ctx, o.owner(), i.ID, survey.ImprovementInput{Process: ptr("CHG"), Criticism: ptr(" Freigaben dauern.\nNiemand weiß, warum. ")})
		if err != nil || m.Status != survey.ImprovementNew || m.Criticism != "Freigaben dauern.\nNiemand weiß, warum." {
			t.Fatalf("%+v, %v", m, err)
		}
		item := questionnaire.Check().Items[0]
		for n, c := range []struct {
			in    survey.ImprovementInput
			codes []string
		}{
			{survey.ImprovementInput{Criticism: ptr("\n")}, []string{"text-length"}},
			{survey.ImprovementInput{Potential: ptr(strings.Repeat("ä", 2001))}, []string{"text-length"}},
			{survey.ImprovementInput{Potential: ptr("Ein\u202eText")}, []string{"control-character"}},
			{survey.ImprovementInput{Status: ptr("infeasible"), Reason: ptr("Neunzehn Zeichen ö.")}, []string{"reason-too-short"}},
			{survey.ImprovementInput{Status: ptr("infeasible"), Reason: ptr("Zwanzig Zeichen, öä.")}, nil},
			{survey.ImprovementInput{Status: ptr("gone")}, []string{"status-unknown"}},
			{survey.ImprovementInput{Visible: ptr(true)}, []string{"text-length"}},
			{survey.ImprovementInput{Answer: ptr("Wir bitten um Geduld.")}, []string{"date-invalid"}},
			{survey.ImprovementInput{Answer: ptr("Wir bitten um Geduld."), Answered: ptr("2026-03-20"), Visible: ptr(true)}, nil},
			{survey.ImprovementInput{Answer: ptr("")}, []string{"text-length"}},
			{survey.ImprovementInput{Moves: ptr("NOTHING")}, []string{"unknown-question"}},
			{survey.ImprovementInput{Moves: ptr(item.Key), Target: ptr(3.5)}, nil},
			{survey.ImprovementInput{Moves: ptr(item.Construct)}, nil},
			{survey.ImprovementInput{Role: ptr("boss")}, []string{"role-unknown"}},
			{survey.ImprovementInput{Role: ptr("staff"), Status: ptr("done"), Done: ptr("2999-01-01")}, []string{"date-order"}},
			{survey.ImprovementInput{Role: ptr("staff"), Status: ptr("done")}, nil},
		} {
			_, err := o.UpdateImprovement(ctx, o.owner(), m.ID, m.Version, c.in)
			if diff := cmp.Diff(c.codes, codes(err)); diff != "" || (err == nil) != (c.codes == nil) {
				t.Errorf("%d: %v\n%s", n, err, diff)
			}
			if m, err = o.ShowImprovement(ctx, o.auditor(), m.ID); err != nil {
				t.Fatal(err)
			}
		}
		if m.Version != 6 || !m.Visible || *m.Target != 3.5 || m.Moves != item.Construct {
			t.Errorf("%+v", m)
		}
		if today := o.now.Format(time.DateOnly); m.Noted != today || m.Done != today {
			t.Errorf("noted on %s, done on %s, want %s", m.Noted, m.Done, today)
		}
		if m.Effect == nil || m.Effect.State != survey.EffectOpen || m.Effect.Why != survey.EffectNotAsked {
			t.Errorf("no round has asked, and the effect is %+v", m.Effect)
		}
	})
}

// TestOverdueImprovementsComeFirst: the day ends where the organisation is.
func TestOverdueImprovementsComeFirst(t *testing.T) {
	o := newOffice(t, storetest.SQLite(t))
	_, i := o.programme(t)
	for _, in := range []survey.ImprovementInput{
		{Criticism: ptr("ohne Termin")}, {Criticism: ptr("später"), Due: ptr("2026-06-01")}, {Criticism: ptr("gestern"), Due: ptr("2026-03-31")},
		{Criticism: ptr("erledigt"), Due: ptr("2026-01-01"), Status: ptr("done")}, {Criticism: ptr("lange her"), Due: ptr("2026-02-01"), Status: ptr("planned")},
	} {
		if _, err := o.CreateImprovement(ctx, o.lead(), i.ID, in); err != nil {
			t.Fatal(err)
		}
	}
	order := func() (list []string) {
		all, err := o.ListImprovements(ctx, o.lead(), i.ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range all {
			text := m.Criticism
			if m.Overdue {
				text += "!"
			}
			list = append(list, text)
		}
		return list
	}
	o.now = time.Date(2026, 3, 31, 21, 59, 0, 0, time.UTC)
	if diff := cmp.Diff([]string{"lange her!", "ohne Termin", "später", "gestern", "erledigt"}, order()); diff != "" {
		t.Errorf("before midnight in Berlin:\n%s", diff)
	}
	o.now = o.now.Add(time.Minute)
	if diff := cmp.Diff([]string{"lange her!", "gestern!", "ohne Termin", "später", "erledigt"}, order()); diff != "" {
		t.Errorf("after midnight in Berlin:\n%s", diff)
	}
}
