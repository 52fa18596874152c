package v1

import (
	"context"

	"pulscheck/survey"
	"pulscheck/survey/account"
)

// Which says which iterations stand side by side.
type Which struct {
	ByProgramme
	Iterations []string `query:"iterations" maxItems:"60" doc:"ids, separated by commas; by default all with a counted check round. Of more than nine, the first and the last eight" nullable:"false"`
}

func (w *Which) only() []survey.IterationID {
	only := make([]survey.IterationID, len(w.Iterations))
	for i, id := range w.Iterations {
		only[i] = survey.IterationID(wellFormed(id))
	}
	return only
}

// ShowComparison gives iterations of a programme side by side.
func (a *API) ShowComparison(ctx context.Context, actor account.Actor, in *Which) (*struct{ Body *Comparison }, error) {
	c, err := a.service.CompareIterations(ctx, actor, survey.ProgrammeID(in.Programme), in.only()...)
	if err != nil {
		return nil, err
	}
	return &struct{ Body *Comparison }{c.Data}, nil
}

// ComparisonFile asks for a comparison as a file.
type ComparisonFile struct {
	Which
	Lang
}

// ExportComparison gives the same as a file.
func (a *API) ExportComparison(f Format) download[ComparisonFile] {
	return func(ctx context.Context, actor account.Actor, in *ComparisonFile) (*File, error) {
		e, err := a.service.ExportComparison(ctx, actor, survey.ProgrammeID(in.Programme), in.language(), in.only()...)
		return f.file(e, err, in.language())
	}
}
