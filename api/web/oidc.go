package web

import (
	"errors"

	"github.com/gin-gonic/gin"

	"pulscheck/api/session"
	"pulscheck/survey/account"
	"pulscheck/survey/fault"
)

// BeginOIDC leads to the OpenID provider.
func (w *Web) BeginOIDC(c *gin.Context) error {
	v := visitOf(c)
	if w.oidc == nil {
		return fault.New(fault.NotFound, "not-found")
	}
	fresh := c.Query("confirm") != ""
	address, state, err := w.oidc.Begin(v.Context(), fresh)
	if err != nil {
		return err
	}
	session.KeepFlow(c, state, v.next(), fresh)
	return v.Goto(address)
}

// FinishOIDC takes what the provider sends back.
func (w *Web) FinishOIDC(c *gin.Context) error {
	v := visitOf(c)
	if w.oidc == nil {
		return fault.New(fault.NotFound, "not-found")
	}
	kept, next, fresh := session.Flow(c)
	if c.Query("error") != "" { // somebody changed one's mind there
		return v.Again(w.held(c, fault.Wrap(fault.Unauthenticated, "oidc-failed", errors.New("the provider refused"))), w.NewSession)
	}
	if err := w.shut(c); err != nil {
		return v.Again(err, w.NewSession)
	}
	who, err := w.oidc.Finish(v.Context(), kept, c.Query("state"), c.Query("code"))
	if err == nil {
		err = w.service.Once(v.Context(), "oidc", kept)
	}
	secret := ""
	if err == nil && fresh && !w.now().Before(who.Proved.Add(account.ConfirmLife)) { // else it would be asked without end
		return fault.New(fault.Refused, "oidc-not-fresh")
	}
	if err == nil {
		secret, err = w.service.SignInAs(v.Context(), who, w.oidc.Groups)
	}
	if f := fault.Of(err); err != nil && (f.Key == "oidc-no-role" || f.Key == "oidc-local" || f.Key == "login-failed") {
		if f.Key == "login-failed" {
			f.Key = "oidc-failed"
		}
		err = fault.Wrap(fault.Unauthenticated, f.Key, err)
	}
	if err != nil {
		return v.Again(w.held(c, err), w.NewSession)
	}
	if err := v.replace(secret); err != nil {
		return err
	}
	return v.Goto(onward(next))
}
