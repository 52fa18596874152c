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

// How long an invitation holds, which its code lets in, and how long other codes that are
// mailed are good.
const (
	inviteLife = 14 * day
	resetLife  = 7 * day
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

// InviteUser asks somebody to work for an organisation. Whoever has no account gets one
// and a code by mail, and joins by using the code; whoever has one is told by mail and
// accepts after the log-in. It holds for two weeks. What is answered is what was said, the same in both cases. A
// consultant whom an operator invites waits for the consent of the organisation as well.
// Faults: Refused "forbidden"; Conflict "user-exists" of who belongs to the organisation
// or is invited to it, "lead-appointed", "auditor-decides".
func (s *Service) InviteUser(ctx context.Context, actor account.Actor, in UserInput) (*account.User, error) {
	alone, err := s.mayAppoint(ctx, actor, &in)
	if err != nil {
		return nil, err
	}
	u, err := s.store.FindUserByEmail(ctx, in.Email)
	fresh := fault.Of(err).Kind == fault.NotFound && err != nil
	if err != nil && !fresh {
		return nil, err
	}
	now, organisation := s.now(), string(in.Organisation)
	if fresh {
		u = &account.User{ID: account.UserID(s.newID()), Email: in.Email, Created: now}
	}
	before := u.AskedBy(organisation)
	if !fresh && u.Ended == nil && (organisation == "" || u.In(organisation) != nil || before != nil && !before.Over(now)) {
		return nil, fault.New(fault.Conflict, "user-exists").With(fault.Field{Pointer: "/email", Code: "user-exists"})
	}
	i := &account.Invitation{Organisation: organisation, Role: in.Role, Name: in.Name, Language: in.Language, Processes: in.Processes, Consented: &now, Expires: now.Add(inviteLife), Version: 1}
	if actor.Role == account.Operator && in.Role == account.Consultant {
		i.Consented = nil
	}
	anew := !fresh && u.Ended != nil
	if fresh || anew {
		u.Ended, u.Name, u.Role, u.Language, u.Member, u.Password, u.LastDay = nil, in.Name, in.Role, in.Language, nil, "", ""
	}
	also, err := s.ask(ctx, u, i, actor, "user.invite")
	if err != nil {
		return nil, err
	}
	if also.Alone = alone; organisation != "" {
		also.Ask, also.Unask = i, organisation
	}
	switch {
	case fresh:
		err = s.store.CreateUser(ctx, u, also)
	case anew:
		also.Reset, also.Anew = true, true
		err = s.store.UpdateUser(ctx, u, also)
	default:
		err = s.store.PutAccess(ctx, u.ID, also)
	}
	seen := u.As(i)
	if organisation == "" {
		seen.Member, seen.Invited = nil, nil
	}
	return seen, err
}

// mayAppoint looks at an invitation: an operator appoints the first lead, who invites
// everybody else, and a lead the first auditor. Whoever is appointed so takes the place of
// somebody who has not accepted yet, which alone says.
func (s *Service) mayAppoint(ctx context.Context, actor account.Actor, in *UserInput) (alone bool, err error) {
	if err := actor.In(account.Appoint, string(in.Organisation)); err != nil {
		return false, err
	}
	if in.Organisation != "" {
		if _, err := s.organisation(ctx, actor, account.Appoint, in.Organisation); err != nil {
			return false, err
		}
	}
	if err := s.checkUser(ctx, in); err != nil {
		return false, err
	}
	outside := actor.Role == account.Operator && in.Organisation != ""
	switch {
	case actor.IsSystem() || outside && in.Role == account.Consultant:
		return false, nil
	case outside && in.Role == account.Lead:
		return true, s.first(ctx, in.Organisation, in.Role, "lead-appointed")
	case outside || !actor.Role.MayGrant(in.Role):
		return false, fault.New(fault.Refused, "forbidden")
	case actor.Role == account.Lead && in.Role == account.Auditor:
		return true, s.first(ctx, in.Organisation, in.Role, "auditor-decides")
	}
	return false, nil
}

// first refuses if somebody has the role already.
func (s *Service) first(ctx context.Context, id OrganisationID, role account.Role, code string) error {
	there, err := s.store.HasRole(ctx, id, role, s.now())
	if err == nil && there {
		err = fault.New(fault.Conflict, code)
	}
	return err
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

// ask gives what an invitation brings along: a letter with a code for whoever has never
// signed in, one that says where to accept for everybody else.
func (s *Service) ask(ctx context.Context, u *account.User, i *account.Invitation, actor account.Actor, verb string) (Access, error) {
	told := []audit.Entry{s.tell(actor, OrganisationID(i.Organisation), verb, string(u.ID), map[string]string{"role": string(i.Role)})}
	if u.Password == "" && u.LastDay == "" {
		also, err := s.letIn(ctx, u, account.Invite, OrganisationID(i.Organisation))
		also.Told = told
		return also, err
	}
	o, err := s.store.FindOrganisation(ctx, OrganisationID(i.Organisation))
	if err != nil {
		return Access{}, err
	}
	letter := Letter{Organisation: o.ID, Kind: MembershipMail, Subject: s.newID(), Recipient: u.Email, Language: u.Language, Places: map[string]string{
		"organisation": o.Name, "role": locale.New(u.Language).T("web.role." + string(i.Role)),
		"until": locale.New(u.Language).DateTime(i.Expires, zoneOf(o)),
	}}
	return Access{Letters: []Letter{letter}, At: s.now(), Told: told}, nil
}

// letIn gives a code for a user, for the log-in to an organisation if it is one of an
// invitation, and the letter that takes it there. The letter holds its id alone; the code
// follows from it when it is sent.
func (s *Service) letIn(ctx context.Context, u *account.User, p account.Purpose, organisation OrganisationID) (Access, error) {
	now, id := s.now(), s.newID()
	text, err := s.AccessCode(id)
	if err != nil {
		return Access{}, err
	}
	life := map[account.Purpose]time.Duration{account.Invite: inviteLife, account.ResetAll: resetLife, account.ResetWords: forgotLife}[p]
	l := Letter{
		Kind: AccessMail, Subject: id, Recipient: u.Email, Language: u.Language,
		Places: map[string]string{"organisation": "pulscheck", "until": locale.New(u.Language).DateTime(now.Add(life), time.UTC) + " UTC"},
	}
	if p == account.ResetWords {
		l.Kind = PasswordMail
	}
	of := organisation
	if of == "" && len(u.Member) > 0 {
		of = OrganisationID(u.Member[0].Organisation)
	}
	if of != "" {
		o, err := s.store.FindOrganisation(ctx, of)
		if err != nil {
			return Access{}, err
		}
		l.Organisation, l.Places["organisation"] = o.ID, o.Name
		l.Places["until"] = locale.New(u.Language).DateTime(now.Add(life), zoneOf(o))
	}
	return Access{
		Code:    &account.Code{Hash: account.HashCode(text), Purpose: p, Organisation: string(organisation), Expires: now.Add(life)},
		Letters: []Letter{l}, At: now,
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
	also, err := s.letIn(ctx, u, account.ResetWords, "")
	if err != nil {
		return err
	}
	also.Told = s.tellUser(u, u.Actor(), "user.forgot-password", nil)
	return s.store.PutAccess(ctx, u.ID, also)
}
