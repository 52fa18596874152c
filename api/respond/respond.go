// Package respond is the only place where an error becomes a status. It writes
// problem+json (RFC 9457) and never a cause, a value or a stack. Handlers return
// errors to Handle; nothing else picks an error status.
package respond

import (
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"log/slog"
	"net/http"

	"github.com/gin-gonic/gin"

	"pulscheck/survey/fault"
	"pulscheck/survey/locale"
)

// Reading are the methods of a route that only gives: HEAD is GET without the body
// (RFC 9110, 9.3.2), which net/http leaves out by itself.
var Reading = []string{http.MethodGet, http.MethodHead}

// Error is RFC 9457 with our code and the fields that are wrong.
type Error struct {
	Type   string  `json:"type" doc:"/problems/ and the code" example:"/problems/not-found"`
	Title  string  `json:"title" doc:"what is wrong, in English" example:"There is no such thing here."`
	Status int     `json:"status" doc:"the status of the answer" example:"404"`
	Code   string  `json:"code" doc:"what is wrong, for programs" example:"not-found"`
	Errors []Field `json:"errors,omitempty" doc:"the parts of the request that are wrong"`
}

// Field points at one of them.
type Field struct {
	Pointer string `json:"pointer" doc:"JSON pointer (RFC 6901) into the request" example:"/name"`
	Code    string `json:"code" doc:"what is wrong with it" example:"text-length"`
}

// Error implements error; with GetStatus and ContentType a description of the API can
// be made of it.
func (d *Error) Error() string { return d.Code }

// GetStatus gives the status of the answer.
func (d *Error) GetStatus() int { return d.Status }

// ContentType is that of a problem, whatever was asked for.
func (d *Error) ContentType(string) string { return media }

const media = "application/problem+json"

// Describe gives what an error means to whoever asked, for answers that are written
// elsewhere. Titles are English, the same bytes for everybody; pages have their own
// texts for the codes.
func Describe(f *fault.Error, status int) *Error {
	d := &Error{Type: "/problems/" + f.Key, Title: locale.New(locale.English).Fill("error."+f.Key, f.Args), Status: status, Code: f.Key}
	for _, one := range f.Fields {
		d.Errors = append(d.Errors, Field{one.Pointer, one.Code})
	}
	return d
}

var statuses = map[fault.Kind]int{
	fault.Malformed: http.StatusBadRequest, fault.Refused: http.StatusForbidden,
	fault.NotFound: http.StatusNotFound, fault.Conflict: http.StatusConflict,
	fault.Gone: http.StatusGone, fault.TooLarge: http.StatusRequestEntityTooLarge,
	fault.Unsupported: http.StatusUnsupportedMediaType, fault.Invalid: http.StatusUnprocessableEntity,
	fault.RateLimited: http.StatusTooManyRequests, fault.Unavailable: http.StatusServiceUnavailable,
	fault.StorageFull: http.StatusInsufficientStorage, fault.Stale: http.StatusPreconditionFailed,
	fault.Unauthenticated: http.StatusUnauthorized,
}

// Status gives the status of a kind of fault.
func Status(k fault.Kind) int {
	if status, known := statuses[k]; known {
		return status
	}
	return http.StatusInternalServerError
}

// RetryAfter is told with 503 and 507, in seconds.
const RetryAfter = "5"

// Handle lets handlers return errors.
func Handle(f func(*gin.Context) error) gin.HandlerFunc {
	return func(c *gin.Context) {
		if err := f(c); err != nil {
			Problem(c, err)
		}
	}
}

// Problem answers with what an error means and ends the chain. Errors that are no
// faults are answered as "internal" and logged by the type of their cause alone: the
// text may hold a value of the request.
func Problem(c *gin.Context, err error) {
	f := fault.Of(err)
	status, known := statuses[f.Kind]
	if !known {
		Failed(c, err)
		status, f = http.StatusInternalServerError, fault.New(fault.Internal, "internal")
	}
	Code(c, status, f)
}

// Failed logs an error that is no fault, and gives the number under which the log has
// it; it stands in a header too, for scripts. The number is drawn anew for each failure
// and says nothing about who asked.
func Failed(c *gin.Context, err error) string {
	var drawn [6]byte
	rand.Read(drawn[:]) // never fails since Go 1.24
	reference := base64.RawURLEncoding.EncodeToString(drawn[:])
	slog.ErrorContext(c.Request.Context(), "request failed", "route", c.FullPath(), "reference", reference, "cause", Cause(err))
	c.Header("X-Reference", reference)
	return reference
}

// Cause names the type of the innermost error, all of it that may be logged.
func Cause(err error) string {
	for {
		inner := errors.Unwrap(err)
		if inner == nil {
			return fmt.Sprintf("%T", err)
		}
		err = inner
	}
}

// Code answers with a status that no kind of fault stands for, such as 414.
func Code(c *gin.Context, status int, f *fault.Error) {
	if status == http.StatusServiceUnavailable || status == http.StatusInsufficientStorage {
		c.Header("Retry-After", RetryAfter)
	}
	if status == http.StatusUnauthorized {
		c.Header("WWW-Authenticate", "Bearer")
	}
	c.Header("Content-Type", media)
	c.JSON(status, Describe(f, status))
	c.Abort()
}
