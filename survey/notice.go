package survey

import (
	"context"
	"time"

	"pulscheck/survey/fault"
	"pulscheck/survey/locale"
)

// Notice is the public page of a programme: what people said and what was done, as far
// as somebody released it.
type Notice struct {
	Organisation string
	Programme    string
	Contact      locale.Text
	Pairs        []Pair // the latest first
	Counted      string // YYYY-MM-DD, when the last counted round ended; empty = none was
	Ends         string // until when there is an answer to it
}

// Notice gives the public page of a programme; fault NotFound if there is none.
func (s *Service) Notice(ctx context.Context, id ProgrammeID) (*Notice, error) {
	if !wellFormed(string(id)) {
		return nil, fault.New(fault.NotFound, "not-found")
	}
	return s.notices.get(s.now(), string(id), func() (*Notice, error) { return s.notice(ctx, id) })
}

func (s *Service) notice(ctx context.Context, id ProgrammeID) (*Notice, error) {
	p, err := s.store.FindProgramme(ctx, id)
	if err != nil {
		return nil, err
	}
	o, err := s.store.FindOrganisation(ctx, p.Organisation)
	if err != nil {
		return nil, err
	}
	zone, err := time.LoadLocation(o.Zone)
	if err != nil {
		return nil, err
	}
	n := &Notice{Organisation: o.Name, Programme: p.Name, Contact: o.Contact}
	if n.Pairs, err = s.ReleasedPairs(ctx, id); err != nil {
		return nil, err
	}
	iterations, err := s.store.ListIterations(ctx, id)
	if err != nil {
		return nil, err
	}
	var last time.Time
	for _, i := range iterations {
		rounds, err := s.store.ListRoundsOf(ctx, i.ID)
		if err != nil {
			return nil, err
		}
		for _, r := range rounds {
			if r.CountedAt != nil && r.Closes.After(last) {
				last = r.Closes
				n.Counted, n.Ends = last.In(zone).Format(time.DateOnly), i.Ends.In(zone).Format(time.DateOnly)
			}
		}
	}
	return n, nil
}
