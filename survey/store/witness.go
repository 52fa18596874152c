package store

import (
	"context"
	"fmt"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"pulscheck/survey"
	"pulscheck/survey/audit"
)

// installationRow is what a database knows of itself: one row.
type installationRow struct {
	Slot          int
	Name          string
	Generation    int64
	Configuration string
}

func (installationRow) TableName() string { return "installations" }

// onlySlot is the key of the one row.
const onlySlot = 1

// FindGeneration gives how far the database has come; fault NotFound without a name.
func (s *Store) FindGeneration(ctx context.Context) (*survey.Generation, error) {
	var row installationRow
	if err := s.read.WithContext(ctx).Where("slot = ?", onlySlot).Take(&row).Error; err != nil {
		return nil, translate(fmt.Errorf("find generation: %w", err))
	}
	return &survey.Generation{Database: row.Name, Number: row.Generation}, nil
}

// NameDatabase gives the database a name unless it has one.
func (s *Store) NameDatabase(ctx context.Context, name string) error {
	return s.inTx(ctx, "name database", func(tx *gorm.DB) error {
		return tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&installationRow{Slot: onlySlot, Name: name}).Error
	})
}

// NextGeneration takes the database from one generation to another.
func (s *Store) NextGeneration(ctx context.Context, from, to int64) (done bool, err error) {
	err = s.inTx(ctx, "next generation", func(tx *gorm.DB) (err error) {
		done, err = leave(tx, from, to)
		return err
	})
	return done, err
}

func leave(tx *gorm.DB, from, to int64) (bool, error) {
	changed := tx.Model(&installationRow{}).Where("slot = ? AND generation = ?", onlySlot, from).Update("generation", to)
	return changed.RowsAffected > 0, changed.Error
}

// ListHeads gives the last entry of every chain.
func (s *Store) ListHeads(ctx context.Context) ([]audit.Entry, error) {
	var rows []auditRow
	err := s.read.WithContext(ctx).Raw(`SELECT a.* FROM audit_entries a
		JOIN (SELECT organisation, MAX(seq) AS seq FROM audit_entries GROUP BY organisation) last
		ON last.organisation = a.organisation AND last.seq = a.seq`).Scan(&rows).Error
	if err != nil {
		return nil, translate(fmt.Errorf("list heads: %w", err))
	}
	return entriesOf(rows)
}

// ListAuditFrom gives the entries of a chain from a number on, without addresses.
func (s *Store) ListAuditFrom(ctx context.Context, id survey.OrganisationID, seq int) ([]audit.Entry, error) {
	var rows []auditRow
	err := s.read.WithContext(ctx).Where("organisation = ? AND seq >= ?", string(id), seq).Order("seq").Find(&rows).Error
	if err != nil {
		return nil, translate(fmt.Errorf("list audit: %w", err))
	}
	return entriesOf(rows)
}

// RestoreDatabase stores what follows from a restore: marks, rounds that are over, and
// nobody is signed in or holds a code that may have been used before.
func (s *Store) RestoreDatabase(ctx context.Context, r survey.Restoration) (done bool, err error) {
	err = s.inTx(ctx, "restore database", func(tx *gorm.DB) error {
		if done, err = leave(tx, r.From, r.To); err != nil || !done {
			return err
		}
		if len(r.Marked) > 0 {
			if err := tx.Model(&roundRow{}).Where("id IN ?", r.Marked).Update("restored", r.At.UTC()).Error; err != nil {
				return err
			}
		}
		for _, job := range r.Over {
			if err := endRestored(tx, job, r); err != nil {
				return err
			}
		}
		for _, table := range []string{"sessions", "access_codes"} {
			if err := tx.Exec("DELETE FROM " + table).Error; err != nil {
				return err
			}
		}
		return tell(tx, r.Told)
	})
	return done, err
}

// endRestored takes a round that was counted before to counted without results, wherever
// the backup has it.
func endRestored(tx *gorm.DB, job survey.Job, r survey.Restoration) error {
	id := survey.RoundID(job.Object)
	early, err := endedEarly(tx, id, r.At)
	if err != nil {
		return err
	}
	if err := move(tx, id, survey.Open, survey.Closed, audit.Entry{At: r.At, Verb: "round.close"}, early); err != nil {
		return err
	}
	told := audit.Entry{At: r.At, Verb: "round.forfeit", Detail: map[string]string{"because": "restored"}}
	for _, from := range []survey.State{survey.Draft, survey.Review, survey.Closed} {
		if err := move(tx, id, from, survey.Counted, told, map[string]any{"restored": r.At.UTC()}, job); err != nil {
			return err
		}
	}
	return nil
}

// FindConfiguration gives what the last start said of its settings.
func (s *Store) FindConfiguration(ctx context.Context) (string, error) {
	var row installationRow
	if err := s.read.WithContext(ctx).Where("slot = ?", onlySlot).Limit(1).Find(&row).Error; err != nil {
		return "", translate(fmt.Errorf("find configuration: %w", err))
	}
	return row.Configuration, nil
}

// UpdateConfiguration puts another one in its place.
func (s *Store) UpdateConfiguration(ctx context.Context, from, to string, told ...audit.Entry) (done bool, err error) {
	err = s.inTx(ctx, "update configuration", func(tx *gorm.DB) error {
		changed := tx.Model(&installationRow{}).Where("slot = ? AND configuration = ?", onlySlot, from).Update("configuration", to)
		if done = changed.RowsAffected > 0; changed.Error != nil || !done {
			return changed.Error
		}
		return tell(tx, told)
	})
	return done, err
}
