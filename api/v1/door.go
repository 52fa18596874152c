package v1

import (
	"context"

	"pulscheck/survey"
	"pulscheck/survey/account"
)

// DoorQuestion is what somebody left at the open door. Nobody knows who.
type DoorQuestion struct {
	ID       string `json:"id"`
	Text     string `json:"text"`
	Day      string `json:"day" doc:"on which it was asked; nothing finer is known"`
	Answer   string `json:"answer" doc:"empty: open"`
	Answered string `json:"answered" doc:"day of the answer, or empty"`
	Version  int    `json:"version" doc:"the number in the ETag"`
}

// QuestionSaid is the answer to a question.
type QuestionSaid struct {
	Answer string `json:"answer" minLength:"1" maxLength:"2000" example:"From May on, every Friday."`
}

// ByQuestion names a question.
type ByQuestion struct {
	Question string `path:"question" doc:"id of a question; not the code of who asked"`
}

func newQuestion(q *survey.Question) DoorQuestion {
	return DoorQuestion{string(q.ID), q.Text, q.Day, q.Answer, q.Answered, q.Version}
}

func oneQuestion(q *survey.Question, err error) (*One[DoorQuestion], error) {
	if err != nil {
		return nil, err
	}
	return &One[DoorQuestion]{etag(q.Version), newQuestion(q)}, nil
}

// ListQuestions gives the questions of an organisation.
func (a *API) ListQuestions(ctx context.Context, actor account.Actor, in *struct {
	ByOrganisation
	Paging
}) (*List[DoorQuestion], error) {
	all, err := a.service.ListQuestions(ctx, actor, survey.OrganisationID(in.Organisation))
	if err != nil {
		return nil, err
	}
	return page(a, in.Paging, in.Organisation+"/questions", all, func(q *survey.Question) string { return string(q.ID) }, newQuestion)
}

// ShowQuestion gives a question.
func (a *API) ShowQuestion(ctx context.Context, actor account.Actor, in *ByQuestion) (*One[DoorQuestion], error) {
	return oneQuestion(a.service.ShowQuestion(ctx, actor, survey.QuestionID(in.Question)))
}

// AnswerQuestion answers a question, or puts another answer in its place.
func (a *API) AnswerQuestion(ctx context.Context, actor account.Actor, in *struct {
	ByQuestion
	Seen
	Body QuestionSaid
}) (*One[DoorQuestion], error) {
	return oneQuestion(a.service.AnswerQuestion(ctx, actor, survey.QuestionID(in.Question), seen(in.IfMatch), in.Body.Answer))
}

// DeleteQuestion discards what is no question.
func (a *API) DeleteQuestion(ctx context.Context, actor account.Actor, in *struct {
	ByQuestion
	Seen
}) (*None, error) {
	return &None{}, a.service.DeleteQuestion(ctx, actor, survey.QuestionID(in.Question), seen(in.IfMatch))
}
