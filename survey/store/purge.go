package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"pulscheck/survey"
	"pulscheck/survey/audit"
	"pulscheck/survey/schedule"
)

// DeleteRosters deletes the rosters of rounds that closed before an instant.
func (s *Store) DeleteRosters(ctx context.Context, closed time.Time) error {
	return s.deleteOfRounds(ctx, &rosterRow{}, closed)
}

// DeleteComments deletes the free texts of rounds that closed before an instant.
func (s *Store) DeleteComments(ctx context.Context, closed time.Time) error {
	if err := s.deleteOfRounds(ctx, &moderationRow{}, closed); err != nil {
		return err
	}
	return s.deleteOfRounds(ctx, &commentRow{}, closed)
}

func (s *Store) deleteOfRounds(ctx context.Context, row any, closed time.Time) error {
	return s.inTx(ctx, "purge", func(tx *gorm.DB) error {
		return tx.Where("round IN (?)", tx.Model(&roundRow{}).Select("id").Where("closes < ?", closed.UTC())).Delete(row).Error
	})
}

// DeleteJobs deletes jobs that ended before an instant.
func (s *Store) DeleteJobs(ctx context.Context, ended time.Time) error {
	return s.inTx(ctx, "purge", func(tx *gorm.DB) error {
		over := []string{string(schedule.Done), string(schedule.Dead)}
		return tx.Where("state IN ? AND run_at < ?", over, ended.UnixMilli()).Delete(&jobRow{}).Error
	})
}

// DeleteLetters deletes letters that were settled before an instant, but those that
// brought a report.
func (s *Store) DeleteLetters(ctx context.Context, sent time.Time) error {
	return s.inTx(ctx, "purge", func(tx *gorm.DB) error {
		over := []survey.MailState{survey.MailSent, survey.MailFailed, survey.MailUncertain}
		return tx.Where("state IN ? AND due < ? AND kind <> ?", over, sent.UTC(), survey.ReportMail).Delete(&letterRow{}).Error
	})
}

// DeleteEndedUsers deletes accounts that ended before an instant. Each is looked at once
// more under a lock: somebody may have been invited anew.
func (s *Store) DeleteEndedUsers(ctx context.Context, ended time.Time) error {
	var ids []string
	if err := s.read.WithContext(ctx).Model(&userRow{}).Where("ended < ?", ended.UTC()).Order("id").Pluck("id", &ids).Error; err != nil {
		return translate(fmt.Errorf("list ended users: %w", err))
	}
	for _, id := range ids {
		err := s.inTx(ctx, "purge", func(tx *gorm.DB) error {
			var still []userRow
			err := tx.Clauses(clause.Locking{Strength: "UPDATE"}).Where("id = ? AND ended < ?", id, ended.UTC()).Find(&still).Error
			if err != nil || len(still) == 0 {
				return err
			}
			for _, row := range []any{&membershipRow{}, &invitationRow{}} {
				if err := tx.Where("account = ?", id).Delete(row).Error; err != nil {
					return err
				}
			}
			return deleteUser(tx, id)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// DeleteInvitations deletes invitations that were over before an instant, and accounts made
// before another one that nobody ever entered: without password, log-in, membership,
// identity, session, and anything that waits.
func (s *Store) DeleteInvitations(ctx context.Context, over, made time.Time) error {
	err := s.inTx(ctx, "purge", func(tx *gorm.DB) error { return tx.Where("expires < ?", over.UTC()).Delete(&invitationRow{}).Error })
	if err != nil {
		return err
	}
	var ids []string
	if err := neverEntered(s.read.WithContext(ctx), made).Order("id").Pluck("id", &ids).Error; err != nil {
		return translate(fmt.Errorf("list accounts that nobody entered: %w", err))
	}
	for _, id := range ids {
		err := s.inTx(ctx, "purge", func(tx *gorm.DB) error {
			var still []userRow
			err := neverEntered(tx.Clauses(clause.Locking{Strength: "UPDATE"}), made).Where("id = ?", id).Find(&still).Error
			if err != nil || len(still) == 0 {
				return err
			}
			return deleteUser(tx, id)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func neverEntered(tx *gorm.DB, made time.Time) *gorm.DB {
	found := tx.Model(&userRow{}).Where("ended IS NULL AND password = '' AND last_day = '' AND created < ?", made.UTC())
	for _, table := range []string{"user_organisations", "user_invitations", "identities", "access_codes", "sessions"} {
		found = found.Where("NOT EXISTS (SELECT 1 FROM " + table + " WHERE " + table + ".account = users.id)")
	}
	return found
}

// DeleteAddresses deletes the addresses of entries before an instant.
func (s *Store) DeleteAddresses(ctx context.Context, before time.Time) error {
	return s.inTx(ctx, "purge", func(tx *gorm.DB) error { return tx.Where("at < ?", before.UTC()).Delete(&addressRow{}).Error })
}

// CutAudit deletes the entries before an instant from the beginning of every chain.
func (s *Store) CutAudit(ctx context.Context, before, at time.Time) error {
	var chains []string
	err := s.read.WithContext(ctx).Model(&auditRow{}).Where("at < ?", before.UTC()).Distinct().Pluck("organisation", &chains).Error
	if err != nil {
		return translate(fmt.Errorf("cut audit: %w", err))
	}
	for _, chain := range chains {
		if err := s.inTx(ctx, "cut audit", func(tx *gorm.DB) error { return cutChain(tx, chain, before, at) }); err != nil {
			return err
		}
	}
	return nil
}

func cutChain(tx *gorm.DB, organisation string, before, at time.Time) error {
	var kept sql.NullInt64
	err := tx.Model(&auditRow{}).Where("organisation = ? AND at >= ?", organisation, before.UTC()).Select("MIN(seq)").Scan(&kept).Error
	if err != nil {
		return err
	}
	old := tx.Where("organisation = ?", organisation)
	if kept.Valid {
		old = old.Where("seq < ?", kept.Int64)
	}
	var rows []auditRow
	if err := old.Order("seq DESC").Limit(1).Find(&rows).Error; err != nil || len(rows) == 0 {
		return err
	}
	last, err := rows[0].entry()
	if err != nil {
		return err
	}
	cut := audit.Cut(last)
	cut.At = at
	if err := appendAudit(tx, cut); err != nil {
		return err
	}
	return tx.Where("organisation = ? AND seq <= ?", organisation, last.Seq).Delete(&auditRow{}).Error
}
