package store_test

import (
	"database/sql"
	"strings"
	"testing"

	"pulscheck/survey"
	"pulscheck/survey/store/storetest"
)

// TestDeletedOrganisationLeavesNothing: no table holds more rows than before it came.
func TestDeletedOrganisationLeavesNothing(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		s := storetest.Open(t, url)
		other := open(t, s, 12)
		kind, rest, _ := strings.Cut(url, ":")
		db, err := sql.Open(kind, rest)
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close() //nolint:errcheck // a test is over
		count := func() map[string]int {
			counts := map[string]int{}
			for _, table := range []string{
				"organisations", "list_entries", "people", "people_roles", "programmes", "iterations", "rounds", "manifests", "members",
				"rosters", "asked", "issue_marks", "ballots", "results", "comments", "jobs", "audit_entries",
				"cadences", "tokens", "reports", "finding_edits", "records", "measurements", "coachings", "questions", "question_answers",
			} {
				var n int
				if err := db.QueryRow("SELECT COUNT(*) FROM " + table).Scan(&n); err != nil {
					t.Fatal(err)
				}
				counts[table] = n
			}
			return counts
		}
		before := count()
		r := open(t, s, 12)
		if _, _, err := s.CreateBallot(ctx, r.ID, sealed("one")); err != nil {
			t.Fatal(err)
		}
		if _, err := s.CreateMark(ctx, r.ID, hash("m"), hash("r")); err != nil {
			t.Fatal(err)
		}
		kpi := &survey.Filed{Record: survey.Record{ID: survey.RecordID(survey.NewID()), Kind: survey.KPIRecord, Iteration: r.Iteration}}
		if err := s.CreateRecord(ctx, kpi); err != nil {
			t.Fatal(err)
		}
		if err := s.CreateMeasurement(ctx, &survey.Measurement{KPI: kpi.ID, Day: "2026-03-02", Key: "a", Recorded: r.Opens}); err != nil {
			t.Fatal(err)
		}
		if err := s.PutCoaching(ctx, r.Organisation, &survey.Coaching{}); err != nil {
			t.Fatal(err)
		}
		question := &survey.Question{ID: survey.QuestionID(survey.NewID()), Organisation: r.Organisation, Text: "Wann?", Day: "2026-03-02"}
		if _, err := s.CreateQuestion(ctx, question, hash("c"), 1); err != nil {
			t.Fatal(err)
		}
		if err := s.AnswerQuestion(ctx, question); err != nil {
			t.Fatal(err)
		}
		report := &survey.Report{
			ID: survey.ReportID(survey.NewID()), Iteration: r.Iteration, Kind: survey.CheckReport, Language: "de", Number: 1,
			DataHash: hash("d"), FileHash: hash("f"), Body: []byte("%PDF"), Created: r.Opens,
		}
		if err := s.CreateReport(ctx, report); err != nil {
			t.Fatal(err)
		}
		if err := s.PutEdits(ctx, report, &survey.FindingEdits{}, nil); err != nil {
			t.Fatal(err)
		}
		if err := s.DeleteOrganisation(ctx, r.Organisation); err != nil {
			t.Fatal(err)
		}
		for table, n := range count() {
			if n != before[table] {
				t.Errorf("%s holds %d rows, before %d", table, n, before[table])
			}
		}
		if _, err := s.FindRound(ctx, other.ID); err != nil {
			t.Errorf("the other organisation's round is gone: %v", err)
		}
	})
}
