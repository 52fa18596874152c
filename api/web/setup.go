package web

import (
	"net/http"
	"net/url"

	"github.com/gin-gonic/gin"

	"pulscheck/api/session"
	"pulscheck/api/view"
	"pulscheck/survey/account"
	"pulscheck/survey/fault"
)

// NewSetup asks for a one-time code: of an invitation, or from the console.
func (w *Web) NewSetup(c *gin.Context) error {
	v := visitOf(c)
	v.Lead(v.T("web.setup.lead"))
	note := ""
	if v.c.Query("sent") != "" {
		note = v.T("web.forgotten.sent")
	}
	return v.Show("setup/code", v.T("web.setup.heading"), asked{Note: note, Form: v.Form("web.setup", "/setup", nil)})
}

// RedeemCode takes it.
func (w *Web) RedeemCode(c *gin.Context) error {
	v := visitOf(c)
	if err := w.shut(c); err != nil {
		return v.Again(err, w.NewSetup)
	}
	secret, err := w.service.RedeemCode(v.Context(), v.Text("code"))
	if fault.Is(err, "access-code-invalid") {
		err = fault.New(fault.Unauthenticated, "access-code-invalid").With(fault.Field{Pointer: "/code", Code: "access-code-invalid"})
	}
	if err != nil {
		return v.Again(w.held(c, err), w.NewSetup)
	}
	if err := v.replace(secret); err != nil {
		return err
	}
	return v.Goto("/setup/password")
}

// settingUp sends away who is not about to set up an account, or to change the own one.
func (v *Visit) settingUp() bool {
	if v.Session == nil || v.Session.Stage == account.Half {
		v.moved = "/setup"
		return false
	}
	if v.Session.Stage == account.Full && !v.Session.Fresh(v.web.now()) {
		v.moved = "/confirm?next=" + url.QueryEscape(v.c.Request.URL.Path)
		return false
	}
	return true
}

// NewPassword asks for a password.
func (w *Web) NewPassword(c *gin.Context) error {
	v := visitOf(c)
	if !v.settingUp() {
		return nil
	}
	v.Lead(v.T("web.password.lead", "email", v.User.Email))
	form := v.Form("web.password", "/setup/password", nil)
	form.Values = url.Values{"email": {v.User.Email}}
	return v.Show("setup/password", v.T("web.password.heading"), asked{Form: form})
}

// SetPassword takes it, twice the same.
func (w *Web) SetPassword(c *gin.Context) error {
	v := visitOf(c)
	if !v.settingUp() {
		return nil
	}
	if v.Text("password") != v.Text("repeated") {
		err := fault.New(fault.Invalid, "password-differs").With(fault.Field{Pointer: "/repeated", Code: "password-differs"})
		return v.Again(err, w.NewPassword)
	}
	if err := w.service.SetPassword(v.Context(), v.secret, v.Text("password")); err != nil {
		return v.Again(err, w.NewPassword)
	}
	switch {
	case v.Session.Stage == account.Full:
		return v.Goto("/account")
	case len(v.User.Second) > 0: // a new password does not skip the second factor
		session.Drop(c)
		return v.Goto("/login")
	}
	return v.Goto("/setup/second")
}

// second is the page of a new second factor.
type second struct {
	Key  string
	Form *view.Form
}

// NewSecond shows a second factor to scan or to type.
func (w *Web) NewSecond(c *gin.Context) error {
	v := visitOf(c)
	if !v.settingUp() {
		return nil
	}
	if v.User.Password == "" {
		return v.Goto("/setup/password")
	}
	secret, err := w.service.BeginSecond(v.Context(), v.secret)
	if err != nil {
		return err
	}
	form := v.Form("web.second", "/setup/second", nil)
	form.Values.Del("code")
	return v.Show("setup/second", v.T("web.second.heading"), second{account.SecondText(secret), form})
}

// ShowSecondCode draws the same as a QR code.
func (w *Web) ShowSecondCode(c *gin.Context) error {
	v := visitOf(c)
	if !v.settingUp() {
		return nil
	}
	secret, err := w.service.BeginSecond(v.Context(), v.secret)
	if err != nil {
		return err
	}
	picture, err := view.QR(account.SecondLink(secret, v.User.Email))
	if err != nil {
		return err
	}
	c.Data(http.StatusOK, "image/svg+xml", picture)
	return nil
}

// recovery is the page of the recovery codes, which nobody sees again.
type recovery struct{ Codes []string }

// SetSecond takes the first one-time password and shows the recovery codes.
func (w *Web) SetSecond(c *gin.Context) error {
	v := visitOf(c)
	if !v.settingUp() {
		return nil
	}
	secret, codes, err := w.service.FinishSecond(v.Context(), v.secret, v.Text("code"))
	if err != nil {
		return v.Again(w.held(c, codeWrong(err)), w.NewSecond)
	}
	session.Keep(c, secret)
	v.page.CSRF = session.CSRF(secret)
	return v.Show("setup/recovery", v.T("web.recovery.heading"), recovery{codes})
}
