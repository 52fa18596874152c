package store

import (
	"context"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

type paceRow struct {
	Lane   string
	FreeAt int64 // Unix milliseconds from when on a mail may be sent
}

func (paceRow) TableName() string { return "mail_pace" }

// paceLane is the one lane that all replicas send in.
const paceLane = "mails"

// farAhead is how far ahead places are given away at most; beyond that a clock was
// wrong, and it begins anew.
const farAhead = time.Minute

// ReserveMails takes the next n places of the whole installation, each as long as
// every, and gives the instant of the first.
func (s *Store) ReserveMails(ctx context.Context, now time.Time, n int, every time.Duration) (time.Time, error) {
	var from int64
	err := s.inTx(ctx, "reserve mails", func(tx *gorm.DB) error {
		if err := tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&paceRow{Lane: paceLane}).Error; err != nil {
			return err
		}
		var row paceRow
		if err := tx.Where("lane = ?", paceLane).Take(&row).Error; err != nil {
			return err
		}
		from = max(row.FreeAt, now.UnixMilli())
		if from > now.Add(farAhead).UnixMilli() {
			from = now.UnixMilli()
		}
		until := from + (time.Duration(n) * every).Milliseconds()
		taken := tx.Model(&paceRow{}).Where("lane = ? AND free_at = ?", paceLane, row.FreeAt).Update("free_at", until)
		if taken.Error == nil && taken.RowsAffected == 0 {
			return errTaken
		}
		return taken.Error
	})
	return time.UnixMilli(from).UTC(), err
}
