package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"

	"pulscheck/survey"
)

type replyRow struct {
	Actor    string
	ReplyKey string
	Claim    string
	Digest   []byte
	Sealed   []byte
	Claimed  time.Time
}

func (replyRow) TableName() string { return "idempotency" }

// ClaimReply stores a claim and gives nil, or the younger one that is there already.
func (s *Store) ClaimReply(ctx context.Context, r survey.Reply) (there *survey.Reply, err error) {
	err = s.inTx(ctx, "claim reply", func(tx *gorm.DB) error {
		there = nil
		mine := tx.Where("actor = ? AND reply_key = ?", r.Actor, r.Key).Session(&gorm.Session{})
		if err := mine.Where("claimed <= ?", r.Claimed.Add(-survey.ReplyLife).UTC()).Delete(&replyRow{}).Error; err != nil {
			return err
		}
		err := tx.Create(&replyRow{r.Actor, r.Key, r.Claim, r.Digest, nil, r.Claimed.UTC()}).Error
		if !errors.Is(err, gorm.ErrDuplicatedKey) {
			return err
		}
		var row replyRow
		err = mine.Take(&row).Error
		if errors.Is(err, gorm.ErrRecordNotFound) { // given up meanwhile
			return errTaken
		}
		if err == nil && row.Claim != r.Claim { // its own: the answer to the commit was lost
			there = &survey.Reply{Actor: row.Actor, Key: row.ReplyKey, Claim: row.Claim, Digest: row.Digest, Sealed: row.Sealed, Claimed: row.Claimed.UTC()}
		}
		return err
	})
	return there, err
}

// FinishReply stores the answer of a claim.
func (s *Store) FinishReply(ctx context.Context, r survey.Reply) error {
	return s.inTx(ctx, "finish reply", func(tx *gorm.DB) error {
		return claimed(tx, r).Update("sealed", r.Sealed).Error
	})
}

// ForgetReply removes a claim.
func (s *Store) ForgetReply(ctx context.Context, r survey.Reply) error {
	return s.inTx(ctx, "forget reply", func(tx *gorm.DB) error {
		return claimed(tx, r).Delete(&replyRow{}).Error
	})
}

func claimed(tx *gorm.DB, r survey.Reply) *gorm.DB {
	return tx.Model(&replyRow{}).Where("actor = ? AND reply_key = ? AND claim = ?", r.Actor, r.Key, r.Claim)
}

// DeleteReplies removes what was claimed before an instant.
func (s *Store) DeleteReplies(ctx context.Context, before time.Time) error {
	if err := s.write.WithContext(ctx).Where("claimed < ?", before.UTC()).Delete(&replyRow{}).Error; err != nil {
		return translate(fmt.Errorf("delete replies: %w", err))
	}
	return nil
}
