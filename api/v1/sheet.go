package v1

import (
	"context"
	"slices"

	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/maturity"
)

// ShowSheet gives everything that a form needs for the caller's own sheet.
func (a *API) ShowSheet(ctx context.Context, actor account.Actor, in *struct {
	ByAssessment
	Team string `query:"team" doc:"one of the teams of the assessment"`
}) (*One[SheetForm], error) {
	id := survey.AssessmentID(in.Assessment)
	shown, err := a.service.ShowAssessment(ctx, actor, id)
	if err != nil {
		return nil, err
	}
	last, err := a.service.LastAnswers(ctx, actor, id, in.Team)
	if err != nil {
		return nil, err
	}
	return newSheetForm(shown, actor, in.Team, last), nil
}

// SaveSheet keeps the caller's own sheet.
func (a *API) SaveSheet(ctx context.Context, actor account.Actor, in *struct {
	ByAssessment
	Seen
	Body SheetSaid
}) (*One[SheetForm], error) {
	id, said := survey.AssessmentID(in.Assessment), survey.SheetInput{Seen: seen(in.IfMatch), Team: in.Body.Team, Finished: in.Body.Finished}
	for _, x := range in.Body.Answers {
		answer := survey.AnswerInput{Indicator: x.Indicator, Value: x.Value, NotApplicable: x.NotApplicable, Last: x.Last, Note: x.Note}
		for _, e := range x.Evidence {
			answer.Evidence = append(answer.Evidence, maturity.Evidence(e))
		}
		said.Answers = append(said.Answers, answer)
	}
	saved, err := a.service.SaveSheet(ctx, actor, id, said)
	if err != nil {
		return nil, err
	}
	last, err := a.service.LastAnswers(ctx, actor, id, in.Body.Team)
	if err != nil {
		return nil, err
	}
	return newSheetForm(saved, actor, in.Body.Team, last), nil
}

func newSheetForm(shown *survey.Assessment, actor account.Actor, team string, last map[string]maturity.Answer) *One[SheetForm] {
	form := SheetForm{Assessment: newAssessment(shown, actor), Team: team, Attributes: []FormAttribute{}}
	form.Assessment.Sheets = []Sheet{}
	form.Levels = newModel(shown.Framework).Levels
	for _, step := range maturity.Ladder() {
		form.Ladder = append(form.Ladder, newText(step))
	}
	own := survey.Sheet{}
	if n := slices.IndexFunc(shown.Sheets, func(s survey.Sheet) bool { return s.Assessor == actor.ID && s.Team == team }); n >= 0 {
		own = shown.Sheets[n]
	}
	form.Finished, form.Version = own.Finished, own.Version
	for _, x := range shown.Framework.Attributes {
		attribute := FormAttribute{ModelAttribute{x.ID, x.Level, newText(x.Name)}, []FormIndicator{}}
		for _, i := range shown.Framework.Indicators(shown.Subject(), x.ID) {
			attribute.Indicators = append(attribute.Indicators, FormIndicator{
				i.Key, newText(i.Text), answerIn(own.Answers, i.Key), answerIn(last, i.Key),
			})
		}
		form.Attributes = append(form.Attributes, attribute)
	}
	return &One[SheetForm]{etag(form.Version), form}
}

func answerIn(answers map[string]maturity.Answer, key string) *Answer {
	found, there := answers[key]
	if !there {
		return nil
	}
	out := newAnswer(key, found)
	return &out
}
