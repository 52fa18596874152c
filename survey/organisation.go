package survey

import (
	"strings"
	"time"

	"pulscheck/survey/locale"
)

// OrganisationID and the other ids are opaque text, 22 characters of base64url (128
// random bits), typed so that none stands for another.
type OrganisationID string

// ProgrammeID names a programme.
type ProgrammeID string

// IterationID names an iteration.
type IterationID string

// RoundID names a round.
type RoundID string

// PersonID names a person.
type PersonID string

// FloorK is the smallest k there is; an organisation may raise it, never lower it.
const FloorK = 5

// Organisation is a client with its lists. Key is 2-12 of a-z 0-9 and stands in
// file names and document ids.
type Organisation struct {
	ID        OrganisationID
	Key       string
	Name      string
	Zone      string // IANA time zone, e.g. Europe/Berlin
	K         int
	Auditors  []string    // addresses that are told of rounds to review (decision 25)
	Agreement string      // with the works council, e.g. number and day; empty = not said
	Contact   locale.Text // whom respondents ask, e.g. the hours of the open door; zero = not said
	Processes []Named
	Roles     []Named // process roles (decision 14), not log-in roles
	Units     []Named
	Themes    []Named  // of comments
	Trustee   *Trustee // nil = nobody holds a key
	Limits    Limits   // of the words of reports; zero = the usual ones
	Colour    Colour   // of covers and headings of reports; empty = ours
	// SecondPerson wants another lead to do what one asked for: open a round, or end it early.
	SecondPerson bool
	Version      int // counts the changes of everything above but the lists
}

// Named is an entry of a list of the organisation in catalogue order. An archived one
// stays for what refers to it and is offered nowhere any more.
type Named struct {
	Key      string
	Name     locale.Text
	Since    string // day of the go-live of a process, YYYY-MM-DD; empty = not said
	Archived bool
	Version  int
}

// List is one of the lists of an organisation.
type List string

// The lists.
const (
	ProcessList List = "process"
	RoleList    List = "role"
	UnitList    List = "unit"
	ThemeList   List = "theme"
)

// Of gives a list of an organisation.
func (l List) Of(o *Organisation) []Named {
	switch l {
	case ProcessList:
		return o.Processes
	case RoleList:
		return o.Roles
	case ThemeList:
		return o.Themes
	}
	return o.Units
}

// Person is somebody who may be invited. Without an address the person takes part
// by paper ticket and is identified by name and unit.
type Person struct {
	ID           PersonID
	Organisation OrganisationID
	Email        string
	Name         string
	Unit         string
	Locale       locale.Language
	Roles        []ProcessRole
	Left         *time.Time // since when the person is no longer invited
	Version      int
}

// MatchKey is what identifies a person within the organisation: the address without
// regard to upper and lower case, or name and unit without one.
func (p *Person) MatchKey() string {
	if p.Email != "" {
		return strings.ToLower(p.Email)
	}
	return p.Name + "\n" + p.Unit
}

// ProcessRole is one process in which a person has a role.
type ProcessRole struct {
	Process string
	Role    string
}
