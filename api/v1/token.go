package v1

import (
	"context"
	"time"

	"pulscheck/survey"
	"pulscheck/survey/account"
)

// byDefault gives the organisation that is meant: the one named, else the one of the
// actor. An operator has none.
func byDefault(actor account.Actor, named string) survey.OrganisationID {
	if named == "" && len(actor.Organisations) == 1 {
		named = actor.Organisations[0]
	}
	if named == "" {
		return ""
	}
	return survey.OrganisationID(wellFormed(named))
}

func newToken(t *account.Token) Token {
	out := Token{
		ID: string(t.ID), Role: string(t.Role), Processes: list(t.Processes), Name: t.Name, Created: t.Created.UTC(),
		Expires: t.Expires.UTC(), Revoked: utc(t.Revoked), Consented: !t.Waits(),
	}
	if t.Organisation != "" {
		out.Organisation = &t.Organisation
	}
	return out
}

// ListTokens gives tokens without their texts.
func (a *API) ListTokens(ctx context.Context, actor account.Actor, in *struct {
	Of
	Paging
}) (*List[Token], error) {
	of := byDefault(actor, in.Organisation)
	all, err := a.service.ListTokens(ctx, actor, of)
	if err != nil {
		return nil, err
	}
	return page(a, in.Paging, string(of)+"/tokens", all, func(t *account.Token) string { return string(t.ID) }, newToken)
}

// CreateToken makes a token and tells its text this once.
func (a *API) CreateToken(ctx context.Context, actor account.Actor, in *struct{ Body TokenNew }) (*struct {
	Location string `header:"Location" doc:"where it is from now on"`
	Body     TokenMade
}, error) {
	b := in.Body
	input := survey.TokenInput{Role: account.Role(b.Role), Processes: b.Processes, Name: b.Name}
	switch {
	case b.Organisation != nil:
		input.Organisation = survey.OrganisationID(wellFormed(*b.Organisation))
	case input.Role != account.Operator:
		input.Organisation = byDefault(actor, "")
	}
	if b.ExpiresDays != nil {
		input.Life = time.Duration(*b.ExpiresDays) * 24 * time.Hour
		if *b.ExpiresDays <= 0 || *b.ExpiresDays > 400 {
			input.Life = -1
		}
	}
	t, text, err := a.service.CreateToken(ctx, actor, input)
	if err != nil {
		return nil, err
	}
	out := &struct {
		Location string `header:"Location" doc:"where it is from now on"`
		Body     TokenMade
	}{Prefix + "/tokens/" + string(t.ID), TokenMade{newToken(t), text}}
	return out, nil
}

// RevokeToken ends a token at once.
func (a *API) RevokeToken(ctx context.Context, actor account.Actor, in *struct {
	Of
	Token string `path:"token" doc:"id of a token"`
}) (*None, error) {
	return &None{}, a.service.RevokeToken(ctx, actor, byDefault(actor, in.Organisation), account.TokenID(in.Token))
}
