package web

import (
	"net/url"
	"slices"
	"strconv"

	"github.com/gin-gonic/gin"

	"pulscheck/api/view"
	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/questionnaire"
)

func kpisOf(i *survey.Iteration) string { return "/iterations/" + string(i.ID) + "/kpis" }

func kpiAt(id survey.RecordID) string { return "/kpis/" + string(id) }

type kpisPage struct {
	Table *view.Table
	Files []view.Link
}

// ListKPIs shows the figures that are measured in an iteration.
func (w *Web) ListKPIs(c *gin.Context) error {
	v, i, err := w.iteration(c)
	if err != nil {
		return err
	}
	all, err := w.service.ListKPIs(v.Context(), v.Actor, i.ID)
	if err != nil {
		return err
	}
	t := &view.Table{Caption: v.T("web.kpis.caption"), Empty: v.T("web.kpis.empty"), Columns: []view.Column{
		{Key: "name", Title: v.T("web.kpis.name")}, {Title: v.T("web.kpis.baseline"), Number: true}, {Title: v.T("web.kpis.actual"), Number: true},
		{Title: v.T("web.kpis.target"), Number: true}, {Title: v.T("web.kpis.direction")}, {Title: v.T("web.kpis.source")}, {Title: v.T("web.kpis.state")},
	}}
	for n := range all {
		k := &all[n]
		row := view.Row{
			{Text: k.Name, Href: kpiAt(k.ID), Small: v.wholeOr(k.Process)}, {Text: v.told(k.Baseline, k.Unit)}, {Text: "–"}, {Text: v.told(k.Target, k.Unit)},
			{Text: v.T("web.kpis." + k.Direction)}, {Text: k.Source}, {Status: v.attainment(k.Attainment())},
		}
		if k.Last != nil {
			row[2] = view.Cell{Text: v.told(&k.Last.Value, k.Unit), Small: day(v, k.Last.Day)}
		}
		if k.Pulse != "" {
			row[5].Text, row[6].Small = v.pulse(k.Pulse), v.fed(k.Fed)
		}
		if k.Archived {
			row[6] = view.Cell{Status: &view.Status{Kind: "none", Text: v.T("web.entry.archived")}}
		}
		t.Rows = append(t.Rows, row)
	}
	v.Section("goals")
	v.Crumb(v.T("web.goals.heading"), goalsOf(i))
	if v.May(account.ChangeProgress) && i.Phase != survey.Finished {
		v.Action(v.T("web.kpis.new"), kpisOf(i)+"/new")
	}
	v.Lead(v.T("web.kpis.lead"))
	return v.Show("kpi/list", v.T("web.kpis.heading"), kpisPage{v.Arrange(t), v.kpiFiles(i)})
}

// wholeOr names a process, or the whole scope.
func (v *Visit) wholeOr(process string) string {
	if process == "" {
		return v.T("web.goals.whole")
	}
	return v.process(process)
}

// kpiFiles are the downloads of KPIs with their measurements.
func (v *Visit) kpiFiles(i *survey.Iteration) []view.Link {
	return []view.Link{
		{Text: v.T("web.kpis.csv"), Href: "/api/v1" + kpisOf(i) + ".csv"}, {Text: v.T("web.kpis.xlsx"), Href: "/api/v1" + kpisOf(i) + ".xlsx"},
	}
}

// pulse names the item or construct of the surveys that feeds a figure.
func (v *Visit) pulse(key string) string {
	for _, c := range v.pulses() {
		if c.Value == key {
			return v.T("web.kpis.from-pulse", "name", c.Text)
		}
	}
	return v.T("web.kpis.from-pulse", "name", key)
}

// pulses are the items and constructs of the built-in surveys.
func (v *Visit) pulses() (all []view.Choice) {
	seen := map[string]bool{}
	add := func(key, text string) {
		if !seen[key] && key != "" {
			all, seen[key] = append(all, view.Choice{Value: key, Text: text}), true
		}
	}
	for _, q := range []*questionnaire.Questionnaire{questionnaire.Check(), questionnaire.Pulse()} {
		for _, c := range q.Constructs {
			if slices.ContainsFunc(q.Items, func(i questionnaire.Item) bool { return i.Construct == c.Key }) {
				add(c.Key, v.In(c.Name))
			}
		}
		for _, i := range q.Items {
			add(i.Key, i.Key+" "+v.In(i.Short))
		}
	}
	return all
}

// kpiForm asks for a figure; Goal is the goal that it is to show.
type kpiForm struct {
	Form                                   *view.Form
	Processes, Directions, Pulses, Archive []view.Choice
	Fixed                                  bool
	Goal                                   string
}

func (v *Visit) kpiForm(action string, values url.Values) kpiForm {
	return kpiForm{
		Form: v.Form("web.kpi", action, values), Processes: v.mayConcern(v.T("web.goals.whole"), values.Get("process")), Directions: v.directions(),
		Pulses:  append([]view.Choice{{Text: v.T("web.kpi.no-pulse")}}, v.pulses()...),
		Archive: []view.Choice{{Value: "yes", Text: v.T("web.kpi.archive")}},
	}
}

// NewKPI asks for a figure; of a goal it takes over what the goal says.
func (w *Web) NewKPI(c *gin.Context) error {
	v, i, err := w.iteration(c)
	if err != nil {
		return err
	}
	values, goal := url.Values{"process": {v.ownFirst()}, "direction": {survey.Up}}, c.Query("goal")
	if v.again {
		goal = v.Text("goal")
	}
	if goal != "" {
		g, err := w.service.ShowGoal(v.Context(), v.Actor, survey.RecordID(goal))
		if err != nil {
			return err
		}
		values = url.Values{
			"process": {g.Process}, "name": {g.Metric}, "unit": {g.Unit}, "source": {g.Source}, "direction": {g.Direction},
			"baseline": {v.written(g.Baseline)}, "target": {v.written(g.Target)},
		}
	}
	v.Section("goals")
	v.Crumb(v.T("web.goals.heading"), goalsOf(i))
	v.Crumb(v.T("web.kpis.heading"), kpisOf(i))
	f := v.kpiForm(kpisOf(i), values)
	f.Goal = goal
	return v.Show("kpi/edit", v.T("web.kpis.new"), f)
}

func (v *Visit) kpiInput() (in survey.KPIInput, err error) {
	x, err := v.amounts("baseline", "target")
	text := func(name string) *string { t := v.Text(name); return &t }
	in = survey.KPIInput{
		Process: text("process"), Name: text("name"), Unit: text("unit"), Source: text("source"), Direction: text("direction"),
		Baseline: survey.Say(x[0]), Target: survey.Say(x[1]), Pulse: text("pulse"),
	}
	return in, err
}

// CreateKPI begins to measure a figure, and ties it to the goal that asked for it.
func (w *Web) CreateKPI(c *gin.Context) error {
	v, i, err := w.iteration(c)
	if err != nil {
		return err
	}
	in, err := v.kpiInput()
	if err != nil {
		return v.Again(err, w.NewKPI)
	}
	var goal *survey.Goal
	if id := v.Text("goal"); id != "" {
		if goal, err = w.service.ShowGoal(v.Context(), v.Actor, survey.RecordID(id)); err != nil {
			return err
		}
	}
	k, err := w.service.CreateKPI(v.Context(), v.Actor, i.ID, in)
	if err != nil {
		return v.Again(err, w.NewKPI)
	}
	if goal != nil {
		id := string(k.ID)
		if _, err := w.service.UpdateGoal(v.Context(), v.Actor, goal.ID, goal.Version, survey.GoalInput{KPI: &id}); err != nil {
			return err
		}
		return v.Goto(goalsOf(i))
	}
	return v.Goto(kpiAt(k.ID))
}

// kpi gives the KPI in the path, in its iteration.
func (w *Web) kpi(c *gin.Context) (*Visit, *survey.KPI, error) {
	v := visitOf(c)
	k, err := w.service.ShowKPI(v.Context(), v.Actor, survey.RecordID(c.Param("record")))
	if err != nil {
		return v, nil, err
	}
	if err := v.inGoals(k.Iteration); err != nil {
		return v, nil, err
	}
	v.Crumb(v.T("web.kpis.heading"), kpisOf(v.place.iteration))
	return v, k, nil
}

// EditKPI shows what is said of a figure, to change it.
func (w *Web) EditKPI(c *gin.Context) error {
	v, k, err := w.kpi(c)
	if err != nil {
		return err
	}
	values := url.Values{
		"process": {k.Process}, "name": {k.Name}, "unit": {k.Unit}, "source": {k.Source}, "direction": {k.Direction}, "pulse": {k.Pulse},
		"baseline": {v.written(k.Baseline)}, "target": {v.written(k.Target)}, "seen": {strconv.Itoa(k.Version)},
	}
	if k.Archived {
		values.Set("archived", "yes")
	}
	v.Crumb(k.Name, kpiAt(k.ID))
	f := v.kpiForm(kpiAt(k.ID), values)
	f.Fixed = true
	return v.Show("kpi/edit", v.T("web.kpis.edit"), f)
}

// UpdateKPI changes it.
func (w *Web) UpdateKPI(c *gin.Context) error {
	v, k, err := w.kpi(c)
	if err != nil {
		return err
	}
	in, err := v.kpiInput()
	if archived := v.Checked("archived", "yes"); err == nil {
		in.Archived = &archived
		_, err = w.service.UpdateKPI(v.Context(), v.Actor, k.ID, number(v.Text("seen")), in)
	}
	if err != nil {
		return v.Again(err, w.EditKPI)
	}
	return v.Goto(kpiAt(k.ID))
}
