package survey

import (
	"context"
	"time"

	"pulscheck/survey/account"
	"pulscheck/survey/audit"
	"pulscheck/survey/cadence"
)

// Administration is what those who run programmes ask of the store. Every change
// stores the audit entries told with it in the same transaction. Changes of something
// that has a version are refused with fault Stale "version-conflict" if it is not the
// one seen; a key that is there already is fault Conflict "key-taken".
type Administration interface {
	Organisations
	Programmes
	Reports
	Deliveries
	Records
	Proposals
	Edits
	Measurements
	Past
	Assessments
	Comments
	Coachings
	Logos
	Accounts
	Doors
	// CreateToken, FindToken, ListTokens and RevokeToken keep access tokens by the hash
	// of their secret. The empty organisation stands for operators.
	CreateToken(ctx context.Context, t *account.Token, told ...audit.Entry) error
	FindToken(ctx context.Context, hash []byte) (*account.Token, error)
	ListTokens(ctx context.Context, id OrganisationID) ([]account.Token, error)
	RevokeToken(ctx context.Context, organisation OrganisationID, id account.TokenID, at time.Time, told ...audit.Entry) error
	Log
}

// Also is what happens in the same transaction as a change.
type Also struct {
	Told []audit.Entry
	Then []Job
}

// Organisations keeps clients, their lists and their people.
type Organisations interface {
	CreateOrganisation(ctx context.Context, o *Organisation, told ...audit.Entry) error
	UpdateOrganisation(ctx context.Context, o *Organisation, told ...audit.Entry) error
	ListOrganisations(ctx context.Context) ([]Organisation, error)
	CreateEntries(ctx context.Context, id OrganisationID, list List, entries []Named, told ...audit.Entry) error
	UpdateEntry(ctx context.Context, id OrganisationID, list List, n Named, told ...audit.Entry) error
	// UsedEntry reports whether anything refers to an entry.
	UsedEntry(ctx context.Context, id OrganisationID, list List, key string) (bool, error)
	// DeleteEntry removes an entry in version seen; fault Conflict "entry-used" if
	// anything refers to it.
	DeleteEntry(ctx context.Context, id OrganisationID, list List, key string, seen int, told ...audit.Entry) error
	CreatePeople(ctx context.Context, people []Person, told ...audit.Entry) error
	UpdatePerson(ctx context.Context, p *Person, told ...audit.Entry) error
	FindPerson(ctx context.Context, id OrganisationID, person PersonID) (*Person, error)
	// Enrol stores an import, all or nothing.
	Enrol(ctx context.Context, id OrganisationID, e Enrolment, told ...audit.Entry) error
	// DeletePerson removes version p.Version of a person. Rows of rosters with the mark become nameless: they
	// match nobody any more (decision 24).
	DeletePerson(ctx context.Context, p *Person, mark []byte, told ...audit.Entry) error
	// ListRostered gives the rows with a mark in the rosters of an organisation.
	ListRostered(ctx context.Context, id OrganisationID, mark []byte) ([]Rostered, error)
	// ListMemberships gives the invitations of a person that still exist.
	ListMemberships(ctx context.Context, person PersonID) ([]Membership, error)
	// ListLeavers gives who left before an instant, of any organisation.
	ListLeavers(ctx context.Context, before time.Time) ([]Person, error)
	// ListEverybody gives those who left, too.
	ListEverybody(ctx context.Context, id OrganisationID) ([]Person, error)
}

// Programmes keeps programmes, iterations, their rounds and cadence.
type Programmes interface {
	CreateProgramme(ctx context.Context, p *Programme, told ...audit.Entry) error
	UpdateProgramme(ctx context.Context, p *Programme, told ...audit.Entry) error
	FindProgramme(ctx context.Context, id ProgrammeID) (*Programme, error)
	ListProgrammes(ctx context.Context, id OrganisationID) ([]Programme, error)
	CreateIteration(ctx context.Context, i *Iteration, told ...audit.Entry) error
	// UpdateIteration creates the following iteration too, unless next is nil, and
	// replaces the planned drafts, unless planned is nil.
	UpdateIteration(ctx context.Context, i *Iteration, next *Following, planned *Replanned, told ...audit.Entry) error
	FindIteration(ctx context.Context, id IterationID) (*Iteration, error)
	ListIterations(ctx context.Context, id ProgrammeID) ([]Iteration, error)
	CreateRound(ctx context.Context, r *Round, also ...Also) error
	UpdateRound(ctx context.Context, r *Round, also ...Also) error
	DeleteRound(ctx context.Context, id RoundID, seen int, told ...audit.Entry) error
	ListRoundsOf(ctx context.Context, id IterationID) ([]Round, error)
	// FindCadence gives the plan and its version; fault NotFound without one.
	FindCadence(ctx context.Context, id ProgrammeID) (*cadence.Plan, int, error)
	// PutCadence replaces version seen, 0 for the first one, and the planned drafts.
	PutCadence(ctx context.Context, id ProgrammeID, plan cadence.Plan, seen int, planned []Replanned, told ...audit.Entry) error
}
