package survey

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"slices"
	"time"

	"pulscheck/survey/account"
	"pulscheck/survey/fault"
	"pulscheck/survey/locale"
)

// How long codes that are mailed are good.
const (
	inviteLife = 7 * 24 * time.Hour
	forgotLife = time.Hour
)

// UserInput is what is said of somebody who is to sign in.
type UserInput struct {
	Email        string
	Name         string
	Role         account.Role
	Organisation OrganisationID // empty for an operator only
	Processes    []string       // of an owner
	Language     locale.Language
}

// InviteUser lets somebody in: it makes an account and mails a code for the first
// log-in, or lets somebody who has an account with the same role into one more
// organisation. A consultant whom an operator invites waits for the consent of the
// organisation. Faults: Refused "forbidden"; Conflict "user-exists".
func (s *Service) InviteUser(ctx context.Context, actor account.Actor, in UserInput) (*account.User, error) {
	grant := TokenInput{Role: in.Role, Organisation: in.Organisation, Processes: in.Processes}
	if err := s.mayGrant(ctx, actor, grant); err != nil {
		return nil, err
	}
	if err := s.checkUser(ctx, &in); err != nil {
		return nil, err
	}
	u, err := s.store.FindUserByEmail(ctx, in.Email)
	if err != nil && fault.Of(err).Kind != fault.NotFound {
		return nil, err
	}
	now := s.now()
	var member []account.Membership
	if in.Organisation != "" {
		one := account.Membership{Organisation: string(in.Organisation), Processes: in.Processes, Consented: &now}
		if actor.Role == account.Operator {
			one.Consented = nil
		}
		member = []account.Membership{one}
	}
	detail := map[string]string{"role": string(in.Role)}
	switch {
	case err != nil:
		u = &account.User{ID: account.UserID(s.newID()), Email: in.Email, Name: in.Name, Role: in.Role, Language: in.Language, Created: now, Member: member}
		also, err := s.letIn(ctx, u, account.Invite, actor, "user.invite", detail)
		if err != nil {
			return nil, err
		}
		return u, s.store.CreateUser(ctx, u, also)
	case u.Ended != nil: // was here before: begins anew
		u.Ended, u.Name, u.Role, u.Language, u.Member = nil, in.Name, in.Role, in.Language, member
		also, err := s.letIn(ctx, u, account.Invite, actor, "user.invite", detail)
		if err != nil {
			return nil, err
		}
		also.Reset = true
		return u, s.store.UpdateUser(ctx, u, also)
	case u.Role != in.Role || in.Role == account.Operator || u.In(string(in.Organisation)) != nil:
		return nil, fault.New(fault.Conflict, "user-exists").With(fault.Field{Pointer: "/email", Code: "user-exists"})
	}
	u.Member = append(u.Member, member...)
	return u, s.store.UpdateUser(ctx, u, Access{Told: s.tellUser(&account.User{ID: u.ID, Member: member}, actor, "user.invite", detail)})
}

func (s *Service) checkUser(ctx context.Context, in *UserInput) error {
	var c checks
	in.Email = account.NormalEmail(in.Email)
	if !ValidAddress(in.Email) {
		c.wrong("/email", "email-invalid")
	}
	c.text("/name", &in.Name, maxName)
	if in.Language == "" {
		in.Language = locale.German
	}
	if in.Language != locale.German && in.Language != locale.English {
		c.wrong("/language", "locale-unknown")
	}
	grant := TokenInput{Role: in.Role, Organisation: in.Organisation, Processes: in.Processes, Name: "-", Life: defaultTokenLife}
	err := s.checkToken(ctx, &grant)
	in.Processes = grant.Processes
	if f := fault.Of(err); err != nil && f.Kind == fault.Invalid {
		c.fields = append(c.fields, f.Fields...)
	} else if err != nil {
		return err
	}
	return c.err()
}

// letIn gives what a code for a user brings along: the code, and the letter that takes
// it there. The letter holds its id alone; the code follows from it when it is sent.
func (s *Service) letIn(ctx context.Context, u *account.User, p account.Purpose, actor account.Actor, verb string, detail map[string]string) (Access, error) {
	now, id := s.now(), s.newID()
	text, err := s.AccessCode(id)
	if err != nil {
		return Access{}, err
	}
	life := inviteLife
	if p == account.ResetWords {
		life = forgotLife
	}
	l := Letter{
		Kind: AccessMail, Subject: id, Recipient: u.Email, Language: u.Language,
		Places: map[string]string{"organisation": "pulscheck", "until": locale.New(u.Language).DateTime(now.Add(life), time.UTC) + " UTC"},
	}
	if p == account.ResetWords {
		l.Kind = PasswordMail
	}
	if len(u.Member) > 0 {
		o, err := s.store.FindOrganisation(ctx, OrganisationID(u.Member[0].Organisation))
		if err != nil {
			return Access{}, err
		}
		l.Organisation, l.Places["organisation"] = o.ID, o.Name
		l.Places["until"] = locale.New(u.Language).DateTime(now.Add(life), zoneOf(o))
	}
	return Access{
		Code:    &account.Code{Hash: account.HashCode(text), Purpose: p, Expires: now.Add(life)},
		Letters: []Letter{l}, At: now, Told: s.tellUser(u, actor, verb, detail),
	}, nil
}

// AccessCode gives the text of the one-time code with an id, for the mail that takes it
// to its holder: no table holds it.
func (s *Service) AccessCode(id string) (string, error) {
	key, err := s.derived("access-code")
	if err != nil {
		return "", err
	}
	h := hmac.New(sha256.New, key)
	h.Write([]byte(id)) // never fails
	return account.CodeText(h.Sum(nil)), nil
}

// ListUsers gives the users of an organisation, everybody for the empty id. Of other
// organisations of theirs only those are named that the actor reaches.
func (s *Service) ListUsers(ctx context.Context, actor account.Actor, id OrganisationID) ([]account.User, error) {
	if err := actor.In(account.ManageAccess, string(id)); err != nil {
		return nil, err
	}
	if id != "" {
		if _, err := s.organisation(ctx, actor, account.ManageAccess, id); err != nil {
			return nil, err
		}
	}
	all, err := s.store.ListUsers(ctx, id)
	for i := range all {
		all[i].Member = slices.DeleteFunc(all[i].Member, func(m account.Membership) bool { return actor.In(account.ManageAccess, m.Organisation) != nil })
	}
	return all, err
}

// ShowUser gives a user whose access the actor manages, as ListUsers does.
func (s *Service) ShowUser(ctx context.Context, actor account.Actor, id account.UserID) (*account.User, error) {
	u, err := s.user(ctx, actor, id)
	if err != nil {
		return nil, err
	}
	u.Member = slices.DeleteFunc(u.Member, func(m account.Membership) bool { return actor.In(account.ManageAccess, m.Organisation) != nil })
	return u, nil
}

// user finds a user whose access the actor manages, with all memberships.
func (s *Service) user(ctx context.Context, actor account.Actor, id account.UserID) (*account.User, error) {
	if err := actor.May(account.ManageAccess); err != nil {
		return nil, err
	}
	u, err := s.store.FindUser(ctx, id)
	if err != nil {
		return nil, err
	}
	reached := actor.In(account.ManageAccess, "") == nil || slices.ContainsFunc(u.Member, func(m account.Membership) bool {
		return actor.In(account.ManageAccess, m.Organisation) == nil
	})
	if u.Ended != nil || !reached {
		return nil, fault.New(fault.NotFound, "not-found")
	}
	return u, nil
}

// entire refuses what concerns a user as a whole to whoever manages only a part of it.
func entire(actor account.Actor, u *account.User) error {
	for _, m := range u.Member {
		if actor.In(account.ManageAccess, m.Organisation) != nil {
			return fault.New(fault.Conflict, "user-elsewhere")
		}
	}
	return nil
}

// UserChange is what is to change of a user; nil stays.
type UserChange struct {
	Seen         int
	Name         *string
	Role         *account.Role
	Organisation OrganisationID // of the processes
	Processes    *[]string
}

// UpdateUser changes name, role, or the processes of an owner. Faults: Refused
// "forbidden" for a role above the own one; Conflict "user-elsewhere" if the user
// belongs to an organisation that the actor does not manage, "role-operator" between
// operators and others.
func (s *Service) UpdateUser(ctx context.Context, actor account.Actor, id account.UserID, in UserChange) (*account.User, error) {
	u, err := s.user(ctx, actor, id)
	if err != nil {
		return nil, err
	}
	if u.Version != in.Seen {
		return nil, fault.New(fault.Stale, "version-conflict")
	}
	if err := entire(actor, u); err != nil {
		return nil, err
	}
	detail := map[string]string{}
	if in.Role != nil && *in.Role != u.Role {
		if !in.Role.Known() {
			return nil, fault.New(fault.Invalid, "role-unknown").With(fault.Field{Pointer: "/role", Code: "role-unknown"})
		}
		if !actor.IsSystem() && (!actor.Role.MayGrant(*in.Role) || !actor.Role.MayGrant(u.Role)) {
			return nil, fault.New(fault.Refused, "forbidden")
		}
		if (u.Role == account.Operator) != (*in.Role == account.Operator) {
			return nil, fault.New(fault.Conflict, "role-operator")
		}
		detail["from"], detail["role"] = string(u.Role), string(*in.Role)
		u.Role = *in.Role
	}
	check := UserInput{Email: u.Email, Name: u.Name, Role: u.Role, Language: u.Language, Organisation: in.Organisation}
	if in.Name != nil {
		check.Name = *in.Name
	}
	if m := u.In(string(in.Organisation)); m != nil {
		if check.Processes = m.Processes; in.Processes != nil {
			check.Processes = *in.Processes
		}
	} else if len(u.Member) > 0 {
		check.Organisation, check.Processes = OrganisationID(u.Member[0].Organisation), u.Member[0].Processes
	}
	if err := s.checkUser(ctx, &check); err != nil {
		return nil, err
	}
	u.Name = check.Name
	if m := u.In(string(check.Organisation)); m != nil {
		m.Processes = check.Processes
	}
	if err := s.store.UpdateUser(ctx, u, Access{Told: s.tellUser(u, actor, "user.update", detail)}); err != nil {
		return nil, err
	}
	u.Version++
	return u, nil
}

// RemoveUser takes a user out of an organisation, an operator out of the installation
// for the empty id. Who belongs nowhere any more cannot sign in. Fault Conflict
// "last-operator".
func (s *Service) RemoveUser(ctx context.Context, actor account.Actor, organisation OrganisationID, id account.UserID) error {
	u, err := s.user(ctx, actor, id)
	if err != nil {
		return err
	}
	if err := actor.In(account.ManageAccess, string(organisation)); err != nil {
		return err
	}
	if (organisation == "") != (u.Role == account.Operator) || organisation != "" && u.In(string(organisation)) == nil {
		return fault.New(fault.NotFound, "not-found")
	}
	now := s.now()
	also := Access{KeepOperator: u.Role == account.Operator, Told: s.tellUser(&account.User{ID: u.ID, Member: slices.Clone(membersOf(u, organisation))}, actor, "user.remove", nil)}
	u.Member = slices.DeleteFunc(u.Member, func(m account.Membership) bool { return m.Organisation == string(organisation) })
	if len(u.Member) == 0 {
		u.Ended, also.Reset = &now, true
	}
	return s.store.UpdateUser(ctx, u, also)
}

// membersOf gives the one membership in an organisation, if there is one.
func membersOf(u *account.User, organisation OrganisationID) []account.Membership {
	if m := u.In(string(organisation)); m != nil {
		return []account.Membership{*m}
	}
	return nil
}

// ResetUser ends everything that lets a user in, and mails a code to begin anew: for
// whoever lost the second factor and the recovery codes. Fault Conflict
// "user-elsewhere".
func (s *Service) ResetUser(ctx context.Context, actor account.Actor, id account.UserID) error {
	u, err := s.user(ctx, actor, id)
	if err != nil {
		return err
	}
	if err := entire(actor, u); err != nil {
		return err
	}
	if !actor.IsSystem() && !actor.Role.MayGrant(u.Role) {
		return fault.New(fault.Refused, "forbidden")
	}
	also, err := s.letIn(ctx, u, account.ResetAll, actor, "user.reset", nil)
	if err != nil {
		return err
	}
	also.Reset = true
	return s.store.PutAccess(ctx, u.ID, also)
}

// ConsentUser lets the consultants whom an operator assigned into an organisation, or
// takes that back at once. It is up to those who run the organisation. The tokens with
// which programs of consultants act there follow.
func (s *Service) ConsentUser(ctx context.Context, actor account.Actor, organisation OrganisationID, id account.UserID, consents bool) error {
	if _, err := s.organisation(ctx, actor, account.ChangeOrganisation, organisation); err != nil {
		return err
	}
	u, err := s.user(ctx, actor, id)
	if err != nil {
		return err
	}
	m := u.In(string(organisation))
	if m == nil || u.Role != account.Consultant {
		return fault.New(fault.NotFound, "not-found")
	}
	verb, now := "user.consent-withdrawn", s.now()
	if m.Consented = nil; consents {
		m.Consented, verb = &now, "user.consent"
	}
	return s.store.UpdateUser(ctx, u, Access{
		Consultants: organisation, Consented: m.Consented,
		Told: s.tellUser(&account.User{ID: u.ID, Member: []account.Membership{*m}}, actor, verb, nil),
	})
}

// ForgotPassword mails a code that sets a new password; the second factor stays. What
// it does for an address without an account takes as long and cannot be told from it.
// Fault RateLimited "login-locked".
func (s *Service) ForgotPassword(ctx context.Context, email string) error {
	email = account.NormalEmail(email)
	if _, err := s.try(ctx, "forgot", email); err != nil {
		return err
	}
	u, err := s.store.FindUserByEmail(ctx, email)
	if err != nil && fault.Of(err).Kind != fault.NotFound {
		return err
	}
	if err != nil || !u.Ready() {
		_, hash := account.NewCode() // of nobody, and told to nobody
		return s.store.PutAccess(ctx, "", Access{Code: &account.Code{Hash: hash, Purpose: account.ResetWords, Expires: s.now()}})
	}
	also, err := s.letIn(ctx, u, account.ResetWords, u.Actor(), "user.forgot-password", nil)
	if err != nil {
		return err
	}
	return s.store.PutAccess(ctx, u.ID, also)
}
