package v1

import (
	"context"
	"time"

	"pulscheck/survey"
	"pulscheck/survey/account"
)

// Finding is what a rule of a check report found, and what becomes of it.
type Finding struct {
	Finding      string     `json:"finding" doc:"id within the report" example:"F4-INC"`
	Rule         string     `json:"rule" example:"F4"`
	RuleHead     string     `json:"rule_head" doc:"in the words of the rule"`
	RuleEvidence string     `json:"rule_evidence" doc:"in the words of the rule"`
	Choice       string     `json:"choice" enum:"kept,changed,left_out"`
	Head         string     `json:"head" doc:"in other words; empty: those of the rule"`
	Evidence     string     `json:"evidence" doc:"in other words; empty: those of the rule"`
	Reason       string     `json:"reason" doc:"why it is left out"`
	Overtaken    bool       `json:"overtaken" doc:"the rule says something else since: the choice does not hold until it is sent again"`
	Role         string     `json:"role" doc:"of who said so last; empty: nobody did"`
	Said         *time.Time `json:"said" doc:"when"`
}

// Findings are those of a report. One that is left out makes room for another, which is
// there once the draft was drawn again.
type Findings struct {
	Findings []Finding `json:"findings" nullable:"false"`
	Version  int       `json:"version" doc:"the number in the ETag; 0: nothing was edited yet"`
}

// FindingSaid is what is said of a finding; what is left out stays.
type FindingSaid struct {
	Finding  string  `json:"finding" example:"F5" doc:"id within the report"`
	Choice   *string `json:"choice,omitempty" enum:"kept,changed,left_out" example:"changed"`
	Head     *string `json:"head,omitempty" maxLength:"120" doc:"eight words of it stand in the report, the whole in its appendix; empty: those of the rule"`
	Evidence *string `json:"evidence,omitempty" maxLength:"500" doc:"21 words of it stand in the report, the whole in its appendix; empty: those of the rule" example:"The training in March has worked."`
	Reason   *string `json:"reason,omitempty" maxLength:"500" doc:"needed to leave it out; it stands in the data of the report"`
}

// FindingsSaid is what is said of findings; the others stay.
type FindingsSaid struct {
	Findings []FindingSaid `json:"findings" maxItems:"20" nullable:"false"`
}

func someFindings(all []survey.Finding, edits *survey.FindingEdits, err error) (*One[Findings], error) {
	if err != nil {
		return nil, err
	}
	out := Findings{Findings: []Finding{}, Version: edits.Version}
	for _, f := range all {
		one := Finding{Finding: f.ID, Rule: f.Rule, RuleHead: f.Head, RuleEvidence: f.Evidence, Choice: string(survey.FindingKept)}
		if e, said := edits.Of[f.ID]; said {
			one.Choice, one.Head, one.Evidence, one.Reason, one.Role = string(e.Choice), e.Head, e.Evidence, e.Reason, string(e.Role)
			one.Overtaken, one.Said = e.Choice != survey.FindingKept && !e.Holds(f), utc(&e.At)
		}
		out.Findings = append(out.Findings, one)
	}
	return &One[Findings]{etag(out.Version), out}, nil
}

// ShowFindings gives what the rules found of a report as it was drawn.
func (a *API) ShowFindings(ctx context.Context, actor account.Actor, in *ByReport) (*One[Findings], error) {
	return someFindings(a.service.ListFindings(ctx, actor, survey.ReportID(in.Report)))
}

// EditFindings keeps findings of a draft, puts them into other words or leaves them out.
func (a *API) EditFindings(ctx context.Context, actor account.Actor, in *struct {
	ByReport
	Seen
	Body FindingsSaid
}) (*One[Findings], error) {
	said := make([]survey.EditInput, len(in.Body.Findings))
	for i, one := range in.Body.Findings {
		said[i] = survey.EditInput(one)
	}
	return someFindings(a.service.EditFindings(ctx, actor, survey.ReportID(in.Report), seen(in.IfMatch), said))
}
