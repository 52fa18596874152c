package store

import (
	"context"
	"fmt"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"pulscheck/survey"
	"pulscheck/survey/locale"
)

// batch is the number of rows of one INSERT.
const batch = 200

type personRow struct {
	ID           string
	Organisation string
	Email        string
	Name         string
	Unit         string
	Locale       string
}

func (personRow) TableName() string { return "people" }

type personRoleRow struct {
	Person  string
	Process string
	Role    string
}

func (personRoleRow) TableName() string { return "people_roles" }

type askedRow struct {
	Person  string
	Process string
	Role    string
	Times   int
}

func (askedRow) TableName() string { return "asked" }

// CreatePeople stores people with their process roles, all or none.
func (s *Store) CreatePeople(ctx context.Context, people []survey.Person) error {
	rows, roles := make([]personRow, len(people)), []personRoleRow(nil)
	for i, p := range people {
		rows[i] = personRow{string(p.ID), string(p.Organisation), p.Email, p.Name, p.Unit, string(p.Locale)}
		for _, r := range p.Roles {
			roles = append(roles, personRoleRow{string(p.ID), r.Process, r.Role})
		}
	}
	return s.inTx(ctx, "create people", func(tx *gorm.DB) error {
		if len(rows) > 0 {
			if err := tx.CreateInBatches(rows, batch).Error; err != nil {
				return err
			}
		}
		if len(roles) == 0 {
			return nil
		}
		return tx.CreateInBatches(roles, batch).Error
	})
}

// ListPeople gives everybody of an organisation.
func (s *Store) ListPeople(ctx context.Context, id survey.OrganisationID) ([]survey.Person, error) {
	var rows []personRow
	if err := s.read.WithContext(ctx).Where("organisation = ?", string(id)).Order("email, name, unit, id").Find(&rows).Error; err != nil {
		return nil, translate(fmt.Errorf("list people: %w", err))
	}
	var roles []personRoleRow
	err := s.read.WithContext(ctx).Table("people_roles").Select("people_roles.*").
		Joins("JOIN people ON people.id = people_roles.person").Where("people.organisation = ?", string(id)).
		Order("people_roles.process, people_roles.role").Find(&roles).Error
	if err != nil {
		return nil, translate(fmt.Errorf("list people: %w", err))
	}
	byPerson := map[string][]survey.ProcessRole{}
	for _, r := range roles {
		byPerson[r.Person] = append(byPerson[r.Person], survey.ProcessRole{Process: r.Process, Role: r.Role})
	}
	people := make([]survey.Person, len(rows))
	for i, r := range rows {
		people[i] = survey.Person{
			ID: survey.PersonID(r.ID), Organisation: id, Email: r.Email, Name: r.Name, Unit: r.Unit,
			Locale: locale.Language(r.Locale), Roles: byPerson[r.ID],
		}
	}
	return people, nil
}

// CountAsked says how often people were asked for their process roles.
func (s *Store) CountAsked(ctx context.Context, id survey.OrganisationID) (map[survey.PersonID]map[survey.ProcessRole]int, error) {
	var rows []askedRow
	err := s.read.WithContext(ctx).Table("asked").Select("asked.*").
		Joins("JOIN people ON people.id = asked.person").Where("people.organisation = ?", string(id)).Find(&rows).Error
	if err != nil {
		return nil, translate(fmt.Errorf("count asked: %w", err))
	}
	asked := map[survey.PersonID]map[survey.ProcessRole]int{}
	for _, r := range rows {
		p := survey.PersonID(r.Person)
		if asked[p] == nil {
			asked[p] = map[survey.ProcessRole]int{}
		}
		asked[p][survey.ProcessRole{Process: r.Process, Role: r.Role}] = r.Times
	}
	return asked, nil
}

// addAsked counts one more time for each person.
func addAsked(tx *gorm.DB, asked map[survey.PersonID]survey.ProcessRole) error {
	rows := make([]askedRow, 0, len(asked))
	for person, r := range asked {
		rows = append(rows, askedRow{string(person), r.Process, r.Role, 1})
	}
	if len(rows) == 0 {
		return nil
	}
	return tx.Clauses(clause.OnConflict{
		Columns:   []clause.Column{{Name: "person"}, {Name: "process"}, {Name: "role"}},
		DoUpdates: clause.Assignments(map[string]any{"times": gorm.Expr("asked.times + 1")}),
	}).CreateInBatches(rows, batch).Error
}
