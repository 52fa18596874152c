package web

import (
	"bytes"
	"net/url"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"pulscheck/api/view"
	"pulscheck/survey"
	"pulscheck/survey/fault"
)

// past asks for results that another tool counted.
type past struct {
	Form   *view.Form
	Kinds  []view.Choice
	Errors *view.Table // what is wrong with the file
	Sample string
}

// pastSample shows what a file looks like.
const pastSample = "item;process;invited;1;2;3;4;5\nA1;INC;60;10;12;10;6;2\nA1;CHG;45;4;6;12;11;3\nA2;INC;60;8;9;14;7;2"

// NewPast asks for results that another tool counted, for an iteration that is over.
func (w *Web) NewPast(c *gin.Context) error {
	v, _, err := w.iteration(c)
	if err != nil {
		return err
	}
	return v.showPast(nil)
}

// shownErrors is how many wrong lines of a file are shown.
const shownErrors = 20

func (v *Visit) showPast(wrong []survey.RowError) error {
	i := v.place.iteration
	v.Section("iterations")
	data := past{Sample: pastSample, Form: v.Form("web.past", iterationAt(i.ID)+"/import", url.Values{"kind": {string(survey.CheckRound)}})}
	for _, kind := range []survey.Kind{survey.CheckRound, survey.PulseRound} {
		data.Kinds = append(data.Kinds, view.Choice{Value: string(kind), Text: v.T("web.round.kind-" + string(kind))})
	}
	if len(wrong) > 0 {
		data.Errors = &view.Table{Caption: v.T("web.past.errors", "n", len(wrong)), Columns: []view.Column{
			{Title: v.T("web.import.row"), Number: true}, {Title: v.T("web.import.column")}, {Title: v.T("web.import.wrong")},
		}}
		for _, e := range wrong[:min(shownErrors, len(wrong))] {
			data.Errors.Rows = append(data.Errors.Rows, view.Row{{Text: v.Integer(e.Row)}, {Text: e.Column}, {Text: v.wrongCell(e)}})
		}
	}
	v.Lead(v.T("web.past.lead"))
	return v.Show("past/new", v.T("web.past.heading"), data)
}

// pastInput reads what the form says of a round of the past. It ended at noon of a day,
// or with its iteration.
func (v *Visit) pastInput() (survey.PastInput, error) {
	in := survey.PastInput{File: bytes.NewReader(v.File), Kind: survey.Kind(v.Text("kind")), Title: strings.TrimSpace(v.Text("title"))}
	names := []string{"closes"}
	if v.Text("opens") != "" {
		names = append(names, "opens")
	}
	days, err := v.days(names...)
	if err != nil {
		return in, err
	}
	if in.Closes = days[0].Add(12 * time.Hour); in.Closes.After(v.place.iteration.Ends) {
		in.Closes = v.place.iteration.Ends
	}
	if days[0].After(in.Closes) {
		in.Closes = *days[0] // which is too late, and is told so
	}
	if len(days) > 1 {
		in.Opens = *days[1]
	}
	if len(v.File) == 0 {
		err = fault.New(fault.Invalid, "file-missing").With(fault.Field{Pointer: "/file", Code: "file-missing"})
	}
	return in, err
}

// CreatePast takes over results that another tool counted.
func (w *Web) CreatePast(c *gin.Context) error {
	v, i, err := w.iteration(c)
	if err != nil {
		return err
	}
	again := func(wrong []survey.RowError) func(*gin.Context) error {
		return func(*gin.Context) error { return v.showPast(wrong) }
	}
	in, err := v.pastInput()
	if err != nil {
		return v.Again(err, again(nil))
	}
	if err := w.limits.Imports.Take(c, string(v.place.organisation.ID)); err != nil {
		return v.Again(err, again(nil))
	}
	r, wrong, err := w.service.ImportPast(v.Context(), v.Actor, i.ID, in)
	if err != nil {
		return v.Again(err, again(wrong))
	}
	return v.Goto(roundAt(r.ID) + "/results")
}
