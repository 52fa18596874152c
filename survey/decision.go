package survey

import (
	"context"
	"slices"

	"pulscheck/survey/account"
	"pulscheck/survey/fault"
	"pulscheck/survey/locale"
)

// Decision is what the steering committee says to a proposal of the report.
type Decision struct {
	Record   `json:"-"`
	Rule     string      `json:"rule,omitempty"` // of the report, that proposed it, e.g. A4; empty = somebody did
	Drafted  locale.Text `json:"drafted"`        // what the rule says; Proposal may be edited since
	Proposal string      `json:"proposal"`
	Outcome  Outcome     `json:"outcome,omitempty"`
	Wording  string      `json:"wording,omitempty"` // what was decided instead, of a changed one
	Remark   string      `json:"remark,omitempty"`
	Owner    string      `json:"owner,omitempty"` // who sees to it
	Due      string      `json:"due,omitempty"`   // YYYY-MM-DD
	Since    int         `json:"since,omitempty"` // number of the iteration it was carried on from first; 0 = it is of this one
	Done     string      `json:"done,omitempty"`  // the day on which what was decided was done
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

// aim is what the audit tells of a decision beside its outcome.
func (d *Decision) aim() map[string]string {
	told := map[string]string{}
	if d.Rule != "" {
		told["rule"] = d.Rule
	}
	if d.Done != "" {
		told["done"] = d.Done
	}
	return told
}

// In gives the proposal in a language: that of the rule as long as nobody edited it.
func (d *Decision) In(l locale.Language) string {
	if d.Proposal == d.Drafted.DE || d.Proposal == d.Drafted.EN {
		return d.Drafted.In(l)
	}
	return d.Proposal
}

// Running says that something was decided that is to be done yet.
func (d *Decision) Running() bool {
	return (d.Outcome == Accepted || d.Outcome == Changed) && d.Done == ""
}

// DecisionInput is what is said of a decision; nil stays, or is the default of a new
// one.
type DecisionInput struct {
	Process  *string
	Proposal *string
	Outcome  *string
	Wording  *string
	Remark   *string
	Owner    *string
	Due      *string
	Done     *string
}

func (in DecisionInput) apply(d *Decision, c *checks) {
	c.prose("/proposal", &d.Proposal, in.Proposal)
	if d.Proposal == "" {
		c.missing("/proposal")
	}
	outcome := string(d.Outcome)
	c.choice("/outcome", &outcome, in.Outcome, "outcome-unknown", "", string(Accepted), string(Changed), string(Postponed), string(Declined))
	d.Outcome = Outcome(outcome)
	c.prose("/wording", &d.Wording, in.Wording)
	if d.Outcome == Changed && d.Wording == "" {
		c.missing("/wording")
	}
	c.maybe("/owner", &d.Owner, in.Owner, maxName)
	c.prose("/remark", &d.Remark, in.Remark)
	c.maybeDay("/due", &d.Due, in.Due)
	c.maybeDay("/done", &d.Done, in.Done)
	if d.Done != "" && d.Outcome != Accepted && d.Outcome != Changed {
		c.wrong("/done", "date-invalid")
	}
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

// missingAct is the gate after ACT: every decision has an owner and a date. What was
// postponed or declined needs none, and what nobody decided of the proposals of the
// report is asked again in the next iteration.
func (s *Service) missingAct(ctx context.Context, i *Iteration) ([]fault.Field, error) {
	all, err := decisions.all(ctx, s, i.ID)
	if err != nil || !slices.ContainsFunc(all, func(d Decision) bool { return d.binds() && (d.Owner == "" || d.Due == "") }) {
		return nil, err
	}
	return []fault.Field{{Pointer: "/decisions", Code: "gate-decisions"}}, nil
}

// binds says that somebody has to see to it.
func (d *Decision) binds() bool {
	switch d.Outcome {
	case Postponed, Declined:
		return false
	case "":
		return d.Rule == ""
	}
	return true
}
