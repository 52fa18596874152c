package web

import (
	"slices"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"pulscheck/api/view"
	"pulscheck/report/chart"
	"pulscheck/report/fragment"
	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/maturity"
	"pulscheck/survey/tally"
)

func assessmentsOf(i *survey.Iteration) string {
	return "/iterations/" + string(i.ID) + "/assessments"
}

// maturityPage is the overview of all processes (A12).
type maturityPage struct {
	Empty   string
	Facts   []string
	Figure  *view.Figure
	Table   *view.Table
	Missing []view.Button
	Staff   string
}

// ListAssessments shows how far the processes of an iteration are, who still rates, and
// what the people in a process say of it themselves.
func (w *Web) ListAssessments(c *gin.Context) error {
	v, i, err := w.iteration(c)
	if err != nil {
		return err
	}
	m, err := w.service.Maturity(v.Context(), v.Actor, i.ID)
	if err != nil {
		return err
	}
	all := m.Processes
	if m.Organisation != nil {
		all = append(slices.Clone(all), *m.Organisation)
	}
	page := maturityPage{Table: v.maturityTable(i, all)}
	if !slices.ContainsFunc(all, func(p survey.ProcessMaturity) bool { return p.Assessment != nil }) {
		page.Empty = v.T("web.maturity.empty")
	}
	if m.Model != nil && slices.ContainsFunc(m.Processes, func(p survey.ProcessMaturity) bool { return p.Level() != nil || p.Before != nil }) {
		page.Figure = v.maturityFigure(m)
	}
	page.Facts = v.maturityFacts(m)
	if slices.ContainsFunc(all, func(p survey.ProcessMaturity) bool { return p.Staff != nil }) {
		page.Staff = v.T("web.maturity.staff-note")
	}
	if slices.ContainsFunc(all, func(p survey.ProcessMaturity) bool { return p.Staff.Banded() }) {
		page.Staff += " " + v.T("web.maturity.staff-band")
	}
	if v.May(account.ChangeProgress) && i.Phase != survey.Finished {
		v.Action(v.T("web.maturity.new"), assessmentsOf(i)+"/new")
	}
	if v.May(account.ReadProgramme) {
		v.Action(v.T("web.nav.models"), modelsOf(v.place.organisation))
	}
	return v.Show("maturity/list", v.T("web.maturity.heading"), page)
}

// maturityFacts say how far the whole is: never one number for all.
func (v *Visit) maturityFacts(m *survey.Maturity) (all []string) {
	p := m.Profile
	if p.WithTarget > 0 {
		all = append(all, v.T("web.maturity.at-target", "a", v.Integer(p.AtTarget), "n", p.WithTarget))
	}
	if p.Widest != nil {
		all = append(all, v.T("web.maturity.widest", "process", v.process(p.Widest.Process), "n", *p.Widest.Gap()))
	}
	if p.Provisional > 0 {
		all = append(all, v.T("web.maturity.provisional", "n", p.Provisional))
	}
	if p.Stage != nil {
		all = append(all, v.T("web.maturity.stage", "level", *p.Stage))
	}
	return all
}

// process names a process, or the organisation as one.
func (v *Visit) process(key string) string {
	if key == "" {
		return v.T("web.maturity.organisation")
	}
	return v.named(v.place.organisation.Processes, key)
}

func (v *Visit) maturityTable(i *survey.Iteration, all []survey.ProcessMaturity) *view.Table {
	t := &view.Table{Caption: v.T("web.maturity.caption"), Empty: v.T("web.maturity.no-scope"), Columns: []view.Column{
		{Key: "process", Title: v.T("web.maturity.process")}, {Key: "level", Title: v.T("web.maturity.level")},
		{Key: "target", Title: v.T("web.maturity.target")}, {Key: "gap", Title: v.T("web.maturity.gap")},
		{Title: v.T("web.maturity.state")}, {Title: v.T("web.maturity.before")}, {Title: v.T("web.maturity.staff")},
	}}
	for n := range all {
		p := &all[n]
		row := view.Row{{Text: v.process(p.Process)}, v.levelCell(p), {Text: "–", Sort: "-1"}, v.gapCell(p), v.stateCell(p), v.beforeCell(p), v.staffCell(p.Staff)}
		switch {
		case p.Assessment != nil:
			row[0].Href = "/assessments/" + string(p.Assessment.ID)
		case v.May(account.ChangeProgress) && i.Phase != survey.Finished:
			row[4].Links = []view.Link{{Text: v.T("web.maturity.begin"), Href: assessmentsOf(i) + "/new?process=" + p.Process}}
		}
		if p.Target > 0 {
			row[2] = view.Cell{Text: v.Integer(p.Target)}
		}
		t.Rows = append(t.Rows, row)
	}
	return v.Arrange(t)
}

// levelCell says the level by number and name.
func (v *Visit) levelCell(p *survey.ProcessMaturity) view.Cell {
	level := p.Level()
	if level == nil {
		return view.Cell{Text: "–", Sort: "-1"}
	}
	cell := view.Cell{Text: v.levelName(p.Assessment.Framework, *level), Sort: strconv.Itoa(*level)}
	if p.Now.Provisional {
		cell.Small = v.T("web.maturity.is-provisional")
	}
	return cell
}

// levelName gives "2 gesteuert".
func (v *Visit) levelName(m *maturity.Model, level int) string {
	for _, l := range m.Levels {
		if l.Level == level {
			return v.Integer(level) + " " + v.In(l.Name)
		}
	}
	return v.Integer(level)
}

func (v *Visit) gapCell(p *survey.ProcessMaturity) view.Cell {
	switch gap := p.Gap(); {
	case gap == nil:
		return view.Cell{Text: "–", Sort: "-9"}
	case *gap <= 0:
		return view.Cell{Status: &view.Status{Kind: "ok", Text: v.T("web.maturity.reached")}, Sort: strconv.Itoa(*gap)}
	default:
		return view.Cell{Status: &view.Status{Kind: "watch", Text: v.T("web.maturity.missing", "n", *gap)}, Sort: strconv.Itoa(*gap)}
	}
}

// stateCell says how far the assessors are.
func (v *Visit) stateCell(p *survey.ProcessMaturity) view.Cell {
	a := p.Assessment
	if a == nil {
		return view.Cell{Status: &view.Status{Kind: "none", Text: v.T("web.maturity.not-assessed")}}
	}
	cell := view.Cell{Status: v.assessmentStatus(a), Small: v.T("web.maturity.assessors", "finished", a.Finished, "n", a.Assessors)}
	return cell
}

func (v *Visit) assessmentStatus(a *survey.Assessment) *view.Status {
	switch {
	case a.State == survey.AssessmentRating:
		return &view.Status{Kind: "none", Text: v.T("web.maturity.rating")}
	case a.Result != nil && a.Result.Provisional:
		return &view.Status{Kind: "watch", Text: v.T("web.maturity.meeting")}
	}
	return &view.Status{Kind: "ok", Text: v.T("web.maturity.done")}
}

func (v *Visit) beforeCell(p *survey.ProcessMaturity) view.Cell {
	if p.Before == nil || p.Before.Result.Level == nil {
		return view.Cell{Text: "–"}
	}
	cell := view.Cell{Text: v.Integer(*p.Before.Result.Level), Small: v.T("web.frame.iteration", "number", p.Before.Number)}
	if kind := p.Change().Kind; kind == maturity.NotComparable {
		cell.Small += " · " + v.T("web.maturity.not-comparable")
	}
	return cell
}

// staffCell tells what the headline round displays of B4 and B5.
func (v *Visit) staffCell(s *survey.StaffView) view.Cell {
	if s == nil {
		return view.Cell{Text: "–", Small: v.T("web.maturity.no-round")}
	}
	if s.State == tally.Protected || len(s.Items) == 0 {
		return view.Cell{Status: &view.Status{Kind: "none", Text: "–"}, Small: v.T("web.maturity.protected")}
	}
	var said []string
	for _, item := range s.Items {
		text := "–"
		switch {
		case item.Band != "":
			text = v.band(item.Band)
		case item.Index != nil && s.State == tally.Indicative:
			text = "(" + v.Integer(*item.Index) + ")"
		case item.Index != nil:
			text = v.Integer(*item.Index)
		}
		said = append(said, v.T("web.maturity.item-"+item.Key)+" "+text)
	}
	return view.Cell{Text: strings.Join(said, " · ")}
}

// band says how a nearly unanimous group is shown: ">=90", "<=10".
func (v *Visit) band(band string) string {
	key, limit := "at-most", strings.TrimPrefix(band, "<=")
	if strings.HasPrefix(band, ">=") {
		key, limit = "at-least", band[2:]
	}
	return v.T("report."+key, "percent", v.Percent(number(limit)))
}

// maturityFigure draws the profile as page P8 of the report does; its table is that of
// the ladders alone.
func (v *Visit) maturityFigure(m *survey.Maturity) *view.Figure {
	p := chart.Profile{Lowest: m.Model.Lowest(), Words: v.T("web.maturity.figure")}
	for _, l := range m.Model.Levels {
		p.Names = append(p.Names, v.In(l.Name))
	}
	t := &view.Table{Caption: v.T("web.maturity.figure"), Columns: []view.Column{
		{Title: v.T("web.maturity.process")}, {Title: v.T("web.maturity.level"), Number: true},
		{Title: v.T("web.maturity.before"), Number: true}, {Title: v.T("web.maturity.target"), Number: true},
	}}
	for n := range m.Processes {
		one := &m.Processes[n]
		l := chart.Ladder{Lowest: m.Model.Lowest(), Highest: m.Model.Highest(), Level: one.Level(), Empty: v.T("web.maturity.open")}
		if one.Target > 0 {
			l.Target = &one.Target
		}
		if one.Before != nil && one.Before.Assessment.Model == m.Model.ID {
			l.Previous = one.Before.Result.Level
		}
		name := v.process(one.Process)
		p.Rows = append(p.Rows, chart.ProfileRow{Label: name, Ladder: l})
		t.Rows = append(t.Rows, view.Row{{Text: name}, v.maybe(l.Level), v.maybe(l.Previous), v.maybe(l.Target)})
	}
	return &view.Figure{
		Heading: v.T("web.maturity.profile"), Lead: v.T("web.maturity.legend"), Table: v.Arrange(t),
		SVG: fragment.Picture(p, chart.ProfileWidth, p.Height()),
	}
}

// maybe is a cell of a number that may not be known.
func (v *Visit) maybe(n *int) view.Cell {
	if n == nil {
		return view.Cell{Text: "–"}
	}
	return view.Cell{Text: v.Integer(*n)}
}
