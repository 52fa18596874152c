package v1

import (
	"context"
	"time"

	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/locale"
)

// User is a person who signs in.
type User struct {
	ID          string       `json:"id"`
	Email       string       `json:"email"`
	Name        string       `json:"name"`
	Role        string       `json:"role" enum:"operator,consultant,lead,owner,steering,auditor"`
	Language    string       `json:"language" enum:"de,en"`
	Memberships []Membership `json:"memberships" doc:"in the organisations that the caller manages" nullable:"false"`
	Ready       bool         `json:"ready" doc:"has accepted the invitation; password and second factor are set"`
	Invited     *time.Time   `json:"invited_until" doc:"until when the invitation can be accepted; null for who has accepted, and for operators"`
	LastDay     *string      `json:"last_day" doc:"day of the last log-in, YYYY-MM-DD"`
	Version     int          `json:"version"`
}

// Membership lets a user into an organisation.
type Membership struct {
	Organisation string   `json:"organisation"`
	Processes    []string `json:"processes" doc:"of an owner" nullable:"false"`
	Consented    bool     `json:"consented" doc:"false: a consultant who waits for the consent of the organisation"`
}

// UserNew is what is said of somebody who is invited.
type UserNew struct {
	Email        string   `json:"email"`
	Name         string   `json:"name"`
	Role         string   `json:"role" enum:"operator,consultant,lead,owner,steering,auditor"`
	Organisation *string  `json:"organisation,omitempty" doc:"by default the caller's own; none for an operator"`
	Processes    []string `json:"processes,omitempty" doc:"of an owner"`
	Language     string   `json:"language,omitempty" enum:"de,en"`
}

// UserChange is what is to change; what is missing stays.
type UserChange struct {
	Name         *string   `json:"name,omitempty"`
	Role         *string   `json:"role,omitempty" enum:"operator,consultant,lead,owner,steering,auditor"`
	Organisation string    `json:"organisation,omitempty" doc:"of the processes"`
	Processes    *[]string `json:"processes,omitempty" doc:"of an owner"`
}

func newUser(u *account.User) User {
	out := User{
		ID: string(u.ID), Email: u.Email, Name: u.Name, Role: string(u.Role), Language: string(u.Language), Memberships: []Membership{}, Ready: u.Ready(), Version: u.Version,
	}
	if u.Invited != nil && !u.Invited.IsZero() {
		out.Invited = utc(u.Invited)
	}
	if u.LastDay != "" {
		out.LastDay = &u.LastDay
	}
	for _, m := range u.Member {
		out.Memberships = append(out.Memberships, Membership{m.Organisation, list(m.Processes), u.Role != account.Consultant || m.Consented != nil})
	}
	return out
}

// ByUser names a user in the path.
type ByUser struct {
	User string `path:"user" doc:"id of a user"`
}

// ListUsers gives those who sign in.
func (a *API) ListUsers(ctx context.Context, actor account.Actor, in *struct {
	Of
	Paging
}) (*List[User], error) {
	of := byDefault(actor, in.Organisation)
	all, err := a.service.ListUsers(ctx, actor, of)
	if err != nil {
		return nil, err
	}
	return page(a, in.Paging, string(of)+"/users", all, func(u *account.User) string { return string(u.ID) }, newUser)
}

// CreateUser invites somebody, who gets a one-time code by mail.
func (a *API) CreateUser(ctx context.Context, actor account.Actor, in *struct{ Body UserNew }) (*Made[User], error) {
	b := in.Body
	input := survey.UserInput{
		Email: b.Email, Name: b.Name, Role: account.Role(b.Role), Processes: b.Processes, Language: locale.Language(b.Language),
	}
	switch {
	case b.Organisation != nil:
		input.Organisation = survey.OrganisationID(wellFormed(*b.Organisation))
	case input.Role != account.Operator:
		input.Organisation = byDefault(actor, "")
	}
	u, err := a.service.InviteUser(ctx, actor, input)
	if err != nil {
		return nil, err
	}
	return &Made[User]{Prefix + "/users/" + string(u.ID), etag(u.Version), newUser(u)}, nil
}

// ShowUser gives a user.
func (a *API) ShowUser(ctx context.Context, actor account.Actor, in *ByUser) (*One[User], error) {
	u, err := a.service.ShowUser(ctx, actor, account.UserID(in.User))
	if err != nil {
		return nil, err
	}
	return &One[User]{etag(u.Version), newUser(u)}, nil
}

// UpdateUser changes a user.
func (a *API) UpdateUser(ctx context.Context, actor account.Actor, in *struct {
	ByUser
	Seen
	Body UserChange
}) (*One[User], error) {
	change := survey.UserChange{
		Seen: seen(in.IfMatch), Name: in.Body.Name, Organisation: byDefault(actor, in.Body.Organisation), Processes: in.Body.Processes,
	}
	if in.Body.Role != nil {
		role := account.Role(*in.Body.Role)
		change.Role = &role
	}
	u, err := a.service.UpdateUser(ctx, actor, account.UserID(in.User), change)
	if err != nil {
		return nil, err
	}
	return &One[User]{etag(u.Version), newUser(u)}, nil
}

// DeleteUser takes a user out of an organisation, or an operator out of the installation.
func (a *API) DeleteUser(ctx context.Context, actor account.Actor, in *struct {
	ByUser
	Of
}) (*None, error) {
	return &None{}, a.service.RemoveUser(ctx, actor, byDefault(actor, in.Organisation), account.UserID(in.User))
}

// ResetUser ends everything that lets a user in and mails a code to begin anew.
func (a *API) ResetUser(ctx context.Context, actor account.Actor, in *ByUser) (*None, error) {
	return &None{}, a.service.ResetUser(ctx, actor, account.UserID(in.User))
}

// ConsentUser lets a consultant in, or takes that back at once.
func (a *API) ConsentUser(ctx context.Context, actor account.Actor, in *struct {
	ByUser
	Of
	Body struct {
		Consents bool `json:"consents"`
	}
}) (*None, error) {
	return &None{}, a.service.ConsentUser(ctx, actor, byDefault(actor, in.Organisation), account.UserID(in.User), in.Body.Consents)
}
