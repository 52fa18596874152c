package web

import (
	"bytes"
	"errors"
	"strings"

	"github.com/gin-gonic/gin"

	"pulscheck/api/view"
	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/fault"
	"pulscheck/survey/maturity"
	"pulscheck/survey/yamlfile"
)

func modelsOf(o *survey.Organisation) string {
	return "/organisations/" + string(o.ID) + "/maturity-models"
}

// ListModels shows the frameworks that processes may be assessed by.
func (w *Web) ListModels(c *gin.Context) error {
	v, o, err := w.organisation(c)
	if err != nil {
		return err
	}
	all, err := w.service.ListModels(v.Context(), v.Actor, o.ID)
	if err != nil {
		return err
	}
	t := &view.Table{Caption: v.T("web.models.caption"), Columns: []view.Column{
		{Key: "name", Title: v.T("web.models.name")}, {Title: v.T("web.models.levels")},
		{Title: v.T("web.models.attributes"), Number: true}, {Title: v.T("web.models.origin")},
	}}
	for _, m := range all {
		var levels []string
		for _, l := range m.Levels {
			levels = append(levels, v.Integer(l.Level)+" "+v.In(l.Name))
		}
		origin := view.Cell{Text: v.T("web.models.own")}
		switch {
		case maturity.BuiltIn(m.ID) != nil:
			origin.Text = v.T("web.models.built-in")
		case v.May(account.ChangeProgramme):
			origin = view.Cell{Text: v.T("web.models.delete-link"), Href: modelsOf(o) + "/" + m.ID + "/delete", Small: origin.Text}
		}
		t.Rows = append(t.Rows, view.Row{{Text: v.In(m.Title), Small: m.ID}, {Text: strings.Join(levels, ", ")}, {Text: v.Integer(len(m.Attributes))}, origin})
	}
	if v.May(account.ChangeProgramme) {
		v.Action(v.T("web.models.new"), modelsOf(o)+"/new")
	}
	v.Lead(v.T("web.models.lead"))
	return v.Show("model/list", v.T("web.models.heading"), v.Arrange(t))
}

// modelForm asks for a framework in YAML; Errors are those of the file that was sent.
type modelForm struct {
	Form   *view.Form
	Errors *view.Table
}

// NewModel asks for a framework.
func (w *Web) NewModel(c *gin.Context) error { return w.askForModel(c, nil) }

func (w *Web) askForModel(c *gin.Context, wrong *view.Table) error {
	v, o, err := w.organisation(c)
	if err != nil {
		return err
	}
	v.Crumb(v.T("web.models.heading"), modelsOf(o))
	v.Lead(v.T("web.models.new-lead"))
	return v.Show("model/new", v.T("web.models.new"), modelForm{v.Form("web.model", modelsOf(o), nil), wrong})
}

// CreateModel keeps a framework, or says line by line what is wrong with it.
func (w *Web) CreateModel(c *gin.Context) error {
	v, o, err := w.organisation(c)
	if err != nil {
		return err
	}
	if len(v.File) == 0 {
		return v.Again(v.badFile(fault.Invalid), w.NewModel)
	}
	_, err = w.service.CreateModel(v.Context(), v.Actor, o.ID, bytes.NewReader(v.File))
	if err == nil {
		return v.Goto(modelsOf(o))
	}
	f := fault.Of(err)
	wrong := v.modelErrors(f)
	if len(wrong.Rows) > 0 {
		f.Fields = []fault.Field{{Pointer: "/file", Code: f.Key}}
	}
	return v.Again(f, func(c *gin.Context) error { return w.askForModel(c, wrong) })
}

// ConfirmDeleteModel asks before a framework is removed.
func (w *Web) ConfirmDeleteModel(c *gin.Context) error {
	v, o, err := w.organisation(c)
	if err != nil {
		return err
	}
	m, err := w.service.ShowModel(v.Context(), v.Actor, o.ID, c.Param("model"))
	if err != nil {
		return err
	}
	v.Crumb(v.T("web.models.heading"), modelsOf(o))
	return v.Confirm(v.T("web.models.delete-heading", "name", v.In(m.Title)), modelsOf(o)+"/"+m.ID+"/delete", v.T("web.models.delete"), modelsOf(o), nil,
		v.T("web.models.delete-unused"), v.T("web.models.delete-again", "id", m.ID))
}

// DeleteModel removes a framework that no assessment uses.
func (w *Web) DeleteModel(c *gin.Context) error {
	v, o, err := w.organisation(c)
	if err != nil {
		return err
	}
	if err := w.service.DeleteModel(v.Context(), v.Actor, o.ID, c.Param("model")); err != nil {
		return v.Again(err, w.ListModels)
	}
	return v.Goto(modelsOf(o))
}

// modelErrors tells what is wrong with a file by line.
func (v *Visit) modelErrors(f *fault.Error) *view.Table {
	t := &view.Table{Caption: v.T("web.models.errors"), Columns: []view.Column{
		{Title: v.T("web.import.row"), Number: true}, {Title: v.T("web.models.place")}, {Title: v.T("web.import.wrong")},
	}}
	var found yamlfile.LineErrors
	if errors.As(f, &found) {
		for _, x := range found {
			t.Rows = append(t.Rows, view.Row{{Text: v.Integer(x.Line)}, {Text: x.Pointer}, {Text: v.sentence(x.Code, nil)}})
		}
		return v.Arrange(t)
	}
	for _, x := range f.Fields {
		if line, unreadable := strings.CutPrefix(x.Pointer, "/lines/"); unreadable {
			t.Rows = append(t.Rows, view.Row{{Text: line}, {Text: "–"}, {Text: v.T("web.models.unreadable")}})
		}
	}
	return v.Arrange(t)
}
