package source

import (
	"context"
	"fmt"
	"slices"
	"time"

	"pulscheck/report"
	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/fault"
)

// Gathered is what the check report of an iteration is made of.
type Gathered struct {
	Input     report.Input // without language, version, and what was decided and edited
	Programme *survey.Programme
	known     *known
}

// Check gathers what the check report of an iteration is made of: its last counted
// check round, the counted rounds of the programme before it, and what is known beside
// them.
func (s *Source) Check(ctx context.Context, id survey.IterationID) (*Gathered, error) {
	p, err := s.place(ctx, account.System(), id)
	if err != nil {
		return nil, err
	}
	counted, err := s.counted(ctx, account.System(), p.until)
	if err != nil {
		return nil, err
	}
	last := len(counted) - 1
	for last >= 0 && (counted[last].Iteration != p.iteration.Number || counted[last].Round.Kind != survey.CheckRound) {
		last--
	}
	if last < 0 {
		return nil, fault.New(fault.Conflict, "report-no-results")
	}
	at := *counted[last].Round.CountedAt
	k := &known{service: s.service, iteration: p.iteration, counted: at}
	if n := len(p.until); n > 1 {
		k.before = &p.until[n-2]
		for _, c := range counted[:last] {
			if c.Iteration == k.before.Number && c.Round.Kind == survey.CheckRound {
				k.checked = *c.Round.CountedAt
			}
		}
	}
	if k.zone, err = time.LoadLocation(p.organisation.Zone); err != nil {
		return nil, fmt.Errorf("report of iteration %s: %w", id, err)
	}
	g := &Gathered{Input: s.about(p, counted, last), Programme: p.programme, known: k}
	if g.Input.Logo, err = s.logo(ctx, account.System(), p.organisation.ID); err != nil {
		return nil, err
	}
	if g.Input.Events, err = s.service.Flags(ctx, account.System(), id); err != nil {
		return nil, err
	}
	g.Input.Modules, err = k.modules(ctx)
	return g, err
}

// Build builds one edition, with what was decided and edited until now.
func (g *Gathered) Build(ctx context.Context, e Edition) (_ *report.Document, err error) {
	in := g.Input
	in.Language, in.Version, in.Reason = e.Language, e.Number, e.Reason
	if in.Modules.Act, err = g.known.act(ctx, e.Language); err != nil {
		return nil, err
	}
	if in.Modules.Edits, err = g.known.edits(ctx, e.Language); err != nil {
		return nil, err
	}
	return report.Build(in)
}

// place is an iteration with everything around it.
type place struct {
	organisation *survey.Organisation
	programme    *survey.Programme
	iteration    *survey.Iteration
	until        []survey.Iteration // of the programme, oldest first, this one the last
}

func (s *Source) place(ctx context.Context, actor account.Actor, id survey.IterationID) (*place, error) {
	p := &place{}
	var err error
	if p.iteration, err = s.service.ShowIteration(ctx, actor, id); err != nil {
		return nil, err
	}
	if p.programme, err = s.service.ShowProgramme(ctx, actor, p.iteration.Programme); err != nil {
		return nil, err
	}
	if p.organisation, err = s.service.ShowOrganisation(ctx, actor, p.programme.Organisation); err != nil {
		return nil, err
	}
	if p.until, err = s.service.ListIterations(ctx, actor, p.programme.ID); err != nil {
		return nil, err
	}
	p.until = slices.DeleteFunc(p.until, func(i survey.Iteration) bool { return i.Number > p.iteration.Number })
	return p, nil
}

// about begins the input of a report on one of the counted rounds.
func (s *Source) about(p *place, counted []report.Earlier, n int) report.Input {
	return report.Input{
		Organisation: p.organisation, Programme: p.programme.Name, Own: p.programme.Language, Iteration: *p.iteration, Software: s.Software,
		Round: counted[n].Round, Results: counted[n].Results, Earlier: counted[:n],
	}
}

// counted gives the counted rounds of iterations as far as somebody sees them, oldest
// first.
func (s *Source) counted(ctx context.Context, actor account.Actor, iterations []survey.Iteration) ([]report.Earlier, error) {
	var counted []report.Earlier
	for _, i := range iterations {
		rounds, err := s.service.ListRounds(ctx, actor, i.ID)
		if err != nil {
			return nil, err
		}
		for j := range rounds {
			if rounds[j].CountedAt == nil {
				continue
			}
			results, err := s.service.ShowResults(ctx, actor, rounds[j].ID)
			if err != nil {
				return nil, err
			}
			counted = append(counted, report.Earlier{Iteration: i.Number, Round: &rounds[j], Results: results})
		}
	}
	return counted, nil
}
