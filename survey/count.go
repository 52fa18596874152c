package survey

import (
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"

	"pulscheck/survey/account"
	"pulscheck/survey/ballot"
	"pulscheck/survey/fault"
	"pulscheck/survey/tally"
)

// FinishRound closes a round, whatever its time, counts it and forgets everything
// but the results. It may be called again after it was cut off.
func (s *Service) FinishRound(ctx context.Context, id RoundID) error {
	if err := s.CloseRound(ctx, account.System(), id); err != nil {
		return err
	}
	return s.CountRound(ctx, id)
}

// CloseRound ends an open round, whatever its time, and leaves a job to count it.
// Answers that come later are refused as "round-closed". A round that is past that is
// left as it is, one before it is fault Conflict "round-not-open". Before its time it takes
// two people where an organisation wants that: faults as of OpenRound.
func (s *Service) CloseRound(ctx context.Context, actor account.Actor, id RoundID) error {
	if err := s.clock(); err != nil {
		return err
	}
	round, err := s.round(ctx, actor, account.OpenRounds, id)
	if err != nil {
		return err
	}
	if !round.State.Opened() {
		return fault.New(fault.Conflict, "round-not-open")
	}
	if !actor.IsSystem() && s.now().Before(round.Closes) && round.State == Open {
		o, err := s.store.FindOrganisation(ctx, round.Organisation)
		if err == nil {
			err = checkSecond(o, round, actor, AskClose)
		}
		if err != nil {
			return err
		}
	}
	told := s.tell(actor, round.Organisation, "round.close", string(id), nil)
	if err := s.store.CloseRound(ctx, id, told, round.job(CountJob, told.At)); err != nil {
		return fmt.Errorf("close round %s: %w", id, err)
	}
	return nil
}

// CountRound counts a closed round and forgets everything but the results. It goes on
// where it was cut off; faults Conflict "round-open" before, and "trustee-pending" as
// long as its trustee has not unlocked it.
func (s *Service) CountRound(ctx context.Context, id RoundID) error {
	if err := s.countRound(ctx, id); err != nil && !fault.Is(err, "round-counted") {
		return fmt.Errorf("count round %s: %w", id, err)
	}
	s.witness(ctx) // that it was counted outlasts a restore
	if err := s.keys.Destroy(string(id)); err != nil {
		return err
	}
	s.forget(id)
	if err := s.store.ForgetRound(ctx, id, s.now()); err != nil {
		return fmt.Errorf("forget round %s: %w", id, err)
	}
	return nil
}

func (s *Service) countRound(ctx context.Context, id RoundID) error {
	round, err := s.store.FindRound(ctx, id)
	if err != nil {
		return err
	}
	if round.State == Counted || round.State == Done {
		return fault.New(fault.Conflict, "round-counted")
	}
	o, err := s.find(ctx, id)
	if err != nil {
		return err
	}
	keys, err := s.loadKeys(o)
	if err != nil {
		return err
	}
	if keys.Locked() {
		return ballot.ErrLocked
	}
	counter, err := s.counter(ctx, round)
	if err != nil {
		return err
	}
	counted := CountedRound{Round: id, At: s.now()}
	if round.Kind == CheckRound {
		counted.Then = []Job{round.job(ReportJob, counted.At)}
	}
	if err := s.openBallots(ctx, o, keys, counter, &counted); err != nil {
		return err
	}
	seed, err := drawSeed(s.random)
	if err != nil {
		return err
	}
	counted.Results, counted.Kept = counter.Results(rand.New(rand.NewChaCha8(seed)))
	return s.store.CountRound(ctx, counted)
}

// counter prepares the counting of a round.
func (s *Service) counter(ctx context.Context, r *Round) (*tally.Counter, error) {
	cells, err := s.store.ListInvited(ctx, r.ID)
	if err != nil {
		return nil, err
	}
	iteration, err := s.store.FindIteration(ctx, r.Iteration)
	if err != nil {
		return nil, err
	}
	earlier, err := s.earlier(ctx, r.ID)
	if err != nil {
		return nil, err
	}
	in := tally.Input{
		Round: string(r.ID), Iteration: string(r.Iteration), Number: iteration.Number, Check: r.Kind == CheckRound, Closed: r.Closes,
		K: r.K, Questionnaire: r.Questionnaire, Earlier: earlier, Restored: r.Restored != nil,
	}
	for _, c := range cells {
		in.Invited = append(in.Invited, tally.Invited{Process: c.Process, Role: c.Role, Unit: c.Unit, People: c.Invited})
	}
	return tally.NewCounter(in), nil
}

// earlier gives the counted rounds of the programme, the last check and the last
// pulse with how the people invited to this round differ (decision 24).
func (s *Service) earlier(ctx context.Context, id RoundID) ([]tally.Earlier, error) {
	list, err := s.store.ListEarlier(ctx, id)
	if err != nil {
		return nil, err
	}
	seen := map[bool]bool{}
	for i := range slices.Backward(list) {
		e := &list[i]
		if seen[e.Check] {
			continue
		}
		seen[e.Check] = true
		if e.Moves, err = s.store.CompareRosters(ctx, RoundID(e.Results.Round), id); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// openAtOnce is how many ballots are readable at the same time.
const openAtOnce = 2000

// openBallots hands all ballots of the round to the counter. Fewer than k are not
// opened at all.
func (s *Service) openBallots(ctx context.Context, o *opened, keys *ballot.Keys, counter *tally.Counter, counted *CountedRound) error {
	waiting := make([]ballot.Sealed, 0, openAtOnce)
	opening := false
	openWaiting := func() {
		for _, one := range keys.OpenBatch(waiting) {
			payload, err := one.Payload, one.Err
			if err == nil {
				payload, err = CheckSubmission(o.manifest, payload)
			}
			if err != nil {
				counter.Invalid()
				continue
			}
			counter.Add(payload)
		}
		waiting = waiting[:0]
	}
	err := s.store.EachBallot(ctx, o.round.ID, func(b SealedBallot) error {
		counted.Ballots++
		counted.TicketHashes = append(counted.TicketHashes, b.TicketHash)
		waiting = append(waiting, ballot.Sealed{TicketHash: b.TicketHash, Box: b.Sealed, Digest: b.Digest})
		if len(waiting) == openAtOnce {
			opening = true
			openWaiting()
		}
		return nil
	})
	if err == nil && (opening || counted.Ballots >= o.round.K) {
		openWaiting()
	}
	return err
}

// drawSeed gives the seed of a generator for shuffling.
func drawSeed(random io.Reader) (seed [32]byte, err error) {
	if err := binary.Read(random, binary.LittleEndian, &seed); err != nil {
		return seed, fmt.Errorf("draw seed: %w", err)
	}
	return seed, nil
}
