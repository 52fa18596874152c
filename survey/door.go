package survey

import (
	"context"
	"time"
	"unicode/utf8"

	"pulscheck/survey/account"
	"pulscheck/survey/audit"
	"pulscheck/survey/fault"
)

// QuestionID names a question. It is drawn at random and is not the code.
type QuestionID string

// Question is what somebody left at the open door. Nothing links it to a person, an
// address, a ballot or a time finer than a day.
type Question struct {
	ID           QuestionID
	Organisation OrganisationID
	Text         string
	Day          string // YYYY-MM-DD where the organisation is
	Answer       string // empty = open
	Answered     string // the day of the answer
	Version      int    // counts the answers
}

// Doors keeps the questions, whose texts are sealed.
type Doors interface {
	// CreateQuestion stores a question under the hash of its code and gives it, or the one
	// that is there already. An organisation that has most open ones gives fault
	// RateLimited "door-full".
	CreateQuestion(ctx context.Context, q *Question, code []byte, most int) (stored *Question, err error)
	// FindQuestion and FindQuestionByCode give fault NotFound if there is none.
	FindQuestion(ctx context.Context, id QuestionID) (*Question, error)
	FindQuestionByCode(ctx context.Context, code []byte) (*Question, error)
	// ListQuestions gives those of an organisation in order of their random ids.
	ListQuestions(ctx context.Context, id OrganisationID) ([]Question, error)
	// AnswerQuestion stores the answer to version q.Version.
	AnswerQuestion(ctx context.Context, q *Question, told ...audit.Entry) error
	// DeleteQuestion deletes version q.Version of a question with its answer.
	DeleteQuestion(ctx context.Context, q *Question, told ...audit.Entry) error
	// DeleteQuestions deletes what was asked before a day, with its answers.
	DeleteQuestions(ctx context.Context, day string) error
}

const (
	maxQuestion  = 1_000 // runes
	maxQuestions = 200   // open ones of an organisation
	doorDays     = 90    // how long questions are kept
)

// CheckQuestion gives a question as it would be stored; fault Invalid "text-length" or
// "control-character".
func CheckQuestion(text string) (string, error) {
	var c checks
	var out string
	c.prose("/text", &out, &text)
	if n := utf8.RuneCountInString(out); n <= maxProse {
		c.fields = append(c.fields, fault.Length("/text", n, maxQuestion)...)
	}
	return out, c.err()
}

// Ask leaves a question at the door of a round's organisation. The same question with
// the same code may come again; another one gives fault Conflict "question-differs".
func (s *Service) Ask(ctx context.Context, id RoundID, code DoorCode, text string) error {
	o, err := s.find(ctx, id)
	if err != nil {
		return err
	}
	if text, err = CheckQuestion(text); err != nil {
		return err
	}
	today, err := s.todayOf(ctx, o.round.Organisation)
	if err != nil {
		return err
	}
	q := &Question{ID: QuestionID(s.newID()), Organisation: o.round.Organisation, Day: today}
	if q.Text, err = s.sealDoor(q.ID, "question", text); err != nil {
		return err
	}
	stored, err := s.store.CreateQuestion(ctx, q, code.hash(), maxQuestions)
	if err != nil {
		return err
	}
	if err := s.read(stored); err != nil {
		return err
	}
	if stored.Text != text {
		return fault.New(fault.Conflict, "question-differs")
	}
	return nil
}

// todayOf is the day where an organisation is.
func (s *Service) todayOf(ctx context.Context, id OrganisationID) (string, error) {
	o, err := s.store.FindOrganisation(ctx, id)
	if err != nil {
		return "", err
	}
	zone, err := time.LoadLocation(o.Zone)
	return s.now().In(zone).Format(time.DateOnly), err
}

// ReadDoor gives the question of a code with its answer; fault NotFound "code-invalid".
func (s *Service) ReadDoor(ctx context.Context, code DoorCode) (*Question, error) {
	q, err := s.store.FindQuestionByCode(ctx, code.hash())
	if err != nil && fault.Of(err).Kind == fault.NotFound {
		return nil, fault.New(fault.NotFound, "code-invalid")
	}
	if err != nil {
		return nil, err
	}
	return q, s.read(q)
}

// ListQuestions gives the questions of an organisation, in random order.
func (s *Service) ListQuestions(ctx context.Context, actor account.Actor, id OrganisationID) ([]Question, error) {
	if _, err := s.organisation(ctx, actor, account.AnswerDoor, id); err != nil {
		return nil, err
	}
	all, err := s.store.ListQuestions(ctx, id)
	if err != nil {
		return nil, err
	}
	for n := range all {
		if err := s.read(&all[n]); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// ShowQuestion gives a question.
func (s *Service) ShowQuestion(ctx context.Context, actor account.Actor, id QuestionID) (*Question, error) {
	if err := actor.May(account.AnswerDoor); err != nil {
		return nil, err
	}
	q, err := s.store.FindQuestion(ctx, id)
	if err != nil {
		return nil, err
	}
	if err := actor.In(account.AnswerDoor, string(q.Organisation)); err != nil {
		return nil, err
	}
	return q, s.read(q)
}

// AnswerQuestion answers a question of version seen. The audit hears that, no text.
func (s *Service) AnswerQuestion(ctx context.Context, actor account.Actor, id QuestionID, seen int, answer string) (*Question, error) {
	q, err := s.ShowQuestion(ctx, actor, id)
	if err != nil {
		return nil, err
	}
	if q.Version != seen {
		return nil, fault.New(fault.Stale, "version-conflict")
	}
	var c checks
	if c.prose("/answer", &q.Answer, &answer); q.Answer == "" {
		c.missing("/answer")
	}
	if err := c.err(); err != nil {
		return nil, err
	}
	if q.Answered, err = s.todayOf(ctx, q.Organisation); err != nil {
		return nil, err
	}
	sealed := *q
	if sealed.Answer, err = s.sealDoor(id, "answer", q.Answer); err != nil {
		return nil, err
	}
	if err := s.store.AnswerQuestion(ctx, &sealed, s.tell(actor, q.Organisation, "question.answer", string(id), nil)); err != nil {
		return nil, err
	}
	q.Version++
	return q, nil
}

// DeleteQuestion discards what is no question, with its answer: whoever holds the code
// hears that there is none. The audit hears that, no text.
func (s *Service) DeleteQuestion(ctx context.Context, actor account.Actor, id QuestionID, seen int) error {
	q, err := s.ShowQuestion(ctx, actor, id)
	if err != nil {
		return err
	}
	if q.Version != seen {
		return fault.New(fault.Stale, "version-conflict")
	}
	if err := s.store.DeleteQuestion(ctx, q, s.tell(actor, q.Organisation, "question.delete", string(id), nil)); err != nil {
		return err
	}
	s.witness(ctx)
	return nil
}
