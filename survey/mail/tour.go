package mail

import (
	"context"
	"errors"
	"time"

	"pulscheck/survey"
)

// tour is one run of a courier.
type tour struct {
	courier  *Courier
	session  Session
	places   int       // reserved and not used
	next     time.Time // the first of them
	lost     int       // lost answers in a row
	deferred bool      // a mail was refused for the time being
	away     error     // why the server takes no mails, which ended the tour
}

// walk sends the mails of a mailing until the server is away or ctx ends.
func (t *tour) walk(ctx context.Context, m *survey.Mailing) error {
	for i, a := range m.To {
		if t.over(ctx) {
			break
		}
		message := t.courier.toMember(m, a)
		if err := t.pace(ctx, len(m.To)-i); err != nil {
			return err
		}
		claimed, err := t.courier.store.ClaimEntry(ctx, m.Round.ID, a.Entry)
		if err != nil {
			return err
		}
		if !claimed {
			continue
		}
		state, _ := t.send(ctx, message)
		if err := t.courier.store.SettleEntry(context.WithoutCancel(ctx), m.Round.ID, a.Entry, state); err != nil {
			return err
		}
	}
	return nil
}

// over says whether to stop between two mails; what is left is for the next run.
func (t *tour) over(ctx context.Context) bool { return t.away != nil || ctx.Err() != nil }

// pace waits for the next place in the row of all mails of the installation.
func (t *tour) pace(ctx context.Context, left int) error {
	c := t.courier
	if t.places == 0 {
		t.places = min(left, block)
		from, err := c.store.ReserveMails(ctx, c.now(), t.places, every)
		if err != nil {
			t.places = 0
			return err
		}
		t.next = from
	}
	if d := t.next.Sub(c.now()); d > 0 {
		if err := c.wait(ctx, d); err != nil {
			return err
		}
	}
	t.places, t.next = t.places-1, t.next.Add(every)
	return nil
}

// errNeverAnswers ends a tour whose mails are all taken and none acknowledged.
var errNeverAnswers = errors.New("several answers in a row were lost")

// send hands over a claimed mail and gives its new state, with what to tell of it.
func (t *tour) send(ctx context.Context, m *Message) (survey.MailState, string) {
	outcome, err := t.session.Send(context.WithoutCancel(ctx), m)
	told := ""
	if err != nil {
		told = err.Error()
	}
	if outcome != Unknown {
		t.lost = 0
	}
	switch outcome {
	case Accepted:
		return survey.MailSent, ""
	case Refused:
		return survey.MailFailed, told
	case Unknown:
		if t.lost++; t.lost == maxLost {
			t.away = errNeverAnswers
		}
		return survey.MailUncertain, told
	case Away:
		t.away = err
	default:
		t.deferred = true
	}
	return survey.MailQueued, told
}
