package store

import (
	"context"
	"fmt"
	"strings"
	"time"

	"pulscheck/migrations"
	"pulscheck/survey"
)

// DescribeDatabase tells which database this is, what was found out of its durability,
// and how far the schema is.
func (s *Store) DescribeDatabase(ctx context.Context) (*survey.Database, error) {
	state, err := s.Migrations(ctx)
	if err != nil {
		return nil, translate(err)
	}
	d := &survey.Database{Weak: s.WeakDurability(), WeakAllowed: s.allowWeak, Schema: state.Current, Latest: state.Latest}
	query, migrated := "SELECT sqlite_version(), ''", "SELECT CAST(tstamp AS TEXT) FROM goose_db_version ORDER BY id DESC LIMIT 1"
	if s.dialect == migrations.MySQL {
		query, migrated = "SELECT VERSION(), @@version_comment", "SELECT CAST(tstamp AS CHAR) FROM goose_db_version ORDER BY id DESC LIMIT 1"
	}
	var comment, at string
	if err := s.handles[0].QueryRowContext(ctx, query).Scan(&d.Version, &comment); err != nil {
		return nil, translate(fmt.Errorf("read version: %w", err))
	}
	if err := s.handles[0].QueryRowContext(ctx, migrated).Scan(&at); err != nil {
		return nil, translate(fmt.Errorf("read last step of the schema: %w", err))
	}
	if len(at) > len(time.DateTime) {
		at = at[:len(time.DateTime)]
	}
	if d.Migrated, err = time.Parse(time.DateTime, at); err != nil {
		return nil, fmt.Errorf("read last step of the schema: %w", err)
	}
	switch told := d.Version + " " + comment; {
	case s.dialect == migrations.SQLite:
		d.Kind = "SQLite"
	case strings.Contains(told, "TiDB"):
		d.Kind = "TiDB"
	case strings.Contains(told, "MariaDB"):
		d.Kind = "MariaDB"
	default:
		d.Kind = "MySQL"
	}
	return d, nil
}
