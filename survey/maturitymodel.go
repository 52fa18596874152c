package survey

import (
	"context"
	"io"

	"pulscheck/survey/account"
	"pulscheck/survey/fault"
	"pulscheck/survey/maturity"
)

// DefaultModel is the framework of assessments that name none.
const DefaultModel = "iso33020-" + maturity.Edition2015

// builtInModels are there for everybody.
func builtInModels() []maturity.Model {
	return []maturity.Model{*maturity.ISO33020(maturity.Edition2015), *maturity.ISO33020(maturity.Edition2019)}
}

// model gives a framework that an organisation may assess by; fault NotFound.
func (s *Service) model(ctx context.Context, id OrganisationID, model string) (*maturity.Model, error) {
	if m := maturity.BuiltIn(model); m != nil {
		return m, nil
	}
	if !wellFormed(model) {
		return nil, fault.New(fault.NotFound, "not-found")
	}
	return s.store.FindModel(ctx, id, model)
}

// CreateModel reads a framework in YAML and keeps it for an organisation. It never
// changes: other levels, attributes or indicators are another framework and need another
// id, so that what was rated stays comparable. Faults: Invalid "model-invalid" with
// fields, TooLarge "body-too-large", Conflict "key-taken" for another one of that id.
func (s *Service) CreateModel(ctx context.Context, actor account.Actor, id OrganisationID, file io.Reader) (*maturity.Model, error) {
	if _, err := s.organisation(ctx, actor, account.ChangeProgramme, id); err != nil {
		return nil, err
	}
	m, err := maturity.Load(file)
	if err != nil {
		return nil, err
	}
	return m, s.store.CreateModel(ctx, id, m, s.tell(actor, id, "model.create", m.ID, nil))
}

// DeleteModel removes a framework of an organisation's own while no assessment uses it.
// Faults Conflict "model-built-in", "model-used".
func (s *Service) DeleteModel(ctx context.Context, actor account.Actor, id OrganisationID, model string) error {
	if _, err := s.organisation(ctx, actor, account.ChangeProgramme, id); err != nil {
		return err
	}
	if maturity.BuiltIn(model) != nil {
		return fault.New(fault.Conflict, "model-built-in")
	}
	if _, err := s.model(ctx, id, model); err != nil {
		return err
	}
	return s.store.DeleteModel(ctx, id, model, s.tell(actor, id, "model.delete", model, nil))
}

// ListModels gives the frameworks that an organisation may assess by, built-in ones
// first.
func (s *Service) ListModels(ctx context.Context, actor account.Actor, id OrganisationID) ([]maturity.Model, error) {
	if _, err := s.organisation(ctx, actor, account.ReadProgramme, id); err != nil {
		return nil, err
	}
	own, err := s.store.ListModels(ctx, id)
	return append(builtInModels(), own...), err
}

// ShowModel gives a framework that an organisation may assess by.
func (s *Service) ShowModel(ctx context.Context, actor account.Actor, id OrganisationID, model string) (*maturity.Model, error) {
	if _, err := s.organisation(ctx, actor, account.ReadProgramme, id); err != nil {
		return nil, err
	}
	return s.model(ctx, id, model)
}
