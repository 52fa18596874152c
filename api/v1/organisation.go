package v1

import (
	"context"

	"pulscheck/survey"
	"pulscheck/survey/account"
)

func newOrganisation(o *survey.Organisation) Organisation {
	return Organisation{
		ID: string(o.ID), Key: o.Key, Name: o.Name, Zone: o.Zone, K: o.K, Version: o.Version, Auditors: list(o.Auditors), Contact: newText(o.Contact),
		Agreement: o.Agreement, SecondPerson: o.SecondPerson, Limits: Limits(o.Limits.Known()), Colour: string(o.Colour),
	}
}

// ListOrganisations gives what the token reaches.
func (a *API) ListOrganisations(ctx context.Context, actor account.Actor, in *struct{ Paging }) (*List[Organisation], error) {
	all, err := a.service.ListOrganisations(ctx, actor)
	if err != nil {
		return nil, err
	}
	return page(a, in.Paging, "organisations", all, func(o *survey.Organisation) string { return string(o.ID) }, newOrganisation)
}

// CreateOrganisation makes an organisation.
func (a *API) CreateOrganisation(ctx context.Context, actor account.Actor, in *struct{ Body OrganisationNew }) (*Made[Organisation], error) {
	b := in.Body
	o, err := a.service.CreateOrganisation(ctx, actor, survey.OrganisationInput{Key: b.Key, Name: b.Name, Zone: b.Zone, K: b.K})
	if err != nil {
		return nil, err
	}
	return &Made[Organisation]{Prefix + "/organisations/" + string(o.ID), etag(o.Version), newOrganisation(o)}, nil
}

// ShowOrganisation gives an organisation.
func (a *API) ShowOrganisation(ctx context.Context, actor account.Actor, in *ByOrganisation) (*One[Organisation], error) {
	o, err := a.service.ShowOrganisation(ctx, actor, survey.OrganisationID(in.Organisation))
	if err != nil {
		return nil, err
	}
	return &One[Organisation]{etag(o.Version), newOrganisation(o)}, nil
}

// UpdateOrganisation changes an organisation.
func (a *API) UpdateOrganisation(ctx context.Context, actor account.Actor, in *struct {
	ByOrganisation
	Seen
	Body OrganisationChange
}) (*One[Organisation], error) {
	b := in.Body
	o, err := a.service.UpdateOrganisation(ctx, actor, survey.OrganisationID(in.Organisation), survey.OrganisationChange{
		Seen: seen(in.IfMatch), Name: b.Name, Zone: b.Zone, K: b.K, Auditors: b.Auditors, Contact: b.Contact.text(), Agreement: b.Agreement, SecondPerson: b.SecondPerson,
		Limits: (*survey.Limits)(b.Limits), Colour: b.Colour,
	})
	if err != nil {
		return nil, err
	}
	return &One[Organisation]{etag(o.Version), newOrganisation(o)}, nil
}
