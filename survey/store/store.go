// Package store keeps what pulscheck knows in MySQL (MariaDB) or SQLite through
// GORM: open, transactions, rows, queries, translated errors. It fulfils the store
// interfaces of survey and decides nothing that those do not ask for. It is the only
// room that knows SQL; migrations owns the schema. cmd opens it.
//
// Every write runs in a transaction that is run again a bounded number of times
// after a deadlock or a lost connection. Tables of ballots and marks know neither
// order nor time nor person (threat-model.md 4.5).
package store

import (
	"context"
	"database/sql"
	"fmt"
	"log/slog"
	"strings"
	"sync/atomic"

	"gorm.io/gorm"

	"pulscheck/migrations"
	"pulscheck/survey"
	"pulscheck/survey/fault"
	"pulscheck/survey/mail"
	"pulscheck/survey/schedule"
)

// Store is an open database. It is safe for concurrent use.
type Store struct {
	write, read *gorm.DB // SQLite has one handle for the single writer and one for readers
	dialect     migrations.Dialect
	sharedLock  string // clause that the server knows
	handles     []*sql.DB
	weak        atomic.Pointer[[]string]
	allowWeak   bool
	ballots     *writer
	marks       *writer
}

var (
	_ survey.Store        = (*Store)(nil)
	_ survey.Replies      = (*Store)(nil)
	_ schedule.Store      = (*Store)(nil)
	_ schedule.ClockStore = (*Store)(nil)
	_ mail.Store          = (*Store)(nil)
)

// Options of Open.
type Options struct {
	Migrate             bool // bring the schema up to date; otherwise an old one is refused
	AllowWeakDurability bool // start although acknowledged rows might not survive a power cut
	Throwaway           bool // do not wait for the disk: only for data that can be made anew, such as the demo's
	Log                 *slog.Logger
}

// Open opens "sqlite:PATH" or "mysql:DSN" (the driver's own form). Errors are
// fault Configuration: "database-url", "schema-old", "durability-weak"; fault
// Unavailable "database-unavailable"; or migrations.ErrNewer.
func Open(ctx context.Context, url string, o Options) (*Store, error) {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	kind, rest, _ := strings.Cut(url, ":")
	var s *Store
	var err error
	switch {
	case kind == "sqlite" && rest != "":
		s, err = openSQLite(rest, o)
	case kind == "mysql" && rest != "":
		s, err = openMySQL(rest, o)
	default: // the text is not shown: it may hold a password
		return nil, fault.Wrap(fault.Configuration, "database-url", fmt.Errorf("neither sqlite:PATH nor mysql:DSN"))
	}
	if err != nil {
		return nil, err
	}
	if err := s.prepare(ctx, o); err != nil {
		s.Close() //nolint:errcheck // the first error is the one to tell
		return nil, err
	}
	s.ballots, s.marks = s.newBallotWriter(), s.newMarkWriter()
	return s, nil
}

func (s *Store) prepare(ctx context.Context, o Options) error {
	if err := s.Ping(ctx); err != nil {
		return err
	}
	s.allowWeak = o.AllowWeakDurability
	if err := s.CheckDurability(ctx); err != nil {
		return err
	}
	if s.dialect == migrations.MySQL {
		clause, err := s.lockClause(ctx)
		if err != nil {
			return err
		}
		s.sharedLock = clause
	}
	if o.Migrate {
		return patiently(func() error { return migrations.Up(ctx, s.handles[0], s.dialect) })
	}
	state, err := s.Migrations(ctx)
	if err == nil && state.Pending() > 0 {
		err = fault.Wrap(fault.Configuration, "schema-old",
			fmt.Errorf("%d steps are missing: run \"pulscheck migrate up\" or set PULSCHECK_MIGRATE=1", state.Pending()))
	}
	return err
}

// Ping says whether the database answers; fault Unavailable otherwise.
func (s *Store) Ping(ctx context.Context) error {
	for _, db := range s.handles {
		if err := db.PingContext(ctx); err != nil {
			return fault.Wrap(fault.Unavailable, "database-unavailable", err)
		}
	}
	return nil
}

// Migrations tells how far the schema is.
func (s *Store) Migrations(ctx context.Context) (migrations.State, error) {
	return migrations.Status(ctx, s.handles[0], s.dialect)
}

// Close closes all connections.
func (s *Store) Close() error {
	for _, w := range []*writer{s.ballots, s.marks} {
		if w != nil { // opened to the end
			w.close()
		}
	}
	var first error
	for _, db := range s.handles {
		if err := db.Close(); err != nil && first == nil {
			first = err
		}
	}
	return first
}
