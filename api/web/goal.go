package web

import (
	"html/template"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"pulscheck/api/view"
	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/fault"
)

func goalsOf(i *survey.Iteration) string { return "/iterations/" + string(i.ID) + "/goals" }

// goalsPage is the table of goals (A13).
type goalsPage struct {
	Empty string
	Rows  []goalRow
	Files []view.Link
}

// goalRow is one goal. Measure is the form that adds what was measured of its KPI.
type goalRow struct {
	ID, Name, Href, About, Carried string
	Letters                        []letter
	Baseline, Target, Due, Actual  string
	Arrow, Direction               string // the sign, and what it says
	Fed                            string
	KPI                            view.Link
	Measure                        *view.Form
	Value, Day                     view.Field
	Status                         *view.Status
	State                          string
	Track                          template.HTML
}

// letter is one of SMART; Lacks says what is missing.
type letter struct{ Letter, Lacks string }

// ListGoals shows the goals of an iteration.
func (w *Web) ListGoals(c *gin.Context) error {
	v, i, err := w.iteration(c)
	if err != nil {
		return err
	}
	return v.listGoals(i)
}

func (v *Visit) listGoals(i *survey.Iteration) error {
	all, err := v.web.service.ListGoals(v.Context(), v.Actor, i.ID)
	if err != nil {
		return err
	}
	kpis, err := v.web.service.ListKPIs(v.Context(), v.Actor, i.ID)
	if err != nil {
		return err
	}
	page := goalsPage{}
	if len(all) == 0 {
		page.Empty = v.T("web.goals.empty")
	}
	fed := map[survey.RecordID]bool{}
	for _, k := range kpis {
		fed[k.ID] = k.Pulse != ""
	}
	for n := range all {
		row, err := v.goalRow(i, &all[n], fed[all[n].KPI])
		if err != nil {
			return err
		}
		page.Rows = append(page.Rows, row)
	}
	page.Files = v.kpiFiles(i)
	if v.May(account.ChangeProgress) && i.Phase != survey.Finished {
		v.Action(v.T("web.goals.new"), goalsOf(i)+"/new")
	}
	v.Action(v.T("web.kpis.heading"), kpisOf(i))
	return v.Show("goal/list", v.T("web.goals.heading"), page)
}

func (v *Visit) goalRow(i *survey.Iteration, g *survey.Goal, fed bool) (row goalRow, err error) {
	row = goalRow{
		ID: string(g.ID), Name: g.Name, About: v.process(g.Process), Letters: v.letters(g), State: v.T("web.goals.state-" + string(g.Status)),
		Baseline: v.told(g.Baseline, g.Unit), Target: v.told(g.Target, g.Unit), Arrow: "↑", Direction: v.T("web.kpis." + g.Direction), Due: "–", Actual: "–",
		Status: v.attainment(g.Attainment()),
	}
	if g.Direction == survey.Down {
		row.Arrow = "↓"
	}
	if g.Process == "" {
		row.About = v.T("web.goals.whole")
	}
	if g.Owner != "" {
		row.About += " · " + g.Owner
	}
	if g.Origin != "" {
		row.Carried = v.T("web.goals.carried", "number", i.Number-1)
	}
	if g.Due != "" {
		row.Due = day(v, g.Due)
	}
	var actual *float64
	if g.Last != nil {
		actual = &g.Last.Value
		row.Actual = v.T("web.goals.measured", "value", v.told(actual, g.Unit), "day", day(v, g.Last.Day))
	}
	if fed || g.Fed != nil {
		row.Fed = v.fed(g.Fed)
	}
	if g.Target != nil || g.Baseline != nil {
		row.Track = v.track(g.Baseline, actual, g.Target, g.Direction, g.Unit)
	}
	if g.KPI != "" {
		row.KPI = view.Link{Text: v.T("web.goals.history"), Href: kpiAt(g.KPI)}
	}
	if !v.May(account.ChangeProgress) || i.Phase == survey.Finished {
		return row, nil
	}
	row.Href = goalAt(g.ID)
	switch {
	case g.KPI == "":
		row.KPI = view.Link{Text: v.T("web.goals.add-kpi"), Href: kpisOf(i) + "/new?goal=" + string(g.ID)}
	case !fed && g.Fed == nil:
		return row, v.askActual(&row)
	}
	return row, nil
}

// askActual makes the small form of a row; its fields end in the id, as errors point to
// them.
func (v *Visit) askActual(row *goalRow) (err error) {
	row.Measure = v.Form("web.goals", goalAt(survey.RecordID(row.ID))+"/actual", url.Values{
		"day-" + row.ID: {v.web.now().In(zoneOf(v.place.organisation)).Format(time.DateOnly)},
	})
	if row.Value, err = row.Measure.Field("value-"+row.ID, "inputmode=decimal", "autocomplete=off"); err != nil {
		return err
	}
	if row.Day, err = row.Measure.Field("day-"+row.ID, "type=date"); err != nil {
		return err
	}
	row.Value.Label, row.Day.Label = v.T("web.goals.actual"), v.T("web.goals.on")
	for n, wrong := range v.page.Wrong {
		if wrong.Field == row.Value.Name || wrong.Field == row.Day.Name {
			v.page.Wrong[n].Label = row.Name
		}
	}
	return nil
}

func goalAt(id survey.RecordID) string { return "/goals/" + string(id) }

// letters are those of SMART with what each lacks.
func (v *Visit) letters(g *survey.Goal) (all []letter) {
	missing := g.Missing()
	for _, l := range strings.Split("SMART", "") {
		one := letter{Letter: l}
		if strings.Contains(missing, l) {
			one.Lacks = v.T("web.goals.lacks-" + l)
		}
		all = append(all, one)
	}
	return all
}

// goalForm asks for a goal.
type goalForm struct {
	Form                                          *view.Form
	Processes, Directions, Agreed, Statuses, KPIs []view.Choice
	Fixed                                         bool
	Carried                                       string
}

func (v *Visit) goalForm(i *survey.Iteration, action string, values url.Values) (*goalForm, error) {
	kpis, err := v.web.service.ListKPIs(v.Context(), v.Actor, i.ID)
	if err != nil {
		return nil, err
	}
	f := &goalForm{
		Form: v.Form("web.goal", action, values), Processes: v.mayConcern(v.T("web.goals.whole"), values.Get("process")), Directions: v.directions(),
		Agreed: []view.Choice{{Value: "yes", Text: v.T("web.goal.is-agreed")}}, KPIs: []view.Choice{{Text: v.T("web.goal.no-kpi")}},
	}
	for _, s := range []survey.GoalStatus{survey.GoalOpen, survey.GoalClosed, survey.GoalDropped} {
		f.Statuses = append(f.Statuses, view.Choice{Value: string(s), Text: v.T("web.goals.state-" + string(s))})
	}
	known := values.Get("kpi") == ""
	for _, k := range kpis {
		f.KPIs = append(f.KPIs, view.Choice{Value: string(k.ID), Text: k.Name})
		known = known || string(k.ID) == values.Get("kpi")
	}
	if !known { // of an earlier iteration
		f.KPIs = append(f.KPIs, view.Choice{Value: values.Get("kpi"), Text: v.T("web.goal.earlier-kpi")})
	}
	return f, nil
}

// ownFirst is the process that a form begins with: one of the own, or the whole scope.
func (v *Visit) ownFirst() string {
	if own := v.Actor.Only(account.ChangeProgress, string(v.place.organisation.ID)); len(own) > 0 {
		return own[0]
	}
	return ""
}

// NewGoal asks for a goal.
func (w *Web) NewGoal(c *gin.Context) error {
	v, i, err := w.iteration(c)
	if err != nil {
		return err
	}
	f, err := v.goalForm(i, goalsOf(i), url.Values{"process": {v.ownFirst()}, "direction": {survey.Up}})
	if err != nil {
		return err
	}
	v.Crumb(v.T("web.goals.heading"), goalsOf(i))
	v.Lead(v.T("web.goals.lead"))
	return v.Show("goal/edit", v.T("web.goals.new"), f)
}

// goalInput reads the form of a goal.
func (v *Visit) goalInput() (in survey.GoalInput, err error) {
	x, err := v.amounts("baseline", "target")
	text := func(name string) *string { t := strings.ReplaceAll(v.Text(name), "\r\n", "\n"); return &t }
	agreed := v.Checked("agreed", "yes")
	in = survey.GoalInput{
		Process: text("process"), Name: text("name"), Specific: text("specific"), Metric: text("metric"), Unit: text("unit"), Source: text("source"),
		Direction: text("direction"), Baseline: survey.Say(x[0]), Target: survey.Say(x[1]), Owner: text("owner"), Agreed: &agreed, Relevance: text("relevance"),
		Due: text("due"), KPI: text("kpi"),
	}
	if v.sent.Has("status") {
		in.Status = text("status")
	}
	return in, err
}

// CreateGoal sets a goal.
func (w *Web) CreateGoal(c *gin.Context) error {
	v, i, err := w.iteration(c)
	if err != nil {
		return err
	}
	in, err := v.goalInput()
	if err == nil {
		_, err = w.service.CreateGoal(v.Context(), v.Actor, i.ID, in)
	}
	if err != nil {
		return v.Again(err, w.NewGoal)
	}
	return v.Goto(goalsOf(i))
}

// goal gives the goal in the path, in its iteration.
func (w *Web) goal(c *gin.Context) (*Visit, *survey.Goal, error) {
	v := visitOf(c)
	g, err := w.service.ShowGoal(v.Context(), v.Actor, survey.RecordID(c.Param("record")))
	if err != nil {
		return v, nil, err
	}
	return v, g, v.inGoals(g.Iteration)
}

// inGoals enters an iteration, below its goals.
func (v *Visit) inGoals(id survey.IterationID) error {
	if err := v.at(&place{}, id); err != nil {
		return err
	}
	v.Section("goals")
	v.Crumb(v.T("web.goals.heading"), goalsOf(v.place.iteration))
	return nil
}

// EditGoal shows a goal to change it.
func (w *Web) EditGoal(c *gin.Context) error {
	v, g, err := w.goal(c)
	if err != nil {
		return err
	}
	values := url.Values{
		"process": {g.Process}, "name": {g.Name}, "specific": {g.Specific}, "metric": {g.Metric}, "unit": {g.Unit}, "source": {g.Source},
		"direction": {g.Direction}, "baseline": {v.written(g.Baseline)}, "target": {v.written(g.Target)}, "owner": {g.Owner}, "relevance": {g.Relevance},
		"due": {g.Due}, "status": {string(g.Status)}, "kpi": {string(g.KPI)}, "seen": {strconv.Itoa(g.Version)},
	}
	if g.Agreed {
		values.Set("agreed", "yes")
	}
	f, err := v.goalForm(v.place.iteration, goalAt(g.ID), values)
	if err != nil {
		return err
	}
	if f.Fixed = true; g.Origin != "" {
		f.Carried = v.T("web.goals.carried", "number", v.place.iteration.Number-1)
	}
	return v.Show("goal/edit", g.Name, f)
}

// UpdateGoal changes a goal.
func (w *Web) UpdateGoal(c *gin.Context) error {
	v, g, err := w.goal(c)
	if err != nil {
		return err
	}
	in, err := v.goalInput()
	if err == nil {
		_, err = w.service.UpdateGoal(v.Context(), v.Actor, g.ID, number(v.Text("seen")), in)
	}
	if err != nil {
		return v.Again(err, w.EditGoal)
	}
	return v.Goto(goalsOf(v.place.iteration))
}

// AddActual stores what was measured of the KPI of a goal, in the row of the goal.
func (w *Web) AddActual(c *gin.Context) error {
	v, g, err := w.goal(c)
	if err != nil {
		return err
	}
	if g.KPI == "" {
		return fault.New(fault.NotFound, "not-found")
	}
	value, err := v.amount("value-" + string(g.ID))
	if err == nil {
		err = v.measure(g.KPI, value, v.Text("day-"+string(g.ID)), "")
	}
	if err != nil {
		f := fault.Of(err)
		for n, one := range f.Fields {
			if !strings.HasSuffix(one.Pointer, string(g.ID)) {
				f.Fields[n].Pointer += "-" + string(g.ID)
			}
		}
		i := v.place.iteration
		return v.Again(f, func(*gin.Context) error {
			if err := v.at(&place{}, i.ID); err != nil {
				return err
			}
			v.Section("goals")
			return v.listGoals(i)
		})
	}
	return v.Goto(goalsOf(v.place.iteration))
}
