package survey

import (
	"context"
	"strconv"

	"pulscheck/survey/account"
	"pulscheck/survey/audit"
	"pulscheck/survey/fault"
)

// Printing is what printing for a round asks of the store.
type Printing interface {
	// Tell appends an entry to the audit that belongs to no change of anything else.
	Tell(ctx context.Context, e audit.Entry) error
}

// ShowOpen gives a round that can still be answered, with its organisation, for posters.
// Faults: "round-not-open" (Conflict) before it was opened, "round-closed" (Gone).
func (s *Service) ShowOpen(ctx context.Context, actor account.Actor, id RoundID) (*Round, *Organisation, error) {
	return s.printable(ctx, actor, account.ReadRounds, id)
}

// PrintTickets gives the first n paper tickets of a round as the parts of their links
// behind "#", in order of their random handles: asked for again, the same ones. Whoever
// holds a ticket can answer with it, so it takes the right to open rounds. The audit
// hears how many were printed. Faults: as ShowOpen, "tickets-too-many" (Invalid).
func (s *Service) PrintTickets(ctx context.Context, actor account.Actor, id RoundID, n int) ([]string, error) {
	round, _, err := s.printable(ctx, actor, account.OpenRounds, id)
	if err != nil {
		return nil, err
	}
	_, paper, err := s.Links(ctx, id)
	if err != nil {
		return nil, err
	}
	if n < 1 || n > len(paper) {
		tooMany := fault.New(fault.Invalid, "tickets-too-many")
		tooMany.Args = map[string]any{"n": len(paper)}
		return nil, tooMany
	}
	told := s.tell(actor, round.Organisation, "round.tickets", string(id), map[string]string{
		"printed": strconv.Itoa(n), "paper": strconv.Itoa(len(paper)),
	})
	if err := s.store.Tell(ctx, told); err != nil {
		return nil, err
	}
	return paper[:n], nil
}

func (s *Service) printable(ctx context.Context, actor account.Actor, p account.Permission, id RoundID) (*Round, *Organisation, error) {
	round, err := s.round(ctx, actor, p, id)
	if err != nil {
		return nil, nil, err
	}
	switch {
	case !round.State.Opened():
		return nil, nil, fault.New(fault.Conflict, "round-not-open")
	case round.State != Open || !s.now().Before(round.Closes):
		return nil, nil, fault.New(fault.Gone, "round-closed")
	}
	organisation, err := s.store.FindOrganisation(ctx, round.Organisation)
	return round, organisation, err
}
