package survey

import (
	"context"
	"slices"
	"time"

	"pulscheck/survey/account"
	"pulscheck/survey/audit"
	"pulscheck/survey/fault"
)

// ListUsers gives the users of an organisation with those whom it has invited, operators
// for the empty id. Of other organisations of theirs only those are named that the actor
// reaches; of who has not accepted yet only what was said in the invitation.
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
	if err != nil || actor.IsSystem() && id == "" {
		return all, err
	}
	var seen []account.User
	for i := range all {
		if u, err := known(actor, &all[i], id); err == nil {
			seen = append(seen, *u)
		}
	}
	return seen, nil
}

// ShowUser gives a user whose access the actor manages, as ListUsers does.
func (s *Service) ShowUser(ctx context.Context, actor account.Actor, id account.UserID) (*account.User, error) {
	u, err := s.user(ctx, actor, id)
	if err != nil {
		return nil, err
	}
	return known(actor, u, "")
}

// user finds a user whose access the actor manages, with all of the account.
func (s *Service) user(ctx context.Context, actor account.Actor, id account.UserID) (*account.User, error) {
	if err := actor.May(account.ManageAccess); err != nil {
		return nil, err
	}
	u, err := s.store.FindUser(ctx, id)
	if err != nil {
		return nil, err
	}
	_, err = known(actor, u, "")
	return u, err
}

// known is a user as an actor who manages access knows it, in one organisation or, for
// the empty id, in all that the actor reaches: fault NotFound of who belongs to none.
func known(actor account.Actor, u *account.User, id OrganisationID) (*account.User, error) {
	hidden := fault.New(fault.NotFound, "not-found")
	reached := func(organisation string) bool {
		return (id == "" || organisation == string(id)) && actor.In(account.ManageAccess, organisation) == nil
	}
	seen := *u
	seen.Asked, seen.Member = nil, slices.DeleteFunc(slices.Clone(u.Member), func(m account.Membership) bool {
		return actor.In(account.ManageAccess, m.Organisation) != nil
	})
	installation := u.Role == account.Operator && actor.In(account.ManageAccess, "") == nil
	if !installation && !slices.ContainsFunc(u.Member, func(m account.Membership) bool { return reached(m.Organisation) }) {
		i := slices.IndexFunc(u.Asked, func(a account.Invitation) bool { return reached(a.Organisation) })
		if i < 0 {
			return nil, hidden
		}
		seen = *u.As(&u.Asked[i])
	}
	if u.Ended != nil || !actor.IsSystem() && !actor.Role.Sees(seen.Role) {
		return nil, hidden
	}
	return &seen, nil
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

// RemoveUser takes a user out of an organisation, an operator out of the installation
// for the empty id, and takes an invitation back that was not accepted. Who belongs
// nowhere any more cannot sign in. Faults Conflict "last-operator", "auditor-decides",
// "second-person-last".
func (s *Service) RemoveUser(ctx context.Context, actor account.Actor, organisation OrganisationID, id account.UserID) error {
	if err := s.removeUser(ctx, actor, organisation, id); err != nil {
		return err
	}
	s.witness(ctx)
	return nil
}

func (s *Service) removeUser(ctx context.Context, actor account.Actor, organisation OrganisationID, id account.UserID) error {
	u, err := s.user(ctx, actor, id)
	if err != nil {
		return err
	}
	if err := actor.In(account.ManageAccess, string(organisation)); err != nil {
		return err
	}
	asked, member := u.AskedBy(string(organisation)), u.In(string(organisation))
	switch {
	case (organisation == "") != (u.Role == account.Operator) && asked == nil, organisation != "" && member == nil && asked == nil:
		return fault.New(fault.NotFound, "not-found")
	case asked == nil:
		if err := decides(actor, u.Role); err != nil {
			return err
		}
		if err := s.keepSecond(ctx, actor, organisation, u); err != nil {
			return err
		}
	}
	now := s.now()
	also := Access{KeepOperator: u.Role == account.Operator, Unask: string(organisation), SignOut: member != nil, Told: []audit.Entry{s.tell(actor, organisation, "user.remove", string(u.ID), nil)}}
	elsewhere := slices.ContainsFunc(u.Asked, func(a account.Invitation) bool { return a.Organisation != string(organisation) })
	left := slices.DeleteFunc(slices.Clone(u.Member), func(m account.Membership) bool { return m.Organisation == string(organisation) })
	if member == nil && organisation != "" && (len(left) > 0 || elsewhere || u.Role == account.Operator) {
		also.KeepOperator = false
		return s.store.PutAccess(ctx, u.ID, also)
	}
	if u.Member = left; len(left) == 0 && (!elsewhere || organisation == "") {
		u.Ended, also.Reset = &now, true
	}
	return s.store.UpdateUser(ctx, u, also)
}

// ResetUser ends everything that lets a user in, and mails a code to begin anew: for
// whoever lost the second factor and the recovery codes. Who has not accepted yet is
// invited again, for as long as the first time. Faults Conflict "user-elsewhere", "auditor-decides".
func (s *Service) ResetUser(ctx context.Context, actor account.Actor, id account.UserID) error {
	u, err := s.user(ctx, actor, id)
	if err != nil {
		return err
	}
	if i := pending(actor, u); i != nil {
		i.Expires = s.now().Add(inviteLife)
		also, err := s.ask(ctx, u, i, actor, "user.invite")
		if err != nil {
			return err
		}
		return s.store.UpdateInvitation(ctx, u.ID, i, also)
	}
	if err := entire(actor, u); err != nil {
		return err
	}
	if err := decides(actor, u.Role); err != nil {
		return err
	}
	also, err := s.letIn(ctx, u, account.ResetAll, "")
	if err != nil {
		return err
	}
	also.Reset, also.Told = true, s.tellUser(u, actor, "user.reset", nil)
	return s.store.PutAccess(ctx, u.ID, also)
}

// pending gives the invitation by which alone the actor knows a user, nil for a member.
func pending(actor account.Actor, u *account.User) *account.Invitation {
	manages := func(organisation string) bool { return actor.In(account.ManageAccess, organisation) == nil }
	if u.Role == account.Operator && manages("") || slices.ContainsFunc(u.Member, func(m account.Membership) bool { return manages(m.Organisation) }) {
		return nil
	}
	i := slices.IndexFunc(u.Asked, func(a account.Invitation) bool { return manages(a.Organisation) })
	if i < 0 {
		return nil
	}
	return &u.Asked[i]
}

// ConsentUser lets the consultants whom an operator assigned into an organisation, or
// takes that back at once. It is up to those who run the organisation. The tokens with
// which programs of consultants act there follow.
func (s *Service) ConsentUser(ctx context.Context, actor account.Actor, organisation OrganisationID, id account.UserID, consents bool) error {
	if err := s.consentUser(ctx, actor, organisation, id, consents); err != nil {
		return err
	}
	s.witness(ctx)
	return nil
}

func (s *Service) consentUser(ctx context.Context, actor account.Actor, organisation OrganisationID, id account.UserID, consents bool) error {
	if _, err := s.organisation(ctx, actor, account.ChangeOrganisation, organisation); err != nil {
		return err
	}
	u, err := s.user(ctx, actor, id)
	if err != nil {
		return err
	}
	verb, now, consented := "user.consent-withdrawn", s.now(), (*time.Time)(nil)
	if consents {
		verb, consented = "user.consent", &now
	}
	also := Access{Consultants: organisation, Consented: consented, Told: []audit.Entry{s.tell(actor, organisation, verb, string(u.ID), nil)}}
	if i := u.AskedBy(string(organisation)); i != nil && i.Role == account.Consultant {
		i.Consented = consented
		return s.store.UpdateInvitation(ctx, u.ID, i, also)
	}
	m := u.In(string(organisation))
	if m == nil || u.Role != account.Consultant && m.Consented != nil {
		return fault.New(fault.NotFound, "not-found")
	}
	m.Consented = consented
	return s.store.UpdateUser(ctx, u, also)
}
