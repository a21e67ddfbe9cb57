package db

import (
	"context"
	"sync/atomic"
	"time"

	"gorm.io/gorm/logger"
)

type countKey struct{}

// Counting is a context whose statements are counted into n: a page has a
// fixed number of them, whatever it shows, which tests and benchmarks check.
func Counting(ctx context.Context, n *atomic.Int64) context.Context {
	return context.WithValue(ctx, countKey{}, n)
}

// countingLogger counts statements for contexts made by Counting.
type countingLogger struct{ logger.Interface }

// LogMode is GORM's.
func (l countingLogger) LogMode(level logger.LogLevel) logger.Interface {
	return countingLogger{l.Interface.LogMode(level)}
}

// Trace is GORM's; it is called for every statement.
func (l countingLogger) Trace(ctx context.Context, begin time.Time, sql func() (string, int64), err error) {
	if n, ok := ctx.Value(countKey{}).(*atomic.Int64); ok {
		n.Add(1)
	}
	l.Interface.Trace(ctx, begin, sql, err)
}
