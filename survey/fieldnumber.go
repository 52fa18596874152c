package survey

import (
	"context"
	"time"

	"pulscheck/survey/account"
)

// FieldNumbers is what the number shown of an open round asks of the store.
type FieldNumbers interface {
	FindRound(ctx context.Context, id RoundID) (*Round, error)
	FindOrganisation(ctx context.Context, id OrganisationID) (*Organisation, error)
	// CountBallots gives the number of ballots of a round.
	CountBallots(ctx context.Context, id RoundID) (int, error)
	// PutFieldNumber replaces the number of a round by that of a later day.
	PutFieldNumber(ctx context.Context, id RoundID, n FieldNumber) error
	// FindFieldNumber gives the number of a round; fault NotFound if there is none.
	FindFieldNumber(ctx context.Context, id RoundID) (FieldNumber, error)
}

// FieldNumber is all that is told of an open round: how many answered, once a day,
// rounded down to a multiple of 5, from 10 on (threat-model.md 4.5). Only the last
// one exists.
type FieldNumber struct {
	Day     string // 2026-03-02, in the organisation's zone
	Answers int    // 0 = fewer than 10
}

// Hour of the day, step and floor of field numbers.
const (
	fieldHour  = 6
	fieldStep  = 5
	fieldFloor = 10
)

// NextFieldNumber gives the instant after t at which the number of a round falls due:
// 06:00 in the organisation's zone.
func NextFieldNumber(o *Organisation, t time.Time) time.Time {
	t = t.In(zoneOf(o))
	due := time.Date(t.Year(), t.Month(), t.Day(), fieldHour, 0, 0, 0, t.Location())
	if !due.After(t) {
		due = time.Date(t.Year(), t.Month(), t.Day()+1, fieldHour, 0, 0, 0, t.Location())
	}
	return due.UTC()
}

// StoreFieldNumber takes the number of the day, once: a second run on the same day,
// which begins at 06:00, changes nothing. Rounds that are not open have none.
func (s *Service) StoreFieldNumber(ctx context.Context, id RoundID) error {
	round, err := s.store.FindRound(ctx, id)
	if err != nil {
		return err
	}
	now := s.now()
	if round.State != Open || now.Before(round.Opens) || !now.Before(round.Closes) {
		return nil
	}
	o, err := s.store.FindOrganisation(ctx, round.Organisation)
	if err != nil {
		return err
	}
	ballots, err := s.store.CountBallots(ctx, id)
	if err != nil {
		return err
	}
	if ballots < fieldFloor {
		ballots = 0
	}
	day := NextFieldNumber(o, now).In(zoneOf(o)).AddDate(0, 0, -1).Format(time.DateOnly)
	return s.store.PutFieldNumber(ctx, id, FieldNumber{Day: day, Answers: ballots / fieldStep * fieldStep})
}

// FieldNumber gives the number of an open round; fault NotFound before its first
// morning.
func (s *Service) FieldNumber(ctx context.Context, actor account.Actor, id RoundID) (FieldNumber, error) {
	if _, err := s.round(ctx, actor, account.ReadRounds, id); err != nil {
		return FieldNumber{}, err
	}
	return s.store.FindFieldNumber(ctx, id)
}
