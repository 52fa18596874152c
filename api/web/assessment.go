package web

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"pulscheck/api/view"
	"pulscheck/survey"
	"pulscheck/survey/account"
)

// assessmentForm is what is said of an assessment. Fixed: it has begun to exist, and
// process and framework stay.
type assessmentForm struct {
	Form                    *view.Form
	Fixed                   bool
	Processes, Models, Core []view.Choice
}

// NewAssessment asks for a process and how it is assessed.
func (w *Web) NewAssessment(c *gin.Context) error {
	v, i, err := w.iteration(c)
	if err != nil {
		return err
	}
	all, err := w.service.ListModels(v.Context(), v.Actor, v.place.organisation.ID)
	if err != nil {
		return err
	}
	process := c.Query("process")
	if process == "" && len(i.Scope) > 0 {
		process = i.Scope[0]
	}
	f := assessmentForm{
		Form:      v.Form("web.assessment", assessmentsOf(i), url.Values{"process": {process}, "model": {survey.DefaultModel}, "assessors": {"1"}}),
		Processes: v.mayConcern(v.T("web.maturity.organisation"), process), Core: v.core(),
	}
	for _, m := range all {
		f.Models = append(f.Models, view.Choice{Value: m.ID, Text: v.In(m.Title), Hint: v.T("web.assessment.levels", "low", m.Lowest(), "high", m.Highest())})
	}
	v.Crumb(v.T("web.maturity.heading"), assessmentsOf(i))
	v.Lead(v.T("web.assessment.lead"))
	return v.Show("assessment/edit", v.T("web.maturity.new"), f)
}

func (v *Visit) core() []view.Choice {
	return []view.Choice{{Value: "yes", Text: v.T("web.assessment.is-core")}}
}

// mayConcern are the processes that the user may change something of, and the whole.
func (v *Visit) mayConcern(whole, taken string) []view.Choice {
	all, only := v.choices(v.place.organisation.Processes, taken), v.Actor.Only(account.ChangeProgress, string(v.place.organisation.ID))
	if only == nil {
		return append(all, view.Choice{Text: whole})
	}
	return slices.DeleteFunc(all, func(c view.Choice) bool { return !slices.Contains(only, c.Value) })
}

// assessmentInput reads the form.
func (v *Visit) assessmentInput() survey.AssessmentInput {
	target, assessors, core := number(v.Text("target")), number(v.Text("assessors")), v.Checked("core", "yes")
	var teams []string
	for _, line := range strings.Split(v.Text("teams"), "\n") {
		if line = strings.TrimSpace(line); line != "" {
			teams = append(teams, line)
		}
	}
	return survey.AssessmentInput{Target: &target, Core: &core, Assessors: &assessors, Teams: &teams}
}

// CreateAssessment begins to assess a process.
func (w *Web) CreateAssessment(c *gin.Context) error {
	v, i, err := w.iteration(c)
	if err != nil {
		return err
	}
	in, process, model := v.assessmentInput(), v.Text("process"), v.Text("model")
	in.Process = &process
	if model != "" {
		in.Model = &model
	}
	made, err := w.service.CreateAssessment(v.Context(), v.Actor, i.ID, in)
	if err != nil {
		return v.Again(err, w.NewAssessment)
	}
	return v.Goto(assessmentAt(made))
}

func assessmentAt(a *survey.Assessment) string { return "/assessments/" + string(a.ID) }

// assessment gives the assessment in the path, in its iteration.
func (w *Web) assessment(c *gin.Context) (*Visit, *survey.Assessment, error) {
	v := visitOf(c)
	a, err := w.service.ShowAssessment(v.Context(), v.Actor, survey.AssessmentID(c.Param("assessment")))
	if err != nil {
		return v, nil, err
	}
	p := &place{}
	if err := v.at(p, a.Iteration); err != nil {
		return v, nil, err
	}
	v.Section("maturity")
	v.Crumb(v.T("web.maturity.heading"), assessmentsOf(p.iteration))
	return v, a, nil
}

// EditAssessment shows what is said of an assessment, to change it.
func (w *Web) EditAssessment(c *gin.Context) error {
	v, a, err := w.assessment(c)
	if err != nil {
		return err
	}
	values := url.Values{"assessors": {strconv.Itoa(a.Assessors)}, "teams": {strings.Join(a.Teams, "\n")}, "seen": {strconv.Itoa(a.Version)}}
	if a.Target > 0 {
		values.Set("target", strconv.Itoa(a.Target))
	}
	if a.Core {
		values.Set("core", "yes")
	}
	v.Crumb(v.process(a.Process), assessmentAt(a))
	return v.Show("assessment/edit", v.T("web.assessment.edit"), assessmentForm{
		Form: v.Form("web.assessment", assessmentAt(a), values), Fixed: true, Core: v.core(),
	})
}

// UpdateAssessment changes it.
func (w *Web) UpdateAssessment(c *gin.Context) error {
	v, a, err := w.assessment(c)
	if err != nil {
		return err
	}
	if _, err := w.service.UpdateAssessment(v.Context(), v.Actor, a.ID, number(v.Text("seen")), v.assessmentInput()); err != nil {
		return v.Again(err, w.EditAssessment)
	}
	return v.Goto(assessmentAt(a))
}

// ConfirmCloseAssessment asks before rating ends although somebody is not done.
func (w *Web) ConfirmCloseAssessment(c *gin.Context) error {
	v, a, err := w.assessment(c)
	if err != nil {
		return err
	}
	return v.Confirm(v.T("web.assessment.close-heading"), assessmentAt(a)+"/close", v.T("web.assessment.close"), assessmentAt(a),
		url.Values{"seen": {strconv.Itoa(a.Version)}},
		v.T("web.maturity.assessors", "finished", a.Finished, "n", a.Assessors), v.T("web.assessment.close-drafts"), v.T("web.assessment.close-open"))
}

// CloseAssessment ends rating.
func (w *Web) CloseAssessment(c *gin.Context) error {
	return w.turn(c, w.service.CloseAssessment, w.ConfirmCloseAssessment)
}

// ConfirmReopenAssessment asks before people may rate again.
func (w *Web) ConfirmReopenAssessment(c *gin.Context) error {
	v, a, err := w.assessment(c)
	if err != nil {
		return err
	}
	return v.Confirm(v.T("web.assessment.reopen-heading"), assessmentAt(a)+"/reopen", v.T("web.assessment.reopen"), assessmentAt(a),
		url.Values{"seen": {strconv.Itoa(a.Version)}}, v.T("web.assessment.reopen-settled"), v.T("web.assessment.reopen-hidden"))
}

// ReopenAssessment lets assessors rate again.
func (w *Web) ReopenAssessment(c *gin.Context) error {
	return w.turn(c, w.service.ReopenAssessment, w.ConfirmReopenAssessment)
}

// turn closes an assessment or opens it again.
func (w *Web) turn(
	c *gin.Context, change func(context.Context, account.Actor, survey.AssessmentID, int) (*survey.Assessment, error), asked func(*gin.Context) error,
) error {
	v, a, err := w.assessment(c)
	if err != nil {
		return err
	}
	if _, err := change(v.Context(), v.Actor, a.ID, number(v.Text("seen"))); err != nil {
		return v.Again(err, asked)
	}
	return v.Goto(assessmentAt(a))
}
