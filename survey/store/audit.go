package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"

	"pulscheck/survey"
	"pulscheck/survey/audit"
)

type auditRow struct {
	Organisation string
	Seq          int
	At           time.Time
	Actor        string
	Verb         string
	Subject      string
	Detail       string
	Previous     []byte
	Hash         []byte
}

func (auditRow) TableName() string { return "audit_entries" }

func (r auditRow) entry() (audit.Entry, error) {
	e := audit.Entry{
		Organisation: r.Organisation, Seq: r.Seq, At: r.At.UTC(), Actor: r.Actor, Verb: r.Verb,
		Subject: r.Subject, Previous: r.Previous, Hash: r.Hash,
	}
	if err := json.Unmarshal([]byte(r.Detail), &e.Detail); err != nil {
		return e, fmt.Errorf("read audit entry %d: %w", r.Seq, err)
	}
	return e, nil
}

// appendAudit puts an entry at the end of its organisation's chain. If another
// transaction took the place first, the whole transaction is run again.
func appendAudit(tx *gorm.DB, e audit.Entry) error {
	var last *audit.Entry
	var row auditRow
	err := tx.Where("organisation = ?", e.Organisation).Order("seq DESC").Take(&row).Error
	switch {
	case err == nil:
		found, err := row.entry()
		if err != nil {
			return err
		}
		last = &found
	case !errors.Is(err, gorm.ErrRecordNotFound):
		return err
	}
	if e, err = audit.Follow(last, e); err != nil {
		return err
	}
	if e.Detail == nil {
		e.Detail = map[string]string{}
	}
	detail, err := json.Marshal(e.Detail)
	if err != nil {
		return err
	}
	err = tx.Create(&auditRow{
		Organisation: e.Organisation, Seq: e.Seq, At: e.At, Actor: e.Actor, Verb: e.Verb, Subject: e.Subject,
		Detail: string(detail), Previous: e.Previous, Hash: e.Hash,
	}).Error
	if errors.Is(err, gorm.ErrDuplicatedKey) {
		return errTaken
	}
	return err
}

// Tell appends an entry that belongs to no change of anything else.
func (s *Store) Tell(ctx context.Context, e audit.Entry) error {
	return s.inTx(ctx, "tell audit", func(tx *gorm.DB) error { return appendAudit(tx, e) })
}

// ListAudit gives the entries of an organisation from the first on.
func (s *Store) ListAudit(ctx context.Context, id survey.OrganisationID) ([]audit.Entry, error) {
	var rows []auditRow
	if err := s.read.WithContext(ctx).Where("organisation = ?", string(id)).Order("seq").Find(&rows).Error; err != nil {
		return nil, translate(fmt.Errorf("list audit: %w", err))
	}
	entries := make([]audit.Entry, len(rows))
	for i, r := range rows {
		var err error
		if entries[i], err = r.entry(); err != nil {
			return nil, err
		}
	}
	return entries, nil
}
