package survey

import (
	"context"
	"slices"

	"pulscheck/survey/account"
	"pulscheck/survey/tally"
)

// LastCheck gives the counted check round of an organisation that closed last, with what
// it released; nil without one. What an owner sees is what ShowResults gives.
func (s *Service) LastCheck(ctx context.Context, actor account.Actor, id OrganisationID) (*Round, *tally.Results, error) {
	if err := actor.In(account.ReadResults, string(id)); err != nil {
		return nil, nil, err
	}
	r, err := s.lastCheck(ctx, id)
	if err != nil || r == nil {
		return nil, nil, err
	}
	results, err := s.ShowResults(ctx, actor, r.ID)
	return r, results, err
}

// lastCheck finds that round: the headline of the latest iteration of each programme that
// has one, and of these the one that closed last.
func (s *Service) lastCheck(ctx context.Context, id OrganisationID) (*Round, error) {
	programmes, err := s.store.ListProgrammes(ctx, id)
	if err != nil {
		return nil, err
	}
	var last *Round
	for _, p := range programmes {
		iterations, err := s.store.ListIterations(ctx, p.ID)
		if err != nil {
			return nil, err
		}
		for _, i := range slices.Backward(iterations) {
			rounds, err := s.store.ListRoundsOf(ctx, i.ID)
			if err != nil {
				return nil, err
			}
			if r := headline(rounds); r != nil {
				if last == nil || r.Closes.After(last.Closes) {
					last = r
				}
				break
			}
		}
	}
	return last, nil
}
