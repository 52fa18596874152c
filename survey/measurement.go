package survey

import (
	"context"
	"time"

	"pulscheck/survey/account"
	"pulscheck/survey/audit"
	"pulscheck/survey/fault"
)

// Measurement is the value of a KPI on a day. Key tells measurements of one day apart:
// whoever sends one says the same key every time, so that a repetition is none.
type Measurement struct {
	KPI      RecordID
	Day      string // YYYY-MM-DD
	Key      string
	Value    float64
	Note     string
	Recorded time.Time
}

// ManualKey is the key of a measurement whose sender says none.
const ManualKey = "manual"

// Measurements keeps what was measured.
type Measurements interface {
	// CreateMeasurement stores a measurement unless its KPI has one of that day and key:
	// then m becomes that one, or, if value or note differ, it is refused as fault
	// Conflict "measurement-differs".
	CreateMeasurement(ctx context.Context, m *Measurement, told ...audit.Entry) error
	// ListMeasurements gives those of a KPI by day, those of a day as they came.
	ListMeasurements(ctx context.Context, id RecordID) ([]Measurement, error)
	// LastMeasurements gives the last one in that order of each of some KPIs.
	LastMeasurements(ctx context.Context, ids []RecordID) (map[RecordID]Measurement, error)
	// CreateMeasurements stores those that the KPI does not have yet, all or nothing; the
	// audit is told if there are any. One that differs is fault Conflict
	// "measurement-differs".
	CreateMeasurements(ctx context.Context, id RecordID, all []Measurement, told ...audit.Entry) error
}

// MeasurementInput is a measurement as it is sent.
type MeasurementInput struct {
	Day   string
	Key   string // empty = ManualKey
	Value float64
	Note  string
}

// AddMeasurement stores what was measured, once however often it is sent. What was
// stored never changes: whoever has another value for the day sends it under another
// key. Faults: Conflict "measurement-differs", "kpi-from-pulse".
func (s *Service) AddMeasurement(ctx context.Context, actor account.Actor, id RecordID, in MeasurementInput) (*Measurement, error) {
	k, _, organisation, err := kpis.find(ctx, s, actor, account.ChangeProgress, id)
	if err != nil {
		return nil, err
	}
	if k.Pulse != "" {
		return nil, fault.New(fault.Conflict, "kpi-from-pulse")
	}
	var c checks
	m := in.measurement(id, &c)
	m.Recorded = s.now().UTC().Truncate(time.Microsecond)
	if err := c.err(); err != nil {
		return nil, err
	}
	told := s.tell(actor, organisation, "measurement.create", string(id), map[string]string{"day": m.Day, "key": m.Key})
	return m, s.store.CreateMeasurement(ctx, m, told)
}

// measurement checks what is sent.
func (in MeasurementInput) measurement(id RecordID, c *checks) *Measurement {
	if in.Key == "" {
		in.Key = ManualKey
	}
	m := &Measurement{KPI: id, Day: in.Day, Key: in.Key}
	if c.day("/day", m.Day); m.Day == "" {
		c.wrong("/day", "date-invalid")
	}
	c.key("/key", m.Key)
	var value *float64
	c.number("/value", &value, &in.Value)
	m.Value = *value
	c.maybe("/note", &m.Note, &in.Note, maxSentence)
	return m
}

// ListMeasurements gives what was measured of a KPI, by day.
func (s *Service) ListMeasurements(ctx context.Context, actor account.Actor, id RecordID) ([]Measurement, error) {
	k, _, _, err := kpis.find(ctx, s, actor, account.ReadProgress, id)
	if err != nil {
		return nil, err
	}
	return s.history(ctx, k)
}

// history gives what was measured of a KPI: of one from the pulse, what the rounds of
// its iteration displayed.
func (s *Service) history(ctx context.Context, k *KPI) ([]Measurement, error) {
	if k.Pulse == "" {
		return s.store.ListMeasurements(ctx, k.ID)
	}
	return s.fedHistory(ctx, k)
}
