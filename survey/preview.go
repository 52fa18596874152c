package survey

import (
	"context"

	"pulscheck/survey/account"
	"pulscheck/survey/audit"
	"pulscheck/survey/ballot"
	"pulscheck/survey/fault"
)

// PreviewRound gives what respondents would see of a round as it is now: no manifest, for it
// has neither key nor fingerprint, so nobody can answer with it.
func (s *Service) PreviewRound(ctx context.Context, actor account.Actor, id RoundID) (*ballot.Manifest, error) {
	r, err := s.round(ctx, actor, account.ReviewRounds, id)
	if err != nil {
		return nil, err
	}
	o, err := s.store.FindOrganisation(ctx, r.Organisation)
	if err != nil {
		return nil, err
	}
	if r.State == Draft {
		r.K = o.K
	}
	m := describe(o, r)
	return &m, nil
}

// TryRound notes that the questionnaire of a draft was tried out to its end; with other
// questions that is no longer so. A round that is frozen is fault Conflict "round-open".
func (s *Service) TryRound(ctx context.Context, actor account.Actor, id RoundID) (*Round, error) {
	r, err := s.round(ctx, actor, account.DraftRounds, id)
	if err != nil {
		return nil, err
	}
	if r.State != Draft {
		return nil, fault.New(fault.Conflict, "round-open")
	}
	if r.TriedOut() {
		return r, nil
	}
	r.Tried = r.Questionnaire.Hash()
	told := s.tell(actor, r.Organisation, "round.try", string(id), map[string]string{"questionnaire": r.Tried})
	if err := s.store.UpdateRound(ctx, r, Also{Told: []audit.Entry{told}}); err != nil {
		return nil, err
	}
	r.Version++
	return r, nil
}

// TriedOut says that somebody tried out the questions that the round has now.
func (r *Round) TriedOut() bool { return r.Tried != "" && r.Tried == r.Questionnaire.Hash() }
