package main

import (
	"context"

	"pulscheck/report"
	"pulscheck/report/source"
	"pulscheck/survey"
	"pulscheck/survey/fault"
)

// draftComparison draws the comparison of the iterations up to a counted round as a
// draft in every language, if there are two.
func (h *house) draftComparison(ctx context.Context, round *survey.Round) error {
	id := round.Iteration
	build := func(e source.Edition) (*report.Document, error) { return h.source().Comparison(ctx, id, e) }
	editions, err := h.editions(ctx, id, survey.ComparisonReport, build)
	if err != nil {
		return err
	}
	for _, e := range editions {
		d, err := build(e)
		if fault.Is(err, "comparison-one") {
			return nil
		}
		if err != nil {
			return err
		}
		r := &survey.Report{
			Iteration: id, Kind: survey.ComparisonReport, Language: e.Language, Number: e.Number, Reason: e.Reason, Created: d.Created,
			FileName: report.ComparisonName(d.ID, e.Language),
		}
		if err := h.keepDraft(ctx, r, d); err != nil {
			return err
		}
	}
	return nil
}
