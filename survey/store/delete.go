package store

import (
	"context"

	"gorm.io/gorm"

	"pulscheck/survey"
)

// ofRounds, ofPeople, ofIterations, ofProgrammes and ofOrganisation name the tables whose
// rows belong to an organisation, by how they refer to it.
var (
	ofRounds       = []string{"ballots", "issue_marks", "members", "rosters", "manifests", "results", "comments", "moderations", "mail_ledger", "mailings", "field_numbers"}
	ofPeople       = []string{"asked", "people_roles"}
	ofIterations   = []string{"reports", "report_orders", "finding_edits", "records", "assessments"}
	ofProgrammes   = []string{"iterations", "cadences"}
	ofOrganisation = []string{"rounds", "programmes", "people", "list_entries", "maturity_models", "tokens", "jobs", "audit_entries", "audit_addresses", "outbox", "coachings", "question_answers", "questions"}
)

// DeleteOrganisation removes an organisation with everything that belongs to it, in
// steps that may be repeated.
func (s *Store) DeleteOrganisation(ctx context.Context, id survey.OrganisationID) error {
	var statements []string
	for _, table := range ofRounds {
		statements = append(statements, "DELETE FROM "+table+" WHERE round IN (SELECT id FROM rounds WHERE organisation = ?)")
	}
	for _, table := range ofPeople {
		statements = append(statements, "DELETE FROM "+table+" WHERE person IN (SELECT id FROM people WHERE organisation = ?)")
	}
	statements = append(statements, "DELETE FROM measurements WHERE kpi IN (SELECT records.id FROM records JOIN iterations ON iterations.id = records.iteration "+
		"JOIN programmes ON programmes.id = iterations.programme WHERE programmes.organisation = ?)")
	statements = append(statements, "DELETE FROM assessment_sheets WHERE assessment IN (SELECT assessments.id FROM assessments "+
		"JOIN iterations ON iterations.id = assessments.iteration JOIN programmes ON programmes.id = iterations.programme WHERE programmes.organisation = ?)")
	for _, table := range ofIterations {
		statements = append(statements, "DELETE FROM "+table+" WHERE iteration IN (SELECT iterations.id FROM iterations "+
			"JOIN programmes ON programmes.id = iterations.programme WHERE programmes.organisation = ?)")
	}
	for _, table := range ofProgrammes {
		statements = append(statements, "DELETE FROM "+table+" WHERE programme IN (SELECT id FROM programmes WHERE organisation = ?)")
	}
	for _, table := range ofOrganisation {
		statements = append(statements, "DELETE FROM "+table+" WHERE organisation = ?")
	}
	statements = append(statements, "DELETE FROM organisations WHERE id = ?")
	for _, statement := range statements {
		err := s.inTx(ctx, "delete organisation", func(tx *gorm.DB) error { return tx.Exec(statement, string(id)).Error })
		if err != nil {
			return err
		}
	}
	return nil
}
