package survey

import (
	"context"

	"pulscheck/survey/account"
	"pulscheck/survey/audit"
)

// organisation gives an organisation that the actor may do p to. Whoever has not the
// right hears so before anything is looked for; what is foreign is not found.
func (s *Service) organisation(ctx context.Context, actor account.Actor, p account.Permission, id OrganisationID) (*Organisation, error) {
	if err := actor.In(p, string(id)); err != nil {
		return nil, err
	}
	return s.store.FindOrganisation(ctx, id)
}

// programme gives a programme that the actor may do p to.
func (s *Service) programme(ctx context.Context, actor account.Actor, p account.Permission, id ProgrammeID) (*Programme, error) {
	if err := actor.May(p); err != nil {
		return nil, err
	}
	programme, err := s.store.FindProgramme(ctx, id)
	if err != nil {
		return nil, err
	}
	return programme, actor.In(p, string(programme.Organisation))
}

// iteration gives an iteration that the actor may do p to, with its programme.
func (s *Service) iteration(ctx context.Context, actor account.Actor, p account.Permission, id IterationID) (*Iteration, *Programme, error) {
	if err := actor.May(p); err != nil {
		return nil, nil, err
	}
	iteration, err := s.store.FindIteration(ctx, id)
	if err != nil {
		return nil, nil, err
	}
	programme, err := s.programme(ctx, actor, p, iteration.Programme)
	if err != nil {
		return nil, nil, err
	}
	return iteration, programme, nil
}

// round gives a round in any state that the actor may do p to.
func (s *Service) round(ctx context.Context, actor account.Actor, p account.Permission, id RoundID) (*Round, error) {
	if err := actor.May(p); err != nil {
		return nil, err
	}
	round, err := s.store.FindRound(ctx, id)
	if err != nil {
		return nil, err
	}
	return round, actor.In(p, string(round.Organisation))
}

// tell makes the audit entry of something that the actor does now.
func (s *Service) tell(actor account.Actor, id OrganisationID, verb, subject string, detail map[string]string) audit.Entry {
	return audit.Entry{Organisation: string(id), At: s.now(), Actor: actor.ID, Verb: verb, Subject: subject, Detail: detail}
}
