package web

import (
	"net/url"
	"strconv"
	"time"

	"github.com/gin-gonic/gin"

	"pulscheck/api/view"
	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/questionnaire"
)

func improvementsOf(id survey.IterationID) string {
	return "/iterations/" + string(id) + "/improvements"
}

// ListImprovements is the register, overdue entries first (A16).
func (w *Web) ListImprovements(c *gin.Context) error {
	v, i, err := w.iteration(c)
	if err != nil {
		return err
	}
	all, err := w.service.ListImprovements(v.Context(), v.Actor, i.ID)
	if err != nil {
		return err
	}
	t := &view.Table{Caption: v.T("web.improvements.caption"), Empty: v.T("web.improvements.empty"), Columns: []view.Column{
		{Key: "number", Title: v.T("web.improvements.number")}, {Title: v.T("web.improvement.criticism")}, {Title: v.T("web.improvement.status")},
		{Key: "due", Title: v.T("web.improvement.due")}, {Title: v.T("web.improvement.answer")}, {Title: v.T("web.improvement.moves")},
	}}
	for n := range all {
		t.Rows = append(t.Rows, v.improvementRow(&all[n]))
	}
	if v.May(account.ChangeProgress) && i.Phase != survey.Finished {
		v.Action(v.T("web.improvements.new"), improvementsOf(i.ID)+"/new")
	}
	if len(all) > 0 {
		v.Action("CSV", improvementsOf(i.ID)+".csv")
		v.Action("XLSX", improvementsOf(i.ID)+".xlsx")
	}
	return v.Show("improvement/list", v.T("web.improvements.heading"), v.Arrange(t))
}

func (v *Visit) improvementRow(m *survey.Improvement) view.Row {
	first := view.Cell{Text: v.T("web.improvements.key", "number", m.Number), Sort: strconv.Itoa(m.Number)}
	if v.May(account.ChangeProgress) {
		first.Href = "/improvements/" + string(m.ID)
	}
	criticism := view.Cell{Text: m.Criticism, Small: v.concerned(m.Process, m.Owner)}
	if m.Potential != "" {
		criticism.Small = "→ " + m.Potential + " · " + criticism.Small
	}
	status := view.Cell{Status: &view.Status{Kind: improvementKind[m.Status], Text: v.T("web.improvement.status-" + string(m.Status))}, Small: m.Reason}
	due := dayCell(v, m.Due)
	if m.Overdue {
		due.Status = &view.Status{Kind: "act", Text: v.late(m)}
	}
	answer := view.Cell{Text: m.Answer}
	if m.Answer != "" {
		answer.Small = v.T("web.improvements.answered", "day", day(v, m.Answered), "channel", m.Channel)
		if m.Channel == "" {
			answer.Small = day(v, m.Answered)
		}
		if m.Visible {
			answer.Small += " · " + v.T("web.improvements.visible")
		}
	}
	return view.Row{first, criticism, status, due, answer, v.aim(m)}
}

var improvementKind = map[survey.ImprovementStatus]string{
	survey.ImprovementNew: "none", survey.ImprovementExamined: "watch", survey.ImprovementPlanned: "watch", survey.ImprovementDone: "ok", survey.ImprovementInfeasible: "none",
}

// late says for how long something has been overdue.
func (v *Visit) late(m *survey.Improvement) string {
	due, err := time.Parse(time.DateOnly, m.Due)
	now, wrong := time.Parse(time.DateOnly, v.today(v.place.organisation))
	if err != nil || wrong != nil {
		return ""
	}
	days := int(now.Sub(due) / (24 * time.Hour))
	if m.Answer == "" {
		return v.T("web.improvements.unanswered", "n", days)
	}
	return v.T("web.improvements.overdue", "n", days)
}

// aim says what is to move, and whether it did.
func (v *Visit) aim(m *survey.Improvement) view.Cell {
	if m.Moves == "" {
		return view.Cell{Text: "–"}
	}
	cell := v.effect(m.Effect)
	cell.Text = v.movable(m.Moves)
	if m.Target != nil {
		cell.Text = v.T("web.improvements.target", "what", cell.Text, "value", v.plain(*m.Target))
	}
	return cell
}

// movable names an item or construct of the built-in questionnaires.
func (v *Visit) movable(key string) string {
	for _, c := range v.movables() {
		if c.Value == key {
			return c.Text
		}
	}
	return key
}

// movables are the items and constructs that an improvement may be to move.
func (v *Visit) movables() []view.Choice {
	var all []view.Choice
	known := map[string]bool{}
	add := func(key, name string) {
		if !known[key] {
			known[key] = true
			all = append(all, view.Choice{Value: key, Text: key + " – " + name})
		}
	}
	asked := []*questionnaire.Questionnaire{questionnaire.Check(), questionnaire.Pulse()}
	for _, q := range asked {
		for _, one := range q.Constructs {
			if len(q.ItemsOf(one.Key)) > 0 {
				add(one.Key, v.In(one.Name))
			}
		}
	}
	for _, q := range asked {
		for n := range q.Items {
			add(q.Items[n].Key, v.In(q.Items[n].Short))
		}
	}
	return all
}

// improvementForm is a form of an improvement; a new one has neither status nor answer.
type improvementForm struct {
	Form                           *view.Form
	Fixed                          bool
	Effect                         *view.Table
	Pair                           string // address of the form of a pair that tells of it
	Processes, Steps, Moves, Roles []view.Choice
	Visible                        []view.Choice
}

func (v *Visit) improvementForm(action string, m *survey.Improvement, values url.Values) improvementForm {
	any := func(key string, all []view.Choice) []view.Choice {
		return append([]view.Choice{{Text: v.T(key)}}, all...)
	}
	return improvementForm{
		Form: v.Form("web.improvement", action, values), Fixed: m.ID != "", Processes: v.processes(account.ChangeProgress, m.Process),
		Steps: v.worded("web.improvement.status-", "new", "examined", "planned", "done", "infeasible"),
		Moves: any("web.improvement.nothing", v.movables()), Roles: any("web.improvement.everybody", v.choices(v.place.organisation.Roles, m.Role)),
		Visible: v.worded("web.improvement.visible-", "no", "yes"),
	}
}

// NewImprovement asks for an improvement, made of a comment if the address names one.
func (w *Web) NewImprovement(c *gin.Context) error {
	v, i, err := w.iteration(c)
	if err != nil {
		return err
	}
	values := url.Values{}
	if id := c.Query("comment"); id != "" && v.May(account.ModerateComments) {
		comment, err := w.service.ShowComment(v.Context(), v.Actor, survey.CommentID(id))
		if err != nil {
			return err
		}
		values.Set("comments", id)
		values.Set("criticism", comment.Shown())
	}
	v.Crumb(v.T("web.nav.improvements"), improvementsOf(i.ID))
	return v.Show("improvement/edit", v.T("web.improvements.new"), v.improvementForm(improvementsOf(i.ID), &survey.Improvement{}, values))
}

func (v *Visit) improvementInput() (survey.ImprovementInput, error) {
	target, err := v.saidNumber("target")
	in := survey.ImprovementInput{
		Process: v.said("process"), Criticism: v.said("criticism"), Potential: v.said("potential"), Status: v.said("status"), Reason: v.said("reason"),
		Owner: v.said("owner"), Due: v.said("due"), Answer: v.said("answer"), Answered: v.said("answered"), Channel: v.said("channel"),
		Visible: v.saidYes("visible"), Moves: v.said("moves"), Role: v.said("role"), Target: target, Done: v.said("done"),
	}
	if id := v.Text("comments"); id != "" {
		in.Comments = &[]string{id}
	}
	return in, err
}

// CreateImprovement notes criticism down.
func (w *Web) CreateImprovement(c *gin.Context) error {
	v, i, err := w.iteration(c)
	if err != nil {
		return err
	}
	in, err := v.improvementInput()
	if err == nil {
		_, err = w.service.CreateImprovement(v.Context(), v.Actor, i.ID, in)
	}
	if err != nil {
		return v.Again(err, w.NewImprovement)
	}
	return v.Goto(improvementsOf(i.ID))
}

// improvement gives the improvement in the path.
func (w *Web) improvement(c *gin.Context) (*Visit, *survey.Improvement, error) {
	v := visitOf(c)
	m, err := w.service.ShowImprovement(v.Context(), v.Actor, survey.RecordID(c.Param("record")))
	if err != nil {
		return v, nil, err
	}
	return v, m, v.below(m.Iteration, "improvements", improvementsOf(m.Iteration))
}

// EditImprovement shows one to change it, with what has moved since.
func (w *Web) EditImprovement(c *gin.Context) error {
	v, m, err := w.improvement(c)
	if err != nil {
		return err
	}
	values := url.Values{
		"seen": {strconv.Itoa(m.Version)}, "process": {m.Process}, "criticism": {m.Criticism}, "potential": {m.Potential}, "status": {string(m.Status)},
		"reason": {m.Reason}, "owner": {m.Owner}, "due": {m.Due}, "answer": {m.Answer}, "answered": {m.Answered}, "channel": {m.Channel},
		"visible": {"no"}, "moves": {m.Moves}, "role": {m.Role}, "done": {m.Done},
	}
	if m.Visible {
		values.Set("visible", "yes")
	}
	if m.Target != nil {
		values.Set("target", v.plain(*m.Target))
	}
	f := v.improvementForm("/improvements/"+string(m.ID), m, values)
	if m.Moves != "" {
		f.Effect = v.Arrange(&view.Table{Caption: v.T("web.effect.caption"), Columns: []view.Column{{Title: v.T("web.improvement.moves")}, {Title: v.T("web.effect.heading")}},
			Rows: []view.Row{{{Text: v.movable(m.Moves)}, v.effect(m.Effect)}}})
	}
	if v.May(account.ModerateComments) {
		f.Pair = pairsOf(m.Iteration) + "/new?" + url.Values{"improvement": {string(m.ID)}}.Encode()
	}
	if v.place.iteration.Phase == survey.Finished {
		f.Pair = ""
	}
	return v.Show("improvement/edit", v.T("web.improvements.nth", "number", m.Number), f)
}

// UpdateImprovement changes one.
func (w *Web) UpdateImprovement(c *gin.Context) error {
	v, m, err := w.improvement(c)
	if err != nil {
		return err
	}
	in, err := v.improvementInput()
	if err == nil {
		_, err = w.service.UpdateImprovement(v.Context(), v.Actor, m.ID, number(v.Text("seen")), in)
	}
	if err != nil {
		return v.Again(err, w.EditImprovement)
	}
	return v.Goto(improvementsOf(m.Iteration))
}

// ExportImprovements gives the register as a file.
func (w *Web) ExportImprovements(c *gin.Context) error {
	v, i, err := w.iteration(c)
	if err != nil {
		return err
	}
	return v.export(w.service.ExportImprovements(v.Context(), v.Actor, i.ID))
}
