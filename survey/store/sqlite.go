package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"time"

	"gorm.io/driver/sqlite"
	"gorm.io/gorm"
	sqlitedriver "modernc.org/sqlite"

	"pulscheck/migrations"
	"pulscheck/survey/fault"
)

// readers is the number of connections beside the one that writes.
const readers = 4

// pragmas keep every acknowledged row through a power cut and overwrite what is
// deleted.
var pragmas = []string{
	"busy_timeout(10000)", "journal_mode(WAL)", "synchronous(FULL)", "foreign_keys(1)", "secure_delete(1)",
}

func openSQLite(path string, o Options) (*Store, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, fault.Wrap(fault.Configuration, "database-url", fmt.Errorf("folder of the database: %w", err))
	}
	pragmas := pragmas
	if o.Throwaway {
		pragmas = append(slices.Clone(pragmas), "synchronous(OFF)")
	}
	writer, err := sql.Open("sqlite", sqliteName(path, "&_txlock=immediate", pragmas...))
	if err != nil {
		return nil, fmt.Errorf("open SQLite: %w", err)
	}
	writer.SetMaxOpenConns(1)
	// Several processes that begin at once stand in each other's way while the journal is
	// set up, and SQLite does not wait for that by itself.
	if err := patiently(writer.Ping); err != nil {
		return nil, translate(fmt.Errorf("open SQLite: %w", err))
	}
	reader, err := sql.Open("sqlite", sqliteName(path, "", append(slices.Clone(pragmas), "query_only(1)")...))
	if err != nil {
		return nil, fmt.Errorf("open SQLite: %w", err)
	}
	reader.SetMaxOpenConns(readers)
	reader.SetMaxIdleConns(readers)
	s := &Store{dialect: migrations.SQLite, handles: []*sql.DB{writer, reader}}
	for _, h := range []struct {
		into **gorm.DB
		db   *sql.DB
	}{{&s.write, writer}, {&s.read, reader}} {
		dialector := sqlite.New(sqlite.Config{DriverName: "sqlite", Conn: h.db})
		if *h.into, err = gorm.Open(pureSQLite{dialector.(*sqlite.Dialector)}, config(o)); err != nil {
			return nil, translate(fmt.Errorf("open SQLite: %w", err))
		}
	}
	return s, nil
}

// patiently runs f again while the database is locked, for as long as a statement waits
// for a lock.
func patiently(f func() error) error {
	for began := 0; ; began++ {
		err := f()
		if err == nil || !again(err) || began == 200 {
			return err
		}
		time.Sleep(50 * time.Millisecond)
	}
}

func sqliteName(path, extra string, pragmas ...string) string {
	name := "file:" + (&url.URL{Path: path}).EscapedPath() + "?_time_format=sqlite" + extra
	for _, p := range pragmas {
		name += "&_pragma=" + p
	}
	return name
}

// pureSQLite teaches GORM the error codes of the driver without cgo.
type pureSQLite struct{ *sqlite.Dialector }

// Result codes of SQLite.
const (
	sqliteBusy     = 5
	sqliteIOErr    = 10
	sqliteFull     = 13
	sqliteCantOpen = 14
	sqlitePrimary  = 1555
	sqliteUnique   = 2067
)

// Translate is called by GORM for every error.
func (d pureSQLite) Translate(err error) error {
	var e *sqlitedriver.Error
	if errors.As(err, &e) && (e.Code() == sqlitePrimary || e.Code() == sqliteUnique) {
		return gorm.ErrDuplicatedKey
	}
	return err
}

// compactSQLite leaves nothing of deleted rows in file or journal.
func (s *Store) compactSQLite(ctx context.Context) error {
	for _, statement := range []string{"PRAGMA wal_checkpoint(TRUNCATE)", "VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"} {
		if _, err := s.handles[0].ExecContext(ctx, statement); err != nil {
			return translate(fmt.Errorf("compact: %w", err))
		}
	}
	return nil
}
