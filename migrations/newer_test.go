package migrations_test

import (
	"context"
	"database/sql"
	"errors"
	"path/filepath"
	"testing"

	_ "modernc.org/sqlite" // the embedded engine

	"pulscheck/migrations"
)

func TestNewerDatabaseIsRefused(t *testing.T) {
	db, err := sql.Open("sqlite", filepath.Join(t.TempDir(), "x.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close() //nolint:errcheck // a test file
	ctx := context.Background()
	if err := migrations.Up(ctx, db, migrations.SQLite); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec("INSERT INTO goose_db_version (version_id, is_applied) VALUES (99999, 1)"); err != nil {
		t.Fatal(err)
	}
	if err := migrations.Up(ctx, db, migrations.SQLite); !errors.Is(err, migrations.ErrNewer) {
		t.Errorf("migrate up: %v, want ErrNewer", err)
	}
	if _, err := migrations.Status(ctx, db, migrations.SQLite); !errors.Is(err, migrations.ErrNewer) {
		t.Errorf("status: %v, want ErrNewer", err)
	}
}
