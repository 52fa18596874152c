package main

import (
	"context"
	"encoding/hex"
	"fmt"
	"time"

	"pulscheck/report"
	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/fault"
	"pulscheck/survey/locale"
	"pulscheck/survey/store"
)

// describeComparison builds the comparison of the iterations up to one; fault Conflict
// "comparison-one" if there is none before it.
func describeComparison(ctx context.Context, s *store.Store, id survey.IterationID, e edition) (*report.Document, error) {
	iteration, err := s.FindIteration(ctx, id)
	if err != nil {
		return nil, err
	}
	all, err := s.ListIterations(ctx, iteration.Programme)
	if err != nil {
		return nil, err
	}
	var until []survey.IterationID
	for _, i := range all {
		if i.Number <= iteration.Number {
			until = append(until, i.ID)
		}
	}
	c, err := survey.Compare(ctx, s, iteration.Programme, until...)
	if err != nil {
		return nil, err
	}
	in, err := comparisonInput(ctx, s, c)
	if err != nil {
		return nil, fmt.Errorf("comparison up to iteration %s: %w", id, err)
	}
	in.Language, in.Version, in.Reason = e.language, e.number, e.reason
	return report.BuildComparison(*in)
}

// comparisonInput adds to a comparison what is known beside the answers.
func comparisonInput(ctx context.Context, s *store.Store, c *survey.Comparison) (*report.ComparisonInput, error) {
	organisation, err := s.FindOrganisation(ctx, c.Programme.Organisation)
	if err != nil {
		return nil, err
	}
	in := &report.ComparisonInput{Organisation: organisation, Programme: c.Programme.Name, Data: c.Data, Software: release()}
	k := known{service: survey.NewService(survey.Options{Store: s, Now: time.Now})} // it only reads
	if k.zone, err = time.LoadLocation(organisation.Zone); err != nil {
		return nil, err
	}
	for i := range c.Iterations {
		k.iteration, k.counted = &c.Iterations[i], *c.Rounds[i].CountedAt
		one := report.ComparedIteration{Iteration: c.Iterations[i], Round: c.Rounds[i]}
		if one.Modules, err = k.modules(ctx); err != nil {
			return nil, err
		}
		k.before, in.CountedAt = c.Iterations[i].ID, k.counted
		in.Iterations = append(in.Iterations, one)
		rounds, err := s.ListRoundsOf(ctx, c.Iterations[i].ID)
		if err != nil {
			return nil, err
		}
		for _, r := range rounds {
			if r.Kind == survey.PulseRound && r.CountedAt != nil {
				in.Pulses = append(in.Pulses, r)
			}
		}
	}
	in.Events, err = k.service.Flags(ctx, account.System(), k.iteration.ID)
	return in, err
}

// draftComparison draws the comparison of the iterations up to a counted round as a
// draft, if there are two. What was issued with the same data stays the last.
func (h *house) draftComparison(ctx context.Context, round *survey.Round, l locale.Language) error {
	issued, err := h.store.LastReport(ctx, round.Iteration, survey.ComparisonReport, l)
	if err != nil {
		return err
	}
	e := edition{language: l, number: issued + 1}
	if e.reason, err = h.store.FindOrder(ctx, round.Iteration, survey.ComparisonReport, e.number); err != nil {
		return err
	}
	d, err := describeComparison(ctx, h.store, round.Iteration, e)
	if fault.Is(err, "comparison-one") {
		return nil
	}
	if err != nil {
		return err
	}
	hash, err := hex.DecodeString(d.Hash)
	if err != nil {
		return fmt.Errorf("data hash: %w", err)
	}
	if told, err := h.issuedWith(ctx, round.Iteration, survey.ComparisonReport, l, hash); err != nil || told && e.reason == "" {
		return err
	}
	r := &survey.Report{
		Iteration: round.Iteration, Kind: survey.ComparisonReport, Language: l, Number: e.number, Reason: e.reason, Created: d.Created,
		FileName: report.ComparisonName(d.ID, l),
	}
	return h.keepDraft(ctx, r, d)
}
