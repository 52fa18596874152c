package v1

import (
	"context"
	"time"

	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/mail"
)

// SendOrder says who is to get a report, and how.
type SendOrder struct {
	Committee bool     `json:"committee,omitempty" doc:"to the addresses of the programme's steering committee; also if there is no body"`
	Roles     []string `json:"roles,omitempty" enum:"lead,consultant,steering,auditor" doc:"to the users of the organisation with these roles"`
	Addresses []string `json:"addresses,omitempty" maxItems:"50" doc:"each address gets a version of a report once"`
	Way       string   `json:"way,omitempty" enum:"attachment,link" default:"attachment"`
	Days      int      `json:"days,omitempty" minimum:"1" maximum:"90" default:"14" doc:"how long a link is good"`
	Subject   string   `json:"subject,omitempty" maxLength:"200" doc:"in place of the usual one"`
	Text      string   `json:"text,omitempty" maxLength:"2000" doc:"in place of the usual one; paragraphs are separated by an empty line"`
}

// SendPreview is what would be sent.
type SendPreview struct {
	Subject string   `json:"subject"`
	Text    string   `json:"text" doc:"the whole mail as text"`
	To      []string `json:"to" doc:"addresses that would get it" nullable:"false"`
	Known   []string `json:"known" doc:"addresses that have it, or will" nullable:"false"`
}

// Delivery is a mail that carries a report, or brings a link to it.
type Delivery struct {
	ID        string        `json:"id"`
	Recipient string        `json:"recipient"`
	State     string        `json:"state" enum:"queued,sending,sent,failed,uncertain"`
	At        time.Time     `json:"at" doc:"when the state became known; of queued ones when they are tried next"`
	Outcome   string        `json:"outcome" doc:"what the mail server answered"`
	Link      *DeliveryLink `json:"link" doc:"null: attached"`
}

// DeliveryLink is what became of a link.
type DeliveryLink struct {
	Expires time.Time  `json:"expires"`
	Revoked *time.Time `json:"revoked"`
}

func (o *SendOrder) input() survey.SendInput {
	if o == nil {
		return survey.SendInput{Committee: true}
	}
	in := survey.SendInput{
		Committee: o.Committee, Addresses: o.Addresses, Way: survey.Way(o.Way), Days: o.Days, Subject: o.Subject, Text: o.Text,
	}
	for _, r := range o.Roles {
		in.Roles = append(in.Roles, account.Role(r))
	}
	return in
}

// Sent orders a report to be sent.
type Sent struct {
	ByReport
	Body *SendOrder
}

// SendReport mails an issued report to those who do not have it yet.
func (a *API) SendReport(ctx context.Context, actor account.Actor, in *Sent) (*One[Report], error) {
	return oneReport(a.service.SendReport(ctx, actor, survey.ReportID(in.Report), in.Body.input()))
}

// PreviewSending shows what SendReport would send.
func (a *API) PreviewSending(ctx context.Context, actor account.Actor, in *Sent) (*struct{ Body SendPreview }, error) {
	plan, err := a.service.PlanSending(ctx, actor, survey.ReportID(in.Report), in.Body.input())
	if err != nil {
		return nil, err
	}
	out := SendPreview{To: make([]string, len(plan.Letters)), Known: list(plan.Known)}
	out.Subject, out.Text = mail.Preview(plan.Sample, plan.Report.FileName)
	for i, l := range plan.Letters {
		out.To[i] = l.Recipient
	}
	return &struct{ Body SendPreview }{out}, nil
}

// ListDeliveries gives who got a report, or is to get it.
func (a *API) ListDeliveries(ctx context.Context, actor account.Actor, in *struct {
	ByReport
	Paging
}) (*List[Delivery], error) {
	all, err := a.service.ListDeliveries(ctx, actor, survey.ReportID(in.Report))
	if err != nil {
		return nil, err
	}
	return page(a, in.Paging, in.Report+"/deliveries", all, func(d *survey.Delivery) string { return d.ID }, newDelivery)
}

func newDelivery(d *survey.Delivery) Delivery {
	out := Delivery{ID: d.ID, Recipient: d.Recipient, State: string(d.State), At: d.At.UTC(), Outcome: d.Outcome}
	if l := d.Link; l != nil {
		out.Link = &DeliveryLink{l.Expires.UTC(), utc(l.Revoked)}
	}
	return out
}

// RepeatDeliveries sends again what mail servers refused.
func (a *API) RepeatDeliveries(ctx context.Context, actor account.Actor, in *ByReport) (*None, error) {
	_, err := a.service.RepeatDeliveries(ctx, actor, survey.ReportID(in.Report))
	return &None{}, err
}

// RevokeLink ends a link to a report.
func (a *API) RevokeLink(ctx context.Context, actor account.Actor, in *struct {
	ByReport
	Link string `path:"link" doc:"id of the delivery that brought it"`
}) (*None, error) {
	return &None{}, a.service.RevokeLink(ctx, actor, survey.ReportID(in.Report), in.Link)
}
