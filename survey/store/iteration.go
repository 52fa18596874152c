package store

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"pulscheck/survey"
	"pulscheck/survey/audit"
)

type iterationRow struct {
	ID        string
	Programme string
	Number    int
	Phase     string
	Starts    time.Time
	Ends      time.Time
	Settings  string
	Version   int
}

func (iterationRow) TableName() string { return "iterations" }

// iterationSettings are what nobody searches by.
type iterationSettings struct {
	Checks time.Time      `json:"checks,omitzero"`
	Scope  []string       `json:"scope,omitempty"`
	Events []survey.Event `json:"events,omitempty"`

	NoGoals string         `json:"no_goals,omitempty"`
	Meeting survey.Meeting `json:"meeting,omitzero"`
}

func newIterationRow(i *survey.Iteration) (iterationRow, error) {
	settings, err := json.Marshal(iterationSettings{i.Checks.UTC(), i.Scope, i.Events, i.NoGoals, i.Meeting})
	return iterationRow{
		string(i.ID), string(i.Programme), i.Number, string(i.Phase), i.Starts.UTC(), i.Ends.UTC(), string(settings), 1,
	}, err
}

func (r iterationRow) iteration() (survey.Iteration, error) {
	var s iterationSettings
	if err := readSettings(r.Settings, &s); err != nil {
		return survey.Iteration{}, err
	}
	return survey.Iteration{
		ID: survey.IterationID(r.ID), Programme: survey.ProgrammeID(r.Programme), Number: r.Number,
		Phase: survey.Phase(r.Phase), Starts: r.Starts.UTC(), Checks: s.Checks.UTC(), Ends: r.Ends.UTC(),
		Scope: s.Scope, Events: s.Events, NoGoals: s.NoGoals, Meeting: s.Meeting, Version: r.Version,
	}, nil
}

// CreateIteration stores an iteration. A number that the programme has already is
// fault Conflict "key-taken".
func (s *Store) CreateIteration(ctx context.Context, i *survey.Iteration, told ...audit.Entry) error {
	row, err := newIterationRow(i)
	if err != nil {
		return fmt.Errorf("create iteration: %w", err)
	}
	i.Version = row.Version
	return s.create(ctx, "create iteration", &row, told)
}

// UpdateIteration stores what changed since version i.Version. With next it creates
// the following iteration with what is carried on into it, with planned it replaces the
// planned drafts. With another scope nobody asks for its drafts to be opened any more.
func (s *Store) UpdateIteration(ctx context.Context, i *survey.Iteration, next *survey.Following, planned *survey.Replanned, told ...audit.Entry) error {
	row, err := newIterationRow(i)
	if err != nil {
		return fmt.Errorf("update iteration: %w", err)
	}
	return s.inTx(ctx, "update iteration", func(tx *gorm.DB) error {
		if next != nil {
			if err := follow(tx, next); err != nil {
				return err
			}
		}
		if planned != nil {
			if err := replan(tx, *planned); err != nil {
				return err
			}
		}
		if err := dropWishes(tx, i); err != nil {
			return err
		}
		return change(tx, tx.Model(&iterationRow{}).Where("id = ?", row.ID), i.Version, map[string]any{
			"phase": row.Phase, "starts": row.Starts, "ends": row.Ends, "settings": row.Settings,
		}, told)
	})
}

// dropWishes takes back what was asked of the drafts of an iteration whose scope changes: who
// asked meant other people. It comes before the iteration itself is written.
func dropWishes(tx *gorm.DB, i *survey.Iteration) error {
	var before iterationRow
	if err := tx.Where("id = ?", string(i.ID)).Take(&before).Error; err != nil {
		return err
	}
	was, err := before.iteration()
	if err != nil || slices.Equal(was.Scope, i.Scope) {
		return err
	}
	var rows []roundRow
	drafts := tx.Clauses(clause.Locking{Strength: "UPDATE"}).Where("iteration = ? AND state = ?", string(i.ID), string(survey.Draft))
	if err := drafts.Order("id").Find(&rows).Error; err != nil {
		return err
	}
	for _, r := range rows {
		var settings roundSettings
		if err := readSettings(r.Settings, &settings); err != nil {
			return err
		}
		if settings.Asking == nil {
			continue
		}
		settings.Asking = nil
		text, err := json.Marshal(settings)
		if err != nil {
			return err
		}
		if err := change(tx, tx.Model(&roundRow{}).Where("id = ?", r.ID), r.Version, map[string]any{"settings": string(text)}, nil); err != nil {
			return err
		}
	}
	return nil
}

// follow creates the iteration after one that ends, and what is carried on into it.
func follow(tx *gorm.DB, next *survey.Following) error {
	if next.Iteration != nil {
		row, err := newIterationRow(next.Iteration)
		if err != nil {
			return err
		}
		if err := tx.Create(&row).Error; err != nil {
			return taken(err)
		}
	}
	for n := range next.Carried {
		if err := addRecord(tx, &next.Carried[n], nil); err != nil {
			return err
		}
	}
	return nil
}

// FindIteration gives an iteration; fault NotFound otherwise.
func (s *Store) FindIteration(ctx context.Context, id survey.IterationID) (*survey.Iteration, error) {
	var row iterationRow
	if err := s.read.WithContext(ctx).Where("id = ?", string(id)).Take(&row).Error; err != nil {
		return nil, translate(fmt.Errorf("find iteration: %w", err))
	}
	i, err := row.iteration()
	return &i, err
}

// ListIterations gives the iterations of a programme in order of their numbers.
func (s *Store) ListIterations(ctx context.Context, id survey.ProgrammeID) ([]survey.Iteration, error) {
	var rows []iterationRow
	if err := s.read.WithContext(ctx).Where("programme = ?", string(id)).Order("number").Find(&rows).Error; err != nil {
		return nil, translate(fmt.Errorf("list iterations: %w", err))
	}
	all := make([]survey.Iteration, len(rows))
	for i, r := range rows {
		var err error
		if all[i], err = r.iteration(); err != nil {
			return nil, err
		}
	}
	return all, nil
}
