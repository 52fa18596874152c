package store

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"pulscheck/survey"
	"pulscheck/survey/audit"
	"pulscheck/survey/schedule"
)

// jobRow keeps instants as Unix milliseconds: they are compared and are part of the
// key, and every database keeps them exactly.
type jobRow struct {
	Kind         string
	Object       string
	Due          int64
	Organisation string
	State        string
	RunAt        int64 // waiting: when it is tried, or given to another replica; else when it ended
	Lease        int64
	Tries        int
	Failure      string
}

func (jobRow) TableName() string { return "jobs" }

func newJobRow(j survey.Job) jobRow {
	due := j.Due.UnixMilli()
	return jobRow{Kind: string(j.Kind), Object: j.Object, Due: due, Organisation: string(j.Organisation), State: string(schedule.Waiting), RunAt: due}
}

func (r jobRow) job() schedule.Job {
	return schedule.Job{
		Job: survey.Job{
			Kind: survey.JobKind(r.Kind), Object: r.Object, Organisation: survey.OrganisationID(r.Organisation), Due: time.UnixMilli(r.Due).UTC(),
		},
		Tries: r.Tries, Lease: r.Lease,
	}
}

// notBefore gives the first whole millisecond that is not before an instant.
func notBefore(at time.Time) int64 { return at.Add(time.Millisecond - 1).UnixMilli() }

// addJobs stores jobs in the transaction of their cause. One that is stored already
// stays as it is.
func addJobs(tx *gorm.DB, jobs ...survey.Job) error {
	for _, j := range jobs {
		row := newJobRow(j)
		if err := tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&row).Error; err != nil {
			return err
		}
	}
	return nil
}

func named(tx *gorm.DB, j survey.Job) *gorm.DB {
	return tx.Model(&jobRow{}).Where("kind = ? AND object = ? AND due = ?", string(j.Kind), j.Object, j.Due.UnixMilli())
}

// held are the rows (one or none) that belong to whoever holds j.
func held(tx *gorm.DB, j schedule.Job) *gorm.DB {
	return named(tx, j.Job).Where("state = ? AND lease = ?", string(schedule.Waiting), j.Lease)
}

// ListDueJobs gives waiting jobs whose time has come.
func (s *Store) ListDueJobs(ctx context.Context, now time.Time, kinds []survey.JobKind, limit int) ([]schedule.Job, error) {
	var rows []jobRow
	err := s.read.WithContext(ctx).Where("state = ? AND run_at <= ? AND kind IN ?", string(schedule.Waiting), now.UnixMilli(), kinds).
		Order("run_at, kind, object, due").Limit(limit).Find(&rows).Error
	if err != nil {
		return nil, translate(fmt.Errorf("list due jobs: %w", err))
	}
	jobs := make([]schedule.Job, len(rows))
	for i, r := range rows {
		jobs[i] = r.job()
	}
	return jobs, nil
}

// NextJob says when the next waiting job falls due.
func (s *Store) NextJob(ctx context.Context, kinds []survey.JobKind) (time.Time, bool, error) {
	var row jobRow
	err := s.read.WithContext(ctx).Where("state = ? AND kind IN ?", string(schedule.Waiting), kinds).
		Order("run_at, kind, object, due").Take(&row).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return time.Time{}, false, nil
	}
	if err != nil {
		return time.Time{}, false, translate(fmt.Errorf("find next job: %w", err))
	}
	return time.UnixMilli(row.RunAt).UTC(), true, nil
}

// ClaimJob takes a job as it was listed; what became of the last try is no longer told,
// as this one may go well. A claim whose answer was lost counts as
// missed: its lease runs out.
func (s *Store) ClaimJob(ctx context.Context, j *schedule.Job, until time.Time) (bool, error) {
	claimed, err := s.swapJob(ctx, "claim job", *j, map[string]any{
		"lease": j.Lease + 1, "tries": j.Tries + 1, "run_at": until.UnixMilli(), "failure": "",
	})
	if claimed {
		j.Lease, j.Tries = j.Lease+1, j.Tries+1
	}
	return claimed, err
}

// RenewJob puts off the end of the lease.
func (s *Store) RenewJob(ctx context.Context, j schedule.Job, until time.Time) (bool, error) {
	return s.swapJob(ctx, "renew job", j, map[string]any{"run_at": until.UnixMilli()})
}

func (s *Store) swapJob(ctx context.Context, what string, j schedule.Job, set map[string]any) (swapped bool, err error) {
	err = s.inTx(ctx, what, func(tx *gorm.DB) error {
		changed := held(tx, j).Updates(set)
		swapped = changed.RowsAffected == 1
		return changed.Error
	})
	return swapped && err == nil, err
}

// FinishJob stores the outcome, the job that follows, and tells the audit of one that
// was given up.
func (s *Store) FinishJob(ctx context.Context, j schedule.Job, o schedule.Outcome) (finished bool, err error) {
	err = s.inTx(ctx, "finish job", func(tx *gorm.DB) error {
		changed := held(tx, j).Updates(map[string]any{
			"state": string(o.State), "run_at": notBefore(o.At), "tries": o.Tries, "failure": o.Failure, "lease": j.Lease + 1,
		})
		if finished = changed.RowsAffected == 1; changed.Error != nil || !finished {
			return changed.Error
		}
		if o.Next != nil {
			if err := addJobs(tx, *o.Next); err != nil {
				return err
			}
		}
		if o.State != schedule.Dead {
			return nil
		}
		return appendAudit(tx, audit.Entry{
			Organisation: string(j.Organisation), At: o.At, Actor: audit.System, Verb: "job.dead", Subject: j.Object,
			Detail: map[string]string{"kind": string(j.Kind), "due": j.Due.Format(time.RFC3339), "failure": o.Failure, "tries": strconv.Itoa(o.Tries), "reference": j.Reference()},
		})
	})
	return finished && err == nil, err
}

// EnsureJobs stores each job unless one of its kind and object is waiting. One that was
// given up, or ended at the same instant, waits again instead.
func (s *Store) EnsureJobs(ctx context.Context, jobs ...survey.Job) error {
	for _, j := range jobs {
		if err := s.inTx(ctx, "ensure job", func(tx *gorm.DB) error { return ensureJob(tx, j) }); err != nil {
			return err
		}
	}
	return nil
}

func ensureJob(tx *gorm.DB, j survey.Job) error {
	row, same := newJobRow(j), "kind = ? AND object = ?"
	var waiting int64
	err := tx.Model(&jobRow{}).Where(same, row.Kind, row.Object).Where("state = ?", row.State).Count(&waiting).Error
	if err != nil || waiting > 0 {
		return err
	}
	revived := tx.Model(&jobRow{}).Where(same, row.Kind, row.Object).Where("state = ? OR due = ?", string(schedule.Dead), row.Due).
		Updates(map[string]any{"state": row.State, "run_at": row.RunAt, "tries": 0, "failure": ""})
	if revived.Error != nil || revived.RowsAffected > 0 {
		return revived.Error
	}
	return addJobs(tx, j)
}

// CountDeadJobs says how many jobs were given up.
func (s *Store) CountDeadJobs(ctx context.Context) (int, error) {
	var n int64
	if err := s.read.WithContext(ctx).Model(&jobRow{}).Where("state = ?", string(schedule.Dead)).Count(&n).Error; err != nil {
		return 0, translate(fmt.Errorf("count dead jobs: %w", err))
	}
	return int(n), nil
}
