package account

// Permission is something that can be done to an organisation and what it holds.
type Permission string

// The permissions. A row of the table of rights that tells reading from changing
// stands here twice.
const (
	CreateOrganisations  Permission = "organisations.create"
	ReadOrganisation     Permission = "organisation.read" // name, zone, k
	ChangeOrganisation   Permission = "organisation.change"
	ReadProgramme        Permission = "programme.read" // programmes, iterations, processes, units, cadence, events
	ChangeProgramme      Permission = "programme.change"
	ReadPeople           Permission = "people.read" // address list, import, Art. 15 and 17
	ChangePeople         Permission = "people.change"
	ReadRounds           Permission = "rounds.read"
	DraftRounds          Permission = "rounds.draft"
	OpenRounds           Permission = "rounds.open" // open and close
	ReviewRounds         Permission = "rounds.review"
	VetoRounds           Permission = "rounds.veto"
	HoldKey              Permission = "trustee.hold" // set the trustee's key, unlock counting
	ReadResults          Permission = "results.read"
	CompareOrganisations Permission = "organisations.compare" // the whole of each beside the others'
	ReadReports          Permission = "reports.read"
	IssueReports         Permission = "reports.issue" // issue and send
	ReadProgress         Permission = "progress.read" // assessments, goals, KPIs, quick wins, improvements
	ChangeProgress       Permission = "progress.change"
	CloseAssessments     Permission = "assessments.close" // end rating before all are done, settle, open again
	ReadDecisions        Permission = "decisions.read"
	RecordDecisions      Permission = "decisions.record"
	ReadVoices           Permission = "voices.read"     // released comments and answers to them
	ReviewComments       Permission = "comments.review" // the queue
	ModerateComments     Permission = "comments.moderate"
	RedactComments       Permission = "comments.redact" // or delete
	AnswerDoor           Permission = "door.answer"
	AnswerInvitations    Permission = "invitations.answer" // to the own person
	Appoint              Permission = "access.appoint"     // invite somebody: an operator the first lead, who then invites the others
	ManageAccess         Permission = "access.manage"      // users, roles, tokens
	ReadAudit            Permission = "audit.read"
)

// reach is how far a role's permission goes.
type reach int

const (
	nowhere      reach = iota
	outside            // the installation itself and no organisation
	ownProcesses       // the part of the own organisations that concerns the own processes
	own                // the organisations that the actor belongs to
	everywhere
)

// rights is the table of threat-model.md 6.1: a role that is not named may not.
var rights = map[Permission]map[Role]reach{
	CreateOrganisations:  {Operator: everywhere},
	ReadOrganisation:     {Operator: everywhere, Consultant: own, Lead: own, Owner: own, Steering: own, Auditor: own},
	ChangeOrganisation:   {Lead: own},
	ReadProgramme:        {Consultant: own, Lead: own, Owner: own, Steering: own, Auditor: own},
	ChangeProgramme:      {Consultant: own, Lead: own},
	ReadPeople:           {Lead: own},
	ChangePeople:         {Lead: own},
	ReadRounds:           {Consultant: own, Lead: own, Owner: own, Steering: own, Auditor: own},
	DraftRounds:          {Consultant: own, Lead: own},
	OpenRounds:           {Lead: own},
	ReviewRounds:         {Consultant: own, Lead: own, Auditor: own},
	VetoRounds:           {Auditor: own},
	HoldKey:              {Auditor: own},
	ReadResults:          {Consultant: own, Lead: own, Owner: ownProcesses, Steering: own, Auditor: own},
	CompareOrganisations: {Consultant: own},
	ReadReports:          {Consultant: own, Lead: own, Steering: own, Auditor: own},
	IssueReports:         {Consultant: own, Lead: own},
	ReadProgress:         {Consultant: own, Lead: own, Owner: ownProcesses, Steering: own, Auditor: own},
	ChangeProgress:       {Consultant: own, Lead: own, Owner: ownProcesses},
	CloseAssessments:     {Consultant: own, Lead: own},
	ReadDecisions:        {Consultant: own, Lead: own, Steering: own, Auditor: own},
	RecordDecisions:      {Consultant: own, Lead: own},
	ReadVoices:           {Consultant: own, Lead: own, Owner: own, Steering: own, Auditor: own},
	ReviewComments:       {Consultant: own, Lead: own, Auditor: own},
	ModerateComments:     {Consultant: own, Lead: own},
	RedactComments:       {Auditor: own},
	AnswerDoor:           {Lead: own},
	AnswerInvitations:    {Operator: everywhere, Consultant: everywhere, Lead: everywhere, Owner: everywhere, Steering: everywhere, Auditor: everywhere},
	Appoint:              {Operator: everywhere, Lead: own, Auditor: own},
	ManageAccess:         {Operator: outside, Lead: own, Auditor: own},
	ReadAudit:            {Operator: everywhere, Lead: own, Auditor: own},
}

// Permissions lists every permission, for tests and for the description of roles.
func Permissions() []Permission {
	all := make([]Permission, 0, len(rights))
	for p := range rights {
		all = append(all, p)
	}
	return all
}
