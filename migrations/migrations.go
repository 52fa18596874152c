// Package migrations holds the schema of the database, one statement a step, with
// the same number and name for MySQL and SQLite, and brings a database up to date.
// Steps only go forward and every step may be run again after it was cut off. A step
// that was released never changes: checksums.txt holds what each says. It knows none
// of pulscheck's words; survey/store calls it.
package migrations

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

//go:embed mysql/*.sql sqlite/*.sql
var files embed.FS

// Dialect of a database.
type Dialect string

// The dialects. MySQL stands for MariaDB too.
const (
	MySQL  Dialect = "mysql"
	SQLite Dialect = "sqlite"
)

// ErrNewer says that the database was written by a newer pulscheck.
var ErrNewer = errors.New("the database is newer than this pulscheck")

// State tells where a database stands.
type State struct {
	Current int64 // number of the last step applied, 0 for an empty database
	Latest  int64 // number of the last step there is
}

// Pending is the number of steps that are missing.
func (s State) Pending() int64 { return max(0, s.Latest-s.Current) }

// Up applies all missing steps; of several replicas one does, the others wait. A
// database with steps that this program does not know gives ErrNewer.
func Up(ctx context.Context, db *sql.DB, d Dialect) error {
	p, err := provider(db, d)
	if err != nil {
		return err
	}
	if d == MySQL {
		if err := mend(ctx, db); err != nil {
			return err
		}
	}
	if err := up(ctx, p); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	_, err = Status(ctx, db, d)
	return err
}

// up applies the steps. SQLite has no lock that two processes could wait for: who finds
// a step taken meanwhile goes on after it.
func up(ctx context.Context, p *goose.Provider) error {
	for {
		before, _, err := p.GetVersions(ctx)
		if err != nil {
			return err
		}
		if _, err = p.Up(ctx); err == nil {
			return nil
		}
		if after, _, status := p.GetVersions(ctx); status != nil || after == before {
			return err
		}
	}
}

// Status reads where the database stands, with ErrNewer if it is ahead.
func Status(ctx context.Context, db *sql.DB, d Dialect) (State, error) {
	p, err := provider(db, d)
	if err != nil {
		return State{}, err
	}
	current, latest, err := p.GetVersions(ctx)
	if err != nil {
		return State{}, fmt.Errorf("read schema version: %w", err)
	}
	s := State{Current: current, Latest: latest}
	if current > latest {
		return s, fmt.Errorf("%w: step %d of %d", ErrNewer, current, latest)
	}
	return s, nil
}

// provider runs the steps; on MySQL under the lock.
func provider(db *sql.DB, d Dialect) (*goose.Provider, error) {
	if d == MySQL {
		return newProvider(db, d, goose.WithSessionLocker(namedLock{}))
	}
	return newProvider(db, d)
}

func newProvider(db *sql.DB, d Dialect, options ...goose.ProviderOption) (*goose.Provider, error) {
	dir, err := fs.Sub(files, string(d))
	if err != nil {
		return nil, fmt.Errorf("read migrations: %w", err)
	}
	options = append(options, goose.WithDisableGlobalRegistry(true))
	dialect := goose.DialectSQLite3
	if d == MySQL {
		dialect = goose.DialectMySQL
	}
	p, err := goose.NewProvider(dialect, db, dir, options...)
	if err != nil {
		return nil, fmt.Errorf("read migrations: %w", err)
	}
	return p, nil
}

// namedLock lets one of several replicas migrate. The name is that of the database,
// because named locks belong to the whole server.
type namedLock struct{}

var _ lock.SessionLocker = namedLock{}

const lockSeconds = 300

// SessionLock waits for the lock.
func (namedLock) SessionLock(ctx context.Context, conn *sql.Conn) error {
	var got sql.NullInt64
	err := conn.QueryRowContext(ctx, "SELECT GET_LOCK(CONCAT('pulscheck/', LEFT(SHA2(DATABASE(), 256), 16)), ?)", lockSeconds).Scan(&got)
	if err != nil {
		return fmt.Errorf("lock schema: %w", err)
	}
	if got.Int64 != 1 {
		return fmt.Errorf("lock schema: another replica has held it for %d s", lockSeconds)
	}
	return nil
}

// SessionUnlock gives the lock back.
func (namedLock) SessionUnlock(ctx context.Context, conn *sql.Conn) error {
	if _, err := conn.ExecContext(ctx, "DO RELEASE_LOCK(CONCAT('pulscheck/', LEFT(SHA2(DATABASE(), 256), 16)))"); err != nil {
		return fmt.Errorf("unlock schema: %w", err)
	}
	return nil
}
