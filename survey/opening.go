package survey

import (
	"context"
	"time"

	"pulscheck/survey/account"
	"pulscheck/survey/audit"
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
	// SubmitRound fixes a draft in one transaction: state, members, roster, letters,
	// audit entry. A round that is no draft gives fault Conflict "round-open", one in
	// another version fault Stale "version-conflict".
	SubmitRound(ctx context.Context, r *Round, f Frozen, letters []Letter, e audit.Entry) error
	// AskRound keeps what somebody asks of the round in version r.Version, with letters and
	// audit entry. A round in another version is fault Stale "version-conflict".
	AskRound(ctx context.Context, r *Round, letters []Letter, e audit.Entry) error
	// VetoRound keeps a submitted round from opening.
	VetoRound(ctx context.Context, r *Round, e audit.Entry) error
	// OpenRound stores the manifest of a round and, where it was not submitted before,
	// what SubmitRound does, in one transaction. A round that is past that gives fault
	// Conflict "round-open", one in another version fault Stale "version-conflict".
	OpenRound(ctx context.Context, o Opened) error
	// HasRole says whether somebody, or a token, has a role in the organisation.
	HasRole(ctx context.Context, id OrganisationID, role account.Role, at time.Time) (bool, error)
	// ListRoster gives who is asked in a round that was submitted or opened, while that
	// is kept.
	ListRoster(ctx context.Context, id RoundID) ([]RosterRow, error)
	// ListMembers gives the invitations of a round in order of their random handles,
	// paper tickets included.
	ListMembers(ctx context.Context, id RoundID) ([]Member, error)
}

// Frozen is who is asked for what, fixed when a round is submitted or opened.
type Frozen struct {
	Members []Member
	Roster  []RosterRow
	Asked   map[PersonID]ProcessRole // for the rotation of the next round
}

// Opened is everything that opening a round stores at once.
type Opened struct {
	Round    *Round // with Invited, Paper, Fingerprint set
	Manifest []byte
	Frozen   *Frozen // nil if the round was submitted before
	Told     audit.Entry
	Then     []Job // what falls due from now on
}
