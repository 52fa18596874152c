package source

import (
	"context"
	"fmt"
	"time"

	"pulscheck/report"
	"pulscheck/survey"
	"pulscheck/survey/account"
)

// Comparison builds the comparison of the iterations up to one; fault Conflict
// "comparison-one" if there is none before it.
func (s *Source) Comparison(ctx context.Context, id survey.IterationID, e Edition) (*report.Document, error) {
	p, err := s.place(ctx, account.System(), id)
	if err != nil {
		return nil, err
	}
	until := make([]survey.IterationID, len(p.until))
	for i := range p.until {
		until[i] = p.until[i].ID
	}
	c, err := s.service.CompareIterations(ctx, account.System(), p.programme.ID, until...)
	if err != nil {
		return nil, err
	}
	in, err := s.Beside(ctx, account.System(), c)
	if err != nil {
		return nil, fmt.Errorf("comparison up to iteration %s: %w", id, err)
	}
	if in.Logo, err = s.logo(ctx, account.System(), c.Programme.Organisation); err != nil {
		return nil, err
	}
	in.Language, in.Version, in.Reason = e.Language, e.Number, e.Reason
	return report.BuildComparison(*in)
}

// Beside adds to a comparison what is known beside the answers. Who sees the own
// processes alone gets nothing of it.
func (s *Source) Beside(ctx context.Context, actor account.Actor, c *survey.Comparison) (*report.ComparisonInput, error) {
	organisation, err := s.service.ShowOrganisation(ctx, actor, c.Programme.Organisation)
	if err != nil {
		return nil, err
	}
	in := &report.ComparisonInput{Organisation: organisation, Programme: c.Programme.Name, Data: c.Data, Software: s.Software, Own: c.Programme.Language}
	k := known{service: s.service, began: map[survey.RecordID]survey.RecordID{}}
	if k.zone, err = time.LoadLocation(organisation.Zone); err != nil {
		return nil, err
	}
	for i := range c.Iterations {
		k.iteration, k.counted = &c.Iterations[i], *c.Rounds[i].CountedAt
		one := report.ComparedIteration{Iteration: c.Iterations[i], Round: c.Rounds[i]}
		if !actor.Limited(account.ReadResults) {
			if one.Modules, err = k.modules(ctx); err != nil {
				return nil, err
			}
			k.asBegun(&one.Modules)
		}
		k.before, k.checked, in.CountedAt = k.iteration, k.counted, k.counted
		in.Iterations = append(in.Iterations, one)
		rounds, err := s.service.ListRounds(ctx, actor, c.Iterations[i].ID)
		if err != nil {
			return nil, err
		}
		for _, r := range rounds {
			if r.Kind == survey.PulseRound && r.CountedAt != nil {
				in.Pulses = append(in.Pulses, r)
			}
		}
	}
	last, err := s.service.ShowResults(ctx, actor, c.Rounds[len(c.Rounds)-1].ID)
	if err != nil {
		return nil, err
	}
	in.Trend = last.Trend
	in.Events, err = s.service.Flags(ctx, account.System(), k.iteration.ID)
	return in, err
}
