// Package respond is the only place where an error becomes a status. It writes
// problem+json (RFC 9457) and never a cause, a value or a stack. Handlers return
// errors to Handle; nothing else picks an error status.
package respond

import (
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

// problem is RFC 9457 with our code and the fields that are wrong.
type problem struct {
	Type   string  `json:"type"`
	Title  string  `json:"title"`
	Status int     `json:"status"`
	Code   string  `json:"code"`
	Errors []field `json:"errors,omitempty"`
}

type field struct {
	Pointer string `json:"pointer"`
	Code    string `json:"code"`
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
// text may hold a value of the request. Titles are English,
// the same bytes for everybody; pages have their own texts for the codes.
func Problem(c *gin.Context, err error) {
	f := fault.Of(err)
	status, known := statuses[f.Kind]
	if !known {
		slog.ErrorContext(c.Request.Context(), "request failed", "route", c.FullPath(), "cause", root(err))
		status, f = http.StatusInternalServerError, fault.New(fault.Internal, "internal")
	}
	Code(c, status, f)
}

// root names the type of the innermost error.
func root(err error) string {
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
	p := problem{Type: "/problems/" + f.Key, Title: locale.New(locale.English).T("error." + f.Key), Status: status, Code: f.Key}
	for _, one := range f.Fields {
		p.Errors = append(p.Errors, field{one.Pointer, one.Code})
	}
	c.Header("Content-Type", "application/problem+json")
	c.JSON(status, p)
	c.Abort()
}
