package survey

import (
	"context"
	"slices"
	"strconv"
	"time"

	"pulscheck/survey/account"
	"pulscheck/survey/fault"
	"pulscheck/survey/maturity"
)

// assessed is an assessment with what its use cases need.
type assessed struct {
	*Assessment
	iteration    *Iteration
	organisation OrganisationID
	model        *maturity.Model
	verb         string // told in the audit
}

// assessment gives an assessment that the actor may do p to.
func (s *Service) assessment(ctx context.Context, actor account.Actor, p account.Permission, id AssessmentID) (*assessed, error) {
	if err := actor.May(p); err != nil {
		return nil, err
	}
	a, err := s.store.FindAssessment(ctx, id)
	if err != nil {
		return nil, err
	}
	i, programme, err := s.iteration(ctx, actor, p, a.Iteration)
	if err != nil {
		return nil, err
	}
	if !concerns(actor, p, programme.Organisation, a.Process) {
		return nil, fault.New(fault.NotFound, "not-found")
	}
	m, err := s.model(ctx, programme.Organisation, a.Model)
	return &assessed{a, i, programme.Organisation, m, ""}, err
}

// turns is how often a change is tried against those of other assessors.
const turns = 50

// assess changes an assessment and stores it, with a sheet if change gives one. While
// somebody else has the turn it begins again, so that assessors do not have to know of
// each other. Fault Conflict "iteration-done" once the iteration is over.
func (s *Service) assess(
	ctx context.Context, actor account.Actor, p account.Permission, id AssessmentID, change func(*assessed) (*Sheet, error),
) (*Assessment, error) {
	for n := 1; ; n++ {
		a, err := s.assessment(ctx, actor, p, id)
		if err != nil {
			return nil, err
		}
		if a.iteration.Phase == Finished {
			return nil, fault.New(fault.Conflict, "iteration-done")
		}
		sheet, err := change(a)
		if err != nil {
			return nil, err
		}
		err = s.store.ChangeAssessment(ctx, a.Assessment, sheet, s.tell(actor, a.organisation, a.verb, string(id), a.detail()))
		if err == nil {
			return a.Assessment, a.complete(actor, a.model)
		}
		if !fault.Is(err, "version-conflict") || n == turns {
			return nil, err
		}
	}
}

// end ends rating once as many have finished as are to rate, and nobody has a draft.
func (a *Assessment) end(now time.Time) {
	finished := map[string]bool{}
	for _, s := range a.Sheets {
		if !s.Finished {
			return
		}
		finished[s.Assessor] = true
	}
	if a.State == AssessmentRating && len(finished) >= a.Assessors {
		a.close(now)
	}
}

func (a *Assessment) close(now time.Time) {
	now = now.UTC().Truncate(time.Second)
	a.State, a.Done = AssessmentDone, &now
	a.Version++
}

// CloseAssessment ends rating although somebody is not done: drafts do not count.
// Without a finished sheet it is fault Conflict "assessment-empty", of one that is done
// "assessment-done".
func (s *Service) CloseAssessment(ctx context.Context, actor account.Actor, id AssessmentID, seen int) (*Assessment, error) {
	return s.assess(ctx, actor, account.CloseAssessments, id, func(a *assessed) (*Sheet, error) {
		switch {
		case a.Version != seen:
			return nil, fault.New(fault.Stale, "version-conflict")
		case a.State == AssessmentDone:
			return nil, fault.New(fault.Conflict, "assessment-done")
		case !slices.ContainsFunc(a.Sheets, func(s Sheet) bool { return s.Finished }):
			return nil, fault.New(fault.Conflict, "assessment-empty")
		}
		a.verb = "assessment.close"
		a.close(s.now())
		return nil, nil
	})
}

// ReopenAssessment lets assessors rate again, for what was finished by mistake; what a
// consensus meeting settled is gone. Fault Conflict "assessment-open".
func (s *Service) ReopenAssessment(ctx context.Context, actor account.Actor, id AssessmentID, seen int) (*Assessment, error) {
	return s.assess(ctx, actor, account.CloseAssessments, id, func(a *assessed) (*Sheet, error) {
		if a.Version != seen {
			return nil, fault.New(fault.Stale, "version-conflict")
		}
		if a.State != AssessmentDone {
			return nil, fault.New(fault.Conflict, "assessment-open")
		}
		a.verb = "assessment.reopen"
		a.State, a.Done, a.Settled = AssessmentRating, nil, nil
		a.Version++
		return nil, nil
	})
}

// SettleAssessment records what a consensus meeting agreed on, in place of what was
// settled before. Faults: Conflict "assessment-open" while people still rate alone,
// Invalid "assessment-invalid" with fields.
func (s *Service) SettleAssessment(ctx context.Context, actor account.Actor, id AssessmentID, seen int, settled []maturity.Settlement) (*Assessment, error) {
	return s.assess(ctx, actor, account.CloseAssessments, id, func(a *assessed) (*Sheet, error) {
		if a.Version != seen {
			return nil, fault.New(fault.Stale, "version-conflict")
		}
		if a.State != AssessmentDone {
			return nil, fault.New(fault.Conflict, "assessment-open")
		}
		if len(settled) > maxSettled {
			f := fault.Field{Pointer: "/settled", Code: "too-many-items"}
			return nil, fault.New(fault.Invalid, f.Code).With(f)
		}
		a.verb = "assessment.settle"
		a.Settled = settled
		a.Version++
		_, err := a.rate(a.model)
		return nil, err
	})
}

// maxSettled is the most things that a meeting settles.
const maxSettled = 200

// Subject is what an assessment is about, in the words of maturity.
func (a *Assessment) Subject() string {
	if a.Process == "" {
		return wholeOrganisation
	}
	return a.Process
}

// wholeOrganisation stands where a process would; no process has such a key.
const wholeOrganisation = "_organisation"

// rate gives attributes and level, nil while people still rate alone. Drafts do not
// count.
func (a *Assessment) rate(m *maturity.Model) (*maturity.Result, error) {
	if a.State != AssessmentDone {
		return nil, nil
	}
	rated := maturity.Assessment{Process: a.Subject(), Settled: a.Settled}
	for _, s := range a.Sheets {
		if s.Finished {
			rated.Sheets = append(rated.Sheets, maturity.Sheet{Assessor: s.Assessor, Team: s.Team, Answers: s.Answers})
		}
	}
	r, err := m.Rate(&rated)
	if err != nil {
		return nil, err
	}
	r.Process = a.Process
	return r, nil
}

// detail of a turn: how many rate, never what they found.
func (a *assessed) detail() map[string]string {
	d := a.Assessment.detail()
	d["sheets"] = strconv.Itoa(len(a.Sheets))
	return d
}
