package store

import (
	"context"
	"errors"

	"gorm.io/gorm"

	"pulscheck/survey"
	"pulscheck/survey/audit"
	"pulscheck/survey/fault"
)

// create inserts a row and tells the audit in the same transaction. A key that exists
// already is fault Conflict "key-taken".
func (s *Store) create(ctx context.Context, what string, row any, told []audit.Entry) error {
	return s.inTx(ctx, what, func(tx *gorm.DB) error {
		if err := tx.Create(row).Error; err != nil {
			return taken(err)
		}
		return tell(tx, told)
	})
}

// taken gives a duplicate key the fault it means.
func taken(err error) error {
	if errors.Is(err, gorm.ErrDuplicatedKey) {
		return fault.Wrap(fault.Conflict, "key-taken", err)
	}
	return err
}

// change sets columns of the one row that query finds if it is still in the version
// that the caller saw, and tells the audit. A row in another version is fault Conflict
// "version-conflict", no row NotFound.
func change(tx, query *gorm.DB, seen int, set map[string]any, told []audit.Entry) error {
	set["version"] = seen + 1
	query = query.Session(&gorm.Session{})
	done := query.Where("version = ?", seen).Updates(set)
	if done.Error != nil {
		return taken(done.Error)
	}
	if done.RowsAffected == 0 {
		var n int64
		if err := query.Count(&n).Error; err != nil {
			return err
		}
		if n == 0 {
			return gorm.ErrRecordNotFound
		}
		return fault.New(fault.Stale, "version-conflict")
	}
	return tell(tx, told)
}

// tell appends entries to the audit.
func tell(tx *gorm.DB, told []audit.Entry) error {
	for _, e := range told {
		if err := appendAudit(tx, e); err != nil {
			return err
		}
	}
	return nil
}

// along stores what happens in the same transaction as a change.
func along(tx *gorm.DB, also []survey.Also) error {
	for _, a := range also {
		if err := addJobs(tx, a.Then...); err != nil {
			return err
		}
		if err := tell(tx, a.Told); err != nil {
			return err
		}
	}
	return nil
}
