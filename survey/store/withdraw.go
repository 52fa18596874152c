package store

import (
	"context"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"pulscheck/survey"
	"pulscheck/survey/audit"
	"pulscheck/survey/fault"
	"pulscheck/survey/maturity"
)

// DeleteModel removes a framework of an organisation that no assessment uses. Faults:
// NotFound, "model-used" (Conflict).
func (s *Store) DeleteModel(ctx context.Context, id survey.OrganisationID, model string, told ...audit.Entry) error {
	return s.inTx(ctx, "delete model", func(tx *gorm.DB) error {
		if err := lockModel(tx, string(id), model); err != nil {
			return err
		}
		var found int64
		err := tx.Raw("SELECT COUNT(*) FROM assessments WHERE iteration IN ("+programmeIterations+") AND settings LIKE ?", string(id), `%"model":"`+model+`"%`).Scan(&found).Error
		if err != nil {
			return err
		}
		if found > 0 {
			return fault.New(fault.Conflict, "model-used")
		}
		if err := tx.Where("organisation = ? AND model = ?", string(id), model).Delete(&modelRow{}).Error; err != nil {
			return err
		}
		return tell(tx, told)
	})
}

// lockModel keeps a framework of an organisation as it is until the transaction ends;
// fault NotFound if there is none.
func lockModel(tx *gorm.DB, organisation, model string) error {
	var row modelRow
	return tx.Clauses(clause.Locking{Strength: "UPDATE"}).Select("model").Where("organisation = ? AND model = ?", organisation, model).Take(&row).Error
}

// holdModel sees to it that the framework of a new assessment is there when it is stored.
func holdModel(tx *gorm.DB, a *survey.Assessment) error {
	if maturity.BuiltIn(a.Model) != nil {
		return nil
	}
	var organisation string
	err := tx.Raw("SELECT programmes.organisation FROM programmes JOIN iterations ON iterations.programme = programmes.id WHERE iterations.id = ?", string(a.Iteration)).
		Scan(&organisation).Error
	if err != nil {
		return err
	}
	return lockModel(tx, organisation, a.Model)
}

// DeletePast removes a round that another tool counted, in the version that was seen, with
// its results and the drafts of reports that may tell of it. Faults: "past-reported" if
// such a report was issued, "past-compared" if later results refer to the round
// (Conflict), "version-conflict" (Stale).
func (s *Store) DeletePast(ctx context.Context, r *survey.Round, seen int, told ...audit.Entry) error {
	const since = "iteration IN (SELECT later.id FROM iterations JOIN iterations later ON later.programme = iterations.programme AND later.number >= iterations.number WHERE iterations.id = ?)"
	return s.inTx(ctx, "delete imported round", func(tx *gorm.DB) error {
		// The drafts first: one that is being issued is waited for.
		if err := tx.Where(since+" AND state = ?", string(r.Iteration), string(survey.ReportDraft)).Delete(&reportRow{}).Error; err != nil {
			return err
		}
		var issued, compared int64
		err := tx.Model(&reportRow{}).Where(since+" AND state = ? AND issued >= ?", string(r.Iteration), string(survey.ReportIssued), r.CountedAt.UTC()).Count(&issued).Error
		if err != nil {
			return err
		}
		if issued > 0 {
			return fault.New(fault.Conflict, "past-reported")
		}
		others := "round <> ? AND round IN (SELECT id FROM rounds WHERE organisation = ?) AND results LIKE ?"
		if err := tx.Model(&resultRow{}).Where(others, string(r.ID), string(r.Organisation), `%"`+string(r.ID)+`"%`).Count(&compared).Error; err != nil {
			return err
		}
		if compared > 0 {
			return fault.New(fault.Conflict, "past-compared")
		}
		done := tx.Where("id = ? AND version = ?", string(r.ID), seen).Delete(&roundRow{})
		if done.Error != nil {
			return done.Error
		}
		if done.RowsAffected == 0 {
			return fault.New(fault.Stale, "version-conflict")
		}
		if err := tx.Where("round = ?", string(r.ID)).Delete(&resultRow{}).Error; err != nil {
			return err
		}
		return tell(tx, told)
	})
}
