package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"pulscheck/survey"
	"pulscheck/survey/account"
)

type sessionRow struct {
	Hash      []byte
	Account   string
	Stage     string
	Purpose   string
	Pending   []byte
	Created   time.Time
	Seen      time.Time
	Confirmed time.Time
}

func (sessionRow) TableName() string { return "sessions" }

func (r sessionRow) session() account.Session {
	return account.Session{
		Hash: r.Hash, User: account.UserID(r.Account), Stage: account.Stage(r.Stage), Purpose: account.Purpose(r.Purpose), Pending: r.Pending, Created: r.Created.UTC(), Seen: r.Seen.UTC(), Confirmed: r.Confirmed.UTC(),
	}
}

// CreateSession stores a session in place of another one of the same user, if there is
// one to replace, and ends the oldest beyond account.MaxSessions: first of those that are
// not signed in, so that who knows a password alone signs hardly anybody out.
func (s *Store) CreateSession(ctx context.Context, one *account.Session, replaces []byte, also ...survey.Access) error {
	row := sessionRow{one.Hash, string(one.User), string(one.Stage), string(one.Purpose), filled(one.Pending), one.Created.UTC(), one.Seen.UTC(), one.Confirmed.UTC()}
	return s.inTx(ctx, "create session", func(tx *gorm.DB) error {
		if err := tx.Where("hash = ?", filled(replaces)).Delete(&sessionRow{}).Error; err != nil {
			return err
		}
		if err := grant(tx, one.User, also); err != nil {
			return err
		}
		var old [][]byte
		err := tx.Model(&sessionRow{}).Where("account = ?", row.Account).Order("stage = 'full' DESC, created DESC, hash").
			Offset(account.MaxSessions-1).Limit(100).Pluck("hash", &old).Error
		if err != nil {
			return err
		}
		if len(old) > 0 {
			if err := tx.Where("hash IN ?", old).Delete(&sessionRow{}).Error; err != nil {
				return err
			}
		}
		return tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&row).Error
	})
}

// FindSession gives the session with a hash; fault NotFound otherwise.
func (s *Store) FindSession(ctx context.Context, hash []byte) (*account.Session, error) {
	var row sessionRow
	if err := s.read.WithContext(ctx).Where("hash = ?", hash).Take(&row).Error; err != nil {
		return nil, translate(fmt.Errorf("find session: %w", err))
	}
	one := row.session()
	return &one, nil
}

// UpdateSession stores what may change of a session: when it was seen and confirmed,
// and a second factor that is being set up. One that is gone stays gone.
func (s *Store) UpdateSession(ctx context.Context, one *account.Session) error {
	return s.inTx(ctx, "update session", func(tx *gorm.DB) error {
		set := map[string]any{"seen": one.Seen.UTC(), "confirmed": one.Confirmed.UTC(), "pending": filled(one.Pending)}
		return tx.Model(&sessionRow{}).Where("hash = ?", one.Hash).Updates(set).Error
	})
}

// ListSessions gives the sessions of a user, the newest first.
func (s *Store) ListSessions(ctx context.Context, id account.UserID) ([]account.Session, error) {
	var rows []sessionRow
	if err := s.read.WithContext(ctx).Where("account = ?", string(id)).Order("created DESC, hash").Find(&rows).Error; err != nil {
		return nil, translate(fmt.Errorf("list sessions: %w", err))
	}
	all := make([]account.Session, len(rows))
	for i, r := range rows {
		all[i] = r.session()
	}
	return all, nil
}

// DeleteSession ends a session.
func (s *Store) DeleteSession(ctx context.Context, hash []byte, also ...survey.Access) error {
	return s.inTx(ctx, "delete session", func(tx *gorm.DB) error {
		if err := tx.Where("hash = ?", hash).Delete(&sessionRow{}).Error; err != nil {
			return err
		}
		return grant(tx, "", also)
	})
}

type attemptRow struct {
	Name  []byte
	Since time.Time
	N     int
}

func (attemptRow) TableName() string { return "attempts" }

// CountAttempt counts one more under a name and gives how many there were since the
// first one within the window.
func (s *Store) CountAttempt(ctx context.Context, name []byte, at time.Time, window time.Duration) (n int, err error) {
	err = s.inTx(ctx, "count attempt", func(tx *gorm.DB) error {
		mine := tx.Model(&attemptRow{}).Where("name = ?", name).Session(&gorm.Session{})
		done := mine.Where("since > ?", at.Add(-window).UTC()).Update("n", gorm.Expr("n + 1"))
		if done.Error != nil {
			return done.Error
		}
		if done.RowsAffected == 0 {
			if err := mine.Delete(&attemptRow{}).Error; err != nil {
				return err
			}
			err := tx.Create(&attemptRow{name, at.UTC(), 1}).Error
			if errors.Is(err, gorm.ErrDuplicatedKey) {
				return errTaken // count again
			}
			n = 1
			return err
		}
		var row attemptRow
		err := mine.Take(&row).Error
		n = row.N
		return err
	})
	return n, err
}

// ForgetAttempts begins to count anew under a name.
func (s *Store) ForgetAttempts(ctx context.Context, name []byte) error {
	return s.inTx(ctx, "forget attempts", func(tx *gorm.DB) error {
		return tx.Where("name = ?", name).Delete(&attemptRow{}).Error
	})
}

// DeleteAccess deletes sessions, codes and counts that are over at an instant.
func (s *Store) DeleteAccess(ctx context.Context, at time.Time) error {
	return s.inTx(ctx, "purge", func(tx *gorm.DB) error {
		if err := tx.Where("created < ?", at.Add(-account.SessionLife).UTC()).Delete(&sessionRow{}).Error; err != nil {
			return err
		}
		if err := tx.Where("expires < ?", at.UTC()).Delete(&accessCodeRow{}).Error; err != nil {
			return err
		}
		return tx.Where("since < ?", at.Add(-24*time.Hour).UTC()).Delete(&attemptRow{}).Error
	})
}
