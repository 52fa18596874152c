package v1

import (
	"context"
	"strings"

	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/maturity"
)

// ByModel names a maturity framework.
type ByModel struct {
	Model string `path:"model" doc:"id of a framework" example:"iso33020-2015"`
}

func newModel(m *maturity.Model) Model {
	out := Model{ID: m.ID, Title: newText(m.Title), BuiltIn: maturity.BuiltIn(m.ID) != nil, Levels: []ModelLevel{}, Attributes: []ModelAttribute{}}
	for _, l := range m.Levels {
		out.Levels = append(out.Levels, ModelLevel{l.Level, newText(l.Name)})
	}
	for _, a := range m.Attributes {
		out.Attributes = append(out.Attributes, ModelAttribute{a.ID, a.Level, newText(a.Name)})
	}
	return out
}

// ListModels gives the frameworks that an organisation may assess by.
func (a *API) ListModels(ctx context.Context, actor account.Actor, in *struct {
	ByOrganisation
	Paging
}) (*List[Model], error) {
	all, err := a.service.ListModels(ctx, actor, survey.OrganisationID(in.Organisation))
	if err != nil {
		return nil, err
	}
	return page(a, in.Paging, in.Organisation+"/maturity-models", all, func(m *maturity.Model) string { return m.ID }, newModel)
}

// CreateModel keeps a framework of the organisation's own.
func (a *API) CreateModel(ctx context.Context, actor account.Actor, in *struct {
	ByOrganisation
	Body ModelNew
}) (*struct {
	Location string `header:"Location" doc:"where it is from now on"`
	Body     Model
}, error) {
	m, err := a.service.CreateModel(ctx, actor, survey.OrganisationID(in.Organisation), strings.NewReader(in.Body.File))
	if err != nil {
		return nil, err
	}
	return &struct {
		Location string `header:"Location" doc:"where it is from now on"`
		Body     Model
	}{Prefix + "/organisations/" + in.Organisation + "/maturity-models/" + m.ID, newModel(m)}, nil
}

// DeleteModel removes a framework of the organisation's own.
func (a *API) DeleteModel(ctx context.Context, actor account.Actor, in *struct {
	ByOrganisation
	ByModel
}) (*None, error) {
	return &None{}, a.service.DeleteModel(ctx, actor, survey.OrganisationID(in.Organisation), in.Model)
}

// ShowModel gives a framework.
func (a *API) ShowModel(ctx context.Context, actor account.Actor, in *struct {
	ByOrganisation
	ByModel
}) (*struct{ Body Model }, error) {
	m, err := a.service.ShowModel(ctx, actor, survey.OrganisationID(in.Organisation), in.Model)
	if err != nil {
		return nil, err
	}
	return &struct{ Body Model }{newModel(m)}, nil
}
