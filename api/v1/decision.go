package v1

import "pulscheck/survey"

// Decision is what the steering committee says to a proposal.
type Decision struct {
	Head
	Rule     string `json:"rule" doc:"of the report, that proposed it; empty: somebody did"`
	Drafted  Text   `json:"drafted" doc:"what the rule says; the proposal may be edited since"`
	Proposal string `json:"proposal"`
	Outcome  string `json:"outcome" doc:"yes, changed, postponed, no; empty: not decided yet"`
	Wording  string `json:"wording" doc:"what was decided instead, of a changed one"`
	Remark   string `json:"remark"`
	Owner    string `json:"owner"`
	Due      string `json:"due" doc:"YYYY-MM-DD or empty"`
	Since    *int   `json:"since" doc:"number of the iteration from which it was carried on first; null: it is of this one"`
	Done     string `json:"done" doc:"day on which what was decided was done, or empty"`
}

// DecisionSaid is what is said of a decision; what is left out stays. A new one needs
// the proposal.
type DecisionSaid struct {
	Process  *string `json:"process,omitempty" example:"INC"`
	Proposal *string `json:"proposal,omitempty" minLength:"1" maxLength:"2000" example:"Train the service desk again"`
	Outcome  *string `json:"outcome,omitempty" doc:"yes, changed, postponed or no; empty: not decided yet" example:"yes"`
	Wording  *string `json:"wording,omitempty" maxLength:"2000" doc:"needed if changed"`
	Remark   *string `json:"remark,omitempty" maxLength:"2000"`
	Owner    *string `json:"owner,omitempty" maxLength:"120"`
	Due      *string `json:"due,omitempty" example:"2026-07-31" doc:"YYYY-MM-DD; empty: none"`
	Done     *string `json:"done,omitempty" example:"2026-07-20" doc:"of a decision of yes or changed; empty: not yet"`
}

func newDecision(d *survey.Decision) Decision {
	out := Decision{
		newHead(&d.Record), d.Rule, newText(d.Drafted), d.Proposal, string(d.Outcome), d.Wording, d.Remark, d.Owner, d.Due, nil, d.Done,
	}
	if d.Since > 0 {
		out.Since = &d.Since
	}
	return out
}

// Decisions gives the handlers of decisions.
func (a *API) Decisions() Records[survey.Decision, Decision, DecisionSaid, survey.DecisionInput] {
	s := a.service
	return Records[survey.Decision, Decision, DecisionSaid, survey.DecisionInput]{
		a, "decisions", s.ListDecisions, s.CreateDecision, s.ShowDecision, s.UpdateDecision,
		func(d *survey.Decision) *survey.Record { return &d.Record }, newDecision, func(b DecisionSaid) survey.DecisionInput { return survey.DecisionInput(b) },
	}
}
