package web

import (
	"net/url"
	"slices"
	"strconv"

	"github.com/gin-gonic/gin"

	"pulscheck/api/view"
	"pulscheck/survey"
	"pulscheck/survey/fault"
	"pulscheck/survey/questionnaire"
)

// ConfirmDelete asks before an entry that was never used is removed. One that is in use
// is only archived: its page says so.
func (e Entries) ConfirmDelete(c *gin.Context) error {
	v, o, err := e.w.organisation(c)
	if err != nil {
		return err
	}
	n, err := e.w.service.ShowEntry(v.Context(), v.Actor, o.ID, e.list, c.Param("key"))
	if err != nil {
		return err
	}
	used, err := e.w.service.UsedEntry(v.Context(), v.Actor, o.ID, e.list, n.Key)
	if err != nil {
		return err
	}
	at := e.home(o) + "/" + n.Key
	if used && !v.again {
		return v.Goto(at)
	}
	v.Crumb(v.T(e.text("heading")), e.home(o))
	return v.Confirm(v.T("web.entry.delete-heading", "name", v.In(n.Name)), at+"/delete", v.T("web.entry.delete"), at,
		url.Values{"seen": {strconv.Itoa(n.Version)}}, v.T("web.entry.delete-unused"), v.T("web.entry.delete-again"))
}

// Delete removes an entry that was never used.
func (e Entries) Delete(c *gin.Context) error {
	v, o, err := e.w.organisation(c)
	if err != nil {
		return err
	}
	if err := e.w.service.DeleteEntry(v.Context(), v.Actor, o.ID, e.list, c.Param("key"), number(v.Text("seen"))); err != nil {
		return v.Again(err, e.ConfirmDelete)
	}
	return v.Goto(e.home(o))
}

// usual are the fields of a button that takes the seven usual processes of the template.
func (v *Visit) usual() []view.Hidden {
	var keys []string
	for _, key := range questionnaire.Usual() {
		keys = append(keys, "key", key)
	}
	return v.Hidden(keys...)
}

// NewTemplate asks which processes of the template to take: the usual ones are chosen,
// those that are there already are shown as such.
func (e Entries) NewTemplate(c *gin.Context) error {
	v, o, err := e.w.organisation(c)
	if err != nil {
		return err
	}
	var data struct {
		Form      *view.Form
		Processes []view.Choice
	}
	data.Form = v.Form("web.template", e.home(o)+"/template", url.Values{"key": questionnaire.Usual()})
	for _, p := range questionnaire.Processes() {
		one := view.Choice{Value: p.Key, Text: v.In(p.Name), Hint: p.Key}
		if slices.ContainsFunc(o.Processes, func(n survey.Named) bool { return n.Key == p.Key }) {
			one.There, one.Hint = true, v.T("web.template.there", "key", p.Key)
		}
		data.Processes = append(data.Processes, one)
	}
	v.Crumb(v.T(e.text("heading")), e.home(o))
	v.Lead(v.T("web.template.lead"))
	return v.Show("entry/template", v.T("web.template.heading"), data)
}

// Template adds the chosen processes of the template.
func (e Entries) Template(c *gin.Context) error {
	v, o, err := e.w.organisation(c)
	if err != nil {
		return err
	}
	keys := v.Texts("key")
	if len(keys) == 0 {
		err := fault.New(fault.Invalid, "process-missing").With(fault.Field{Pointer: "/key", Code: "process-missing"})
		return v.Again(err, e.NewTemplate)
	}
	if _, err := e.w.service.TakeTemplate(v.Context(), v.Actor, o.ID, keys); err != nil {
		return v.Again(err, e.NewTemplate)
	}
	return v.Goto(e.home(o))
}
