package survey

import (
	"context"
	"fmt"
	"slices"

	"pulscheck/survey/account"
	"pulscheck/survey/fault"
)

// Planning is what finding work that is due asks of the store.
type Planning interface {
	FindRound(ctx context.Context, id RoundID) (*Round, error)
	// ListRounds gives the rounds in one of the states, any organisation.
	ListRounds(ctx context.Context, states ...State) ([]Round, error)
	// EnsureJobs stores each job unless one of its kind and object is waiting. One that
	// was given up, or ended at the same instant, waits again instead.
	EnsureJobs(ctx context.Context, jobs ...Job) error
}

// PlanJobs leaves a job for every round that needs one and has none waiting: rounds
// of a database that is older than the jobs, and those whose job was given up before
// this start.
func (s *Service) PlanJobs(ctx context.Context) error {
	rounds, err := s.store.ListRounds(ctx, Open, Closed, Counted)
	if err != nil {
		return err
	}
	jobs := make([]Job, len(rounds))
	for i := range rounds {
		kind := CountJob
		if rounds[i].State == Open {
			kind = CloseJob
		}
		jobs[i] = rounds[i].job(kind, rounds[i].Closes)
	}
	return s.store.EnsureJobs(ctx, jobs...)
}

// OpenDueRound opens a draft whose time has come. Where that takes two people it stays
// closed, and the leads are told; they may still open it by hand. A round that was opened or removed
// meanwhile is left alone. One
// that was moved to later gives EarlyError.
func (s *Service) OpenDueRound(ctx context.Context, id RoundID) error {
	round, err := s.roundIn(ctx, id, Draft, Review)
	if err != nil || round.ID == "" {
		return err
	}
	if s.now().Before(round.Opens) {
		return EarlyError{round.Opens}
	}
	_, err = s.OpenRound(ctx, account.System(), id)
	switch {
	case fault.Is(err, "review-pending"):
		return s.submitLate(ctx, &round)
	case fault.Is(err, "second-person-pending"):
		return s.tellUnconfirmed(ctx, &round)
	case err == nil || fault.Is(err, "round-open") || fault.Is(err, "round-vetoed"):
		return nil
	}
	return fmt.Errorf("open round %s: %w", id, err)
}

// SubmitDueRound lays a draft before the auditor, if the organisation has one.
func (s *Service) SubmitDueRound(ctx context.Context, id RoundID) error {
	round, err := s.roundIn(ctx, id, Draft)
	if err != nil || round.ID == "" {
		return err
	}
	if due := round.Opens.Add(-submitAhead); s.now().Before(due) {
		return EarlyError{due}
	}
	audited, err := s.audited(ctx, round.Organisation, s.now())
	if err != nil || !audited {
		return err
	}
	if _, err := s.SubmitRound(ctx, account.System(), id); err != nil && !fault.Is(err, "round-open") {
		return fmt.Errorf("submit round %s: %w", id, err)
	}
	return nil
}

// submitLate lays a round before the auditor that was to open now, and says when the
// auditor's time is over.
func (s *Service) submitLate(ctx context.Context, r *Round) error {
	submitted := s.now()
	if r.Submitted != nil {
		submitted = *r.Submitted
	} else if _, err := s.SubmitRound(ctx, account.System(), r.ID); err != nil {
		return fmt.Errorf("submit round %s: %w", r.ID, err)
	}
	return EarlyError{submitted.Add(reviewTime)}
}

// NumberDueRound takes the number of the day of an open round; the next one is due the
// next morning.
func (s *Service) NumberDueRound(ctx context.Context, id RoundID) error {
	round, err := s.roundIn(ctx, id, Open)
	if err != nil || round.ID == "" {
		return err
	}
	if err := s.StoreFieldNumber(ctx, id); err != nil {
		return err
	}
	o, err := s.store.FindOrganisation(ctx, round.Organisation)
	if err != nil {
		return err
	}
	if morning := NextFieldNumber(o, s.now()); morning.Before(round.Closes) {
		return EarlyError{morning}
	}
	return nil
}

// CloseDueRound closes an open round whose time is over.
func (s *Service) CloseDueRound(ctx context.Context, id RoundID) error {
	round, err := s.roundIn(ctx, id, Open)
	if err != nil || round.ID == "" {
		return err
	}
	if s.now().Before(round.Closes) {
		return EarlyError{round.Closes}
	}
	return s.CloseRound(ctx, account.System(), id)
}

// CountDueRound counts a closed round and forgets what it left, or goes on where that
// was cut off. One that is locked waits for its trustee, who is told: unlocking leaves
// another job.
func (s *Service) CountDueRound(ctx context.Context, id RoundID) error {
	round, err := s.roundIn(ctx, id, Closed, Counted)
	if err != nil || round.ID == "" {
		return err
	}
	if err := s.CountRound(ctx, id); !fault.Is(err, "trustee-pending") {
		return err
	}
	return s.awaitTrustee(ctx, &round)
}

// roundIn gives a round that is in one of the states, the zero Round if it is in none
// of them or gone.
func (s *Service) roundIn(ctx context.Context, id RoundID, states ...State) (Round, error) {
	round, err := s.store.FindRound(ctx, id)
	switch {
	case err != nil && fault.Of(err).Kind == fault.NotFound:
		return Round{}, nil
	case err != nil:
		return Round{}, err
	case !slices.Contains(states, round.State):
		return Round{}, nil
	}
	return *round, nil
}
