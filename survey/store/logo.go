package store

import (
	"context"
	"fmt"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"pulscheck/survey"
	"pulscheck/survey/audit"
	"pulscheck/survey/fault"
)

type logoRow struct {
	Organisation string
	PNG          []byte `gorm:"column:png"`
	Width        int
	Height       int
}

func (logoRow) TableName() string { return "logos" }

// FindLogo gives the picture of an organisation; fault NotFound if there is none.
func (s *Store) FindLogo(ctx context.Context, id survey.OrganisationID) (*survey.Logo, error) {
	var row logoRow
	if err := s.read.WithContext(ctx).Where("organisation = ?", string(id)).Take(&row).Error; err != nil {
		return nil, translate(fmt.Errorf("find logo: %w", err))
	}
	return &survey.Logo{PNG: row.PNG, Width: row.Width, Height: row.Height}, nil
}

// PutLogo stores the picture of an organisation, in place of the one before.
func (s *Store) PutLogo(ctx context.Context, id survey.OrganisationID, l *survey.Logo, told ...audit.Entry) error {
	row := logoRow{string(id), l.PNG, l.Width, l.Height}
	instead := clause.OnConflict{
		Columns: []clause.Column{{Name: "organisation"}}, DoUpdates: clause.AssignmentColumns([]string{"png", "width", "height"}),
	}
	return s.inTx(ctx, "put logo", func(tx *gorm.DB) error {
		if err := tx.Clauses(instead).Create(&row).Error; err != nil {
			return err
		}
		return tell(tx, told)
	})
}

// DeleteLogo removes the picture of an organisation; fault NotFound if there is none.
func (s *Store) DeleteLogo(ctx context.Context, id survey.OrganisationID, told ...audit.Entry) error {
	return s.inTx(ctx, "delete logo", func(tx *gorm.DB) error {
		gone := tx.Where("organisation = ?", string(id)).Delete(&logoRow{})
		if gone.Error == nil && gone.RowsAffected == 0 {
			return fault.New(fault.NotFound, "not-found")
		}
		if gone.Error != nil {
			return gone.Error
		}
		return tell(tx, told)
	})
}
