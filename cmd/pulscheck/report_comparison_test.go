package main

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/ballot"
	"pulscheck/survey/fault"
	"pulscheck/survey/locale"
	"pulscheck/survey/questionnaire"
	"pulscheck/survey/store/storetest"
)

// comparisons gives the comparison reports of an iteration in English, the last one last.
func (w *world) comparisons(t *testing.T, id survey.IterationID) []survey.Report {
	t.Helper()
	all, err := w.service.ListReports(t.Context(), account.System(), id)
	if err != nil {
		t.Fatal(err)
	}
	return slices.DeleteFunc(all, func(r survey.Report) bool {
		return r.Kind != survey.ComparisonReport || r.Language != locale.English
	})
}

// TestComparisonIsDrawnWithTheSecondIteration: not before; what was issued stays as it is,
// the next version takes a reason, and whoever has the file can verify it.
func TestComparisonIsDrawnWithTheSecondIteration(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		w := startWorld(t, url)
		ctx, system, dir := t.Context(), account.System(), t.TempDir()
		first := w.counted(t)
		w.runDue(t)
		if got := w.comparisons(t, first.Iteration); len(got) != 0 {
			t.Errorf("one iteration has %d comparisons", len(got))
		}
		draw := func(id survey.IterationID, file string) error {
			return run(ctx, []string{"report", "--iteration", string(id), "--kind", "comparison", "-o", file, "--database", url, "--allow-weak-durability", "1"})
		}
		if err := draw(first.Iteration, filepath.Join(dir, "one.pdf")); !fault.Is(err, "comparison-one") {
			t.Errorf("one iteration: %v", err)
		}

		o, err := w.store.FindOrganisation(ctx, first.Organisation)
		if err != nil {
			t.Fatal(err)
		}
		i, err := w.store.FindIteration(ctx, first.Iteration)
		if err != nil {
			t.Fatal(err)
		}
		w.set(w.now().AddDate(0, 3, 0))
		round, links := w.open(t, storetest.NextRound(t, w.store, o, i.Programme, 2, questionnaire.Check(), w.now()))
		w.answer(t, round, links, func(survey.PersonID, invitation) (sheet, bool) {
			return sheet{Answers: map[string]ballot.Answer{"A1": {Value: 5}, "A2": {Value: 3}, "B1": {Value: 3}}}, true
		})
		w.count(t, round)
		w.runDue(t)
		drafts := w.comparisons(t, round.Iteration)
		if len(drafts) != 1 || drafts[0].State != survey.ReportDraft || !strings.HasSuffix(drafts[0].Document, "-I02-V1") || !strings.HasPrefix(drafts[0].FileName, "comparison_") {
			t.Fatalf("%+v", drafts)
		}
		drawn, err := w.service.ShowReport(ctx, system, drafts[0].ID)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.service.IssueReport(ctx, system, drawn.ID, drawn.Version); err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(dir, "comparison.pdf")
		for name, c := range map[string]struct {
			body  []byte
			equal bool
		}{"as drawn": {drawn.Body, true}, "a byte changed": {bytes.Replace(drawn.Body, []byte("/Producer"), []byte("/Producex"), 1), false}} {
			if err := os.WriteFile(file, c.body, 0o600); err != nil {
				t.Fatal(err)
			}
			if err := run(ctx, []string{"verify", file, "--database", url, "--allow-weak-durability", "1"}); (err == nil) != c.equal {
				t.Errorf("verify %s: %v", name, err)
			}
		}
		if err := draw(round.Iteration, file); err != nil {
			t.Error(err)
		}
		w.set(w.now().Add(time.Hour))
		if err := w.service.DrawReport(ctx, system, round.Iteration, survey.ComparisonReport, ""); !slices.Equal(pointers(err), []string{"/reason"}) {
			t.Errorf("another version without a reason: %v", err)
		}
		if err := w.service.DrawReport(ctx, system, round.Iteration, survey.ComparisonReport, "mit den Zielen"); err != nil {
			t.Fatal(err)
		}
		w.runDue(t)
		if got := w.comparisons(t, round.Iteration); len(got) != 2 || got[1].Number != 2 || got[1].Reason != "mit den Zielen" || got[0].State != survey.ReportIssued {
			t.Errorf("%+v", got)
		}
	})
}
