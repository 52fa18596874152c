package web

import (
	"slices"
	"time"

	"github.com/gin-gonic/gin"

	"pulscheck/api/view"
	"pulscheck/survey"
	"pulscheck/survey/account"
)

// ShowCounting shows how far the counting of a round is: what happened, and what comes.
func (w *Web) ShowCounting(c *gin.Context) error {
	v, r, err := w.round(c)
	if err != nil {
		return err
	}
	v.Section("iterations")
	v.Crumb(v.In(r.Title), roundAt(r.ID))
	s, err := w.service.ShowCounting(v.Context(), v.Actor, r.ID)
	if err != nil {
		return err
	}
	p := view.Progress{State: "running"}
	if s.Work != nil {
		p = v.progressOf(s.Work, "web.counting.job-")
	}
	p.Mark += " " + string(s.Step)
	if p.State != "failed" {
		p.State, p.Known = "running", nil
		p.Text = v.T("web.counting.step-" + string(s.Step))
		if s.Step == survey.StepCounting && s.Work != nil && s.Work.State != survey.WorkDone {
			p.Text = v.T("web.counting.job-" + string(s.Work.State))
		}
	} else if v.May(account.OpenRounds) {
		p.Again = roundAt(r.ID) + "/counting"
	}
	switch s.Step {
	case survey.StepOpen, survey.StepTrustee:
		p.State, p.Failed, p.Again, p.Known = "waiting", nil, "", nil
		p.Text = v.T("web.counting.step-" + string(s.Step))
		v.Action(v.T("web.work.refresh"), roundAt(r.ID)+"/counting")
	case survey.StepForgotten: // whoever counted it
		p.State, p.Failed, p.Again, p.Known = "done", nil, "", nil
		p.Text = v.T("web.counting.step-" + string(s.Step))
	}
	if s.Forfeited {
		p.Text = v.lost(r)
	}
	p.Known = append(v.countingSteps(s), p.Known...)
	if r.CountedAt != nil && v.May(account.ReadResults) {
		p.Result = view.Link{Text: v.T("web.counting.results"), Href: roundAt(r.ID) + "/results"}
	}
	return v.Progress(v.T("web.counting.heading"), p)
}

// lost says why a round has no results and never gets any.
func (v *Visit) lost(r *survey.Round) string {
	if r.Restored != nil {
		return v.T("web.round.restored-over")
	}
	return v.T("web.counting.forfeited")
}

// countingSteps are what a round goes through, with the instants that are known.
func (v *Visit) countingSteps(s *survey.CountingState) []view.Known {
	steps := []survey.CountingStep{survey.StepOpen, survey.StepTrustee, survey.StepCounting, survey.StepForgetting}
	if s.Round.Trustee == nil {
		steps = slices.Delete(steps, 1, 2)
	}
	order := []survey.CountingStep{survey.StepOpen, survey.StepClosing, survey.StepTrustee, survey.StepCounting, survey.StepForgetting, survey.StepForgotten}
	at := slices.Index(order, s.Step)
	when := map[survey.CountingStep]time.Time{survey.StepOpen: s.Round.Closes}
	if s.Round.CountedAt != nil {
		when[survey.StepCounting] = *s.Round.CountedAt
	}
	if s.Step == survey.StepForgotten && s.Work != nil && s.Work.State == survey.WorkDone {
		when[survey.StepForgetting] = s.Work.At
	}
	var all []view.Known
	for _, step := range steps {
		k := view.Known{Name: v.T("web.counting." + string(step))}
		switch n := slices.Index(order, step); {
		case step == survey.StepOpen && s.Step == survey.StepOpen:
			k.Status, k.Value = &view.Status{Kind: "none", Text: v.T("web.counting.later")}, "– "+v.moment(s.Round.Closes)
		case step == survey.StepCounting && s.Forfeited:
			k.Status = &view.Status{Kind: "act", Text: v.T("web.counting.not")}
		case n < at && s.Step != survey.StepClosing:
			k.Status = &view.Status{Kind: "ok", Text: v.T("web.counting.over")}
			if t := when[step]; !t.IsZero() {
				k.Status.Text = v.moment(t)
			}
		case n == at || s.Step == survey.StepClosing && step == survey.StepOpen:
			k.Status = &view.Status{Kind: "watch", Text: v.T("web.counting.now")}
		default:
			k.Status = &view.Status{Kind: "none", Text: v.T("web.counting.later")}
		}
		all = append(all, k)
	}
	return all
}

// RepeatCounting has a round counted again whose counting failed.
func (w *Web) RepeatCounting(c *gin.Context) error {
	v, r, err := w.round(c)
	if err != nil {
		return err
	}
	if err := w.service.RepeatCounting(v.Context(), v.Actor, r.ID); err != nil {
		return v.Again(err, w.ShowCounting)
	}
	return v.Goto(roundAt(r.ID) + "/counting")
}
