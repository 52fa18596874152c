package web

import (
	"bytes"
	"net/http"
	"net/url"

	"github.com/gin-gonic/gin"

	"pulscheck/api/view"
	"pulscheck/survey"
	"pulscheck/survey/fault"
	"pulscheck/survey/locale"
	"pulscheck/survey/table"
)

// NewImport asks for a list of people (A6, first step).
func (w *Web) NewImport(c *gin.Context) error {
	v, o, err := w.organisation(c)
	if err != nil {
		return err
	}
	v.Crumb(v.T("web.nav.people"), peopleOf(o))
	v.Lead(v.T("web.import.lead"))
	return v.Show("enrol/new", v.T("web.import.heading"), struct {
		Form                 *view.Form
		Separators, Charsets []view.Choice
		Sample               string
	}{
		v.Form("web.import", peopleOf(o)+"/import", url.Values{"separator": {""}, "charset": {""}}),
		v.separators(nil), v.charsets(nil), peopleOf(o) + "/sample.csv",
	})
}

// CreateImport keeps the list for the next steps.
func (w *Web) CreateImport(c *gin.Context) error {
	v, o, err := w.organisation(c)
	if err != nil {
		return err
	}
	if len(v.File) > 0 {
		if err := w.limits.Imports.Take(c, string(o.ID)); err != nil {
			return v.Again(err, w.NewImport)
		}
	}
	id, err := w.service.KeepUpload(v.Context(), v.Actor, o.ID, v.File)
	if err == nil {
		_, _, err = header(v.File, written(v.sent))
	}
	if f := fault.Of(err); f.Kind == fault.Invalid && f.Key == "file-invalid" {
		err = fault.Wrap(fault.Invalid, f.Key, err).With(fault.Field{Pointer: "/file", Code: f.Key})
	}
	if err != nil {
		return v.Again(err, w.NewImport)
	}
	v.silent = true // nobody was taken over yet
	said := url.Values{}
	for _, name := range []string{"separator", "charset"} {
		if text := v.Text(name); text != "" {
			said.Set(name, text)
		}
	}
	at := peopleOf(o) + "/import/" + id
	if len(said) > 0 {
		at += "?" + said.Encode()
	}
	return v.Goto(at)
}

// heading is a column of a list and what it is taken for, "" = left out.
type heading struct {
	Name, Field, Sample, Ours string
	Choices                   []view.Choice
}

// mapping reads what the columns were said to be.
func mapping(all []heading, query url.Values) map[string]string {
	taken := map[string]string{}
	for i := range all {
		if said, found := query[all[i].Field]; found {
			all[i].Ours = said[0]
		}
		taken[all[i].Name] = all[i].Ours
	}
	return taken
}

// preview is the second and third step: what the columns are, and what would happen.
type preview struct {
	Action string
	Form   *view.Form // of how the file is written

	Separators, Charsets []view.Choice

	Headings []heading
	Outcome  *survey.ImportOutcome
	Counts   string
	Errors   *view.Table
	More     string // of errors, as CSV
	Nothing  string // says that nothing is imported because of them
	New      string // where another file is chosen
	Apply    *view.Form
	Leave    []view.Choice
	Submit   string
	Cancel   string
}

// upload gives the list in the path.
func (w *Web) upload(c *gin.Context) (*Visit, *survey.Organisation, *survey.Upload, error) {
	v, o, err := w.organisation(c)
	if err != nil {
		return v, nil, nil, err
	}
	u, err := w.service.ShowUpload(v.Context(), v.Actor, o.ID, c.Param("upload"))
	return v, o, u, err
}

// ShowImport shows what the columns are taken for, and what an import would do.
func (w *Web) ShowImport(c *gin.Context) error {
	v, o, u, err := w.upload(c)
	if err != nil {
		return err
	}
	query := c.Request.URL.Query()
	if v.again {
		query = v.sent
	}
	said := written(query)
	all, found, err := header(u.Content, said)
	unreadable := err
	if err != nil { // written otherwise than was said: shown as it is, for another choice
		if all, found, err = header(u.Content, table.Said{}); err != nil {
			return err
		}
	}
	at := peopleOf(o) + "/import/" + u.ID
	p := preview{
		Action: at, Headings: all, Cancel: at + "/delete", New: peopleOf(o) + "/import",
		Form: v.Form("web.import", at, query), Separators: v.separators(&found), Charsets: v.charsets(&found),
	}
	taken := mapping(all, query)
	for i := range all {
		all[i].Choices = append(all[i].Choices, view.Choice{Text: v.T("web.import.not-taken")})
		for _, ours := range survey.ImportColumns {
			all[i].Choices = append(all[i].Choices, view.Choice{Value: ours, Text: v.T("web.import.column-" + ours), Chosen: ours == all[i].Ours})
		}
	}
	err = unreadable
	var out *survey.ImportOutcome
	if err == nil {
		out, err = w.service.ImportPeople(v.Context(), v.Actor, o.ID, survey.ImportInput{File: bytes.NewReader(u.Content), Mapping: taken, DryRun: true, Said: said})
	}
	if err != nil && !fault.Is(err, "import-row-invalid") {
		f := fault.Of(err)
		if f.Kind != fault.Invalid {
			return err
		}
		v.page.Problem, v.status = v.sentence(f.Key, f.Args), http.StatusUnprocessableEntity
		for _, one := range f.Fields {
			if one.Pointer == "/charset" {
				v.page.Wrong = append(v.page.Wrong, view.Wrong{Field: "charset", Text: v.T("error." + one.Code)})
				continue
			}
			v.page.Wrong = append(v.page.Wrong, view.Wrong{Field: "columns", Text: v.wrongMapping(one)})
		}
	} else {
		v.foretell(&p, out, all, query)
	}
	v.Crumb(v.T("web.nav.people"), peopleOf(o))
	v.Lead(v.T("web.import.check-lead"))
	return v.Show("enrol/show", v.T("web.import.check"), p)
}

// wrongMapping says which field has no column, or two.
func (v *Visit) wrongMapping(one fault.Field) string {
	name, key := "web.import.column-"+one.Pointer[1:], "web.import."+one.Code
	if !v.Has(name) || !v.Has(key) {
		return v.wrongWords(one, nil)
	}
	return v.T(key, "field", v.T(name))
}

// foretell says what an import would do.
func (v *Visit) foretell(p *preview, out *survey.ImportOutcome, all []heading, query url.Values) {
	p.Outcome = out
	p.Counts = v.T("web.import.counts", "new", v.Integer(out.New), "changed", v.Integer(out.Changed), "unchanged", v.Integer(out.Unchanged),
		"wrong", v.Integer(out.Wrong), "missing", v.Integer(out.Missing))
	values := url.Values{"leave": {"keep"}, "separator": {query.Get("separator")}, "charset": {query.Get("charset")}}
	for _, h := range all {
		values.Set(h.Field, h.Ours)
	}
	if len(out.Errors) > 0 {
		p.Errors = &view.Table{Caption: v.T("web.import.errors"), Columns: []view.Column{
			{Title: v.T("web.import.row"), Number: true}, {Title: v.T("web.import.column")}, {Title: v.T("web.import.wrong")},
		}}
		for _, e := range out.Errors[:min(20, len(out.Errors))] {
			p.Errors.Rows = append(p.Errors.Rows, view.Row{{Text: v.Integer(e.Row)}, {Text: v.importColumn(e.Column)}, {Text: v.wrongCell(e)}})
		}
		p.More = p.Action + "/errors.csv?" + values.Encode()
		p.Nothing = v.T("web.import.nothing", "n", out.Wrong)
		return
	}
	p.Submit = v.T("web.import.apply", "n", out.New+out.Changed)
	p.Apply = v.Form("web.import", p.Action, values)
	if out.Missing > 0 {
		p.Leave = []view.Choice{
			{Value: "keep", Text: v.T("web.import.leave-keep", "n", out.Missing)},
			{Value: "leave", Text: v.T("web.import.leave-leave", "n", out.Missing), Hint: v.T("web.import.leave-what")},
		}
	}
}

func (v *Visit) importColumn(column string) string {
	if key := "web.import.column-" + column; column != "" && v.Has(key) {
		return v.T(key)
	}
	return column
}

func (v *Visit) wrongCell(e survey.RowError) string {
	text := v.sentence(e.Code, nil)
	switch {
	case e.Most > 0:
		return v.T("web.import.too-long", "most", e.Most)
	case e.Other > 0:
		return text + " " + v.T("web.import.see-row", "row", e.Other)
	case e.Value != "" && e.Code == "email-invalid":
		return v.T("web.import.email-invalid", "value", e.Value)
	case e.Value != "":
		return text + " " + v.Quote(e.Value)
	}
	return text
}

// ImportErrors gives what is wrong in a list as CSV.
func (w *Web) ImportErrors(c *gin.Context) error {
	v, o, u, err := w.upload(c)
	if err != nil {
		return err
	}
	said := written(c.Request.URL.Query())
	all, _, err := header(u.Content, said)
	if err != nil {
		return err
	}
	out, err := w.service.ImportPeople(v.Context(), v.Actor, o.ID, survey.ImportInput{
		File: bytes.NewReader(u.Content), Mapping: mapping(all, c.Request.URL.Query()), DryRun: true, Said: said,
	})
	if err != nil && !fault.Is(err, "import-row-invalid") {
		return err
	}
	sheet := table.Sheet{Name: "errors", Columns: []string{v.T("web.import.row"), v.T("web.import.column"), v.T("web.import.wrong")}}
	sheet.Rows = func(yield func([]table.Cell) bool) {
		for _, e := range out.Errors {
			if !yield([]table.Cell{table.Whole(&e.Row), table.Text(v.importColumn(e.Column)), table.Text(v.wrongCell(e))}) {
				return
			}
		}
	}
	return v.csv("errors.csv", sheet)
}

// csv sends a sheet as its language writes it.
func (v *Visit) csv(name string, sheet table.Sheet) error {
	form := table.Commas
	if v.Language() == locale.German {
		form = table.Semicolons
	}
	v.attach(name, "text/csv; charset=utf-8")
	return table.WriteCSV(v.c.Writer, form, sheet)
}

// ApplyImport carries an import out, all or nothing.
func (w *Web) ApplyImport(c *gin.Context) error {
	v, o, u, err := w.upload(c)
	if err != nil {
		return err
	}
	said := written(v.sent)
	all, _, err := header(u.Content, said)
	if err != nil {
		return v.Again(err, w.ShowImport)
	}
	if err := w.limits.Imports.Take(c, string(o.ID)); err != nil {
		return v.Again(err, w.ShowImport)
	}
	if _, err := w.service.ImportPeople(v.Context(), v.Actor, o.ID, survey.ImportInput{
		File: bytes.NewReader(u.Content), Mapping: mapping(all, v.sent), Leave: v.Text("leave") == "leave", Said: said,
	}); err != nil {
		return v.Again(err, w.ShowImport)
	}
	if err := w.service.ForgetUpload(v.Context(), v.Actor, o.ID, u.ID); err != nil {
		return err
	}
	return v.Goto(peopleOf(o))
}

// DeleteImport gives an import up.
func (w *Web) DeleteImport(c *gin.Context) error {
	v, o, err := w.organisation(c)
	if err != nil {
		return err
	}
	if err := w.service.ForgetUpload(v.Context(), v.Actor, o.ID, c.Param("upload")); err != nil {
		return err
	}
	return v.Goto(peopleOf(o) + "/import")
}
