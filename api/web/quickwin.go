package web

import (
	"net/url"
	"strconv"
	"time"

	"github.com/gin-gonic/gin"

	"pulscheck/api/view"
	"pulscheck/survey"
	"pulscheck/survey/account"
)

func quickWinsOf(id survey.IterationID) string { return "/iterations/" + string(id) + "/quick-wins" }

// board is the page of quick wins (A14).
type board struct {
	Tabs  []view.Link
	Table *view.Table
}

// untold says that something was reached and nobody was told.
func untold(q *survey.QuickWin) bool {
	return q.Told == "" && (q.Status == survey.QuickWinDone || q.Status == survey.QuickWinConfirmed)
}

// ListQuickWins is the board: planned, achieved, communicated, and what people noticed.
func (w *Web) ListQuickWins(c *gin.Context) error {
	v, i, err := w.iteration(c)
	if err != nil {
		return err
	}
	all, err := w.service.ListQuickWins(v.Context(), v.Actor, i.ID)
	if err != nil {
		return err
	}
	shown := c.Query("show")
	t := &view.Table{Caption: v.T("web.quickwins.caption"), Empty: v.T("web.quickwins.empty"), Columns: []view.Column{
		{Key: "name", Title: v.T("web.quickwin.name")}, {Key: "due", Title: v.T("web.quickwin.due")}, {Title: v.T("web.quickwin.status")},
		{Key: "reached", Title: v.T("web.quickwin.reached")}, {Key: "told", Title: v.T("web.quickwin.told")},
		{Title: v.T("web.quickwins.heard")}, {Title: v.T("web.quickwins.felt")},
	}}
	waiting := 0
	for n := range all {
		if untold(&all[n]) {
			waiting++
		} else if shown == "untold" {
			continue
		}
		t.Rows = append(t.Rows, v.quickWinRow(&all[n]))
	}
	if len(all) > 0 {
		t.Empty = v.T("web.quickwins.all-told")
	}
	v.Lead(v.T("web.quickwins.lead"))
	if v.May(account.ChangeProgress) && i.Phase != survey.Finished {
		v.Action(v.T("web.quickwins.new"), quickWinsOf(i.ID)+"/new")
	}
	return v.Show("quickwin/list", v.T("web.quickwins.heading"), board{
		Tabs: tabs(quickWinsOf(i.ID), shown, view.Link{Text: v.T("web.quickwins.all", "total", len(all))},
			view.Link{Text: v.T("web.quickwins.untold", "total", waiting), Href: "untold"}),
		Table: v.Arrange(t),
	})
}

func (v *Visit) quickWinRow(q *survey.QuickWin) view.Row {
	at := "/quick-wins/" + string(q.ID)
	name := view.Cell{Text: q.Name, Small: v.concerned(q.Process, q.Owner)}
	reached, told := dayCell(v, q.Reached), dayCell(v, q.Told)
	if q.Told != "" {
		told.Small = v.T("web.quickwins.how", "channel", q.Channel, "audience", q.Audience)
	}
	if v.May(account.ChangeProgress) {
		name.Href = at
		switch {
		case untold(q):
			told.Text, told.Links = "", []view.Link{{Text: v.T("web.quickwins.tell"), Href: at + "/told"}}
		case q.Status == survey.QuickWinPlanned || q.Status == survey.QuickWinDoing:
			reached.Text, reached.Links = "", []view.Link{{Text: v.T("web.quickwins.reach"), Href: at + "/reached"}}
		}
	}
	kind := map[survey.QuickWinStatus]string{survey.QuickWinDone: "ok", survey.QuickWinConfirmed: "ok", survey.QuickWinDoing: "watch"}[q.Status]
	if kind == "" {
		kind = "none"
	}
	return view.Row{
		name, dayCell(v, q.Due), {Status: &view.Status{Kind: kind, Text: v.T("web.quickwin.status-" + string(q.Status))}},
		reached, told, v.effect(q.Heard), v.effect(q.Felt),
	}
}

// quickWinForm is a form of a quick win; a new one has neither status nor days.
type quickWinForm struct {
	Form             *view.Form
	Fixed            bool
	Processes, Steps []view.Choice
}

func (v *Visit) quickWinForm(action string, process string, fixed bool, values url.Values) quickWinForm {
	return quickWinForm{
		v.Form("web.quickwin", action, values), fixed, v.processes(account.ChangeProgress, process),
		v.worded("web.quickwin.status-", "planned", "doing", "done", "confirmed", "dropped"),
	}
}

// NewQuickWin asks for a quick win.
func (w *Web) NewQuickWin(c *gin.Context) error {
	v, i, err := w.iteration(c)
	if err != nil {
		return err
	}
	v.Crumb(v.T("web.nav.quick-wins"), quickWinsOf(i.ID))
	v.Lead(v.T("web.quickwins.new-lead"))
	return v.Show("quickwin/edit", v.T("web.quickwins.new"), v.quickWinForm(quickWinsOf(i.ID), "", false, nil))
}

func (v *Visit) quickWinInput() survey.QuickWinInput {
	return survey.QuickWinInput{
		Process: v.said("process"), Name: v.said("name"), Owner: v.said("owner"), Due: v.said("due"), Status: v.said("status"),
		Reached: v.said("reached"), Evidence: v.said("evidence"), Told: v.said("told"), Channel: v.said("channel"), Audience: v.said("audience"),
	}
}

// CreateQuickWin plans one.
func (w *Web) CreateQuickWin(c *gin.Context) error {
	v, i, err := w.iteration(c)
	if err != nil {
		return err
	}
	if _, err := w.service.CreateQuickWin(v.Context(), v.Actor, i.ID, v.quickWinInput()); err != nil {
		return v.Again(err, w.NewQuickWin)
	}
	return v.Goto(quickWinsOf(i.ID))
}

// quickWin gives the quick win in the path.
func (w *Web) quickWin(c *gin.Context) (*Visit, *survey.QuickWin, error) {
	v := visitOf(c)
	q, err := w.service.ShowQuickWin(v.Context(), v.Actor, survey.RecordID(c.Param("record")))
	if err != nil {
		return v, nil, err
	}
	return v, q, v.below(q.Iteration, "quick-wins", quickWinsOf(q.Iteration))
}

// EditQuickWin shows one to change it.
func (w *Web) EditQuickWin(c *gin.Context) error {
	v, q, err := w.quickWin(c)
	if err != nil {
		return err
	}
	return v.Show("quickwin/edit", q.Name, v.quickWinForm("/quick-wins/"+string(q.ID), q.Process, true, url.Values{
		"seen": {strconv.Itoa(q.Version)}, "process": {q.Process}, "name": {q.Name}, "owner": {q.Owner}, "due": {q.Due},
		"status": {string(q.Status)}, "reached": {q.Reached}, "evidence": {q.Evidence}, "told": {q.Told}, "channel": {q.Channel}, "audience": {q.Audience},
	}))
}

// ReachQuickWin asks when one was achieved.
func (w *Web) ReachQuickWin(c *gin.Context) error {
	v, q, err := w.quickWin(c)
	if err != nil {
		return err
	}
	v.Lead(q.Name)
	return v.Show("quickwin/reached", v.T("web.quickwin-reached.heading"), asked{Form: v.Form("web.quickwin-reached", "/quick-wins/"+string(q.ID),
		url.Values{"seen": {strconv.Itoa(q.Version)}, "reached": {v.today(v.place.organisation)}})})
}

// TellQuickWin asks who hears of one that was achieved, when and how.
func (w *Web) TellQuickWin(c *gin.Context) error {
	v, q, err := w.quickWin(c)
	if err != nil {
		return err
	}
	v.Lead(q.Name)
	told := q.Told
	if told == "" {
		told = v.today(v.place.organisation)
	}
	return v.Show("quickwin/told", v.T("web.quickwin-told.heading"), asked{Form: v.Form("web.quickwin-told", "/quick-wins/"+string(q.ID),
		url.Values{"seen": {strconv.Itoa(q.Version)}, "told": {told}, "channel": {q.Channel}, "audience": {q.Audience}})})
}

// UpdateQuickWin changes one: all of it, that it was achieved, or that people were told.
func (w *Web) UpdateQuickWin(c *gin.Context) error {
	v, q, err := w.quickWin(c)
	if err != nil {
		return err
	}
	in, seen, then := v.quickWinInput(), number(v.Text("seen")), quickWinsOf(q.Iteration)
	page := w.EditQuickWin
	switch v.Text("step") {
	case "reached":
		done := string(survey.QuickWinDone)
		page, then, in.Status = w.ReachQuickWin, "/quick-wins/"+string(q.ID)+"/told", &done
		if seen, err = w.begin(v, q, seen); err != nil {
			return v.Again(err, page)
		}
	case "told":
		page = w.TellQuickWin
	}
	if _, err := w.service.UpdateQuickWin(v.Context(), v.Actor, q.ID, seen, in); err != nil {
		return v.Again(err, page)
	}
	return v.Goto(then)
}

// begin takes the step before "done" for one that was only planned, and gives the version
// that it has then.
func (w *Web) begin(v *Visit, q *survey.QuickWin, seen int) (int, error) {
	if _, err := time.Parse(time.DateOnly, v.Text("reached")); err != nil {
		return seen, wrongField("reached", "date-invalid")
	}
	if q.Status != survey.QuickWinPlanned {
		return seen, nil
	}
	doing := string(survey.QuickWinDoing)
	begun, err := w.service.UpdateQuickWin(v.Context(), v.Actor, q.ID, seen, survey.QuickWinInput{Status: &doing})
	if err != nil {
		return seen, err
	}
	return begun.Version, nil
}
