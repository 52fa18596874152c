package survey_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/locale"
	"pulscheck/survey/questionnaire"
	"pulscheck/survey/store/storetest"
)

// TestFewWhoComeOrGoAreToldByGroupAlone: from one to k-1 changes since the last round, with
// everybody else answering, warn of the groups they concern; none and k do not, and neither
// do groups that so many left unanswered that anybody may hide among them.
func TestFewWhoComeOrGoAreToldByGroupAlone(t *testing.T) {
	for name, c := range map[string]struct {
		answer, come int
		everybody    bool
	}{
		"nobody":                   {20, 0, false},
		"one":                      {20, 1, true},
		"four":                     {20, 4, true},
		"five":                     {20, 5, false},
		"one, and five silent":     {15, 1, false},
		"one, and nobody answered": {0, 1, true}, // nothing was shown, so nobody knows that
	} {
		t.Run(name, func(t *testing.T) {
			h := begin(t, storetest.SQLite(t), 20)
			h.answerAll(t, c.answer)
			if err := h.FinishRound(ctx, h.round.ID); err != nil {
				t.Fatal(err)
			}
			o, err := h.store.FindOrganisation(ctx, h.round.Organisation)
			if err != nil {
				t.Fatal(err)
			}
			var new []survey.Person
			for n := range c.come {
				new = append(new, survey.Person{
					ID: survey.PersonID(survey.NewID()), Organisation: o.ID, Email: fmt.Sprintf("new%d@nordlicht.example", n), Locale: locale.German,
					Unit: o.Units[0].Key, Roles: []survey.ProcessRole{{Process: o.Processes[0].Key, Role: o.Roles[0].Key}},
				})
			}
			if err := h.store.CreatePeople(ctx, new); err != nil {
				t.Fatal(err)
			}
			iteration, err := h.store.FindIteration(ctx, h.round.Iteration)
			if err != nil {
				t.Fatal(err)
			}
			next := storetest.NextRound(t, h.store, o, iteration.Programme, 2, questionnaire.Check(), h.now.AddDate(0, 1, 0))
			draft, err := h.InspectRound(ctx, account.System(), next.ID)
			if err != nil {
				t.Fatal(err)
			}
			total := false
			for _, g := range draft.Shifted {
				total = total || g == survey.GroupSize{Invited: 20 + c.come}
				if g.Invited < o.K {
					t.Errorf("a group that is never shown: %+v", g)
				}
			}
			if total != c.everybody {
				t.Errorf("of everybody: warned %v, want %v; %+v", total, c.everybody, draft.Shifted)
			}
			if c.come == 0 && len(draft.Shifted) > 0 {
				t.Errorf("nobody came or went: %+v", draft.Shifted)
			}
			if _, err := h.SubmitRound(ctx, account.System(), next.ID); err != nil {
				t.Fatal(err)
			}
			fixed, err := h.InspectRound(ctx, account.System(), next.ID)
			if err != nil {
				t.Fatal(err)
			}
			order := cmpopts.SortSlices(func(a, b survey.GroupSize) bool { return a.Process+a.Role+a.Unit < b.Process+b.Role+b.Unit })
			if diff := cmp.Diff(draft.Shifted, fixed.Shifted, order); diff != "" {
				t.Errorf("submitted, it warns of others (-draft +submitted):\n%s", diff)
			}
		})
	}
}
