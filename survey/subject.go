package survey

import (
	"context"
	"errors"
	"time"

	"pulscheck/survey/account"
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
// it: nothing that is stored says which are whose (Art. 11).
type Dossier struct {
	Person      Person
	Memberships []Membership
	Asked       map[ProcessRole]int // how often, for the rotation
}

// ExportPerson gives everything that is stored about a person.
func (s *Service) ExportPerson(ctx context.Context, actor account.Actor, id OrganisationID, person PersonID) (*Dossier, error) {
	p, err := s.ShowPerson(ctx, actor, id, person)
	if err != nil {
		return nil, err
	}
	memberships, err := s.store.ListMemberships(ctx, person)
	if err != nil {
		return nil, err
	}
	asked, err := s.store.CountAsked(ctx, id)
	if err != nil {
		return nil, err
	}
	return &Dossier{Person: *p, Memberships: memberships, Asked: asked[person]}, nil
}

// DeletePerson removes a person at once (Art. 17 GDPR). A ticket that was taken stays
// valid, because nothing links it to anybody.
func (s *Service) DeletePerson(ctx context.Context, actor account.Actor, id OrganisationID, person PersonID) error {
	if _, err := s.organisation(ctx, actor, account.ChangePeople, id); err != nil {
		return err
	}
	p, err := s.store.FindPerson(ctx, id, person)
	if err != nil {
		return err
	}
	return s.deletePerson(ctx, actor, p, "person.delete")
}

func (s *Service) deletePerson(ctx context.Context, actor account.Actor, p *Person, verb string) error {
	installation, err := s.keys.Installation()
	if err != nil {
		return err
	}
	return s.store.DeletePerson(ctx, p.Organisation, p.ID, rosterMark(installation, *p), s.tell(actor, p.Organisation, verb, string(p.ID), nil))
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
		if err := s.deletePerson(ctx, account.System(), &leavers[i], "person.purge"); err != nil && fault.Of(err).Kind != fault.NotFound {
			failed = append(failed, err)
		}
	}
	return errors.Join(failed...)
}
