package main

import (
	"context"
	"fmt"

	"pulscheck/report"
	"pulscheck/report/source"
	"pulscheck/survey"
	"pulscheck/survey/locale"
)

// draftTeam draws the team sheet of an iteration in both languages. It may run again
// after it was cut off.
func (h *house) draftTeam(ctx context.Context, id survey.IterationID) error {
	for _, l := range []locale.Language{locale.German, locale.English} {
		issued, err := h.store.LastReport(ctx, id, survey.TeamReport, l)
		if err != nil {
			return err
		}
		e := source.Edition{Language: l, Number: issued + 1}
		if e.Reason, err = h.store.FindOrder(ctx, id, survey.TeamReport, e.Number); err != nil {
			return err
		}
		d, err := h.source().Team(ctx, id, e)
		if err != nil {
			return fmt.Errorf("team sheet of iteration %s: %w", id, err)
		}
		r := &survey.Report{
			Iteration: id, Kind: survey.TeamReport, Language: l, Number: e.Number, Reason: e.Reason, Created: d.Created, FileName: report.TeamFileName(d.ID, l),
		}
		if err := h.keepDraft(ctx, r, d); err != nil {
			return err
		}
	}
	return nil
}
