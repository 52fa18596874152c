package store

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"pulscheck/survey"
	"pulscheck/survey/ballot"
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

// ListEarlier gives the other counted rounds of the same programme in order of closing.
func (s *Store) ListEarlier(ctx context.Context, id survey.RoundID) ([]tally.Earlier, error) {
	round, err := s.FindRound(ctx, id)
	if err != nil {
		return nil, err
	}
	mine, err := s.FindIteration(ctx, round.Iteration)
	if err != nil {
		return nil, err
	}
	earlier, err := s.ListCounted(ctx, mine.Programme)
	return slices.DeleteFunc(earlier, func(e tally.Earlier) bool { return e.Results.Round == string(id) }), err
}

// ListCounted gives the counted rounds of a programme in order of closing.
func (s *Store) ListCounted(ctx context.Context, id survey.ProgrammeID) ([]tally.Earlier, error) {
	iterations, err := s.ListIterations(ctx, id)
	if err != nil {
		return nil, err
	}
	var earlier []tally.Earlier
	for _, i := range iterations {
		rounds, err := s.ListRoundsOf(ctx, i.ID)
		if err != nil {
			return nil, err
		}
		for _, r := range rounds {
			if r.CountedAt == nil {
				continue
			}
			e := tally.Earlier{Number: i.Number, Check: r.Kind == survey.CheckRound, Closed: r.Closes, Questionnaire: r.Questionnaire}
			if e.Results, e.Kept, err = s.FindResults(ctx, r.ID); err != nil {
				return nil, err
			}
			earlier = append(earlier, e)
		}
	}
	slices.SortStableFunc(earlier, func(a, b tally.Earlier) int { return a.Closed.Compare(b.Closed) })
	return earlier, nil
}

// CompareRosters counts the people of two rosters by where they stand in each.
func (s *Store) CompareRosters(ctx context.Context, earlier, later survey.RoundID) ([]tally.Move, error) {
	var rows []struct {
		FromProcess, FromRole, FromUnit *string
		ToProcess, ToRole, ToUnit       *string
		People                          int
	}
	const columns = `a.process AS from_process, a.role AS from_role, a.unit AS from_unit,
		b.process AS to_process, b.role AS to_role, b.unit AS to_unit, COUNT(*) AS people`
	const cells = `a.process, a.role, a.unit, b.process, b.role, b.unit`
	err := s.read.WithContext(ctx).Raw(`SELECT `+columns+` FROM rosters a LEFT JOIN rosters b ON b.round = ? AND b.mark = a.mark
		WHERE a.round = ? GROUP BY `+cells+`
		UNION ALL SELECT `+columns+` FROM rosters b LEFT JOIN rosters a ON a.round = ? AND a.mark = b.mark
		WHERE b.round = ? AND a.mark IS NULL GROUP BY `+cells,
		string(later), string(earlier), string(earlier), string(later)).Scan(&rows).Error
	if err != nil {
		return nil, translate(fmt.Errorf("compare rosters: %w", err))
	}
	var moves []tally.Move
	known := map[string]bool{}
	for _, r := range rows {
		m := tally.Move{People: r.People}
		if r.FromProcess != nil {
			m.From = &ballot.Attributes{Process: *r.FromProcess, Role: *r.FromRole, Unit: *r.FromUnit}
			known["earlier"] = true
		}
		if r.ToProcess != nil {
			m.To = &ballot.Attributes{Process: *r.ToProcess, Role: *r.ToRole, Unit: *r.ToUnit}
			known["later"] = true
		}
		moves = append(moves, m)
	}
	if !known["earlier"] || !known["later"] {
		return nil, nil
	}
	return moves, nil
}
