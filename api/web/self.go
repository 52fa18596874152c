package web

import (
	"slices"
	"time"

	"github.com/gin-gonic/gin"

	"pulscheck/api/view"
	"pulscheck/survey"
	"pulscheck/survey/fault"
)

// selfPage is the page of the own account.
type selfPage struct {
	Email    string
	Facts    []string
	Links    []view.Link
	Asked    *view.Table // invitations; nil = none
	Sessions *view.Table
	Others   *view.Button // ends all other sessions
}

// ShowSelf is the page of the own account: what lets one in, and where one is signed in.
func (w *Web) ShowSelf(c *gin.Context) error {
	v := visitOf(c)
	self, err := w.service.ShowSelf(v.Context(), v.secret)
	if err != nil {
		return err
	}
	clock, err := v.ownTime()
	if err != nil {
		return err
	}
	page := selfPage{Email: self.User.Email}
	if self.User.Password == "" {
		page.Facts = []string{v.T("web.self.elsewhere")}
	} else {
		page.Facts = []string{v.T("web.self.recovery", "n", self.Recovery)}
		page.Links = []view.Link{
			{Text: v.T("web.self.password"), Href: "/setup/password"}, {Text: v.T("web.self.second"), Href: "/setup/second"},
			{Text: v.T("web.self.codes"), Href: "/account/recovery"},
		}
	}
	t := &view.Table{Caption: v.T("web.self.sessions"), Columns: []view.Column{
		{Title: v.T("web.self.begun")}, {Title: v.T("web.self.seen")}, {Title: v.T("web.self.action")},
	}}
	for _, s := range self.Sessions {
		row := view.Row{{Text: clock(s.Created)}, {Text: clock(s.Seen)}, {Text: v.T("web.self.this")}}
		if string(s.Hash) != string(self.Own) {
			row[2] = view.Cell{Buttons: []view.Button{{
				Text: v.T("web.self.end"), Action: "/account/sessions", Hidden: v.Hidden("session", survey.SessionName(s.Hash)), Danger: true,
			}}}
		}
		t.Rows = append(t.Rows, row)
	}
	page.Sessions = v.Arrange(t)
	if page.Asked, err = w.invitations(v, clock); err != nil {
		return err
	}
	if page.Asked != nil && len(v.Actor.Organisations) == 0 {
		v.Lead(v.T("web.self.no-organisation"))
	}
	if len(self.Sessions) > 1 {
		page.Others = &view.Button{Text: v.T("web.self.end-others"), Action: "/account/sessions", Hidden: v.Hidden(), Danger: true}
	}
	return v.Show("self/show", self.User.Name, page)
}

// invitations are what waits for an answer of the user; nil for nothing.
func (w *Web) invitations(v *Visit, clock func(time.Time) string) (*view.Table, error) {
	all, err := w.service.ListInvitations(v.Context(), v.Actor)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	t := &view.Table{Caption: v.T("web.self.invitations"), Columns: []view.Column{
		{Title: v.T("web.self.invited-by")}, {Title: v.T("web.self.invited-as")}, {Title: v.T("web.self.answer")},
	}}
	for _, i := range all {
		role := view.Cell{Text: v.T("web.role." + string(i.Role))}
		accept := view.Button{
			Text: v.T("web.self.accept"), About: v.T("web.self.accept") + ": " + i.Name, Action: "/account/invitations", Hidden: v.Hidden("organisation", i.Organisation, "answer", "accept"),
		}
		if len(i.Leaves) > 0 {
			role.Small = v.T("web.self.leaves", "organisations", v.List(i.Leaves))
			accept.Danger, accept.Hidden = true, append(accept.Hidden, view.Hidden{Name: "leave", Value: "yes"})
		}
		decline := view.Button{
			Text: v.T("web.self.decline"), About: v.T("web.self.decline") + ": " + i.Name, Action: "/account/invitations", Hidden: v.Hidden("organisation", i.Organisation, "answer", "decline"),
		}
		from := view.Cell{Text: i.Name}
		if !i.Expires.IsZero() {
			from.Small = v.T("web.users.until", "at", clock(i.Expires))
		}
		t.Rows = append(t.Rows, view.Row{from, role, {Buttons: []view.Button{accept, decline}}})
	}
	return t, nil
}

// AnswerInvitation accepts an invitation, or declines it.
func (w *Web) AnswerInvitation(c *gin.Context) error {
	v := visitOf(c)
	err := w.service.AnswerInvitation(v.Context(), v.Actor, survey.OrganisationID(v.Text("organisation")), v.Checked("answer", "accept"), v.Checked("leave", "yes"))
	if err != nil {
		return v.Again(err, w.ShowSelf)
	}
	return v.Goto("/account")
}

// ownTime writes an instant as the clocks of the user's organisations show it; in UTC,
// and saying so, if they differ or there are none.
func (v *Visit) ownTime() (func(time.Time) string, error) {
	all, err := v.web.service.ListOrganisations(v.Context(), v.Actor)
	if err != nil {
		return nil, err
	}
	if len(all) == 0 || slices.ContainsFunc(all, func(o survey.Organisation) bool { return o.Zone != all[0].Zone }) {
		return func(t time.Time) string { return v.DateTime(t, time.UTC) + " UTC" }, nil
	}
	return func(t time.Time) string { return v.DateTime(t, zoneOf(&all[0])) }, nil
}

// EndSession ends another session, or all others.
func (w *Web) EndSession(c *gin.Context) error {
	v := visitOf(c)
	if err := w.service.EndSession(v.Context(), v.secret, v.Text("session")); err != nil {
		return err
	}
	return v.Goto("/account")
}

// NewRecovery asks before the recovery codes are replaced.
func (w *Web) NewRecovery(c *gin.Context) error {
	v := visitOf(c)
	return v.Confirm(v.T("web.recovery.new"), "/account/recovery", v.T("web.recovery.draw"), "/account", nil, v.T("web.recovery.new-1"))
}

// CreateRecovery draws new ones and shows them this once.
func (w *Web) CreateRecovery(c *gin.Context) error {
	v := visitOf(c)
	codes, err := w.service.NewRecovery(v.Context(), v.secret)
	if err != nil {
		return v.Again(err, w.NewRecovery)
	}
	return v.Show("setup/recovery", v.T("web.recovery.heading"), recovery{codes})
}

// NewForgotten asks for the address of whoever forgot the password.
func (w *Web) NewForgotten(c *gin.Context) error {
	v := visitOf(c)
	v.Lead(v.T("web.forgotten.lead"))
	return v.Show("setup/code", v.T("web.forgotten.heading"), asked{Form: v.Form("web.forgotten", "/login/forgotten", nil)})
}

// CreateForgotten mails a code, and says the same to everybody.
func (w *Web) CreateForgotten(c *gin.Context) error {
	v := visitOf(c)
	if w.limits.Forgotten.Add(c.ClientIP()) {
		return v.Again(fault.New(fault.RateLimited, "login-locked"), w.NewForgotten)
	}
	if err := w.service.ForgotPassword(v.Context(), v.Text("email")); err != nil {
		return v.Again(err, w.NewForgotten)
	}
	return v.Goto("/setup?sent=1")
}
