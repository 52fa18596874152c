package web

import (
	"github.com/gin-gonic/gin"

	"pulscheck/api/view"
	"pulscheck/survey"
)

// mailing says whether mails reach anybody, and sends one to try.
type mailing struct {
	State, Offer string
	Last         *view.Status // of the last test mail; nil = there was none
	Told         string       // what the mail server said of it
	Again        string       // address that shows how it stands now; empty = it does not change any more
	Button       view.Button
}

// organisationMailing is the mailing of an organisation.
func (v *Visit) organisationMailing(o *survey.Organisation) (*mailing, error) {
	from, kept, err := v.web.service.ShowMailing(v.Context(), v.Actor, o.ID)
	if err != nil {
		return nil, err
	}
	return v.mailing(o.ID, "/organisations/"+string(o.ID)+"/settings", from, kept)
}

// mailing is that of an organisation, or of the installation for an empty id, on the page
// at an address.
func (v *Visit) mailing(id survey.OrganisationID, at, from string, kept bool) (*mailing, error) {
	m := &mailing{
		State: v.T("web.mailing.sent", "from", from), Offer: v.T("web.mailing.offer", "email", v.User.Email),
		Button: view.Button{Text: v.T("web.mailing.send"), Action: at + "/test-mail", Hidden: v.Hidden()},
	}
	if kept {
		m.State = v.T("web.mailing.kept")
	}
	last, err := v.web.service.ShowTestMail(v.Context(), v.Actor, id)
	if err != nil || last == nil {
		return m, err
	}
	state := "web.mailing.state-" + string(last.State)
	switch last.State {
	case survey.MailQueued, survey.MailSending:
		m.Again = at
	case survey.MailSent:
		if kept {
			state = "web.mailing.state-kept"
		}
	}
	kinds := map[survey.MailState]string{survey.MailSent: "ok", survey.MailFailed: "act", survey.MailUncertain: "watch"}
	m.Last, m.Told = &view.Status{Kind: kinds[last.State], Text: v.T(state)}, last.Outcome
	if m.Last.Kind == "" {
		m.Last.Kind = "none"
	}
	return m, nil
}

// SendTestMail sends a mail to the user who asks for it, in the name of the organisation.
func (w *Web) SendTestMail(c *gin.Context) error {
	v, o, err := w.organisation(c)
	if err != nil {
		return err
	}
	return v.testMail(o.ID, "/organisations/"+string(o.ID)+"/settings", w.ShowSettings)
}

// testMail sends it and leads back to the page, which shows how far it got.
func (v *Visit) testMail(id survey.OrganisationID, at string, page func(*gin.Context) error) error {
	if err := v.web.service.SendTestMail(v.Context(), v.Actor, id); err != nil {
		return v.Again(err, func(c *gin.Context) error {
			v.again = false // the other form of the page was not sent
			return page(c)
		})
	}
	v.silent = true // the page shows how far the mail got
	return v.Goto(at)
}
