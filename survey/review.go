package survey

import (
	"context"
	"strconv"
	"time"

	"pulscheck/survey/account"
	"pulscheck/survey/fault"
	"pulscheck/survey/locale"
)

// reviewTime is how long an auditor has before a round opens (decision 25).
const reviewTime = 24 * time.Hour

// SubmitRound fixes questions, groups and list of a draft and lays them before the
// auditor. Faults: "round-open" (Conflict), "round-too-small", "round-window-invalid".
func (s *Service) SubmitRound(ctx context.Context, actor account.Actor, id RoundID) (*Round, error) {
	round, err := s.round(ctx, actor, account.DraftRounds, id)
	if err != nil {
		return nil, err
	}
	if round.State != Draft {
		return nil, fault.New(fault.Conflict, "round-open")
	}
	now := s.now()
	if err := checkWindow(round, now); err != nil {
		return nil, err
	}
	organisation, err := s.store.FindOrganisation(ctx, round.Organisation)
	if err != nil {
		return nil, err
	}
	round.K = organisation.K // which may have been raised since the draft was made
	frozen, err := s.freeze(ctx, round)
	if err != nil {
		return nil, err
	}
	round.Submitted = &now
	if round.Audited, err = s.audited(ctx, round.Organisation, now); err != nil {
		return nil, err
	}
	var letters []Letter
	for _, address := range organisation.Auditors {
		letters = append(letters, SubmittedLetter(organisation, round, address, locale.German))
	}
	told := s.tell(actor, round.Organisation, "round.submit", string(id), map[string]string{
		"invited": strconv.Itoa(round.Invited), "paper": strconv.Itoa(round.Paper), "questionnaire": round.Questionnaire.Hash(),
	})
	if err := s.store.SubmitRound(ctx, round, *frozen, letters, told); err != nil {
		return nil, err
	}
	round.State = Review
	round.Version++
	return round, nil
}

// VetoRound keeps a submitted round from opening. The reason is told to the lead.
// Faults: "round-open" (Conflict) once it has opened, "text-length", "control-character".
func (s *Service) VetoRound(ctx context.Context, actor account.Actor, id RoundID, reason string) (*Round, error) {
	round, err := s.round(ctx, actor, account.VetoRounds, id)
	if err != nil {
		return nil, err
	}
	if round.State != Review {
		return nil, fault.New(fault.Conflict, "round-open")
	}
	var c checks
	c.text("/reason", &reason, maxTitle)
	if err := c.err(); err != nil {
		return nil, err
	}
	now := s.now()
	round.Vetoed, round.Reason = &now, reason
	if err := s.store.VetoRound(ctx, round, s.tell(actor, round.Organisation, "round.veto", string(id), nil)); err != nil {
		return nil, err
	}
	s.witness(ctx)
	round.Version++
	return round, nil
}

// checkReview refuses to open what an auditor has vetoed or has not had time to read.
func (s *Service) checkReview(ctx context.Context, r *Round, now time.Time) error {
	if r.Vetoed != nil {
		return fault.New(fault.Conflict, "round-vetoed")
	}
	audited, err := s.auditedOf(ctx, r, now)
	if err != nil {
		return err
	}
	if audited && (r.Submitted == nil || now.Before(r.Submitted.Add(reviewTime))) {
		return fault.New(fault.Conflict, "review-pending")
	}
	return nil
}

// audited reports whether somebody reviews the rounds of an organisation: an auditor
// with access, or one who is told by mail.
func (s *Service) audited(ctx context.Context, id OrganisationID, now time.Time) (bool, error) {
	o, err := s.store.FindOrganisation(ctx, id)
	if err != nil || len(o.Auditors) > 0 {
		return err == nil, err
	}
	return s.store.HasRole(ctx, id, account.Auditor, now)
}

// auditedOf reports whether somebody reviews a round: who did when it was submitted does,
// whatever has become of the organisation's auditors since.
func (s *Service) auditedOf(ctx context.Context, r *Round, now time.Time) (bool, error) {
	if r.Submitted != nil && r.Audited {
		return true, nil
	}
	return s.audited(ctx, r.Organisation, now)
}

// ReviewedUntil gives the instant until which an auditor may look at a round before it
// opens: a day after it was submitted, or after now for a draft; nil if the organisation
// has nobody who reviews.
func (s *Service) ReviewedUntil(ctx context.Context, actor account.Actor, id RoundID) (*time.Time, error) {
	r, err := s.round(ctx, actor, account.ReadRounds, id)
	if err != nil {
		return nil, err
	}
	audited, err := s.auditedOf(ctx, r, s.now())
	if err != nil || !audited {
		return nil, err
	}
	until := s.now().Add(reviewTime)
	if r.Submitted != nil {
		until = r.Submitted.Add(reviewTime)
	}
	return &until, nil
}
