package v1

import (
	"bytes"
	"context"
	"time"

	"pulscheck/api/request"
	"pulscheck/survey"
	"pulscheck/survey/account"
	"pulscheck/survey/fault"
	"pulscheck/survey/score"
	"pulscheck/survey/tally"
)

// Attainment says how far a figure is.
type Attainment struct {
	Word      string   `json:"word" enum:"reached,nearly,partly,unchanged,worse,not_reached,no_data,invalid_goal,too_few_answers"`
	Value     *float64 `json:"value" doc:"1 = reached; null without a baseline"`
	Shown     *float64 `json:"shown" doc:"the same between 0 and 1.2"`
	Uncertain bool     `json:"uncertain" doc:"reached, but not yet certain: the interval of a figure from the pulse contains the target"`
}

func newAttainment(a score.Attainment) *Attainment {
	if a.Word == "" {
		return nil
	}
	return &Attainment{a.Word, a.Value, a.Shown(), a.Uncertain}
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
	Pulse      string       `json:"pulse" doc:"key of the item or construct whose index in the process it is; empty: measured elsewhere"`
	Fed        *Fed         `json:"fed" doc:"of one from the pulse: what the latest round says; null before one is counted"`
	Last       *Measurement `json:"last" doc:"the latest measurement; null if the latest round shows no value"`
	Attainment *Attainment  `json:"attainment" doc:"by the latest measurement; null without a target"`
}

// Fed is what the latest counted round says about a figure from the pulse.
type Fed struct {
	Round  string          `json:"round"`
	Closed time.Time       `json:"closed"`
	State  string          `json:"state" enum:"shown,banded,protected" doc:"a banded or protected value is none"`
	N      *int            `json:"n" doc:"null if there is no value, or if the group hides it"`
	CI     *tally.Interval `json:"ci" doc:"95 % interval of the value"`
}

func newFed(f *survey.Fed) *Fed {
	if f == nil {
		return nil
	}
	return &Fed{string(f.Round), f.Closed.UTC(), string(f.State), f.N, f.CI}
}

// KPISaid is what is said of a KPI; what is left out stays. A new one needs a name.
type KPISaid struct {
	Process   *string        `json:"process,omitempty" example:"INC"`
	Name      *string        `json:"name,omitempty" minLength:"1" maxLength:"200" example:"median time to solve"`
	Unit      *string        `json:"unit,omitempty" maxLength:"40" example:"h"`
	Source    *string        `json:"source,omitempty" maxLength:"200" example:"service desk"`
	Direction *string        `json:"direction,omitempty" enum:"up,down" default:"up"`
	Baseline  request.Amount `json:"baseline,omitempty" example:"48" doc:"null: none"`
	Target    request.Amount `json:"target,omitempty" example:"24" doc:"null: none"`
	Archived  *bool          `json:"archived,omitempty"`
	Pulse     *string        `json:"pulse,omitempty" example:"ACC" doc:"key of an item or construct of the surveys; empty: none"`
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
		k.Pulse, newFed(k.Fed), newMeasurement(k.Last), newAttainment(k.Attainment()),
	}
}

func (b KPISaid) input() survey.KPIInput {
	return survey.KPIInput{
		Process: b.Process, Name: b.Name, Unit: b.Unit, Source: b.Source, Direction: b.Direction,
		Baseline: survey.Amount(b.Baseline), Target: survey.Amount(b.Target), Archived: b.Archived, Pulse: b.Pulse,
	}
}

// KPIs gives the handlers of KPIs.
func (a *API) KPIs() Records[survey.KPI, KPI, KPISaid, survey.KPIInput] {
	s := a.service
	return Records[survey.KPI, KPI, KPISaid, survey.KPIInput]{
		a, "kpis", s.ListKPIs, s.CreateKPI, s.ShowKPI, s.UpdateKPI, func(k *survey.KPI) *survey.Record { return &k.Record },
		newKPI, KPISaid.input,
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

// MeasurementFile tells what a file of measurements did, or would do.
type MeasurementFile struct {
	New       int        `json:"new"`
	Unchanged int        `json:"unchanged" doc:"rows that were stored already"`
	Errors    []RowError `json:"errors" doc:"the first 100, of a dry run" nullable:"false"`
}

// ImportMeasurements stores the measurements of a CSV file, all or nothing. A dry run
// tells the rows that are wrong, an import is refused with them.
func (a *API) ImportMeasurements(ctx context.Context, actor account.Actor, in *struct {
	ByRecord
	DryRun  bool   `query:"dry_run" doc:"only tell what would happen"`
	RawBody []byte `contentType:"text/csv" required:"true"`
}) (*struct{ Body MeasurementFile }, error) {
	if err := actor.May(account.ChangeProgress); err != nil { // counted only for who may
		return nil, err
	}
	k, err := a.service.ShowKPI(ctx, actor, survey.RecordID(in.Record))
	if err != nil {
		return nil, err
	}
	if err := a.importing(ctx, actor, k.Iteration); err != nil {
		return nil, err
	}
	out, err := a.service.ImportMeasurements(ctx, actor, survey.RecordID(in.Record), bytes.NewReader(in.RawBody), in.DryRun)
	switch {
	case fault.Is(err, "import-row-invalid") && out != nil && !in.DryRun:
		return nil, rowFault(out.Errors)
	case err != nil && !fault.Is(err, "import-row-invalid"):
		return nil, err
	}
	return &struct{ Body MeasurementFile }{MeasurementFile{out.New, out.Unchanged, rowErrors(out.Errors)}}, nil
}
