package survey

import (
	"context"
	"slices"
	"time"

	"pulscheck/survey/account"
	"pulscheck/survey/maturity"
	"pulscheck/survey/tally"
)

// Maturity is how far the processes of an iteration are, for pages and reports.
type Maturity struct {
	Iteration IterationID
	// Model is the framework of all assessments, nil if there are several: levels of
	// different frameworks have nothing in common, and the profile says less then.
	Model     *maturity.Model
	Profile   maturity.Profile // its standings are those of Processes
	Processes []ProcessMaturity
	// Organisation is the assessment of the organisation as one, nil if there is none.
	Organisation *ProcessMaturity
}

// ProcessMaturity is how far one process is.
type ProcessMaturity struct {
	maturity.Standing
	Assessment *Assessment     // nil = not assessed in this iteration
	Before     *PastAssessment // the latest one of an earlier iteration; nil = none
	Roles      []account.Role  // who rated, in order of their sheets, each once
	Measured   bool            // a figure of the process has a baseline
	Staff      *StaffView      // nil = the iteration has no counted check round
}

// PastAssessment is an assessment of an earlier iteration.
type PastAssessment struct {
	Number     int // of the iteration
	Assessment *Assessment
	Result     *maturity.Result
}

// StaffView is what the people in a process say of it themselves, as the headline round
// displays it: it stands beside an assessment and is never mixed into it.
type StaffView struct {
	Round   RoundID
	Closed  time.Time
	State   string // of the group: tally.Shown, tally.Indicative, tally.Protected
	Invited *int
	N       *int
	Items   []tally.ItemResult // B4, B5
}

// Banded reports whether a share stands in place of an index.
func (s *StaffView) Banded() bool {
	return s != nil && slices.ContainsFunc(s.Items, func(i tally.ItemResult) bool { return i.Band != "" })
}

// staffItems are the stages that stand beside a maturity level: people are able to do
// it, and keep it up.
var staffItems = []string{"B4", "B5"}

// Maturity gives levels, profile, change and the staff's view of an iteration. Owners
// see their own processes, and no stage of the organisation.
func (s *Service) Maturity(ctx context.Context, actor account.Actor, id IterationID) (*Maturity, error) {
	i, programme, err := s.iteration(ctx, actor, account.ReadProgress, id)
	if err != nil {
		return nil, err
	}
	v := view{Service: s, actor: actor, iteration: i, organisation: programme.Organisation, models: map[string]*maturity.Model{}}
	if err := v.gather(ctx); err != nil {
		return nil, err
	}
	keys := slices.Clone(i.Scope)
	for _, a := range v.now {
		if a.Process != "" && !slices.Contains(keys, a.Process) {
			keys = append(keys, a.Process)
		}
	}
	out := &Maturity{Iteration: id}
	for _, key := range keys {
		if !concerns(actor, account.ReadProgress, programme.Organisation, key) {
			continue
		}
		p, err := v.process(ctx, key)
		if err != nil {
			return nil, err
		}
		out.Processes = append(out.Processes, *p)
	}
	if concerns(actor, account.ReadProgress, programme.Organisation, "") {
		p, err := v.process(ctx, "")
		if err != nil {
			return nil, err
		}
		if p.Assessment != nil {
			out.Organisation = p
		}
	}
	out.profile(actor)
	return out, nil
}

// profile draws the profile of the processes.
func (m *Maturity) profile(actor account.Actor) {
	var several bool
	var standings []maturity.Standing
	for _, p := range m.Processes {
		standings = append(standings, p.Standing)
		switch {
		case p.Assessment == nil:
		case m.Model == nil:
			m.Model = p.Assessment.Framework
		case m.Model.ID != p.Assessment.Model:
			several = true
		}
	}
	if m.Model == nil {
		m.Model = maturity.BuiltIn(DefaultModel)
	}
	m.Profile = m.Model.Profile(standings)
	if several {
		m.Model, m.Profile.Median, m.Profile.Lowest, m.Profile.Widest = nil, nil, nil, nil
	}
	if several || actor.Limited(account.ReadProgress) || m.Profile.Assessed == 0 {
		m.Profile.Stage = nil
	}
}

// view gathers what the maturity of an iteration is told from.
type view struct {
	*Service
	actor        account.Actor
	iteration    *Iteration
	organisation OrganisationID
	models       map[string]*maturity.Model
	now          map[string]*Assessment
	past         map[string]*PastAssessment
	figures      []KPI
	round        *Round // the headline round; nil = none was counted
	results      *tally.Results
}

func (v *view) gather(ctx context.Context) error {
	all, err := v.store.ListAssessments(ctx, v.iteration.ID)
	if err != nil {
		return err
	}
	v.now = map[string]*Assessment{}
	for n := range all {
		v.now[all[n].Process] = &all[n]
	}
	if v.past, err = v.pastAssessments(ctx, v.organisation, v.iteration); err != nil {
		return err
	}
	promised, err := goals.all(ctx, v.Service, v.iteration.ID)
	if err != nil {
		return err
	}
	if v.figures, err = v.figuresOf(ctx, v.iteration.ID, promised); err != nil {
		return err
	}
	if v.round, err = v.headline(ctx, v.iteration.ID); err != nil || v.round == nil {
		return err
	}
	v.results, _, err = v.store.FindResults(ctx, v.round.ID)
	return err
}

// process tells of one process, or of the organisation as one.
func (v *view) process(ctx context.Context, key string) (*ProcessMaturity, error) {
	p := &ProcessMaturity{Standing: maturity.Standing{Process: key}, Assessment: v.now[key], Before: v.past[key], Staff: v.staff(key)}
	p.Measured = slices.ContainsFunc(v.figures, func(k KPI) bool { return k.Process == key && !k.Archived && k.Baseline != nil })
	if p.Before != nil {
		p.Standing.Before = p.Before.Result
	}
	a := p.Assessment
	if a == nil {
		return p, nil
	}
	if v.models[a.Model] == nil {
		m, err := v.model(ctx, v.organisation, a.Model)
		if err != nil {
			return nil, err
		}
		v.models[a.Model] = m
	}
	p.Target, p.Core = a.Target, a.Core
	if a.State == AssessmentDone {
		for _, s := range a.Sheets {
			if s.Finished && !slices.Contains(p.Roles, s.Role) {
				p.Roles = append(p.Roles, s.Role)
			}
		}
	}
	err := a.complete(v.actor, v.models[a.Model])
	p.Now = a.Result
	return p, err
}

// staff gives what the headline round displays of a process; "" is everybody.
func (v *view) staff(process string) *StaffView {
	if v.results == nil {
		return nil
	}
	view := &StaffView{Round: v.round.ID, Closed: v.round.Closes, State: tally.Protected}
	for _, g := range v.results.Groups {
		if g.Group != (tally.Group{Process: process}) {
			continue
		}
		view.State, view.Invited, view.N = g.State, g.Invited, g.N
		for _, item := range g.Items {
			if slices.Contains(staffItems, item.Key) {
				view.Items = append(view.Items, item)
			}
		}
	}
	return view
}

// headline gives the round that speaks for an iteration, the last check round that was
// counted (decision 16); nil = none was.
func (s *Service) headline(ctx context.Context, id IterationID) (head *Round, err error) {
	rounds, err := s.store.ListRoundsOf(ctx, id)
	for n, r := range rounds {
		if r.Kind == CheckRound && r.CountedAt != nil && (head == nil || !r.Closes.Before(head.Closes)) {
			head = &rounds[n]
		}
	}
	return head, err
}
