package source

import (
	"context"
	"slices"

	"pulscheck/report"
	"pulscheck/survey"
	"pulscheck/survey/account"
)

// Team builds the team sheet of an iteration: its last counted check round and what
// became of the criticism since.
func (s *Source) Team(ctx context.Context, id survey.IterationID, e Edition) (*report.Document, error) {
	gathered, err := s.Check(ctx, id)
	if err != nil {
		return nil, err
	}
	check := gathered.Input
	in := report.TeamInput{
		Organisation: check.Organisation, Programme: check.Programme, Public: gathered.Programme.ID, Iteration: check.Iteration, Round: check.Round, Results: check.Results,
		First: !slices.ContainsFunc(check.Earlier, func(e report.Earlier) bool { return e.Round.Kind == survey.CheckRound }),
		Base:  s.Origin, At: s.Now(), Language: e.Language, Version: e.Number, Software: s.Software,
	}
	if in.Pairs, err = s.service.ListPairs(ctx, account.System(), id); err != nil {
		return nil, err
	}
	if in.Improvements, err = s.service.ListImprovements(ctx, account.System(), id); err != nil {
		return nil, err
	}
	if in.Rounds, err = s.service.ListRounds(ctx, account.System(), id); err != nil {
		return nil, err
	}
	return report.BuildTeam(in)
}
