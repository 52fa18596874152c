package web

import (
	"cmp"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"pulscheck/api/view"
	"pulscheck/survey"
	"pulscheck/survey/account"
)

// drawingOf is the page that tells how far the drawing of a report is.
func drawingOf(id survey.IterationID, k survey.ReportKind) string {
	return reportsOf(id) + "/drawing?" + url.Values{"kind": {string(k)}}.Encode()
}

// drawnBy says which job draws a report.
func drawnBy(k survey.ReportKind) survey.JobKind {
	if k == survey.TeamReport {
		return survey.TeamJob
	}
	return survey.ReportJob
}

// workLine is work in a list of something else.
type workLine struct {
	Status view.Status
	Link   view.Link
}

// workStatus says how a job stands.
func (v *Visit) workStatus(w *survey.Work) view.Status {
	kinds := map[survey.WorkState]string{survey.WorkDone: "ok", survey.WorkFailed: "watch", survey.WorkDead: "act"}
	kind := kinds[w.State]
	if kind == "" {
		kind = "none"
	}
	return view.Status{Kind: kind, Text: v.T("web.work." + string(w.State))}
}

// drawingNow are the reports that are not drawn yet, or cannot be.
func (v *Visit) drawingNow(id survey.IterationID) ([]workLine, error) {
	all, err := v.web.service.ListDrawings(v.Context(), v.Actor, id)
	var lines []workLine
	for n := range all {
		w := &all[n]
		if w.State == survey.WorkDone {
			continue
		}
		kind := survey.CheckReport
		if w.Kind == survey.TeamJob {
			kind = survey.TeamReport
		}
		lines = append(lines, workLine{v.workStatus(w), view.Link{Text: v.T("web.drawing.of-" + string(w.Kind)), Href: drawingOf(id, kind)}})
	}
	return lines, err
}

// ShowDrawing shows how far the drawing of reports is. There are no pages to count: all of
// it takes seconds.
func (w *Web) ShowDrawing(c *gin.Context) error {
	v, i, err := w.iteration(c)
	if err != nil {
		return err
	}
	v.Section("reports")
	v.Crumb(v.T("web.reports.heading"), reportsOf(i.ID))
	all, err := w.service.ListDrawings(v.Context(), v.Actor, i.ID)
	if err != nil {
		return err
	}
	kind := survey.ReportKind(cmp.Or(c.Query("kind"), v.Text("kind")))
	title := v.T("web.drawing.of-" + string(drawnBy(kind)))
	n := slices.IndexFunc(all, func(x survey.Work) bool { return x.Kind == drawnBy(kind) })
	if n < 0 {
		return v.Progress(title, view.Progress{Text: v.T("web.drawing.none"), State: "done", Result: view.Link{Text: v.T("web.drawing.list"), Href: reportsOf(i.ID)}})
	}
	p := v.progressOf(&all[n], "web.drawing.")
	p.Known = append([]view.Known{{Name: v.T("web.drawing.ordered"), Value: v.moment(all[n].Due)}}, p.Known...)
	if all[n].State == survey.WorkDone {
		if p.Result, err = v.drawn(i.ID, kind); err != nil {
			return err
		}
	}
	if p.State == "failed" && v.May(account.IssueReports) {
		p.Again, p.Hidden = reportsOf(i.ID)+"/drawing", v.Hidden("kind", string(kind))
	}
	return v.Progress(title, p)
}

// moment gives day and time of an instant where the organisation is.
func (v *Visit) moment(at time.Time) string { return v.DateTime(at, zoneOf(v.place.organisation)) }

// progressOf says how far a job is, in texts of its own.
func (v *Visit) progressOf(w *survey.Work, texts string) view.Progress {
	p := view.Progress{Text: v.T(texts + string(w.State)), State: "running", Mark: string(w.State), Repeat: v.T("web.work.again")}
	if w.Tries > 1 || w.State == survey.WorkFailed || w.State == survey.WorkDead {
		p.Known = append(p.Known, view.Known{Name: v.T("web.work.tries"), Value: v.Integer(w.Tries)})
	}
	switch w.State {
	case survey.WorkDone:
		p.State = "done"
		p.Known = append(p.Known, view.Known{Name: v.T("web.work.ended"), Value: v.moment(w.At)})
	case survey.WorkFailed, survey.WorkDead:
		p.State = "failed"
		key, when := "web.work.next", w.At
		if w.State == survey.WorkDead {
			key = "web.work.ended"
		}
		p.Known = append(p.Known, view.Known{Name: v.T(key), Value: v.moment(when)}, view.Known{Name: v.T("web.work.reference"), Value: w.Reference()})
		p.Failed = []string{v.reason(w)}
	}
	return p
}

// reason says why a job failed, as far as there are words for it.
func (v *Visit) reason(w *survey.Work) string {
	text := v.sentence(w.Failure, nil)
	if w.Failure == "internal" || !v.Has("error."+w.Failure) || strings.Contains(text, "{") {
		return v.T("web.work.unknown")
	}
	return text
}

// drawn leads to the last report of a kind, in the language of the user if there is one.
func (v *Visit) drawn(id survey.IterationID, k survey.ReportKind) (view.Link, error) {
	all, err := v.web.service.ListReports(v.Context(), v.Actor, id)
	link := view.Link{Text: v.T("web.drawing.list"), Href: reportsOf(id)}
	last := 0
	for n := range all {
		if r := &all[n]; r.Kind == k && r.Language == v.Language() && r.Number > last {
			last, link = r.Number, view.Link{Text: v.T("web.drawing.view"), Href: reportAt(r)}
		}
	}
	return link, err
}

// RepeatDrawing has reports drawn again whose drawing failed.
func (w *Web) RepeatDrawing(c *gin.Context) error {
	v, i, err := w.iteration(c)
	if err != nil {
		return err
	}
	kind := survey.ReportKind(v.Text("kind"))
	if err := w.service.RepeatDrawing(v.Context(), v.Actor, i.ID, drawnBy(kind)); err != nil {
		return v.Again(err, w.ShowDrawing)
	}
	return v.Goto(drawingOf(i.ID, kind))
}
