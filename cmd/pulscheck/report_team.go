package main

import (
	"context"
	"fmt"
	"slices"

	"pulscheck/report"
	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/locale"
)

// describeTeam builds the team sheet of an iteration: its last counted check round and
// what became of the criticism since.
func (h *house) describeTeam(ctx context.Context, id survey.IterationID, e edition) (*report.Document, error) {
	gathered, err := gatherReport(ctx, h.store, id)
	if err != nil {
		return nil, err
	}
	check := gathered.input
	in := report.TeamInput{
		Organisation: check.Organisation, Programme: check.Programme, Iteration: check.Iteration, Round: check.Round, Results: check.Results,
		First: !slices.ContainsFunc(check.Earlier, func(e report.Earlier) bool { return e.Round.Kind == survey.CheckRound }),
		Base:  h.origin, At: h.today(), Language: e.language, Version: e.number, Software: release(),
	}
	if in.Pairs, err = h.service.ListPairs(ctx, account.System(), id); err != nil {
		return nil, err
	}
	if in.Improvements, err = h.service.ListImprovements(ctx, account.System(), id); err != nil {
		return nil, err
	}
	if in.Rounds, err = h.store.ListRoundsOf(ctx, id); err != nil {
		return nil, err
	}
	return report.BuildTeam(in)
}

// draftTeam draws the team sheet of an iteration in both languages. It may run again
// after it was cut off.
func (h *house) draftTeam(ctx context.Context, id survey.IterationID) error {
	for _, l := range []locale.Language{locale.German, locale.English} {
		issued, err := h.store.LastReport(ctx, id, survey.TeamReport, l)
		if err != nil {
			return err
		}
		e := edition{language: l, number: issued + 1}
		if e.reason, err = h.store.FindOrder(ctx, id, survey.TeamReport, e.number); err != nil {
			return err
		}
		d, err := h.describeTeam(ctx, id, e)
		if err != nil {
			return fmt.Errorf("team sheet of iteration %s: %w", id, err)
		}
		r := &survey.Report{
			Iteration: id, Kind: survey.TeamReport, Language: l, Number: e.number, Reason: e.reason, Created: d.Created, FileName: report.TeamFileName(d.ID, l),
		}
		if err := h.keepDraft(ctx, r, d); err != nil {
			return err
		}
	}
	return nil
}
