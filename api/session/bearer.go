// Package session makes an Actor of what a request carries: a bearer token, or the
// cookie of a session. It decides nothing about what the actor may do. v1 and web call
// it.
package session

import (
	"context"
	"strings"

	"github.com/gin-gonic/gin"

	"pulscheck/survey/account"
	"pulscheck/survey/fault"
)

// Authenticator knows tokens; fault Unauthenticated "unauthenticated" for everything
// that is no valid one.
type Authenticator interface {
	Authenticate(ctx context.Context, text string) (account.Actor, error)
	// FindSession knows the secrets of sessions likewise.
	FindSession(ctx context.Context, secret string) (*account.Session, *account.User, error)
}

// Actor gives who a request acts for, and the credential that says so: the token in the
// Authorization header, else the session of the cookie. Changes with a cookie come from
// our own pages alone: middleware refuses other sites, and no form of theirs can send
// JSON. Faults are those of Authenticator.
func Actor(c *gin.Context, a Authenticator) (account.Actor, string, error) {
	secret := Secret(c)
	if secret == "" || c.GetHeader("Authorization") != "" {
		return Bearer(c, a)
	}
	found, user, err := a.FindSession(c.Request.Context(), secret)
	if err == nil && found.Stage != account.Full {
		err = fault.New(fault.Unauthenticated, "unauthenticated")
	}
	if err != nil {
		return account.Actor{}, "", err
	}
	return user.Actor(), secret, nil
}

// Bearer gives the actor of the token in the Authorization header, and the token's
// text. Faults are those of Authenticator.
func Bearer(c *gin.Context, a Authenticator) (account.Actor, string, error) {
	scheme, text, _ := strings.Cut(c.GetHeader("Authorization"), " ")
	if !strings.EqualFold(scheme, "Bearer") || len(c.Request.Header.Values("Authorization")) != 1 {
		return account.Actor{}, "", fault.New(fault.Unauthenticated, "unauthenticated")
	}
	actor, err := a.Authenticate(c.Request.Context(), strings.TrimSpace(text))
	return actor, text, err
}
