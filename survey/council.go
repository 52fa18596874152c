package survey

import (
	"context"
	"time"

	"pulscheck/survey/account"
)

// Periods are how long things are kept, as Purge and counting hold to them.
type Periods struct {
	LeaverDays, RosterDays, CommentMonths, AuditMonths, AddressDays, JobDays, LetterDays, AccountDays, AskedDays, ForfeitDays int
	ReviewHours, ReplyHours                                                                                                   int
}

// Keeps gives how long this installation keeps things.
func Keeps() Periods {
	return Periods{
		LeaverDays: int(keptAfterLeaving / day), RosterDays: rosterDays, CommentMonths: commentMonths, AuditMonths: auditMonths, AddressDays: addressDays, JobDays: jobDays, LetterDays: letterDays, AccountDays: accountDays,
		AskedDays:   int(inviteLife/day) + accountDays,
		ForfeitDays: int(forfeitAfter / day), ReviewHours: int(reviewTime / time.Hour), ReplyHours: int(ReplyLife / time.Hour),
	}
}

const day = 24 * time.Hour

// Council is what a works council is told about an organisation, as it is configured
// now. It names nobody.
type Council struct {
	At           time.Time
	Organisation *Organisation
	Audited      bool // somebody may veto rounds before they open
	Programmes   []Programme
	Rounds       []CouncilRound // submitted or opened, by programme, iteration and closing
	People       int            // on the list
	WithoutMail  int            // of them, who take part by paper ticket
	Periods      Periods
}

// CouncilRound is a round with where it belongs.
type CouncilRound struct {
	Round
	Programme string
	Number    int // of the iteration
}

// TakeCouncil gives the same to be taken out as a file, and tells the audit.
func (s *Service) TakeCouncil(ctx context.Context, actor account.Actor, id OrganisationID) (*Council, error) {
	c, err := s.ShowCouncil(ctx, actor, id)
	if err != nil {
		return nil, err
	}
	return c, s.store.Tell(ctx, s.tell(actor, id, "export.council", string(id), nil))
}

// ShowCouncil gives what a works council is told.
func (s *Service) ShowCouncil(ctx context.Context, actor account.Actor, id OrganisationID) (*Council, error) {
	o, err := s.organisation(ctx, actor, account.ReviewRounds, id)
	if err != nil {
		return nil, err
	}
	c := &Council{At: s.now(), Organisation: o, Periods: Keeps()}
	if c.Audited, err = s.audited(ctx, id, c.At); err != nil {
		return nil, err
	}
	people, err := s.store.ListPeople(ctx, id)
	if err != nil {
		return nil, err
	}
	c.People = len(people)
	for _, p := range people {
		if p.Email == "" {
			c.WithoutMail++
		}
	}
	if c.Programmes, err = s.store.ListProgrammes(ctx, id); err != nil {
		return nil, err
	}
	for _, p := range c.Programmes {
		if err := s.councilRounds(ctx, c, &p); err != nil {
			return nil, err
		}
	}
	return c, nil
}

func (s *Service) councilRounds(ctx context.Context, c *Council, p *Programme) error {
	iterations, err := s.store.ListIterations(ctx, p.ID)
	if err != nil {
		return err
	}
	for _, i := range iterations {
		rounds, err := s.store.ListRoundsOf(ctx, i.ID)
		if err != nil {
			return err
		}
		for _, r := range rounds {
			if r.State != Draft {
				c.Rounds = append(c.Rounds, CouncilRound{r, p.Name, i.Number})
			}
		}
	}
	return nil
}
