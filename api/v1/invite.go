package v1

import (
	"context"

	"pulscheck/survey"
	"pulscheck/survey/account"
)

func newUndelivered(u *survey.Undelivered) Undelivered {
	return Undelivered{string(u.Person), u.Email, string(u.State)}
}

// ListUndelivered gives the invitations that did not arrive, or perhaps did not.
func (a *API) ListUndelivered(ctx context.Context, actor account.Actor, in *struct {
	ByRound
	Paging
}) (*List[Undelivered], error) {
	all, err := a.service.UndeliveredInvitations(ctx, actor, survey.RoundID(in.Round))
	if err != nil {
		return nil, err
	}
	return page(a, in.Paging, in.Round+"/undelivered", all, func(u *survey.Undelivered) string { return string(u.Person) }, newUndelivered)
}

// RepeatInvitations sends some of them again.
func (a *API) RepeatInvitations(ctx context.Context, actor account.Actor, in *struct {
	ByRound
	Body Repeat
}) (*None, error) {
	people := make([]survey.PersonID, len(in.Body.People))
	for i, id := range in.Body.People {
		people[i] = survey.PersonID(wellFormed(id))
	}
	return &None{}, a.service.RepeatInvitations(ctx, actor, survey.RoundID(in.Round), people)
}
