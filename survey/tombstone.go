package survey

import (
	"context"
	"slices"
	"time"

	"pulscheck/survey/account"
	"pulscheck/survey/audit"
	"pulscheck/survey/fault"
)

// gone is something that must not come back with a backup, by ids alone.
type gone struct {
	Kind         goneKind  `json:"kind"`
	ID           string    `json:"id"`
	Organisation string    `json:"organisation,omitempty"`
	At           time.Time `json:"at"`
}

// goneKind says what is gone.
type goneKind string

// The kinds. They are sums of a restore in the audit as well.
const (
	goneOrganisation goneKind = "organisations"
	gonePerson       goneKind = "persons"
	goneComment      goneKind = "comments"
	goneWords        goneKind = "redactions" // words of a comment
	goneQuestion     goneKind = "questions"
	goneMember       goneKind = "users" // of an organisation, or an operator
	goneConsent      goneKind = "consents"
	goneToken        goneKind = "tokens"
	goneLeave        goneKind = "vetoes" // a round's leave to open
	goneRound        goneKind = "over"   // it was counted or given up: its ballots stay closed
)

// backupLife is how long a backup of the database may live (threat-model.md section 7).
const backupLife = 30 * 24 * time.Hour

// life is how long a kind is remembered. That a round was counted is kept longer: it
// concerns nobody, and an older backup must not ask for answers again either.
func (k goneKind) life() time.Duration {
	if k == goneRound {
		return rosterDays * 24 * time.Hour
	}
	return backupLife
}

// goneBy says which entries of the audit tell that something is gone, backBy which that it
// is there again.
var (
	goneBy = map[string]goneKind{
		"organisation.delete": goneOrganisation, "person.delete": gonePerson, // who left long ago goes with the next night anyway
		"comment.delete": goneComment, "comment.redact": goneWords, "question.delete": goneQuestion,
		"user.remove": goneMember, "user.leave": goneMember, "user.consent-withdrawn": goneConsent, "token.revoke": goneToken,
		"round.count": goneRound, "round.forfeit": goneRound, "round.veto": goneLeave,
	}
	backBy = map[string]goneKind{"user.join": goneMember, "user.create": goneMember, "user.consent": goneConsent}
)

// hear takes up what an entry tells. What is known of a later time stays.
func (m *memory) hear(e *audit.Entry) {
	kind, ends := goneBy[e.Verb]
	if !ends {
		if kind = backBy[e.Verb]; kind == "" {
			return
		}
	}
	i := m.find(kind, e.Subject, e.Organisation)
	if i >= 0 && m.Gone[i].At.After(e.At) {
		return
	}
	if i >= 0 {
		m.Gone = slices.Delete(slices.Clone(m.Gone), i, i+1)
	}
	if ends {
		m.Gone = append(m.Gone, gone{kind, e.Subject, e.Organisation, e.At})
	}
}

func (m *memory) find(kind goneKind, id, organisation string) int {
	return slices.IndexFunc(m.Gone, func(g gone) bool { return g.Kind == kind && g.ID == id && g.Organisation == organisation })
}

// bury removes again what is gone and is there, and says whether it was. What cannot be
// removed as things are is logged and left.
func (s *Service) bury(ctx context.Context, g gone) (bool, error) {
	remove := map[goneKind]func(context.Context, gone) error{
		goneOrganisation: s.buryOrganisation, gonePerson: s.buryPerson, goneComment: s.buryComment, goneWords: s.buryWords,
		goneQuestion: s.buryQuestion, goneMember: s.buryMember, goneConsent: s.buryConsent, goneToken: s.buryToken,
		goneLeave: s.buryLeave,
	}[g.Kind]
	if remove == nil {
		return false, nil // rounds are ended by RestoreDatabase
	}
	switch err := remove(ctx, g); {
	case err == nil:
		return true, nil
	case fault.Of(err).Kind == fault.NotFound:
		return false, nil
	case fault.Of(err).Kind == fault.Conflict || fault.Of(err).Kind == fault.Stale:
		s.log.Warn("a restored database keeps what had been removed", "kind", g.Kind, "id", g.ID, "error", err)
		return false, nil
	default:
		return false, err
	}
}

func (s *Service) buryOrganisation(ctx context.Context, g gone) error {
	return s.deleteOrganisation(ctx, account.System(), OrganisationID(g.ID), true)
}

func (s *Service) buryPerson(ctx context.Context, g gone) error {
	p, err := s.store.FindPerson(ctx, OrganisationID(g.Organisation), PersonID(g.ID))
	if err != nil {
		return err
	}
	return s.deletePerson(ctx, p)
}

func (s *Service) buryComment(ctx context.Context, g gone) error {
	c, err := s.store.FindComment(ctx, CommentID(g.ID))
	if err != nil {
		return err
	}
	return s.store.DeleteComment(ctx, c)
}

// buryWords blackens the whole comment: nobody knows any more which words it were.
func (s *Service) buryWords(ctx context.Context, g gone) error {
	c, err := s.store.FindComment(ctx, CommentID(g.ID))
	if err != nil {
		return err
	}
	c.Text = Blackened
	return s.store.RewriteComment(ctx, c)
}

func (s *Service) buryQuestion(ctx context.Context, g gone) error {
	q, err := s.store.FindQuestion(ctx, QuestionID(g.ID))
	if err != nil {
		return err
	}
	return s.store.DeleteQuestion(ctx, q)
}

func (s *Service) buryMember(ctx context.Context, g gone) error {
	return s.removeUser(ctx, account.System(), OrganisationID(g.Organisation), account.UserID(g.ID))
}

func (s *Service) buryConsent(ctx context.Context, g gone) error {
	return s.consentUser(ctx, account.System(), OrganisationID(g.Organisation), account.UserID(g.ID), false)
}

func (s *Service) buryToken(ctx context.Context, g gone) error {
	return s.store.RevokeToken(ctx, OrganisationID(g.Organisation), account.TokenID(g.ID), s.now())
}

// buryLeave stops a round that an auditor had stopped; the reason went with the database. A
// draft is laid before the auditor once more.
func (s *Service) buryLeave(ctx context.Context, g gone) error {
	r, err := s.store.FindRound(ctx, RoundID(g.ID))
	if err == nil && (r.State != Review || r.Vetoed != nil) {
		err = fault.New(fault.NotFound, "not-found")
	}
	if err != nil {
		return err
	}
	told := s.tell(account.System(), r.Organisation, "round.veto", g.ID, map[string]string{"because": "restored"})
	r.Vetoed = &g.At
	return s.store.VetoRound(ctx, r, told)
}
