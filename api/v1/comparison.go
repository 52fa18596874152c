package v1

import (
	"context"

	"pulscheck/survey"
	"pulscheck/survey/account"
)

// ShowComparison gives iterations of a programme side by side.
func (a *API) ShowComparison(ctx context.Context, actor account.Actor, in *struct {
	ByProgramme
	Iterations []string `query:"iterations" maxItems:"60" doc:"ids, separated by commas; by default all with a counted check round. Of more than nine, the first and the last eight" nullable:"false"`
}) (*struct{ Body *Comparison }, error) {
	only := make([]survey.IterationID, len(in.Iterations))
	for i, id := range in.Iterations {
		only[i] = survey.IterationID(wellFormed(id))
	}
	c, err := a.service.CompareIterations(ctx, actor, survey.ProgrammeID(in.Programme), only...)
	if err != nil {
		return nil, err
	}
	return &struct{ Body *Comparison }{c.Data}, nil
}
