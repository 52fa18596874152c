package web

import (
	"bytes"
	"net/url"
	"strconv"
	"time"

	"github.com/gin-gonic/gin"

	"pulscheck/api/view"
	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/fault"
)

// kpiPage is one figure with everything that was measured.
type kpiPage struct {
	Facts  []string
	Status *view.Status
	Figure *view.Figure
	Add    *view.Form
	File   *view.Form
	Errors *view.Table // of a file that was sent
	Edit   string
}

// ShowKPI shows a figure, its way and what was measured.
func (w *Web) ShowKPI(c *gin.Context) error { return w.showKPI(c, nil) }

func (w *Web) showKPI(c *gin.Context, wrong *view.Table) error {
	v, k, err := w.kpi(c)
	if err != nil {
		return err
	}
	all, err := w.service.ListMeasurements(v.Context(), v.Actor, k.ID)
	if err != nil {
		return err
	}
	page := kpiPage{Facts: v.kpiFacts(k), Status: v.attainment(k.Attainment()), Figure: v.kpiFigure(k, all), Errors: wrong}
	if v.May(account.ChangeProgress) {
		page.Edit = kpiAt(k.ID) + "/edit"
		if k.Pulse == "" && !k.Archived {
			today := v.web.now().In(zoneOf(v.place.organisation)).Format(time.DateOnly)
			page.Add = v.Form("web.measurement", kpiAt(k.ID)+"/measurements", url.Values{"day": {today}})
			page.File = v.Form("web.measurements", kpiAt(k.ID)+"/measurements/import", nil)
		}
	}
	return v.Show("kpi/show", k.Name, page)
}

func (v *Visit) kpiFacts(k *survey.KPI) []string {
	all := []string{v.wholeOr(k.Process), v.T("web.kpis."+k.Direction) + " · " + v.T("web.kpis.baseline") + " " + v.told(k.Baseline, k.Unit) + " · " + v.T("web.kpis.target") + " " + v.told(k.Target, k.Unit)}
	switch {
	case k.Pulse != "":
		all = append(all, v.pulse(k.Pulse), v.fed(k.Fed))
	case k.Source != "":
		all = append(all, v.T("web.kpis.source")+": "+k.Source)
	}
	if k.Archived {
		all = append(all, v.T("web.kpi.archive"))
	}
	return all
}

// kpiFigure is the way of a figure, with everything that was measured below it, the
// latest first.
func (v *Visit) kpiFigure(k *survey.KPI, all []survey.Measurement) *view.Figure {
	t := &view.Table{Caption: v.T("web.kpis.measurements"), Empty: v.T("web.kpis.no-measurement"), Columns: []view.Column{
		{Key: "day", Title: v.T("web.kpis.day")}, {Key: "value", Title: v.T("web.kpis.value"), Number: true}, {Title: v.T("web.kpis.note")},
	}}
	for n := len(all) - 1; n >= 0; n-- {
		m := &all[n]
		note := m.Note
		if k.Pulse == "" && m.Key != survey.ManualKey {
			note = m.Key + " " + note
		}
		t.Rows = append(t.Rows, view.Row{
			{Text: day(v, m.Day), Sort: m.Day}, {Text: v.told(&m.Value, k.Unit), Sort: strconv.FormatFloat(m.Value, 'f', -1, 64)}, {Text: note},
		})
	}
	var actual *float64
	if k.Last != nil {
		actual = &k.Last.Value
	}
	return &view.Figure{
		Heading: v.T("web.kpis.way"), Lead: v.T("web.kpis.legend"), SVG: v.track(k.Baseline, actual, k.Target, k.Direction, k.Unit), Table: v.Arrange(t),
	}
}

// measure stores a measurement. A second value of the same day takes a key of its own:
// what was stored never changes.
func (v *Visit) measure(id survey.RecordID, value *float64, on, note string) error {
	if value == nil {
		return fault.New(fault.Invalid, "number-invalid").With(fault.Field{Pointer: "/value", Code: "number-invalid"})
	}
	in := survey.MeasurementInput{Day: on, Value: *value, Note: note}
	_, err := v.web.service.AddMeasurement(v.Context(), v.Actor, id, in)
	if fault.Is(err, "measurement-differs") {
		in.Key = "at-" + v.web.now().UTC().Format("150405")
		_, err = v.web.service.AddMeasurement(v.Context(), v.Actor, id, in)
	}
	return err
}

// AddMeasurement stores what was measured.
func (w *Web) AddMeasurement(c *gin.Context) error {
	v, k, err := w.kpi(c)
	if err != nil {
		return err
	}
	value, err := v.amount("value")
	if err == nil {
		err = v.measure(k.ID, value, v.Text("day"), v.Text("note"))
	}
	if err != nil {
		return v.Again(err, w.ShowKPI)
	}
	return v.Goto(kpiAt(k.ID))
}

// ImportMeasurements stores what stands in a file, all or nothing.
func (w *Web) ImportMeasurements(c *gin.Context) error {
	v, k, err := w.kpi(c)
	if err != nil {
		return err
	}
	if len(v.File) == 0 {
		return v.Again(v.badFile(fault.Invalid), w.ShowKPI)
	}
	if err := w.limits.Imports.Take(c, string(v.place.organisation.ID)); err != nil {
		return v.Again(err, w.ShowKPI)
	}
	out, err := w.service.ImportMeasurements(v.Context(), v.Actor, k.ID, bytes.NewReader(v.File), false)
	if err == nil {
		return v.Goto(kpiAt(k.ID))
	}
	f := fault.Of(err)
	f.Fields = []fault.Field{{Pointer: "/file", Code: f.Key}}
	var wrong *view.Table
	if out != nil && len(out.Errors) > 0 {
		wrong = &view.Table{Caption: v.T("web.import.errors"), Columns: []view.Column{
			{Title: v.T("web.import.row"), Number: true}, {Title: v.T("web.import.column")}, {Title: v.T("web.import.wrong")},
		}}
		for _, e := range out.Errors[:min(20, len(out.Errors))] {
			wrong.Rows = append(wrong.Rows, view.Row{{Text: v.Integer(e.Row)}, {Text: e.Column}, {Text: v.wrongCell(e)}})
		}
		v.Arrange(wrong)
	}
	return v.Again(f, func(c *gin.Context) error {
		if f.Key == "import-column-missing" { // its text speaks of people
			v.page.Wrong[0].Text = v.T("web.measurements.columns")
		}
		return w.showKPI(c, wrong)
	})
}
