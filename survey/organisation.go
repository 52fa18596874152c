package survey

import "pulscheck/survey/locale"

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
	Processes []Named
	Roles     []Named // process roles (decision 14), not log-in roles
	Units     []Named
}

// Named is an entry of a list of the organisation in catalogue order.
type Named struct {
	Key  string
	Name locale.Text
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
}

// ProcessRole is one process in which a person has a role.
type ProcessRole struct {
	Process string
	Role    string
}

// Programme is one introduction of ITSM.
type Programme struct {
	ID           ProgrammeID
	Organisation OrganisationID
	Name         string
}
