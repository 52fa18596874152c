package v1

import (
	"context"
	"encoding/base64"
	"time"

	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/locale"
)

// Trustee says who holds the key without which rounds cannot be counted.
type Trustee struct {
	Fingerprint *string    `json:"fingerprint" doc:"SHA-256 of the public key; null = nobody holds one"`
	Since       *time.Time `json:"since"`
	Loss        Text       `json:"loss" doc:"what it means to lose the key; to be confirmed by whoever sets one"`
	Version     int        `json:"version" doc:"the number in the ETag, that of the organisation"`
}

// TrusteeSet is what is said of a trustee.
type TrusteeSet struct {
	Key          string `json:"key" minLength:"1" maxLength:"4096" doc:"public key as pulscheck trustee key prints it"`
	LossAccepted bool   `json:"loss_accepted" doc:"a lost key means that a round is never counted"`
}

// Locked is what the trustee of a round unlocks.
type Locked struct {
	Round   string    `json:"round"`
	Closes  time.Time `json:"closes"`
	Trustee string    `json:"trustee" doc:"SHA-256 of the public key"`
	Sealed  string    `json:"sealed" doc:"the opening key, sealed to the trustee"`
	Pending bool      `json:"pending" doc:"closed, and waiting to be unlocked"`
}

// Unlocking is what the trustee makes of it.
type Unlocking struct {
	Opening string `json:"opening" minLength:"1" maxLength:"64" doc:"what pulscheck trustee unlock gives"`
}

func oneTrustee(o *survey.Organisation, err error) (*One[Trustee], error) {
	if err != nil {
		return nil, err
	}
	const loss = "error.trustee-loss-unconfirmed"
	out := Trustee{Version: o.Version, Loss: Text{locale.New(locale.German).T(loss), locale.New(locale.English).T(loss)}}
	if o.Trustee != nil {
		text := binary(o.Trustee.Fingerprint())
		out.Fingerprint, out.Since = &text, utc(&o.Trustee.Since)
	}
	return &One[Trustee]{etag(o.Version), out}, nil
}

// ShowTrustee tells who holds the key of an organisation.
func (a *API) ShowTrustee(ctx context.Context, actor account.Actor, in *ByOrganisation) (*One[Trustee], error) {
	return oneTrustee(a.service.ShowTrustee(ctx, actor, survey.OrganisationID(in.Organisation)))
}

// PutTrustee sets the key.
func (a *API) PutTrustee(ctx context.Context, actor account.Actor, in *struct {
	ByOrganisation
	Seen
	Body TrusteeSet
}) (*One[Trustee], error) {
	return oneTrustee(a.service.SetTrustee(ctx, actor, survey.OrganisationID(in.Organisation), survey.TrusteeInput{
		Seen: seen(in.IfMatch), Key: in.Body.Key, LossAccepted: in.Body.LossAccepted,
	}))
}

// DeleteTrustee takes the key away for rounds to come.
func (a *API) DeleteTrustee(ctx context.Context, actor account.Actor, in *struct {
	ByOrganisation
	Seen
}) (*None, error) {
	_, err := a.service.SetTrustee(ctx, actor, survey.OrganisationID(in.Organisation), survey.TrusteeInput{Seen: seen(in.IfMatch), Remove: true})
	return &None{}, err
}

// ShowLocked gives what the trustee of a round unlocks.
func (a *API) ShowLocked(ctx context.Context, actor account.Actor, in *ByRound) (*struct{ Body Locked }, error) {
	l, err := a.service.ShowLocked(ctx, actor, survey.RoundID(in.Round))
	if err != nil {
		return nil, err
	}
	return &struct{ Body Locked }{Locked{
		Round: string(l.Round.ID), Closes: l.Round.AnnouncedEnd().UTC(), Trustee: binary(l.Round.Trustee), Sealed: binary(l.Sealed), Pending: l.Pending,
	}}, nil
}

// UnlockRound lets a closed round be counted.
func (a *API) UnlockRound(ctx context.Context, actor account.Actor, in *struct {
	ByRound
	Body Unlocking
}) (*One[Round], error) {
	seed, err := base64.RawURLEncoding.DecodeString(in.Body.Opening)
	if err != nil {
		seed = nil // which unlocks nothing
	}
	if _, err := a.service.UnlockRound(ctx, actor, survey.RoundID(in.Round), seed); err != nil {
		return nil, err
	}
	return oneRound(a.service.ShowRound(ctx, actor, survey.RoundID(in.Round)))
}
