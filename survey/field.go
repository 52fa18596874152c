package survey

import (
	"context"
	"slices"
	"time"

	"pulscheck/survey/tally"
)

// field is what was measured in a programme, and the day of its organisation. Results
// are read once they are needed.
type field struct {
	s            *Service
	organisation *Organisation
	zone         *time.Location
	today        string // YYYY-MM-DD
	rounds       []Measured
}

// field gives the counted rounds of the programme of an iteration, oldest first.
func (s *Service) field(ctx context.Context, id IterationID) (*field, error) {
	i, err := s.store.FindIteration(ctx, id)
	if err != nil {
		return nil, err
	}
	p, err := s.store.FindProgramme(ctx, i.Programme)
	if err != nil {
		return nil, err
	}
	f := &field{s: s}
	if f.organisation, err = s.store.FindOrganisation(ctx, p.Organisation); err != nil {
		return nil, err
	}
	if f.zone, err = time.LoadLocation(f.organisation.Zone); err != nil {
		return nil, err
	}
	f.today = s.now().In(f.zone).Format(time.DateOnly)
	iterations, err := s.store.ListIterations(ctx, p.ID)
	if err != nil {
		return nil, err
	}
	for _, i := range iterations {
		rounds, err := s.store.ListRoundsOf(ctx, i.ID)
		if err != nil {
			return nil, err
		}
		for n := range rounds {
			if rounds[n].CountedAt != nil {
				f.rounds = append(f.rounds, Measured{Iteration: i.Number, Round: &rounds[n]})
			}
		}
	}
	slices.SortStableFunc(f.rounds, func(a, b Measured) int { return a.Round.Closes.Compare(b.Round.Closes) })
	return f, nil
}

// until leaves out what was counted in later iterations.
func (f *field) until(number int) {
	f.rounds = slices.DeleteFunc(f.rounds, func(m Measured) bool { return m.Iteration > number })
}

// effect gives what became of a wish.
func (f *field) effect(ctx context.Context, w Wish) (*Effect, error) {
	for n := len(f.rounds) - 1; n >= 0; n-- {
		if !asks(f.rounds[n].Round.Questionnaire, w.Key) {
			continue
		}
		if err := f.read(ctx, n); err != nil {
			return nil, err
		}
		if w.Since == "" || f.rounds[n].Round.Opens.In(f.zone).Format(time.DateOnly) < w.Since {
			break // nothing before tells of it
		}
	}
	e := MeasureEffect(w, f.rounds, f.zone)
	return &e, nil
}

// read reads the results of a round, and of the one that it is compared with.
func (f *field) read(ctx context.Context, n int) error {
	results, err := f.resultsOf(ctx, n)
	if err != nil || len(results.Comparison) == 0 {
		return err
	}
	from := slices.IndexFunc(f.rounds, func(m Measured) bool { return string(m.Round.ID) == results.Comparison[0].From })
	if from >= 0 {
		_, err = f.resultsOf(ctx, from)
	}
	return err
}

func (f *field) resultsOf(ctx context.Context, n int) (_ *tally.Results, err error) {
	m := &f.rounds[n]
	if m.Results == nil {
		m.Results, _, err = f.s.store.FindResults(ctx, m.Round.ID)
	}
	return m.Results, err
}
