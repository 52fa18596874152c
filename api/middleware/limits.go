package middleware

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"pulscheck/api/respond"
	"pulscheck/survey/fault"
)

// Limits of requests (threat-model.md 6.4 and 8).
const (
	maxURI   = 2048     // bytes
	ahead    = 16 << 10 // bytes of a body, all that a respondent may send
	atOnce   = 512      // requests in work
	maxQueue = 2 * time.Second
)

// ShortURI refuses addresses that are too long.
func ShortURI(c *gin.Context) {
	if len(c.Request.RequestURI) > maxURI {
		respond.Code(c, http.StatusRequestURITooLong, fault.New(fault.TooLarge, "uri-too-long"))
	}
}

// Deadline ends what a request asks for after a while, so that an absent database is
// told as such and not waited for.
func Deadline(within time.Duration) gin.HandlerFunc {
	return func(c *gin.Context) {
		ctx, cancel := context.WithTimeout(c.Request.Context(), within)
		defer cancel()
		c.Request = c.Request.WithContext(ctx)
		c.Next()
	}
}

// ReadAhead waits for the beginning of the body, so that who sends slowly holds no
// place of AtOnce, which stands behind it. The body stays whole, limits and errors of
// reading included: handlers decide about those.
func ReadAhead(c *gin.Context) {
	body := c.Request.Body
	var begin bytes.Buffer
	var rest io.Reader = body
	if _, err := io.CopyN(&begin, body, ahead); err != nil { // net/http tells it once, then that all is well
		rest = failed{err}
	}
	c.Request.Body = wholeBody{io.MultiReader(&begin, rest), body}
}

// failed is what comes after the last byte that could be read; io.EOF at the end.
type failed struct{ err error }

func (f failed) Read([]byte) (int, error) { return 0, f.err }

type wholeBody struct {
	io.Reader
	io.Closer
}

// AtOnce lets a bounded number of requests work; the others wait a little, then hear
// that the service is overloaded.
func AtOnce() gin.HandlerFunc {
	places := make(chan struct{}, atOnce)
	return func(c *gin.Context) {
		select {
		case places <- struct{}{}:
		default:
			timer := time.NewTimer(maxQueue)
			defer timer.Stop()
			select {
			case places <- struct{}{}:
			case <-timer.C:
				respond.Problem(c, fault.New(fault.Unavailable, "overloaded"))
				return
			case <-c.Request.Context().Done():
				c.Abort()
				return
			}
		}
		defer func() { <-places }()
		c.Next()
	}
}
