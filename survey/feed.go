package survey

import (
	"context"
	"slices"
	"time"

	"pulscheck/survey/score"
	"pulscheck/survey/tally"
)

// Fed is what the latest round that asks it says about a figure from the pulse. Its
// measurements are read from what rounds released, nothing of them is kept twice.
type Fed struct {
	Round  RoundID
	Closed time.Time
	State  FedState
	N      *int // answers that the value rests on; nil = none, or a number that its group hides
	Enough bool // it rests on ten or more
	CI     *tally.Interval
}

// FedState says whether a round gives a value.
type FedState string

// The states. A withheld or banded value is no value, and nothing is made up for it.
const (
	FedShown     FedState = "shown"
	FedBanded    FedState = "banded"
	FedProtected FedState = "protected"
)

// attainment judges a value from the pulse.
func (f *Fed) attainment(g score.Goal, actual *float64) score.Attainment {
	n, interval := 0, (*score.Interval)(nil)
	if f.Enough {
		n = score.EnoughAnswers
	}
	if f.CI != nil {
		interval = &score.Interval{Low: f.CI.Low, High: f.CI.High}
	}
	return g.FromPulse(actual, n, interval)
}

// feed adds to the figures from the pulse what the rounds of an iteration say, and those
// of earlier ones from the iteration of the figure on.
func (s *Service) feed(ctx context.Context, id IterationID, all []KPI) error {
	if !slices.ContainsFunc(all, func(k KPI) bool { return k.Pulse != "" }) {
		return nil
	}
	f, err := s.field(ctx, id)
	if err != nil {
		return err
	}
	for n := range all {
		k := &all[n]
		if k.Pulse == "" {
			continue
		}
		history, last, err := f.feed(ctx, k, id)
		if err != nil {
			return err
		}
		k.Fed = last
		if last != nil && last.State == FedShown {
			k.Last = &history[len(history)-1]
		}
	}
	return nil
}

// fedHistory gives what the rounds of its iteration displayed of a figure.
func (s *Service) fedHistory(ctx context.Context, k *KPI) ([]Measurement, error) {
	f, err := s.field(ctx, k.Iteration)
	if err != nil {
		return nil, err
	}
	history, _, err := f.feed(ctx, k, k.Iteration)
	return history, err
}

// feed gives what the counted rounds display of a figure, oldest first, and what the
// latest of those that ask it says.
func (f *field) feed(ctx context.Context, k *KPI, until IterationID) (history []Measurement, last *Fed, err error) {
	to, err := f.s.store.FindIteration(ctx, until)
	if err != nil {
		return nil, nil, err
	}
	from := to
	if k.Iteration != until {
		if from, err = f.s.store.FindIteration(ctx, k.Iteration); err != nil {
			return nil, nil, err
		}
	}
	for n := range f.rounds {
		m := &f.rounds[n]
		if m.Iteration < from.Number || m.Iteration > to.Number || !asks(m.Round.Questionnaire, k.Pulse) {
			continue
		}
		if _, err := f.resultsOf(ctx, n); err != nil {
			return nil, nil, err
		}
		value, fed := fedBy(*m, Wish{Key: k.Pulse, Group: tally.Group{Process: k.Process}})
		if last = &fed; value != nil {
			history = append(history, Measurement{
				KPI: k.ID, Day: m.Round.Closes.In(f.zone).Format(time.DateOnly), Key: string(m.Round.ID), Value: float64(*value), Recorded: m.Round.CountedAt.UTC(),
			})
		}
	}
	return history, last, nil
}

// fedBy gives what one round displays of a wish.
func fedBy(m Measured, w Wish) (*int, Fed) {
	fed := Fed{Round: m.Round.ID, Closed: m.Round.Closes, State: FedProtected}
	at := slices.IndexFunc(m.Results.Groups, func(g tally.GroupResult) bool { return g.Group == w.Group })
	if at < 0 || m.Results.Groups[at].State == tally.Protected {
		return nil, fed
	}
	g := &m.Results.Groups[at]
	n, band := (*int)(nil), ""
	if c := slices.IndexFunc(g.Constructs, func(c tally.ConstructResult) bool { return c.Key == w.Key }); c >= 0 {
		n, band, fed.CI = g.Constructs[c].N, g.Constructs[c].Band, g.Constructs[c].CI
	} else if i := slices.IndexFunc(g.Items, func(i tally.ItemResult) bool { return i.Key == w.Key }); i >= 0 {
		n, band, fed.CI = g.Items[i].N, g.Items[i].Band, g.Items[i].CI
	}
	value := shownValue(m, w)
	switch {
	case value != nil:
		fed.State, fed.N, fed.Enough = FedShown, n, n != nil && *n >= score.EnoughAnswers || n == nil && g.State == tally.Shown
	case band != "":
		fed.State, fed.CI = FedBanded, nil
	}
	return value, fed
}
