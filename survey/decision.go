package survey

import (
	"context"
	"slices"

	"pulscheck/survey/account"
	"pulscheck/survey/fault"
)

// Decision is what the steering committee says to a proposal of the report.
type Decision struct {
	Record   `json:"-"`
	Proposal string  `json:"proposal"`
	Outcome  Outcome `json:"outcome,omitempty"`
	Wording  string  `json:"wording,omitempty"` // what was decided instead, of a changed one
	Owner    string  `json:"owner,omitempty"`   // who sees to it
	Due      string  `json:"due,omitempty"`     // YYYY-MM-DD
}

// Outcome is what was decided; empty = nothing yet.
type Outcome string

// The outcomes.
const (
	Accepted  Outcome = "yes"
	Changed   Outcome = "changed"
	Postponed Outcome = "postponed"
	Declined  Outcome = "no"
)

func (d *Decision) status() string { return string(d.Outcome) }

// DecisionInput is what is said of a decision; nil stays, or is the default of a new
// one.
type DecisionInput struct {
	Process  *string
	Proposal *string
	Outcome  *string
	Wording  *string
	Owner    *string
	Due      *string
}

func (in DecisionInput) apply(d *Decision, c *checks) {
	c.prose("/proposal", &d.Proposal, in.Proposal)
	if d.Proposal == "" {
		c.wrong("/proposal", "text-length")
	}
	outcome := string(d.Outcome)
	c.choice("/outcome", &outcome, in.Outcome, "outcome-unknown", "", string(Accepted), string(Changed), string(Postponed), string(Declined))
	d.Outcome = Outcome(outcome)
	c.prose("/wording", &d.Wording, in.Wording)
	if d.Outcome == Changed && d.Wording == "" {
		c.wrong("/wording", "text-length")
	}
	c.maybe("/owner", &d.Owner, in.Owner, maxName)
	c.maybeDay("/due", &d.Due, in.Due)
}

var decisions = register[Decision, *Decision]{DecisionRecord, account.ReadDecisions, account.RecordDecisions, nil}

// ListDecisions gives the decisions of an iteration.
func (s *Service) ListDecisions(ctx context.Context, actor account.Actor, id IterationID) ([]Decision, error) {
	return decisions.list(ctx, s, actor, id)
}

// CreateDecision lays a proposal before the committee, or records what it decided.
func (s *Service) CreateDecision(ctx context.Context, actor account.Actor, id IterationID, in DecisionInput) (*Decision, error) {
	return decisions.create(ctx, s, actor, id, in.Process, in.apply)
}

// ShowDecision gives a decision.
func (s *Service) ShowDecision(ctx context.Context, actor account.Actor, id RecordID) (*Decision, error) {
	return decisions.show(ctx, s, actor, id)
}

// UpdateDecision changes a decision of version seen. Once its iteration is over a
// decision stays as it is: fault Conflict "iteration-done".
func (s *Service) UpdateDecision(ctx context.Context, actor account.Actor, id RecordID, seen int, in DecisionInput) (*Decision, error) {
	_, i, _, err := decisions.find(ctx, s, actor, account.RecordDecisions, id)
	if err != nil {
		return nil, err
	}
	if i.Phase == Finished {
		return nil, fault.New(fault.Conflict, "iteration-done")
	}
	return decisions.update(ctx, s, actor, id, seen, in.Process, in.apply)
}

// missingAct is the gate after ACT: every decision has an owner and a date.
func (s *Service) missingAct(ctx context.Context, i *Iteration) ([]fault.Field, error) {
	all, err := decisions.all(ctx, s, i.ID)
	if err != nil || !slices.ContainsFunc(all, func(d Decision) bool { return d.Owner == "" || d.Due == "" }) {
		return nil, err
	}
	return []fault.Field{{Pointer: "/decisions", Code: "gate-decisions"}}, nil
}
