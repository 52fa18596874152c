package web

import (
	"bytes"
	"encoding/hex"
	"html/template"
	"slices"
	"strconv"

	"github.com/gin-gonic/gin"

	"pulscheck/api/view"
	"pulscheck/report"
	"pulscheck/report/fragment"
	"pulscheck/report/source"
	"pulscheck/survey"
	"pulscheck/survey/account"
)

// reportPreview is a report as a page: its pages at the left, the chosen one beside.
type reportPreview struct {
	Pages []view.Link
	Lang  string
	Sheet template.HTML
	Notes []string
	Edits *editing // of the page that tells findings; nil = nothing to say of them
	edit  string   // address of the form for findings; empty = it tells none
}

// ShowReport shows a report page by page, with the same contents as its PDF.
func (w *Web) ShowReport(c *gin.Context) error {
	v, r, err := w.report(c)
	if err != nil {
		return err
	}
	d, err := w.source.Document(v.Context(), r.Kind, r.Iteration, source.Edition{Language: r.Language, Number: r.Number, Reason: r.Reason})
	if err != nil {
		return err
	}
	page := reportPreview{Lang: string(r.Language)}
	n := number(c.Query("page"))
	if n < 1 || n > len(d.Pages) {
		n = 1
	}
	link := func(n int) string { return reportAt(r) + "?page=" + strconv.Itoa(n) }
	for i, p := range d.Pages {
		page.Pages = append(page.Pages, view.Link{Text: v.Integer(i+1) + " " + pageName(d, &p), Href: link(i + 1), Current: i+1 == n})
	}
	page.Sheet, err = fragment.Render(d, &d.Pages[n-1], fragment.Options{Logo: logoAt(v.place.organisation.ID), Link: func(name string) string {
		for i, p := range d.Pages {
			if p.Name == name {
				return link(i + 1)
			}
		}
		return ""
	}})
	if err != nil {
		return err
	}
	if err := v.findings(r, d, n, &page); err != nil {
		return err
	}
	if err := v.replaced(r, &page); err != nil {
		return err
	}
	v.reportActions(r, page.edit)
	v.Lead(r.Document + " · " + v.T("web.report.version", "number", r.Number) + " · " + v.T("web.language."+string(r.Language)))
	return v.Show("report/show", v.T("web.reports.kind-"+string(r.Kind)), page)
}

// findings tells whether the pages still are those that were drawn, and what becomes of
// the findings below the page that they stand on.
func (v *Visit) findings(r *survey.Report, d *report.Document, n int, page *reportPreview) error {
	findings, edits, err := v.web.service.ListFindings(v.Context(), v.Actor, r.ID)
	if err != nil {
		return err
	}
	if hash, err := hex.DecodeString(d.Hash); r.Issued == nil && r.Edits != edits.Version {
		page.Notes = append(page.Notes, v.T("web.findings.drawing"))
	} else if err != nil || !bytes.Equal(hash, r.DataHash) {
		page.Notes = append(page.Notes, v.T("web.report.moved"))
	}
	if v.c.Query("edited") != "" && !v.again {
		v.page.Done = v.T("web.findings.saved")
	}
	told := slices.IndexFunc(d.Pages, tellsFindings) + 1
	if told == 0 || len(findings) == 0 {
		return nil
	}
	at := reportAt(r) + "?page=" + strconv.Itoa(told)
	page.edit = at + "#findings"
	if told == n {
		page.Edits, err = v.editing(r, findings, edits, at)
	}
	return err
}

// tellsFindings is true of the page that findings stand on.
func tellsFindings(p report.Page) bool {
	return slices.ContainsFunc(p.Blocks, func(b report.Block) bool { _, is := b.(report.Findings); return is })
}

// pageName is what a page is called beside the others; its title where two of them
// belong to the same part.
func pageName(d *report.Document, p *report.Page) string {
	shared := 0
	for _, other := range d.Pages {
		if other.Kicker == p.Kicker {
			shared++
		}
	}
	switch {
	case p.Cover:
		return d.Title
	case p.Kicker != "" && shared == 1:
		return p.Kicker
	}
	return p.Title
}

// replaced tells of a later version.
func (v *Visit) replaced(r *survey.Report, page *reportPreview) error {
	all, err := v.web.service.ListReports(v.Context(), v.Actor, r.Iteration)
	last := r.Number
	for _, other := range all {
		if other.Kind == r.Kind && other.Language == r.Language && other.Issued != nil {
			last = max(last, other.Number)
		}
	}
	switch {
	case last > r.Number:
		page.Notes = append(page.Notes, v.T("web.report.replaced", "number", last))
	case r.Number > 1:
		page.Notes = append(page.Notes, v.T("web.report.replaces", "number", r.Number-1, "reason", r.Reason))
	}
	return err
}

func (v *Visit) reportActions(r *survey.Report, edit string) {
	if v.May(account.IssueReports) {
		if r.Issued == nil {
			v.Action(v.T("web.reports.issue"), reportAt(r)+"/issue")
			if edit != "" {
				v.Action(v.T("web.findings.edit"), edit)
			}
		} else {
			v.Action(v.T("web.reports.send"), reportAt(r)+"/send")
		}
	}
	v.Action("PDF", "/api/v1"+reportAt(r)+".pdf")
}
