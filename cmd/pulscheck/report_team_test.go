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

// counted is a check round that twelve people answered.
func (w *world) counted(t *testing.T) *survey.Round {
	t.Helper()
	o := storetest.Organisation(t, w.store)
	storetest.People(t, w.store, o, 12)
	q := questionnaire.Check()
	round, links := w.open(t, storetest.Round(t, w.store, o, q, w.now()))
	w.answer(t, round, links, func(survey.PersonID, invitation) (sheet, bool) {
		return sheet{Answers: map[string]ballot.Answer{"A1": {Value: 4}, "A2": {Value: 2}, "B1": {Value: 3}}}, true
	})
	w.count(t, round)
	return round
}

// TestTeamSheetIsDrawnAndReplaced: drafts in both languages, what was issued stays as it
// is, the next version takes a reason, and whoever has the file can verify it.
func TestTeamSheetIsDrawnAndReplaced(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		w := startWorld(t, url)
		ctx, system := t.Context(), account.System()
		round := w.counted(t)
		// sheet has the sheet drawn and gives the last one in English
		sheet := func(reason string) (*survey.Report, error) {
			w.set(w.now().Add(time.Hour))
			if err := w.service.DrawReport(ctx, system, round.Iteration, survey.TeamReport, reason); err != nil {
				return nil, err
			}
			w.runDue(t)
			all, err := w.service.ListReports(ctx, system, round.Iteration)
			all = slices.DeleteFunc(all, func(r survey.Report) bool { return r.Kind != survey.TeamReport || r.Language != locale.English })
			if err != nil || len(all) == 0 {
				t.Fatalf("%d sheets, %v", len(all), err)
			}
			return w.service.ShowReport(ctx, system, all[len(all)-1].ID)
		}
		first, err := sheet("")
		if err != nil || first.State != survey.ReportDraft || !strings.HasPrefix(first.FileName, "team-sheet_") || !strings.HasSuffix(first.Document, "-I01-T1") {
			t.Fatalf("%+v, %v", bare(first), err)
		}
		file := filepath.Join(t.TempDir(), "team.pdf")
		if err := os.WriteFile(file, first.Body, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := run(ctx, []string{"verify", file, "--database", url, "--allow-weak-durability", "1"}); err != nil {
			t.Errorf("verify: %v", err)
		}
		if _, err := w.service.IssueReport(ctx, system, first.ID, first.Version); err != nil {
			t.Fatal(err)
		}
		if _, err := sheet(""); !slices.Equal(pointers(err), []string{"/reason"}) {
			t.Errorf("another version without a reason: %v", err)
		}
		second, err := sheet("eine Antwort mehr")
		if err != nil || second.Number != 2 || second.Reason != "eine Antwort mehr" || !strings.HasSuffix(second.FileName, "_i01_v2.pdf") {
			t.Fatalf("%+v, %v", bare(second), err)
		}
		if again, err := w.service.ShowReport(ctx, system, first.ID); err != nil || !bytes.Equal(again.Body, first.Body) {
			t.Errorf("the issued version changed: %v", err)
		}
		if err := w.service.DrawReport(ctx, system, round.Iteration, "novel", "x"); !fault.Is(err, "report-kind-unknown") {
			t.Error(err)
		}
	})
}

// bare is a report without its bytes.
func bare(r *survey.Report) survey.Report {
	if r == nil {
		return survey.Report{}
	}
	short := *r
	short.Body = nil
	return short
}

// pointers are the fields that an error names.
func pointers(err error) (all []string) {
	if err != nil {
		for _, f := range fault.Of(err).Fields {
			all = append(all, f.Pointer)
		}
	}
	return all
}
