package v1

import (
	"context"

	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/locale"
)

func newPerson(p *survey.Person) Person {
	out := Person{
		ID: string(p.ID), Email: p.Email, Name: p.Name, Unit: p.Unit, Locale: string(p.Locale), Roles: []ProcessRole{}, Left: p.Left, Version: p.Version,
	}
	for _, r := range p.Roles {
		out.Roles = append(out.Roles, ProcessRole(r))
	}
	return out
}

func processRoles(in []ProcessRole) []survey.ProcessRole {
	roles := make([]survey.ProcessRole, len(in))
	for i, r := range in {
		roles[i] = survey.ProcessRole(r)
	}
	return roles
}

// ListPeople gives everybody, those who left included.
func (a *API) ListPeople(ctx context.Context, actor account.Actor, in *struct {
	ByOrganisation
	Paging
}) (*List[Person], error) {
	all, err := a.service.ListPeople(ctx, actor, survey.OrganisationID(in.Organisation))
	if err != nil {
		return nil, err
	}
	return page(a, in.Paging, in.Organisation+"/people", all, func(p *survey.Person) string { return string(p.ID) }, newPerson)
}

// CreatePerson adds somebody.
func (a *API) CreatePerson(ctx context.Context, actor account.Actor, in *struct {
	ByOrganisation
	Body PersonNew
}) (*Made[Person], error) {
	b := in.Body
	p, err := a.service.CreatePerson(ctx, actor, survey.OrganisationID(in.Organisation), survey.PersonInput{
		Email: b.Email, Name: b.Name, Unit: b.Unit, Locale: locale.Language(b.Locale), Roles: processRoles(b.Roles),
	})
	if err != nil {
		return nil, err
	}
	return &Made[Person]{Prefix + "/organisations/" + in.Organisation + "/people/" + string(p.ID), etag(p.Version), newPerson(p)}, nil
}

// ShowPerson gives one person.
func (a *API) ShowPerson(ctx context.Context, actor account.Actor, in *struct {
	ByOrganisation
	ByPerson
}) (*One[Person], error) {
	p, err := a.service.ShowPerson(ctx, actor, survey.OrganisationID(in.Organisation), survey.PersonID(in.Person))
	if err != nil {
		return nil, err
	}
	return &One[Person]{etag(p.Version), newPerson(p)}, nil
}

// UpdatePerson changes a person.
func (a *API) UpdatePerson(ctx context.Context, actor account.Actor, in *struct {
	ByOrganisation
	ByPerson
	Seen
	Body PersonChange
}) (*One[Person], error) {
	b := in.Body
	change := survey.PersonChange{Seen: seen(in.IfMatch), Email: b.Email, Name: b.Name, Unit: b.Unit, Locale: (*locale.Language)(b.Locale)}
	if b.Roles != nil {
		roles := processRoles(*b.Roles)
		change.Roles = &roles
	}
	p, err := a.service.UpdatePerson(ctx, actor, survey.OrganisationID(in.Organisation), survey.PersonID(in.Person), change)
	if err != nil {
		return nil, err
	}
	return &One[Person]{etag(p.Version), newPerson(p)}, nil
}
