package web

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"pulscheck/api/view"
	"pulscheck/survey"
)

func questionsOf(id survey.OrganisationID) string {
	return "/organisations/" + string(id) + "/questions"
}

// ListQuestions shows what was left at the open door, open questions first, otherwise in
// random order.
func (w *Web) ListQuestions(c *gin.Context) error {
	v, o, err := w.organisation(c)
	if err != nil {
		return err
	}
	all, err := w.service.ListQuestions(v.Context(), v.Actor, o.ID)
	if err != nil {
		return err
	}
	t := &view.Table{Caption: v.T("web.questions.caption"), Empty: v.T("web.questions.empty"), Columns: []view.Column{
		{Title: v.T("web.questions.text")}, {Key: "day", Title: v.T("web.questions.day")}, {Title: v.T("web.questions.state")}, {Title: v.T("web.question.answer")},
	}}
	open := 0
	slices.SortStableFunc(all, func(a, b survey.Question) int { return answered(&a) - answered(&b) })
	for n := range all {
		q := &all[n]
		state, answer := view.Status{Kind: "watch", Text: v.T("web.questions.open")}, view.Cell{Text: "–"}
		if open += 1 - answered(q); q.Answer != "" {
			state, answer = view.Status{Kind: "ok", Text: v.T("web.questions.answered")}, view.Cell{Text: q.Answer, Small: day(v, q.Answered)}
		}
		t.Rows = append(t.Rows, view.Row{{Text: q.Text, Href: "/questions/" + string(q.ID)}, dayCell(v, q.Day), {Status: &state}, answer})
	}
	v.Lead(v.T("web.questions.lead"))
	return v.Show("question/list", v.T("web.questions.heading", "n", open), v.Arrange(t))
}

func answered(q *survey.Question) int {
	if q.Answer == "" {
		return 0
	}
	return 1
}

// question gives the question in the path, in its organisation.
func (w *Web) question(c *gin.Context) (*Visit, *survey.Question, error) {
	v := visitOf(c)
	q, err := w.service.ShowQuestion(v.Context(), v.Actor, survey.QuestionID(c.Param("question")))
	if err != nil {
		return v, nil, err
	}
	p := &place{}
	if err := v.enter(p, q.Organisation); err != nil {
		return v, nil, err
	}
	if err := v.current(p); err != nil {
		return v, nil, err
	}
	v.Crumb(v.T("web.nav.questions"), questionsOf(q.Organisation))
	v.Section("questions")
	return v, q, nil
}

// EditQuestion shows a question to answer it.
func (w *Web) EditQuestion(c *gin.Context) error {
	v, q, err := w.question(c)
	if err != nil {
		return err
	}
	at := "/questions/" + string(q.ID)
	v.Lead(v.T("web.question.asked", "day", day(v, q.Day)))
	return v.Show("question/edit", v.T("web.question.heading"), struct {
		Text, Discard string
		Form          *view.Form
	}{q.Text, at + "/delete", v.Form("web.question", at, url.Values{"seen": {strconv.Itoa(q.Version)}, "answer": {q.Answer}})})
}

// AnswerQuestion stores the answer.
func (w *Web) AnswerQuestion(c *gin.Context) error {
	v, q, err := w.question(c)
	if err != nil {
		return err
	}
	answer := strings.ReplaceAll(v.Text("answer"), "\r\n", "\n")
	if _, err := w.service.AnswerQuestion(v.Context(), v.Actor, q.ID, number(v.Text("seen")), answer); err != nil {
		return v.Again(err, w.EditQuestion)
	}
	return v.Goto(questionsOf(q.Organisation))
}

// ConfirmDeleteQuestion asks before a question is discarded.
func (w *Web) ConfirmDeleteQuestion(c *gin.Context) error {
	v, q, err := w.question(c)
	if err != nil {
		return err
	}
	at := "/questions/" + string(q.ID)
	return v.Confirm(v.T("web.question.discard-heading"), at+"/delete", v.T("web.question.discard"), at, url.Values{"seen": {strconv.Itoa(q.Version)}}, v.Quote(q.Text), v.T("web.question.discard-what"))
}

// DeleteQuestion discards what is no question.
func (w *Web) DeleteQuestion(c *gin.Context) error {
	v, q, err := w.question(c)
	if err != nil {
		return err
	}
	if err := w.service.DeleteQuestion(v.Context(), v.Actor, q.ID, number(v.Text("seen"))); err != nil {
		return v.Again(err, w.ConfirmDeleteQuestion)
	}
	return v.Goto(questionsOf(q.Organisation))
}
