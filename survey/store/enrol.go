package store

import (
	"context"
	"crypto/rand"
	"fmt"
	"time"

	"gorm.io/gorm"

	"pulscheck/survey"
	"pulscheck/survey/audit"
	"pulscheck/survey/fault"
)

// Enrol stores an import of people, all or nothing. Somebody who was changed meanwhile
// is fault Stale "version-conflict", somebody added meanwhile Conflict "key-taken".
func (s *Store) Enrol(ctx context.Context, id survey.OrganisationID, e survey.Enrolment, told ...audit.Entry) error {
	return s.inTx(ctx, "enrol people", func(tx *gorm.DB) error {
		if err := addEntries(tx, id, survey.UnitList, e.Units); err != nil {
			return err
		}
		if err := createPeople(tx, e.Create); err != nil {
			return err
		}
		for i := range e.Update {
			if err := updatePerson(tx, &e.Update[i], nil); err != nil {
				return err
			}
		}
		for i := range e.Leavers {
			p := &e.Leavers[i]
			query := tx.Model(&personRow{}).Where("organisation = ? AND id = ?", string(id), string(p.ID))
			if err := change(tx, query, p.Version, map[string]any{"left_at": p.Left}, nil); err != nil {
				return err
			}
		}
		return tell(tx, told)
	})
}

// DeletePerson removes a person with everything that names them. The rows of rosters
// stay without a name.
func (s *Store) DeletePerson(ctx context.Context, id survey.OrganisationID, person survey.PersonID, mark []byte, told ...audit.Entry) error {
	return s.inTx(ctx, "delete person", func(tx *gorm.DB) error {
		done := tx.Where("organisation = ? AND id = ?", string(id), string(person)).Delete(&personRow{})
		if done.Error != nil {
			return done.Error
		}
		if done.RowsAffected == 0 {
			return fault.Wrap(fault.NotFound, "not-found", gorm.ErrRecordNotFound)
		}
		for _, row := range []any{&personRoleRow{}, &askedRow{}, &memberRow{}} {
			if err := tx.Where("person = ?", string(person)).Delete(row).Error; err != nil {
				return err
			}
		}
		if err := unname(tx, id, mark); err != nil {
			return err
		}
		return tell(tx, told)
	})
}

// unname gives the rows of a mark in the rosters of an organisation marks of nobody.
func unname(tx *gorm.DB, id survey.OrganisationID, mark []byte) error {
	var rows []rosterRow
	err := tx.Where("mark = ? AND round IN (SELECT id FROM rounds WHERE organisation = ?)", mark, string(id)).Find(&rows).Error
	if err != nil {
		return err
	}
	for _, r := range rows {
		nobody := make([]byte, len(mark))
		rand.Read(nobody)
		if err := tx.Model(&rosterRow{}).Where("round = ? AND mark = ?", r.Round, r.Mark).Update("mark", nobody).Error; err != nil {
			return err
		}
	}
	return nil
}

// ListMemberships gives the invitations of a person that still exist.
func (s *Store) ListMemberships(ctx context.Context, person survey.PersonID) ([]survey.Membership, error) {
	var rows []memberRow
	if err := s.read.WithContext(ctx).Where("person = ?", string(person)).Order("round").Find(&rows).Error; err != nil {
		return nil, translate(fmt.Errorf("list memberships: %w", err))
	}
	all := make([]survey.Membership, len(rows))
	for i, r := range rows {
		all[i] = survey.Membership{Round: survey.RoundID(r.Round), Handle: r.Handle, Process: r.Process, Role: r.Role, Unit: r.Unit}
	}
	return all, nil
}

// ListLeavers gives who left before an instant, of any organisation.
func (s *Store) ListLeavers(ctx context.Context, before time.Time) ([]survey.Person, error) {
	var rows []personRow
	if err := s.read.WithContext(ctx).Where("left_at < ?", before.UTC()).Order("organisation, id").Find(&rows).Error; err != nil {
		return nil, translate(fmt.Errorf("list leavers: %w", err))
	}
	all := make([]survey.Person, len(rows))
	for i, r := range rows {
		all[i] = r.person(nil)
	}
	return all, nil
}
