package store

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"
	"syscall"
	"time"

	mysqldriver "github.com/go-sql-driver/mysql"
	"gorm.io/gorm"
	sqlitedriver "modernc.org/sqlite"

	"pulscheck/survey/fault"
)

// Error numbers of MySQL and Galera.
const (
	mysqlDiskFull      = 1021
	mysqlFileWrite     = 3
	mysqlTableFull     = 1114
	mysqlShutdown      = 1053
	mysqlDeadlock      = 1213
	mysqlLockWait      = 1205
	galeraNotPrepared  = 1047
	galeraCommitFailed = 1180
)

// translate gives err the fault it means. Faults pass unchanged.
func translate(err error) error {
	if err == nil {
		return nil
	}
	var known *fault.Error
	switch {
	case errors.As(err, &known):
		return err
	case errors.Is(err, gorm.ErrRecordNotFound):
		return fault.Wrap(fault.NotFound, "not-found", err)
	case full(err):
		return fault.Wrap(fault.StorageFull, "storage-full", err)
	case lost(err) || again(err) || away(err):
		return fault.Wrap(fault.Unavailable, "database-unavailable", err)
	}
	return err
}

func full(err error) bool {
	var lite *sqlitedriver.Error
	var my *mysqldriver.MySQLError
	switch {
	case errors.As(err, &lite):
		return lite.Code()&0xff == sqliteFull
	case errors.As(err, &my):
		return my.Number == mysqlDiskFull || my.Number == mysqlTableFull || my.Number == mysqlFileWrite
	}
	return errors.Is(err, syscall.ENOSPC)
}

// again says that the same transaction may succeed if it is run again.
func again(err error) bool {
	var lite *sqlitedriver.Error
	var my *mysqldriver.MySQLError
	switch {
	case errors.As(err, &lite):
		return lite.Code()&0xff == sqliteBusy
	case errors.As(err, &my):
		switch my.Number {
		case mysqlDeadlock, mysqlLockWait, galeraNotPrepared, galeraCommitFailed:
			return true
		}
	}
	return errors.Is(err, errTaken)
}

// lost says that the connection went away under the transaction.
func lost(err error) bool {
	return errors.Is(err, driver.ErrBadConn) || errors.Is(err, mysqldriver.ErrInvalidConn) ||
		errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF)
}

// away says that there is no database to talk to, or not in time.
func away(err error) bool {
	var lite *sqlitedriver.Error
	var my *mysqldriver.MySQLError
	var network net.Error
	switch {
	case errors.As(err, &lite):
		return lite.Code()&0xff == sqliteIOErr || lite.Code()&0xff == sqliteCantOpen
	case errors.As(err, &my):
		return my.Number == mysqlShutdown
	}
	return errors.As(err, &network) || errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled)
}

// errTaken says that somebody else took the place in a chain first.
var errTaken = errors.New("taken by another transaction")

// commitTimeout is the longest a batch may take, repetitions included.
const commitTimeout = 3 * time.Second

// attempts is how often a transaction is run at most.
const attempts = 6

// inTx runs f in a transaction and runs it again after a deadlock, a lost lock race
// or a lost connection. f must not keep anything from a run that failed. A commit
// whose answer was lost may have happened: f must tell that on its second run.
func (s *Store) inTx(ctx context.Context, what string, f func(tx *gorm.DB) error) error {
	var err error
	for n := range attempts {
		if err = s.write.WithContext(ctx).Transaction(f); err == nil {
			return nil
		}
		if !again(err) && !lost(err) {
			break
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("%s: %w", what, translate(ctx.Err()))
		case <-time.After(time.Duration(1<<n) * 5 * time.Millisecond):
		}
	}
	return fmt.Errorf("%s: %w", what, translate(err))
}
