package main

import (
	"context"
	"fmt"

	"pulscheck/report"
	"pulscheck/report/source"
	"pulscheck/survey"
)

// draftTeam draws the team sheet of an iteration in both languages. It may run again
// after it was cut off.
func (h *house) draftTeam(ctx context.Context, id survey.IterationID) error {
	build := func(e source.Edition) (*report.Document, error) { return h.source().Team(ctx, id, e) }
	editions, err := h.editions(ctx, id, survey.TeamReport, build)
	if err != nil {
		return fmt.Errorf("team sheet of iteration %s: %w", id, err)
	}
	for _, e := range editions {
		d, err := build(e)
		if err != nil {
			return fmt.Errorf("team sheet of iteration %s: %w", id, err)
		}
		r := &survey.Report{
			Iteration: id, Kind: survey.TeamReport, Language: e.Language, Number: e.Number, Reason: e.Reason, Created: d.Created,
			FileName: report.TeamFileName(d.ID, e.Language),
		}
		if err := h.keepDraft(ctx, r, d); err != nil {
			return err
		}
	}
	return nil
}
