package survey

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"strconv"
	"time"

	"pulscheck/survey/account"
	"pulscheck/survey/audit"
	"pulscheck/survey/fault"
)

// WorkState says how far a job is.
type WorkState string

// The states, as the table of jobs knows them.
const (
	WorkWaiting WorkState = "waiting"  // for its turn
	WorkRunning WorkState = "running"  // a replica is at it
	WorkFailed  WorkState = "failed"   // the last try failed, another follows
	WorkDead    WorkState = "given-up" // all tries failed, or trying again cannot help
	WorkDone    WorkState = "done"
)

// Work is a job that somebody waits for. There is no number of how much of it is done:
// a report is drawn within seconds, and counting says nothing before it is over.
type Work struct {
	Job
	State   WorkState
	Tries   int       // begun so far, the one that runs included
	At      time.Time // waiting and failed: of the next try; done and given up: when it ended
	Failure string    // problem code of the last try, if it failed
}

// Ended says that nothing more happens by itself.
func (w *Work) Ended() bool { return w.State == WorkDone || w.State == WorkDead }

// Reference is the number under which the log and the audit know a job.
func (j Job) Reference() string {
	sum := sha256.Sum256([]byte("pulscheck/job/v1\x00" + string(j.Kind) + "\x00" + j.Object + "\x00" + strconv.FormatInt(j.Due.UnixMilli(), 10)))
	return base64.RawURLEncoding.EncodeToString(sum[:6])
}

// Works tells of jobs and has them tried again.
type Works interface {
	// FindWork gives the last job of a kind and object, nil if there is none.
	FindWork(ctx context.Context, kind JobKind, object string, now time.Time) (*Work, error)
	// RepeatWork has a job tried at once that failed or was given up, with all its tries
	// anew. Fault Conflict "job-not-failed" of one that is at work, waits or is done.
	RepeatWork(ctx context.Context, j Job, at time.Time, told ...audit.Entry) error
}

// ListDrawings tells how far the reports of an iteration are that were ordered last: one
// job draws check report and comparison, one the team sheet. Nothing that was never ordered.
func (s *Service) ListDrawings(ctx context.Context, actor account.Actor, id IterationID) ([]Work, error) {
	if _, _, err := s.iteration(ctx, actor, account.ReadReports, id); err != nil {
		return nil, err
	}
	var all []Work
	for _, kind := range []JobKind{ReportJob, TeamJob} {
		w, err := s.lastDrawing(ctx, kind, id)
		if err != nil {
			return nil, err
		}
		if w != nil {
			all = append(all, *w)
		}
	}
	return all, nil
}

// RepeatDrawing has reports drawn at once whose drawing failed; kind is ReportJob or
// TeamJob. Fault Conflict "job-not-failed".
func (s *Service) RepeatDrawing(ctx context.Context, actor account.Actor, id IterationID, kind JobKind) error {
	_, programme, err := s.iteration(ctx, actor, account.IssueReports, id)
	if err != nil {
		return err
	}
	if kind != ReportJob && kind != TeamJob {
		return fault.New(fault.Invalid, "report-kind-unknown").With(fault.Field{Pointer: "/kind", Code: "report-kind-unknown"})
	}
	w, err := s.lastDrawing(ctx, kind, id)
	if err != nil {
		return err
	}
	return s.repeat(ctx, actor, programme.Organisation, string(id), w)
}

// lastDrawing finds the last job that draws reports of an iteration; nil = none.
func (s *Service) lastDrawing(ctx context.Context, kind JobKind, id IterationID) (*Work, error) {
	object := string(id)
	if kind == ReportJob {
		round, err := s.headline(ctx, id)
		if err != nil || round == nil {
			return nil, err
		}
		object = string(round.ID)
	}
	return s.store.FindWork(ctx, kind, object, s.now())
}

// repeat has failed work tried again.
func (s *Service) repeat(ctx context.Context, actor account.Actor, o OrganisationID, subject string, w *Work) error {
	if w == nil {
		return fault.New(fault.Conflict, "job-not-failed")
	}
	told := s.tell(actor, o, "job.repeat", subject, map[string]string{"kind": string(w.Kind), "reference": w.Reference()})
	return s.store.RepeatWork(ctx, w.Job, told.At, told)
}

// CountingStep is what happens to a round after it was open.
type CountingStep string

// The steps, in order. A round without a trustee does not wait for one.
const (
	StepOpen       CountingStep = "open"    // takes answers
	StepClosing    CountingStep = "closing" // its time is over, the job that closes it has not
	StepTrustee    CountingStep = "trustee" // closed, and locked until its trustee unlocks it
	StepCounting   CountingStep = "counting"
	StepForgetting CountingStep = "forgetting" // results are stored, ballots and keys are destroyed
	StepForgotten  CountingStep = "forgotten"
)

// CountingState is how far the counting of a round is.
type CountingState struct {
	Round     *Round
	Step      CountingStep
	Work      *Work // that takes it on, or did last; nil = none is known
	Forfeited bool  // see Round.Forfeited
}

// ShowCounting tells how far the counting of a round is. It says nothing of ballots.
// Fault Conflict "round-not-open" before it was opened.
func (s *Service) ShowCounting(ctx context.Context, actor account.Actor, id RoundID) (*CountingState, error) {
	round, err := s.round(ctx, actor, account.ReadRounds, id)
	if err != nil {
		return nil, err
	}
	if !round.State.Opened() {
		return nil, fault.New(fault.Conflict, "round-not-open")
	}
	c := &CountingState{Round: round}
	kind := CountJob
	switch round.State {
	case Open:
		kind, c.Step = CloseJob, StepClosing
		if s.now().Before(round.Closes) {
			c.Step = StepOpen
		}
	case Closed:
		c.Step = StepCounting
		locked, err := s.awaitsTrustee(ctx, round)
		if err != nil {
			return nil, err
		}
		if locked {
			c.Step = StepTrustee
		}
	case Counted:
		c.Step = StepForgetting
	default:
		c.Step = StepForgotten
	}
	c.Forfeited = round.Forfeited()
	c.Work, err = s.store.FindWork(ctx, kind, string(id), s.now())
	return c, err
}

// awaitsTrustee says that a closed round cannot be counted until somebody unlocks it. Keys
// that cannot be read now are no reason to ask for it: the job that counts tells of them.
func (s *Service) awaitsTrustee(ctx context.Context, r *Round) (bool, error) {
	if r.Trustee == nil {
		return false, nil
	}
	o, err := s.find(ctx, r.ID)
	if err != nil {
		return false, err
	}
	keys, unread := s.loadKeys(o)
	return unread == nil && keys.Locked(), nil
}

// RepeatCounting has a round counted at once whose counting failed. Fault Conflict
// "job-not-failed".
func (s *Service) RepeatCounting(ctx context.Context, actor account.Actor, id RoundID) error {
	round, err := s.round(ctx, actor, account.OpenRounds, id)
	if err != nil {
		return err
	}
	c, err := s.ShowCounting(ctx, actor, id)
	if err != nil {
		return err
	}
	return s.repeat(ctx, actor, round.Organisation, string(id), c.Work)
}
