package survey

import (
	"context"
	"strconv"

	"pulscheck/survey/account"
	"pulscheck/survey/audit"
	"pulscheck/survey/fault"
)

// Tenants removes whole organisations.
type Tenants interface {
	// ListRoundStates gives the state of every round of an organisation.
	ListRoundStates(ctx context.Context, id OrganisationID) (map[RoundID]State, error)
	// DeleteOrganisation removes an organisation with everything that belongs to it, in
	// steps that may be repeated, and tells of it with the last one.
	DeleteOrganisation(ctx context.Context, id OrganisationID, told ...audit.Entry) error
}

// DeleteOrganisation removes an organisation with everything that is stored of it, the
// keys of its rounds first. Users who belong nowhere else go with it. The installation's
// log keeps that it was done. Fault Conflict "round-uncounted" while a round is open or
// waits to be counted, unless that is to be lost. A deletion that was cut off is done by
// repeating it.
func (s *Service) DeleteOrganisation(ctx context.Context, actor account.Actor, id OrganisationID, lose bool) error {
	if err := s.deleteOrganisation(ctx, actor, id, lose); err != nil {
		return err
	}
	s.witness(ctx)
	return nil
}

func (s *Service) deleteOrganisation(ctx context.Context, actor account.Actor, id OrganisationID, lose bool) error {
	o, err := s.organisation(ctx, actor, account.CreateOrganisations, id)
	if err != nil {
		return err
	}
	states, err := s.store.ListRoundStates(ctx, id)
	if err != nil {
		return err
	}
	uncounted := 0
	for _, state := range states {
		if state == Open || state == Closed {
			uncounted++
		}
	}
	if uncounted > 0 && !lose {
		return fault.New(fault.Conflict, "round-uncounted")
	}
	for round := range states {
		if err := s.keys.Destroy(string(round)); err != nil {
			return err
		}
		s.forget(round)
	}
	told := s.tell(actor, "", "organisation.delete", string(id), map[string]string{"key": o.Key, "rounds": strconv.Itoa(len(states)), "uncounted": strconv.Itoa(uncounted)})
	return s.store.DeleteOrganisation(ctx, id, told)
}
