package v1

import (
	"context"
	"net/http"
	"time"

	"pulscheck/survey"
	"pulscheck/survey/account"
)

// Work is a job that somebody waits for.
type Work struct {
	Kind      string     `json:"kind" enum:"report,team,close,count" doc:"report: check report and comparison; team: team sheet"`
	State     string     `json:"state" enum:"waiting,running,failed,given-up,done" doc:"failed: another try follows by itself; given-up: none does"`
	Due       time.Time  `json:"due" doc:"when it was ordered, or fell due"`
	Tries     int        `json:"tries" doc:"begun so far"`
	Next      *time.Time `json:"next" doc:"of the next try"`
	Ended     *time.Time `json:"ended"`
	Failure   *string    `json:"failure" doc:"code of what was wrong with the last try"`
	Reference string     `json:"reference" doc:"number under which log and audit know it"`
}

func newWork(w *survey.Work) *Work {
	if w == nil {
		return nil
	}
	out := &Work{Kind: string(w.Kind), State: string(w.State), Due: w.Due.UTC(), Tries: w.Tries, Reference: w.Reference()}
	switch {
	case w.Ended():
		out.Ended = utc(&w.At)
	case w.State != survey.WorkRunning:
		out.Next = utc(&w.At)
	}
	if w.Failure != "" {
		out.Failure = &w.Failure
	}
	return out
}

// Drawings are the jobs that draw reports of an iteration.
type Drawings struct {
	Works []Work `json:"works" nullable:"false" doc:"at most one of each kind, the last that was ordered"`
}

// ListDrawings tells how far reports are.
func (a *API) ListDrawings(ctx context.Context, actor account.Actor, in *ByIteration) (*struct{ Body Drawings }, error) {
	all, err := a.service.ListDrawings(ctx, actor, survey.IterationID(in.Iteration))
	if err != nil {
		return nil, err
	}
	out := &struct{ Body Drawings }{Drawings{[]Work{}}}
	for n := range all {
		out.Body.Works = append(out.Body.Works, *newWork(&all[n]))
	}
	return out, nil
}

// Redrawing says which reports are drawn again.
type Redrawing struct {
	Kind string `json:"kind" enum:"report,team" doc:"report: check report and comparison; team: team sheet"`
}

// RepeatDrawing has reports drawn at once whose drawing failed.
func (a *API) RepeatDrawing(ctx context.Context, actor account.Actor, in *struct {
	ByIteration
	Body Redrawing
}) (*Ordered, error) {
	err := a.service.RepeatDrawing(ctx, actor, survey.IterationID(in.Iteration), survey.JobKind(in.Body.Kind))
	if err != nil {
		return nil, err
	}
	return &Ordered{http.StatusAccepted}, nil
}

// Counting is how far the counting of a round is.
type Counting struct {
	Step      string     `json:"step" enum:"open,closing,trustee,counting,forgetting,forgotten" doc:"trustee: locked until the trustee unlocks it; forgetting: results are stored, ballots and keys are destroyed"`
	Closes    time.Time  `json:"closes"`
	Counted   *time.Time `json:"counted"`
	Forfeited bool       `json:"forfeited" doc:"given up without results: nobody unlocked it in time, or it had been counted in a database that was replaced by a backup"`
	Work      *Work      `json:"work" doc:"the job that takes it on, or did last"`
}

// ShowCounting tells how far the counting of a round is.
func (a *API) ShowCounting(ctx context.Context, actor account.Actor, in *ByRound) (*struct{ Body Counting }, error) {
	c, err := a.service.ShowCounting(ctx, actor, survey.RoundID(in.Round))
	if err != nil {
		return nil, err
	}
	return &struct{ Body Counting }{Counting{string(c.Step), c.Round.Closes.UTC(), utc(c.Round.CountedAt), c.Forfeited, newWork(c.Work)}}, nil
}

// RepeatCounting has a round counted at once whose counting failed.
func (a *API) RepeatCounting(ctx context.Context, actor account.Actor, in *ByRound) (*Ordered, error) {
	if err := a.service.RepeatCounting(ctx, actor, survey.RoundID(in.Round)); err != nil {
		return nil, err
	}
	return &Ordered{http.StatusAccepted}, nil
}
