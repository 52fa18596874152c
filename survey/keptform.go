package survey

import (
	"context"
	"encoding/json"
	"net/url"
	"time"

	"pulscheck/survey/account"
	"pulscheck/survey/fault"
)

// KeptForm is what somebody sent after the session was over: readable by nobody else, given
// back once, on the page that it was sent from, and deleted after half a day.
type KeptForm struct {
	User   account.UserID
	Page   string // path and query of the page that the form stands on
	Sealed []byte // for the user and the page
	Kept   time.Time
}

// KeptForms keeps what was typed until its writer is signed in again.
type KeptForms interface {
	// PutKeptForm stores a form in place of an earlier one of the page, and deletes the
	// oldest of the user beyond most.
	PutKeptForm(ctx context.Context, f KeptForm, most int) error
	// TakeKeptForm gives what was kept of a page and deletes it; fault NotFound otherwise.
	TakeKeptForm(ctx context.Context, user account.UserID, page string) (*KeptForm, error)
	// DeleteKeptForms deletes what was kept before an instant.
	DeleteKeptForms(ctx context.Context, kept time.Time) error
}

const (
	maxKeptForms = 5         // of a user, one per page
	maxKeptPage  = 255       // bytes
	maxKeptBytes = 512 << 10 // of the fields; forms are no longer either
	keptFormLife = account.SessionLife
)

// FormInput is a form as it was sent: where it goes, and its fields.
type FormInput struct {
	Action string
	Fields url.Values
}

// KeepForm keeps a form that came with the secret of a session that is over by itself. One
// that goes on, was ended by somebody or never was is fault Unauthenticated
// "unauthenticated"; a form that is too long is fault TooLarge "body-too-large".
func (s *Service) KeepForm(ctx context.Context, secret, page string, in FormInput) error {
	refused := fault.New(fault.Unauthenticated, "unauthenticated")
	session, err := s.store.FindSession(ctx, account.HashSession(secret))
	if fault.Of(err).Kind == fault.NotFound {
		return refused
	}
	if err != nil {
		return err
	}
	if session.Stage != account.Full || !session.Over(s.now()) {
		return refused
	}
	user, err := s.store.FindUser(ctx, session.User)
	if fault.Of(err).Kind == fault.NotFound || err == nil && user.Ended != nil {
		return refused
	}
	if err != nil {
		return err
	}
	text, err := json.Marshal(in)
	if err != nil {
		return err
	}
	if len(text) > maxKeptBytes || len(page) > maxKeptPage {
		return fault.New(fault.TooLarge, "body-too-large")
	}
	aead, err := s.aead("kept-form")
	if err != nil {
		return err
	}
	sealed := aead.Seal(nil, nil, text, boundTo(user.ID, page)) //nolint:gosec // it draws a nonce of its own
	return s.store.PutKeptForm(ctx, KeptForm{User: user.ID, Page: page, Sealed: sealed, Kept: s.now()}, maxKeptForms)
}

// boundTo is what a sealed form is bound to.
func boundTo(user account.UserID, page string) []byte { return []byte(string(user) + "\x00" + page) }

// TakeForm gives what the user sent from a page after the session was over, once; nil if
// there is nothing, or it is too old.
func (s *Service) TakeForm(ctx context.Context, user *account.User, page string) (*FormInput, error) {
	f, err := s.store.TakeKeptForm(ctx, user.ID, page)
	if fault.Of(err).Kind == fault.NotFound {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if s.now().Sub(f.Kept) >= keptFormLife {
		return nil, nil
	}
	aead, err := s.aead("kept-form")
	if err != nil {
		return nil, err
	}
	text, err := aead.Open(nil, nil, f.Sealed, boundTo(user.ID, page))
	if err != nil {
		return nil, fault.Wrap(fault.Unavailable, "keys-unavailable", err)
	}
	var in FormInput
	return &in, json.Unmarshal(text, &in)
}
