package survey

import (
	"context"
	"slices"
	"time"

	"pulscheck/survey/account"
	"pulscheck/survey/fault"
	"pulscheck/survey/locale"
)

// DraftTeamSheet has the team sheet of an iteration drawn as it stands now, in place of
// a draft. Once one was issued the next takes a reason. Faults: Conflict
// "report-no-results" before a check round was counted, Invalid for a missing reason.
func (s *Service) DraftTeamSheet(ctx context.Context, actor account.Actor, id IterationID, reason string) error {
	i, programme, err := s.iteration(ctx, actor, account.IssueReports, id)
	if err != nil {
		return err
	}
	rounds, err := s.store.ListRoundsOf(ctx, i.ID)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(rounds, func(r Round) bool { return r.Kind == CheckRound && r.CountedAt != nil }) {
		return fault.New(fault.Conflict, "report-no-results")
	}
	last := 0
	for _, l := range []locale.Language{locale.German, locale.English} {
		number, err := s.store.LastReport(ctx, id, TeamReport, l)
		if err != nil {
			return err
		}
		last = max(last, number)
	}
	var c checks
	if last == 0 {
		reason = ""
	} else if c.text("/reason", &reason, maxTitle); c.err() != nil {
		return c.err()
	}
	told := s.tell(actor, programme.Organisation, "report.team", string(id), nil)
	job := Job{Kind: TeamJob, Object: string(id), Organisation: programme.Organisation, Due: told.At.Truncate(time.Millisecond)}
	return s.store.OrderReport(ctx, ReportOrder{Iteration: id, Kind: TeamReport, Number: last + 1, Reason: reason}, []Job{job}, told)
}

// DrawReport has the next version of a report of a kind drawn, for a reason.
func (s *Service) DrawReport(ctx context.Context, actor account.Actor, id IterationID, kind ReportKind, reason string) error {
	switch kind {
	case CheckReport:
		return s.RenewReport(ctx, actor, id, reason)
	case ComparisonReport:
		return s.renew(ctx, actor, id, ComparisonReport, reason)
	case TeamReport:
		return s.DraftTeamSheet(ctx, actor, id, reason)
	}
	if err := actor.May(account.IssueReports); err != nil {
		return err
	}
	return fault.New(fault.Invalid, "report-kind-unknown").With(fault.Field{Pointer: "/kind", Code: "report-kind-unknown"})
}
