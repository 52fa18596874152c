package store

import (
	"context"
	"fmt"
	"slices"

	"gorm.io/gorm"

	"pulscheck/migrations"
	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/audit"
)

// ofRounds, ofPeople, ofIterations, ofProgrammes and ofOrganisation name the tables whose
// rows belong to an organisation, by how they refer to it; ofAccounts those of its users.
var (
	ofRounds       = []string{"ballots", "issue_marks", "members", "rosters", "manifests", "results", "comments", "moderations", "mail_ledger", "mailings", "field_numbers"}
	ofPeople       = []string{"asked", "people_roles"}
	ofIterations   = []string{"reports", "report_orders", "finding_edits", "records", "assessments"}
	ofProgrammes   = []string{"iterations", "cadences"}
	ofOrganisation = []string{"rounds", "programmes", "people", "list_entries", "maturity_models", "jobs", "outbox", "coachings", "logos", "question_answers", "questions", "audit_addresses", "audit_entries"}
	ofAccounts     = []string{"sessions", "recovery_codes", "access_codes", "kept_forms", "identities"}
)

// programmeIterations are the iterations of an organisation.
const programmeIterations = "SELECT iterations.id FROM iterations JOIN programmes ON programmes.id = iterations.programme WHERE programmes.organisation = ?"

// ListRoundStates gives the state of every round of an organisation.
func (s *Store) ListRoundStates(ctx context.Context, id survey.OrganisationID) (map[survey.RoundID]survey.State, error) {
	var rows []roundRow
	if err := s.read.WithContext(ctx).Select("id", "state").Where("organisation = ?", string(id)).Find(&rows).Error; err != nil {
		return nil, translate(fmt.Errorf("list rounds: %w", err))
	}
	states := make(map[survey.RoundID]survey.State, len(rows))
	for _, r := range rows {
		states[survey.RoundID(r.ID)] = survey.State(r.State)
	}
	return states, nil
}

// DeleteOrganisation removes an organisation with everything that belongs to it, in
// steps that may be repeated: first who could act in it, last the organisation itself
// with what is told of that. Deleted rows are in no page of the database afterwards.
func (s *Store) DeleteOrganisation(ctx context.Context, id survey.OrganisationID, told ...audit.Entry) error {
	const doing = "delete organisation"
	if err := s.inTx(ctx, doing, func(tx *gorm.DB) error { return deleteUsers(tx, string(id)) }); err != nil {
		return err
	}
	for _, statement := range deletions() {
		err := s.inTx(ctx, doing, func(tx *gorm.DB) error { return tx.Exec(statement, string(id)).Error })
		if err != nil {
			return err
		}
	}
	err := s.inTx(ctx, doing, func(tx *gorm.DB) error {
		if err := tx.Exec("DELETE FROM questionnaires WHERE hash NOT IN (SELECT questionnaire FROM rounds)").Error; err != nil {
			return err
		}
		if err := tx.Exec("DELETE FROM organisations WHERE id = ?", string(id)).Error; err != nil {
			return err
		}
		return tell(tx, told)
	})
	if err != nil {
		return err
	}
	return s.compact(ctx)
}

// deletions are the statements for everything between the users and the organisation.
func deletions() []string {
	// A round that is no longer open takes no answer that would stay behind.
	list := []string{"UPDATE rounds SET state = 'closed' WHERE organisation = ? AND state = 'open'", "DELETE FROM uploads WHERE organisation_id = ?"}
	add := func(tables []string, where string) {
		for _, table := range tables {
			list = append(list, "DELETE FROM "+table+" WHERE "+where)
		}
	}
	add(ofRounds, "round IN (SELECT id FROM rounds WHERE organisation = ?)")
	add(ofPeople, "person IN (SELECT id FROM people WHERE organisation = ?)")
	add([]string{"measurements"}, "kpi IN (SELECT id FROM records WHERE iteration IN ("+programmeIterations+"))")
	add([]string{"assessment_sheets"}, "assessment IN (SELECT id FROM assessments WHERE iteration IN ("+programmeIterations+"))")
	add([]string{"report_links"}, "report IN (SELECT id FROM reports WHERE iteration IN ("+programmeIterations+"))")
	for _, table := range ofIterations {
		add([]string{table}, "iteration IN ("+programmeIterations+")")
	}
	add(ofProgrammes, "programme IN (SELECT id FROM programmes WHERE organisation = ?)")
	add(ofOrganisation, "organisation = ?")
	return list
}

// deleteUsers removes the tokens of an organisation and whoever signs in for it alone,
// with everything that lets them in, was kept for them or is on its way to them. Others
// lose their membership.
func deleteUsers(tx *gorm.DB, organisation string) error {
	var here, elsewhere, tokens []string
	for _, table := range []any{&membershipRow{}, &invitationRow{}} {
		var some []string
		if err := tx.Model(table).Where("organisation = ?", organisation).Pluck("account", &some).Error; err != nil {
			return err
		}
		here = append(here, some...)
	}
	for _, table := range []any{&membershipRow{}, &invitationRow{}} {
		var some []string
		if err := tx.Model(table).Where("organisation <> ? AND account IN ?", organisation, here).Pluck("account", &some).Error; err != nil {
			return err
		}
		elsewhere = append(elsewhere, some...)
	}
	var operators []string // whom an organisation may have invited
	if err := tx.Model(&userRow{}).Where("role = ?", string(account.Operator)).Pluck("id", &operators).Error; err != nil {
		return err
	}
	elsewhere = append(elsewhere, operators...)
	if err := tx.Model(&tokenRow{}).Where("organisation = ?", organisation).Pluck("id", &tokens).Error; err != nil {
		return err
	}
	for _, id := range tokens {
		if err := tx.Delete(&replyRow{}, "actor = ?", "token:"+id).Error; err != nil {
			return err
		}
	}
	for _, id := range here {
		if slices.Contains(elsewhere, id) {
			continue
		}
		if err := deleteUser(tx, id); err != nil {
			return err
		}
	}
	if err := tx.Delete(&tokenRow{}, "organisation = ?", organisation).Error; err != nil {
		return err
	}
	if err := tx.Delete(&invitationRow{}, "organisation = ?", organisation).Error; err != nil {
		return err
	}
	return tx.Delete(&membershipRow{}, "organisation = ?", organisation).Error
}

// deleteUser removes an account with all that hangs on it but its memberships.
func deleteUser(tx *gorm.DB, id string) error {
	var row userRow
	if err := tx.Where("id = ?", id).Limit(1).Find(&row).Error; err != nil {
		return err
	}
	for _, table := range ofAccounts {
		if err := tx.Exec("DELETE FROM "+table+" WHERE account = ?", id).Error; err != nil {
			return err
		}
	}
	if err := tx.Delete(&letterRow{}, "recipient = ?", row.Email).Error; err != nil {
		return err
	}
	if err := tx.Delete(&replyRow{}, "actor = ?", "user:"+id).Error; err != nil {
		return err
	}
	return tx.Delete(&userRow{}, "id = ?", id).Error
}

// compact leaves nothing of deleted rows in the files of the database.
func (s *Store) compact(ctx context.Context) error {
	if s.dialect == migrations.MySQL {
		return s.compactMySQL(ctx)
	}
	return s.compactSQLite(ctx)
}
