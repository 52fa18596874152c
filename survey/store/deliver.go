package store

import (
	"context"
	"fmt"
	"time"

	"gorm.io/gorm"

	"pulscheck/survey"
	"pulscheck/survey/audit"
)

type linkRow struct {
	ID      string // that of a letter of the outbox
	Report  string
	Hash    []byte
	Expires time.Time
	Revoked *time.Time
}

func (linkRow) TableName() string { return "report_links" }

func (r linkRow) link() *survey.ReportLink {
	out := &survey.ReportLink{ID: r.ID, Report: survey.ReportID(r.Report), Hash: r.Hash, Expires: r.Expires.UTC()}
	if r.Revoked != nil {
		at := r.Revoked.UTC()
		out.Revoked = &at
	}
	return out
}

// addLink stores the link that a letter brings, unless its recipient had a letter
// already and this one is none.
func addLink(tx *gorm.DB, l *survey.ReportLink) error {
	var there int64
	if err := tx.Model(&letterRow{}).Where("id = ?", l.ID).Count(&there).Error; err != nil || there == 0 {
		return err
	}
	return tx.Create(&linkRow{l.ID, string(l.Report), l.Hash, l.Expires.UTC(), nil}).Error
}

// ListDeliveries gives the letters of a report in order of address.
func (s *Store) ListDeliveries(ctx context.Context, id survey.ReportID) ([]survey.Delivery, error) {
	var rows []letterRow
	err := s.read.WithContext(ctx).Where("kind = ? AND subject = ?", survey.ReportMail, string(id)).Order("recipient").Find(&rows).Error
	var links []linkRow
	if err == nil {
		err = s.read.WithContext(ctx).Where("report = ?", string(id)).Find(&links).Error
	}
	if err != nil {
		return nil, translate(fmt.Errorf("list deliveries: %w", err))
	}
	of := map[string]*survey.ReportLink{}
	for _, l := range links {
		of[l.ID] = l.link()
	}
	all := make([]survey.Delivery, len(rows))
	for i, r := range rows {
		all[i] = survey.Delivery{ID: r.ID, Recipient: r.Recipient, State: survey.MailState(r.State), At: r.Due.UTC(), Outcome: r.Outcome, Link: of[r.ID]}
	}
	return all, nil
}

// RepeatLetters takes letters of a report that failed back to queued, with the job that
// sends them.
func (s *Store) RepeatLetters(ctx context.Context, id survey.ReportID, letters []string, at time.Time, told ...audit.Entry) error {
	return s.inTx(ctx, "repeat letters", func(tx *gorm.DB) error {
		again := tx.Model(&letterRow{}).
			Where("kind = ? AND subject = ? AND state = ? AND id IN ?", survey.ReportMail, string(id), survey.MailFailed, letters).
			Updates(map[string]any{"state": survey.MailQueued, "tries": 0, "due": at.UTC()})
		if again.Error != nil || again.RowsAffected == 0 {
			return again.Error
		}
		if err := addJobs(tx, survey.Job{Kind: survey.DeliverJob, Due: at}); err != nil {
			return err
		}
		return tell(tx, told)
	})
}

// FindLink gives a link by the hash of its token.
func (s *Store) FindLink(ctx context.Context, hash []byte) (*survey.ReportLink, error) {
	var row linkRow
	if err := s.read.WithContext(ctx).Where("hash = ?", hash).Take(&row).Error; err != nil {
		return nil, translate(fmt.Errorf("find link: %w", err))
	}
	return row.link(), nil
}

// RevokeLink ends a link of a report; a letter that still waits to bring it fails. Fault
// NotFound if there is no such link, or it is revoked already.
func (s *Store) RevokeLink(ctx context.Context, id survey.ReportID, link string, at time.Time, told ...audit.Entry) error {
	return s.inTx(ctx, "revoke link", func(tx *gorm.DB) error {
		done := tx.Model(&linkRow{}).Where("id = ? AND report = ? AND revoked IS NULL", link, string(id)).Update("revoked", at.UTC())
		if done.Error != nil {
			return done.Error
		}
		if done.RowsAffected == 0 {
			return gorm.ErrRecordNotFound
		}
		err := tx.Model(&letterRow{}).Where("id = ? AND state = ?", link, survey.MailQueued).
			Updates(map[string]any{"state": survey.MailFailed, "due": at.UTC(), "outcome": survey.Withdrawn}).Error
		if err != nil {
			return err
		}
		return tell(tx, told)
	})
}
