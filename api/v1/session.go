package v1

import (
	"net/http"
	"reflect"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gin-gonic/gin"

	"pulscheck/api/middleware"
	"pulscheck/api/request"
	"pulscheck/api/respond"
	"pulscheck/api/session"
	"pulscheck/survey/account"
	"pulscheck/survey/fault"
)

// SessionNew is what a log-in takes.
type SessionNew struct {
	Email    string `json:"email"`
	Password string `json:"password"`
	Code     string `json:"code" doc:"one-time password of the second factor, or a recovery code"`
}

// registerSession adds log-in and log-out, which need no token.
func (a *API) registerSession(h huma.API, g *gin.RouterGroup) {
	body := h.OpenAPI().Components.Schemas.Schema(reflect.TypeFor[SessionNew](), true, "")
	problem := func(status string) *huma.Response {
		return &huma.Response{Ref: "#/components/responses/Problem" + status}
	}
	h.OpenAPI().AddOperation(&huma.Operation{
		OperationID: "post-session", Method: http.MethodPost, Path: "/session", Tags: []string{"session"}, Security: []map[string][]string{{}},
		Summary: "Log in", Description: "Log in with password and second factor. The answer sets a cookie that stands in place of a token.",
		RequestBody: &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{request.JSON: {Schema: body}}},
		Responses: map[string]*huma.Response{
			"204": {Description: "No Content"}, "400": problem("400"), "401": problem("401"), "413": problem("413"), "415": problem("415"), "429": problem("429"), "503": problem("503"),
		},
	})
	h.OpenAPI().AddOperation(&huma.Operation{
		OperationID: "delete-session", Method: http.MethodDelete, Path: "/session", Tags: []string{"session"}, Security: []map[string][]string{{}},
		Summary: "Log out", Description: "Log out. A session that is over already is no error.",
		Responses: map[string]*huma.Response{"204": {Description: "No Content"}, "503": problem("503")},
	})
	g.POST("/session", respond.Handle(a.createSession))
	g.DELETE("/session", respond.Handle(a.deleteSession))
}

// createSession takes both steps of a log-in at once.
func (a *API) createSession(c *gin.Context) error {
	text, err := request.Body(c, request.JSON, maxBody)
	if err != nil {
		return err
	}
	var in SessionNew
	if err := request.Decode(text, &in); err != nil {
		return err
	}
	if full, left := a.limits.Logins.Full(c.ClientIP()); full {
		middleware.RetryAfter(c, left)
		return fault.New(fault.RateLimited, "login-locked")
	}
	secret, stage, err := a.service.Login(c.Request.Context(), in.Email, in.Password)
	if err == nil && stage != account.Half { // the account is not set up to its end: that is done with pages
		err = fault.New(fault.Unauthenticated, "login-failed")
	}
	if err == nil {
		secret, err = a.service.ConfirmLogin(c.Request.Context(), secret, in.Code)
	}
	switch {
	case err == nil:
	case fault.Of(err).Kind == fault.Unauthenticated:
		a.limits.Logins.Add(c.ClientIP())
	case fault.Of(err).Kind == fault.RateLimited:
		middleware.RetryAfter(c, 0)
	}
	if err != nil {
		return err
	}
	session.Keep(c, secret)
	c.Status(http.StatusNoContent)
	return nil
}

// deleteSession ends the session of the cookie.
func (a *API) deleteSession(c *gin.Context) error {
	if err := a.service.Logout(c.Request.Context(), session.Secret(c)); err != nil {
		return err
	}
	session.Drop(c)
	c.Status(http.StatusNoContent)
	return nil
}
