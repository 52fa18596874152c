package store

import (
	"context"
	"fmt"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"pulscheck/survey"
	"pulscheck/survey/account"
)

type identityRow struct {
	Hash    []byte
	Account string
}

func (identityRow) TableName() string { return "identities" }

// FindIdentity gives the user of an identity; fault NotFound otherwise.
func (s *Store) FindIdentity(ctx context.Context, hash []byte) (*account.User, error) {
	var row identityRow
	if err := s.read.WithContext(ctx).Where("hash = ?", hash).Take(&row).Error; err != nil {
		return nil, translate(fmt.Errorf("find identity: %w", err))
	}
	return s.FindUser(ctx, account.UserID(row.Account))
}

// PutIdentity notes down whose an identity is; the first account stays.
func (s *Store) PutIdentity(ctx context.Context, hash []byte, id account.UserID, also ...survey.Access) error {
	return s.inTx(ctx, "put identity", func(tx *gorm.DB) error {
		if err := tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&identityRow{hash, string(id)}).Error; err != nil {
			return err
		}
		return grant(tx, id, also)
	})
}
