package web

import (
	"net/url"
	"slices"
	"strconv"

	"github.com/gin-gonic/gin"

	"pulscheck/api/view"
	"pulscheck/survey"
	"pulscheck/survey/account"
)

func decisionsOf(id survey.IterationID) string { return "/iterations/" + string(id) + "/decisions" }

// minutes is the page of decisions (A18).
type minutes struct {
	Table   *view.Table
	Follows *view.Link // what becomes of the report; nil = nothing was decided, or there is none
}

// ListDecisions shows what lies before the committee, and what it said.
func (w *Web) ListDecisions(c *gin.Context) error {
	v, i, err := w.iteration(c)
	if err != nil {
		return err
	}
	all, err := w.service.ListDecisions(v.Context(), v.Actor, i.ID)
	if err != nil {
		return err
	}
	t := &view.Table{Caption: v.T("web.decisions.caption"), Empty: v.T("web.decisions.empty"), Columns: []view.Column{
		{Key: "number", Title: v.T("web.decisions.number")}, {Title: v.T("web.decision.proposal")}, {Title: v.T("web.decision.outcome")},
		{Key: "owner", Title: v.T("web.decision.owner")}, {Key: "due", Title: v.T("web.decision.due")},
	}}
	may := v.May(account.RecordDecisions) && i.Phase != survey.Finished
	for n := range all {
		t.Rows = append(t.Rows, v.decisionRow(&all[n], may))
	}
	if may {
		v.Action(v.T("web.decisions.new"), decisionsOf(i.ID)+"/new")
	}
	page := minutes{Table: v.Arrange(t)}
	if slices.ContainsFunc(all, func(d survey.Decision) bool { return d.Outcome != "" }) {
		if page.Follows, err = v.follows(i.ID); err != nil {
			return err
		}
	}
	return v.Show("decision/list", v.T("web.decisions.heading", "number", i.Number), page)
}

func (v *Visit) decisionRow(d *survey.Decision, may bool) view.Row {
	first := view.Cell{Text: v.T("web.decisions.key", "number", d.Number), Sort: strconv.Itoa(d.Number)}
	if may {
		first.Href = "/decisions/" + string(d.ID)
	}
	if d.Since > 0 {
		first.Small = v.T("web.decisions.since", "number", d.Since)
	}
	proposal := view.Cell{Text: d.In(v.Language()), Small: v.concerned(d.Process, "")}
	outcome := view.Cell{Status: &view.Status{Kind: "none", Text: v.T("web.decisions.open")}}
	if d.Outcome != "" {
		kind := map[survey.Outcome]string{survey.Accepted: "ok", survey.Changed: "ok", survey.Postponed: "watch"}[d.Outcome]
		if kind == "" {
			kind = "none"
		}
		outcome.Status = &view.Status{Kind: kind, Text: v.T("web.decision.outcome-" + string(d.Outcome))}
	}
	if d.Outcome == survey.Changed {
		outcome.Small = d.Wording
	}
	if d.Remark != "" {
		if outcome.Small != "" {
			outcome.Small += " · "
		}
		outcome.Small += d.Remark
	}
	due := dayCell(v, d.Due)
	if d.Done != "" {
		due.Status = &view.Status{Kind: "ok", Text: v.T("web.decisions.done", "day", day(v, d.Done))}
	}
	owner := view.Cell{Text: d.Owner}
	if d.Owner == "" {
		owner.Text = "–"
	}
	return view.Row{first, proposal, outcome, owner, due}
}

// follows says which version of the check report tells of the decisions: the draft, or the
// one after the last that was issued.
func (v *Visit) follows(id survey.IterationID) (*view.Link, error) {
	all, err := v.web.service.ListReports(v.Context(), v.Actor, id)
	if err != nil {
		return nil, err
	}
	last, issued := 0, 0
	for n := range all {
		if r := &all[n]; r.Kind == survey.CheckReport {
			last = max(last, r.Number)
			if r.State == survey.ReportIssued {
				issued = max(issued, r.Number)
			}
		}
	}
	text := v.T("web.decisions.follows", "number", issued+1)
	switch {
	case last == 0:
		return nil, nil
	case issued == 0:
		text = v.T("web.decisions.follows-draft")
	}
	return &view.Link{Text: text, Href: "/iterations/" + string(id) + "/reports"}, nil
}

// decisionForm is a form of a decision.
type decisionForm struct {
	Form                *view.Form
	Fixed               bool
	Processes, Outcomes []view.Choice
}

func (v *Visit) decisionForm(action string, d *survey.Decision, values url.Values) decisionForm {
	return decisionForm{
		v.Form("web.decision", action, values), d.ID != "", v.processes(account.RecordDecisions, d.Process),
		append([]view.Choice{{Text: v.T("web.decisions.open")}}, v.worded("web.decision.outcome-", "yes", "changed", "postponed", "no")...),
	}
}

// NewDecision asks for a proposal.
func (w *Web) NewDecision(c *gin.Context) error {
	v, i, err := w.iteration(c)
	if err != nil {
		return err
	}
	v.Crumb(v.T("web.nav.decisions"), decisionsOf(i.ID))
	return v.Show("decision/edit", v.T("web.decisions.new"), v.decisionForm(decisionsOf(i.ID), &survey.Decision{}, url.Values{"outcome": {""}}))
}

func (v *Visit) decisionInput() survey.DecisionInput {
	return survey.DecisionInput{
		Process: v.said("process"), Proposal: v.said("proposal"), Outcome: v.said("outcome"), Wording: v.said("wording"), Remark: v.said("remark"),
		Owner: v.said("owner"), Due: v.said("due"), Done: v.said("done"),
	}
}

// CreateDecision lays a proposal before the committee, or records what it decided.
func (w *Web) CreateDecision(c *gin.Context) error {
	v, i, err := w.iteration(c)
	if err != nil {
		return err
	}
	if _, err := w.service.CreateDecision(v.Context(), v.Actor, i.ID, v.decisionInput()); err != nil {
		return v.Again(err, w.NewDecision)
	}
	return v.Goto(decisionsOf(i.ID))
}

// decision gives the decision in the path.
func (w *Web) decision(c *gin.Context) (*Visit, *survey.Decision, error) {
	v := visitOf(c)
	d, err := w.service.ShowDecision(v.Context(), v.Actor, survey.RecordID(c.Param("record")))
	if err != nil {
		return v, nil, err
	}
	return v, d, v.below(d.Iteration, "decisions", decisionsOf(d.Iteration))
}

// EditDecision shows one, to record what was decided.
func (w *Web) EditDecision(c *gin.Context) error {
	v, d, err := w.decision(c)
	if err != nil {
		return err
	}
	return v.Show("decision/edit", v.T("web.decisions.nth", "number", d.Number), v.decisionForm("/decisions/"+string(d.ID), d, url.Values{
		"seen": {strconv.Itoa(d.Version)}, "process": {d.Process}, "proposal": {d.In(v.Language())}, "outcome": {string(d.Outcome)}, "wording": {d.Wording},
		"remark": {d.Remark}, "owner": {d.Owner}, "due": {d.Due}, "done": {d.Done},
	}))
}

// UpdateDecision records what was decided. A proposal in the reader's language that
// nobody edited stays that of the rule, in both languages.
func (w *Web) UpdateDecision(c *gin.Context) error {
	v, d, err := w.decision(c)
	if err != nil {
		return err
	}
	in := v.decisionInput()
	if in.Proposal != nil && *in.Proposal == d.In(v.Language()) {
		in.Proposal = nil
	}
	if _, err := w.service.UpdateDecision(v.Context(), v.Actor, d.ID, number(v.Text("seen")), in); err != nil {
		return v.Again(err, w.EditDecision)
	}
	return v.Goto(decisionsOf(d.Iteration))
}
