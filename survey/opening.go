package survey

import (
	"context"
	"time"
)

// Opening is what opening a round asks of the store.
type Opening interface {
	FindRound(ctx context.Context, id RoundID) (*Round, error)
	FindOrganisation(ctx context.Context, id OrganisationID) (*Organisation, error)
	// ListPeople gives everybody of the organisation with their process roles, in
	// order of address, name and unit.
	ListPeople(ctx context.Context, id OrganisationID) ([]Person, error)
	// CountAsked says how often a person was asked for a process role in earlier rounds.
	CountAsked(ctx context.Context, id OrganisationID) (map[PersonID]map[ProcessRole]int, error)
	// OpenRound freezes a draft in one transaction: state, manifest, members, roster,
	// audit entry, jobs. A round that is no draft gives fault Conflict "round-open".
	OpenRound(ctx context.Context, o Opened) error
	// ListMembers gives the invitations of a round in order of their random handles,
	// paper tickets included.
	ListMembers(ctx context.Context, id RoundID) ([]Member, error)
}

// Opened is everything that opening a round stores at once.
type Opened struct {
	Round    *Round // with Invited, Paper, Fingerprint set
	At       time.Time
	Manifest []byte
	Members  []Member
	Roster   []RosterRow
	Asked    map[PersonID]ProcessRole // for the rotation of the next round
	Detail   map[string]string        // of the audit entry
	Then     []Job                    // what falls due from now on
}
