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

// CreateMeasurements stores those that a KPI does not have yet, all or nothing.
func (s *Store) CreateMeasurements(ctx context.Context, id survey.RecordID, all []survey.Measurement, told ...audit.Entry) error {
	return s.inTx(ctx, "create measurements", func(tx *gorm.DB) error {
		var kpi recordRow
		if err := tx.Clauses(clause.Locking{Strength: "UPDATE"}).Where("id = ?", string(id)).Take(&kpi).Error; err != nil {
			return err
		}
		var rows []measurementRow
		if err := tx.Where("kpi = ?", string(id)).Find(&rows).Error; err != nil {
			return err
		}
		type name struct{ day, source string }
		there := map[name]measurementRow{}
		for _, r := range rows {
			there[name{r.Day, r.Source}] = r
		}
		var missing []measurementRow
		for _, m := range all {
			row := measurementRow{string(id), m.Day, m.Key, m.Value, m.Note, m.Recorded.UTC()}
			old, known := there[name{row.Day, row.Source}]
			if known && (old.Value != row.Value || old.Note != row.Note) {
				return fault.New(fault.Conflict, "measurement-differs")
			}
			if !known {
				missing = append(missing, row)
			}
		}
		if len(missing) == 0 {
			return nil
		}
		if err := tx.CreateInBatches(missing, batch).Error; err != nil {
			return err
		}
		return tell(tx, told)
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

// LastMeasurements gives the last measurement of each of some KPIs.
func (s *Store) LastMeasurements(ctx context.Context, ids []survey.RecordID) (map[survey.RecordID]survey.Measurement, error) {
	last := map[survey.RecordID]survey.Measurement{}
	if len(ids) == 0 {
		return last, nil
	}
	var rows []measurementRow
	err := s.read.WithContext(ctx).Raw("SELECT kpi, day, source, value, note, recorded FROM ("+
		"SELECT measurements.*, ROW_NUMBER() OVER (PARTITION BY kpi ORDER BY day DESC, recorded DESC, source DESC) AS place "+
		"FROM measurements WHERE kpi IN ?) AS ranked WHERE place = 1", ids).Scan(&rows).Error
	if err != nil {
		return nil, translate(fmt.Errorf("last measurements: %w", err))
	}
	for _, r := range rows {
		last[survey.RecordID(r.KPI)] = r.measurement()
	}
	return last, nil
}
