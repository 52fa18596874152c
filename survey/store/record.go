package store

import (
	"context"
	"errors"
	"fmt"

	"gorm.io/gorm"

	"pulscheck/survey"
	"pulscheck/survey/audit"
)

type recordRow struct {
	ID        string
	Iteration string
	Kind      string
	Number    int
	Process   string
	Settings  string
	Version   int
	Origin    string
}

func (recordRow) TableName() string { return "records" }

func newRecordRow(f *survey.Filed) recordRow {
	return recordRow{string(f.ID), string(f.Iteration), string(f.Kind), f.Number, f.Process, string(f.Body), 1, string(f.Origin)}
}

func (r recordRow) record() survey.Filed {
	return survey.Filed{Record: survey.Record{
		ID: survey.RecordID(r.ID), Kind: survey.RecordKind(r.Kind), Iteration: survey.IterationID(r.Iteration),
		Number: r.Number, Process: r.Process, Version: r.Version, Origin: survey.RecordID(r.Origin),
	}, Body: []byte(r.Settings)}
}

// CreateRecord stores a record under the next number of its kind. If another
// transaction takes that first, the whole transaction is run again.
func (s *Store) CreateRecord(ctx context.Context, f *survey.Filed, told ...audit.Entry) error {
	return s.inTx(ctx, "create record", func(tx *gorm.DB) error { return addRecord(tx, f, told) })
}

// addRecord gives a record its number and stores it.
func addRecord(tx *gorm.DB, f *survey.Filed, told []audit.Entry) error {
	row := newRecordRow(f)
	of := tx.Model(&recordRow{}).Where("iteration = ? AND kind = ?", row.Iteration, row.Kind)
	if err := of.Select("COALESCE(MAX(number), 0) + 1").Scan(&row.Number).Error; err != nil {
		return err
	}
	err := tx.Create(&row).Error
	if errors.Is(err, gorm.ErrDuplicatedKey) {
		return errTaken
	}
	if err != nil {
		return err
	}
	f.Number, f.Version = row.Number, row.Version
	return tell(tx, told)
}

// UpdateRecord stores what changed since version f.Version.
func (s *Store) UpdateRecord(ctx context.Context, f *survey.Filed, told ...audit.Entry) error {
	row := newRecordRow(f)
	return s.inTx(ctx, "update record", func(tx *gorm.DB) error {
		return change(tx, tx.Model(&recordRow{}).Where("id = ? AND kind = ?", row.ID, row.Kind), f.Version,
			map[string]any{"process": row.Process, "settings": row.Settings}, told)
	})
}

// FindRecord gives a record of a kind; fault NotFound otherwise.
func (s *Store) FindRecord(ctx context.Context, kind survey.RecordKind, id survey.RecordID) (*survey.Filed, error) {
	var row recordRow
	if err := s.read.WithContext(ctx).Where("id = ? AND kind = ?", string(id), string(kind)).Take(&row).Error; err != nil {
		return nil, translate(fmt.Errorf("find record: %w", err))
	}
	f := row.record()
	return &f, nil
}

// ListRecords gives the records of a kind of an iteration in order of their numbers.
func (s *Store) ListRecords(ctx context.Context, kind survey.RecordKind, id survey.IterationID) ([]survey.Filed, error) {
	var rows []recordRow
	if err := s.read.WithContext(ctx).Where("iteration = ? AND kind = ?", string(id), string(kind)).Order("number").Find(&rows).Error; err != nil {
		return nil, translate(fmt.Errorf("list records: %w", err))
	}
	all := make([]survey.Filed, len(rows))
	for i, r := range rows {
		all[i] = r.record()
	}
	return all, nil
}
