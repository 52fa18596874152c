package survey

import (
	"context"

	"pulscheck/survey/account"
	"pulscheck/survey/score"
)

// KPI is a figure that is measured again and again, mostly by another program.
type KPI struct {
	Record    `json:"-"`
	Name      string   `json:"name"`
	Unit      string   `json:"unit,omitempty"`
	Source    string   `json:"source,omitempty"` // where the figure comes from
	Direction string   `json:"direction"`        // Up or Down
	Baseline  *float64 `json:"baseline,omitempty"`
	Target    *float64 `json:"target,omitempty"`
	Archived  bool     `json:"archived,omitempty"` // is measured no more
	Pulse     string   `json:"pulse,omitempty"`    // key of the item or construct whose index in Process it is; empty = it is measured elsewhere

	Last *Measurement `json:"-"` // the latest one; nil = none
	Fed  *Fed         `json:"-"` // of one from the pulse: what the latest round says; nil = none has asked
}

func (k *KPI) status() string {
	if k.Archived {
		return "archived"
	}
	return "active"
}

// Attainment says how far the KPI is by its latest measurement (methods.md section 11).
// Without a target the word is empty.
func (k *KPI) Attainment() score.Attainment {
	return attainment(k.Direction, k.Baseline, k.Target, k.Last, k.Fed)
}

func attainment(direction string, baseline, target *float64, last *Measurement, fed *Fed) score.Attainment {
	if target == nil {
		return score.Attainment{}
	}
	var actual *float64
	if last != nil {
		actual = &last.Value
	}
	goal := score.Goal{Direction: direction, Baseline: baseline, Target: *target}
	if fed == nil {
		return goal.Attainment(actual)
	}
	return fed.attainment(goal, actual)
}

// KPIInput is what is said of a KPI; nil stays, or is the default of a new one.
type KPIInput struct {
	Process   *string
	Name      *string
	Unit      *string
	Source    *string
	Direction *string
	Baseline  Amount
	Target    Amount
	Archived  *bool
	Pulse     *string
}

func (in KPIInput) apply(k *KPI, c *checks) {
	if k.Direction == "" {
		k.Direction = Up
	}
	c.said("/name", &k.Name, in.Name, maxTitle)
	c.maybe("/unit", &k.Unit, in.Unit, maxUnit)
	c.maybe("/source", &k.Source, in.Source, maxTitle)
	c.choice("/direction", &k.Direction, in.Direction, "direction-unknown", Up, Down)
	c.amount("/baseline", &k.Baseline, in.Baseline)
	c.amount("/target", &k.Target, in.Target)
	if in.Archived != nil {
		k.Archived = *in.Archived
	}
	if in.Pulse != nil {
		if k.Pulse = *in.Pulse; k.Pulse != "" && !movable(k.Pulse) {
			c.wrong("/pulse", "unknown-question")
		}
	}
}

var kpis = register[KPI, *KPI]{KPIRecord, account.ReadProgress, account.ChangeProgress, measuredKPIs}

// measuredKPIs adds the latest measurements, and what the pulse says in the rounds of
// the iteration.
func measuredKPIs(ctx context.Context, s *Service, id IterationID, all []KPI) error {
	var ids []RecordID
	for _, k := range all {
		if k.Pulse == "" {
			ids = append(ids, k.ID)
		}
	}
	last, err := s.store.LastMeasurements(ctx, ids)
	if err != nil {
		return err
	}
	for n := range all {
		if m, found := last[all[n].ID]; found {
			all[n].Last = &m
		}
	}
	return s.feed(ctx, id, all)
}

// ListKPIs gives the KPIs of an iteration.
func (s *Service) ListKPIs(ctx context.Context, actor account.Actor, id IterationID) ([]KPI, error) {
	return kpis.list(ctx, s, actor, id)
}

// CreateKPI begins to measure a figure.
func (s *Service) CreateKPI(ctx context.Context, actor account.Actor, id IterationID, in KPIInput) (*KPI, error) {
	return kpis.create(ctx, s, actor, id, in.Process, in.apply)
}

// ShowKPI gives a KPI.
func (s *Service) ShowKPI(ctx context.Context, actor account.Actor, id RecordID) (*KPI, error) {
	return kpis.show(ctx, s, actor, id)
}

// UpdateKPI changes a KPI of version seen.
func (s *Service) UpdateKPI(ctx context.Context, actor account.Actor, id RecordID, seen int, in KPIInput) (*KPI, error) {
	return kpis.update(ctx, s, actor, id, seen, in.Process, in.apply)
}
