package store

import (
	"context"
	"errors"
	"fmt"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"pulscheck/survey"
	"pulscheck/survey/audit"
	"pulscheck/survey/fault"
)

// questionRow is one of the anonymous tables: no time but the day, no order.
type questionRow struct {
	ID           string
	Organisation string
	Code         []byte // hash
	Day          string
	Body         string
}

func (questionRow) TableName() string { return "questions" }

type answerRow struct {
	Question     string
	Organisation string
	Body         string
	Day          string
	Version      int
}

func (answerRow) TableName() string { return "question_answers" }

func (r questionRow) question(answer answerRow) survey.Question {
	return survey.Question{
		ID: survey.QuestionID(r.ID), Organisation: survey.OrganisationID(r.Organisation), Text: r.Body, Day: r.Day,
		Answer: answer.Body, Answered: answer.Day, Version: answer.Version,
	}
}

// CreateQuestion stores a question unless there is one with its code, which it gives then.
// The row of the organisation is locked meanwhile, so that nobody passes the most.
func (s *Store) CreateQuestion(ctx context.Context, q *survey.Question, code []byte, most int) (stored *survey.Question, err error) {
	err = s.inTx(ctx, "create question", func(tx *gorm.DB) error {
		var organisation organisationRow
		if err := tx.Clauses(clause.Locking{Strength: "UPDATE"}).Select("id").Where("id = ?", string(q.Organisation)).Take(&organisation).Error; err != nil {
			return err
		}
		var there []questionRow
		if err := tx.Where("code = ?", code).Find(&there).Error; err != nil {
			return err
		}
		if len(there) > 0 {
			other := there[0].question(answerRow{})
			stored = &other
			return nil
		}
		var open int64
		err := tx.Model(&questionRow{}).Where("organisation = ? AND id NOT IN (?)", string(q.Organisation),
			tx.Model(&answerRow{}).Select("question").Where("organisation = ?", string(q.Organisation))).Count(&open).Error
		if err != nil {
			return err
		}
		if int(open) >= most {
			return fault.New(fault.RateLimited, "door-full")
		}
		stored = q
		return tx.Create(&questionRow{string(q.ID), string(q.Organisation), code, q.Day, q.Text}).Error
	})
	return stored, err
}

// FindQuestion gives a question; fault NotFound otherwise.
func (s *Store) FindQuestion(ctx context.Context, id survey.QuestionID) (*survey.Question, error) {
	return s.findQuestion(ctx, "id = ?", string(id))
}

// FindQuestionByCode gives the question under the hash of a code; fault NotFound
// otherwise.
func (s *Store) FindQuestionByCode(ctx context.Context, code []byte) (*survey.Question, error) {
	return s.findQuestion(ctx, "code = ?", code)
}

func (s *Store) findQuestion(ctx context.Context, where string, value any) (*survey.Question, error) {
	var row questionRow
	if err := s.read.WithContext(ctx).Where(where, value).Take(&row).Error; err != nil {
		return nil, translate(fmt.Errorf("find question: %w", err))
	}
	var answer answerRow
	err := s.read.WithContext(ctx).Where("question = ?", row.ID).Take(&answer).Error
	if err != nil && !errors.Is(err, gorm.ErrRecordNotFound) {
		return nil, translate(fmt.Errorf("find question: %w", err))
	}
	q := row.question(answer)
	return &q, nil
}

// ListQuestions gives the questions of an organisation in order of their random ids.
func (s *Store) ListQuestions(ctx context.Context, id survey.OrganisationID) ([]survey.Question, error) {
	var rows []questionRow
	if err := s.read.WithContext(ctx).Where("organisation = ?", string(id)).Order("id").Find(&rows).Error; err != nil {
		return nil, translate(fmt.Errorf("list questions: %w", err))
	}
	var answers []answerRow
	if err := s.read.WithContext(ctx).Where("organisation = ?", string(id)).Find(&answers).Error; err != nil {
		return nil, translate(fmt.Errorf("list questions: %w", err))
	}
	by := make(map[string]answerRow, len(answers))
	for _, a := range answers {
		by[a.Question] = a
	}
	all := make([]survey.Question, len(rows))
	for i, r := range rows {
		all[i] = r.question(by[r.ID])
	}
	return all, nil
}

// AnswerQuestion stores the answer to version q.Version, 0 for the first one.
func (s *Store) AnswerQuestion(ctx context.Context, q *survey.Question, told ...audit.Entry) error {
	return s.inTx(ctx, "answer question", func(tx *gorm.DB) error {
		// One that is deleted at the same moment must leave no answer behind.
		var there questionRow
		if err := tx.Clauses(clause.Locking{Strength: "UPDATE"}).Select("id").Where("id = ?", string(q.ID)).Take(&there).Error; err != nil {
			return err
		}
		if q.Version > 0 {
			query := tx.Model(&answerRow{}).Where("question = ?", string(q.ID))
			return change(tx, query, q.Version, map[string]any{"body": q.Answer, "day": q.Answered}, told)
		}
		row := answerRow{string(q.ID), string(q.Organisation), q.Answer, q.Answered, 1}
		made := tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&row)
		if made.Error == nil && made.RowsAffected == 0 {
			return fault.New(fault.Stale, "version-conflict")
		}
		if made.Error != nil {
			return made.Error
		}
		return tell(tx, told)
	})
}

// DeleteQuestion deletes a question with its answer. The row is locked first, so that
// nobody answers it meanwhile.
func (s *Store) DeleteQuestion(ctx context.Context, q *survey.Question, told ...audit.Entry) error {
	return s.inTx(ctx, "delete question", func(tx *gorm.DB) error {
		var there questionRow
		if err := tx.Clauses(clause.Locking{Strength: "UPDATE"}).Select("id").Where("id = ?", string(q.ID)).Take(&there).Error; err != nil {
			return err
		}
		var answer answerRow
		if err := tx.Where("question = ?", there.ID).Limit(1).Find(&answer).Error; err != nil {
			return err
		}
		if answer.Version != q.Version {
			return fault.New(fault.Stale, "version-conflict")
		}
		if err := tx.Where("question = ?", there.ID).Delete(&answerRow{}).Error; err != nil {
			return err
		}
		if err := tx.Where("id = ?", there.ID).Delete(&questionRow{}).Error; err != nil {
			return err
		}
		return tell(tx, told)
	})
}

// DeleteQuestions deletes what was asked before a day, with its answers.
func (s *Store) DeleteQuestions(ctx context.Context, day string) error {
	return s.inTx(ctx, "purge", func(tx *gorm.DB) error {
		old := tx.Model(&questionRow{}).Select("id").Where("day < ?", day)
		if err := tx.Where("question IN (?)", old).Delete(&answerRow{}).Error; err != nil {
			return err
		}
		return tx.Where("day < ?", day).Delete(&questionRow{}).Error
	})
}
