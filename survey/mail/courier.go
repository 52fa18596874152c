package mail

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"pulscheck/survey"
	"pulscheck/survey/fault"
)

// Rate of the whole installation (threat-model.md 6.4).
const every = time.Second / 20

// perRun is the most mails of one run, so that a job stays short: ten seconds.
const perRun = 200

// block is how many places in the row of mails are reserved at once.
const block = 20

// maxLost is after how many lost answers in a row a run stops, so that a server that
// never answers does not leave all mails uncertain.
const maxLost = 3

// Courier sends what is to be sent. It is safe for concurrent use and holds nothing
// that matters: another process may go on at any time.
type Courier struct {
	store  Store
	rounds Rounds
	codes  Codes
	sender Sender
	base   string
	now    func() time.Time
	wait   func(context.Context, time.Duration) error
	log    *slog.Logger
	pauses pauses
}

// CourierOptions of NewCourier.
type CourierOptions struct {
	Store   Store
	Rounds  Rounds
	Codes   Codes // nil = no letters with codes
	Sender  Sender
	BaseURL string // of personal links
	Now     func() time.Time
	Wait    func(context.Context, time.Duration) error // nil = by the real clock
	Log     *slog.Logger
}

// NewCourier makes a Courier.
func NewCourier(o CourierOptions) *Courier {
	if o.Wait == nil {
		o.Wait = wait
	}
	return &Courier{
		store: o.Store, rounds: o.Rounds, codes: o.Codes, sender: o.Sender,
		base: strings.TrimSuffix(o.BaseURL, "/"), now: o.Now, wait: o.Wait, log: o.Log,
	}
}

func wait(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

// Invite sends invitations of an open round, as many as one run may. More to send is
// survey.EarlyError; a round that is over has nothing left.
func (c *Courier) Invite(ctx context.Context, id survey.RoundID) error {
	return c.run(ctx, id, survey.InvitationMail, survey.RemindMissing)
}

// Remind sends reminders of an open round as Invite does; kind is survey.FirstReminder
// or survey.LastReminder.
func (c *Courier) Remind(ctx context.Context, id survey.RoundID, kind survey.MailKind, option survey.ReminderOption) error {
	if kind != survey.FirstReminder && kind != survey.LastReminder {
		return fmt.Errorf("%q is no reminder", kind)
	}
	return c.run(ctx, id, kind, option)
}

func (c *Courier) run(ctx context.Context, id survey.RoundID, kind survey.MailKind, option survey.ReminderOption) error {
	key := string(id) + " " + string(kind)
	if until := c.pauses.until(key); until.After(c.now()) {
		return survey.EarlyError{Until: until}
	}
	m, err := c.rounds.Mailing(ctx, id, kind, option)
	if fault.Is(err, "round-closed") || err == nil && len(m.To) == 0 {
		c.pauses.end(key)
		return nil
	}
	if err != nil {
		return err
	}
	all := len(m.To) <= perRun
	m.To = m.To[:min(perRun, len(m.To))]
	t := tour{courier: c, session: c.sender.Session()}
	defer t.session.Close()
	if err := t.walk(ctx, m); err != nil {
		return err
	}
	switch {
	case t.away != nil:
		c.log.Warn("mail server takes no mails", "kind", kind, "error", t.away)
		return survey.EarlyError{Until: c.pauses.add(key, c.now())}
	case t.deferred && all:
		return survey.EarlyError{Until: c.pauses.add(key, c.now())}
	case !t.deferred:
		c.pauses.end(key)
	}
	return survey.EarlyError{Until: c.now()} // the next run finds the rest, or the end
}
