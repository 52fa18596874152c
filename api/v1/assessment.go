package v1

import (
	"context"
	"maps"
	"slices"

	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/maturity"
)

// ByAssessment names an assessment.
type ByAssessment struct {
	Assessment string `path:"assessment" doc:"id of an assessment"`
}

func newAssessment(a *survey.Assessment, actor account.Actor) Assessment {
	out := Assessment{
		ID: string(a.ID), Iteration: string(a.Iteration), Process: a.Process, Model: a.Model, Target: a.Target, Core: a.Core,
		Assessors: a.Assessors, Begun: a.Begun, Finished: a.Finished, Teams: list(a.Teams), State: string(a.State), Done: utc(a.Done),
		Rating: newRating(a.Result), Settled: []Settlement{}, Sheets: []Sheet{}, Version: a.Version,
	}
	for _, s := range a.Settled {
		out.Settled = append(out.Settled, Settlement{s.Team, s.Attribute, string(s.Class), s.Reason})
	}
	numbers := map[string]int{}
	for _, s := range a.Sheets {
		if numbers[s.Assessor] == 0 {
			numbers[s.Assessor] = len(numbers) + 1
		}
		sheet := Sheet{
			Assessor: numbers[s.Assessor], Role: string(s.Role), Mine: s.Assessor == actor.ID, Team: s.Team, Finished: s.Finished,
			Saved: s.Saved.UTC(), Answers: []Answer{}, Version: s.Version,
		}
		for _, key := range slices.Sorted(maps.Keys(s.Answers)) {
			sheet.Answers = append(sheet.Answers, newAnswer(key, s.Answers[key]))
		}
		out.Sheets = append(out.Sheets, sheet)
	}
	return out
}

func newAnswer(key string, a maturity.Answer) Answer {
	out := Answer{Indicator: key, NotApplicable: a.NotApplicable, Evidence: []Evidence{}, Note: a.Note, Unproven: a.Unproven()}
	if !a.NotApplicable {
		out.Value = &a.Value
	}
	for _, e := range a.Evidence {
		out.Evidence = append(out.Evidence, Evidence(e))
	}
	return out
}

func newRating(r *maturity.Result) *Rating {
	if r == nil {
		return nil
	}
	out := &Rating{r.Level, r.LowestTeam, r.Provisional, []AttributeRating{}}
	for _, x := range r.Attributes {
		a := AttributeRating{
			x.Attribute, string(x.Class), string(x.Refined), x.Percent, x.Consensus, x.Spread, string(x.Lowest), x.Between, []TeamRating{}, x.Open,
		}
		for _, t := range x.Teams {
			a.Teams = append(a.Teams, TeamRating{t.Name, string(t.Class), t.Consensus, t.Spread})
		}
		out.Attributes = append(out.Attributes, a)
	}
	return out
}

func oneAssessment(actor account.Actor) func(*survey.Assessment, error) (*One[Assessment], error) {
	return func(a *survey.Assessment, err error) (*One[Assessment], error) {
		if err != nil {
			return nil, err
		}
		return &One[Assessment]{etag(a.Version), newAssessment(a, actor)}, nil
	}
}

// ListAssessments gives the assessments of an iteration.
func (a *API) ListAssessments(ctx context.Context, actor account.Actor, in *struct {
	ByIteration
	Paging
}) (*List[Assessment], error) {
	all, err := a.service.ListAssessments(ctx, actor, survey.IterationID(in.Iteration))
	if err != nil {
		return nil, err
	}
	dto := func(x *survey.Assessment) Assessment { return newAssessment(x, actor) }
	return page(a, in.Paging, in.Iteration+"/assessments", all, func(x *survey.Assessment) string { return string(x.ID) }, dto)
}

// CreateAssessment begins to assess a process.
func (a *API) CreateAssessment(ctx context.Context, actor account.Actor, in *struct {
	ByIteration
	Body AssessmentNew
}) (*Made[Assessment], error) {
	b := in.Body
	said := survey.AssessmentInput{Process: &b.Process, Target: b.Target, Core: b.Core, Assessors: b.Assessors, Teams: &b.Teams}
	if b.Model != "" {
		said.Model = &b.Model
	}
	made, err := a.service.CreateAssessment(ctx, actor, survey.IterationID(in.Iteration), said)
	if err != nil {
		return nil, err
	}
	return &Made[Assessment]{Prefix + "/assessments/" + string(made.ID), etag(made.Version), newAssessment(made, actor)}, nil
}

// ShowAssessment gives an assessment.
func (a *API) ShowAssessment(ctx context.Context, actor account.Actor, in *ByAssessment) (*One[Assessment], error) {
	return oneAssessment(actor)(a.service.ShowAssessment(ctx, actor, survey.AssessmentID(in.Assessment)))
}

// UpdateAssessment changes an assessment.
func (a *API) UpdateAssessment(ctx context.Context, actor account.Actor, in *struct {
	ByAssessment
	Seen
	Body AssessmentChange
}) (*One[Assessment], error) {
	b := in.Body
	return oneAssessment(actor)(a.service.UpdateAssessment(ctx, actor, survey.AssessmentID(in.Assessment), seen(in.IfMatch), survey.AssessmentInput{
		Target: b.Target, Core: b.Core, Assessors: b.Assessors, Teams: b.Teams,
	}))
}

// CloseAssessment ends rating although somebody is not done.
func (a *API) CloseAssessment(ctx context.Context, actor account.Actor, in *struct {
	ByAssessment
	Seen
}) (*One[Assessment], error) {
	return oneAssessment(actor)(a.service.CloseAssessment(ctx, actor, survey.AssessmentID(in.Assessment), seen(in.IfMatch)))
}

// ReopenAssessment lets assessors rate again.
func (a *API) ReopenAssessment(ctx context.Context, actor account.Actor, in *struct {
	ByAssessment
	Seen
}) (*One[Assessment], error) {
	return oneAssessment(actor)(a.service.ReopenAssessment(ctx, actor, survey.AssessmentID(in.Assessment), seen(in.IfMatch)))
}

// SettleAssessment records what a consensus meeting agreed on.
func (a *API) SettleAssessment(ctx context.Context, actor account.Actor, in *struct {
	ByAssessment
	Seen
	Body Settlements
}) (*One[Assessment], error) {
	var settled []maturity.Settlement
	for _, s := range in.Body.Settled {
		settled = append(settled, maturity.Settlement{Team: s.Team, Attribute: s.Attribute, Class: maturity.Class(s.Class), Reason: s.Reason})
	}
	return oneAssessment(actor)(a.service.SettleAssessment(ctx, actor, survey.AssessmentID(in.Assessment), seen(in.IfMatch), settled))
}
