package survey

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"slices"
	"time"

	"pulscheck/survey/account"
	"pulscheck/survey/audit"
	"pulscheck/survey/fault"
	"pulscheck/survey/locale"
)

// Proposal is what a rule of the report proposes to decide.
type Proposal struct {
	Rule string // e.g. A4
	Text locale.Text
}

// Proposals keeps what rules propose.
type Proposals interface {
	// ProposeRecord stores a record under its id and the next number of its kind, unless
	// there is one of that id: then it says false.
	ProposeRecord(ctx context.Context, f *Filed, told ...audit.Entry) (bool, error)
	// OrderReport stores why there is to be another version of a report, in place of what
	// was said before, and hands on the jobs that draw it.
	OrderReport(ctx context.Context, o ReportOrder, then []Job, told ...audit.Entry) error
	// FindOrder gives why there is to be a version; empty = nobody said.
	FindOrder(ctx context.Context, id IterationID, kind ReportKind, number int) (string, error)
}

// ReportOrder is why there is to be another version of a report.
type ReportOrder struct {
	Iteration IterationID
	Kind      ReportKind
	Number    int // the version that it is about
	Reason    string
}

// ProposeDecisions lays what the rules of a report propose before the committee, in
// their order, and gives everything that is to be decided. It may be called again: each
// rule proposes once in an iteration, whatever was carried on from the one before
// included. Once the iteration is over nothing is added.
func (s *Service) ProposeDecisions(ctx context.Context, actor account.Actor, id IterationID, proposals []Proposal) ([]Decision, error) {
	i, programme, err := s.iteration(ctx, actor, account.RecordDecisions, id)
	if err != nil {
		return nil, err
	}
	known, err := decisions.all(ctx, s, id)
	if err != nil || i.Phase == Finished {
		return known, err
	}
	for _, p := range proposals {
		if slices.ContainsFunc(known, func(d Decision) bool { return d.Rule == p.Rule }) {
			continue
		}
		d := &Decision{
			Record: Record{ID: proposalID(id, p.Rule), Kind: DecisionRecord, Iteration: id},
			Rule:   p.Rule, Drafted: p.Text, Proposal: p.Text.In(programme.Language),
		}
		f, err := file[Decision](d)
		if err != nil {
			return nil, err
		}
		told := s.tell(actor, programme.Organisation, "decision.propose", string(d.ID), detail[Decision](d))
		if _, err := s.store.ProposeRecord(ctx, f, told); err != nil {
			return nil, err
		}
	}
	return decisions.all(ctx, s, id)
}

// proposalID follows from iteration and rule, so that two jobs propose the same.
func proposalID(id IterationID, rule string) RecordID {
	sum := sha256.Sum256([]byte("pulscheck/proposal/v1\x00" + string(id) + "\x00" + rule))
	return RecordID(base64.RawURLEncoding.EncodeToString(sum[:16]))
}

// RenewReport has the check report drawn again with what came in meanwhile: a draft in
// its place, after one was issued the next version, whose cover says the reason. Fault
// Conflict "report-without-round" before a check round was counted.
func (s *Service) RenewReport(ctx context.Context, actor account.Actor, id IterationID, reason string) error {
	return s.renew(ctx, actor, id, CheckReport, reason)
}

// renew is RenewReport for a kind that is drawn of counted check rounds.
func (s *Service) renew(ctx context.Context, actor account.Actor, id IterationID, kind ReportKind, reason string) error {
	i, programme, err := s.iteration(ctx, actor, account.IssueReports, id)
	if err != nil {
		return err
	}
	round, err := s.headline(ctx, i.ID)
	if err != nil {
		return err
	}
	if round == nil {
		return fault.New(fault.Conflict, "report-without-round")
	}
	last := 0
	for _, l := range []locale.Language{locale.German, locale.English} {
		number, err := s.store.LastReport(ctx, id, kind, l)
		if err != nil {
			return err
		}
		last = max(last, number)
	}
	var c checks
	if c.maybe("/reason", &reason, &reason, maxTitle); last > 0 && reason == "" {
		c.missing("/reason")
	}
	if err := c.err(); err != nil {
		return err
	}
	told := s.tell(actor, programme.Organisation, "report.renew", string(id), nil)
	order := ReportOrder{Iteration: id, Kind: kind, Number: last + 1, Reason: reason}
	return s.store.OrderReport(ctx, order, []Job{round.job(ReportJob, told.At.Truncate(time.Millisecond))}, told)
}
