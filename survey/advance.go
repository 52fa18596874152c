package survey

import (
	"context"
	"slices"
	"strconv"

	"pulscheck/survey/account"
	"pulscheck/survey/fault"
)

// AdvanceIteration takes an iteration to its next phase: PLAN, DO, CHECK, ACT, and from
// ACT to the PLAN of the next iteration, which is made with the same scope and carries on
// what is not done (carry.go). seen is the version the caller saw. What is missing is fault Conflict "gate-not-met" with a field
// for each thing.
func (s *Service) AdvanceIteration(ctx context.Context, actor account.Actor, id IterationID, seen int) (*Iteration, error) {
	i, programme, err := s.iteration(ctx, actor, account.ChangeProgramme, id)
	if err != nil {
		return nil, err
	}
	if i.Version != seen {
		return nil, fault.New(fault.Stale, "version-conflict")
	}
	missing, err := s.missing(ctx, i, programme)
	if err != nil {
		return nil, err
	}
	if len(missing) > 0 {
		return nil, fault.New(fault.Conflict, "gate-not-met").With(missing...)
	}
	from, next := i.Phase, (*Following)(nil)
	switch i.Phase {
	case Plan:
		i.Phase = Do
	case Do:
		i.Phase = Check
	case Check:
		i.Phase = Act
	case Act:
		i.Phase = Finished
		if next, err = s.following(ctx, i); err != nil {
			return nil, err
		}
	default:
		return nil, fault.New(fault.Conflict, "iteration-done")
	}
	o, err := s.store.FindOrganisation(ctx, programme.Organisation)
	if err != nil {
		return nil, err
	}
	planned, err := s.replan(ctx, o, i)
	if err != nil {
		return nil, err
	}
	if from == Do { // what the cadence had still planned does not open any more
		planned = &Replanned{Iteration: i.ID}
	}
	detail := map[string]string{"from": string(from), "to": string(i.Phase)}
	if next != nil {
		detail["carried"] = strconv.Itoa(len(next.Carried))
	}
	told := s.tell(actor, programme.Organisation, "iteration.advance", string(id), detail)
	if err := s.store.UpdateIteration(ctx, i, next, planned, told); err != nil {
		return nil, err
	}
	i.Version++
	return i, nil
}

// missing names what the gate to the next phase asks for and does not find.
func (s *Service) missing(ctx context.Context, i *Iteration, p *Programme) ([]fault.Field, error) {
	switch i.Phase {
	case Plan:
		return s.missingPlan(ctx, i, p)
	case Do:
		rounds, err := s.store.ListRoundsOf(ctx, i.ID)
		closed := slices.ContainsFunc(rounds, func(r Round) bool {
			return r.Kind == CheckRound && (r.State == Closed || r.State == Counted || r.State == Done)
		})
		if err != nil || closed {
			return nil, err
		}
		return []fault.Field{{Pointer: "/rounds", Code: "gate-check-round"}}, nil
	case Check:
		reports, err := s.store.ListReports(ctx, i.ID)
		issued := slices.ContainsFunc(reports, func(r Report) bool { return r.Kind == CheckReport && r.State == ReportIssued })
		if err != nil || issued {
			return nil, err
		}
		return []fault.Field{{Pointer: "/reports", Code: "gate-report"}}, nil
	case Act:
		return s.missingAct(ctx, i)
	}
	return nil, nil
}

func (s *Service) missingPlan(ctx context.Context, i *Iteration, p *Programme) ([]fault.Field, error) {
	var c checks
	if len(i.Scope) == 0 {
		c.wrong("/scope", "gate-scope")
	}
	people, err := s.store.ListPeople(ctx, p.Organisation)
	if err != nil {
		return nil, err
	}
	if len(assign(within(people, i.Scope), nil)) < MinInvited {
		c.wrong("/people", "gate-people")
	}
	_, _, err = s.store.FindCadence(ctx, p.ID)
	switch {
	case fault.Of(err).Kind == fault.NotFound && err != nil:
		c.wrong("/cadence", "gate-cadence")
	case err != nil:
		return nil, err
	}
	err = s.missingGoals(ctx, i, &c)
	return c.fields, err
}

// Gate names what the next phase of an iteration asks for and does not find, as fields of
// AdvanceIteration's fault; none if it may go on, or is over.
func (s *Service) Gate(ctx context.Context, actor account.Actor, id IterationID) ([]fault.Field, error) {
	i, programme, err := s.iteration(ctx, actor, account.ReadProgramme, id)
	if err != nil {
		return nil, err
	}
	return s.missing(ctx, i, programme)
}
