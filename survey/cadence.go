package survey

import (
	"context"
	"time"

	"pulscheck/survey/account"
	"pulscheck/survey/cadence"
	"pulscheck/survey/fault"
	"pulscheck/survey/questionnaire"
)

// Cadence is when the rounds of a programme are held.
type Cadence struct {
	Plan    cadence.Plan
	Version int // 0: nothing is set, Plan is a proposal
}

// Replanned is what takes the place of the planned drafts of an iteration.
type Replanned struct {
	Iteration IterationID
	Rounds    []Round
}

// ShowCadence gives the cadence of a programme, a proposal if none is set.
func (s *Service) ShowCadence(ctx context.Context, actor account.Actor, id ProgrammeID) (*Cadence, error) {
	p, err := s.programme(ctx, actor, account.ReadProgramme, id)
	if err != nil {
		return nil, err
	}
	o, err := s.store.FindOrganisation(ctx, p.Organisation)
	if err != nil {
		return nil, err
	}
	return s.cadence(ctx, id, o)
}

func (s *Service) cadence(ctx context.Context, id ProgrammeID, o *Organisation) (*Cadence, error) {
	plan, version, err := s.store.FindCadence(ctx, id)
	if err != nil && fault.Of(err).Kind == fault.NotFound {
		return &Cadence{Plan: cadence.Default(o.Zone)}, nil
	}
	if err != nil {
		return nil, err
	}
	plan.Zone = o.Zone
	return &Cadence{*plan, version}, nil
}

// PutCadence sets the cadence of a programme; seen is the version it replaces, 0 for the
// first one. Iterations in DO get their drafts planned anew; rounds that are submitted or
// opened stay as they are. Faults are those of cadence.Plan.Schedule.
func (s *Service) PutCadence(ctx context.Context, actor account.Actor, id ProgrammeID, seen int, plan cadence.Plan) (*Cadence, error) {
	p, err := s.programme(ctx, actor, account.ChangeProgramme, id)
	if err != nil {
		return nil, err
	}
	o, err := s.store.FindOrganisation(ctx, p.Organisation)
	if err != nil {
		return nil, err
	}
	plan.Zone = o.Zone
	if err := plan.Validate(); err != nil {
		return nil, err
	}
	iterations, err := s.store.ListIterations(ctx, id)
	if err != nil {
		return nil, err
	}
	var replanned []Replanned
	for i := range iterations {
		if iterations[i].Phase != Do {
			continue
		}
		rounds, err := s.plan(ctx, o, &iterations[i], plan)
		if err != nil {
			return nil, err
		}
		replanned = append(replanned, Replanned{iterations[i].ID, rounds})
	}
	if err := s.store.PutCadence(ctx, id, plan, seen, replanned, s.tell(actor, o.ID, "cadence.put", string(id), nil)); err != nil {
		return nil, err
	}
	return &Cadence{plan, seen + 1}, nil
}

// PreviewCadence gives the rounds that a plan, by default the one set, would give an
// iteration, with what moves or drops them.
func (s *Service) PreviewCadence(ctx context.Context, actor account.Actor, id IterationID, plan *cadence.Plan) (*cadence.Schedule, error) {
	i, p, err := s.iteration(ctx, actor, account.ReadProgramme, id)
	if err != nil {
		return nil, err
	}
	o, err := s.store.FindOrganisation(ctx, p.Organisation)
	if err != nil {
		return nil, err
	}
	if plan == nil {
		set, err := s.cadence(ctx, p.ID, o)
		if err != nil {
			return nil, err
		}
		plan = &set.Plan
	}
	plan.Zone = o.Zone
	return schedule(i, *plan)
}

func schedule(i *Iteration, plan cadence.Plan) (*cadence.Schedule, error) {
	if err := plan.Validate(); err != nil {
		return nil, err
	}
	zone, err := time.LoadLocation(plan.Zone)
	if err != nil {
		return nil, err
	}
	return plan.Schedule(cadence.DateIn(i.Starts, zone), cadence.DateIn(i.Checks, zone))
}

// replan gives the rounds that take the place of the planned drafts of an iteration
// that is in DO; nil for others, or without a cadence.
func (s *Service) replan(ctx context.Context, o *Organisation, i *Iteration) (*Replanned, error) {
	if i.Phase != Do {
		return nil, nil
	}
	set, err := s.cadence(ctx, i.Programme, o)
	if err != nil || set.Version == 0 {
		return nil, err
	}
	rounds, err := s.plan(ctx, o, i, set.Plan)
	return &Replanned{i.ID, rounds}, err
}

// plan gives the rounds of an iteration that are still to come and do not meet one that
// is fixed already. Once the check round is fixed nothing more is planned.
func (s *Service) plan(ctx context.Context, o *Organisation, i *Iteration, plan cadence.Plan) ([]Round, error) {
	fixed, err := s.store.ListRoundsOf(ctx, i.ID)
	if err != nil {
		return nil, err
	}
	free := s.now()
	for _, r := range fixed {
		if r.State == Draft && r.FromCadence && !r.Pinned {
			continue
		}
		if r.Kind == CheckRound {
			return nil, nil
		}
		if r.Closes.After(free) {
			free = r.Closes
		}
	}
	all, err := schedule(i, plan)
	if err != nil {
		return nil, err
	}
	var rounds []Round
	for _, r := range all.Next(free, len(all.Rounds)) {
		q := questionnaire.BuiltIn(string(r.Kind))
		round := Round{
			ID: RoundID(s.newID()), Organisation: o.ID, Iteration: i.ID, Kind: Kind(r.Kind), Title: q.Title, State: Draft,
			Opens: r.Opens.At, Closes: r.Closes.At, K: o.K, Questionnaire: q,
			Zone: r.Opens.Zone, OpensWall: r.Opens.Wall(), ClosesWall: r.Closes.Wall(), FromCadence: true,
		}
		for _, m := range r.Reminders {
			round.Reminders = append(round.Reminders, m.At)
		}
		rounds = append(rounds, round)
	}
	return rounds, nil
}

// NextPulse gives the pulse round that opens next after an instant: one that is planned,
// or else the first that the cadence would plan for the iteration after this; nil if
// there is none.
func (s *Service) NextPulse(ctx context.Context, actor account.Actor, id IterationID, after time.Time) (*Round, error) {
	i, p, err := s.iteration(ctx, actor, account.ReadRounds, id)
	if err != nil {
		return nil, err
	}
	iterations, err := s.store.ListIterations(ctx, p.ID)
	if err != nil {
		return nil, err
	}
	next, planned := i.next(), (*Round)(nil)
	for _, n := range iterations {
		if n.Number == next.Number {
			next = n
		}
		rounds, err := s.store.ListRoundsOf(ctx, n.ID)
		if err != nil {
			return nil, err
		}
		for j, r := range rounds {
			if r.Kind == PulseRound && r.Opens.After(after) && (planned == nil || r.Opens.Before(planned.Opens)) {
				planned = &rounds[j]
			}
		}
	}
	if planned != nil || next.Checks.Before(next.Starts) {
		return planned, nil
	}
	return s.firstPulse(ctx, p, &next, after)
}

// firstPulse gives the first pulse after an instant that the cadence would plan.
func (s *Service) firstPulse(ctx context.Context, p *Programme, i *Iteration, after time.Time) (*Round, error) {
	o, err := s.store.FindOrganisation(ctx, p.Organisation)
	if err != nil {
		return nil, err
	}
	set, err := s.cadence(ctx, p.ID, o)
	if err != nil || set.Version == 0 {
		return nil, err
	}
	all, err := schedule(i, set.Plan)
	if err != nil {
		return nil, err
	}
	for _, r := range all.Next(after, len(all.Rounds)) {
		if Kind(r.Kind) == PulseRound {
			return &Round{Kind: PulseRound, Opens: r.Opens.At, Closes: r.Closes.At}, nil
		}
	}
	return nil, nil
}
