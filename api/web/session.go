package web

import (
	"net/url"

	"github.com/gin-gonic/gin"

	"pulscheck/api/middleware"
	"pulscheck/api/session"
	"pulscheck/api/view"
	"pulscheck/survey/account"
	"pulscheck/survey/fault"
	"pulscheck/survey/locale"
)

// asked is a page that is hardly more than its form.
type asked struct {
	Note string
	Form *view.Form
	OIDC string // address of the log-in at the provider, empty = none
}

// Home leads to where somebody begins.
func (w *Web) Home(c *gin.Context) error {
	v := visitOf(c)
	if len(v.Actor.Organisations) == 0 && v.User.Awaited(w.now()) {
		return v.Goto("/account")
	}
	if len(v.Actor.Organisations) == 1 {
		return v.Goto("/organisations/" + v.Actor.Organisations[0])
	}
	return v.Goto("/organisations")
}

// next reads where to go after a log-in, from the address or the form.
func (v *Visit) next() string {
	if next := v.Text("next"); next != "" {
		return onward(next)
	}
	return onward(v.c.Query("next"))
}

// then gives the query that carries it on.
func (v *Visit) then() string {
	if next := v.next(); next != "/" {
		return "?next=" + url.QueryEscape(next)
	}
	return ""
}

// NewSession is the page of the log-in (A1).
func (w *Web) NewSession(c *gin.Context) error {
	v := visitOf(c)
	if v.User != nil && v.Session.Stage == account.Full {
		return v.Goto(v.next())
	}
	form := v.Form("web.login", "/login", url.Values{"next": {v.next()}})
	form.Values.Del("password")
	note := ""
	if v.c.Query("next") != "" && v.secret != "" {
		note = v.T("web.login.over")
	}
	if v.c.Query("kept") != "" {
		note = v.T("web.login.kept") + " " + note
	}
	return v.Show("session/new", v.T("web.login.heading"), asked{note, form, w.elsewhere(v)})
}

// elsewhere is where people sign in at an OpenID provider.
func (w *Web) elsewhere(v *Visit) string {
	if w.oidc == nil {
		return ""
	}
	return "/login/oidc" + v.then()
}

// CreateSession takes address and password.
func (w *Web) CreateSession(c *gin.Context) error {
	v := visitOf(c)
	err := w.shut(c)
	if err != nil {
		return v.Again(err, w.NewSession)
	}
	secret, stage, err := w.service.Login(v.Context(), v.Text("email"), v.Text("password"))
	if err != nil {
		return v.Again(w.held(c, err), w.NewSession)
	}
	if err := v.replace(secret); err != nil {
		return err
	}
	if stage == account.Setup {
		return v.Goto("/setup/second")
	}
	return v.Goto("/login/code" + v.then())
}

// replace lets the browser keep a new session; the one that it had ends.
func (v *Visit) replace(secret string) error {
	if v.Session != nil {
		if err := v.web.service.Logout(v.Context(), v.secret); err != nil {
			return err
		}
	}
	session.Keep(v.c, secret)
	return nil
}

// shut refuses an address from which too many have failed before anything is looked at.
func (w *Web) shut(c *gin.Context) error {
	full, left := w.limits.Logins.Full(c.ClientIP())
	if !full {
		return nil
	}
	middleware.RetryAfter(c, left)
	return fault.New(fault.RateLimited, "login-locked")
}

// held counts failures of an address.
func (w *Web) held(c *gin.Context, err error) error {
	if fault.Of(err).Kind == fault.Unauthenticated {
		w.limits.Logins.Add(c.ClientIP())
	}
	return err
}

// NewCode is the page that asks for the second factor.
func (w *Web) NewCode(c *gin.Context) error {
	v := visitOf(c)
	if v.Session == nil || v.Session.Stage != account.Half {
		return v.Goto("/login" + v.then())
	}
	form := v.Form("web.code", "/login/code", url.Values{"next": {v.next()}})
	form.Values.Del("code")
	return v.Show("session/code", v.T("web.code.heading"), asked{Form: form})
}

// ConfirmSession takes the second factor.
func (w *Web) ConfirmSession(c *gin.Context) error {
	v := visitOf(c)
	if err := w.shut(c); err != nil {
		return v.Again(err, w.NewCode)
	}
	secret, err := w.service.ConfirmLogin(v.Context(), v.secret, v.Text("code"))
	if fault.Is(err, "unauthenticated") {
		return v.Goto("/login" + v.then())
	}
	if err != nil {
		return v.Again(w.held(c, codeWrong(err)), w.NewCode)
	}
	session.Keep(c, secret)
	return v.Goto(v.next())
}

// codeWrong says of a one-time password what is said of a password otherwise.
func codeWrong(err error) error {
	if fault.Is(err, "login-failed") {
		return fault.New(fault.Unauthenticated, "code-wrong").With(fault.Field{Pointer: "/code", Code: "code-wrong"})
	}
	return err
}

// NewConfirmation asks again for the second factor, before what is dangerous.
func (w *Web) NewConfirmation(c *gin.Context) error {
	v := visitOf(c)
	if len(v.User.Second) == 0 && w.oidc != nil { // whoever has none here proves it where it is
		return v.Goto("/login/oidc?confirm=1&next=" + url.QueryEscape(v.next()))
	}
	form := v.Form("web.confirm-self", "/confirm", url.Values{"next": {v.next()}})
	form.Values.Del("code")
	v.Lead(v.T("web.confirm-self.lead"))
	return v.Show("session/code", v.T("web.confirm-self.heading"), asked{Form: form})
}

// Confirm takes it.
func (w *Web) Confirm(c *gin.Context) error {
	v := visitOf(c)
	if err := w.service.Confirm(v.Context(), v.secret, v.Text("code")); err != nil {
		return v.Again(w.held(c, codeWrong(err)), w.NewConfirmation)
	}
	return v.Goto(v.next())
}

// DeleteSession is the log-out.
func (w *Web) DeleteSession(c *gin.Context) error {
	v := visitOf(c)
	if err := w.service.Logout(v.Context(), v.secret); err != nil {
		return err
	}
	session.Drop(c)
	c.Header("Clear-Site-Data", `"cache", "storage"`)
	return v.Goto("/login")
}

// ShowSession says that somebody is still there: asking for it is a sign of life.
func (w *Web) ShowSession(c *gin.Context) error {
	c.JSON(200, gin.H{"signed_in": true})
	return nil
}

// ChangeLanguage keeps the language that somebody reads.
func (w *Web) ChangeLanguage(c *gin.Context) error {
	v := visitOf(c)
	l := locale.Language(v.Text("language"))
	if l != locale.German && l != locale.English {
		return fault.New(fault.Invalid, "locale-unknown")
	}
	session.KeepLanguage(c, string(l))
	if v.User != nil {
		if err := w.service.ChangeLanguage(v.Context(), v.User, l); err != nil {
			return err
		}
	}
	return v.Goto(onward(v.Text("back")))
}
