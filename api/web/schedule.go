package web

import (
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"pulscheck/api/view"
	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/cadence"
	"pulscheck/survey/fault"
)

// previewed is how many rounds a schedule shows in advance.
const previewed = 4

// schedule is the cadence of a programme (A8) and what it would give.
type schedule struct {
	Empty             string // nothing is set
	Form              *view.Form
	Weekdays, Regions []view.Choice
	Preview, Dropped  *view.Table
	Note              string
}

// ShowSchedule shows the cadence of a programme, and the next rounds it gives the
// current iteration.
func (w *Web) ShowSchedule(c *gin.Context) error {
	v, p, err := w.programme(c)
	if err != nil {
		return err
	}
	set, err := w.service.ShowCadence(v.Context(), v.Actor, p.ID)
	if err != nil {
		return err
	}
	data, plan := schedule{}, set.Plan
	if set.Version == 0 {
		data.Empty = v.T("web.schedule.empty")
	}
	if v.again {
		if asked, err := v.plan(); err == nil {
			plan = asked
		}
	}
	if v.May(account.ChangeProgramme) {
		data.Form = v.Form("web.schedule", "/programmes/"+string(p.ID)+"/cadence", planned(set))
		data.choices(v)
	}
	i, err := v.scheduled(p)
	if err != nil {
		return err
	}
	if i != nil && v.page.Problem == "" {
		if err := v.preview(i, plan, &data); err != nil {
			return err
		}
	}
	return v.Show("schedule/show", v.T("web.schedule.heading"), data)
}

// scheduled gives the iteration that a schedule plans for next: the first in PLAN or DO
// that says when CHECK begins, else the current one.
func (v *Visit) scheduled(p *survey.Programme) (*survey.Iteration, error) {
	all, err := v.web.service.ListIterations(v.Context(), v.Actor, p.ID)
	if err != nil {
		return nil, err
	}
	for n := range all {
		if i := &all[n]; (i.Phase == survey.Plan || i.Phase == survey.Do) && !i.Checks.IsZero() {
			return i, nil
		}
	}
	return v.place.iteration, nil
}

func (s *schedule) choices(v *Visit) {
	monday := time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)
	for n := range 5 {
		s.Weekdays = append(s.Weekdays, view.Choice{Value: strconv.Itoa(n + 1), Text: v.Weekday(monday.AddDate(0, 0, n))})
	}
	s.Regions = []view.Choice{{Text: v.T("web.schedule.no-region")}}
	for _, r := range cadence.Regions() {
		s.Regions = append(s.Regions, view.Choice{Value: r.Key, Text: v.In(r.Name)})
	}
}

// planned gives the fields of a cadence.
func planned(set *survey.Cadence) url.Values {
	p := set.Plan
	var own []string
	for _, o := range p.Own {
		own = append(own, o.From.String()+" "+o.To.String()+" "+o.Name)
	}
	return url.Values{
		"every_weeks": {strconv.Itoa(p.EveryWeeks)}, "offset_days": {strconv.Itoa(p.OffsetDays)}, "weekday": {strconv.Itoa(int(p.Weekday))},
		"opens": {p.Opens.String()}, "closes": {p.Closes.String()}, "open_working_days": {strconv.Itoa(p.OpenWorkingDays)},
		"region": {p.Region}, "check_lead": {strconv.Itoa(p.CheckLead)}, "own_dates": {strings.Join(own, "\n")}, "seen": {strconv.Itoa(set.Version)},
	}
}

// plan reads a cadence.
func (v *Visit) plan() (cadence.Plan, error) {
	p := cadence.Plan{
		EveryWeeks: number(v.Text("every_weeks")), OffsetDays: number(v.Text("offset_days")), Weekday: time.Weekday(number(v.Text("weekday"))),
		OpenWorkingDays: number(v.Text("open_working_days")), Region: v.Text("region"), CheckLead: number(v.Text("check_lead")),
	}
	f := fault.New(fault.Invalid, "cadence-invalid")
	note := func(name, code string, err error) {
		if err != nil {
			f = f.With(fault.Field{Pointer: "/" + name, Code: code})
		}
	}
	var err error
	p.Opens, err = cadence.ParseClock(v.Text("opens"))
	note("opens", "time-invalid", err)
	p.Closes, err = cadence.ParseClock(v.Text("closes"))
	note("closes", "time-invalid", err)
	for line := range strings.Lines(v.Text("own_dates")) {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		first, rest, _ := strings.Cut(line, " ")
		last, name, _ := strings.Cut(strings.TrimSpace(rest), " ")
		own := cadence.Own{Name: strings.TrimSpace(name)}
		own.From, err = cadence.ParseDate(first)
		note("own_dates", "date-invalid", err)
		own.To, err = cadence.ParseDate(last)
		note("own_dates", "date-invalid", err)
		p.Own = append(p.Own, own)
	}
	if len(f.Fields) > 0 {
		return p, f
	}
	return p, nil
}

// UpdateSchedule takes a cadence over, or only looks at what it would give.
func (w *Web) UpdateSchedule(c *gin.Context) error {
	v, p, err := w.programme(c)
	if err != nil {
		return err
	}
	plan, err := v.plan()
	switch {
	case err != nil:
	case v.Text("then") == "preview":
		plan.Zone = v.place.organisation.Zone
		if err = plan.Validate(); err == nil {
			v.again = true
			return w.ShowSchedule(c)
		}
	default:
		_, err = w.service.PutCadence(v.Context(), v.Actor, p.ID, number(v.Text("seen")), plan)
	}
	if err != nil {
		return v.Again(err, w.ShowSchedule)
	}
	return v.Goto("/programmes/" + string(p.ID) + "/cadence")
}

// preview adds the next rounds that a plan would give an iteration.
func (v *Visit) preview(i *survey.Iteration, plan cadence.Plan, data *schedule) error {
	s, err := v.web.service.PreviewCadence(v.Context(), v.Actor, i.ID, &plan)
	if err != nil {
		if f := fault.Of(err); f.Kind == fault.Invalid {
			data.Note = v.sentence(f.Key, f.Args)
			return nil
		}
		return err
	}
	zone := zoneOf(v.place.organisation)
	t := &view.Table{Caption: v.T("web.schedule.preview-caption", "number", i.Number), Empty: v.T("web.schedule.none-left"), Columns: []view.Column{
		{Title: v.T("web.overview.round")}, {Title: v.T("web.round.kind")}, {Title: v.T("web.schedule.planned")}, {Title: v.T("web.schedule.held")}, {Title: v.T("web.schedule.why")},
	}}
	for _, r := range s.Next(v.web.now(), previewed) {
		row := view.Row{
			{Text: v.Integer(r.Number)}, {Text: v.T("web.round.kind-" + string(r.Kind))}, {Text: v.Date(r.Planned.Time())},
			{Text: v.Period(r.Opens.At.In(zone), r.Closes.At.In(zone))}, {Text: v.collisions(r.Within)},
		}
		if r.Moved() {
			row[4] = view.Cell{Status: &view.Status{Kind: "watch", Text: v.T("web.schedule.moved", "why", v.collisions(r.Collisions), "when", row[3].Text)}}
		}
		t.Rows = append(t.Rows, row)
	}
	data.Preview, data.Note = v.Arrange(t), v.T("web.schedule.note-"+string(i.Phase))
	if len(s.Dropped) > 0 {
		data.Dropped = &view.Table{Caption: v.T("web.schedule.dropped-caption"), Columns: []view.Column{{Title: v.T("web.schedule.planned")}, {Title: v.T("web.schedule.why")}}}
		for _, d := range s.Dropped {
			data.Dropped.Rows = append(data.Dropped.Rows, view.Row{{Text: v.Date(d.Planned.Time())}, {Text: v.collisions(d.Collisions)}})
		}
		v.Arrange(data.Dropped)
	}
	return nil
}

// collisions says what a planned round ran into.
func (v *Visit) collisions(all []cadence.Collision) string {
	var words []string
	for _, c := range all {
		when := v.Date(c.From.Time())
		if c.From != c.To {
			when = v.Period(c.From.Time(), c.To.Time())
		}
		words = append(words, v.T("web.schedule.on-"+string(c.Reason), "name", v.In(c.Name), "when", when))
	}
	return strings.Join(words, "; ")
}
