package v1

import (
	"context"

	"pulscheck/survey/account"
	"pulscheck/survey/tally"
)

// Abreast is organisations side by side, the whole of each. It goes out as tally wrote it:
// nothing else may.
type Abreast = tally.Abreast

// CompareOrganisations gives the organisations of a consultant side by side.
func (a *API) CompareOrganisations(ctx context.Context, actor account.Actor, _ *struct{}) (*struct{ Body *Abreast }, error) {
	c, err := a.service.CompareOrganisations(ctx, actor)
	if err != nil {
		return nil, err
	}
	return &struct{ Body *Abreast }{c.Data}, nil
}
