package v1

import (
	"context"
	"time"

	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/score"
)

// Attainment says how far a figure is.
type Attainment struct {
	Word  string   `json:"word" enum:"reached,nearly,partly,unchanged,worse,not_reached,no_data,invalid_goal"`
	Value *float64 `json:"value" doc:"1 = reached; null without a baseline"`
	Shown *float64 `json:"shown" doc:"the same between 0 and 1.2"`
}

func newAttainment(a score.Attainment) *Attainment {
	if a.Word == "" {
		return nil
	}
	return &Attainment{a.Word, a.Value, a.Shown()}
}

// KPI is a figure that is measured again and again.
type KPI struct {
	Head
	Name       string       `json:"name"`
	Unit       string       `json:"unit"`
	Source     string       `json:"source" doc:"where the figure comes from"`
	Direction  string       `json:"direction" enum:"up,down"`
	Baseline   *float64     `json:"baseline"`
	Target     *float64     `json:"target"`
	Archived   bool         `json:"archived" doc:"is measured no more"`
	Last       *Measurement `json:"last" doc:"the latest measurement"`
	Attainment *Attainment  `json:"attainment" doc:"by the latest measurement; null without a target"`
}

// KPISaid is what is said of a KPI; what is left out stays. A new one needs a name.
type KPISaid struct {
	Process   *string  `json:"process,omitempty" example:"INC"`
	Name      *string  `json:"name,omitempty" minLength:"1" maxLength:"200" example:"median time to solve"`
	Unit      *string  `json:"unit,omitempty" maxLength:"40" example:"h"`
	Source    *string  `json:"source,omitempty" maxLength:"200" example:"service desk"`
	Direction *string  `json:"direction,omitempty" enum:"up,down" default:"up"`
	Baseline  *float64 `json:"baseline,omitempty" example:"48"`
	Target    *float64 `json:"target,omitempty" example:"24"`
	Archived  *bool    `json:"archived,omitempty"`
}

// Measurement is the value of a KPI on a day.
type Measurement struct {
	Day      string    `json:"day" format:"date"`
	Key      string    `json:"key"`
	Value    float64   `json:"value"`
	Note     string    `json:"note"`
	Recorded time.Time `json:"recorded"`
}

// MeasurementNew is a measurement as it is sent. Sent again under the same day and key
// it changes nothing; with another value it is refused.
type MeasurementNew struct {
	Day   string  `json:"day" format:"date" example:"2026-05-04"`
	Key   string  `json:"key,omitempty" maxLength:"32" pattern:"^[A-Za-z0-9-][A-Za-z0-9_-]*$" default:"manual" example:"desk-1"`
	Value float64 `json:"value" example:"31.5"`
	Note  string  `json:"note,omitempty" maxLength:"500"`
}

func newMeasurement(m *survey.Measurement) *Measurement {
	if m == nil {
		return nil
	}
	return &Measurement{m.Day, m.Key, m.Value, m.Note, m.Recorded.UTC()}
}

func newKPI(k *survey.KPI) KPI {
	return KPI{
		newHead(&k.Record), k.Name, k.Unit, k.Source, k.Direction, k.Baseline, k.Target, k.Archived,
		newMeasurement(k.Last), newAttainment(k.Attainment()),
	}
}

// KPIs gives the handlers of KPIs.
func (a *API) KPIs() Records[survey.KPI, KPI, KPISaid, survey.KPIInput] {
	s := a.service
	return Records[survey.KPI, KPI, KPISaid, survey.KPIInput]{
		a, "kpis", s.ListKPIs, s.CreateKPI, s.ShowKPI, s.UpdateKPI, func(k *survey.KPI) *survey.Record { return &k.Record },
		newKPI, func(b KPISaid) survey.KPIInput { return survey.KPIInput(b) },
	}
}

// ListMeasurements gives what was measured of a KPI.
func (a *API) ListMeasurements(ctx context.Context, actor account.Actor, in *struct {
	ByRecord
	Paging
}) (*List[Measurement], error) {
	all, err := a.service.ListMeasurements(ctx, actor, survey.RecordID(in.Record))
	if err != nil {
		return nil, err
	}
	id := func(m *survey.Measurement) string { return m.Day + " " + m.Key }
	return page(a, in.Paging, in.Record+"/measurements", all, id, func(m *survey.Measurement) Measurement { return *newMeasurement(m) })
}

// AddMeasurement stores a measurement, once however often it is sent.
func (a *API) AddMeasurement(ctx context.Context, actor account.Actor, in *struct {
	ByRecord
	Body MeasurementNew
}) (*struct{ Body Measurement }, error) {
	m, err := a.service.AddMeasurement(ctx, actor, survey.RecordID(in.Record), survey.MeasurementInput(in.Body))
	if err != nil {
		return nil, err
	}
	return &struct{ Body Measurement }{*newMeasurement(m)}, nil
}
