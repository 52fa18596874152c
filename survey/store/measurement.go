package store

import (
	"context"
	"fmt"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"pulscheck/survey"
	"pulscheck/survey/audit"
	"pulscheck/survey/fault"
)

type measurementRow struct {
	KPI      string `gorm:"column:kpi"`
	Day      string
	Source   string
	Value    float64
	Note     string
	Recorded time.Time
}

func (measurementRow) TableName() string { return "measurements" }

func (r measurementRow) measurement() survey.Measurement {
	return survey.Measurement{KPI: survey.RecordID(r.KPI), Day: r.Day, Key: r.Source, Value: r.Value, Note: r.Note, Recorded: r.Recorded.UTC()}
}

// CreateMeasurement stores a measurement once. Those of one KPI wait for each other at
// its row: programs send many at once, and all tell the same audit.
func (s *Store) CreateMeasurement(ctx context.Context, m *survey.Measurement, told ...audit.Entry) error {
	return s.inTx(ctx, "create measurement", func(tx *gorm.DB) error {
		var kpi recordRow
		if err := tx.Clauses(clause.Locking{Strength: "UPDATE"}).Where("id = ?", string(m.KPI)).Take(&kpi).Error; err != nil {
			return err
		}
		row := measurementRow{string(m.KPI), m.Day, m.Key, m.Value, m.Note, m.Recorded.UTC()}
		made := tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&row)
		if made.Error != nil {
			return made.Error
		}
		if made.RowsAffected == 1 {
			return tell(tx, told)
		}
		var there measurementRow
		if err := tx.Where("kpi = ? AND day = ? AND source = ?", row.KPI, row.Day, row.Source).Take(&there).Error; err != nil {
			return err
		}
		if there.Value != row.Value || there.Note != row.Note {
			return fault.New(fault.Conflict, "measurement-differs")
		}
		*m = there.measurement()
		return nil
	})
}

// ListMeasurements gives the measurements of a KPI by day, those of a day as they came.
func (s *Store) ListMeasurements(ctx context.Context, id survey.RecordID) ([]survey.Measurement, error) {
	var rows []measurementRow
	if err := s.read.WithContext(ctx).Where("kpi = ?", string(id)).Order("day, recorded, source").Find(&rows).Error; err != nil {
		return nil, translate(fmt.Errorf("list measurements: %w", err))
	}
	all := make([]survey.Measurement, len(rows))
	for i, r := range rows {
		all[i] = r.measurement()
	}
	return all, nil
}

// LastMeasurements gives the last measurement of every KPI of an iteration.
func (s *Store) LastMeasurements(ctx context.Context, id survey.IterationID) (map[survey.RecordID]survey.Measurement, error) {
	var rows []measurementRow
	err := s.read.WithContext(ctx).Raw("SELECT kpi, day, source, value, note, recorded FROM ("+
		"SELECT measurements.*, ROW_NUMBER() OVER (PARTITION BY kpi ORDER BY day DESC, recorded DESC, source DESC) AS place "+
		"FROM measurements JOIN records ON records.id = measurements.kpi WHERE records.iteration = ?) AS ranked WHERE place = 1", string(id)).Scan(&rows).Error
	if err != nil {
		return nil, translate(fmt.Errorf("last measurements: %w", err))
	}
	last := map[survey.RecordID]survey.Measurement{}
	for _, r := range rows {
		last[survey.RecordID(r.KPI)] = r.measurement()
	}
	return last, nil
}
