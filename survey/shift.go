package survey

import (
	"context"
	"slices"

	"pulscheck/survey/ballot"
	"pulscheck/survey/tally"
)

// shifts gives the groups of a round that is not over which the roster guard may withhold,
// because from one to k-1 people of them came or went since the last counted check or pulse
// round (decision 24); the zero GroupSize is everybody. Groups below k are never shown
// anyway. It says neither who nor how many.
func (s *Service) shifts(ctx context.Context, r *Round, roster []RosterRow, groups []GroupSize) ([]GroupSize, error) {
	if r.State.Opened() && r.State != Open {
		return nil, nil
	}
	earlier, err := s.store.ListEarlier(ctx, r.ID)
	if err != nil {
		return nil, err
	}
	seen := map[bool]bool{}
	var found []GroupSize
	for i := range slices.Backward(earlier) {
		e := &earlier[i]
		if seen[e.Check] {
			continue
		}
		seen[e.Check] = true
		then, err := s.store.ListRoster(ctx, RoundID(e.Results.Round))
		if err != nil {
			return nil, err
		}
		if len(then) == 0 {
			continue
		}
		e.Moves = moves(then, roster)
		for _, g := range append([]GroupSize{{Invited: len(roster)}}, groups...) {
			of := tally.Group{Process: g.Process, Role: g.Role, Unit: g.Unit}
			if g.Invited >= r.K && !slices.Contains(found, g) && e.Shifts(of, r.K) {
				found = append(found, g)
			}
		}
	}
	return found, nil
}

// moves tells where each person of two rosters stands in both.
func moves(then, now []RosterRow) []tally.Move {
	place := func(r RosterRow) *ballot.Attributes {
		return &ballot.Attributes{Process: r.Process, Role: r.Role, Unit: r.Unit}
	}
	at := make(map[string]int, len(then))
	all := make([]tally.Move, 0, len(then))
	for _, r := range then {
		if len(r.Mark) > 0 {
			at[string(r.Mark)] = len(all)
		}
		all = append(all, tally.Move{From: place(r), People: 1})
	}
	for _, r := range now {
		if i, stayed := at[string(r.Mark)]; stayed {
			all[i].To = place(r)
			continue
		}
		all = append(all, tally.Move{To: place(r), People: 1})
	}
	return all
}
