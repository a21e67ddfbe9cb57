package db

import (
	"context"
	"time"

	"gorm.io/gorm/logger"
)

type watchKey struct{}

// WithStatementObserver is a context whose statements are shown to see, with their values
// filled in: a page has a fixed number of them, whatever it shows, which tests
// and benchmarks check.
func WithStatementObserver(ctx context.Context, see func(statement string)) context.Context {
	return context.WithValue(ctx, watchKey{}, see)
}

// watchedLogger shows the statements of contexts made by Watching.
type watchedLogger struct{ logger.Interface }

// LogMode is GORM's.
func (l watchedLogger) LogMode(level logger.LogLevel) logger.Interface {
	return watchedLogger{l.Interface.LogMode(level)}
}

// Trace is GORM's; it is called for every statement.
func (l watchedLogger) Trace(ctx context.Context, _ time.Time, sql func() (string, int64), _ error) {
	if see, ok := ctx.Value(watchKey{}).(func(string)); ok {
		statement, _ := sql()
		see(statement)
	}
}
