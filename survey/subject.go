package survey

import (
	"context"
	"errors"
	"time"

	"pulscheck/survey/account"
	"pulscheck/survey/audit"
	"pulscheck/survey/fault"
)

// Membership is one invitation of a person that still exists.
type Membership struct {
	Round   RoundID
	Handle  []byte // 16 bytes
	Process string
	Role    string
	Unit    string
}

// Dossier is everything that is stored about a person (Art. 15 GDPR). Answers are not in
// it: nothing that is stored says which are whose (Art. 11). Nor is what would tell those
// who run the survey whether a ticket was taken: marks, and reminders, which go to those
// who did not take one (decision 23).
type Dossier struct {
	Organisation *Organisation
	Person       Person
	Memberships  []Membership
	Mails        map[RoundID]MailState // what became of invitations that are not counted yet
	Rosters      []Rostered
	Asked        map[ProcessRole]int // how often, for the rotation
	Rounds       map[RoundID]*Round  // that are named above
	At           time.Time
}

// Rostered is a row of the roster of a round, which knows a person as a hash alone.
type Rostered struct {
	Round RoundID
	RosterRow
}

// ExportPerson gives everything that is stored about a person, and tells the audit.
func (s *Service) ExportPerson(ctx context.Context, actor account.Actor, id OrganisationID, person PersonID) (*Dossier, error) {
	o, err := s.organisation(ctx, actor, account.ReadPeople, id)
	if err != nil {
		return nil, err
	}
	p, err := s.store.FindPerson(ctx, id, person)
	if err != nil {
		return nil, err
	}
	d := &Dossier{Organisation: o, Person: *p, At: s.now(), Mails: map[RoundID]MailState{}, Rounds: map[RoundID]*Round{}}
	if d.Memberships, err = s.store.ListMemberships(ctx, person); err != nil {
		return nil, err
	}
	asked, err := s.store.CountAsked(ctx, id)
	if err != nil {
		return nil, err
	}
	d.Asked = asked[person]
	installation, err := s.keys.Installation()
	if err != nil {
		return nil, err
	}
	if d.Rosters, err = s.store.ListRostered(ctx, id, rosterMark(installation, *p)); err != nil {
		return nil, err
	}
	if err := s.nameRounds(ctx, d); err != nil {
		return nil, err
	}
	return d, s.store.Tell(ctx, s.tell(actor, id, "person.export", string(person), nil))
}

// nameRounds adds the rounds of a dossier, and what became of the invitations to them.
func (s *Service) nameRounds(ctx context.Context, d *Dossier) (err error) {
	ids := make([]RoundID, 0, len(d.Memberships)+len(d.Rosters))
	for _, m := range d.Memberships {
		ids = append(ids, m.Round)
	}
	for _, r := range d.Rosters {
		ids = append(ids, r.Round)
	}
	for _, id := range ids {
		if d.Rounds[id] == nil {
			if d.Rounds[id], err = s.store.FindRound(ctx, id); err != nil {
				return err
			}
		}
	}
	for _, m := range d.Memberships {
		keys, err := s.keys.Load(string(m.Round))
		if err != nil || d.Person.Email == "" {
			continue // without the key nobody can say whose entry is whose
		}
		ledger, err := s.store.ListLedger(ctx, m.Round)
		if err != nil {
			return err
		}
		d.Mails[m.Round] = ledger[string(keys.MailEntry(string(InvitationMail), m.Handle))]
	}
	return nil
}

// DeletePerson removes a version of a person at once (Art. 17 GDPR), and the lists in
// which the person stands that wait to be imported. A ticket that was taken stays valid,
// because nothing links it to anybody.
func (s *Service) DeletePerson(ctx context.Context, actor account.Actor, id OrganisationID, person PersonID, seen int) error {
	if _, err := s.organisation(ctx, actor, account.ChangePeople, id); err != nil {
		return err
	}
	p, err := s.store.FindPerson(ctx, id, person)
	if err != nil {
		return err
	}
	if p.Version != seen {
		return fault.New(fault.Stale, "version-conflict")
	}
	if err := s.deletePerson(ctx, p, s.tell(actor, id, "person.delete", string(p.ID), nil)); err != nil {
		return err
	}
	s.witness(ctx)
	return nil
}

func (s *Service) deletePerson(ctx context.Context, p *Person, told ...audit.Entry) error {
	uploads, err := s.store.ListUploads(ctx, p.Organisation)
	if err != nil {
		return err
	}
	for _, u := range uploads {
		if !u.names(p) {
			continue
		}
		if err := s.store.DeleteUpload(ctx, u.ID); err != nil {
			return err
		}
	}
	installation, err := s.keys.Installation()
	if err != nil {
		return err
	}
	return s.store.DeletePerson(ctx, p, rosterMark(installation, *p), told...)
}

// keptAfterLeaving is how long somebody who left stays listed (threat-model.md section 7).
const keptAfterLeaving = 30 * 24 * time.Hour

// PurgePeople removes who left long enough ago.
func (s *Service) PurgePeople(ctx context.Context) error {
	leavers, err := s.store.ListLeavers(ctx, s.now().Add(-keptAfterLeaving))
	if err != nil {
		return err
	}
	var failed []error
	for i := range leavers {
		told := s.tell(account.System(), leavers[i].Organisation, "person.purge", string(leavers[i].ID), nil)
		if err := s.deletePerson(ctx, &leavers[i], told); err != nil && fault.Of(err).Kind != fault.NotFound {
			failed = append(failed, err)
		}
	}
	return errors.Join(failed...)
}
