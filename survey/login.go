package survey

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"time"

	"pulscheck/survey/account"
	"pulscheck/survey/audit"
	"pulscheck/survey/fault"
	"pulscheck/survey/locale"
)

// Accounts keeps those who sign in, and what lets them.
type Accounts interface {
	CreateUser(ctx context.Context, u *account.User, also ...Access) error
	// UpdateUser stores name, role, language, memberships and end.
	UpdateUser(ctx context.Context, u *account.User, also ...Access) error
	FindUser(ctx context.Context, id account.UserID) (*account.User, error)
	FindUserByEmail(ctx context.Context, email string) (*account.User, error)
	// ListUsers gives the users of an organisation, everybody for the empty id.
	ListUsers(ctx context.Context, id OrganisationID) ([]account.User, error)
	PutAccess(ctx context.Context, id account.UserID, also ...Access) error
	TakeCode(ctx context.Context, hash []byte, at time.Time) (*account.Code, error)
	SetPassword(ctx context.Context, id account.UserID, hash string, also ...Access) error
	// SetSecond stores a second factor in place of the one that was read, and recovery
	// codes; fault Conflict "second-changed" if it is another one by now.
	SetSecond(ctx context.Context, id account.UserID, was, sealed []byte, step int64, recovery [][]byte, also ...Access) error
	// SetRecovery stores recovery codes in place of all earlier ones; fault Conflict
	// "second-missing" without a second factor.
	SetRecovery(ctx context.Context, id account.UserID, recovery [][]byte, also ...Access) error
	// TakeStep and TakeRecovery use something up; false if it was used before.
	TakeStep(ctx context.Context, id account.UserID, step int64) (bool, error)
	TakeRecovery(ctx context.Context, id account.UserID, hash []byte) (bool, error)
	CountRecovery(ctx context.Context, id account.UserID) (int, error)
	// UpdateInvitation stores what was said in an invitation since version i.Version.
	UpdateInvitation(ctx context.Context, id account.UserID, i *account.Invitation, also ...Access) error
	SetLastDay(ctx context.Context, id account.UserID, day string, told ...audit.Entry) error
	Sessions
	Identities
}

// Sessions keeps who is signed in, and who tried to.
type Sessions interface {
	CreateSession(ctx context.Context, one *account.Session, replaces []byte, also ...Access) error
	FindSession(ctx context.Context, hash []byte) (*account.Session, error)
	UpdateSession(ctx context.Context, one *account.Session) error
	ListSessions(ctx context.Context, id account.UserID) ([]account.Session, error)
	DeleteSession(ctx context.Context, hash []byte, also ...Access) error
	// CountAttempt counts one more under a name and gives how many there were since the
	// first one within the window.
	CountAttempt(ctx context.Context, name []byte, at time.Time, window time.Duration) (int, error)
	ForgetAttempts(ctx context.Context, name []byte) error
}

// Access is what happens to the ways in of a user in the transaction of a change.
type Access struct {
	Reset   bool // password, second factor, codes and sessions end
	SignOut bool // sessions end
	Anew    bool // an account that had ended begins again, without a past
	// Unask and Ask end and make an invitation; with Alone those of others in the same role
	// end whom the organisation has invited.
	Unask string // organisation
	Ask   *account.Invitation
	Alone bool
	// KeepOperator refuses what would leave the installation without an operator: fault
	// Conflict "last-operator".
	KeepOperator bool
	// Consultants is the organisation that consents to the tokens of consultants from
	// Consented on, or takes that back if it is nil; "" = it says nothing.
	Consultants OrganisationID
	Consented   *time.Time
	Except      []byte // hash of the one that stays
	Code        *account.Code
	Letters     []Letter
	At          time.Time // of the letters
	Told        []audit.Entry
}

// Attempts that an account has within a while (threat-model.md 6.4).
const (
	maxAttempts    = 5
	attemptsWindow = 15 * time.Minute
)

// attempt names what is counted: HMAC, so that addresses of people who have no account
// do not stand in the database.
func (s *Service) attempt(what, name string) ([]byte, error) {
	key, err := s.derived("attempts")
	if err != nil {
		return nil, err
	}
	h := hmac.New(sha256.New, key)
	h.Write([]byte(what + "\x00" + name)) // never fails
	return h.Sum(nil), nil
}

// derived gives a key of the installation for one purpose.
func (s *Service) derived(purpose string) ([]byte, error) {
	installation, err := s.keys.Installation()
	if err != nil {
		return nil, err
	}
	h := hmac.New(sha256.New, installation)
	h.Write([]byte("pulscheck/" + purpose + "/v1")) // never fails
	return h.Sum(nil), nil
}

// try counts an attempt before it is made: of several at the same time none is free.
// Fault RateLimited "login-locked", whether or not there is such an account.
func (s *Service) try(ctx context.Context, what, name string) (forget func() error, err error) {
	key, err := s.attempt(what, name)
	if err != nil {
		return nil, err
	}
	n, err := s.store.CountAttempt(ctx, key, s.now(), attemptsWindow)
	if err != nil {
		return nil, err
	}
	if n == maxAttempts+1 { // told once for each lock
		if err := s.tellAttempt(ctx, "session.lock", what, name); err != nil {
			return nil, err
		}
	}
	if n > maxAttempts {
		return nil, fault.New(fault.RateLimited, "login-locked")
	}
	return func() error { return s.store.ForgetAttempts(ctx, key) }, nil
}

// tellAttempt tells the audit of the installation of a log-in that failed: of whose
// account, by its id. An address without one is never told, and takes as long.
func (s *Service) tellAttempt(ctx context.Context, verb, what, name string) error {
	subject := name
	if what != "second" { // which knows the account
		u, err := s.store.FindUserByEmail(ctx, name)
		switch {
		case fault.Of(err).Kind == fault.NotFound && err != nil:
			subject = nobodyKnown
		case err != nil:
			return err
		default:
			subject = string(u.ID)
		}
	}
	return s.store.Tell(ctx, s.tell(account.Actor{ID: nobodyKnown}, "", verb, subject, map[string]string{"by": what}))
}

// nobodyKnown stands in the audit for whoever has no account, or has not proved whose.
const nobodyKnown = "unknown"

// failed is the fault of an attempt, when it has been told.
func (s *Service) failed(ctx context.Context, what, name string) error {
	if err := s.tellAttempt(ctx, "session.fail", what, name); err != nil {
		return err
	}
	return fault.New(fault.Unauthenticated, "login-failed")
}

// Login takes the first step: address and password. It gives the secret of a session
// that is not signed in yet, and how it goes on: account.Half asks for the second
// factor, account.Setup for what is still missing. Faults: Unauthenticated
// "login-failed", the same for every reason, and RateLimited "login-locked".
func (s *Service) Login(ctx context.Context, email, password string) (string, account.Stage, error) {
	email = account.NormalEmail(email)
	forget, err := s.try(ctx, "password", email)
	if err != nil {
		return "", "", err
	}
	user, err := s.store.FindUserByEmail(ctx, email)
	if err != nil && fault.Of(err).Kind != fault.NotFound {
		return "", "", err
	}
	hash := ""
	if user != nil && user.Ended == nil {
		hash = user.Password
	}
	right, err := account.CheckPassword(ctx, hash, password)
	if err != nil {
		return "", "", err
	}
	if !right {
		return "", "", s.failed(ctx, "password", email)
	}
	stage := account.Setup
	if user.Ready() {
		stage = account.Half
	}
	secret, session := account.NewSession(user.ID, stage, s.now())
	if err := s.store.CreateSession(ctx, session, nil); err != nil {
		return "", "", err
	}
	return secret, stage, forget()
}

// ConfirmLogin takes the second step: a one-time password, or a recovery code. It gives
// the secret of a new session, which is signed in. Faults as Login.
func (s *Service) ConfirmLogin(ctx context.Context, secret, code string) (string, error) {
	session, user, err := s.sessionAt(ctx, secret, account.Half)
	if err != nil {
		return "", err
	}
	if err := s.prove(ctx, user, code); err != nil {
		return "", err
	}
	return s.signIn(ctx, session, user, "")
}

// prove takes a one-time password or a recovery code of a user.
func (s *Service) prove(ctx context.Context, user *account.User, code string) error {
	forget, err := s.try(ctx, "second", string(user.ID))
	if err != nil {
		return err
	}
	if len(user.Second) == 0 {
		return fault.New(fault.Unauthenticated, "login-failed")
	}
	second, err := s.open(user.ID, user.Second)
	if err != nil {
		return err
	}
	var took bool
	if step := account.CheckSecond(second, code, user.Step, s.now()); step > 0 {
		took, err = s.store.TakeStep(ctx, user.ID, step)
	} else {
		took, err = s.store.TakeRecovery(ctx, user.ID, account.HashCode(code))
	}
	if err != nil {
		return err
	}
	if !took {
		return s.failed(ctx, "second", string(user.ID))
	}
	return forget()
}

// signIn puts a session in place of one that was on the way to it.
func (s *Service) signIn(ctx context.Context, from *account.Session, user *account.User, how string) (string, error) {
	secret, session := account.NewSession(user.ID, account.Full, s.now())
	detail := map[string]string{}
	if how != "" {
		detail["by"] = how
	}
	var replaces []byte
	if from != nil {
		replaces = from.Hash
	}
	if err := s.store.CreateSession(ctx, session, replaces, Access{Told: s.tellUser(user, user.Actor(), "session.create", detail)}); err != nil {
		return "", err
	}
	return secret, s.store.SetLastDay(ctx, user.ID, s.now().UTC().Format(time.DateOnly))
}

// tellUser makes the audit entries of something that concerns a user: in each of the
// organisations, or in the installation for somebody who has none.
func (s *Service) tellUser(user *account.User, actor account.Actor, verb string, detail map[string]string) []audit.Entry {
	if len(user.Member) == 0 {
		return []audit.Entry{s.tell(actor, "", verb, string(user.ID), detail)}
	}
	told := make([]audit.Entry, len(user.Member))
	for i, m := range user.Member {
		told[i] = s.tell(actor, OrganisationID(m.Organisation), verb, string(user.ID), detail)
	}
	return told
}

// sessionAt gives a session of a stage with its user; fault Unauthenticated
// "unauthenticated" if there is none or it is over.
func (s *Service) sessionAt(ctx context.Context, secret string, stages ...account.Stage) (*account.Session, *account.User, error) {
	session, user, err := s.FindSession(ctx, secret)
	if err != nil {
		return nil, nil, err
	}
	for _, stage := range stages {
		if session.Stage == stage {
			return session, user, nil
		}
	}
	return nil, nil, fault.New(fault.Unauthenticated, "unauthenticated")
}

// FindSession gives the session of a secret in any stage, and its user; fault
// Unauthenticated "unauthenticated" if there is none or it is over.
func (s *Service) FindSession(ctx context.Context, secret string) (*account.Session, *account.User, error) {
	refused := fault.New(fault.Unauthenticated, "unauthenticated")
	if secret == "" {
		return nil, nil, refused
	}
	now := s.now()
	session, err := s.store.FindSession(ctx, account.HashSession(secret))
	if fault.Of(err).Kind == fault.NotFound {
		return nil, nil, refused
	}
	if err != nil {
		return nil, nil, err
	}
	if session.Over(now) {
		return nil, nil, refused
	}
	user, err := s.store.FindUser(ctx, session.User)
	if fault.Of(err).Kind == fault.NotFound || err == nil && user.Ended != nil {
		return nil, nil, refused
	}
	if err != nil {
		return nil, nil, err
	}
	if session.Stale(now) {
		session.Seen = now
		if err := s.store.UpdateSession(ctx, session); err != nil {
			return nil, nil, err
		}
	}
	return session, user, nil
}

// Confirm proves again who is at the browser, for what is dangerous. Faults as
// ConfirmLogin.
func (s *Service) Confirm(ctx context.Context, secret, code string) error {
	session, user, err := s.sessionAt(ctx, secret, account.Full)
	if err != nil {
		return err
	}
	if err := s.prove(ctx, user, code); err != nil {
		return err
	}
	session.Confirmed = s.now()
	return s.store.UpdateSession(ctx, session)
}

// Logout ends a session. One that is over already is no fault.
func (s *Service) Logout(ctx context.Context, secret string) error {
	_, user, err := s.FindSession(ctx, secret)
	if fault.Of(err).Kind == fault.Unauthenticated {
		return nil
	}
	if err != nil {
		return err
	}
	return s.store.DeleteSession(ctx, account.HashSession(secret), Access{Told: s.tellUser(user, user.Actor(), "session.delete", nil)})
}

// ChangeLanguage stores the language that a user reads.
func (s *Service) ChangeLanguage(ctx context.Context, u *account.User, l locale.Language) error {
	if u.Language = l; l != locale.German && l != locale.English {
		return fault.New(fault.Invalid, "locale-unknown")
	}
	return s.store.UpdateUser(ctx, u)
}
