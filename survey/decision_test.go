package survey_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"pulscheck/survey"
	"pulscheck/survey/fault"
	"pulscheck/survey/store/storetest"
)

// TestDecisionsNeedOwnerAndDate: ACT does not end before every decision has both, and
// what was decided stays as it is then.
func TestDecisionsNeedOwnerAndDate(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		o := newOffice(t, url)
		_, i := o.programme(t)
		d, err := o.CreateDecision(ctx, o.consultant(), i.ID, survey.DecisionInput{Proposal: ptr("Service Desk nachschulen")})
		if err != nil || d.Outcome != "" || d.Number != 1 {
			t.Fatalf("%+v, %v", d, err)
		}
		for n, c := range []struct {
			in    survey.DecisionInput
			codes []string
		}{
			{survey.DecisionInput{Proposal: ptr(" ")}, []string{"text-length"}},
			{survey.DecisionInput{Outcome: ptr("maybe")}, []string{"outcome-unknown"}},
			{survey.DecisionInput{Outcome: ptr("changed")}, []string{"text-length"}},
			{survey.DecisionInput{Outcome: ptr("changed"), Wording: ptr("Nur die Frühschicht"), Owner: ptr("Frau Groß")}, nil},
		} {
			changed, err := o.UpdateDecision(ctx, o.lead(), d.ID, d.Version, c.in)
			if diff := cmp.Diff(c.codes, codes(err)); diff != "" || (err == nil) != (c.codes == nil) {
				t.Errorf("%d: %v\n%s", n, err, diff)
			}
			if err == nil {
				d = changed
			}
		}
		if i, err = o.store.FindIteration(ctx, i.ID); err != nil {
			t.Fatal(err)
		}
		i.Phase = survey.Act
		if err := o.store.UpdateIteration(ctx, i, nil, nil); err != nil {
			t.Fatal(err)
		}
		i.Version++
		if _, err := o.AdvanceIteration(ctx, o.lead(), i.ID, i.Version); !fault.Is(err, "gate-not-met") || codes(err)[0] != "gate-decisions" {
			t.Errorf("a decision has no date: %v", err)
		}
		if d, err = o.UpdateDecision(ctx, o.lead(), d.ID, d.Version, survey.DecisionInput{Due: ptr("2026-07-31")}); err != nil {
			t.Fatal(err)
		}
		if i, err = o.AdvanceIteration(ctx, o.lead(), i.ID, i.Version); err != nil || i.Phase != survey.Finished {
			t.Fatalf("%+v, %v", i, err)
		}
		if _, err := o.UpdateDecision(ctx, o.lead(), d.ID, d.Version, survey.DecisionInput{Owner: ptr("niemand")}); !fault.Is(err, "iteration-done") {
			t.Errorf("changed afterwards: %v", err)
		}
		if _, err := o.CreateDecision(ctx, o.lead(), i.ID, survey.DecisionInput{Proposal: ptr("noch etwas")}); !fault.Is(err, "iteration-done") {
			t.Errorf("decided afterwards: %v", err)
		}
		if _, err := o.ListDecisions(ctx, o.owner(), i.ID); !fault.Is(err, "forbidden") {
			t.Errorf("an owner reads decisions: %v", err)
		}
		if all, err := o.ListDecisions(ctx, o.auditor(), i.ID); err != nil || len(all) != 1 || all[0].Wording != "Nur die Frühschicht" {
			t.Errorf("%+v, %v", all, err)
		}
	})
}
