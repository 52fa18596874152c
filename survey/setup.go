package survey

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"time"

	"pulscheck/survey/account"
	"pulscheck/survey/fault"
	"pulscheck/survey/locale"
)

// consoleCodeLife is how long a code from the console of the server is good.
const consoleCodeLife = 30 * time.Minute

// CreateOperator makes the account of an operator and gives the one-time code that lets
// it in for the first time. It is for the console of the server only. Fault Conflict
// "key-taken".
func (s *Service) CreateOperator(ctx context.Context, actor account.Actor, email string, l locale.Language) (string, error) {
	if !actor.IsSystem() {
		return "", fault.New(fault.Refused, "forbidden")
	}
	email = account.NormalEmail(email)
	if !ValidAddress(email) {
		return "", fault.New(fault.Invalid, "email-invalid")
	}
	now := s.now()
	text, hash := account.NewCode()
	u := &account.User{ID: account.UserID(s.newID()), Email: email, Name: email, Role: account.Operator, Language: l, Created: now}
	return text, s.store.CreateUser(ctx, u, Access{
		Code: &account.Code{Hash: hash, Purpose: account.Invite, Expires: now.Add(consoleCodeLife)},
		Told: s.tellUser(u, actor, "user.create", map[string]string{"role": string(u.Role)}),
	})
}

// ResetCode gives a code that lets a user set password and second factor anew; what it
// has of both goes when the code is used. It is for the console of the server only.
func (s *Service) ResetCode(ctx context.Context, actor account.Actor, email string) (string, error) {
	if !actor.IsSystem() {
		return "", fault.New(fault.Refused, "forbidden")
	}
	u, err := s.store.FindUserByEmail(ctx, account.NormalEmail(email))
	if err != nil {
		return "", err
	}
	text, hash := account.NewCode()
	return text, s.store.PutAccess(ctx, u.ID, Access{
		Code: &account.Code{Hash: hash, Purpose: account.ResetAll, Expires: s.now().Add(consoleCodeLife)},
		Told: s.tellUser(u, actor, "user.reset-code", nil),
	})
}

// RedeemCode gives the secret of a session that sets up an account. A code of an
// invitation accepts it. Fault
// Unauthenticated "access-code-invalid" for a code that is unknown, used or over.
func (s *Service) RedeemCode(ctx context.Context, text string) (string, error) {
	invalid := fault.New(fault.Unauthenticated, "access-code-invalid")
	code, err := s.store.TakeCode(ctx, account.HashCode(text), s.now())
	if fault.Of(err).Kind == fault.NotFound {
		return "", invalid
	}
	if err != nil {
		return "", err
	}
	u, err := s.store.FindUser(ctx, code.User)
	if err != nil {
		return "", err
	}
	if u.Ended != nil {
		return "", invalid
	}
	if i := u.AskedBy(code.Organisation); i != nil && !i.Over(s.now()) && code.Purpose == account.Invite && (len(u.Member) == 0 || u.Role == i.Role) {
		if err := s.join(ctx, u, i, false); err != nil {
			return "", err
		}
	}
	secret, session := account.NewSession(u.ID, account.Setup, s.now())
	session.Purpose = code.Purpose
	return secret, s.store.CreateSession(ctx, session, nil, Access{
		Reset: code.Purpose == account.ResetAll,
		Told:  s.tellUser(u, u.Actor(), "user.redeem-code", map[string]string{"purpose": string(code.Purpose)}),
	})
}

// SetPassword gives the user of a session a new password and ends its other sessions.
// Whoever is signed in has to have confirmed it. Of an account that has a second factor
// the session that set up ends too: a new password does not skip it. Faults: Invalid "password-length",
// "password-common", "password-context"; Refused "confirm-needed".
func (s *Service) SetPassword(ctx context.Context, secret, password string) error {
	session, u, err := s.changing(ctx, secret)
	if err != nil {
		return err
	}
	if wrong := account.WeakPassword(password, s.known(ctx, u)...); wrong != "" {
		return fault.New(fault.Invalid, wrong).With(fault.Field{Pointer: "/password", Code: wrong})
	}
	hash, err := account.HashPassword(ctx, password)
	if err != nil {
		return err
	}
	except := session.Hash
	if session.Stage == account.Setup && (len(u.Second) > 0 || session.Purpose == account.ResetWords) {
		except = nil
	}
	return s.store.SetPassword(ctx, u.ID, hash, Access{
		SignOut: true, Except: except, Told: s.tellUser(u, u.Actor(), "user.password", nil),
	})
}

// changing gives the session of somebody who may change what lets them in.
func (s *Service) changing(ctx context.Context, secret string) (*account.Session, *account.User, error) {
	session, u, err := s.sessionAt(ctx, secret, account.Setup, account.Full)
	if err == nil && session.Stage == account.Full && !session.Fresh(s.now()) {
		err = fault.New(fault.Refused, "confirm-needed")
	}
	return session, u, err
}

// changingSecond is changing for the second factor: while there is one, only who is
// signed in with it may replace it, and a code for a new password never does.
func (s *Service) changingSecond(ctx context.Context, secret string) (*account.Session, *account.User, error) {
	session, u, err := s.changing(ctx, secret)
	if err == nil && session.Stage == account.Setup && (len(u.Second) > 0 || session.Purpose == account.ResetWords) {
		err = fault.New(fault.Unauthenticated, "unauthenticated")
	}
	return session, u, err
}

// known are words that no password of a user should be made of.
func (s *Service) known(ctx context.Context, u *account.User) []string {
	words := []string{u.Email, u.Name}
	for _, m := range u.Member {
		if o, err := s.store.FindOrganisation(ctx, OrganisationID(m.Organisation)); err == nil {
			words = append(words, o.Name)
		}
	}
	return words
}

// BeginSecond draws a second factor for the user of a session, or gives the one that
// was drawn for it before. It counts from FinishSecond on.
func (s *Service) BeginSecond(ctx context.Context, secret string) (second []byte, err error) {
	session, u, err := s.changingSecond(ctx, secret)
	if err != nil {
		return nil, err
	}
	if len(session.Pending) > 0 {
		return s.open(u.ID, session.Pending)
	}
	second = account.NewSecond()
	if session.Pending, err = s.seal(u.ID, second); err != nil {
		return nil, err
	}
	return second, s.store.UpdateSession(ctx, session)
}

// FinishSecond takes the first one-time password of a new second factor. It gives the
// secret of a new session and ten recovery codes, which nobody can see again; all other
// sessions end. Faults: Unauthenticated "login-failed", Conflict "password-missing",
// "second-missing".
func (s *Service) FinishSecond(ctx context.Context, secret, code string) (newSecret string, recovery []string, err error) {
	session, u, err := s.changingSecond(ctx, secret)
	switch {
	case err != nil:
		return "", nil, err
	case u.Password == "":
		return "", nil, fault.New(fault.Conflict, "password-missing")
	case len(session.Pending) == 0:
		return "", nil, fault.New(fault.Conflict, "second-missing")
	}
	second, err := s.open(u.ID, session.Pending)
	if err != nil {
		return "", nil, err
	}
	step := account.CheckSecond(second, code, 0, s.now())
	if step == 0 {
		return "", nil, fault.New(fault.Unauthenticated, "login-failed")
	}
	texts, hashes := account.NewRecoveryCodes()
	err = s.store.SetSecond(ctx, u.ID, u.Second, session.Pending, step, hashes, Access{SignOut: true, Told: s.tellUser(u, u.Actor(), "user.second-factor", nil)})
	if err != nil {
		return "", nil, err
	}
	newSecret, err = s.signIn(ctx, nil, u, "setup")
	return newSecret, texts, err
}

// seal makes a second factor unreadable for whoever holds the database but not the keys
// of the installation. A sealed one is good for its user alone.
func (s *Service) seal(id account.UserID, second []byte) ([]byte, error) {
	aead, err := s.aead("second-factor")
	if err != nil {
		return nil, err
	}
	return aead.Seal(nil, nil, second, []byte(id)), nil //nolint:gosec // it draws a nonce of its own
}

func (s *Service) open(id account.UserID, sealed []byte) ([]byte, error) {
	aead, err := s.aead("second-factor")
	if err != nil {
		return nil, err
	}
	second, err := aead.Open(nil, nil, sealed, []byte(id))
	if err != nil {
		return nil, fault.Wrap(fault.Unavailable, "keys-unavailable", err)
	}
	return second, nil
}

// aead seals and opens with a key of the installation for one purpose.
func (s *Service) aead(purpose string) (cipher.AEAD, error) {
	key, err := s.derived(purpose)
	if err != nil {
		return nil, err
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCMWithRandomNonce(block)
}
