package survey

import (
	"context"
	"math/rand/v2"
	"slices"
	"strconv"

	"pulscheck/survey/account"
	"pulscheck/survey/ballot"
	"pulscheck/survey/fault"
	"pulscheck/survey/locale"
)

// Mailing gives the next mails of a kind to the invited people of a round, each in
// the state in which an earlier run left it; nobody left ends it. Faults:
// "round-not-open" (Conflict), "round-closed" (Gone).
//
// A reminder decides on every member once: those who are passed over get the same
// entry in the ledger as those who are reminded, so that it says neither who nor how
// many that were.
func (s *Service) Mailing(ctx context.Context, id RoundID, kind MailKind, option ReminderOption) (*Mailing, error) {
	w, err := s.walk(ctx, id, kind)
	if err != nil {
		return nil, err
	}
	started, err := s.store.BeginMailing(ctx, MailingRow{Round: id, Organisation: w.round.Organisation, Kind: kind, At: s.now()})
	if err != nil {
		return nil, err
	}
	m := &Mailing{Round: w.round, Organisation: w.organisation, Manifest: w.manifest, Kind: kind, Everybody: bool(option)}
	m.Before = before(w.round, kind, started)
	if started[kind].Ended {
		return m, nil
	}
	if err := s.abandoned(ctx, w); err != nil {
		return nil, err
	}
	to := w.in("", MailQueued)
	if kind != InvitationMail && option == RemindMissing {
		if to, err = s.stillMissing(ctx, w, to); err != nil {
			return nil, err
		}
	}
	if len(to) == 0 {
		return m, s.store.EndMailing(ctx, started[kind], w.sums())
	}
	fresh := slices.DeleteFunc(slices.Clone(to), func(x walked) bool { return x.state == MailQueued })
	if m.Again = len(fresh) == 0; !m.Again {
		to = fresh
	}
	seed, err := drawSeed(s.random)
	if err != nil {
		return nil, err
	}
	rand.New(rand.NewChaCha8(seed)).Shuffle(len(to), func(i, j int) { to[i], to[j] = to[j], to[i] })
	for _, x := range to {
		m.To = append(m.To, x.Addressee)
	}
	return m, nil
}

// abandoned turns the mails whose sender died into uncertain ones.
func (s *Service) abandoned(ctx context.Context, w *walk) error {
	dead := entries(w.in(MailSending))
	if len(dead) == 0 {
		return nil
	}
	for i := range w.members {
		if w.members[i].state == MailSending {
			w.members[i].state = MailUncertain
		}
	}
	return s.store.SettleEntries(ctx, w.round.ID, dead, MailUncertain)
}

// stillMissing gives those of the open entries whose ticket was not taken, nobody if
// fewer than five people are missing, and settles the others.
func (s *Service) stillMissing(ctx context.Context, w *walk, open []walked) ([]walked, error) {
	marks, err := s.store.ListMarks(ctx, w.round.ID)
	if err != nil {
		return nil, err
	}
	taken := make(map[string]bool, len(marks))
	for _, mark := range marks {
		taken[string(mark)] = true
	}
	missing := 0
	for _, x := range w.members {
		if !taken[string(x.mark)] {
			missing++
		}
	}
	passed := func(x walked) bool { return missing < minMissing || taken[string(x.mark)] }
	over := slices.DeleteFunc(slices.Clone(open), func(x walked) bool { return !passed(x) })
	if len(over) > 0 {
		if err := s.store.SettleEntries(ctx, w.round.ID, entries(over), MailSent); err != nil {
			return nil, err
		}
	}
	return slices.DeleteFunc(open, passed), nil
}

// UndeliveredInvitations gives the invitations of an open round that were refused or
// whose fate is unknown, in order of address. There is no such list of reminders.
func (s *Service) UndeliveredInvitations(ctx context.Context, actor account.Actor, id RoundID) ([]Undelivered, error) {
	if _, err := s.round(ctx, actor, account.ReadPeople, id); err != nil {
		return nil, err
	}
	w, err := s.walk(ctx, id, InvitationMail)
	if err != nil {
		return nil, err
	}
	var list []Undelivered
	for _, x := range w.in(MailFailed, MailUncertain) {
		list = append(list, Undelivered{x.person, x.Email, x.state})
	}
	return list, nil
}

// RepeatInvitations lets the invitations of some people go out again that failed or
// are uncertain: whoever asks for it accepts that an uncertain one may arrive twice.
// The job that invites sends them. Nobody to repeat is fault NotFound.
func (s *Service) RepeatInvitations(ctx context.Context, actor account.Actor, id RoundID, people []PersonID) error {
	round, err := s.round(ctx, actor, account.ChangePeople, id)
	if err != nil {
		return err
	}
	w, err := s.walk(ctx, id, InvitationMail)
	if err != nil {
		return err
	}
	again := slices.DeleteFunc(w.in(MailFailed, MailUncertain), func(x walked) bool { return !slices.Contains(people, x.person) })
	if len(again) == 0 {
		return fault.New(fault.NotFound, "not-found")
	}
	told := s.tell(actor, round.Organisation, "round.invite-again", string(id), map[string]string{"mails": strconv.Itoa(len(again))})
	return s.store.RepeatMailing(ctx, round.job(InviteJob, s.now()), entries(again), told)
}

// choiceName gives the name of an entry of a manifest's list.
func choiceName(list []ballot.Choice, key string) locale.Text {
	for _, c := range list {
		if c.Key == key {
			return c.Name
		}
	}
	return locale.Text{}
}
