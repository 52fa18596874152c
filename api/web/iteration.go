package web

import (
	"net/url"
	"strconv"
	"time"

	"github.com/gin-gonic/gin"

	"pulscheck/api/view"
	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/fault"
)

func iterationAt(id survey.IterationID) string { return "/iterations/" + string(id) }

type iterationForm struct {
	Form  *view.Form
	Scope []view.Choice
}

// NewIteration asks for the next iteration of a programme. It proposes what its schedule
// has room for: DO from next Monday on, sixteen weeks, then four weeks of CHECK and ACT.
func (w *Web) NewIteration(c *gin.Context) error {
	v, p, err := w.programme(c)
	if err != nil {
		return err
	}
	v.Section("iterations")
	v.Crumb(v.T("web.nav.iterations"), programmesOf(p.Organisation))
	begins := w.now().In(zoneOf(v.place.organisation))
	begins = begins.AddDate(0, 0, 7-int(begins.Weekday()+6)%7)
	values := url.Values{
		"starts": {begins.Format(time.DateOnly)}, "checks": {begins.AddDate(0, 0, 16*7).Format(time.DateOnly)}, "ends": {begins.AddDate(0, 0, 20*7).Format(time.DateOnly)},
	}
	for _, n := range v.place.organisation.Processes {
		if !n.Archived {
			values.Add("scope", n.Key)
		}
	}
	v.Lead(v.T("web.iteration.lead"))
	return v.Show("iteration/edit", v.T("web.iteration.plan"), v.iterationForm("/programmes/"+string(p.ID)+"/iterations", values))
}

func (v *Visit) iterationForm(action string, values url.Values) iterationForm {
	f := iterationForm{Form: v.Form("web.iteration", action, values)}
	known := map[string]bool{}
	for _, key := range values["scope"] {
		known[key] = true
	}
	for _, n := range v.place.organisation.Processes {
		if !n.Archived || known[n.Key] {
			f.Scope = append(f.Scope, view.Choice{Value: n.Key, Text: v.In(n.Name)})
		}
	}
	return f
}

// days reads days of a form as their first instants in the organisation's zone.
func (v *Visit) days(names ...string) (days []*time.Time, err error) {
	f := fault.New(fault.Invalid, "date-invalid")
	for _, name := range names {
		t, err := time.ParseInLocation(time.DateOnly, v.Text(name), zoneOf(v.place.organisation))
		if err != nil {
			f = f.With(fault.Field{Pointer: "/" + name, Code: "date-invalid"})
		}
		days = append(days, &t)
	}
	if len(f.Fields) > 0 {
		return nil, f
	}
	return days, nil
}

// iterationInput reads what the form says of an iteration.
func (v *Visit) iterationInput() (survey.IterationInput, error) {
	scope, reason := v.Texts("scope"), v.Text("no_goals")
	in := survey.IterationInput{Seen: number(v.Text("seen")), Scope: &scope, NoGoals: &reason}
	days, err := v.days("starts", "checks", "ends")
	if err == nil {
		in.Starts, in.Checks, in.Ends = days[0], days[1], days[2]
	}
	return in, err
}

// CreateIteration plans the next iteration.
func (w *Web) CreateIteration(c *gin.Context) error {
	v, p, err := w.programme(c)
	if err != nil {
		return err
	}
	in, err := v.iterationInput()
	if err != nil {
		return v.Again(err, w.NewIteration)
	}
	i, err := w.service.CreateIteration(v.Context(), v.Actor, p.ID, in)
	if err != nil {
		return v.Again(err, w.NewIteration)
	}
	return v.Goto(iterationAt(i.ID))
}

// iterationPage is where an iteration stands, what it needs to go on, its rounds and the
// flags on its time axes.
type iterationPage struct {
	Phases  []phase
	Gate    []view.Link // what the next phase asks for and does not find, and where to mend it
	Ready   string      // it finds everything
	Advance view.Link
	Edit    string
	Rounds  *view.Table
	Round   string // address of a new one
	Events  *view.Table
	Event   *view.Form
	Kinds   []view.Choice
}

// ShowIteration shows an iteration.
func (w *Web) ShowIteration(c *gin.Context) error {
	v, i, err := w.iteration(c)
	if err != nil {
		return err
	}
	v.Section("iterations")
	v.page.Crumbs = v.page.Crumbs[:1]
	v.Crumb(v.T("web.nav.iterations"), programmesOf(v.place.organisation.ID))
	page := iterationPage{Phases: v.phases(v.place)}
	if err := v.gate(i, &page); err != nil {
		return err
	}
	if page.Rounds, err = v.roundTable(i); err != nil {
		return err
	}
	if v.May(account.DraftRounds) && i.Phase != survey.Finished {
		v.Action(v.T("web.round.new"), iterationAt(i.ID)+"/rounds/new")
	}
	if v.May(account.ChangeProgramme) && i.Phase != survey.Finished {
		v.Action(v.T("web.iteration.edit"), iterationAt(i.ID)+"/edit")
	}
	if v.May(account.DraftRounds) && i.Ends.Before(w.now()) {
		v.Action(v.T("web.past.import"), iterationAt(i.ID)+"/import")
	}
	v.events(i, &page)
	v.Lead(v.T("web.iteration.phase-"+string(i.Phase)) + " · " + v.place.programme.Name)
	return v.Show("iteration/show", v.T("web.frame.iteration", "number", i.Number), page)
}

// gate says what the next phase still asks for.
func (v *Visit) gate(i *survey.Iteration, page *iterationPage) error {
	missing, err := v.web.service.Gate(v.Context(), v.Actor, i.ID)
	if err != nil || i.Phase == survey.Finished {
		return err
	}
	next := map[survey.Phase]string{survey.Plan: "DO", survey.Do: "CHECK", survey.Check: "ACT", survey.Act: "DONE"}[i.Phase]
	for _, m := range missing {
		href, err := v.mends(i, m.Code)
		if err != nil {
			return err
		}
		page.Gate = append(page.Gate, view.Link{Text: v.sentence(m.Code, nil), Href: href})
	}
	if len(missing) == 0 {
		page.Ready = v.T("web.iteration.ready-" + next)
		if v.May(account.ChangeProgramme) {
			page.Advance = view.Link{Text: v.T("web.iteration.advance-" + next), Href: iterationAt(i.ID) + "/advance"}
		}
	}
	return nil
}

// mends is the address where what a gate asks for is made, empty if the user may not.
func (v *Visit) mends(i *survey.Iteration, code string) (string, error) {
	check, err := v.checkRound(i)
	if err != nil {
		return "", err
	}
	for _, one := range []struct {
		code, href string
		may        account.Permission
	}{
		{"gate-scope", iterationAt(i.ID) + "/edit", account.ChangeProgramme},
		{"gate-people", peopleOf(v.place.organisation), account.ChangePeople},
		{"gate-cadence", "/programmes/" + string(i.Programme) + "/cadence", account.ChangeProgramme},
		{"gate-goals", iterationAt(i.ID) + "/goals", account.ChangeProgress},
		{"gate-check-round", check, account.DraftRounds},
		{"gate-report", reportsOf(i.ID), account.IssueReports},
		{"gate-decisions", iterationAt(i.ID) + "/decisions", account.ReadDecisions},
	} {
		if one.code == code && v.May(one.may) {
			return one.href, nil
		}
	}
	return "", nil
}

// checkRound is the address of the check round of an iteration, or where it is planned.
func (v *Visit) checkRound(i *survey.Iteration) (string, error) {
	all, err := v.web.service.ListRounds(v.Context(), v.Actor, i.ID)
	for _, r := range all {
		if r.Kind == survey.CheckRound && r.Vetoed == nil {
			return roundAt(r.ID), err
		}
	}
	return iterationAt(i.ID) + "/rounds/new", err
}

// roundTable is the table of the rounds of an iteration.
func (v *Visit) roundTable(i *survey.Iteration) (*view.Table, error) {
	all, err := v.web.service.ListRounds(v.Context(), v.Actor, i.ID)
	if err != nil {
		return nil, err
	}
	t := &view.Table{Caption: v.T("web.overview.rounds-caption"), Empty: v.T("web.overview.no-rounds"), Columns: []view.Column{
		{Title: v.T("web.overview.round")}, {Title: v.T("web.round.kind")}, {Title: v.T("web.overview.opens")}, {Title: v.T("web.overview.closes")}, {Title: v.T("web.overview.state")},
	}}
	zone := zoneOf(v.place.organisation)
	for n := range all {
		r := &all[n]
		t.Rows = append(t.Rows, view.Row{
			{Text: v.In(r.Title), Href: roundAt(r.ID)}, {Text: v.T("web.round.kind-" + string(r.Kind))},
			{Text: v.DateTime(r.Opens, zone)}, {Text: v.DateTime(r.Closes, zone)}, {Status: v.roundStatus(r)},
		})
	}
	return v.Arrange(t), nil
}

// EditIteration shows an iteration to change it.
func (w *Web) EditIteration(c *gin.Context) error {
	v, i, err := w.iteration(c)
	if err != nil {
		return err
	}
	v.Section("iterations")
	zone := zoneOf(v.place.organisation)
	return v.Show("iteration/edit", v.T("web.iteration.edit"), v.iterationForm(iterationAt(i.ID), url.Values{
		"starts": {i.Starts.In(zone).Format(time.DateOnly)}, "checks": {i.Checks.In(zone).Format(time.DateOnly)},
		"ends": {i.Ends.In(zone).Format(time.DateOnly)}, "scope": i.Scope, "no_goals": {i.NoGoals}, "seen": {strconv.Itoa(i.Version)},
	}))
}

// UpdateIteration changes an iteration.
func (w *Web) UpdateIteration(c *gin.Context) error {
	v, i, err := w.iteration(c)
	if err != nil {
		return err
	}
	in, err := v.iterationInput()
	if err == nil {
		_, err = w.service.UpdateIteration(v.Context(), v.Actor, i.ID, in)
	}
	if err != nil {
		return v.Again(err, w.EditIteration)
	}
	return v.Goto(iterationAt(i.ID))
}
