package v1

import "time"

// ProcessRole is one process in which a person has a role.
type ProcessRole struct {
	Process string `json:"process" example:"INC"`
	Role    string `json:"role" example:"staff"`
}

// Person is somebody who may be invited.
type Person struct {
	ID      string        `json:"id"`
	Email   string        `json:"email" doc:"empty = takes part by paper ticket"`
	Name    string        `json:"name"`
	Unit    string        `json:"unit"`
	Locale  string        `json:"locale" enum:"de,en"`
	Roles   []ProcessRole `json:"roles" nullable:"false"`
	Left    *time.Time    `json:"left" doc:"since when no longer invited"`
	Version int           `json:"version" doc:"the number in the ETag"`
}

// PersonNew is what is said of a new person.
type PersonNew struct {
	Email  string        `json:"email,omitempty" maxLength:"254" example:"a.berg@nordlicht.example"`
	Name   string        `json:"name,omitempty" maxLength:"200" doc:"needed without an address" example:"A. Berg"`
	Unit   string        `json:"unit,omitempty" example:"it"`
	Locale string        `json:"locale,omitempty" enum:"de,en" default:"de"`
	Roles  []ProcessRole `json:"roles" nullable:"false"`
}

// PersonChange is what is to change; what is left out stays. Somebody who left comes
// back by it.
type PersonChange struct {
	Email  *string        `json:"email,omitempty" maxLength:"254"`
	Name   *string        `json:"name,omitempty" maxLength:"200"`
	Unit   *string        `json:"unit,omitempty"`
	Locale *string        `json:"locale,omitempty" enum:"de,en"`
	Roles  *[]ProcessRole `json:"roles,omitempty"`
}

// Import tells what an import did, or would do.
type Import struct {
	New       int        `json:"new" doc:"people"`
	Changed   int        `json:"changed"`
	Unchanged int        `json:"unchanged"`
	Missing   int        `json:"missing" doc:"people of the organisation who are not in the file"`
	Left      int        `json:"left" doc:"of these, who left by it"`
	Wrong     int        `json:"wrong" doc:"rows"`
	Units     []string   `json:"units" doc:"units that are new" nullable:"false"`
	Errors    []RowError `json:"errors" doc:"the first 100, of a dry run" nullable:"false"`
}

// RowError is what is wrong with one cell of a file.
type RowError struct {
	Row    int    `json:"row" doc:"line in the file, from 1"`
	Column string `json:"column"`
	Code   string `json:"code" doc:"as in problems"`
}

// Dossier is everything that is stored about a person. No answers are in it: nothing
// says which are whose.
type Dossier struct {
	Person      Person       `json:"person"`
	Invitations []Invitation `json:"invitations" doc:"of rounds that are not counted yet" nullable:"false"`
	Asked       []Times      `json:"asked" doc:"for the rotation over process roles" nullable:"false"`
	Rosters     []Rostered   `json:"rosters" doc:"who was asked, by a hash, until the next round of the kind is counted" nullable:"false"`
}

// Rostered is a row of the roster of a round.
type Rostered struct {
	Round   string `json:"round"`
	Mark    string `json:"mark" doc:"hash of the address, or of name and unit"`
	Process string `json:"process"`
	Role    string `json:"role"`
	Unit    string `json:"unit"`
}

// Invitation is one invitation of a person.
type Invitation struct {
	Round   string `json:"round"`
	Handle  string `json:"handle"`
	Process string `json:"process"`
	Role    string `json:"role"`
	Unit    string `json:"unit"`
	Mail    string `json:"mail" doc:"what became of the invitation by mail; empty: none yet"`
}

// Times is how often a person was asked for a process role.
type Times struct {
	Process string `json:"process"`
	Role    string `json:"role"`
	Times   int    `json:"times"`
}
