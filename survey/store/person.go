package store

import (
	"context"
	"fmt"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"pulscheck/survey"
	"pulscheck/survey/audit"
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
	LeftAt       *time.Time
	Version      int
	MatchKey     string
}

func (personRow) TableName() string { return "people" }

func newPersonRow(p *survey.Person) personRow {
	return personRow{
		string(p.ID), string(p.Organisation), p.Email, p.Name, p.Unit, string(p.Locale), p.Left, p.Version, p.MatchKey(),
	}
}

func (r personRow) person(roles []survey.ProcessRole) survey.Person {
	p := survey.Person{
		ID: survey.PersonID(r.ID), Organisation: survey.OrganisationID(r.Organisation), Email: r.Email, Name: r.Name, Unit: r.Unit,
		Locale: locale.Language(r.Locale), Roles: roles, Version: r.Version,
	}
	if r.LeftAt != nil {
		at := r.LeftAt.UTC()
		p.Left = &at
	}
	return p
}

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

// CreatePeople stores people with their process roles, all or none. Somebody who is
// there already is fault Conflict "key-taken".
func (s *Store) CreatePeople(ctx context.Context, people []survey.Person, told ...audit.Entry) error {
	return s.inTx(ctx, "create people", func(tx *gorm.DB) error {
		if err := createPeople(tx, people); err != nil {
			return err
		}
		return tell(tx, told)
	})
}

func createPeople(tx *gorm.DB, people []survey.Person) error {
	rows, roles := make([]personRow, len(people)), []personRoleRow(nil)
	for i := range people {
		people[i].Version = 1
		rows[i] = newPersonRow(&people[i])
		roles = append(roles, roleRows(&people[i])...)
	}
	if len(rows) > 0 {
		if err := tx.CreateInBatches(rows, batch).Error; err != nil {
			return taken(err)
		}
	}
	if len(roles) == 0 {
		return nil
	}
	return tx.CreateInBatches(roles, batch).Error
}

func roleRows(p *survey.Person) []personRoleRow {
	roles := make([]personRoleRow, len(p.Roles))
	for i, r := range p.Roles {
		roles[i] = personRoleRow{string(p.ID), r.Process, r.Role}
	}
	return roles
}

// UpdatePerson stores what changed since version p.Version, process roles included.
func (s *Store) UpdatePerson(ctx context.Context, p *survey.Person, told ...audit.Entry) error {
	return s.inTx(ctx, "update person", func(tx *gorm.DB) error { return updatePerson(tx, p, told) })
}

func updatePerson(tx *gorm.DB, p *survey.Person, told []audit.Entry) error {
	row := newPersonRow(p)
	err := change(tx, tx.Model(&personRow{}).Where("organisation = ? AND id = ?", row.Organisation, row.ID), p.Version, map[string]any{
		"email": row.Email, "name": row.Name, "unit": row.Unit, "locale": row.Locale, "left_at": row.LeftAt, "match_key": row.MatchKey,
	}, told)
	if err != nil {
		return err
	}
	if err := tx.Where("person = ?", row.ID).Delete(&personRoleRow{}).Error; err != nil {
		return err
	}
	roles := roleRows(p)
	if len(roles) == 0 {
		return nil
	}
	return tx.Create(&roles).Error
}

// FindPerson gives a person of an organisation; fault NotFound otherwise.
func (s *Store) FindPerson(ctx context.Context, id survey.OrganisationID, person survey.PersonID) (*survey.Person, error) {
	var row personRow
	if err := s.read.WithContext(ctx).Where("organisation = ? AND id = ?", string(id), string(person)).Take(&row).Error; err != nil {
		return nil, translate(fmt.Errorf("find person: %w", err))
	}
	var roles []personRoleRow
	if err := s.read.WithContext(ctx).Where("person = ?", row.ID).Order("process, role").Find(&roles).Error; err != nil {
		return nil, translate(fmt.Errorf("find person: %w", err))
	}
	var list []survey.ProcessRole
	for _, r := range roles {
		list = append(list, survey.ProcessRole{Process: r.Process, Role: r.Role})
	}
	p := row.person(list)
	return &p, nil
}

// ListPeople gives everybody of an organisation who has not left.
func (s *Store) ListPeople(ctx context.Context, id survey.OrganisationID) ([]survey.Person, error) {
	return s.people(ctx, id, "left_at IS NULL")
}

// ListEverybody gives everybody of an organisation, those who left included.
func (s *Store) ListEverybody(ctx context.Context, id survey.OrganisationID) ([]survey.Person, error) {
	return s.people(ctx, id, "1 = 1")
}

func (s *Store) people(ctx context.Context, id survey.OrganisationID, which string) ([]survey.Person, error) {
	var rows []personRow
	if err := s.read.WithContext(ctx).Where("organisation = ? AND "+which, string(id)).Order("email, name, unit, id").Find(&rows).Error; err != nil {
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
		people[i] = r.person(byPerson[r.ID])
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
