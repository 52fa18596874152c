package survey_test

import (
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/fault"
	"pulscheck/survey/locale"
	"pulscheck/survey/store/storetest"
)

// proposals are what a report proposes.
func proposals(rules ...string) (all []survey.Proposal) {
	for _, r := range rules {
		all = append(all, survey.Proposal{Rule: r, Text: locale.Text{DE: "Vorschlag " + r, EN: "Proposal " + r}})
	}
	return all
}

// TestProposalsAreLaidOnce: however many jobs draw the report at once, and however
// often, each rule proposes one decision, and what was decided stays.
func TestProposalsAreLaidOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		o := newOffice(t, url)
		_, i := o.programme(t)
		var jobs sync.WaitGroup
		for range 6 {
			jobs.Go(func() {
				if _, err := o.ProposeDecisions(ctx, account.System(), i.ID, proposals("A4", "A6")); err != nil {
					t.Error(err)
				}
			})
		}
		jobs.Wait()
		all, err := o.ListDecisions(ctx, o.consultant(), i.ID)
		if err != nil || len(all) != 2 || all[0].Proposal != "Vorschlag A4" || all[0].In(locale.English) != "Proposal A4" || all[1].Number != 2 {
			t.Fatalf("%+v, %v", all, err)
		}
		edited, err := o.UpdateDecision(ctx, o.consultant(), all[0].ID, all[0].Version, survey.DecisionInput{
			Proposal: ptr("Zwei Sprechstunden"), Outcome: ptr("yes"), Remark: ptr("ab Montag"), Owner: ptr("Leitung Betrieb"), Due: ptr("2026-07-31"),
		})
		if err != nil || edited.In(locale.English) != "Zwei Sprechstunden" || !edited.Running() {
			t.Fatalf("%+v, %v", edited, err)
		}
		if all, err = o.ProposeDecisions(ctx, account.System(), i.ID, proposals("A4", "A10")); err != nil || len(all) != 3 {
			t.Fatalf("%+v, %v", all, err)
		}
		if diff := cmp.Diff(*edited, all[0]); diff != "" || all[2].Rule != "A10" || all[2].Number != 3 {
			t.Errorf("%+v\n%s", all[2], diff)
		}
		if _, err := o.UpdateDecision(ctx, o.consultant(), all[1].ID, all[1].Version, survey.DecisionInput{Done: ptr("2026-07-01")}); codes(err)[0] != "date-invalid" {
			t.Errorf("done before it was decided: %v", err)
		}
		in := []string{string(o.org.ID)}
		for code, actor := range map[string]account.Actor{
			"forbidden": {ID: "x", Role: account.Steering, Organisations: in}, "not-found": {ID: "y", Role: account.Lead, Organisations: []string{"another"}},
		} {
			if _, err := o.ProposeDecisions(ctx, actor, i.ID, proposals("A1")); !fault.Is(err, code) {
				t.Errorf("%s: %v", actor.Role, err)
			}
			if err := o.RenewReport(ctx, actor, i.ID, "weil"); !fault.Is(err, code) {
				t.Errorf("%s: %v", actor.Role, err)
			}
		}
	})
}

// TestAnotherVersionNeedsAReason: it follows one that was issued, and says why.
func TestAnotherVersionNeedsAReason(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		h := begin(t, url, 12)
		system, id := account.System(), h.round.Iteration
		if err := h.RenewReport(ctx, system, id, "Beschlüsse"); !fault.Is(err, "report-without-round") {
			t.Errorf("nothing was counted: %v", err)
		}
		h.now = h.round.Closes
		if err := h.FinishRound(ctx, h.round.ID); err != nil {
			t.Fatal(err)
		}
		draft := func(number int) *survey.Report {
			return &survey.Report{
				ID: survey.ReportID("report-" + strconv.Itoa(number)), Iteration: id, Kind: survey.CheckReport, Language: locale.German, Number: number,
				Document: "NL-I01-B1", DataHash: make([]byte, 32), FileName: "check-bericht.pdf", FileHash: make([]byte, 32), Body: []byte("%PDF"), Created: h.now,
			}
		}
		r := draft(1)
		if err := h.store.CreateReport(ctx, r); err != nil {
			t.Fatal(err)
		}
		h.now = h.now.Add(time.Hour)
		if err := h.RenewReport(ctx, system, id, ""); err != nil {
			t.Errorf("a draft needs no reason: %v", err)
		}
		if _, err := h.IssueReport(ctx, system, r.ID, r.Version); err != nil {
			t.Fatal(err)
		}
		if err := h.RenewReport(ctx, system, id, " "); codes(err)[0] != "text-length" {
			t.Errorf("no reason: %v", err)
		}
		h.now = h.now.Add(time.Hour)
		for _, reason := range []string{"Beschlüsse", "Beschlüsse vom 27. April"} {
			if err := h.RenewReport(ctx, system, id, reason); err != nil {
				t.Fatal(err)
			}
		}
		if reason, err := h.store.FindOrder(ctx, id, survey.CheckReport, 2); err != nil || reason != "Beschlüsse vom 27. April" {
			t.Errorf("%q, %v", reason, err)
		}
		due, err := h.store.ListDueJobs(ctx, h.now, []survey.JobKind{survey.ReportJob}, 10)
		if err != nil || len(due) != 3 { // of counting, of the draft, of version 2
			t.Errorf("%+v, %v", due, err)
		}
	})
}
