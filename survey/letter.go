package survey

import (
	"context"
	"strconv"
	"strings"
	"time"

	"pulscheck/survey/ballot"
	"pulscheck/survey/locale"
)

// MailKind is what a mail tells.
type MailKind string

// The kinds. Mails to invited people of a round leave no row in the outbox (decision
// 23); the others are letters.
const (
	InvitationMail  MailKind = "invitation"
	FirstReminder   MailKind = "reminder-1"
	LastReminder    MailKind = "reminder-2"
	ReportMail      MailKind = "report"      // a report, attached or to be fetched by a link
	SubmittedMail   MailKind = "submitted"   // a round to the auditor, for review (decision 25)
	AccessMail      MailKind = "access"      // a code to somebody who is to sign in
	PasswordMail    MailKind = "password"    // a code for a new password
	MembershipMail  MailKind = "membership"  // an invitation to somebody who has an account
	AuditorsMail    MailKind = "auditors"    // to those who are told of rounds, that it is others from now on
	AskedMail       MailKind = "asked"       // to the other leads: a round waits for a second person
	UnconfirmedMail MailKind = "unconfirmed" // to the leads: a round did not open, nobody had confirmed it
	SecondOffMail   MailKind = "second-off"  // to the other leads and the auditors: one person is enough now
	TestMail        MailKind = "test"        // to whoever asked for it, to see whether mails arrive
	UnlockMail      MailKind = "unlock"      // a closed round to the auditor, to be unlocked with the trustee's key
)

// MailState is how far a mail got. A mail leaves "sending", which is durable before
// the first byte of its text is sent, only by what the mail server answered.
type MailState string

// The states.
const (
	MailQueued    MailState = "queued"
	MailSending   MailState = "sending"
	MailSent      MailState = "sent"
	MailFailed    MailState = "failed"    // refused for good
	MailUncertain MailState = "uncertain" // the answer was lost; never repeated by itself
)

// Letter is a mail that a use case hands on: the store puts it into the outbox in the
// transaction of its cause, survey/mail sends it. A recipient gets one letter of a
// kind and subject, however often it is handed on.
type Letter struct {
	ID           string // empty = the store draws one
	Organisation OrganisationID
	Kind         MailKind
	Subject      string // id of the round or report it tells of
	Recipient    string // address
	Language     locale.Language
	Attachment   ReportID          // that it carries, empty = none
	Link         *ReportLink       // that it brings, nil = none
	Places       map[string]string // of its texts (catalogue mail), written in Language
}

// LetterState is what may be told of a letter that was handed on.
type LetterState struct {
	Kind      MailKind
	Subject   string
	Recipient string
	State     MailState
	Outcome   string // what the mail server answered
}

// reportLetters tell the steering committee of a report that is issued.
func (s *Service) reportLetters(ctx context.Context, r *Report, p *Programme, issued time.Time) ([]Letter, error) {
	if len(p.Steering) == 0 || r.Kind != CheckReport {
		return nil, nil
	}
	issuing := *r
	issuing.Issued = &issued
	one, err := s.reportLetter(ctx, &issuing, p)
	var letters []Letter
	for _, address := range normalAddresses(p.Steering) {
		one.Recipient = address
		letters = append(letters, one)
	}
	return letters, err
}

// reportLetter carries a report to nobody yet. A draft is dated today.
func (s *Service) reportLetter(ctx context.Context, r *Report, p *Programme) (Letter, error) {
	organisation, err := s.store.FindOrganisation(ctx, p.Organisation)
	if err != nil {
		return Letter{}, err
	}
	iteration, err := s.store.FindIteration(ctx, r.Iteration)
	if err != nil {
		return Letter{}, err
	}
	issued := s.now()
	if r.Issued != nil {
		issued = *r.Issued
	}
	return ReportLetter(organisation, p, iteration.Number, r, issued), nil
}

// ReportLetter carries a report of an iteration, in its language and in the usual words,
// to nobody yet.
func ReportLetter(o *Organisation, p *Programme, iteration int, r *Report, issued time.Time) Letter {
	words, key := locale.New(r.Language), "mail.report"
	if r.Kind != CheckReport {
		key += "-" + string(r.Kind)
	}
	number := strconv.Itoa(iteration)
	return Letter{
		Organisation: o.ID, Kind: ReportMail, Subject: string(r.ID), Language: r.Language, Attachment: r.ID,
		Places: map[string]string{
			"organisation": o.Name, "programme": p.Name, "iteration": number, "version": strconv.Itoa(r.Number),
			"document": r.Document, "date": words.LongDate(issued.In(zoneOf(o))),
			"subject": words.T(key+".subject", "iteration", number, "programme", p.Name), "heading": words.T(key+".heading", "iteration", number),
			"text": words.T(key + ".lead"),
		},
	}
}

// SubmittedLetter tells an auditor that a round waits for review: its questions,
// groups and list are fixed, invited and paper are how many people and paper tickets
// there will be.
func SubmittedLetter(o *Organisation, r *Round, auditor string, l locale.Language) Letter {
	p, zone := locale.New(l), zoneOf(o)
	return Letter{
		Organisation: o.ID, Kind: SubmittedMail, Subject: string(r.ID), Recipient: auditor, Language: l,
		Places: map[string]string{
			"organisation": o.Name, "title": p.In(r.Title), "date": p.Date(r.Opens.In(zone)),
			"opens": p.Instant(r.Opens, zone), "closes": p.Instant(r.Closes, zone),
			"questions": p.T("survey.questions", "n", len(r.Questionnaire.Items)),
			"invited":   p.Integer(r.Invited), "paper": p.Integer(r.Paper), "k": p.Integer(r.K),
		},
	}
}

// UnlockLetter tells an auditor that a closed round waits for the trustee's key.
func UnlockLetter(o *Organisation, r *Round, auditor string, l locale.Language) Letter {
	p, zone := locale.New(l), zoneOf(o)
	return Letter{
		Organisation: o.ID, Kind: UnlockMail, Subject: string(r.ID), Recipient: auditor, Language: l,
		Places: map[string]string{
			"organisation": o.Name, "title": p.In(r.Title), "round": string(r.ID), "closes": p.Instant(r.Closes, zone),
			"key": ballot.PrintFingerprint(r.Trustee), "until": p.Date(r.Closes.Add(forfeitAfter).In(zone)),
		},
	}
}

// AuditorsLetter tells somebody who was told of rounds to review who is told from now on.
func AuditorsLetter(o *Organisation, recipient string, before, after []string, id string, l locale.Language) Letter {
	list := func(all []string) string {
		if len(all) == 0 {
			return "–"
		}
		return strings.Join(all, ", ")
	}
	return Letter{
		Organisation: o.ID, Kind: AuditorsMail, Subject: id, Recipient: recipient, Language: l,
		Places: map[string]string{"organisation": o.Name, "before": list(before), "after": list(after)},
	}
}

// zoneOf gives the organisation's time zone, UTC if this machine does not know it.
func zoneOf(o *Organisation) *time.Location {
	zone, err := time.LoadLocation(o.Zone)
	if err != nil {
		return time.UTC
	}
	return zone
}
