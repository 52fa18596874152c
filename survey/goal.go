package survey

import (
	"context"
	"slices"

	"pulscheck/survey/account"
	"pulscheck/survey/fault"
	"pulscheck/survey/score"
)

// Goal is what an iteration wants to reach, said so that it can be checked. Everything
// but Name may be missing: such a goal is incomplete, and followed all the same
// (methods.md section 11).
type Goal struct {
	Record    `json:"-"`
	Name      string     `json:"name"`
	Specific  string     `json:"specific,omitempty"` // what will be different, a sentence
	Metric    string     `json:"metric,omitempty"`   // what is measured
	Unit      string     `json:"unit,omitempty"`
	Source    string     `json:"source,omitempty"` // where the figure comes from
	Direction string     `json:"direction"`        // Up or Down
	Baseline  *float64   `json:"baseline,omitempty"`
	Target    *float64   `json:"target,omitempty"`
	Owner     string     `json:"owner,omitempty"`     // who answers for it
	Agreed    bool       `json:"agreed,omitempty"`    // the owner says that it can be reached
	Relevance string     `json:"relevance,omitempty"` // the process goal that it serves
	Due       string     `json:"due,omitempty"`       // YYYY-MM-DD
	Status    GoalStatus `json:"status"`
	KPI       RecordID   `json:"kpi,omitempty"` // the figure that shows how far it is

	Last *Measurement `json:"-"` // the latest one of the KPI; nil = none
	Fed  *Fed         `json:"-"` // of a KPI from the pulse; nil = of another one, or no round has asked
}

// GoalStatus is whether a goal still counts.
type GoalStatus string

// The states of a goal. Whether it was reached the figures say, not the state.
const (
	GoalOpen    GoalStatus = "open"
	GoalClosed  GoalStatus = "closed"
	GoalDropped GoalStatus = "dropped"
)

// Where a figure is to go.
const (
	Up   = score.Up
	Down = score.Down
)

func (g *Goal) status() string { return string(g.Status) }

// Missing names the letters of SMART that the goal lacks, in their order: a sentence
// that says what will be different; a measure with unit, source and target; an owner
// who agreed; a process goal that it serves; a day.
func (g *Goal) Missing() (letters string) {
	for _, part := range []struct {
		letter string
		there  bool
	}{
		{"S", g.Specific != ""},
		{"M", g.Metric != "" && g.Unit != "" && g.Source != "" && g.Target != nil},
		{"A", g.Owner != "" && g.Agreed},
		{"R", g.Relevance != ""},
		{"T", g.Due != ""},
	} {
		if !part.there {
			letters += part.letter
		}
	}
	return letters
}

// Attainment says how far the goal is by the latest measurement of its KPI (methods.md
// section 11). Without a target the word is empty.
func (g *Goal) Attainment() score.Attainment {
	return attainment(g.Direction, g.Baseline, g.Target, g.Last, g.Fed)
}

// GoalInput is what is said of a goal; nil stays, or is the default of a new one.
type GoalInput struct {
	Process   *string
	Name      *string
	Specific  *string
	Metric    *string
	Unit      *string
	Source    *string
	Direction *string
	Baseline  Amount
	Target    Amount
	Owner     *string
	Agreed    *bool
	Relevance *string
	Due       *string
	Status    *string
	KPI       *string
}

func (in GoalInput) apply(g *Goal, c *checks) {
	if g.Status == "" {
		g.Status, g.Direction = GoalOpen, Up
	}
	c.said("/name", &g.Name, in.Name, maxTitle)
	c.maybe("/specific", &g.Specific, in.Specific, maxSentence)
	c.maybe("/metric", &g.Metric, in.Metric, maxTitle)
	c.maybe("/unit", &g.Unit, in.Unit, maxUnit)
	c.maybe("/source", &g.Source, in.Source, maxTitle)
	c.maybe("/owner", &g.Owner, in.Owner, maxName)
	c.maybe("/relevance", &g.Relevance, in.Relevance, maxSentence)
	c.maybeDay("/due", &g.Due, in.Due)
	c.amount("/baseline", &g.Baseline, in.Baseline)
	c.amount("/target", &g.Target, in.Target)
	if in.Agreed != nil {
		g.Agreed = *in.Agreed
	}
	c.choice("/direction", &g.Direction, in.Direction, "direction-unknown", Up, Down)
	status := string(g.Status)
	c.choice("/status", &status, in.Status, "status-unknown", string(GoalOpen), string(GoalClosed), string(GoalDropped))
	g.Status = GoalStatus(status)
	if in.KPI != nil {
		g.KPI = RecordID(*in.KPI)
	}
}

var goals = register[Goal, *Goal]{GoalRecord, account.ReadProgress, account.ChangeProgress, measuredGoals}

// measuredGoals adds the latest measurements of their KPIs, which may be those of an
// earlier iteration.
func measuredGoals(ctx context.Context, s *Service, id IterationID, all []Goal) error {
	figures, err := s.figuresOf(ctx, id, all)
	if err != nil {
		return err
	}
	place := map[RecordID]int{}
	for n, k := range figures {
		place[k.ID] = n
	}
	if err := measuredKPIs(ctx, s, id, figures); err != nil {
		return err
	}
	for n := range all {
		if at, found := place[all[n].KPI]; found {
			all[n].Last, all[n].Fed = figures[at].Last, figures[at].Fed
		}
	}
	return nil
}

// figuresOf gives the KPIs of an iteration and those of its goals, which may be those of an
// earlier iteration.
func (s *Service) figuresOf(ctx context.Context, id IterationID, all []Goal) ([]KPI, error) {
	figures, err := kpis.all(ctx, s, id)
	if err != nil {
		return nil, err
	}
	for _, g := range all {
		if g.KPI == "" || slices.ContainsFunc(figures, func(k KPI) bool { return k.ID == g.KPI }) {
			continue
		}
		filed, err := s.store.FindRecord(ctx, KPIRecord, g.KPI)
		if err != nil {
			return nil, err
		}
		k, err := parse[KPI](filed)
		if err != nil {
			return nil, err
		}
		figures = append(figures, *k)
	}
	return figures, nil
}

// linked gives what puts an input into a goal of an iteration, the KPI included: one of
// the same programme that the actor sees.
func (s *Service) linked(ctx context.Context, actor account.Actor, id IterationID, in GoalInput) (func(*Goal, *checks), error) {
	if in.KPI == nil || *in.KPI == "" {
		return in.apply, nil
	}
	mine, _, err := s.iteration(ctx, actor, account.ChangeProgress, id)
	if err != nil {
		return nil, err
	}
	kpi, i, _, err := kpis.find(ctx, s, actor, account.ReadProgress, RecordID(*in.KPI))
	if err != nil && fault.Of(err).Kind != fault.NotFound {
		return nil, err
	}
	return func(g *Goal, c *checks) {
		in.apply(g, c)
		if kpi == nil || i.Programme != mine.Programme || i.Number > mine.Number {
			c.wrong("/kpi", "kpi-unknown")
		}
	}, nil
}

// ListGoals gives the goals of an iteration.
func (s *Service) ListGoals(ctx context.Context, actor account.Actor, id IterationID) ([]Goal, error) {
	return goals.list(ctx, s, actor, id)
}

// CreateGoal sets a goal.
func (s *Service) CreateGoal(ctx context.Context, actor account.Actor, id IterationID, in GoalInput) (*Goal, error) {
	apply, err := s.linked(ctx, actor, id, in)
	if err != nil {
		return nil, err
	}
	return goals.create(ctx, s, actor, id, in.Process, apply)
}

// ShowGoal gives a goal.
func (s *Service) ShowGoal(ctx context.Context, actor account.Actor, id RecordID) (*Goal, error) {
	return goals.show(ctx, s, actor, id)
}

// UpdateGoal changes a goal of version seen. Once its iteration is over a goal stays as
// it is: fault Conflict "iteration-done".
func (s *Service) UpdateGoal(ctx context.Context, actor account.Actor, id RecordID, seen int, in GoalInput) (*Goal, error) {
	_, i, _, err := goals.find(ctx, s, actor, account.ChangeProgress, id)
	if err != nil {
		return nil, err
	}
	if i.Phase == Finished {
		return nil, fault.New(fault.Conflict, "iteration-done")
	}
	apply, err := s.linked(ctx, actor, i.ID, in)
	if err != nil {
		return nil, err
	}
	return goals.update(ctx, s, actor, id, seen, in.Process, apply)
}

// missingGoals is the part of the gate to DO that asks for a goal, or for the reason
// why there is none.
func (s *Service) missingGoals(ctx context.Context, i *Iteration, c *checks) error {
	all, err := goals.all(ctx, s, i.ID)
	if err == nil && i.NoGoals == "" && !slices.ContainsFunc(all, func(g Goal) bool { return g.Status != GoalDropped }) {
		c.wrong("/goals", "gate-goals")
	}
	return err
}
