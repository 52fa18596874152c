package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"

	"pulscheck/survey"
	"pulscheck/survey/tally"
)

// FindResults gives what a counted round released and what is kept to compare it
// with later rounds; fault NotFound before counting.
func (s *Store) FindResults(ctx context.Context, id survey.RoundID) (*tally.Results, *tally.Kept, error) {
	var row struct {
		Results   string
		Kept      string
		CountedAt *time.Time
	}
	err := s.read.WithContext(ctx).Table("results").Select("results.results, results.kept, rounds.counted_at").
		Joins("JOIN rounds ON rounds.id = results.round").Where("results.round = ?", string(id)).Take(&row).Error
	if err != nil {
		return nil, nil, translate(fmt.Errorf("find results: %w", err))
	}
	var results tally.Results
	var kept tally.Kept
	if err := json.Unmarshal([]byte(row.Results), &results); err != nil {
		return nil, nil, fmt.Errorf("read results of round %s: %w", id, err)
	}
	if err := json.Unmarshal([]byte(row.Kept), &kept); err != nil {
		return nil, nil, fmt.Errorf("read results of round %s: %w", id, err)
	}
	if row.CountedAt != nil {
		results.CountedAt = row.CountedAt.UTC()
	}
	return &results, &kept, nil
}

// PreviousResults gives the last counted round of the same programme and kind, nil if none.
func (s *Store) PreviousResults(ctx context.Context, id survey.RoundID) (*tally.Results, error) {
	var previous string
	err := s.read.WithContext(ctx).Raw(`SELECT r.id FROM rounds r JOIN iterations i ON i.id = r.iteration
		JOIN iterations mine ON mine.programme = i.programme JOIN rounds m ON m.iteration = mine.id
		WHERE m.id = ? AND r.id <> m.id AND r.kind = m.kind AND r.counted_at IS NOT NULL
		ORDER BY r.closes DESC, r.id LIMIT 1`, string(id)).Row().Scan(&previous)
	if err != nil {
		if errors.Is(err, sql.ErrNoRows) {
			return nil, nil
		}
		return nil, translate(fmt.Errorf("find previous round: %w", err))
	}
	results, _, err := s.FindResults(ctx, survey.RoundID(previous))
	return results, err
}

// ListComments gives the released texts of a round in random order.
func (s *Store) ListComments(ctx context.Context, id survey.RoundID) ([]tally.Comment, error) {
	var rows []commentRow
	err := s.read.WithContext(ctx).Where("round = ?", string(id)).Order("id").Find(&rows).Error
	if err != nil && !errors.Is(err, gorm.ErrRecordNotFound) {
		return nil, translate(fmt.Errorf("list comments: %w", err))
	}
	comments := make([]tally.Comment, len(rows))
	for i, r := range rows {
		comments[i] = tally.Comment{Text: r.Body, Kind: r.Kind}
	}
	return comments, nil
}
