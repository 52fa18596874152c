package survey

import (
	"context"
	"time"

	"pulscheck/survey/account"
	"pulscheck/survey/audit"
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
	// LastMeasurements gives the last one in that order of every KPI of an iteration.
	LastMeasurements(ctx context.Context, id IterationID) (map[RecordID]Measurement, error)
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
// key. Fault Conflict "measurement-differs".
func (s *Service) AddMeasurement(ctx context.Context, actor account.Actor, id RecordID, in MeasurementInput) (*Measurement, error) {
	_, _, organisation, err := kpis.find(ctx, s, actor, account.ChangeProgress, id)
	if err != nil {
		return nil, err
	}
	if in.Key == "" {
		in.Key = ManualKey
	}
	m := &Measurement{KPI: id, Day: in.Day, Key: in.Key, Recorded: s.now().UTC().Truncate(time.Microsecond)}
	var c checks
	if c.day("/day", m.Day); m.Day == "" {
		c.wrong("/day", "date-invalid")
	}
	c.key("/key", m.Key)
	var value *float64
	c.number("/value", &value, &in.Value)
	m.Value = *value
	c.maybe("/note", &m.Note, &in.Note, maxSentence)
	if err := c.err(); err != nil {
		return nil, err
	}
	told := s.tell(actor, organisation, "measurement.create", string(id), map[string]string{"day": m.Day, "key": m.Key})
	return m, s.store.CreateMeasurement(ctx, m, told)
}

// ListMeasurements gives what was measured of a KPI.
func (s *Service) ListMeasurements(ctx context.Context, actor account.Actor, id RecordID) ([]Measurement, error) {
	if _, _, _, err := kpis.find(ctx, s, actor, account.ReadProgress, id); err != nil {
		return nil, err
	}
	return s.store.ListMeasurements(ctx, id)
}
