package web

import (
	"html/template"
	"net/url"
	"time"
	"unicode/utf8"

	"github.com/gin-gonic/gin"

	"pulscheck/api/view"
	"pulscheck/report/chart"
	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/fault"
)

// livePage is what is told of an open round (A9): one number a day.
type livePage struct {
	Note   string
	Figure *view.Figure
	Facts  []fact
	Links  []view.Link
	Sheet  *view.Form // of paper tickets
	Again  string     // address that shows the page anew
	Now    string     // when it was made
}

// ShowLive shows the number of the day. It changes nothing by itself, under nobody's eyes.
func (w *Web) ShowLive(c *gin.Context) error {
	v, r, err := w.round(c)
	if err != nil {
		return err
	}
	v.Section("iterations")
	v.Crumb(v.In(r.Title), roundAt(r.ID))
	at := roundAt(r.ID)
	page := livePage{Again: at + "/live", Now: v.T("web.live.now", "clock", v.Clock(w.now().In(zoneOf(v.place.organisation))))}
	title, err := v.liveNumber(r, &page)
	if err != nil {
		return err
	}
	if r.State == survey.Open {
		if v.May(account.OpenRounds) {
			v.Action(v.T("web.live.remind"), at+"/remind")
		}
		if v.May(account.ReadPeople) {
			page.Links = append(page.Links, view.Link{Text: v.T("web.live.invitations"), Href: at + "/invitations"})
		}
		page.Links = append(page.Links, view.Link{Text: v.T("web.round.poster"), Href: at + "/poster.pdf"}, view.Link{Text: v.T("web.live.poster-a3"), Href: at + "/poster.pdf?size=a3"})
		if v.May(account.OpenRounds) && r.Paper > 0 {
			page.Sheet = v.Form("web.live", at+"/tickets.pdf", url.Values{"count": {v.Integer(r.Paper)}})
		}
	}
	page.Facts = v.facts(r)
	return v.Show("round/live", title, page)
}

// liveNumber gives what the page is called, and draws its number.
func (v *Visit) liveNumber(r *survey.Round, page *livePage) (title string, err error) {
	zone := zoneOf(v.place.organisation)
	number, err := v.web.service.FieldNumber(v.Context(), v.Actor, r.ID)
	none := err != nil && fault.Of(err).Kind == fault.NotFound
	switch {
	case err != nil && !none:
		return "", err
	case r.State != survey.Open:
		page.Note = v.T("web.live.not-open")
		return v.T("web.live.heading"), nil
	case r.Opens.After(v.web.now()):
		page.Note = v.T("web.live.early", "when", v.DateTime(r.Opens, zone), "invited", v.Integer(r.Invited))
		return v.T("web.live.heading"), nil
	case none:
		page.Note = v.T("web.live.no-number", "clock", v.Clock(r.Opens.In(zone)), "n", r.Invited-r.Paper)
		return v.T("web.live.heading"), nil
	case number.Answers == 0:
		page.Note = v.T("web.overview.too-few")
		return v.T("web.live.heading"), nil
	}
	day, err := time.Parse(time.DateOnly, number.Day)
	if err != nil {
		return "", err
	}
	v.Lead(v.T("web.live.as-of", "day", v.Date(day)))
	title = v.T("web.live.at-least", "answers", number.Answers, "invited", r.Invited)
	shares := chart.Shares{Words: title, Rows: []chart.ShareRow{{
		Label: v.T("web.live.all"), Invited: r.Invited, Answered: &number.Answers, Text: v.T("web.overview.at-least", "n", number.Answers, "invited", r.Invited),
	}}}
	page.Figure = &view.Figure{
		Heading: v.T("web.overview.participation"), Lead: v.T("web.live.why"),
		SVG: template.HTML(chart.SVG(shares, 110, shares.Height(), roughly)), //nolint:gosec // chart writes nothing but its own elements
		Table: v.Arrange(&view.Table{Caption: v.T("web.live.caption"), Columns: []view.Column{
			{Title: v.T("web.live.day")}, {Title: v.T("web.live.answered"), Number: true}, {Title: v.T("web.round.invited"), Number: true},
		}, Rows: []view.Row{{{Text: v.Date(day)}, {Text: v.Integer(number.Answers)}, {Text: v.Integer(r.Invited)}}}}),
	}
	return title, nil
}

// roughly measures a text for a chart in mm, without the faces of the reports.
func roughly(text string, t chart.Type) float64 {
	return float64(utf8.RuneCountInString(text)) * t.Size * 0.19
}

// ConfirmRemind asks before a reminder goes out.
func (w *Web) ConfirmRemind(c *gin.Context) error {
	v, r, err := w.round(c)
	if err != nil {
		return err
	}
	v.Section("iterations")
	v.Crumb(v.In(r.Title), roundAt(r.ID))
	return v.Confirm(v.T("web.live.remind-heading"), roundAt(r.ID)+"/remind", v.T("web.live.remind"), roundAt(r.ID)+"/live", nil,
		v.T("web.live.remind-who"), v.T("web.live.remind-few"), v.T("web.live.remind-twice"))
}

// RemindRound lets the next reminder go out.
func (w *Web) RemindRound(c *gin.Context) error {
	v, r, err := w.round(c)
	if err != nil {
		return err
	}
	if err := w.service.RemindNow(v.Context(), v.Actor, r.ID); err != nil {
		return v.Again(err, w.ShowLive)
	}
	return v.Goto(roundAt(r.ID) + "/live")
}

// ShowInvitations shows how far the invitations are, and which did not arrive.
func (w *Web) ShowInvitations(c *gin.Context) error {
	v, r, err := w.round(c)
	if err != nil {
		return err
	}
	v.Section("iterations")
	v.Crumb(v.In(r.Title), roundAt(r.ID))
	state, err := w.service.Invitations(v.Context(), v.Actor, r.ID)
	if err != nil {
		return err
	}
	failed, err := w.service.UndeliveredInvitations(v.Context(), v.Actor, r.ID)
	if err != nil {
		return err
	}
	at := roundAt(r.ID)
	p := view.Progress{
		Text: v.T("web.live.sent", "sent", state.Sent, "total", state.Total), Done: state.Sent, Total: max(1, state.Total), State: "done",
		Result: view.Link{Text: v.T("web.round.live"), Href: at + "/live"},
	}
	if state.Waiting() > 0 && !r.Opens.After(w.now()) {
		p.State = "running"
	}
	for _, u := range failed {
		p.Failed = append(p.Failed, u.Email+" – "+v.T("web.live."+string(u.State)))
	}
	if state.Failed > 0 {
		p.Again = at + "/invitations"
	}
	if state.Uncertain > 0 {
		v.Action(v.T("web.live.repeat-uncertain"), at+"/invitations/uncertain")
	}
	return v.Progress(v.T("web.live.invitations"), p)
}

// ConfirmUncertain asks before invitations go out again that may have arrived.
func (w *Web) ConfirmUncertain(c *gin.Context) error {
	v, r, err := w.round(c)
	if err != nil {
		return err
	}
	v.Section("iterations")
	at := roundAt(r.ID) + "/invitations"
	return v.Confirm(v.T("web.live.repeat-uncertain"), at, v.T("web.live.repeat"), at, url.Values{"uncertain": {"yes"}}, v.T("web.live.twice"))
}

// RepeatInvitations sends the invitations again that failed, or those that are uncertain.
func (w *Web) RepeatInvitations(c *gin.Context) error {
	v, r, err := w.round(c)
	if err != nil {
		return err
	}
	all, err := w.service.UndeliveredInvitations(v.Context(), v.Actor, r.ID)
	if err != nil {
		return err
	}
	state := survey.MailFailed
	if v.Checked("uncertain", "yes") {
		state = survey.MailUncertain
	}
	var people []survey.PersonID
	for _, u := range all {
		if u.State == state {
			people = append(people, u.Person)
		}
	}
	if err := w.service.RepeatInvitations(v.Context(), v.Actor, r.ID, people); err != nil {
		return err
	}
	return v.Goto(roundAt(r.ID) + "/invitations")
}
