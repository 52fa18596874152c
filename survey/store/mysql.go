package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"strings"
	"time"

	mysqldriver "github.com/go-sql-driver/mysql"
	"gorm.io/driver/mysql"
	"gorm.io/gorm"

	"pulscheck/migrations"
	"pulscheck/survey/fault"
)

// Connections of one replica, well below the 151 a server takes by default.
const (
	maxConnections = 24
	idleTime       = 20 * time.Second // long enough not to connect anew while there is work
)

func openMySQL(dsn string, o Options) (*Store, error) {
	cfg, err := mysqldriver.ParseDSN(dsn)
	if err != nil { // the driver's text may hold the password
		return nil, fault.Wrap(fault.Configuration, "database-url", errors.New("the part after mysql: is no DSN of go-sql-driver/mysql"))
	}
	cfg.ParseTime, cfg.Loc, cfg.InterpolateParams, cfg.ClientFoundRows = true, time.UTC, true, false
	if cfg.Timeout == 0 {
		cfg.Timeout = 2 * time.Second
	}
	if err := cfg.Apply(mysqldriver.Charset("utf8mb4", "utf8mb4_bin")); err != nil {
		return nil, fmt.Errorf("open MySQL: %w", err)
	}
	cfg.Logger = silent{}
	base, err := mysqldriver.NewConnector(cfg)
	if err != nil {
		return nil, fault.Wrap(fault.Configuration, "database-url", errors.New("the DSN names options that do not go together"))
	}
	db := sql.OpenDB(connector{base})
	db.SetMaxOpenConns(maxConnections)
	db.SetMaxIdleConns(maxConnections)
	db.SetConnMaxIdleTime(idleTime)
	db.SetConnMaxLifetime(10 * time.Minute)
	handle, err := gorm.Open(mysql.New(mysql.Config{Conn: db}), config(o))
	if err != nil {
		db.Close() //nolint:errcheck // the first error is the one to tell
		return nil, translate(fmt.Errorf("open MySQL: %w", err))
	}
	return &Store{write: handle, read: handle, dialect: migrations.MySQL, handles: []*sql.DB{db}}, nil
}

// silent keeps the driver from writing to stderr.
type silent struct{}

func (silent) Print(...any) {}

// connector sets up every connection by statements that MySQL, MariaDB and TiDB all
// know; the variables have other names on each.
type connector struct{ driver.Connector }

var sessionSettings = []string{
	"SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED",
	"SET SESSION sql_mode = 'ONLY_FULL_GROUP_BY,STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION'",
	"SET SESSION time_zone = '+00:00'",
}

func (c connector) Connect(ctx context.Context) (driver.Conn, error) {
	conn, err := c.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	for _, statement := range sessionSettings {
		if _, err := conn.(driver.ExecerContext).ExecContext(ctx, statement, nil); err != nil {
			conn.Close() //nolint:errcheck // the first error is the one to tell
			return nil, err
		}
	}
	return conn, nil
}

// emptied are the tables that hold what identifies answers while a round is open.
var emptied = []string{"ballots", "issue_marks", "mail_ledger", "members"}

// compactMySQL rebuilds the tables, so that deleted rows are in no page any more.
func (s *Store) compactMySQL(ctx context.Context) error {
	for _, table := range emptied {
		if _, err := s.handles[0].ExecContext(ctx, "ALTER TABLE "+table+" FORCE"); err != nil {
			return translate(fmt.Errorf("compact %s: %w", table, err))
		}
	}
	return nil
}

func config(o Options) *gorm.Config {
	return &gorm.Config{
		SkipDefaultTransaction: true, PrepareStmt: true, TranslateError: true,
		Logger: quiet{o.Log},
	}
}

// lockClause gives the clause of a shared lock that MySQL and MariaDB both know; TiDB
// knows none and gets an exclusive one.
func (s *Store) lockClause(ctx context.Context) (string, error) {
	var version string
	if err := s.handles[0].QueryRowContext(ctx, "SELECT VERSION()").Scan(&version); err != nil {
		return "", translate(fmt.Errorf("read version: %w", err))
	}
	if strings.Contains(version, "TiDB") {
		return " FOR UPDATE", nil
	}
	return " LOCK IN SHARE MODE", nil
}
