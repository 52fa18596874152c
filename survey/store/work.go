package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"

	"pulscheck/survey"
	"pulscheck/survey/audit"
	"pulscheck/survey/fault"
	"pulscheck/survey/schedule"
)

// work tells how far a job is. A row that waits for its next try holds the failure of the
// last one; a row that somebody works on holds none, and the end of the lease.
func (r jobRow) work(now time.Time) *survey.Work {
	w := &survey.Work{Job: r.job().Job, Tries: r.Tries, At: time.UnixMilli(r.RunAt).UTC(), Failure: r.Failure}
	switch {
	case r.State == string(schedule.Done):
		w.State = survey.WorkDone
	case r.State == string(schedule.Dead):
		w.State = survey.WorkDead
	case r.Failure != "":
		w.State = survey.WorkFailed
	case r.Tries > 0 && w.At.After(now):
		w.State, w.At = survey.WorkRunning, time.Time{}
	default:
		w.State = survey.WorkWaiting
	}
	return w
}

// FindWork gives the last job of a kind and object, nil if there is none.
func (s *Store) FindWork(ctx context.Context, kind survey.JobKind, object string, now time.Time) (*survey.Work, error) {
	var row jobRow
	err := s.read.WithContext(ctx).Where("kind = ? AND object = ?", string(kind), object).Order("due DESC").Take(&row).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, translate(fmt.Errorf("find work: %w", err))
	}
	return row.work(now), nil
}

// RepeatWork has a job tried at once that failed or was given up.
func (s *Store) RepeatWork(ctx context.Context, j survey.Job, at time.Time, told ...audit.Entry) error {
	return s.inTx(ctx, "repeat work", func(tx *gorm.DB) error {
		failed := named(tx, j).Where("(state = ? OR state = ? AND failure <> '')", string(schedule.Dead), string(schedule.Waiting))
		again := failed.Updates(map[string]any{
			"state": string(schedule.Waiting), "run_at": notBefore(at), "tries": 0, "failure": "", "lease": gorm.Expr("lease + 1"),
		})
		if again.Error != nil {
			return again.Error
		}
		if again.RowsAffected == 0 {
			return fault.New(fault.Conflict, "job-not-failed")
		}
		return tell(tx, told)
	})
}
