package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"

	"pulscheck/migrations"
	"pulscheck/survey/fault"
)

// CheckDurability reads again whether the database keeps acknowledged rows through a
// power cut: its settings can be changed while it runs (R2). The error is that of
// Durable, or that they cannot be read.
func (s *Store) CheckDurability(ctx context.Context) error {
	weak, err := s.weakDurability(ctx)
	if err != nil {
		return err
	}
	s.weak.Store(&weak)
	return s.Durable()
}

// Durable is fault Configuration "durability-weak" if the settings read last lose
// acknowledged rows and nobody said that they may.
func (s *Store) Durable() error {
	weak := s.WeakDurability()
	if len(weak) == 0 || s.allowWeak {
		return nil
	}
	return fault.Wrap(fault.Configuration, "durability-weak", fmt.Errorf("acknowledged answers might be lost: %s", strings.Join(weak, ", ")))
}

// WeakDurability lists the settings read last that do not keep acknowledged rows
// through a power cut; empty = none.
func (s *Store) WeakDurability() []string {
	if weak := s.weak.Load(); weak != nil {
		return *weak
	}
	return nil
}

// safeSettings are the values of server variables that keep every commit. Detecting
// torn pages without being able to mend them is not enough.
var safeSettings = []struct {
	name string
	safe []string
}{
	{"innodb_flush_log_at_trx_commit", []string{"1", "3"}}, // 3: MariaDB, one more sync
	{"sync_binlog", []string{"1"}},
	{"innodb_doublewrite", []string{"ON", "1", "DETECT_AND_RECOVER"}},
}

// weakDurability lists the settings that lose acknowledged rows at a power cut.
func (s *Store) weakDurability(ctx context.Context) ([]string, error) {
	if s.dialect == migrations.SQLite {
		return s.sqliteDurability(ctx)
	}
	var weak []string
	for _, setting := range safeSettings {
		value, err := s.variable(ctx, setting.name)
		if err != nil {
			return nil, err
		}
		if setting.name == "sync_binlog" {
			logging, err := s.variable(ctx, "log_bin")
			if err != nil {
				return nil, err
			}
			if logging != "ON" {
				continue // there is no log to be in step with
			}
		}
		if value != "" && !slices.Contains(setting.safe, value) {
			weak = append(weak, setting.name+"="+value)
		}
	}
	return weak, nil
}

// variable gives a server variable, empty if the server does not know it.
func (s *Store) variable(ctx context.Context, name string) (string, error) {
	var key, value string
	err := s.handles[0].QueryRowContext(ctx, "SHOW GLOBAL VARIABLES LIKE '"+name+"'").Scan(&key, &value)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	if err != nil {
		return "", translate(fmt.Errorf("read %s: %w", name, err))
	}
	return strings.ToUpper(value), nil
}

func (s *Store) sqliteDurability(ctx context.Context) ([]string, error) {
	var synchronous int
	var journal string
	db := s.handles[0]
	if err := db.QueryRowContext(ctx, "PRAGMA synchronous").Scan(&synchronous); err != nil {
		return nil, translate(err)
	}
	if err := db.QueryRowContext(ctx, "PRAGMA journal_mode").Scan(&journal); err != nil {
		return nil, translate(err)
	}
	var weak []string
	if synchronous < 2 {
		weak = append(weak, fmt.Sprintf("synchronous=%d", synchronous))
	}
	if journal == "off" || journal == "memory" {
		weak = append(weak, "journal_mode="+journal)
	}
	return weak, nil
}
