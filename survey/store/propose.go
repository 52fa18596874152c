package store

import (
	"context"
	"errors"
	"fmt"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"pulscheck/survey"
	"pulscheck/survey/audit"
)

// ProposeRecord stores a record under its id, once.
func (s *Store) ProposeRecord(ctx context.Context, f *survey.Filed, told ...audit.Entry) (made bool, err error) {
	err = s.inTx(ctx, "propose record", func(tx *gorm.DB) error {
		var there int64
		if err := tx.Model(&recordRow{}).Where("id = ?", string(f.ID)).Count(&there).Error; err != nil {
			return err
		}
		if made = there == 0; !made {
			return nil
		}
		return addRecord(tx, f, told)
	})
	return made && err == nil, err
}

type orderRow struct {
	Iteration string
	Kind      string
	Number    int
	Reason    string
}

func (orderRow) TableName() string { return "report_orders" }

// OrderReport stores why there is to be another version of a report.
func (s *Store) OrderReport(ctx context.Context, o survey.ReportOrder, then []survey.Job, told ...audit.Entry) error {
	row := orderRow{string(o.Iteration), string(o.Kind), o.Number, o.Reason}
	return s.inTx(ctx, "order report", func(tx *gorm.DB) error {
		replace := clause.OnConflict{
			Columns:   []clause.Column{{Name: "iteration"}, {Name: "kind"}, {Name: "number"}},
			DoUpdates: clause.AssignmentColumns([]string{"reason"}),
		}
		if err := tx.Clauses(replace).Create(&row).Error; err != nil {
			return err
		}
		if err := addJobs(tx, then...); err != nil {
			return err
		}
		return tell(tx, told)
	})
}

// FindOrder gives why there is to be a version of a report; empty = nobody said.
func (s *Store) FindOrder(ctx context.Context, id survey.IterationID, kind survey.ReportKind, number int) (string, error) {
	var row orderRow
	err := s.read.WithContext(ctx).Where("iteration = ? AND kind = ? AND number = ?", string(id), string(kind), number).Take(&row).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return "", nil
	}
	if err != nil {
		return "", translate(fmt.Errorf("find report order: %w", err))
	}
	return row.Reason, nil
}
