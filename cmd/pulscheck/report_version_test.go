package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/locale"
	"pulscheck/survey/store/storetest"
)

// printed tells the versions of the check report of an iteration, in order of language
// and number.
func (w *world) printed(t *testing.T, id survey.IterationID) (lines []string, all []survey.Report) {
	t.Helper()
	all, err := w.service.ListReports(t.Context(), account.System(), id)
	if err != nil {
		t.Fatal(err)
	}
	all = slices.DeleteFunc(all, func(r survey.Report) bool { return r.Kind != survey.CheckReport })
	for _, r := range all {
		lines = append(lines, strings.TrimSpace(strings.Join([]string{string(r.Language), r.Document[len(r.Document)-2:], string(r.State), r.Reason}, " ")))
	}
	return lines, all
}

// TestDecisionsMakeTheSecondVersion: the jobs draw the first version and propose, the
// committee decides, and what was ordered then is version 2 in both languages, also if the
// first was issued in one only; what was issued stays, and drawing again adds nothing.
func TestDecisionsMakeTheSecondVersion(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		w := startWorld(t, url)
		ctx, system := t.Context(), account.System()
		round := w.counted(t)
		w.runDue(t)
		is := func(when string, want ...string) []survey.Report {
			t.Helper()
			got, all := w.printed(t, round.Iteration)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Fatalf("%s:\n%s", when, diff)
			}
			return all
		}
		issue := func(r survey.Report) {
			t.Helper()
			if _, err := w.service.IssueReport(ctx, system, r.ID, r.Version); err != nil {
				t.Fatal(err)
			}
		}
		again := func() {
			t.Helper()
			w.set(w.now().Add(time.Hour))
			if err := w.draftReports(ctx, round.ID); err != nil {
				t.Fatal(err)
			}
		}
		issue(is("counted", "de B1 draft", "en B1 draft")[0])
		again()
		is("issued in German", "de B1 issued", "en B1 draft")

		proposed, err := w.service.ListDecisions(ctx, system, round.Iteration)
		if err != nil || len(proposed) == 0 {
			t.Fatalf("%d proposals, %v", len(proposed), err)
		}
		if _, err := w.service.UpdateDecision(ctx, system, proposed[0].ID, proposed[0].Version, survey.DecisionInput{
			Outcome: new("changed"), Wording: new("Zuerst nur im Betrieb"), Owner: new("Betriebsleitung"), Due: new("2026-06-01"),
		}); err != nil {
			t.Fatal(err)
		}
		i, err := w.service.ShowIteration(ctx, system, round.Iteration)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.service.UpdateIteration(ctx, system, i.ID, survey.IterationInput{
			Seen: i.Version, Checks: new(i.Starts.Add(i.Ends.Sub(i.Starts) / 2)), Met: new("2026-03-20"), Staff: new("Sprechstunden ab April"), StaffTold: new("Teamrunden der KW 13"),
		}); err != nil {
			t.Fatal(err)
		}
		w.set(w.now().Add(time.Hour))
		if err := w.service.RenewReport(ctx, system, i.ID, "Beschlüsse vom 20.03.2026"); err != nil {
			t.Fatal(err)
		}
		w.runDue(t)
		all := is("decided", "de B1 issued", "de B2 draft Beschlüsse vom 20.03.2026", "en B2 draft Beschlüsse vom 20.03.2026")
		issue(all[1])
		again()
		all = is("issued again", "de B1 issued", "de B2 issued Beschlüsse vom 20.03.2026", "en B2 draft Beschlüsse vom 20.03.2026")
		issue(all[2])
		again()
		all = is("issued in English", "de B1 issued", "de B2 issued Beschlüsse vom 20.03.2026", "en B2 issued Beschlüsse vom 20.03.2026")

		for _, r := range all {
			text := w.pdfText(t, r.ID)
			for _, part := range []string{"Zuerst nur im Betrieb", "Betriebsleitung", "Sprechstunden ab April", "Teamrunden der KW 13"} {
				if strings.Contains(text, part) != (r.Number == 2) {
					t.Errorf("version %d in %s and %q: %v", r.Number, r.Language, part, r.Number == 1)
				}
			}
			met := locale.New(r.Language).Date(time.Date(2026, 3, 20, 0, 0, 0, 0, time.UTC))
			if r.Number == 2 && strings.Count(text, met) < 1 {
				t.Errorf("version 2 in %s does not tell that it was decided on %s", r.Language, met)
			}
		}
	})
}

// pdfText is what stands on the pages of a stored report.
func (w *world) pdfText(t *testing.T, id survey.ReportID) string {
	t.Helper()
	if _, err := exec.LookPath("pdftotext"); err != nil && os.Getenv("PULSCHECK_TEST_REQUIRE") != "1" {
		t.Skip("no pdftotext on this machine")
	}
	r, err := w.service.ShowReport(t.Context(), account.System(), id)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), r.FileName)
	if err := os.WriteFile(file, r.Body, 0o600); err != nil {
		t.Fatal(err)
	}
	text, err := exec.CommandContext(t.Context(), "pdftotext", "-raw", file, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(strings.Fields(strings.ReplaceAll(string(text), "\u00a0", " ")), " ")
}
