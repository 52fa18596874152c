package v1

import "time"

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

// ByRecord names a goal or something else that is kept like one.
type ByRecord struct {
	Record string `path:"record" doc:"its id"`
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

	Auditors []string `json:"auditors" doc:"addresses that are told of rounds to review" nullable:"false"`
	Contact  Text     `json:"contact" doc:"whom respondents ask; stands on the survey page of rounds that open from then on"`

	Agreement string `json:"agreement" doc:"with the works council, empty = not said" example:"BV 2026/07"`

	SecondPerson bool   `json:"second_person" doc:"one person asks for a round to be opened or ended early, another lead does it"`
	Limits       Limits `json:"limits" doc:"of the words and symbols of reports"`
	Colour       string `json:"colour" doc:"of covers and headings of reports, #rrggbb; empty = that of pulscheck" example:"#0f5a75"`
}

// Limits say from which level on reports call something on track, and from which on it is
// to be watched; what is below calls for action.
type Limits struct {
	IndexOK    int `json:"index_ok" minimum:"1" maximum:"100" doc:"index from which on something is on track" example:"65"`
	IndexWatch int `json:"index_watch" minimum:"1" maximum:"100" doc:"index from which on it is to be watched, less than index_ok" example:"50"`
	ShareOK    int `json:"share_ok" minimum:"1" maximum:"100" doc:"the same of parts of a whole, such as goals on track, in percent" example:"80"`
	ShareWatch int `json:"share_watch" minimum:"1" maximum:"100" doc:"percent, less than share_ok" example:"60"`
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

	Auditors *[]string `json:"auditors,omitempty" maxItems:"50"`
	Contact  *Text     `json:"contact,omitempty" doc:"at most 160 characters each; empty: not said"`

	Agreement *string `json:"agreement,omitempty" maxLength:"200" doc:"with the works council; empty: not said"`

	SecondPerson *bool   `json:"second_person,omitempty" doc:"on takes two leads; off is told to the other leads and the auditors"`
	Limits       *Limits `json:"limits,omitempty" doc:"all four; of reports that are drawn from then on"`
	Colour       *string `json:"colour,omitempty" doc:"#rrggbb with a contrast of 4.5:1 with white and with #E8F2F6; one that is too light is refused with the nearest tone that is not. Empty: that of pulscheck" example:"#0f5a75"`
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
	NoGoals   string     `json:"no_goals" doc:"why it has no goal; empty: it is to have one"`
	Met       string     `json:"met" doc:"day on which the steering committee decided, YYYY-MM-DD or empty"`
	Staff     string     `json:"staff" doc:"what its decisions change for staff"`
	StaffTold string     `json:"staff_told" doc:"when staff hear about it"`
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

	NoGoals *string `json:"no_goals,omitempty" maxLength:"500"`
}

// IterationChange is what is to change; what is left out stays.
type IterationChange struct {
	Starts *time.Time `json:"starts,omitempty"`
	Checks *time.Time `json:"checks,omitempty"`
	Ends   *time.Time `json:"ends,omitempty"`
	Scope  *[]string  `json:"scope,omitempty"`
	Events *[]Event   `json:"events,omitempty" maxItems:"40"`

	NoGoals *string `json:"no_goals,omitempty" maxLength:"500" doc:"why it has no goal; empty: it is to have one"`

	Met       *string `json:"met,omitempty" example:"2026-06-15" doc:"day on which the steering committee decided; empty: not yet"`
	Staff     *string `json:"staff,omitempty" maxLength:"500" example:"Small changes need no approval any more" doc:"what its decisions change for staff"`
	StaffTold *string `json:"staff_told,omitempty" maxLength:"500" example:"team meetings of week 26" doc:"when staff hear about it"`
}

// Report is one PDF of an iteration.
type Report struct {
	ID        string     `json:"id"`
	Iteration string     `json:"iteration"`
	Kind      string     `json:"kind" enum:"check,team,comparison"`
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
	Consented    bool       `json:"consented" doc:"false: a consultant's, which waits for the consent of the organisation; it follows that to the consultants"`
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

	ActorName   *string     `json:"actor_name" doc:"of the user or token; null: the machine, or nobody knows any more" example:"Anna Beispiel"`
	SubjectName *AuditLabel `json:"subject_name" doc:"what the subject is called; null: it is not there any more, or has no name"`
	Address     *string     `json:"address" doc:"network that it was asked from, cut to /24 or /48; null after 30 days. No part of the hash" example:"203.0.113.0/24"`
}

// AuditLabel is what something is called: a name, or the number of an iteration.
type AuditLabel struct {
	DE        *string `json:"de"`
	EN        *string `json:"en"`
	Iteration *int    `json:"iteration"`
}
