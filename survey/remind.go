package survey

import (
	"context"

	"pulscheck/survey/account"
	"pulscheck/survey/fault"
)

// InvitationState is how far the invitations of an open round are. There is nothing of
// the kind for reminders (decision 23).
type InvitationState struct {
	Total, Sent int
	Failed      int // refused
	Uncertain   int // may have arrived or not
}

// Waiting is how many are still to go out.
func (i InvitationState) Waiting() int { return i.Total - i.Sent - i.Failed - i.Uncertain }

// Invitations counts the invitations of an open round by how far they are. Faults:
// "round-not-open" (Conflict), "round-closed" (Gone).
func (s *Service) Invitations(ctx context.Context, actor account.Actor, id RoundID) (*InvitationState, error) {
	if _, err := s.round(ctx, actor, account.ReadPeople, id); err != nil {
		return nil, err
	}
	w, err := s.walk(ctx, id, InvitationMail)
	if err != nil {
		return nil, err
	}
	sums := w.sums()
	return &InvitationState{Total: len(w.members), Sent: sums[MailSent], Failed: sums[MailFailed], Uncertain: sums[MailUncertain]}, nil
}

// RemindNow lets the next reminder of an open round go out now instead of when it was
// planned, to everybody without an answer: nobody hears who that is. There are two at
// most. Faults, all Conflict: "round-not-open", "reminders-used", "reminder-running";
// "round-closed" (Gone).
func (s *Service) RemindNow(ctx context.Context, actor account.Actor, id RoundID) error {
	round, err := s.round(ctx, actor, account.OpenRounds, id)
	if err != nil {
		return err
	}
	now := s.now()
	if err := mailable(round, FirstReminder, now); err != nil {
		return err
	}
	begun, err := s.store.ListMailings(ctx, id)
	if err != nil {
		return err
	}
	for _, one := range begun {
		if !one.Ended {
			return fault.New(fault.Conflict, "reminder-running")
		}
	}
	kind := RemindJob
	if _, sent := begun[FirstReminder]; sent {
		kind = RemindAgainJob
	}
	if _, sent := begun[LastReminder]; sent {
		return fault.New(fault.Conflict, "reminders-used")
	}
	return s.store.RemindNow(ctx, round.job(kind, now), s.tell(actor, round.Organisation, "round.remind-now", string(id), nil))
}
