package survey

import (
	"cmp"
	"context"
	"slices"

	"pulscheck/survey/account"
)

// Inspection is what an auditor looks at before a round opens: who is asked what. It
// says nothing about who answered.
type Inspection struct {
	Round  *Round
	Fixed  bool // submitted or opened: nothing of it changes any more
	Groups []GroupSize
	// Shifted are the groups that may stay hidden because hardly anybody came or went since
	// the last round; the zero GroupSize is everybody.
	Shifted []GroupSize
	// People are those who are asked, in order of address and name; only for an auditor
	// and until the round closes.
	People []Asked
	// Unnamed are those of the fixed list whose address, or name and unit, nobody has any
	// more: they were changed or removed since.
	Unnamed int
}

// GroupSize is the number of people asked with these attributes; empty = any.
type GroupSize struct {
	Process, Role, Unit string
	Invited             int
}

// Asked is a person on the list of a round.
type Asked struct {
	Email, Name         string
	Process, Role, Unit string
}

// InspectRound shows questions, groups and list of a round, as they would be now for a
// draft. The list itself is for auditors: it lets them find people who are not there,
// or a group of one real person. Fault Invalid "round-too-small" for such a draft.
func (s *Service) InspectRound(ctx context.Context, actor account.Actor, id RoundID) (*Inspection, error) {
	round, err := s.round(ctx, actor, account.ReviewRounds, id)
	if err != nil {
		return nil, err
	}
	i := &Inspection{Round: round, Fixed: round.State != Draft}
	var roster []RosterRow
	if i.Fixed {
		roster, err = s.store.ListRoster(ctx, id)
	} else {
		var frozen *Frozen
		if frozen, err = s.freeze(ctx, round); err == nil {
			roster = frozen.Roster
		}
	}
	if err != nil {
		return nil, err
	}
	i.Groups = groupSizes(roster)
	if i.Shifted, err = s.shifts(ctx, round, roster, i.Groups); err != nil {
		return nil, err
	}
	over, audits := round.State.Opened() && round.State != Open, actor.May(account.VetoRounds) == nil
	if audits && !over {
		err = s.name(ctx, i, roster)
	}
	return i, err
}

// groupSizes counts a roster by everything that may become a group (decision 18).
func groupSizes(roster []RosterRow) []GroupSize {
	sizes := map[GroupSize]int{}
	for _, r := range roster {
		for _, g := range []GroupSize{{Process: r.Process}, {Role: r.Role}, {Process: r.Process, Role: r.Role}, {Unit: r.Unit}} {
			sizes[g]++
		}
	}
	delete(sizes, GroupSize{}) // people without a unit
	all := make([]GroupSize, 0, len(sizes))
	for g, n := range sizes {
		g.Invited = n
		all = append(all, g)
	}
	slices.SortFunc(all, func(a, b GroupSize) int {
		return cmp.Or(cmp.Compare(a.Unit, b.Unit), cmp.Compare(a.Process, b.Process), cmp.Compare(a.Role, b.Role))
	})
	return all
}

// name finds the people behind the marks of a roster.
func (s *Service) name(ctx context.Context, i *Inspection, roster []RosterRow) error {
	installation, err := s.keys.Installation()
	if err != nil {
		return err
	}
	people, err := s.store.ListEverybody(ctx, i.Round.Organisation)
	if err != nil {
		return err
	}
	byMark := make(map[string]Person, len(people))
	for _, p := range people {
		byMark[string(rosterMark(installation, p))] = p
	}
	for _, r := range roster {
		p, found := byMark[string(r.Mark)]
		if !found {
			i.Unnamed++
			continue
		}
		i.People = append(i.People, Asked{p.Email, p.Name, r.Process, r.Role, r.Unit})
	}
	slices.SortFunc(i.People, func(a, b Asked) int {
		return cmp.Or(cmp.Compare(a.Email, b.Email), cmp.Compare(a.Name, b.Name), cmp.Compare(a.Unit, b.Unit))
	})
	return nil
}
