package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"pulscheck/survey"
	"pulscheck/survey/audit"
	"pulscheck/survey/fault"
	"pulscheck/survey/locale"
)

type editRow struct {
	Iteration string
	Language  string
	Body      string
	Version   int
}

func (editRow) TableName() string { return "finding_edits" }

// FindEdits gives the edits of an iteration in a language; version 0 without any.
func (s *Store) FindEdits(ctx context.Context, id survey.IterationID, l locale.Language) (*survey.FindingEdits, error) {
	e := &survey.FindingEdits{Of: map[string]survey.Edit{}}
	var row editRow
	err := s.read.WithContext(ctx).Where("iteration = ? AND language = ?", string(id), string(l)).Take(&row).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return e, nil
	}
	if err != nil {
		return nil, translate(fmt.Errorf("find edits: %w", err))
	}
	e.Version = row.Version
	return e, readSettings(row.Body, &e.Of)
}

// PutEdits stores edits over version e.Version as long as the report is a draft. The
// draft's version goes up, so that nobody issues it without having seen them.
func (s *Store) PutEdits(ctx context.Context, r *survey.Report, e *survey.FindingEdits, then []survey.Job, told ...audit.Entry) error {
	body, err := json.Marshal(e.Of)
	if err != nil {
		return fmt.Errorf("put edits: %w", err)
	}
	return s.inTx(ctx, "put edits", func(tx *gorm.DB) error {
		draft := tx.Model(&reportRow{}).Where("id = ? AND state = ?", string(r.ID), string(survey.ReportDraft)).
			Update("version", gorm.Expr("version + 1"))
		if draft.Error != nil {
			return draft.Error
		}
		if draft.RowsAffected == 0 {
			return fault.New(fault.Conflict, "report-issued")
		}
		if err := addJobs(tx, then...); err != nil {
			return err
		}
		if e.Version > 0 {
			query := tx.Model(&editRow{}).Where("iteration = ? AND language = ?", string(r.Iteration), string(r.Language))
			return change(tx, query, e.Version, map[string]any{"body": string(body)}, told)
		}
		made := tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&editRow{string(r.Iteration), string(r.Language), string(body), 1})
		if made.Error == nil && made.RowsAffected == 0 {
			return fault.New(fault.Stale, "version-conflict")
		}
		if made.Error != nil {
			return made.Error
		}
		return tell(tx, told)
	})
}
