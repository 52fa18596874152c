package v1

import (
	"context"
	"time"

	"pulscheck/survey"
	"pulscheck/survey/account"
)

// OrganisationInvitation is what an organisation asks of the person who is signed in.
type OrganisationInvitation struct {
	Organisation string     `json:"organisation"`
	Name         string     `json:"name" doc:"of the organisation"`
	Role         string     `json:"role" enum:"consultant,lead,owner,steering,auditor"`
	Until        *time.Time `json:"until" doc:"when it ends; null for one of a version that knew no end"`
	Leaves       []string   `json:"leaves" doc:"names of the organisations that accepting leaves: an account has one role" nullable:"false"`
}

// InvitationAnswer is what the person says to it.
type InvitationAnswer struct {
	Accept bool `json:"accept" doc:"false declines"`
	Leave  bool `json:"leave,omitempty" doc:"confirms that the organisations of another role are left"`
}

// ListInvitations gives the invitations of the person who is signed in; a token has none.
func (a *API) ListInvitations(ctx context.Context, actor account.Actor, in *struct{ Paging }) (*List[OrganisationInvitation], error) {
	all, err := a.service.ListInvitations(ctx, actor)
	if err != nil {
		return nil, err
	}
	return page(a, in.Paging, actor.ID+"/invitations", all, func(i *survey.Invited) string { return i.Organisation }, func(i *survey.Invited) OrganisationInvitation {
		out := OrganisationInvitation{Organisation: i.Organisation, Name: i.Name, Role: string(i.Role), Leaves: list(i.Leaves)}
		if !i.Expires.IsZero() {
			out.Until = utc(&i.Expires)
		}
		return out
	})
}

// AnswerInvitation accepts or declines one of them.
func (a *API) AnswerInvitation(ctx context.Context, actor account.Actor, in *struct {
	ByOrganisation
	Body InvitationAnswer
}) (*None, error) {
	return &None{}, a.service.AnswerInvitation(ctx, actor, survey.OrganisationID(in.Organisation), in.Body.Accept, in.Body.Leave)
}
