package survey

import (
	"context"
	"slices"
	"time"

	"pulscheck/survey/account"
	"pulscheck/survey/fault"
	"pulscheck/survey/locale"
)

// Asking is what one person asks to be done to a round and another one does, in an
// organisation that wants two (threat-model.md 6.1).
type Asking struct {
	What AskKind   `json:"what"`
	By   string    `json:"by"` // as in the audit
	At   time.Time `json:"at"`
}

// AskKind is what is asked.
type AskKind string

// The kinds.
const (
	AskOpen  AskKind = "open"
	AskClose AskKind = "close" // before its time
)

// askable is what may be asked of a round as it stands; "" for nothing.
func (r *Round) askable() AskKind {
	switch r.State {
	case Draft, Review:
		return AskOpen
	case Open:
		return AskClose
	}
	return ""
}

// Asked gives what somebody asked of a round and nobody has done yet, nil for nothing.
func (r *Round) Asked() *Asking {
	if r.Asking == nil || r.Asking.What != r.askable() {
		return nil
	}
	return r.Asking
}

// AskRound asks for a round to be opened, or to be ended before its time, by another lead,
// who is told by mail. Only people ask, no tokens. What was asked before is replaced; a
// draft that changes has to be asked for anew. Faults Conflict: "second-person-off",
// "second-person-account", "round-vetoed", "round-not-open".
func (s *Service) AskRound(ctx context.Context, actor account.Actor, id RoundID) (*Round, error) {
	round, err := s.round(ctx, actor, account.DraftRounds, id)
	if err != nil {
		return nil, err
	}
	o, err := s.store.FindOrganisation(ctx, round.Organisation)
	if err != nil {
		return nil, err
	}
	now, what := s.now(), round.askable()
	switch {
	case what == AskClose:
		if err := actor.In(account.OpenRounds, string(round.Organisation)); err != nil {
			return nil, err
		}
	case round.Vetoed != nil:
		return nil, fault.New(fault.Conflict, "round-vetoed")
	}
	switch {
	case !o.SecondPerson:
		return nil, fault.New(fault.Conflict, "second-person-off")
	case what == "" || what == AskClose && !now.Before(round.Closes):
		return nil, fault.New(fault.Conflict, "round-not-open")
	case actor.User() == "":
		return nil, fault.New(fault.Conflict, "second-person-account")
	}
	round.Asking = &Asking{what, actor.ID, now.UTC().Truncate(time.Second)}
	letters, err := s.secondLetters(ctx, o, actor, AskedMail, s.newID(), round)
	if err != nil {
		return nil, err
	}
	told := s.tell(actor, round.Organisation, "round.ask", string(id), map[string]string{"what": string(what)})
	if err := s.store.AskRound(ctx, round, letters, told); err != nil {
		return nil, err
	}
	round.Version++
	return round, nil
}

// checkSecond refuses what takes two people unless another one asked for it.
func checkSecond(o *Organisation, r *Round, actor account.Actor, what AskKind) error {
	wish := r.Asked()
	switch {
	case !o.SecondPerson:
		return nil
	case wish == nil || wish.What != what || actor.IsSystem():
		return fault.New(fault.Conflict, "second-person-pending")
	case actor.User() == "":
		return fault.New(fault.Conflict, "second-person-account")
	case wish.By == actor.ID:
		return fault.New(fault.Conflict, "second-person-same")
	}
	return nil
}

// tellUnconfirmed writes to the leads, once, that a round did not open when it was planned,
// because no second person had confirmed it.
func (s *Service) tellUnconfirmed(ctx context.Context, r *Round) error {
	o, err := s.store.FindOrganisation(ctx, r.Organisation)
	if err != nil {
		return err
	}
	letters, err := s.secondLetters(ctx, o, account.System(), UnconfirmedMail, string(r.ID), r)
	if err != nil || len(letters) == 0 {
		return err
	}
	return s.store.CreateLetters(ctx, letters, s.now())
}

// setSecond switches the second person on or off. On takes two leads.
// Off is told to the other leads and to the auditors, before it is so. Fault
// Invalid "second-person-missing".
func (s *Service) setSecond(ctx context.Context, actor account.Actor, o *Organisation, c *checks) ([]Letter, error) {
	if o.SecondPerson = !o.SecondPerson; o.SecondPerson {
		leads, err := s.leads(ctx, o.ID)
		if err == nil && len(leads) < 2 {
			c.wrong("/second_person", "second-person-missing")
		}
		return nil, err
	}
	id := s.newID()
	letters, err := s.secondLetters(ctx, o, actor, SecondOffMail, id, nil)
	for _, address := range o.Auditors {
		letters = append(letters, SecondLetter(o, SecondOffMail, id, address, locale.German, nil))
	}
	return letters, err
}

// leads gives the leads of an organisation, those who were invited and have not accepted
// left out.
func (s *Service) leads(ctx context.Context, id OrganisationID) ([]account.User, error) {
	all, err := s.store.ListUsers(ctx, id)
	return slices.DeleteFunc(all, func(u account.User) bool {
		return u.Role != account.Lead || u.In(string(id)) == nil
	}), err
}

// keepSecond refuses that a lead takes the last other lead away where two are wanted: to
// switch it off is told, this would not be. Fault Conflict "second-person-last".
func (s *Service) keepSecond(ctx context.Context, actor account.Actor, id OrganisationID, u *account.User) error {
	if actor.Role != account.Lead || u.Role != account.Lead || u.In(string(id)) == nil || u.Actor().ID == actor.ID {
		return nil
	}
	o, err := s.store.FindOrganisation(ctx, id)
	if err != nil || !o.SecondPerson {
		return err
	}
	leads, err := s.leads(ctx, id)
	if err == nil && len(leads) <= 2 {
		err = fault.New(fault.Conflict, "second-person-last")
	}
	return err
}

// secondLetters writes to every lead but the one who acts.
func (s *Service) secondLetters(ctx context.Context, o *Organisation, actor account.Actor, kind MailKind, subject string, r *Round) ([]Letter, error) {
	leads, err := s.leads(ctx, o.ID)
	var letters []Letter
	for _, u := range leads {
		if u.Actor().ID != actor.ID {
			letters = append(letters, SecondLetter(o, kind, subject, u.Email, u.Language, r))
		}
	}
	return letters, err
}

// SecondLetter tells of what takes two people; of a round, if there is one.
func SecondLetter(o *Organisation, kind MailKind, subject, recipient string, l locale.Language, r *Round) Letter {
	p, zone := locale.New(l), zoneOf(o)
	places := map[string]string{"organisation": o.Name}
	if r != nil {
		places["title"], places["opens"], places["closes"] = p.In(r.Title), p.Instant(r.Opens, zone), p.Instant(r.Closes, zone)
		places["what"] = p.T("mail.asked.open")
		if r.askable() == AskClose {
			places["what"] = p.T("mail.asked.close")
		}
	}
	return Letter{Organisation: o.ID, Kind: kind, Subject: subject, Recipient: recipient, Language: l, Places: places}
}
