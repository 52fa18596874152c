package survey

import (
	"context"
	"time"

	"pulscheck/survey/audit"
	"pulscheck/survey/ballot"
	"pulscheck/survey/locale"
)

// Mailings is what mails to the people of a round ask of the store. The ledger knows
// no person, no time and no kind: its entries are HMACs under a key of the round
// (decision 23).
type Mailings interface {
	FindRound(ctx context.Context, id RoundID) (*Round, error)
	FindOrganisation(ctx context.Context, id OrganisationID) (*Organisation, error)
	ListPeople(ctx context.Context, id OrganisationID) ([]Person, error)
	ListMembers(ctx context.Context, id RoundID) ([]Member, error)
	// ListMarks gives the marks of the tickets taken so far.
	ListMarks(ctx context.Context, id RoundID) ([][]byte, error)
	// ListLedger gives the state of every entry of a round.
	ListLedger(ctx context.Context, id RoundID) (map[string]MailState, error)
	// BeginMailing records once that mails of a kind go out and gives all mailings of
	// the round. Reminders are told to the audit here, without any number.
	BeginMailing(ctx context.Context, m MailingRow) (map[MailKind]MailingRow, error)
	// ListMailings gives the mailings of a round that have begun.
	ListMailings(ctx context.Context, id RoundID) (map[MailKind]MailingRow, error)
	// RemindNow puts the job of a reminder in the place of the waiting one of its kind.
	RemindNow(ctx context.Context, j Job, told audit.Entry) error
	// SettleEntries gives entries the state, those that do not exist too.
	SettleEntries(ctx context.Context, id RoundID, entries [][]byte, s MailState) error
	// EndMailing records that all mails of a kind went out. Invitations are told to the
	// audit, in sums.
	EndMailing(ctx context.Context, m MailingRow, sums map[MailState]int) error
	// RepeatMailing takes entries that failed or are uncertain back to queued and the
	// mailing of invitations back to running, and leaves the job that sends them.
	RepeatMailing(ctx context.Context, j Job, entries [][]byte, told ...audit.Entry) error
}

// MailingRow says that mails of a kind go out for a round.
type MailingRow struct {
	Round        RoundID
	Organisation OrganisationID
	Kind         MailKind
	At           time.Time
	Ended        bool
}

// Mailing is what is left to send of a kind to the people of a round, in random
// order. It lives in memory only.
type Mailing struct {
	Round        *Round
	Organisation *Organisation
	Manifest     *ballot.Manifest
	Kind         MailKind
	Everybody    bool      // a reminder to all, whether they answered or not
	Before       time.Time // when the mail before went out; zero for invitations
	Again        bool      // To are mails that were refused for the time being
	To           []Addressee
}

// Addressee is one invited person as a mail needs them.
type Addressee struct {
	Entry               []byte // of the ledger, 32 bytes
	MessageID           []byte // 16 bytes
	Email               string
	Language            locale.Language
	Fragment            string // personal link behind "#"
	Process, Role, Unit locale.Text
}

// ReminderOption says who is reminded.
type ReminderOption bool

// The options.
const (
	RemindMissing   ReminderOption = false // those whose ticket was not taken, if they are five or more
	RemindEverybody ReminderOption = true  // all, whether they answered or not
)

// minMissing is the fewest people that a reminder may single out (threat-model.md 4.5).
const minMissing = 5

// Undelivered is an invitation that did not arrive, or perhaps not.
type Undelivered struct {
	Person PersonID
	Email  string
	State  MailState // failed or uncertain
}
