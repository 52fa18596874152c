package main

import (
	"context"
	"fmt"
	"slices"
	"time"

	"pulscheck/report"
	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/locale"
	"pulscheck/survey/store"
	"pulscheck/survey/tally"
)

// gathered is what the check report of an iteration is made of.
type gathered struct {
	input     report.Input // without language, version and what was decided
	programme *survey.Programme
	known     *known
}

// edition says which one of a report is built.
type edition struct {
	language locale.Language
	number   int
	reason   string // why it replaces the one before; empty = nobody said
}

// describeReport builds the check report of an iteration.
func describeReport(ctx context.Context, s *store.Store, id survey.IterationID, e edition) (*report.Document, error) {
	g, err := gatherReport(ctx, s, id)
	if err != nil {
		return nil, err
	}
	return g.build(ctx, e)
}

// build builds one edition, with what was decided until now.
func (g *gathered) build(ctx context.Context, e edition) (_ *report.Document, err error) {
	in := g.input
	in.Language, in.Version, in.Reason = e.language, e.number, e.reason
	if in.Modules.Act, err = g.known.act(ctx, e.language); err != nil {
		return nil, err
	}
	return report.Build(in)
}

// gatherReport gathers what the check report of an iteration is made of: its last counted
// check round, the counted rounds of the programme before it, and what is known beside
// them.
func gatherReport(ctx context.Context, s *store.Store, id survey.IterationID) (*gathered, error) {
	iteration, err := s.FindIteration(ctx, id)
	if err != nil {
		return nil, err
	}
	programme, err := s.FindProgramme(ctx, iteration.Programme)
	if err != nil {
		return nil, err
	}
	organisation, err := s.FindOrganisation(ctx, programme.Organisation)
	if err != nil {
		return nil, err
	}
	iterations, err := s.ListIterations(ctx, programme.ID)
	if err != nil {
		return nil, err
	}
	iterations = slices.DeleteFunc(iterations, func(i survey.Iteration) bool { return i.Number > iteration.Number })
	counted, err := countedRounds(ctx, s, iterations)
	if err != nil {
		return nil, err
	}
	last := len(counted) - 1
	for last >= 0 && (counted[last].Iteration != iteration.Number || counted[last].Round.Kind != survey.CheckRound) {
		last--
	}
	if last < 0 {
		return nil, fmt.Errorf("iteration %s has no counted check round", id)
	}
	k := &known{
		service:   survey.NewService(survey.Options{Store: s, Now: time.Now}), // it only reads
		iteration: iteration, counted: *counted[last].Round.CountedAt,
	}
	if n := len(iterations); n > 1 {
		k.before = iterations[n-2].ID
	}
	if k.zone, err = time.LoadLocation(organisation.Zone); err != nil {
		return nil, fmt.Errorf("report of iteration %s: %w", id, err)
	}
	g := &gathered{programme: programme, known: k, input: report.Input{
		Organisation: organisation, Programme: programme.Name, Iteration: *iteration, Software: release(),
		Round: counted[last].Round, Results: counted[last].Results, Earlier: counted[:last],
	}}
	if g.input.Events, err = k.service.Flags(ctx, account.System(), id); err != nil {
		return nil, err
	}
	g.input.Modules, err = k.modules(ctx)
	return g, err
}

// countedRounds gives the counted rounds of iterations, oldest first.
func countedRounds(ctx context.Context, s *store.Store, iterations []survey.Iteration) ([]report.Earlier, error) {
	var counted []report.Earlier
	for _, i := range iterations {
		rounds, err := s.ListRoundsOf(ctx, i.ID)
		if err != nil {
			return nil, err
		}
		for j := range rounds {
			if rounds[j].CountedAt == nil {
				continue
			}
			var results *tally.Results
			if results, _, err = s.FindResults(ctx, rounds[j].ID); err != nil {
				return nil, err
			}
			counted = append(counted, report.Earlier{Iteration: i.Number, Round: &rounds[j], Results: results})
		}
	}
	return counted, nil
}
