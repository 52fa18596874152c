package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"pulscheck/migrations"
)

type heartbeatRow struct {
	Name string
	At   int64 // Unix milliseconds
}

func (heartbeatRow) TableName() string { return "heartbeats" }

const clockBeat = "clock"

// DatabaseTime gives the server's time; SQLite has none of its own.
func (s *Store) DatabaseTime(ctx context.Context) (time.Time, error) {
	var at time.Time
	if s.dialect == migrations.SQLite {
		return at, nil
	}
	if err := s.handles[0].QueryRowContext(ctx, "SELECT UTC_TIMESTAMP(6)").Scan(&at); err != nil {
		return at, translate(fmt.Errorf("ask the database for its time: %w", err))
	}
	return at, nil
}

// LastBeat gives the last instant that a replica believed.
func (s *Store) LastBeat(ctx context.Context) (time.Time, error) {
	var row heartbeatRow
	err := s.read.WithContext(ctx).Where("name = ?", clockBeat).Take(&row).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return time.Time{}, nil
	}
	if err != nil {
		return time.Time{}, translate(fmt.Errorf("find heartbeat: %w", err))
	}
	return time.UnixMilli(row.At).UTC(), nil
}

// Beat stores the sign of life.
func (s *Store) Beat(ctx context.Context, at time.Time) error {
	return s.inTx(ctx, "store heartbeat", func(tx *gorm.DB) error {
		return tx.Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "name"}}, DoUpdates: clause.AssignmentColumns([]string{"at"})}).
			Create(&heartbeatRow{clockBeat, at.UnixMilli()}).Error
	})
}
