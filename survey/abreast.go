package survey

import (
	"context"
	"time"

	"pulscheck/survey/account"
	"pulscheck/survey/fault"
	"pulscheck/survey/tally"
)

// Abreast is organisations side by side, each by its last counted check round.
type Abreast struct {
	Rounds []*Round // of each, in order of the names of the organisations
	Data   *tally.Abreast
}

// CompareOrganisations sets the organisations beside each other that the actor is assigned
// to and that consent to it: the whole of each, never a group. Who takes the consent back
// is gone with the next request. Fault Conflict "comparison-organisations" unless two of
// them have a counted check round.
func (s *Service) CompareOrganisations(ctx context.Context, actor account.Actor) (*Abreast, error) {
	if err := actor.May(account.CompareOrganisations); err != nil {
		return nil, err
	}
	all, err := s.store.ListOrganisations(ctx)
	if err != nil {
		return nil, err
	}
	a, list := &Abreast{}, []tally.Standing{}
	for i := range all {
		o := &all[i]
		if actor.In(account.CompareOrganisations, string(o.ID)) != nil {
			continue
		}
		r, err := s.lastCheck(ctx, o.ID)
		if err != nil {
			return nil, err
		}
		if r == nil {
			continue
		}
		results, _, err := s.store.FindResults(ctx, r.ID)
		if err != nil {
			return nil, err
		}
		a.Rounds, list = append(a.Rounds, r), append(list, tally.Standing{
			Organisation: string(o.ID), Name: o.Name, Day: r.Closes.In(zoneOf(o)).Format(time.DateOnly), Closed: r.Closes, Imported: r.Imported,
			Questionnaire: r.Questionnaire, Results: results,
		})
	}
	if len(list) < 2 {
		return nil, fault.New(fault.Conflict, "comparison-organisations")
	}
	a.Data = tally.SetAbreast(list)
	return a, nil
}
