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

// addressRow is the network that an entry was asked from: in a table of its own, because
// it is kept for a shorter time and stands outside the chain.
type addressRow struct {
	Organisation string
	Seq          int
	At           time.Time
	Address      string
}

func (addressRow) TableName() string { return "audit_addresses" }

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
	if address := audit.Origin(tx.Statement.Context); err == nil && address != "" {
		err = tx.Create(&addressRow{e.Organisation, e.Seq, e.At, address}).Error
	}
	return err
}

// Tell appends an entry that belongs to no change of anything else.
func (s *Store) Tell(ctx context.Context, e audit.Entry) error {
	return s.inTx(ctx, "tell audit", func(tx *gorm.DB) error { return appendAudit(tx, e) })
}

// ListAudit gives the entries of an organisation from the first on, with the addresses
// that are still kept.
func (s *Store) ListAudit(ctx context.Context, id survey.OrganisationID) ([]audit.Entry, error) {
	var rows []auditRow
	if err := s.read.WithContext(ctx).Where("organisation = ?", string(id)).Order("seq").Find(&rows).Error; err != nil {
		return nil, translate(fmt.Errorf("list audit: %w", err))
	}
	entries, err := entriesOf(rows)
	if err != nil {
		return nil, err
	}
	return entries, s.addAddresses(ctx, id, entries)
}

// ListLatestAudit gives the last n entries, the latest first.
func (s *Store) ListLatestAudit(ctx context.Context, id survey.OrganisationID, n int) ([]audit.Entry, error) {
	var rows []auditRow
	if err := s.read.WithContext(ctx).Where("organisation = ?", string(id)).Order("seq DESC").Limit(n).Find(&rows).Error; err != nil {
		return nil, translate(fmt.Errorf("list latest audit: %w", err))
	}
	return entriesOf(rows)
}

func entriesOf(rows []auditRow) ([]audit.Entry, error) {
	entries := make([]audit.Entry, len(rows))
	for i, r := range rows {
		var err error
		if entries[i], err = r.entry(); err != nil {
			return nil, err
		}
	}
	return entries, nil
}

func (s *Store) addAddresses(ctx context.Context, id survey.OrganisationID, entries []audit.Entry) error {
	var rows []addressRow
	if err := s.read.WithContext(ctx).Where("organisation = ?", string(id)).Find(&rows).Error; err != nil {
		return translate(fmt.Errorf("list addresses: %w", err))
	}
	at := make(map[int]string, len(rows))
	for _, r := range rows {
		at[r.Seq] = r.Address
	}
	for i := range entries {
		entries[i].Address = at[entries[i].Seq]
	}
	return nil
}
