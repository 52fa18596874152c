package store

import (
	"context"
	"fmt"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"pulscheck/survey"
)

type fieldNumberRow struct {
	Round   string
	Day     string
	Answers int
}

func (fieldNumberRow) TableName() string { return "field_numbers" }

// CountBallots gives the number of ballots of a round.
func (s *Store) CountBallots(ctx context.Context, id survey.RoundID) (int, error) {
	var n int64
	if err := s.read.WithContext(ctx).Model(&ballotRow{}).Where("round = ?", string(id)).Count(&n).Error; err != nil {
		return 0, translate(fmt.Errorf("count ballots: %w", err))
	}
	return int(n), nil
}

// PutFieldNumber replaces the number of a round by that of a later day.
func (s *Store) PutFieldNumber(ctx context.Context, id survey.RoundID, n survey.FieldNumber) error {
	return s.inTx(ctx, "put field number", func(tx *gorm.DB) error {
		row := fieldNumberRow{string(id), n.Day, n.Answers}
		made := tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&row)
		if made.Error != nil || made.RowsAffected > 0 {
			return made.Error
		}
		return tx.Model(&fieldNumberRow{}).Where("round = ? AND day < ?", string(id), n.Day).
			Updates(map[string]any{"day": n.Day, "answers": n.Answers}).Error
	})
}

// FindFieldNumber gives the number of a round; fault NotFound if there is none.
func (s *Store) FindFieldNumber(ctx context.Context, id survey.RoundID) (survey.FieldNumber, error) {
	var row fieldNumberRow
	if err := s.read.WithContext(ctx).Where("round = ?", string(id)).Take(&row).Error; err != nil {
		return survey.FieldNumber{}, translate(fmt.Errorf("find field number: %w", err))
	}
	return survey.FieldNumber{Day: row.Day, Answers: row.Answers}, nil
}
