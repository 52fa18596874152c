package v1

import (
	"time"

	"pulscheck/survey/tally"
)

// What stands in addresses and headers.

// ByOrganisation names an organisation.
type ByOrganisation struct {
	Organisation string `path:"organisation" doc:"id of an organisation"`
}

// ByKey names an entry of a list.
type ByKey struct {
	Key string `path:"key" doc:"key of the entry" example:"INC"`
}

// ByPerson names a person.
type ByPerson struct {
	Person string `path:"person" doc:"id of a person"`
}

// ByProgramme names a programme.
type ByProgramme struct {
	Programme string `path:"programme" doc:"id of a programme"`
}

// ByIteration names an iteration.
type ByIteration struct {
	Iteration string `path:"iteration" doc:"id of an iteration"`
}

// ByRound names a round.
type ByRound struct {
	Round string `path:"round" doc:"id of a round"`
}

// ByReport names a report.
type ByReport struct {
	Report string `path:"report" doc:"id of a report"`
}

// Of says which organisation something belongs to.
type Of struct {
	Organisation string `query:"organisation" doc:"id of an organisation; by default the one of the token, for an operator the installation"`
}

// Seen is the version that the caller saw.
type Seen struct {
	IfMatch string `header:"If-Match" required:"true" doc:"the ETag that you have seen" example:"\"3\""`
}

// Answers.

// One is one thing with its version.
type One[T any] struct {
	ETag string `header:"ETag" doc:"the version, for If-Match"`
	Body T
}

// Made is one thing that was made.
type Made[T any] struct {
	Location string `header:"Location" doc:"where it is from now on"`
	ETag     string `header:"ETag" doc:"the version, for If-Match"`
	Body     T
}

// None is an answer without content.
type None struct{}

// Text is a name or sentence in both languages.
type Text struct {
	DE string `json:"de" example:"Störungen"`
	EN string `json:"en" example:"Incidents"`
}

// Organisation is a client.
type Organisation struct {
	ID      string `json:"id"`
	Key     string `json:"key" doc:"stands in file names and document ids" example:"nord"`
	Name    string `json:"name" example:"Nordlicht AG"`
	Zone    string `json:"zone" doc:"IANA time zone" example:"Europe/Berlin"`
	K       int    `json:"k" doc:"no group smaller than this is ever shown" example:"5"`
	Version int    `json:"version" doc:"the number in the ETag"`
}

// OrganisationNew is what is said of a new organisation.
type OrganisationNew struct {
	Key  string `json:"key" minLength:"2" maxLength:"12" pattern:"^[a-z0-9]+$" example:"nord"`
	Name string `json:"name" minLength:"1" maxLength:"120" example:"Nordlicht AG"`
	Zone string `json:"zone,omitempty" default:"Europe/Berlin" example:"Europe/Berlin"`
	K    int    `json:"k,omitempty" minimum:"5" maximum:"50" default:"5"`
}

// OrganisationChange is what is to change; what is left out stays.
type OrganisationChange struct {
	Name *string `json:"name,omitempty" minLength:"1" maxLength:"120"`
	Zone *string `json:"zone,omitempty"`
	K    *int    `json:"k,omitempty" minimum:"5" maximum:"50" doc:"only upwards, and not while a round is open"`
}

// Entry is an entry of a list of the organisation.
type Entry struct {
	Key      string `json:"key" example:"INC"`
	Name     Text   `json:"name"`
	Since    string `json:"since,omitempty" doc:"day of the go-live of a process" example:"2026-03-02"`
	Archived bool   `json:"archived" doc:"stays for what refers to it, is offered nowhere"`
	Version  int    `json:"version" doc:"the number in the ETag"`
}

// EntryNew is what is said of a new entry.
type EntryNew struct {
	Key      string `json:"key" minLength:"1" maxLength:"32" pattern:"^[A-Za-z0-9-][A-Za-z0-9_-]*$" example:"INC"`
	Name     Text   `json:"name"`
	Since    string `json:"since,omitempty" doc:"day of the go-live, processes only" example:"2026-03-02"`
	Archived bool   `json:"archived,omitempty"`
}

// EntryChange is what is to change; what is left out stays.
type EntryChange struct {
	Name     *Text   `json:"name,omitempty"`
	Since    *string `json:"since,omitempty" doc:"empty = not said"`
	Archived *bool   `json:"archived,omitempty"`
}

// Template says which processes of the template to take.
type Template struct {
	Keys []string `json:"keys,omitempty" doc:"none = all 15" nullable:"false"`
}

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

// Programme is one introduction of ITSM.
type Programme struct {
	ID           string   `json:"id"`
	Organisation string   `json:"organisation"`
	Name         string   `json:"name" example:"ITSM"`
	Steering     []string `json:"steering" doc:"addresses that get the check report" nullable:"false"`
	SendReport   string   `json:"send_report" enum:"when_counted,when_issued"`
	Language     string   `json:"language" enum:"de,en" doc:"in which the steering committee reads"`
	Version      int      `json:"version" doc:"the number in the ETag"`
}

// ProgrammeNew is what is said of a new programme.
type ProgrammeNew struct {
	Name       string   `json:"name" minLength:"1" maxLength:"200" example:"ITSM"`
	Steering   []string `json:"steering,omitempty" maxItems:"50" nullable:"false"`
	SendReport *string  `json:"send_report,omitempty" enum:"when_counted,when_issued" default:"when_issued"`
	Language   *string  `json:"language,omitempty" enum:"de,en" default:"de"`
}

// ProgrammeChange is what is to change; what is left out stays.
type ProgrammeChange struct {
	Name       *string   `json:"name,omitempty" minLength:"1" maxLength:"200"`
	Steering   *[]string `json:"steering,omitempty" maxItems:"50"`
	SendReport *string   `json:"send_report,omitempty" enum:"when_counted,when_issued"`
	Language   *string   `json:"language,omitempty" enum:"de,en"`
}

// Iteration is one PDCA cycle.
type Iteration struct {
	ID        string     `json:"id"`
	Programme string     `json:"programme"`
	Number    int        `json:"number" doc:"from 1 within the programme"`
	Phase     string     `json:"phase" enum:"PLAN,DO,CHECK,ACT,DONE"`
	Starts    time.Time  `json:"starts" doc:"when DO is to begin"`
	Checks    *time.Time `json:"checks" doc:"when CHECK is to begin"`
	Ends      time.Time  `json:"ends"`
	Scope     []string   `json:"scope" doc:"keys of the processes it covers" nullable:"false"`
	Events    []Event    `json:"events" nullable:"false"`
	Version   int        `json:"version" doc:"the number in the ETag"`
}

// Event is a flag on the time axes of reports.
type Event struct {
	Day   string `json:"day" format:"date" example:"2026-03-02"`
	Kind  string `json:"kind" enum:"go-live,training,reorganisation,tool,other"`
	Label string `json:"label" minLength:"1" maxLength:"12" example:"Tool live"`
}

// IterationNew is what is said of a new iteration.
type IterationNew struct {
	Starts time.Time `json:"starts" example:"2026-03-02T08:00:00Z"`
	Checks time.Time `json:"checks" example:"2026-06-01T08:00:00Z"`
	Ends   time.Time `json:"ends" example:"2026-07-01T08:00:00Z"`
	Scope  []string  `json:"scope,omitempty" nullable:"false"`
	Events []Event   `json:"events,omitempty" maxItems:"40" nullable:"false"`
}

// IterationChange is what is to change; what is left out stays.
type IterationChange struct {
	Starts *time.Time `json:"starts,omitempty"`
	Checks *time.Time `json:"checks,omitempty"`
	Ends   *time.Time `json:"ends,omitempty"`
	Scope  *[]string  `json:"scope,omitempty"`
	Events *[]Event   `json:"events,omitempty" maxItems:"40"`
}

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
	FromCadence   bool            `json:"from_cadence"`
	Pinned        bool            `json:"pinned" doc:"changed by hand: the cadence leaves it alone"`
	Version       int             `json:"version" doc:"the number in the ETag"`
}

// QuestionnaireID names a version of a questionnaire.
type QuestionnaireID struct {
	ID   string `json:"id" example:"pulse"`
	Hash string `json:"hash"`
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

// Report is one PDF of an iteration.
type Report struct {
	ID        string     `json:"id"`
	Iteration string     `json:"iteration"`
	Kind      string     `json:"kind" example:"check"`
	Language  string     `json:"language" enum:"de,en"`
	Number    int        `json:"number" doc:"the printed version"`
	State     string     `json:"state" enum:"draft,issued"`
	Reason    string     `json:"reason" doc:"why there is another number"`
	Document  string     `json:"document" doc:"the printed document id"`
	DataHash  string     `json:"data_hash" doc:"SHA-256 of the attached data"`
	FileName  string     `json:"file_name"`
	FileHash  string     `json:"file_hash" doc:"SHA-256 of the PDF"`
	Created   time.Time  `json:"created"`
	Issued    *time.Time `json:"issued"`
	Version   int        `json:"version" doc:"the number in the ETag"`
}

// Token lets a program act. Its text is told once, when it is made.
type Token struct {
	ID           string     `json:"id"`
	Role         string     `json:"role" enum:"operator,consultant,lead,owner,steering,auditor"`
	Organisation *string    `json:"organisation" doc:"null for an operator"`
	Processes    []string   `json:"processes" doc:"of an owner" nullable:"false"`
	Name         string     `json:"name" doc:"what it is for"`
	Created      time.Time  `json:"created"`
	Expires      time.Time  `json:"expires"`
	Revoked      *time.Time `json:"revoked"`
}

// TokenNew is what is said of a new token.
type TokenNew struct {
	Role         string   `json:"role" enum:"operator,consultant,lead,owner,steering,auditor"`
	Organisation *string  `json:"organisation,omitempty" doc:"by default the one of the asking token; none for an operator"`
	Processes    []string `json:"processes,omitempty" doc:"of an owner" nullable:"false"`
	Name         string   `json:"name" minLength:"1" maxLength:"120" example:"nightly export"`
	ExpiresDays  *int     `json:"expires_days,omitempty" minimum:"1" maximum:"400" default:"90"`
}

// TokenMade is a new token with its text.
type TokenMade struct {
	Token Token  `json:"token"`
	Text  string `json:"text" doc:"the token itself, told this once"`
}

// AuditEntry is one line of the log.
type AuditEntry struct {
	Seq      int               `json:"seq" doc:"1, 2, 3 … within the organisation"`
	At       time.Time         `json:"at"`
	Actor    string            `json:"actor" example:"system"`
	Verb     string            `json:"verb" example:"round.open"`
	Subject  string            `json:"subject"`
	Detail   map[string]string `json:"detail"`
	Previous string            `json:"previous" doc:"hash of the entry before"`
	Hash     string            `json:"hash"`
}
