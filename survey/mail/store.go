package mail

import (
	"context"
	"time"

	"pulscheck/survey"
)

// Store is what sending mails asks of the database.
type Store interface {
	Ledger
	Outbox
	Reports
	// ReserveMails takes the next n places of the whole installation, each as long as
	// every, and gives the instant of the first.
	ReserveMails(ctx context.Context, now time.Time, n int, every time.Duration) (time.Time, error)
}

// Ledger keeps one entry for each mail to an invited person, which names nobody.
type Ledger interface {
	// ClaimEntry takes a mail from nothing or queued to sending, durable on return;
	// false if it is in any other state.
	ClaimEntry(ctx context.Context, id survey.RoundID, entry []byte) (bool, error)
	// SettleEntry writes what became of a claimed mail.
	SettleEntry(ctx context.Context, id survey.RoundID, entry []byte, s survey.MailState) error
}

// Outbox keeps the letters.
type Outbox interface {
	// ExpireLetters turns letters into uncertain ones whose claim has run out.
	ExpireLetters(ctx context.Context, now time.Time) error
	// ListDueLetters gives up to n queued letters whose time has come, oldest first.
	ListDueLetters(ctx context.Context, now time.Time, n int) ([]Queued, error)
	// NextLetter says when a letter is due next, or the claim of one runs out.
	NextLetter(ctx context.Context) (due time.Time, found bool, err error)
	// ClaimLetter takes a letter from queued to sending, durable on return; false if
	// somebody else did. Until then its sender counts as alive.
	ClaimLetter(ctx context.Context, id string, until time.Time) (bool, error)
	// SettleLetter writes what became of a claimed letter.
	SettleLetter(ctx context.Context, id string, o Settled) error
}

// Queued is a letter of the outbox.
type Queued struct {
	ID     string // also names the mail towards mail servers
	Tries  int    // so far
	Letter survey.Letter
}

// Settled is what became of a try to send a letter.
type Settled struct {
	State   survey.MailState
	Due     time.Time // of the next try, if it is queued again; else now
	Outcome string    // what the mail server said, without any address
}

// Reports gives what letters carry.
type Reports interface {
	// FindReport gives an issued report with its bytes.
	FindReport(ctx context.Context, id survey.ReportID) (*survey.Report, error)
}

// Codes gives what a letter brings that no table holds.
type Codes interface {
	AccessCode(id string) (string, error)
	// LinkToken gives what a link to a report ends in, by the id of its letter.
	LinkToken(id string) (string, error)
}

// Rounds says who is to get a mail of a round.
type Rounds interface {
	Mailing(ctx context.Context, id survey.RoundID, kind survey.MailKind, option survey.ReminderOption) (*survey.Mailing, error)
}
