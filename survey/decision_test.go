package survey_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/fault"
	"pulscheck/survey/store/storetest"
)

// TestDecisionsNeedOwnerAndDate: ACT does not end before every decision has both; what
// was decided stays as it is then, and what is left to do or to decide is carried on.
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
		for _, in := range []survey.DecisionInput{
			{Proposal: ptr("vertagt"), Outcome: ptr("postponed")}, {Proposal: ptr("abgelehnt"), Outcome: ptr("no")},
			{Proposal: ptr("getan"), Outcome: ptr("yes"), Owner: ptr("Frau Groß"), Due: ptr("2026-07-31"), Done: ptr("2026-07-01")},
		} {
			if _, err := o.CreateDecision(ctx, o.lead(), i.ID, in); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := o.ProposeDecisions(ctx, account.System(), i.ID, proposals("A4")); err != nil {
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
		next, err := o.ListIterations(ctx, o.lead(), i.Programme)
		if err != nil || len(next) != 2 {
			t.Fatalf("%+v, %v", next, err)
		}
		carried, err := o.ListDecisions(ctx, o.auditor(), next[1].ID)
		var told []string
		for _, d := range carried {
			told = append(told, fmt.Sprintf("E%d %s %q %s since %d", d.Number, d.Proposal, d.Outcome, d.Owner, d.Since))
		}
		if diff := cmp.Diff([]string{
			`E1 Service Desk nachschulen "changed" Frau Groß since 1`, `E2 vertagt "" ` + " since 1", `E3 Vorschlag A4 "" ` + " since 1",
		}, told); err != nil || diff != "" {
			t.Errorf("carried into the next iteration: %v\n%s", err, diff)
		}
		if all, err := o.ProposeDecisions(ctx, account.System(), next[1].ID, proposals("A4", "A6")); err != nil || len(all) != 4 || all[3].Rule != "A6" {
			t.Errorf("A4 is asked again already: %+v, %v", all, err)
		}
		if all, err := o.ListDecisions(ctx, o.auditor(), i.ID); err != nil || len(all) != 5 || all[0].Wording != "Nur die Frühschicht" {
			t.Errorf("%+v, %v", all, err)
		}
	})
}
