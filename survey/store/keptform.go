package store

import (
	"context"
	"fmt"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"pulscheck/survey"
	"pulscheck/survey/account"
)

type keptFormRow struct {
	Account string
	Page    string
	Sealed  []byte
	Kept    time.Time
}

func (keptFormRow) TableName() string { return "kept_forms" }

// PutKeptForm stores a form in place of an earlier one of the page, and deletes the oldest of
// the user beyond most.
func (s *Store) PutKeptForm(ctx context.Context, f survey.KeptForm, most int) error {
	row := keptFormRow{string(f.User), f.Page, f.Sealed, f.Kept.UTC()}
	return s.inTx(ctx, "keep form", func(tx *gorm.DB) error {
		mine := tx.Where("account = ?", row.Account).Session(&gorm.Session{})
		if err := mine.Where("page = ?", row.Page).Delete(&keptFormRow{}).Error; err != nil {
			return err
		}
		var old []string
		err := mine.Model(&keptFormRow{}).Order("kept DESC, page").Offset(most-1).Limit(100).Pluck("page", &old).Error
		if err != nil {
			return err
		}
		if len(old) > 0 {
			if err := mine.Where("page IN ?", old).Delete(&keptFormRow{}).Error; err != nil {
				return err
			}
		}
		return tx.Clauses(clause.OnConflict{UpdateAll: true}).Create(&row).Error
	})
}

// TakeKeptForm gives what was kept of a page and deletes it; of two who ask at once one gets
// it. Fault NotFound otherwise.
func (s *Store) TakeKeptForm(ctx context.Context, user account.UserID, page string) (*survey.KeptForm, error) {
	var row keptFormRow
	if err := s.read.WithContext(ctx).Take(&row, "account = ? AND page = ?", string(user), page).Error; err != nil {
		return nil, translate(fmt.Errorf("take form: %w", err))
	}
	err := s.inTx(ctx, "take form", func(tx *gorm.DB) error {
		done := tx.Where("account = ? AND page = ?", row.Account, row.Page).Delete(&keptFormRow{})
		if done.Error == nil && done.RowsAffected == 0 {
			return gorm.ErrRecordNotFound
		}
		return done.Error
	})
	if err != nil {
		return nil, err
	}
	return &survey.KeptForm{User: user, Page: row.Page, Sealed: row.Sealed, Kept: row.Kept.UTC()}, nil
}

// DeleteKeptForms deletes what was kept before an instant.
func (s *Store) DeleteKeptForms(ctx context.Context, kept time.Time) error {
	if err := s.write.WithContext(ctx).Where("kept < ?", kept.UTC()).Delete(&keptFormRow{}).Error; err != nil {
		return translate(fmt.Errorf("delete kept forms: %w", err))
	}
	return nil
}
