package survey

import (
	"context"
	"encoding/base64"

	"pulscheck/survey/account"
	"pulscheck/survey/fault"
)

// Self is what users see of their own account.
type Self struct {
	User     *account.User
	Recovery int // codes that are left
	Sessions []account.Session
	Own      []byte // hash of the session that asks
}

// ShowSelf gives the account of the user of a session.
func (s *Service) ShowSelf(ctx context.Context, secret string) (*Self, error) {
	session, u, err := s.sessionAt(ctx, secret, account.Full)
	if err != nil {
		return nil, err
	}
	self := &Self{User: u, Own: session.Hash}
	if self.Recovery, err = s.store.CountRecovery(ctx, u.ID); err != nil {
		return nil, err
	}
	all, err := s.store.ListSessions(ctx, u.ID)
	for _, one := range all {
		if one.Stage == account.Full && !one.Over(s.now()) {
			self.Sessions = append(self.Sessions, one)
		}
	}
	return self, err
}

// SessionName names a session to its user; it is no secret.
func SessionName(hash []byte) string { return base64.RawURLEncoding.EncodeToString(hash)[:22] }

// EndSession ends another session of the same user, all others for an empty name. Fault
// NotFound.
func (s *Service) EndSession(ctx context.Context, secret, name string) error {
	self, err := s.ShowSelf(ctx, secret)
	if err != nil {
		return err
	}
	told := Access{Told: s.tellUser(self.User, self.User.Actor(), "session.revoke", nil)}
	if name == "" {
		told.SignOut, told.Except = true, self.Own
		return s.store.PutAccess(ctx, self.User.ID, told)
	}
	for _, one := range self.Sessions {
		if SessionName(one.Hash) == name {
			return s.store.DeleteSession(ctx, one.Hash, told)
		}
	}
	return fault.New(fault.NotFound, "not-found")
}

// NewRecovery gives ten new recovery codes in place of all earlier ones. Fault Refused
// "confirm-needed", Conflict "second-missing".
func (s *Service) NewRecovery(ctx context.Context, secret string) ([]string, error) {
	_, u, err := s.changing(ctx, secret)
	if err != nil {
		return nil, err
	}
	texts, hashes := account.NewRecoveryCodes()
	return texts, s.store.SetRecovery(ctx, u.ID, hashes, Access{Told: s.tellUser(u, u.Actor(), "user.recovery-codes", nil)})
}
