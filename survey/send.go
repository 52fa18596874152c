package survey

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"pulscheck/survey/account"
	"pulscheck/survey/fault"
)

// Way is how a report comes with a mail.
type Way string

// The ways.
const (
	AsAttachment Way = "attachment"
	AsLink       Way = "link" // the PDF can be fetched for some days, by whoever has the link
)

// Limits of what is sent.
const (
	maxRecipients   = 200
	maxLinkDays     = 90
	DefaultLinkDays = 14
)

// SendInput says who is to get a report, and how.
type SendInput struct {
	Committee bool           // the addresses of the programme's steering committee
	Roles     []account.Role // users of the organisation who may read reports
	Addresses []string
	Way       Way    // empty = attached
	Days      int    // that a link is good, 1 to 90; 0 = 14
	Subject   string // empty = as usual
	Text      string // likewise; paragraphs are separated by an empty line
}

// Sending is what is about to be sent.
type Sending struct {
	Report  *Report
	Letters []Letter // one for each address that does not have the report yet
	Known   []string // addresses that have it, or will
	Sample  Letter   // to nobody
}

// Recipients is who can be chosen to get a report.
type Recipients struct {
	Committee []string // addresses
	Roles     []RoleCount
	Sample    Letter // the mail as it is usual
}

// RoleCount is how many users of an organisation have a role.
type RoleCount struct {
	Role  account.Role
	Users int
}

// ListRecipients gives who can be chosen to get a report: the committee, and the roles
// that may read it anyway.
func (s *Service) ListRecipients(ctx context.Context, actor account.Actor, id ReportID) (*Recipients, error) {
	report, programme, err := s.report(ctx, actor, account.IssueReports, id)
	if err != nil {
		return nil, err
	}
	out := &Recipients{Committee: programme.Steering}
	readers, err := s.readers(ctx, programme.Organisation)
	if err != nil {
		return nil, err
	}
	for _, r := range account.Roles() {
		if n := len(readers[r]); n > 0 {
			out.Roles = append(out.Roles, RoleCount{r, n})
		}
	}
	out.Sample, err = s.reportLetter(ctx, report, programme)
	return out, err
}

// readers gives the addresses of the users of an organisation who may read its reports,
// by role. A consultant reads nothing as long as the organisation has not consented.
func (s *Service) readers(ctx context.Context, id OrganisationID) (map[account.Role][]string, error) {
	all, err := s.store.ListUsers(ctx, id)
	found := map[account.Role][]string{}
	for i := range all {
		if u := &all[i]; u.Actor().In(account.ReadReports, string(id)) == nil {
			found[u.Role] = append(found[u.Role], u.Email)
		}
	}
	return found, err
}

// PlanSending says what SendReport would send, and sends nothing. Faults: Conflict
// "report-draft" before the report is issued; Invalid "recipient-missing",
// "recipient-role", "email-invalid", "too-many-items", "link-days", "text-length",
// "control-character".
func (s *Service) PlanSending(ctx context.Context, actor account.Actor, id ReportID, in SendInput) (*Sending, error) {
	report, programme, err := s.report(ctx, actor, account.IssueReports, id)
	if err != nil {
		return nil, err
	}
	if report.Issued == nil {
		return nil, fault.New(fault.Conflict, "report-draft")
	}
	if err := in.check(); err != nil {
		return nil, err
	}
	sample, err := s.reportLetter(ctx, report, programme)
	if err != nil {
		return nil, err
	}
	in.word(&sample)
	if in.Way == AsLink {
		if err := s.bringLink(ctx, &sample, report.ID, programme.Organisation, in.Days); err != nil {
			return nil, err
		}
	}
	to, err := s.recipients(ctx, programme, in)
	if err != nil {
		return nil, err
	}
	there, err := s.store.ListDeliveries(ctx, id)
	if err != nil {
		return nil, err
	}
	plan := &Sending{Report: report, Sample: sample}
	for _, address := range to {
		if slices.ContainsFunc(there, func(d Delivery) bool { return account.NormalEmail(d.Recipient) == address }) {
			plan.Known = append(plan.Known, address)
			continue
		}
		letter := sample
		if letter.Recipient = address; in.Way == AsLink {
			if err := s.drawLink(&letter); err != nil {
				return nil, err
			}
		}
		plan.Letters = append(plan.Letters, letter)
	}
	return plan, nil
}

// SendReport mails an issued report to those who do not have it yet, once to each
// address. Faults as PlanSending.
func (s *Service) SendReport(ctx context.Context, actor account.Actor, id ReportID, in SendInput) (*Report, error) {
	plan, err := s.PlanSending(ctx, actor, id, in)
	if err != nil {
		return nil, err
	}
	detail := map[string]string{"document": plan.Report.Document, "way": string(AsAttachment), "mails": strconv.Itoa(len(plan.Letters))}
	if link := plan.Sample.Link; link != nil {
		detail["way"], detail["until"] = string(AsLink), link.Expires.UTC().Format(time.RFC3339)
	}
	told := s.tell(actor, plan.Sample.Organisation, "report.send", string(id), detail)
	return plan.Report, s.store.CreateLetters(ctx, plan.Letters, told.At, told)
}

// check reads an input and puts what is usual in the place of what is missing.
func (in *SendInput) check() error {
	var c checks
	if !in.Committee && len(in.Roles) == 0 && len(in.Addresses) == 0 {
		c.wrong("/addresses", "recipient-missing")
	}
	for i, r := range in.Roles {
		if (account.Actor{Role: r}).May(account.ReadReports) != nil {
			c.wrong("/roles/"+strconv.Itoa(i), "recipient-role")
		}
	}
	in.Addresses = normalAddresses(in.Addresses)
	c.addresses("/addresses", in.Addresses)
	if in.Way == "" {
		in.Way = AsAttachment
	}
	if in.Way != AsAttachment && in.Way != AsLink {
		c.wrong("/way", "way-unknown")
	}
	if in.Days == 0 {
		in.Days = DefaultLinkDays
	}
	if in.Way == AsLink && (in.Days < 1 || in.Days > maxLinkDays) {
		c.wrong("/days", "link-days")
	}
	if in.Subject != "" {
		c.text("/subject", &in.Subject, maxTitle)
	}
	text := strings.ReplaceAll(in.Text, "\r\n", "\n")
	c.prose("/text", &in.Text, &text)
	return c.err()
}

// normalAddresses gives each address once, as addresses are compared.
func normalAddresses(all []string) []string {
	out := make([]string, len(all))
	for i, a := range all {
		out[i] = account.NormalEmail(a)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// word puts one's own words into a letter.
func (in *SendInput) word(l *Letter) {
	if in.Subject != "" {
		l.Places["subject"] = in.Subject
	}
	if in.Text != "" {
		l.Places["text"] = in.Text
	}
}

// recipients gives the addresses that are meant, each once.
func (s *Service) recipients(ctx context.Context, p *Programme, in SendInput) ([]string, error) {
	to := slices.Clone(in.Addresses)
	if in.Committee {
		to = append(to, p.Steering...)
	}
	if len(in.Roles) > 0 {
		readers, err := s.readers(ctx, p.Organisation)
		if err != nil {
			return nil, err
		}
		for _, r := range in.Roles {
			to = append(to, readers[r]...)
		}
	}
	to = normalAddresses(to)
	var code string
	switch {
	case len(to) == 0:
		code = "recipient-missing"
	case len(to) > maxRecipients:
		code = "too-many-items"
	default:
		return to, nil
	}
	return nil, fault.New(fault.Invalid, code).With(fault.Field{Pointer: "/addresses", Code: code})
}
