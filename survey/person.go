package survey

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"pulscheck/survey/account"
	"pulscheck/survey/fault"
	"pulscheck/survey/locale"
)

// PersonInput is what is said of a person.
type PersonInput struct {
	Email  string
	Name   string
	Unit   string
	Locale locale.Language // empty = German
	Roles  []ProcessRole
}

// apply checks an input against the lists of the organisation.
func (in PersonInput) apply(p *Person, o *Organisation) error {
	p.Email, p.Unit, p.Locale, p.Name = strings.TrimSpace(in.Email), in.Unit, in.Locale, in.Name
	if p.Locale == "" {
		p.Locale = locale.German
	}
	var c checks
	if p.Email != "" && !ValidAddress(p.Email) {
		c.wrong("/email", "email-invalid")
	}
	if p.Name != "" || p.Email == "" {
		c.text("/name", &p.Name, maxTitle)
	}
	if p.Locale != locale.German && p.Locale != locale.English {
		c.wrong("/locale", "locale-unknown")
	}
	if p.Unit != "" && !offered(o.Units, p.Unit) {
		c.wrong("/unit", "unit-unknown")
	}
	p.Roles = slices.Clone(in.Roles)
	slices.SortFunc(p.Roles, compareRoles)
	p.Roles = slices.Compact(p.Roles)
	for i, r := range p.Roles {
		if !offered(o.Processes, r.Process) {
			c.wrong("/roles/"+strconv.Itoa(i)+"/process", "process-unknown")
		}
		if !offered(o.Roles, r.Role) {
			c.wrong("/roles/"+strconv.Itoa(i)+"/role", "role-unknown")
		}
	}
	return c.err()
}

// offered reports whether a list has an entry that is not archived.
func offered(list []Named, key string) bool {
	return slices.ContainsFunc(list, func(n Named) bool { return n.Key == key && !n.Archived })
}

// CreatePerson adds somebody by hand. Faults: "key-taken" (Conflict), "org-limit".
func (s *Service) CreatePerson(ctx context.Context, actor account.Actor, id OrganisationID, in PersonInput) (*Person, error) {
	o, err := s.organisation(ctx, actor, account.ChangePeople, id)
	if err != nil {
		return nil, err
	}
	p := &Person{ID: PersonID(s.newID()), Organisation: id}
	if err := in.apply(p, o); err != nil {
		return nil, err
	}
	people, err := s.store.ListPeople(ctx, id)
	if err != nil {
		return nil, err
	}
	if len(people) >= maxPeople {
		return nil, fault.New(fault.Invalid, "org-limit")
	}
	one := []Person{*p}
	if err := s.store.CreatePeople(ctx, one, s.tell(actor, id, "person.create", string(p.ID), nil)); err != nil {
		return nil, err
	}
	return &one[0], nil
}

// ListPeople gives everybody of an organisation, those who left included. It says who
// may be invited, nothing about answers.
func (s *Service) ListPeople(ctx context.Context, actor account.Actor, id OrganisationID) ([]Person, error) {
	if _, err := s.organisation(ctx, actor, account.ReadPeople, id); err != nil {
		return nil, err
	}
	return s.store.ListEverybody(ctx, id)
}

// ShowPerson gives one person.
func (s *Service) ShowPerson(ctx context.Context, actor account.Actor, id OrganisationID, person PersonID) (*Person, error) {
	if _, err := s.organisation(ctx, actor, account.ReadPeople, id); err != nil {
		return nil, err
	}
	return s.store.FindPerson(ctx, id, person)
}

// PersonChange is what is to change about a person; nil stays.
type PersonChange struct {
	Seen   int
	Email  *string
	Name   *string
	Unit   *string
	Locale *locale.Language
	Roles  *[]ProcessRole
}

// UpdatePerson changes a person; somebody who left comes back by it.
func (s *Service) UpdatePerson(ctx context.Context, actor account.Actor, id OrganisationID, person PersonID, change PersonChange) (*Person, error) {
	o, err := s.organisation(ctx, actor, account.ChangePeople, id)
	if err != nil {
		return nil, err
	}
	p, err := s.store.FindPerson(ctx, id, person)
	if err != nil {
		return nil, err
	}
	if p.Version != change.Seen {
		return nil, fault.New(fault.Stale, "version-conflict")
	}
	in := PersonInput{
		Email: or(change.Email, p.Email), Name: or(change.Name, p.Name), Unit: or(change.Unit, p.Unit),
		Locale: or(change.Locale, p.Locale), Roles: or(change.Roles, p.Roles),
	}
	if err := in.apply(p, o); err != nil {
		return nil, err
	}
	p.Left = nil
	if err := s.store.UpdatePerson(ctx, p, s.tell(actor, id, "person.update", string(person), nil)); err != nil {
		return nil, err
	}
	p.Version++
	return p, nil
}
