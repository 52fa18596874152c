package survey

import (
	"context"
	"slices"
	"time"

	"pulscheck/survey/account"
	"pulscheck/survey/fault"
	"pulscheck/survey/locale"
)

// Identities keeps which account somebody has whom an OpenID provider knows.
type Identities interface {
	// FindIdentity gives the user; fault NotFound.
	FindIdentity(ctx context.Context, hash []byte) (*account.User, error)
	// PutIdentity notes it down; once for each hash.
	PutIdentity(ctx context.Context, hash []byte, id account.UserID, also ...Access) error
}

// Once uses a text up: fault Unauthenticated "login-failed" if it was used before.
func (s *Service) Once(ctx context.Context, what, text string) error {
	key, err := s.attempt(what, text)
	if err != nil {
		return err
	}
	n, err := s.store.CountAttempt(ctx, key, s.now(), 24*time.Hour)
	if err == nil && n > 1 {
		err = fault.New(fault.Unauthenticated, "login-failed")
	}
	return err
}

// SignInAs signs somebody in whom an OpenID provider has proved. If groups are given,
// they alone say who has which role, at every log-in anew; else only those come in whom
// somebody invited under the address that the provider has verified. An account with a
// password of its own is never taken over. It gives the secret of a session. Faults:
// Refused "oidc-no-role", "oidc-local".
func (s *Service) SignInAs(ctx context.Context, who account.Identity, groups []account.GroupRole) (string, error) {
	u, err := s.identified(ctx, who)
	if err != nil && fault.Of(err).Kind != fault.NotFound {
		return "", err
	}
	if len(groups) > 0 {
		u, err = s.grouped(ctx, u, who, groups)
		if err != nil {
			return "", err
		}
	}
	if u == nil || u.Ended != nil {
		return "", fault.New(fault.Refused, "oidc-no-role")
	}
	if err := s.store.PutIdentity(ctx, who.Hash(), u.ID); err != nil {
		return "", err
	}
	secret, session := account.NewSession(u.ID, account.Full, s.now())
	if session.Confirmed = who.Proved; who.Proved.After(session.Created) {
		session.Confirmed = session.Created
	}
	told := Access{Told: s.tellUser(u, u.Actor(), "session.create", map[string]string{"by": "oidc"})}
	if err := s.store.CreateSession(ctx, session, nil, told); err != nil {
		return "", err
	}
	return secret, s.store.SetLastDay(ctx, u.ID, s.now().UTC().Format(time.DateOnly))
}

// identified finds the account of somebody whom a provider knows: the one of an earlier
// log-in, else the one that waits under the verified address.
func (s *Service) identified(ctx context.Context, who account.Identity) (*account.User, error) {
	u, err := s.store.FindIdentity(ctx, who.Hash())
	if err == nil || fault.Of(err).Kind != fault.NotFound || who.Email == "" {
		return u, err
	}
	u, err = s.store.FindUserByEmail(ctx, account.NormalEmail(who.Email))
	if err == nil && u.Password != "" {
		return nil, fault.New(fault.Refused, "oidc-local")
	}
	return u, err
}

// grouped gives somebody the role that the groups say, and an account to whoever has
// none.
func (s *Service) grouped(ctx context.Context, u *account.User, who account.Identity, groups []account.GroupRole) (*account.User, error) {
	role, keys, ok := account.Granted(who.Groups, groups)
	if !ok {
		return nil, fault.New(fault.Refused, "oidc-no-role")
	}
	all, err := s.store.ListOrganisations(ctx)
	if err != nil {
		return nil, err
	}
	var member []account.Membership
	now := s.now()
	for _, o := range all {
		if !slices.Contains(keys, o.Key) {
			continue
		}
		one := account.Membership{Organisation: string(o.ID), Consented: &now}
		if role == account.Consultant { // it is up to the organisation
			one.Consented = nil
		}
		if u != nil && u.In(string(o.ID)) != nil { // nor does another role lift a consent that was never given
			one = *u.In(string(o.ID))
		}
		member = append(member, one)
	}
	if role != account.Operator && len(member) == 0 {
		return nil, fault.New(fault.Refused, "oidc-no-role")
	}
	detail := map[string]string{"role": string(role), "by": "oidc"}
	if u == nil {
		if !ValidAddress(who.Email) {
			return nil, fault.New(fault.Refused, "oidc-no-role")
		}
		u = &account.User{
			ID: account.UserID(s.newID()), Email: account.NormalEmail(who.Email), Name: who.Name, Role: role, Language: locale.German, Created: now, Member: member,
		}
		if u.Name == "" {
			u.Name = u.Email
		}
		return u, s.store.CreateUser(ctx, u, Access{Told: s.tellUser(u, account.System(), "user.create", detail)})
	}
	same := u.Role == role && slices.EqualFunc(u.Member, member, func(a, b account.Membership) bool { return a.Organisation == b.Organisation })
	if same || u.Ended != nil {
		return u, nil
	}
	was := u.Role
	u.Role, u.Member = role, member
	return u, s.store.UpdateUser(ctx, u, Access{KeepOperator: was == account.Operator, SignOut: was != role, Told: s.tellUser(u, account.System(), "user.update", detail)})
}
