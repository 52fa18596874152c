package survey

import (
	"context"
	"time"

	"pulscheck/survey/audit"
	"pulscheck/survey/tally"
)

// Counting is what closing and counting a round ask of the store. The steps are
// idempotent: a process killed between any two is finished by the next start.
type Counting interface {
	FindRound(ctx context.Context, id RoundID) (*Round, error)
	FindOrganisation(ctx context.Context, id OrganisationID) (*Organisation, error)
	// FindResults gives what a counted round released and what is kept of it; fault
	// NotFound before counting.
	FindResults(ctx context.Context, id RoundID) (*tally.Results, *tally.Kept, error)
	// CloseRound ends an open round and returns once no insert of a ballot that saw
	// it open is under way: from then on the ballots of the round are fixed. The jobs
	// are stored with it if this call closed it.
	CloseRound(ctx context.Context, id RoundID, told audit.Entry, then ...Job) error
	// EachBallot streams the sealed ballots of a closed round in order of ticket hash.
	EachBallot(ctx context.Context, id RoundID, visit func(SealedBallot) error) error
	// ListInvited gives how many people were invited per process, role and unit.
	ListInvited(ctx context.Context, id RoundID) ([]InvitedCell, error)
	FindIteration(ctx context.Context, id IterationID) (*Iteration, error)
	// ListEarlier gives the other counted rounds of the same programme in order of
	// closing, without Moves.
	ListEarlier(ctx context.Context, id RoundID) ([]tally.Earlier, error)
	// CompareRosters tells how the people invited to a later round differ from those of
	// an earlier one; nil if the roster of one of them is gone.
	CompareRosters(ctx context.Context, earlier, later RoundID) ([]tally.Move, error)
	// CountRound stores the outcome in one transaction: results, kept histograms,
	// shuffled texts, sorted ticket hashes, jobs, state, audit entry. It verifies that the
	// number of ballots is still the counted one. A round that is counted already
	// gives fault Conflict "round-counted"; nothing is stored then.
	CountRound(ctx context.Context, c CountedRound) error
	// ForfeitRound takes a closed round to counted without results.
	ForfeitRound(ctx context.Context, id RoundID, told audit.Entry, then ...Job) error
	// ForgetRound deletes ballots, marks, handles, mail ledger in restartable batches, compacts
	// the files and moves the round from counted to done.
	ForgetRound(ctx context.Context, id RoundID, at time.Time) error
}

// InvitedCell is the number of people invited with these attributes.
type InvitedCell struct {
	Process, Role, Unit string
	Invited             int
}

// CountedRound is what counting stores.
type CountedRound struct {
	Round        RoundID
	At           time.Time
	Results      *tally.Results
	Kept         *tally.Kept
	TicketHashes [][]byte // sorted, one per valid ballot
	Ballots      int      // rows read, valid or not
	Then         []Job    // what falls due from now on
}
