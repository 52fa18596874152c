package store

import (
	"context"
	"crypto/rand"
	"fmt"
	"slices"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

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
		for some := range slices.Chunk(e.Update, batch) {
			if err := updatePeople(tx, id, some); err != nil {
				return err
			}
		}
		for some := range slices.Chunk(e.Leavers, batch) {
			if err := letGo(tx, id, some); err != nil {
				return err
			}
		}
		return tell(tx, told)
	})
}

// updatePeople is updatePerson for many at once. Each on its own would be prepared again
// and again until the transaction ends, more often than a server allows.
func updatePeople(tx *gorm.DB, id survey.OrganisationID, people []survey.Person) error {
	ids, err := unchanged(tx, id, people)
	if err != nil {
		return err
	}
	rows, roles := make([]personRow, len(people)), []personRoleRow(nil)
	for i := range people {
		rows[i] = newPersonRow(&people[i])
		rows[i].Version++
		roles = append(roles, roleRows(&people[i])...)
	}
	replace := clause.OnConflict{
		Columns:   []clause.Column{{Name: "organisation"}, {Name: "id"}},
		DoUpdates: clause.AssignmentColumns([]string{"email", "name", "unit", "locale", "left_at", "match_key", "version"}),
	}
	if err := tx.Clauses(replace).Create(&rows).Error; err != nil {
		return taken(err)
	}
	if err := tx.Where("person IN ?", ids).Delete(&personRoleRow{}).Error; err != nil || len(roles) == 0 {
		return err
	}
	return tx.CreateInBatches(roles, batch).Error
}

// letGo notes when people left.
func letGo(tx *gorm.DB, id survey.OrganisationID, people []survey.Person) error {
	ids, err := unchanged(tx, id, people)
	if err != nil {
		return err
	}
	return tx.Model(&personRow{}).Where("organisation = ? AND id IN ?", string(id), ids).
		Updates(map[string]any{"left_at": people[0].Left, "version": gorm.Expr("version + 1")}).Error
}

// unchanged holds people until the end of the transaction and gives their ids. Somebody
// in another version than the caller saw is fault Stale "version-conflict".
func unchanged(tx *gorm.DB, id survey.OrganisationID, people []survey.Person) ([]string, error) {
	ids, seen := make([]string, len(people)), make(map[string]int, len(people))
	for i, p := range people {
		ids[i], seen[string(p.ID)] = string(p.ID), p.Version
	}
	var there []personRow
	held := tx.Clauses(clause.Locking{Strength: "UPDATE"}).Select("id", "version")
	if err := held.Where("organisation = ? AND id IN ?", string(id), ids).Find(&there).Error; err != nil {
		return nil, err
	}
	if len(there) < len(people) {
		return nil, gorm.ErrRecordNotFound
	}
	for _, r := range there {
		if r.Version != seen[r.ID] {
			return nil, fault.New(fault.Stale, "version-conflict")
		}
	}
	return ids, nil
}

// DeletePerson removes a person with everything that names them. The rows of rosters
// stay without a name.
func (s *Store) DeletePerson(ctx context.Context, p *survey.Person, mark []byte, told ...audit.Entry) error {
	return s.inTx(ctx, "delete person", func(tx *gorm.DB) error {
		var row personRow
		err := tx.Clauses(clause.Locking{Strength: "UPDATE"}).Where("organisation = ? AND id = ?", string(p.Organisation), string(p.ID)).Take(&row).Error
		if err != nil {
			return err
		}
		if row.Version != p.Version {
			return fault.New(fault.Stale, "version-conflict")
		}
		if err := tx.Where("organisation = ? AND id = ?", row.Organisation, row.ID).Delete(&personRow{}).Error; err != nil {
			return err
		}
		for _, row := range []any{&personRoleRow{}, &askedRow{}, &memberRow{}} {
			if err := tx.Where("person = ?", string(p.ID)).Delete(row).Error; err != nil {
				return err
			}
		}
		if err := unname(tx, p.Organisation, mark); err != nil {
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

// ListRostered gives the rows with a mark in the rosters of an organisation.
func (s *Store) ListRostered(ctx context.Context, id survey.OrganisationID, mark []byte) ([]survey.Rostered, error) {
	var rows []rosterRow
	err := s.read.WithContext(ctx).Where("mark = ? AND round IN (SELECT id FROM rounds WHERE organisation = ?)", mark, string(id)).Order("round").Find(&rows).Error
	if err != nil {
		return nil, translate(fmt.Errorf("list rosters: %w", err))
	}
	all := make([]survey.Rostered, len(rows))
	for i, r := range rows {
		all[i] = survey.Rostered{Round: survey.RoundID(r.Round), RosterRow: survey.RosterRow{Mark: r.Mark, Process: r.Process, Role: r.Role, Unit: r.Unit}}
	}
	return all, nil
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
