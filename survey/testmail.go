package survey

import (
	"context"
	"fmt"
	"strings"
	"time"

	"pulscheck/survey/account"
	"pulscheck/survey/audit"
	"pulscheck/survey/fault"
	"pulscheck/survey/locale"
)

// TestMails is what test mails ask of the store.
type TestMails interface {
	CreateLetters(ctx context.Context, letters []Letter, at time.Time, told ...audit.Entry) error
	// ListLetters gives the letters of an organisation, the empty one for the
	// installation, in order of kind, subject and address.
	ListLetters(ctx context.Context, id OrganisationID) ([]LetterState, error)
}

// testMailEvery is how often a user gets a test mail at the most.
const testMailEvery = 5 * time.Minute

// SendTestMail puts a mail to the user who asks into the outbox, of an organisation or,
// with an empty id, of the installation; it goes the way of all letters. Faults:
// "test-mail-user" (Conflict) of a token, which has no address, "test-mail-soon"
// (RateLimited).
func (s *Service) SendTestMail(ctx context.Context, actor account.Actor, id OrganisationID) error {
	name, err := s.testMailOf(ctx, actor, id)
	if err != nil {
		return err
	}
	user, err := s.ownUser(ctx, actor)
	if err != nil {
		return err
	}
	before, err := s.testMail(ctx, user, id)
	if err != nil {
		return err
	}
	now := s.now()
	l := Letter{
		Organisation: id, Kind: TestMail, Subject: testMailSubject(id, now), Recipient: user.Email, Language: user.Language,
		Places: map[string]string{"organisation": name, "asked": locale.New(user.Language).DateTime(now, time.UTC) + " UTC"},
	}
	if before != nil && before.Subject >= l.Subject {
		return fault.New(fault.RateLimited, "test-mail-soon")
	}
	return s.store.CreateLetters(ctx, []Letter{l}, now, s.tell(actor, id, "mail.test", string(user.ID), nil))
}

// ShowTestMail says how far the last test mail to the user who asks got; nil if there was
// none, or it is too long ago. Faults as of SendTestMail.
func (s *Service) ShowTestMail(ctx context.Context, actor account.Actor, id OrganisationID) (*LetterState, error) {
	if _, err := s.testMailOf(ctx, actor, id); err != nil {
		return nil, err
	}
	user, err := s.ownUser(ctx, actor)
	if err != nil {
		return nil, err
	}
	return s.testMail(ctx, user, id)
}

// testMailOf asks for the right and gives the name that the mail comes in.
func (s *Service) testMailOf(ctx context.Context, actor account.Actor, id OrganisationID) (string, error) {
	if id == "" {
		return "pulscheck", actor.May(account.CreateOrganisations)
	}
	o, err := s.organisation(ctx, actor, account.ChangeOrganisation, id)
	if err != nil {
		return "", err
	}
	return o.Name, nil
}

// ownUser gives the user that an actor is.
func (s *Service) ownUser(ctx context.Context, actor account.Actor) (*account.User, error) {
	id, isUser := strings.CutPrefix(actor.ID, "user:")
	if !isUser {
		return nil, fault.New(fault.Conflict, "test-mail-user")
	}
	return s.store.FindUser(ctx, account.UserID(id))
}

// testMailSubject names a test mail by what it is of and when: two within one period are
// one, and later ones sort behind earlier ones.
func testMailSubject(id OrganisationID, at time.Time) string {
	return fmt.Sprintf("%s-%012d", id, at.Unix()/int64(testMailEvery/time.Second))
}

func (s *Service) testMail(ctx context.Context, user *account.User, id OrganisationID) (*LetterState, error) {
	all, err := s.store.ListLetters(ctx, id)
	var last *LetterState
	for i := range all {
		if all[i].Kind == TestMail && all[i].Recipient == user.Email {
			last = &all[i]
		}
	}
	return last, err
}
