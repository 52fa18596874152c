package survey

import (
	"context"
	"time"

	"pulscheck/survey/ballot"
	"pulscheck/survey/fault"
)

// walk is an open round with its invited people who have an address, in order of it,
// and what the ledger says of each for one kind of mail.
type walk struct {
	round        *Round
	organisation *Organisation
	manifest     *ballot.Manifest
	members      []walked
}

// walked is one of them; state is empty if the ledger has no entry.
type walked struct {
	Addressee
	person PersonID
	mark   []byte
	state  MailState
}

func (s *Service) walk(ctx context.Context, id RoundID, kind MailKind) (*walk, error) {
	round, err := s.store.FindRound(ctx, id)
	if err != nil {
		return nil, err
	}
	if err := mailable(round, kind, s.now()); err != nil {
		return nil, err
	}
	o, err := s.find(ctx, id)
	if err != nil {
		return nil, err
	}
	w := &walk{round: round, manifest: o.manifest}
	if w.organisation, err = s.store.FindOrganisation(ctx, round.Organisation); err != nil {
		return nil, err
	}
	return w, s.fillWalk(ctx, w, o, kind)
}

// mailable says whether mails of a kind may go out now.
func mailable(r *Round, kind MailKind, now time.Time) error {
	switch {
	case !r.State.Opened(), kind != InvitationMail && now.Before(r.Opens):
		return fault.New(fault.Conflict, "round-not-open")
	case r.State != Open, !now.Before(r.Closes):
		return fault.New(fault.Gone, "round-closed")
	}
	return nil
}

func (s *Service) fillWalk(ctx context.Context, w *walk, o *opened, kind MailKind) error {
	keys, err := s.loadKeys(o)
	if err != nil {
		return err
	}
	people, err := s.store.ListPeople(ctx, w.round.Organisation)
	if err != nil {
		return err
	}
	list, err := s.store.ListMembers(ctx, w.round.ID)
	if err != nil {
		return err
	}
	ledger, err := s.store.ListLedger(ctx, w.round.ID)
	if err != nil {
		return err
	}
	members := make(map[PersonID]Member, len(list))
	for _, m := range list {
		members[m.Person] = m
	}
	for _, p := range people { // paper tickets belong to nobody, people deleted since are not there
		m, invited := members[p.ID]
		if !invited || p.Email == "" {
			continue
		}
		entry := keys.MailEntry(string(kind), m.Handle)
		w.members = append(w.members, walked{
			Addressee: Addressee{
				Entry: entry, MessageID: keys.MessageID(string(kind), m.Handle), Email: p.Email, Language: m.Locale,
				Fragment: keys.Link(m.Handle, w.round.Fingerprint).String(),
				Process:  choiceName(o.manifest.Processes, m.Process), Role: choiceName(o.manifest.Roles, m.Role),
				Unit: choiceName(o.manifest.Units, m.Unit),
			},
			person: p.ID, mark: keys.Mark(m.Handle), state: ledger[string(entry)],
		})
	}
	return nil
}

// in gives the members whose entry is in one of the states.
func (w *walk) in(states ...MailState) []walked {
	var found []walked
	for _, x := range w.members {
		for _, s := range states {
			if x.state == s {
				found = append(found, x)
			}
		}
	}
	return found
}

// sums counts the entries by state.
func (w *walk) sums() map[MailState]int {
	sums := map[MailState]int{}
	for _, x := range w.members {
		sums[x.state]++
	}
	return sums
}

func entries(list []walked) [][]byte {
	found := make([][]byte, len(list))
	for i, x := range list {
		found[i] = x.Entry
	}
	return found
}

// before gives when the mail before went out.
func before(r *Round, kind MailKind, started map[MailKind]MailingRow) time.Time {
	if kind == InvitationMail {
		return time.Time{}
	}
	last := r.Opens
	for _, earlier := range []MailKind{InvitationMail, FirstReminder} {
		if row, sent := started[earlier]; sent && earlier != kind {
			last = row.At
		}
	}
	return last
}
