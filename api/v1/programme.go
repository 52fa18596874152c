package v1

import (
	"context"
	"slices"

	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/locale"
)

func newProgramme(p *survey.Programme) Programme {
	return Programme{
		ID: string(p.ID), Organisation: string(p.Organisation), Name: p.Name, Steering: list(p.Steering), SendReport: string(p.SendReport), Language: string(p.Language),
		Version: p.Version,
	}
}

// list is never null.
func list[T any](l []T) []T { return append([]T{}, l...) }

// ListProgrammes gives the programmes of an organisation.
func (a *API) ListProgrammes(ctx context.Context, actor account.Actor, in *struct {
	ByOrganisation
	Paging
}) (*List[Programme], error) {
	all, err := a.service.ListProgrammes(ctx, actor, survey.OrganisationID(in.Organisation))
	if err != nil {
		return nil, err
	}
	return page(a, in.Paging, in.Organisation+"/programmes", all, func(p *survey.Programme) string { return string(p.ID) }, newProgramme)
}

// CreateProgramme begins a programme.
func (a *API) CreateProgramme(ctx context.Context, actor account.Actor, in *struct {
	ByOrganisation
	Body ProgrammeNew
}) (*Made[Programme], error) {
	steering := slices.Clone(in.Body.Steering)
	p, err := a.service.CreateProgramme(ctx, actor, survey.OrganisationID(in.Organisation), survey.ProgrammeInput{
		Name: &in.Body.Name, Steering: &steering, SendReport: (*survey.SendReport)(in.Body.SendReport), Language: (*locale.Language)(in.Body.Language),
	})
	if err != nil {
		return nil, err
	}
	return &Made[Programme]{Prefix + "/programmes/" + string(p.ID), etag(p.Version), newProgramme(p)}, nil
}

// ShowProgramme gives a programme.
func (a *API) ShowProgramme(ctx context.Context, actor account.Actor, in *ByProgramme) (*One[Programme], error) {
	p, err := a.service.ShowProgramme(ctx, actor, survey.ProgrammeID(in.Programme))
	if err != nil {
		return nil, err
	}
	return &One[Programme]{etag(p.Version), newProgramme(p)}, nil
}

// UpdateProgramme changes a programme.
func (a *API) UpdateProgramme(ctx context.Context, actor account.Actor, in *struct {
	ByProgramme
	Seen
	Body ProgrammeChange
}) (*One[Programme], error) {
	b := in.Body
	p, err := a.service.UpdateProgramme(ctx, actor, survey.ProgrammeID(in.Programme), survey.ProgrammeInput{
		Seen: seen(in.IfMatch), Name: b.Name, Steering: b.Steering, SendReport: (*survey.SendReport)(b.SendReport), Language: (*locale.Language)(b.Language),
	})
	if err != nil {
		return nil, err
	}
	return &One[Programme]{etag(p.Version), newProgramme(p)}, nil
}
