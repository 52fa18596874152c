// Package fault is the one kind of error that leaves a room of pulscheck on
// purpose: it says what went wrong in a way that people, programs and the
// operator each understand. It is not a place for statuses (api/respond turns a
// Kind into one) nor for texts (survey/locale has them). Everything may import it.
package fault

import (
	"errors"
	"fmt"
)

// Kind sorts errors by what the caller can do about them.
type Kind int

// The kinds. Internal is the zero value: an error nobody classified.
const (
	Internal        Kind = iota
	Malformed            // the request cannot be read: 400
	Refused              // the caller may not do this: 403
	NotFound             // no such object, or not for this caller: 404
	Conflict             // the object is in another state: 409
	Gone                 // it was here and is over: 410
	TooLarge             // body or upload over its limit: 413
	Unsupported          // media type: 415
	Invalid              // readable, but against the rules: 422
	RateLimited          // too many failures: 429
	Unavailable          // a dependency is away or the service overloaded: 503
	StorageFull          // the disk is full: 507
	Unauthenticated      // nobody is signed in: 401
	Stale                // changed since the caller saw it: 412
	Configuration        // the operator has to change something before a start
)

// Field points at one part of a request that is wrong.
type Field struct {
	Pointer string // JSON pointer (RFC 6901) into the request
	Code    string // key from the problem catalogue, e.g. "answer-out-of-range"

	Said       string // key of a text for people that says it closer; empty = that of Code
	Over, Most int    // by how many characters a text is too long, and how many it may have
}

// Length tells what is wrong with a text of n characters that has to have 1 to most of
// them: nothing, or one field.
func Length(pointer string, n, most int) []Field {
	switch {
	case n < 1:
		return []Field{{Pointer: pointer, Code: "text-length", Said: "text-empty"}}
	case n > most:
		return []Field{{Pointer: pointer, Code: "text-length", Said: "text-long", Over: n - most, Most: most}}
	}
	return nil
}

// Error carries Key and Args to people in their language and Err to the operator.
type Error struct {
	Kind   Kind
	Key    string         // problem code, e.g. "ticket-used"
	Args   map[string]any // values for the catalogue text of Key
	Fields []Field
	Err    error // cause; never shown to respondents
}

// Error implements error; it is for logs, not for people.
func (e *Error) Error() string {
	if e.Err != nil {
		return fmt.Sprintf("%s: %v", e.Key, e.Err)
	}
	return e.Key
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// New makes an error of a kind with a problem code.
func New(kind Kind, key string) *Error { return &Error{Kind: kind, Key: key} }

// Wrap makes an error of a kind with a problem code around a cause.
func Wrap(kind Kind, key string, err error) *Error { return &Error{Kind: kind, Key: key, Err: err} }

// With returns e with fields added.
func (e *Error) With(fields ...Field) *Error {
	e.Fields = append(e.Fields, fields...)
	return e
}

// Of finds the fault in err; an unknown error becomes Internal with key "internal".
func Of(err error) *Error {
	var f *Error
	if errors.As(err, &f) {
		return f
	}
	return &Error{Kind: Internal, Key: "internal", Err: err}
}

// Is reports whether err carries a fault with this key.
func Is(err error, key string) bool {
	var f *Error
	return errors.As(err, &f) && f.Key == key
}

// Findings are the fields of something checked, gathered to be told all at once.
type Findings []Field

// Add notes one finding.
func (f *Findings) Add(pointer, code string) { *f = append(*f, Field{Pointer: pointer, Code: code}) }

// Err gives the findings as a fault Invalid with this key, nil if there are none.
func (f Findings) Err(key string) error {
	if len(f) == 0 {
		return nil
	}
	return Wrap(Invalid, key, fmt.Errorf("%d findings, the first at %s: %s", len(f), f[0].Pointer, f[0].Code)).With(f...)
}
