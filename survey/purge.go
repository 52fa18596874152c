package survey

import (
	"context"
	"errors"
	"time"
)

// Retention deletes what was kept long enough. Each step may be repeated.
type Retention interface {
	// DeleteRosters deletes the rosters of rounds that closed before an instant.
	DeleteRosters(ctx context.Context, closed time.Time) error
	// DeleteComments deletes the free texts of rounds that closed before an instant.
	DeleteComments(ctx context.Context, closed time.Time) error
	// DeleteQuestions deletes what was asked at the open door before a day.
	DeleteQuestions(ctx context.Context, day string) error
	// CutAudit deletes the entries before an instant from the beginning of every
	// chain and says so at its end.
	CutAudit(ctx context.Context, before, at time.Time) error
	// DeleteAddresses deletes the addresses of audit entries before an instant.
	DeleteAddresses(ctx context.Context, before time.Time) error
	// DeleteJobs deletes jobs that ended before an instant.
	DeleteJobs(ctx context.Context, ended time.Time) error
	// DeleteReplies deletes answers kept for repetitions that were claimed before an
	// instant.
	DeleteReplies(ctx context.Context, claimed time.Time) error
	// DeleteLetters deletes letters of the outbox that were sent, refused for good or lost
	// before an instant. Those with a report stay with it: they are the log of its
	// deliveries, and see to it that nobody gets the same version twice (R4).
	DeleteLetters(ctx context.Context, sent time.Time) error
	// DeleteEndedUsers deletes accounts that ended before an instant, with name, address
	// and identities.
	DeleteEndedUsers(ctx context.Context, ended time.Time) error
	// DeleteInvitations deletes invitations that were over before an instant, and accounts
	// that nobody ever entered, if they were made before another one and nothing waits.
	DeleteInvitations(ctx context.Context, over, made time.Time) error
	// DeleteAccess deletes sessions, codes and counts of attempts that are over.
	DeleteAccess(ctx context.Context, at time.Time) error
}

// How long things are kept (threat-model.md section 7, decision 24). Ballots, marks
// and invitations go with counting, results stay until their organisation goes.
const (
	rosterDays    = 400
	commentMonths = 24
	auditMonths   = 12 // and until the end of the month, so that chains are cut once a month
	addressDays   = 30
	jobDays       = 90
	letterDays    = 14
	accountDays   = 30 // after the end of an account, or of an invitation that nobody accepted
)

// Purge deletes what was kept long enough. A part that fails does not keep the others.
func (s *Service) Purge(ctx context.Context) error {
	now := s.now().UTC()
	month := time.Date(now.Year(), now.Month(), 1, 0, 0, 0, 0, time.UTC)
	return errors.Join(
		s.store.DeleteRosters(ctx, now.AddDate(0, 0, -rosterDays)),
		s.store.DeleteComments(ctx, now.AddDate(0, -commentMonths, 0)),
		s.store.DeleteQuestions(ctx, now.AddDate(0, 0, -doorDays).Format(time.DateOnly)),
		s.store.CutAudit(ctx, month.AddDate(0, -auditMonths, 0), now),
		s.store.DeleteAddresses(ctx, now.AddDate(0, 0, -addressDays)),
		s.store.DeleteJobs(ctx, now.AddDate(0, 0, -jobDays)),
		s.store.DeleteReplies(ctx, now.Add(-ReplyLife)),
		s.store.DeleteLetters(ctx, now.AddDate(0, 0, -letterDays)),
		s.store.DeleteEndedUsers(ctx, now.AddDate(0, 0, -accountDays)),
		s.store.DeleteAccess(ctx, now),
		s.store.DeleteInvitations(ctx, now.AddDate(0, 0, -accountDays), now.AddDate(0, 0, -accountDays).Add(-inviteLife)),
		s.store.DeleteUploads(ctx, now.Add(-uploadLife)),
		s.store.DeleteKeptForms(ctx, now.Add(-keptFormLife)),
		s.PurgePeople(ctx),
		s.ForfeitRounds(ctx),
	)
}
