package v1

import (
	"time"

	"pulscheck/survey/tally"
)

// Round is one survey.
type Round struct {
	ID            string          `json:"id"`
	Organisation  string          `json:"organisation"`
	Iteration     string          `json:"iteration"`
	Kind          string          `json:"kind" enum:"check,pulse"`
	Title         Text            `json:"title"`
	State         string          `json:"state" enum:"draft,review,open,closed,counted,done"`
	Opens         time.Time       `json:"opens"`
	Closes        time.Time       `json:"closes"`
	Announced     *time.Time      `json:"announced" doc:"the end that the manifest names, if the round was ended before; closes is then when"`
	Zone          string          `json:"zone" doc:"IANA zone in which it was planned"`
	OpensWall     string          `json:"opens_wall" doc:"local time of opening in the zone" example:"2026-03-02T09:00"`
	ClosesWall    string          `json:"closes_wall" doc:"local time of closing in the zone"`
	K             int             `json:"k"`
	Questionnaire QuestionnaireID `json:"questionnaire"`
	Reminders     []time.Time     `json:"reminders" nullable:"false"`
	Invited       *int            `json:"invited" doc:"from submitting on"`
	PaperTickets  *int            `json:"paper_tickets" doc:"from submitting on"`
	Fingerprint   *string         `json:"fingerprint" doc:"SHA-256 of the manifest, from opening on"`
	Submitted     *time.Time      `json:"submitted" doc:"to the auditor"`
	Vetoed        *time.Time      `json:"vetoed"`
	VetoReason    *string         `json:"veto_reason"`
	Counted       *time.Time      `json:"counted"`
	Tried         bool            `json:"tried" doc:"somebody tried out the questions that it has now"`
	FromCadence   bool            `json:"from_cadence"`
	Pinned        bool            `json:"pinned" doc:"changed by hand: the cadence leaves it alone"`
	Asked         *Asked          `json:"asked" doc:"what somebody asked another lead to do with it"`
	Restored      *time.Time      `json:"restored" doc:"when the database was restored from a backup while the round took answers: some given between may be missing, single people may have answered twice"`
	Imported      bool            `json:"imported" doc:"counted by another tool; the fingerprint is that of the file"`
	Trustee       *string         `json:"trustee" doc:"SHA-256 of the key without which it cannot be counted; null = none"`
	AwaitsTrustee bool            `json:"awaits_trustee" doc:"closed, and counted once the trustee has unlocked it"`
	Version       int             `json:"version" doc:"the number in the ETag"`
}

// QuestionnaireID names a version of a questionnaire.
type QuestionnaireID struct {
	ID   string `json:"id" example:"pulse"`
	Hash string `json:"hash"`
}

// Asked is what takes a second person.
type Asked struct {
	What string    `json:"what" enum:"open,close"`
	By   string    `json:"by" doc:"as in the audit"`
	At   time.Time `json:"at"`
}

// RoundNew is what is said of a new draft.
type RoundNew struct {
	Kind          string      `json:"kind" enum:"check,pulse"`
	Opens         time.Time   `json:"opens" example:"2026-03-02T08:00:00Z"`
	Closes        time.Time   `json:"closes" example:"2026-03-16T16:00:00Z"`
	Title         *Text       `json:"title,omitempty" doc:"by default that of the questionnaire"`
	Questionnaire *string     `json:"questionnaire,omitempty" doc:"an own one as YAML; by default the built-in one of the kind"`
	Reminders     []time.Time `json:"reminders,omitempty" maxItems:"2" nullable:"false"`
}

// RoundChange is what is to change about a draft; what is left out stays.
type RoundChange struct {
	Opens         *time.Time   `json:"opens,omitempty"`
	Closes        *time.Time   `json:"closes,omitempty"`
	Title         *Text        `json:"title,omitempty"`
	Questionnaire *string      `json:"questionnaire,omitempty" doc:"an own one as YAML"`
	Reminders     *[]time.Time `json:"reminders,omitempty" maxItems:"2"`
}

// Veto says why a round must not open.
type Veto struct {
	Reason string `json:"reason" minLength:"1" maxLength:"200" doc:"told to the lead"`
}

// Review is what is looked at before a round opens.
type Review struct {
	Round     Round       `json:"round"`
	Fixed     bool        `json:"fixed" doc:"submitted or opened: nothing of it changes any more"`
	Questions []Question  `json:"questions" nullable:"false"`
	Comment   *Text       `json:"comment" doc:"the open question"`
	Groups    []GroupSize `json:"groups" doc:"numbers invited by process, role, both, and unit" nullable:"false"`
	Shifted   []GroupSize `json:"shifted" doc:"groups that may stay hidden because from one to k-1 people came or went since the last round; without attributes: everybody" nullable:"false"`
	People    []Invited   `json:"people" doc:"everybody on the list, for the auditor until the round closes, else null"`
	Unnamed   *int        `json:"unnamed" doc:"people of the fixed list who were changed or removed since, for the auditor"`
}

// Question is a question of a round.
type Question struct {
	Key   string `json:"key" example:"A1"`
	Text  Text   `json:"text"`
	Scale string `json:"scale" example:"likert5"`
}

// GroupSize is the number of people who are asked with these attributes.
type GroupSize struct {
	Process string `json:"process,omitempty"`
	Role    string `json:"role,omitempty"`
	Unit    string `json:"unit,omitempty"`
	Invited int    `json:"invited"`
}

// Invited is somebody on the list of a round. Nothing tells whether they answered.
type Invited struct {
	Email   string `json:"email" doc:"empty = by paper ticket"`
	Name    string `json:"name"`
	Process string `json:"process"`
	Role    string `json:"role"`
	Unit    string `json:"unit"`
}

// Results are what a counted round released. They go out as tally wrote them: nothing
// else may.
type Results = tally.Results

// Undelivered is an invitation that was refused, or whose fate is unknown.
type Undelivered struct {
	Person string `json:"person"`
	Email  string `json:"email"`
	State  string `json:"state" enum:"failed,uncertain"`
}

// Repeat says whose invitations go out again.
type Repeat struct {
	People []string `json:"people" doc:"ids; an uncertain invitation may arrive twice then" nullable:"false"`
}
