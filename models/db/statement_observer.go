package db

import (
	"context"
	"time"

	"gorm.io/gorm/logger"
)

type watchKey struct{}

// WithStatementObserver returns a context whose statements are passed to see, with their
// values filled in. Tests and benchmarks use it to check that a page runs a fixed number
// of statements, whatever it shows.
func WithStatementObserver(ctx context.Context, see func(statement string)) context.Context {
	return context.WithValue(ctx, watchKey{}, see)
}

// watchedLogger passes on the statements of contexts made by WithStatementObserver.
type watchedLogger struct{ logger.Interface }

// LogMode is part of GORM's logger interface.
func (l watchedLogger) LogMode(level logger.LogLevel) logger.Interface {
	return watchedLogger{l.Interface.LogMode(level)}
}

// Trace is called by GORM for every statement.
func (l watchedLogger) Trace(ctx context.Context, _ time.Time, sql func() (string, int64), _ error) {
	if see, ok := ctx.Value(watchKey{}).(func(string)); ok {
		statement, _ := sql()
		see(statement)
	}
}
