package migrations

import (
	"context"
	"database/sql"
	"fmt"
	"path"
	"regexp"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/database"
)

// Statements of MySQL that cannot be run twice, and where to see that they were.
var once = []struct {
	statement *regexp.Regexp
	query     string
}{
	{regexp.MustCompile(`ALTER TABLE (\w+) ADD COLUMN (\w+)`),
		"SELECT COUNT(*) FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = ? AND column_name = ?"},
	{regexp.MustCompile(`CREATE UNIQUE INDEX (\w+) ON (\w+)`),
		"SELECT COUNT(*) FROM information_schema.statistics WHERE table_schema = DATABASE() AND index_name = ? AND table_name = ?"},
}

// mend records a step as done that was cut off between its statement and the
// record of it: MySQL ends a transaction at every change of the schema, and knows no
// ADD COLUMN IF NOT EXISTS. SQLite rolls both back together.
func mend(ctx context.Context, db *sql.DB) (err error) {
	p, err := newProvider(db, MySQL) // without the lock, which is taken here
	if err != nil {
		return err
	}
	conn, err := db.Conn(ctx)
	if err != nil {
		return fmt.Errorf("mend schema: %w", err)
	}
	defer conn.Close() //nolint:errcheck // it goes back to the pool
	if err := (namedLock{}).SessionLock(ctx, conn); err != nil {
		return err
	}
	defer func() {
		if unlock := (namedLock{}).SessionUnlock(context.WithoutCancel(ctx), conn); err == nil {
			err = unlock
		}
	}()
	steps, err := p.Status(ctx)
	if err != nil {
		return fmt.Errorf("mend schema: %w", err)
	}
	for _, step := range steps {
		if step.State != goose.StatePending {
			continue
		}
		done, err := wasRun(ctx, conn, path.Base(step.Source.Path))
		if err != nil || !done {
			return err
		}
		record, err := database.NewStore(goose.DialectMySQL, goose.DefaultTablename)
		if err == nil {
			err = record.Insert(ctx, conn, database.InsertRequest{Version: step.Source.Version})
		}
		if err != nil {
			return fmt.Errorf("mend schema: %w", err)
		}
	}
	return nil
}

// wasRun says whether what a step does once is there already.
func wasRun(ctx context.Context, conn *sql.Conn, name string) (bool, error) {
	text, err := files.ReadFile(path.Join(string(MySQL), name))
	if err != nil {
		return false, fmt.Errorf("mend schema: %w", err)
	}
	for _, o := range once {
		found := o.statement.FindSubmatch(text)
		if found == nil {
			continue
		}
		var n int
		if err := conn.QueryRowContext(ctx, o.query, string(found[1]), string(found[2])).Scan(&n); err != nil {
			return false, fmt.Errorf("mend schema: %w", err)
		}
		return n > 0, nil
	}
	return false, nil
}
