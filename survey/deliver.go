package survey

import (
	"context"
	"strconv"
	"time"

	"pulscheck/survey/account"
	"pulscheck/survey/audit"
	"pulscheck/survey/fault"
)

// Delivery is a letter that carries a report, or a link to it.
type Delivery struct {
	ID        string
	Recipient string
	State     MailState
	At        time.Time   // when the state became known; of queued ones when they are tried next
	Outcome   string      // what the mail server answered
	Link      *ReportLink // nil = attached
}

// Deliveries keeps who gets a report.
type Deliveries interface {
	// CreateLetters hands on letters; who has one of the same kind and report gets none.
	CreateLetters(ctx context.Context, letters []Letter, at time.Time, told ...audit.Entry) error
	// ListDeliveries gives the letters of a report in order of address.
	ListDeliveries(ctx context.Context, id ReportID) ([]Delivery, error)
	// RepeatLetters takes letters of a report that failed back to queued.
	RepeatLetters(ctx context.Context, id ReportID, letters []string, at time.Time, told ...audit.Entry) error
	// FindLink gives a link by the hash of its token.
	FindLink(ctx context.Context, hash []byte) (*ReportLink, error)
	// RevokeLink ends a link; its mail does not go out if it still waits.
	RevokeLink(ctx context.Context, id ReportID, link string, at time.Time, told ...audit.Entry) error
}

// ListDeliveries gives who got a report, or is to get it, by address.
func (s *Service) ListDeliveries(ctx context.Context, actor account.Actor, id ReportID) ([]Delivery, error) {
	if _, _, err := s.report(ctx, actor, account.IssueReports, id); err != nil {
		return nil, err
	}
	return s.store.ListDeliveries(ctx, id)
}

// RepeatDeliveries sends the mails of a report again that were refused for good, but
// for those whose link is no longer good, and says how many. What may have arrived is
// not repeated. Nothing to repeat is fault NotFound.
func (s *Service) RepeatDeliveries(ctx context.Context, actor account.Actor, id ReportID) (int, error) {
	report, programme, err := s.report(ctx, actor, account.IssueReports, id)
	if err != nil {
		return 0, err
	}
	all, err := s.store.ListDeliveries(ctx, id)
	if err != nil {
		return 0, err
	}
	var again []string
	for _, d := range all {
		if d.Repeatable(s.now()) {
			again = append(again, d.ID)
		}
	}
	if len(again) == 0 {
		return 0, fault.New(fault.NotFound, "not-found")
	}
	told := s.tell(actor, programme.Organisation, "report.send-again", string(id), map[string]string{"document": report.Document, "mails": strconv.Itoa(len(again))})
	return len(again), s.store.RepeatLetters(ctx, id, again, told.At, told)
}

// Repeatable reports whether a mail was refused and may be sent again.
func (d *Delivery) Repeatable(at time.Time) bool {
	return d.State == MailFailed && (d.Link == nil || d.Link.Good(at))
}
