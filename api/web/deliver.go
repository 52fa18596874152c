package web

import (
	"net/url"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"pulscheck/api/view"
	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/fault"
	"pulscheck/survey/mail"
)

// committee is the choice of the steering committee among the roles.
const committee = "committee"

// sending is the page that sends a report and tells who has it.
type sending struct {
	Facts    []string
	Form     *view.Form // nil = it is still a draft
	To, Ways []view.Choice
	Log      *view.Table
	Again    []view.Button // repeats what was refused
}

// NewSending asks who is to get a report, and shows who has it already.
func (w *Web) NewSending(c *gin.Context) error {
	v, r, err := w.report(c)
	if err != nil {
		return err
	}
	sent, err := w.service.ListDeliveries(v.Context(), v.Actor, r.ID)
	if err != nil {
		return err
	}
	page := sending{Facts: []string{v.T("web.report.issue-what", "document", r.Document)}}
	if r.Issued == nil {
		page.Facts = append(page.Facts, v.T("error.report-draft"))
	} else if err := v.addressing(r, &page); err != nil {
		return err
	}
	v.deliveries(r, sent, &page)
	return v.Show("report/send", v.T("web.report.send-heading"), page)
}

// addressing fills the form.
func (v *Visit) addressing(r *survey.Report, page *sending) error {
	to, err := v.web.service.ListRecipients(v.Context(), v.Actor, r.ID)
	if err != nil {
		return err
	}
	values := url.Values{
		"way": {string(survey.AsAttachment)}, "days": {strconv.Itoa(survey.DefaultLinkDays)},
		"subject": {to.Sample.Places["subject"]}, "text": {to.Sample.Places["text"]},
	}
	if len(to.Committee) > 0 {
		page.To = append(page.To, view.Choice{Value: committee, Text: v.T("web.send.committee"), Hint: strings.Join(to.Committee, ", ")})
		if r.Kind == survey.CheckReport {
			values["to"] = []string{committee}
		}
	}
	for _, one := range to.Roles {
		page.To = append(page.To, view.Choice{Value: string(one.Role), Text: v.T("web.role." + string(one.Role)), Hint: v.T("web.send.users", "n", one.Users)})
	}
	for _, way := range []survey.Way{survey.AsAttachment, survey.AsLink} {
		page.Ways = append(page.Ways, view.Choice{Value: string(way), Text: v.T("web.send." + string(way)), Hint: v.T("web.send." + string(way) + "-hint")})
	}
	page.Facts = append(page.Facts, v.T("web.report.once"))
	page.Form = v.Form("web.send", reportAt(r)+"/send/preview", values)
	return nil
}

// deliveries tells who got a report.
func (v *Visit) deliveries(r *survey.Report, sent []survey.Delivery, page *sending) {
	t := &view.Table{Caption: v.T("web.report.log"), Empty: v.T("web.report.log-empty"), Columns: []view.Column{
		{Title: v.T("web.report.recipient")}, {Title: v.T("web.reports.state")}, {Title: v.T("web.report.day")}, {Title: v.T("web.report.way")},
	}}
	kinds := map[survey.MailState]string{survey.MailSent: "ok", survey.MailFailed: "act", survey.MailUncertain: "watch"}
	zone, failed := zoneOf(v.place.organisation), 0
	for i := range sent {
		d := &sent[i]
		state := view.Status{Kind: kinds[d.State], Text: v.T("web.report.mail-" + string(d.State))}
		if d.Outcome == survey.Withdrawn {
			state.Text = v.T("web.report.mail-withdrawn")
		}
		day := "–"
		if d.State != survey.MailQueued && d.State != survey.MailSending {
			day = v.Date(d.At.In(zone))
		}
		if d.Repeatable(v.web.now()) {
			failed++
		}
		t.Rows = append(t.Rows, view.Row{{Text: d.Recipient}, {Status: &state}, {Text: day}, v.way(r, d)})
	}
	page.Log = v.Arrange(t)
	if failed > 0 {
		page.Again = []view.Button{{Text: v.T("web.send.again", "n", failed), Action: reportAt(r) + "/send/again", Hidden: v.Hidden()}}
	}
}

// way tells how a report came along, and what became of a link.
func (v *Visit) way(r *survey.Report, d *survey.Delivery) view.Cell {
	zone := zoneOf(v.place.organisation)
	switch l := d.Link; {
	case l == nil:
		return view.Cell{Text: v.T("web.report.attached")}
	case l.Revoked != nil:
		return view.Cell{Text: v.T("web.report.link-revoked", "day", v.Date(l.Revoked.In(zone)))}
	case !l.Good(v.web.now()):
		return view.Cell{Text: v.T("web.report.link-over", "day", v.Date(l.Expires.In(zone)))}
	default:
		return view.Cell{Text: v.T("web.report.link"), Small: v.T("web.report.link-until", "until", v.DateTime(l.Expires, zone)), Links: []view.Link{
			{Text: v.T("web.report.revoke"), Href: reportAt(r) + "/links/" + l.ID + "/revoke"},
		}}
	}
}

// sendInput reads who is to get a report.
func (v *Visit) sendInput() survey.SendInput {
	in := survey.SendInput{
		Committee: v.Checked("to", committee), Addresses: addresses(v.Text("addresses")),
		Way: survey.Way(v.Text("way")), Days: number(v.Text("days")), Subject: v.Text("subject"), Text: v.Text("text"),
	}
	if in.Days == 0 {
		in.Days = -1 // no number is none that may be
	}
	for _, role := range v.Texts("to") {
		if role != committee {
			in.Roles = append(in.Roles, account.Role(role))
		}
	}
	return in
}

// draftMail is the mail before it goes out.
type draftMail struct {
	Facts         []string
	Form          *view.Form
	Subject, Text string
	Edit          string // address that shows the form again
	Ready         bool   // there is somebody to send it to
}

// PreviewSending shows the mail and who will get it, or the form again.
func (w *Web) PreviewSending(c *gin.Context) error {
	v, r, err := w.report(c)
	if err != nil {
		return err
	}
	if v.Text("edit") != "" {
		v.again = true
		return w.NewSending(c)
	}
	plan, err := w.service.PlanSending(v.Context(), v.Actor, r.ID, v.sendInput())
	if err != nil {
		return v.againSending(err)
	}
	values := url.Values{}
	for _, name := range []string{"to", "addresses", "way", "days", "subject", "text"} {
		values[name] = v.sent[name]
	}
	page := draftMail{Form: v.Form("web.sending", reportAt(r)+"/send", values), Edit: reportAt(r) + "/send/preview", Ready: len(plan.Letters) > 0}
	page.Subject, page.Text = mail.Preview(plan.Sample, r.FileName)
	to := make([]string, len(plan.Letters))
	for i, l := range plan.Letters {
		to[i] = l.Recipient
	}
	if page.Ready {
		page.Facts = append(page.Facts, v.T("web.sending.to", "n", len(to), "addresses", strings.Join(to, ", ")))
	} else {
		page.Facts = append(page.Facts, v.T("web.sending.to-nobody"))
	}
	if len(plan.Known) > 0 {
		page.Facts = append(page.Facts, v.T("web.sending.known", "addresses", strings.Join(plan.Known, ", ")))
	}
	v.Crumb(v.T("web.report.send-heading"), reportAt(r)+"/send")
	return v.Show("report/preview", v.T("web.sending.heading"), page)
}

// againSending shows the form again; roles are ticked where the committee is.
func (v *Visit) againSending(err error) error {
	if f := fault.Of(err); f.Kind == fault.Invalid {
		for i, one := range f.Fields {
			if strings.HasPrefix(one.Pointer, "/roles") || one.Code == "recipient-missing" {
				f.Fields[i].Pointer = "/to"
			}
		}
	}
	return v.Again(err, v.web.NewSending)
}

// SendReport mails an issued report to those who do not have it yet.
func (w *Web) SendReport(c *gin.Context) error {
	v, r, err := w.report(c)
	if err != nil {
		return err
	}
	if _, err := w.service.SendReport(v.Context(), v.Actor, r.ID, v.sendInput()); err != nil {
		return v.againSending(err)
	}
	return v.Goto(reportAt(r) + "/send")
}

// RepeatSending sends again what was refused.
func (w *Web) RepeatSending(c *gin.Context) error {
	v, r, err := w.report(c)
	if err != nil {
		return err
	}
	if _, err := w.service.RepeatDeliveries(v.Context(), v.Actor, r.ID); err != nil {
		return err
	}
	return v.Goto(reportAt(r) + "/send")
}
