package store

import (
	"context"
	"fmt"

	"gorm.io/gorm"

	"pulscheck/survey"
)

type programmeRow struct {
	ID           string
	Organisation string
	Name         string
}

func (programmeRow) TableName() string { return "programmes" }

// CreateProgramme stores a programme.
func (s *Store) CreateProgramme(ctx context.Context, p *survey.Programme) error {
	return s.inTx(ctx, "create programme", func(tx *gorm.DB) error {
		return tx.Create(&programmeRow{string(p.ID), string(p.Organisation), p.Name}).Error
	})
}

// FindProgramme gives a programme; fault NotFound otherwise.
func (s *Store) FindProgramme(ctx context.Context, id survey.ProgrammeID) (*survey.Programme, error) {
	var row programmeRow
	if err := s.read.WithContext(ctx).Where("id = ?", string(id)).Take(&row).Error; err != nil {
		return nil, translate(fmt.Errorf("find programme: %w", err))
	}
	return &survey.Programme{ID: id, Organisation: survey.OrganisationID(row.Organisation), Name: row.Name}, nil
}
