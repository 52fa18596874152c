// Package session makes an Actor of what a request carries. So far that is a bearer
// token; it decides nothing about what the actor may do. v1 calls it.
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
