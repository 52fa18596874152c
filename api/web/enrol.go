package web

import (
	"bytes"
	"net/http"
	"net/url"
	"strconv"

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
		Form   *view.Form
		Sample string
	}{v.Form("web.import", peopleOf(o)+"/import", nil), peopleOf(o) + "/sample.csv"})
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
		_, err = header(v.File)
	}
	if err != nil {
		return v.Again(err, w.NewImport)
	}
	v.silent = true // nobody was taken over yet
	return v.Goto(peopleOf(o) + "/import/" + id)
}

// header gives the headings of a list, each with a sample from the first row.
func header(content []byte) ([]heading, error) {
	f, err := table.Read("", bytes.NewReader(content))
	if err != nil {
		return nil, fault.Wrap(fault.Invalid, "file-invalid", err).With(fault.Field{Pointer: "/file", Code: "file-invalid"})
	}
	var all []heading
	for i, name := range f.Columns {
		all = append(all, heading{Name: name, Field: "c" + strconv.Itoa(i), Ours: survey.GuessColumn(name)})
	}
	if more, err := f.Next(); err == nil && more {
		for i := range min(len(all), len(f.Row)) {
			all[i].Sample = f.Row[i]
		}
	}
	return all, nil
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
	Action   string
	Headings []heading
	Outcome  *survey.ImportOutcome
	Counts   string
	Errors   *view.Table
	More     string // of errors, as CSV
	Apply    *view.Form
	Leave    []view.Choice
	Submit   string
	Cancel   string
}

// upload gives the list in the path, with its headings.
func (w *Web) upload(c *gin.Context) (*Visit, *survey.Organisation, *survey.Upload, []heading, error) {
	v, o, err := w.organisation(c)
	if err != nil {
		return v, nil, nil, nil, err
	}
	u, err := w.service.ShowUpload(v.Context(), v.Actor, o.ID, c.Param("upload"))
	if err != nil {
		return v, nil, nil, nil, err
	}
	all, err := header(u.Content)
	return v, o, u, all, err
}

// ShowImport shows what the columns are taken for, and what an import would do.
func (w *Web) ShowImport(c *gin.Context) error {
	v, o, u, all, err := w.upload(c)
	if err != nil {
		return err
	}
	query := c.Request.URL.Query()
	if v.again {
		query = v.sent
	}
	at := peopleOf(o) + "/import/" + u.ID
	p := preview{Action: at, Headings: all, Cancel: at + "/delete"}
	taken := mapping(all, query)
	for i := range all {
		all[i].Choices = append(all[i].Choices, view.Choice{Text: v.T("web.import.not-taken")})
		for _, ours := range survey.ImportColumns {
			all[i].Choices = append(all[i].Choices, view.Choice{Value: ours, Text: v.T("web.import.column-" + ours), Chosen: ours == all[i].Ours})
		}
	}
	out, err := w.service.ImportPeople(v.Context(), v.Actor, o.ID, survey.ImportInput{File: bytes.NewReader(u.Content), Mapping: taken, DryRun: true})
	if err != nil && !fault.Is(err, "import-row-invalid") {
		f := fault.Of(err)
		if f.Kind != fault.Invalid {
			return err
		}
		v.page.Problem, v.status = v.sentence(f.Key, f.Args), http.StatusUnprocessableEntity
		for _, one := range f.Fields {
			v.page.Wrong = append(v.page.Wrong, view.Wrong{Field: "columns", Text: v.T("error."+one.Code) + " " + v.columnName(one.Pointer)})
		}
	} else {
		v.foretell(&p, out, all)
	}
	v.Crumb(v.T("web.nav.people"), peopleOf(o))
	v.Lead(v.T("web.import.check-lead"))
	return v.Show("enrol/show", v.T("web.import.check"), p)
}

func (v *Visit) columnName(pointer string) string {
	if key := "web.import.column-" + pointer[1:]; v.Has(key) {
		return v.Quote(v.T(key))
	}
	return ""
}

// foretell says what an import would do.
func (v *Visit) foretell(p *preview, out *survey.ImportOutcome, all []heading) {
	p.Outcome = out
	p.Counts = v.T("web.import.counts", "new", v.Integer(out.New), "changed", v.Integer(out.Changed), "unchanged", v.Integer(out.Unchanged),
		"wrong", v.Integer(out.Wrong), "missing", v.Integer(out.Missing))
	values := url.Values{"leave": {"keep"}}
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
	if e.Other > 0 {
		text += " " + v.T("web.import.see-row", "row", e.Other)
	}
	return text
}

// ImportErrors gives what is wrong in a list as CSV.
func (w *Web) ImportErrors(c *gin.Context) error {
	v, o, u, all, err := w.upload(c)
	if err != nil {
		return err
	}
	out, err := w.service.ImportPeople(v.Context(), v.Actor, o.ID, survey.ImportInput{
		File: bytes.NewReader(u.Content), Mapping: mapping(all, c.Request.URL.Query()), DryRun: true,
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

// ShowSample gives a list to begin with.
func (w *Web) ShowSample(c *gin.Context) error {
	v, o, err := w.organisation(c)
	if err != nil {
		return err
	}
	process, role := "INC", "staff"
	if len(o.Processes) > 0 {
		process = o.Processes[0].Key
	}
	if len(o.Roles) > 0 {
		role = o.Roles[0].Key
	}
	sheet := table.Sheet{Name: "people", Columns: survey.ImportColumns}
	sheet.Rows = func(yield func([]table.Cell) bool) {
		for _, row := range [][]string{
			{"anna.muster@example.org", "Anna Muster", process, role, "IT", "de"}, {"", "Ben Beispiel", process, role, "IT", "en"},
		} {
			var cells []table.Cell
			for _, text := range row {
				cells = append(cells, table.Text(text))
			}
			if !yield(cells) {
				return
			}
		}
	}
	return v.csv("people.csv", sheet)
}

// ApplyImport carries an import out, all or nothing.
func (w *Web) ApplyImport(c *gin.Context) error {
	v, o, u, all, err := w.upload(c)
	if err != nil {
		return err
	}
	if err := w.limits.Imports.Take(c, string(o.ID)); err != nil {
		return v.Again(err, w.ShowImport)
	}
	if _, err := w.service.ImportPeople(v.Context(), v.Actor, o.ID, survey.ImportInput{
		File: bytes.NewReader(u.Content), Mapping: mapping(all, v.sent), Leave: v.Text("leave") == "leave",
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
