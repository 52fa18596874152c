package web

import (
	"cmp"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"pulscheck/api/view"
	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/fault"
)

// editing is what becomes of the findings of a report, below the page that tells them.
type editing struct {
	Form  *view.Form // nil: nothing can be edited
	Rows  []editRow
	Table *view.Table // of those who only read; nil = nothing was edited
}

// editRow is one finding with its fields.
type editRow struct {
	Note                           string // who said something last, and whether it still holds
	Choice, Head, Evidence, Reason view.Field
}

// editFields are those of a finding: their names end in its id.
var editFields = []string{"choice", "head", "evidence", "reason"}

// editing gives the form for the findings of a draft, or what was made of those of a
// report that can no longer be edited. at is the address of the page that tells them.
func (v *Visit) editing(r *survey.Report, findings []survey.Finding, edits *survey.FindingEdits, at string) (*editing, error) {
	if r.Issued != nil || !v.May(account.IssueReports) {
		return v.edited(r, findings, edits), nil
	}
	values := url.Values{"seen": {strconv.Itoa(edits.Version)}}
	for _, f := range findings {
		e, plain := edits.Of[f.ID], f.Plain()
		choice := survey.FindingKept
		if e.Choice != "" && e.Holds(f) {
			choice = e.Choice
		}
		for field, value := range map[string]string{
			"choice": string(choice), "head": cmp.Or(e.Head, plain.Head), "evidence": cmp.Or(e.Evidence, plain.Evidence), "reason": e.Reason,
		} {
			values.Set(field+"-"+f.ID, value)
		}
	}
	_, query, _ := strings.Cut(at, "?")
	page := &editing{Form: v.Form("web.findings", reportAt(r)+"/findings?"+query, values)}
	for _, f := range findings {
		row, err := v.editRow(page.Form, f, edits)
		if err != nil {
			return nil, err
		}
		page.Rows = append(page.Rows, row)
	}
	return page, nil
}

func (v *Visit) editRow(form *view.Form, f survey.Finding, edits *survey.FindingEdits) (row editRow, err error) {
	choices := v.worded("web.findings.choice-", string(survey.FindingKept), string(survey.FindingChanged), string(survey.FindingLeftOut))
	if row.Choice, err = form.Choose("choice-"+f.ID, "radio", choices); err != nil {
		return row, err
	}
	if row.Head, err = form.Field("head-"+f.ID, "maxlength=120", "autocomplete=off"); err != nil {
		return row, err
	}
	if row.Evidence, err = form.Field("evidence-"+f.ID, "type=textarea", "rows=3", "maxlength=500"); err != nil {
		return row, err
	}
	if row.Reason, err = form.Field("reason-"+f.ID, "maxlength=500", "autocomplete=off"); err != nil {
		return row, err
	}
	row.Choice.Label, row.Choice.Hint = f.ID+" · "+f.Head, f.Evidence
	row.Head.Label, row.Evidence.Label = v.T("web.findings.head", "finding", f.ID), v.T("web.findings.evidence", "finding", f.ID)
	row.Reason.Label, row.Reason.Hint = v.T("web.findings.reason", "finding", f.ID), v.T("web.findings.reason-hint")
	row.Head.Hint, row.Evidence.Hint = v.T("web.findings.head-hint"), v.T("web.findings.evidence-hint")
	if e, said := edits.Of[f.ID]; said {
		row.Note = v.T("web.findings.said", "who", v.T("web.role."+string(e.Role)), "day", v.Date(e.At.In(zoneOf(v.place.organisation))))
		if e.Choice != survey.FindingKept && !e.Holds(f) {
			row.Note += " " + v.T("web.findings.overtaken")
		}
	}
	for n, wrong := range v.page.Wrong {
		if _, id, _ := strings.Cut(wrong.Field, "-"); id == f.ID {
			v.page.Wrong[n].Label = f.ID
		}
	}
	return row, nil
}

// edited tells readers what was made of findings, as far as the report was drawn with it.
func (v *Visit) edited(r *survey.Report, findings []survey.Finding, edits *survey.FindingEdits) *editing {
	t := &view.Table{Caption: v.T("web.findings.caption"), Columns: []view.Column{
		{Title: v.T("web.findings.finding")}, {Title: v.T("web.findings.became")}, {Title: v.T("web.findings.why")}, {Title: v.T("web.findings.by")},
	}}
	for _, f := range findings {
		e := edits.Of[f.ID]
		if e.Choice == "" || e.Choice == survey.FindingKept || !e.Holds(f) {
			continue
		}
		why := e.Reason
		if e.Choice == survey.FindingChanged {
			why = strings.TrimSpace(e.Head + " " + e.Evidence)
		}
		t.Rows = append(t.Rows, view.Row{
			{Text: f.ID + " · " + f.Head, Small: f.Evidence}, {Text: v.T("web.findings.choice-" + string(e.Choice))}, {Text: why},
			{Text: v.T("web.role." + string(e.Role)), Small: v.Date(e.At.In(zoneOf(v.place.organisation)))},
		})
	}
	if len(t.Rows) == 0 || r.Edits != edits.Version {
		return nil
	}
	return &editing{Table: v.Arrange(t)}
}

// EditFindings keeps findings of a draft, puts them into other words or leaves them out.
func (w *Web) EditFindings(c *gin.Context) error {
	v, r, err := w.report(c)
	if err != nil {
		return err
	}
	var in []survey.EditInput
	for _, name := range slices.Sorted(maps.Keys(v.sent)) {
		id, found := strings.CutPrefix(name, "choice-")
		if !found {
			continue
		}
		one := survey.EditInput{Finding: id, Choice: v.said(name)}
		switch survey.EditChoice(v.Text(name)) {
		case survey.FindingChanged:
			one.Head, one.Evidence = v.said("head-"+id), v.said("evidence-"+id)
		case survey.FindingLeftOut:
			one.Reason = v.said("reason-" + id)
		}
		in = append(in, one)
	}
	if _, _, err := w.service.EditFindings(v.Context(), v.Actor, r.ID, number(v.Text("seen")), in); err != nil {
		return v.Again(editFault(err, in), w.ShowReport)
	}
	return v.Goto(reportAt(r) + "?page=" + strconv.Itoa(number(c.Query("page"))) + "&edited=yes#findings")
}

// editFault leads what is wrong with the n-th finding to its fields.
func editFault(err error, in []survey.EditInput) error {
	f := fault.Of(err)
	for n, one := range f.Fields {
		parts := strings.Split(strings.TrimPrefix(one.Pointer, "/findings/"), "/")
		if len(parts) == 2 && slices.Contains(editFields, parts[1]) && number(parts[0]) < len(in) {
			f.Fields[n].Pointer = "/" + parts[1] + "-" + in[number(parts[0])].Finding
		}
	}
	return f
}
