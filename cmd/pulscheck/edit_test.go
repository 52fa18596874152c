package main

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/fault"
	"pulscheck/survey/store/storetest"
)

// TestEditedFindingsAreDrawn: what a consultant makes of the findings of a draft stands in
// its PDF once the job has drawn it again, in its language alone; what is issued in the
// other one stays the same version. The next version begins with the edits.
func TestEditedFindingsAreDrawn(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		w := startWorld(t, url)
		ctx, system := t.Context(), account.System()
		round := w.counted(t)
		w.runDue(t)
		_, all := w.printed(t, round.Iteration)
		german, english := all[0], all[1]
		if _, err := w.service.IssueReport(ctx, system, german.ID, german.Version); err != nil {
			t.Fatal(err)
		}
		drawn, _, err := w.service.ListFindings(ctx, system, english.ID)
		if err != nil || len(drawn) < 2 {
			t.Fatalf("%+v, %v", drawn, err)
		}
		left, changed := drawn[0], drawn[1]
		w.set(w.now().Add(time.Hour))
		if _, _, err := w.service.EditFindings(ctx, system, english.ID, 0, []survey.EditInput{
			{Finding: changed.ID, Choice: new("changed"), Evidence: new("Training has begun.")},
			{Finding: left.ID, Choice: new("left_out"), Reason: new("It is known.")},
		}); err != nil {
			t.Fatal(err)
		}
		if _, _, err := w.service.EditFindings(ctx, system, german.ID, 0, nil); !fault.Is(err, "report-issued") {
			t.Errorf("the one that is issued: %v", err)
		}
		draft, err := w.service.ShowReport(ctx, system, english.ID)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.service.IssueReport(ctx, system, draft.ID, draft.Version); !fault.Is(err, "report-outdated") {
			t.Errorf("issued before it was drawn: %v", err)
		}
		w.runDue(t)
		got, _ := w.printed(t, round.Iteration)
		if diff := cmp.Diff([]string{"de B1 issued", "en B1 draft"}, got); diff != "" {
			t.Fatalf("drawn again:\n%s", diff)
		}
		if draft, err = w.service.ShowReport(ctx, system, english.ID); err != nil {
			t.Fatal(err)
		}
		if _, err := w.service.IssueReport(ctx, system, draft.ID, draft.Version); err != nil {
			t.Fatal(err)
		}
		w.set(w.now().Add(time.Hour))
		if err := w.service.RenewReport(ctx, system, round.Iteration, "again"); err != nil {
			t.Fatal(err)
		}
		w.runDue(t)
		got, all = w.printed(t, round.Iteration)
		if diff := cmp.Diff([]string{"de B1 issued", "de B2 draft again", "en B1 issued", "en B2 draft again"}, got); diff != "" {
			t.Fatalf("ordered:\n%s", diff)
		}
		for _, r := range all {
			text := strings.Join(strings.Fields(w.pdfText(t, r.ID)), " ")
			english := r.Language == "en"
			if strings.Contains(text, "Training has begun. (edited)") != english || english && strings.Contains(text, left.Head) {
				t.Errorf("%s %d: %v", r.Language, r.Number, !english)
			}
		}
		findings, edits, err := w.service.ListFindings(ctx, system, all[3].ID)
		if err != nil || findings[len(findings)-1] != left || !holds(edits, left) || !holds(edits, changed) {
			t.Errorf("%+v, %+v, %v", findings, edits, err)
		}
	})
}

func holds(edits *survey.FindingEdits, f survey.Finding) bool {
	e, said := edits.Of[f.ID]
	return said && e.Holds(f)
}
