package survey

import (
	"context"
	"time"

	"pulscheck/survey/locale"
)

// Board is what the survey's page shows beside the questions, the same for everybody:
// where support is found, and what came of what was said before. Unlike the manifest it
// may change while the round is open.
type Board struct {
	Programme ProgrammeID
	Offers    []Offer
	Pairs     []Pair // released ones, the latest first: at most three, and one that cannot be done yet
	Ends      string // YYYY-MM-DD, the end of the iteration where the organisation is: until then there is an answer
	Audited   bool   // somebody may veto rounds before they open
}

// How many pairs the page has room for.
const (
	boardPairs  = 3
	boardNotYet = 1
)

// Board gives the board of an opened round.
func (s *Service) Board(ctx context.Context, id RoundID) (*Board, error) {
	o, err := s.find(ctx, id)
	if err != nil {
		return nil, err
	}
	return s.boards.get(s.now(), string(id), func() (*Board, error) { return s.board(ctx, o.round) })
}

func (s *Service) board(ctx context.Context, r *Round) (*Board, error) {
	iteration, err := s.store.FindIteration(ctx, r.Iteration)
	if err != nil {
		return nil, err
	}
	o, err := s.store.FindOrganisation(ctx, r.Organisation)
	if err != nil {
		return nil, err
	}
	zone, err := time.LoadLocation(o.Zone)
	if err != nil {
		return nil, err
	}
	coaching, err := s.store.FindCoaching(ctx, r.Organisation)
	if err != nil {
		return nil, err
	}
	released, err := s.ReleasedPairs(ctx, iteration.Programme)
	if err != nil {
		return nil, err
	}
	b := &Board{Programme: iteration.Programme, Ends: iteration.Ends.In(zone).Format(time.DateOnly)}
	for _, one := range coaching.Offers {
		one.When, one.Where = whole(one.When), whole(one.Where)
		b.Offers = append(b.Offers, one)
	}
	if b.Audited, err = s.audited(ctx, r.Organisation, s.now()); err != nil {
		return nil, err
	}
	left := map[bool]int{true: boardNotYet, false: boardPairs}
	for _, p := range released {
		if notYet := p.Status == PairNotYet; left[notYet] > 0 {
			left[notYet]--
			p.Said, p.Did = whole(p.Said), whole(p.Did)
			b.Pairs = append(b.Pairs, p)
		}
	}
	return b, nil
}

// whole gives a text in both languages, in the one that it was written in where the
// other is missing.
func whole(t locale.Text) locale.Text {
	return locale.Text{DE: either(t, locale.German), EN: either(t, locale.English)}
}
