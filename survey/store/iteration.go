package store

import (
	"context"
	"fmt"
	"time"

	"gorm.io/gorm"

	"pulscheck/survey"
)

type iterationRow struct {
	ID        string
	Programme string
	Number    int
	Phase     string
	Starts    time.Time
	Ends      time.Time
}

func (iterationRow) TableName() string { return "iterations" }

func (r iterationRow) iteration() survey.Iteration {
	return survey.Iteration{
		ID: survey.IterationID(r.ID), Programme: survey.ProgrammeID(r.Programme), Number: r.Number,
		Phase: survey.Phase(r.Phase), Starts: r.Starts.UTC(), Ends: r.Ends.UTC(),
	}
}

// CreateIteration stores an iteration.
func (s *Store) CreateIteration(ctx context.Context, i *survey.Iteration) error {
	return s.inTx(ctx, "create iteration", func(tx *gorm.DB) error {
		return tx.Create(&iterationRow{string(i.ID), string(i.Programme), i.Number, string(i.Phase), i.Starts.UTC(), i.Ends.UTC()}).Error
	})
}

// FindIteration gives an iteration; fault NotFound otherwise.
func (s *Store) FindIteration(ctx context.Context, id survey.IterationID) (*survey.Iteration, error) {
	var row iterationRow
	if err := s.read.WithContext(ctx).Where("id = ?", string(id)).Take(&row).Error; err != nil {
		return nil, translate(fmt.Errorf("find iteration: %w", err))
	}
	i := row.iteration()
	return &i, nil
}

// ListIterations gives the iterations of a programme in order of their numbers.
func (s *Store) ListIterations(ctx context.Context, id survey.ProgrammeID) ([]survey.Iteration, error) {
	var rows []iterationRow
	if err := s.read.WithContext(ctx).Where("programme = ?", string(id)).Order("number").Find(&rows).Error; err != nil {
		return nil, translate(fmt.Errorf("list iterations: %w", err))
	}
	all := make([]survey.Iteration, len(rows))
	for i, r := range rows {
		all[i] = r.iteration()
	}
	return all, nil
}
