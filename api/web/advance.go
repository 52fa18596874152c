package web

import (
	"net/url"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"pulscheck/api/view"
	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/fault"
)

// ConfirmAdvance asks before an iteration goes on to its next phase: there is no way back.
func (w *Web) ConfirmAdvance(c *gin.Context) error {
	v, i, err := w.iteration(c)
	if err != nil {
		return err
	}
	v.Section("iterations")
	next := map[survey.Phase]string{survey.Plan: "DO", survey.Do: "CHECK", survey.Check: "ACT"}[i.Phase]
	if next == "" {
		next = "DONE"
	}
	return v.Confirm(v.T("web.iteration.advance-"+next), iterationAt(i.ID)+"/advance", v.T("web.iteration.advance-"+next), iterationAt(i.ID),
		url.Values{"seen": {strconv.Itoa(i.Version)}}, v.T("web.iteration.after-"+next), v.T("web.iteration.no-return"))
}

// AdvanceIteration takes an iteration to its next phase. What is missing stands on its
// page.
func (w *Web) AdvanceIteration(c *gin.Context) error {
	v, i, err := w.iteration(c)
	if err != nil {
		return err
	}
	if _, err := w.service.AdvanceIteration(v.Context(), v.Actor, i.ID, number(v.Text("seen"))); err != nil {
		f := fault.Of(err)
		f.Fields = nil // they stand on the page
		return v.Again(f, w.ShowIteration)
	}
	return v.Goto(iterationAt(i.ID))
}

// events fills in the flags of an iteration.
func (v *Visit) events(i *survey.Iteration, page *iterationPage) {
	change := v.May(account.ChangeProgramme) && i.Phase != survey.Finished
	t := &view.Table{Caption: v.T("web.event.caption"), Empty: v.T("web.event.empty"), Columns: []view.Column{
		{Title: v.T("web.event.day")}, {Title: v.T("web.event.label")}, {Title: v.T("web.event.kind")},
	}}
	if change {
		t.Columns = append(t.Columns, view.Column{Title: v.T("web.event.remove")})
	}
	seen := strconv.Itoa(i.Version)
	for n, e := range i.Events {
		row := view.Row{{Text: day(v, e.Day)}, {Text: e.Label}, {Text: v.T("web.event.kind-" + e.Kind)}}
		if change {
			row = append(row, view.Cell{Buttons: []view.Button{{
				Text: v.T("web.event.remove"), Action: iterationAt(i.ID) + "/events/remove", About: v.T("web.event.remove-what", "label", e.Label),
				Hidden: v.Hidden("event", strconv.Itoa(n), "seen", seen),
			}}})
		}
		t.Rows = append(t.Rows, row)
	}
	page.Events = v.Arrange(t)
	if !change {
		return
	}
	page.Event = v.Form("web.event", iterationAt(i.ID)+"/events", url.Values{"seen": {seen}, "kind": {"training"}})
	for _, kind := range survey.EventKinds() {
		page.Kinds = append(page.Kinds, view.Choice{Value: kind, Text: v.T("web.event.kind-" + kind)})
	}
}

// AddEvent adds a flag to an iteration.
func (w *Web) AddEvent(c *gin.Context) error {
	return w.changeEvents(c, func(v *Visit, all []survey.Event) []survey.Event {
		return append(all, survey.Event{Day: v.Text("day"), Kind: v.Text("kind"), Label: v.Text("label")})
	})
}

// RemoveEvent takes a flag away.
func (w *Web) RemoveEvent(c *gin.Context) error {
	return w.changeEvents(c, func(v *Visit, all []survey.Event) []survey.Event {
		n, err := strconv.Atoi(v.Text("event"))
		if err != nil || n < 0 || n >= len(all) {
			return all
		}
		return append(all[:n:n], all[n+1:]...)
	})
}

func (w *Web) changeEvents(c *gin.Context, change func(*Visit, []survey.Event) []survey.Event) error {
	v, i, err := w.iteration(c)
	if err != nil {
		return err
	}
	events := change(v, i.Events)
	if _, err := w.service.UpdateIteration(v.Context(), v.Actor, i.ID, survey.IterationInput{Seen: number(v.Text("seen")), Events: &events}); err != nil {
		f := fault.Of(err)
		for n, one := range f.Fields { // the field of the form stands at the end of /events/3/label
			f.Fields[n].Pointer = one.Pointer[strings.LastIndex(one.Pointer, "/"):]
		}
		return v.Again(f, w.ShowIteration)
	}
	return v.Goto(iterationAt(i.ID))
}
