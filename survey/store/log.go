package store

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/logger"
)

// slow is the duration from which a statement is reported.
const slow = 500 * time.Millisecond

// quiet is a GORM logger that never prints statements, because those hold values.
type quiet struct{ log *slog.Logger }

func (q quiet) LogMode(logger.LogLevel) logger.Interface { return q }
func (quiet) Info(context.Context, string, ...any)       {}
func (quiet) Warn(context.Context, string, ...any)       {}
func (quiet) Error(context.Context, string, ...any)      {}

// Trace reports slow and failed statements by their kind alone.
func (q quiet) Trace(ctx context.Context, begin time.Time, _ func() (string, int64), err error) {
	failed := err != nil && !errors.Is(err, gorm.ErrRecordNotFound) && !errors.Is(err, gorm.ErrDuplicatedKey) && ctx.Err() == nil
	took := time.Since(begin)
	if !failed && took < slow {
		return
	}
	q.log.LogAttrs(ctx, slog.LevelWarn, "database statement", slog.Bool("failed", failed), slog.Bool("slow", took >= slow))
}
