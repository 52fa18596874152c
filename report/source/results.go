package source

import (
	"context"
	"slices"

	"pulscheck/report"
	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/fault"
	"pulscheck/survey/locale"
)

// Results builds the pages of a report that tell of the answers of one counted round,
// as far as somebody may see them: an owner gets the groups of the own processes.
// What the programme knows beside the answers is left out. Fault NotFound before
// counting.
func (s *Source) Results(ctx context.Context, actor account.Actor, id survey.RoundID, l locale.Language) (*report.Document, error) {
	if _, err := s.service.ShowResults(ctx, actor, id); err != nil {
		return nil, err
	}
	round, err := s.service.ShowRound(ctx, actor, id)
	if err != nil {
		return nil, err
	}
	p, err := s.place(ctx, actor, round.Iteration)
	if err != nil {
		return nil, err
	}
	counted, err := s.counted(ctx, actor, p.until)
	if err != nil {
		return nil, err
	}
	n := slices.IndexFunc(counted, func(e report.Earlier) bool { return e.Round.ID == id })
	if n < 0 {
		return nil, fault.New(fault.NotFound, "not-found")
	}
	in := s.about(p, counted, n)
	in.Language, in.Version, in.Alone = l, 1, true
	if in.Events, err = s.service.Flags(ctx, account.System(), p.iteration.ID); err != nil {
		return nil, err
	}
	return report.Build(in)
}
