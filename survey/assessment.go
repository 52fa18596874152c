package survey

import (
	"context"
	"fmt"
	"slices"
	"time"

	"pulscheck/survey/account"
	"pulscheck/survey/audit"
	"pulscheck/survey/fault"
	"pulscheck/survey/maturity"
)

// AssessmentID names an assessment.
type AssessmentID string

// Assessment is the maturity check of one process in one iteration. What each assessor
// found stands on a sheet that nobody else reads until all are done, or until somebody
// who may ends the rating.
type Assessment struct {
	ID        AssessmentID
	Iteration IterationID
	Process   string // key; empty = the organisation as one, for frameworks that mean it so
	Model     string // id of the framework, fixed at the start
	Target    int    // level that is to be reached; 0 = none set
	Core      bool   // a core process in the staged view
	Assessors int    // how many people rate
	Teams     []string
	State     AssessmentState
	Done      *time.Time // when rating ended
	Settled   []maturity.Settlement
	Version   int
	Turn      int // counts every change, those of sheets too

	Sheets   []Sheet
	Begun    int // assessors with a sheet
	Finished int // of these, whose sheets are all finished

	Framework *maturity.Model  // that of Model
	Result    *maturity.Result // nil while people still rate alone
}

// AssessmentState is how far an assessment is.
type AssessmentState string

// The states. Once it is done nobody may rate: whoever has seen the others' sheets does
// not rate alone any more.
const (
	AssessmentRating AssessmentState = "rating"
	AssessmentDone   AssessmentState = "done"
)

// Sheet is what one assessor found, alone, about one team or instance of the process.
type Sheet struct {
	Assessor string       // id of the actor
	Role     account.Role // reports name the role, not the person
	Team     string       // empty where the process is rated as a whole
	Answers  map[string]maturity.Answer
	Finished bool // otherwise a draft, which does not count
	Saved    time.Time
	Version  int
}

// Assessments keeps what assessors found, and the frameworks of organisations.
type Assessments interface {
	// CreateAssessment stores an assessment; a second one of the process in its iteration
	// is fault Conflict "key-taken".
	CreateAssessment(ctx context.Context, a *Assessment, told ...audit.Entry) error
	// ChangeAssessment stores an assessment of turn a.Turn and, unless it is nil, one of
	// its sheets. If somebody else had the turn it is fault Stale "version-conflict".
	ChangeAssessment(ctx context.Context, a *Assessment, sheet *Sheet, told ...audit.Entry) error
	// FindAssessment and ListAssessments give assessments with all sheets, in order of
	// process, assessor and team.
	FindAssessment(ctx context.Context, id AssessmentID) (*Assessment, error)
	ListAssessments(ctx context.Context, id IterationID) ([]Assessment, error)
	// CreateModel stores a framework of an organisation; another one of the same id is
	// fault Conflict "key-taken", the same one is not.
	CreateModel(ctx context.Context, id OrganisationID, m *maturity.Model, told ...audit.Entry) error
	FindModel(ctx context.Context, id OrganisationID, model string) (*maturity.Model, error)
	ListModels(ctx context.Context, id OrganisationID) ([]maturity.Model, error)
	// DeleteModel removes a framework; fault Conflict "model-used" if there is an assessment
	// by it.
	DeleteModel(ctx context.Context, id OrganisationID, model string, told ...audit.Entry) error
}

// AssessmentInput is what is said of an assessment; nil stays, or is the default of a
// new one. Process and Model are said of a new one only.
type AssessmentInput struct {
	Process   *string
	Model     *string
	Target    *int
	Core      *bool
	Assessors *int
	Teams     *[]string
}

// Limits of an assessment.
const (
	maxAssessors = 20
	maxTeams     = 20
	maxTeam      = 100
)

func (in AssessmentInput) apply(a *Assessment, m *maturity.Model, c *checks) {
	if in.Core != nil {
		a.Core = *in.Core
	}
	if in.Target != nil {
		a.Target = *in.Target
	}
	if a.Target != 0 && (a.Target <= m.Lowest() || a.Target > m.Highest()) {
		c.wrong("/target", "level-unknown")
	}
	if in.Assessors != nil {
		a.Assessors = *in.Assessors
	}
	if a.Assessors < 1 || a.Assessors > maxAssessors {
		c.wrong("/assessors", "number-out-of-range")
	}
	if in.Teams == nil {
		return
	}
	a.Teams = slices.Clone(*in.Teams)
	if len(a.Teams) > maxTeams {
		c.wrong("/teams", "too-many-items")
	}
	for n := range a.Teams {
		c.text(fmt.Sprintf("/teams/%d", n), &a.Teams[n], maxTeam)
		if slices.Contains(a.Teams[:n], a.Teams[n]) {
			c.wrong(fmt.Sprintf("/teams/%d", n), "team-unknown")
		}
	}
}

// complete counts who rates, gives the result once rating has ended, and until then
// takes away the sheets that are not the actor's own.
func (a *Assessment) complete(actor account.Actor, m *maturity.Model) (err error) {
	drafts, begun := map[string]bool{}, map[string]bool{}
	for _, s := range a.Sheets {
		begun[s.Assessor] = true
		if !s.Finished {
			drafts[s.Assessor] = true
		}
	}
	a.Begun, a.Finished = len(begun), len(begun)-len(drafts)
	if a.State != AssessmentDone && !actor.IsSystem() {
		a.Sheets = slices.DeleteFunc(a.Sheets, func(s Sheet) bool { return s.Assessor != actor.ID })
	}
	a.Framework = m
	a.Result, err = a.rate(m)
	return err
}

// CreateAssessment begins to assess a process in an iteration. A second one of the same
// process is fault Conflict "assessment-exists".
func (s *Service) CreateAssessment(ctx context.Context, actor account.Actor, id IterationID, in AssessmentInput) (*Assessment, error) {
	i, programme, err := s.iteration(ctx, actor, account.ChangeProgress, id)
	if err != nil {
		return nil, err
	}
	if i.Phase == Finished {
		return nil, fault.New(fault.Conflict, "iteration-done")
	}
	o, err := s.store.FindOrganisation(ctx, programme.Organisation)
	if err != nil {
		return nil, err
	}
	a := &Assessment{ID: AssessmentID(s.newID()), Iteration: id, Model: DefaultModel, Assessors: 1, State: AssessmentRating, Version: 1}
	var c checks
	if in.Process != nil {
		a.Process = *in.Process
	}
	known := a.Process == "" || slices.ContainsFunc(o.Processes, func(p Named) bool { return p.Key == a.Process && !p.Archived })
	if !known || !concerns(actor, account.ChangeProgress, o.ID, a.Process) {
		c.wrong("/process", "process-unknown")
	}
	if in.Model != nil {
		a.Model = *in.Model
	}
	m, err := s.model(ctx, o.ID, a.Model)
	switch {
	case err == nil:
		in.apply(a, m, &c)
	case fault.Of(err).Kind == fault.NotFound:
		c.wrong("/model", "model-unknown")
	default:
		return nil, err
	}
	if err := c.err(); err != nil {
		return nil, err
	}
	a.Framework = m
	err = s.store.CreateAssessment(ctx, a, s.tell(actor, o.ID, "assessment.create", string(a.ID), a.detail()))
	if fault.Is(err, "key-taken") {
		return nil, fault.Wrap(fault.Conflict, "assessment-exists", err)
	}
	return a, err
}

// detail is what the audit tells of an assessment.
func (a *Assessment) detail() map[string]string {
	return map[string]string{"iteration": string(a.Iteration), "process": a.Process, "model": a.Model, "status": string(a.State)}
}

// UpdateAssessment changes target, core, assessors or teams of an assessment of version
// seen. Who rates, and for which teams, is fixed once somebody has begun: fault Conflict
// "assessment-begun".
func (s *Service) UpdateAssessment(ctx context.Context, actor account.Actor, id AssessmentID, seen int, in AssessmentInput) (*Assessment, error) {
	return s.assess(ctx, actor, account.ChangeProgress, id, func(a *assessed) (*Sheet, error) {
		if a.Version != seen {
			return nil, fault.New(fault.Stale, "version-conflict")
		}
		if len(a.Sheets) > 0 && in.Teams != nil && !slices.Equal(*in.Teams, a.Teams) || a.State == AssessmentDone && in.Assessors != nil && *in.Assessors != a.Assessors {
			return nil, fault.New(fault.Conflict, "assessment-begun")
		}
		var c checks
		in.apply(a.Assessment, a.model, &c)
		a.verb = "assessment.update"
		a.Version++
		if in.Assessors != nil {
			a.end(s.now())
		}
		return nil, c.err()
	})
}

// ListAssessments gives the assessments of an iteration, of others' sheets only those
// that the actor may read.
func (s *Service) ListAssessments(ctx context.Context, actor account.Actor, id IterationID) ([]Assessment, error) {
	_, programme, err := s.iteration(ctx, actor, account.ReadProgress, id)
	if err != nil {
		return nil, err
	}
	all, err := s.store.ListAssessments(ctx, id)
	if err != nil {
		return nil, err
	}
	all = slices.DeleteFunc(all, func(a Assessment) bool {
		return !concerns(actor, account.ReadProgress, programme.Organisation, a.Process)
	})
	for n := range all {
		m, err := s.model(ctx, programme.Organisation, all[n].Model)
		if err != nil {
			return nil, err
		}
		if err := all[n].complete(actor, m); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// ShowAssessment gives an assessment, of others' sheets only those that the actor may
// read.
func (s *Service) ShowAssessment(ctx context.Context, actor account.Actor, id AssessmentID) (*Assessment, error) {
	a, err := s.assessment(ctx, actor, account.ReadProgress, id)
	if err != nil {
		return nil, err
	}
	return a.Assessment, a.complete(actor, a.model)
}
