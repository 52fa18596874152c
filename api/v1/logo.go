package v1

import (
	"context"
	"io"

	"pulscheck/survey"
	"pulscheck/survey/account"
)

// Logo is what became of a picture: laid on white, without anything else that was in the
// file, and not larger than paper can show.
type Logo struct {
	Width  int `json:"width" doc:"pixels" example:"1063"`
	Height int `json:"height" doc:"pixels" example:"425"`
}

// ShowLogo gives the picture on the covers of an organisation's reports.
func (a *API) ShowLogo(ctx context.Context, actor account.Actor, in *ByOrganisation) (*File, error) {
	l, err := a.service.ShowLogo(ctx, actor, survey.OrganisationID(in.Organisation))
	if err != nil {
		return nil, err
	}
	return newFile("logo.png", "image/png", func(w io.Writer) error {
		_, err := w.Write(l.PNG)
		return err
	}), nil
}

// PutLogo sets the picture, for reports that are drawn from then on.
func (a *API) PutLogo(ctx context.Context, actor account.Actor, in *struct {
	ByOrganisation
	RawBody []byte `contentType:"image/png" required:"true"`
}) (*struct{ Body Logo }, error) {
	if err := actor.In(account.ChangeOrganisation, in.Organisation); err != nil { // counted only for who may
		return nil, err
	}
	if err := take(ctx, a.limits.Pictures, in.Organisation); err != nil {
		return nil, err
	}
	l, err := a.service.PutLogo(ctx, actor, survey.OrganisationID(in.Organisation), in.RawBody)
	if err != nil {
		return nil, err
	}
	return &struct{ Body Logo }{Logo{l.Width, l.Height}}, nil
}

// DeleteLogo removes it.
func (a *API) DeleteLogo(ctx context.Context, actor account.Actor, in *ByOrganisation) (*None, error) {
	return &None{}, a.service.DeleteLogo(ctx, actor, survey.OrganisationID(in.Organisation))
}
