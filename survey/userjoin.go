package survey

import (
	"context"
	"slices"

	"pulscheck/survey/account"
	"pulscheck/survey/audit"
	"pulscheck/survey/fault"
)

// Invited is an invitation that holds, as the person sees it to whom it was sent.
type Invited struct {
	account.Invitation
	Name   string   // of the organisation
	Leaves []string // names of the organisations that the person leaves by accepting: an account has one role
}

// ListInvitations gives what a person has been invited to and has not answered.
func (s *Service) ListInvitations(ctx context.Context, actor account.Actor) ([]Invited, error) {
	if err := actor.May(account.AnswerInvitations); err != nil || actor.User() == "" {
		return nil, err
	}
	u, err := s.store.FindUser(ctx, actor.User())
	if err != nil {
		return nil, err
	}
	var leaves []string
	for _, m := range u.Member {
		o, err := s.store.FindOrganisation(ctx, OrganisationID(m.Organisation))
		if err != nil {
			return nil, err
		}
		leaves = append(leaves, o.Name)
	}
	var all []Invited
	for _, i := range u.Asked {
		if i.Over(s.now()) {
			continue
		}
		o, err := s.store.FindOrganisation(ctx, OrganisationID(i.Organisation))
		if err != nil {
			return nil, err
		}
		one := Invited{Invitation: i, Name: o.Name}
		if i.Role != u.Role {
			one.Leaves = leaves
		}
		all = append(all, one)
	}
	return all, nil
}

// AnswerInvitation accepts or declines what an organisation asked of the person who acts.
// An account has one role: who accepts another one leaves the organisations of the one
// before, and has to say so. Faults: NotFound, also of an invitation that is over; Conflict "role-differs", "role-operator".
func (s *Service) AnswerInvitation(ctx context.Context, actor account.Actor, organisation OrganisationID, accept, leave bool) error {
	if err := actor.May(account.AnswerInvitations); err != nil {
		return err
	}
	missing := fault.New(fault.NotFound, "not-found")
	if actor.User() == "" {
		return missing
	}
	u, err := s.store.FindUser(ctx, actor.User())
	if err != nil {
		return err
	}
	i := u.AskedBy(string(organisation))
	switch {
	case i == nil || i.Over(s.now()):
		return missing
	case accept:
		return s.join(ctx, u, i, leave)
	}
	return s.store.PutAccess(ctx, u.ID, Access{Unask: i.Organisation, Told: []audit.Entry{s.tell(actor, organisation, "user.decline", string(u.ID), nil)}})
}

// join makes a membership of an invitation.
func (s *Service) join(ctx context.Context, u *account.User, i *account.Invitation, leave bool) error {
	also := Access{Unask: i.Organisation, Told: []audit.Entry{
		s.tell(u.Actor(), OrganisationID(i.Organisation), "user.join", string(u.ID), map[string]string{"role": string(i.Role)}),
	}}
	switch {
	case u.Role == account.Operator:
		return fault.New(fault.Conflict, "role-operator")
	case len(u.Member) > 0 && u.Role != i.Role && !leave:
		return fault.New(fault.Conflict, "role-differs")
	case len(u.Member) > 0 && u.Role != i.Role:
		also.SignOut, also.Told = true, append(also.Told, s.tellUser(u, u.Actor(), "user.leave", nil)...)
		u.Member = nil
	}
	u.Role, u.Member = i.Role, append(u.Member, i.Membership())
	return s.store.UpdateUser(ctx, u, also)
}

// UserChange is what is to change of a user; nil stays.
type UserChange struct {
	Seen         int
	Name         *string
	Role         *account.Role
	Organisation OrganisationID // in which: of the processes, and of the role of somebody who belongs to others too
	Processes    *[]string
}

// UpdateUser changes name, role, or the processes of an owner. A new role ends all
// sessions. Whoever belongs to organisations that the actor does not manage loses the old
// role in this one and is invited in the new one; the name of such an account is its own.
// Faults: Refused "forbidden" for a role above the own one; Conflict "user-elsewhere",
// "auditor-decides", "role-operator" between operators and others.
func (s *Service) UpdateUser(ctx context.Context, actor account.Actor, id account.UserID, in UserChange) (*account.User, error) {
	u, err := s.user(ctx, actor, id)
	if err != nil {
		return nil, err
	}
	seen, of := *u, string(in.Organisation)
	i := pending(actor, u)
	if i != nil {
		seen, of = *u.As(i), i.Organisation
	} else if m := u.In(of); (m == nil || actor.In(account.ManageAccess, of) != nil) && len(u.Member) > 0 {
		of = u.Member[slices.IndexFunc(u.Member, func(m account.Membership) bool { return actor.In(account.ManageAccess, m.Organisation) == nil })].Organisation
	}
	if seen.Version != in.Seen {
		return nil, fault.New(fault.Stale, "version-conflict")
	}
	if i == nil {
		if err := decides(actor, u.Role); err != nil {
			return nil, err
		}
	}
	want, detail, err := s.changed(ctx, actor, &seen, of, in)
	if err != nil {
		return nil, err
	}
	if i != nil {
		i.Name, i.Role, i.Processes = want.Name, want.Role, want.Processes
		told := s.tell(actor, OrganisationID(of), "user.update", string(u.ID), detail)
		if err := s.store.UpdateInvitation(ctx, u.ID, i, Access{Told: []audit.Entry{told}}); err != nil {
			return nil, err
		}
		i.Version++
		return u.As(i), nil
	}
	return s.apply(ctx, actor, u, of, want, detail)
}

// changed gives what a user is to be in an organisation, and what is told of it.
func (s *Service) changed(ctx context.Context, actor account.Actor, u *account.User, of string, in UserChange) (*UserInput, map[string]string, error) {
	detail := map[string]string{}
	want := &UserInput{Email: u.Email, Name: u.Name, Role: u.Role, Language: u.Language, Organisation: OrganisationID(of)}
	if in.Role != nil && *in.Role != u.Role {
		want.Role = *in.Role
		switch {
		case !want.Role.Known():
			return nil, nil, fault.New(fault.Invalid, "role-unknown").With(fault.Field{Pointer: "/role", Code: "role-unknown"})
		case !actor.IsSystem() && (!actor.Role.MayGrant(want.Role) || !actor.Role.MayGrant(u.Role)):
			return nil, nil, fault.New(fault.Refused, "forbidden")
		case (u.Role == account.Operator) != (want.Role == account.Operator):
			return nil, nil, fault.New(fault.Conflict, "role-operator")
		case want.Role == account.Auditor && actor.Role == account.Lead:
			if err := s.first(ctx, OrganisationID(of), account.Auditor, "auditor-decides"); err != nil {
				return nil, nil, err
			}
		}
		if err := s.keepSecond(ctx, actor, OrganisationID(of), u); err != nil {
			return nil, nil, err
		}
		detail["from"], detail["role"] = string(u.Role), string(want.Role)
	}
	if in.Name != nil {
		want.Name = *in.Name
	}
	if m := u.In(of); m != nil {
		want.Processes = m.Processes
	}
	if in.Processes != nil && (in.Organisation == "" || string(in.Organisation) == of) {
		want.Processes = *in.Processes
	}
	return want, detail, s.checkUser(ctx, want)
}

// apply changes somebody who belongs to an organisation.
func (s *Service) apply(ctx context.Context, actor account.Actor, u *account.User, of string, want *UserInput, detail map[string]string) (*account.User, error) {
	elsewhere, promoted := entire(actor, u), want.Role != u.Role
	if elsewhere != nil && want.Name != u.Name {
		return nil, elsewhere
	}
	also := Access{SignOut: promoted, Told: s.tellUser(u, actor, "user.update", detail)}
	m := u.In(of)
	if elsewhere != nil {
		also.Told = []audit.Entry{s.tell(actor, OrganisationID(of), "user.update", string(u.ID), detail)}
	}
	if elsewhere != nil && promoted {
		i := &account.Invitation{Organisation: of, Role: want.Role, Name: u.Name, Language: u.Language, Processes: want.Processes, Consented: m.Consented, Expires: s.now().Add(inviteLife), Version: u.Version + 1}
		asked, err := s.ask(ctx, u, i, actor, "user.invite")
		if err != nil {
			return nil, err
		}
		also.Ask, also.Code, also.Letters, also.At, also.Told = i, asked.Code, asked.Letters, asked.At, append(also.Told, asked.Told...)
		u.Member = slices.DeleteFunc(u.Member, func(m account.Membership) bool { return m.Organisation == of })
		return u.As(i), s.store.UpdateUser(ctx, u, also)
	}
	if u.Name, u.Role = want.Name, want.Role; m != nil {
		m.Processes = want.Processes
	}
	if err := s.store.UpdateUser(ctx, u, also); err != nil {
		return nil, err
	}
	u.Version++
	return known(actor, u, "")
}
