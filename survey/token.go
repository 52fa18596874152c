package survey

import (
	"context"
	"slices"
	"time"

	"pulscheck/survey/account"
	"pulscheck/survey/fault"
)

// Longest life of a token, and the one it has if nothing is said.
const (
	maxTokenLife     = 400 * 24 * time.Hour
	defaultTokenLife = 90 * 24 * time.Hour
)

// TokenInput is what is said of a new token.
type TokenInput struct {
	Role         account.Role
	Organisation OrganisationID // empty for an operator only
	Processes    []string       // of an owner
	Name         string
	Life         time.Duration // 0 = 90 days, at most 400
}

// CreateToken makes a token and gives its text, which is shown this once. A role gives
// away only what it may: fault Refused "forbidden". A consultant's that an operator makes
// waits for the consent of the organisation.
func (s *Service) CreateToken(ctx context.Context, actor account.Actor, in TokenInput) (*account.Token, string, error) {
	if err := actor.May(account.ManageAccess); err != nil {
		return nil, "", err
	}
	if in.Organisation != "" {
		if _, err := s.organisation(ctx, actor, account.ManageAccess, in.Organisation); err != nil {
			return nil, "", err
		}
	}
	if in.Role.Known() && !actor.IsSystem() && !actor.Role.MayMint(in.Role) {
		return nil, "", fault.New(fault.Refused, "forbidden")
	}
	if in.Life == 0 {
		in.Life = defaultTokenLife
	}
	if err := s.checkToken(ctx, &in); err != nil {
		return nil, "", err
	}
	text, hash, err := account.NewSecret(s.random)
	if err != nil {
		return nil, "", err
	}
	now := s.now()
	t := &account.Token{
		ID: account.TokenID(s.newID()), Role: in.Role, Organisation: string(in.Organisation), Processes: in.Processes, Name: in.Name,
		Hash: hash, Created: now, Expires: now.Add(in.Life),
	}
	if in.Role == account.Consultant && actor.Role != account.Operator {
		t.Consented = &now
	}
	told := s.tell(actor, in.Organisation, "token.create", string(t.ID), map[string]string{
		"role": string(in.Role), "name": in.Name, "expires": t.Expires.UTC().Format(time.RFC3339),
	})
	return t, text, s.store.CreateToken(ctx, t, told)
}

func (s *Service) checkToken(ctx context.Context, in *TokenInput) error {
	var c checks
	c.text("/name", &in.Name, maxName)
	if !in.Role.Known() {
		c.wrong("/role", "role-unknown")
	}
	if (in.Role == account.Operator) != (in.Organisation == "") {
		c.wrong("/organisation", "organisation-needed")
	}
	if in.Life < time.Minute || in.Life > maxTokenLife {
		c.wrong("/expires", "expiry-invalid")
	}
	if err := c.err(); err != nil {
		return err
	}
	if in.Role != account.Owner {
		in.Processes = nil
		return nil
	}
	o, err := s.store.FindOrganisation(ctx, in.Organisation)
	if err != nil {
		return err
	}
	if len(in.Processes) == 0 {
		c.wrong("/processes", "process-unknown")
	}
	for _, p := range in.Processes {
		if !slices.ContainsFunc(o.Processes, func(n Named) bool { return n.Key == p }) {
			c.wrong("/processes", "process-unknown")
		}
	}
	return c.err()
}

// ListTokens gives the tokens of an organisation without their secrets; those of
// operators for the empty id.
func (s *Service) ListTokens(ctx context.Context, actor account.Actor, id OrganisationID) ([]account.Token, error) {
	if err := actor.In(account.ManageAccess, string(id)); err != nil {
		return nil, err
	}
	all, err := s.store.ListTokens(ctx, id)
	return slices.DeleteFunc(all, func(t account.Token) bool { return !actor.Role.Sees(t.Role) }), err
}

// RevokeToken ends a token at once; fault NotFound if the organisation has none such.
// That of an auditor is ended by auditors: fault Conflict "auditor-decides".
func (s *Service) RevokeToken(ctx context.Context, actor account.Actor, organisation OrganisationID, id account.TokenID) error {
	if err := actor.In(account.ManageAccess, string(organisation)); err != nil {
		return err
	}
	all, err := s.store.ListTokens(ctx, organisation)
	if err != nil {
		return err
	}
	if i := slices.IndexFunc(all, func(t account.Token) bool { return t.ID == id }); i >= 0 {
		if err := decides(actor, all[i].Role); err != nil {
			return err
		}
	}
	if err := s.store.RevokeToken(ctx, organisation, id, s.now(), s.tell(actor, organisation, "token.revoke", string(id), nil)); err != nil {
		return err
	}
	s.witness(ctx)
	return nil
}

// decides refuses what concerns somebody of a role to whoever does not see it, and what
// concerns an auditor to everybody but auditors: those who are reviewed do not choose who
// reviews. The console of the server may.
func decides(actor account.Actor, role account.Role) error {
	switch {
	case actor.IsSystem() || actor.Role == role:
		return nil
	case !actor.Role.Sees(role):
		return fault.New(fault.NotFound, "not-found")
	case role == account.Auditor:
		return fault.New(fault.Conflict, "auditor-decides")
	}
	return nil
}

// Authenticate gives the actor of a token's text; fault Unauthenticated
// "unauthenticated" for everything that is no valid token.
func (s *Service) Authenticate(ctx context.Context, text string) (account.Actor, error) {
	refused := fault.New(fault.Unauthenticated, "unauthenticated")
	if !account.LooksLikeToken(text) {
		return account.Actor{}, refused
	}
	t, err := s.store.FindToken(ctx, account.HashSecret(text))
	if fault.Of(err).Kind == fault.NotFound {
		return account.Actor{}, refused
	}
	if err != nil {
		return account.Actor{}, err
	}
	if !t.Valid(s.now()) {
		return account.Actor{}, refused
	}
	return t.Actor(), nil
}
