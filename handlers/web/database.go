package web

import (
	"context"
	"sync/atomic"
	"time"

	"github.com/labstack/echo/v4"
)

// slowAnswer is how long a request takes before the database is suspected.
const slowAnswer = 900 * time.Millisecond

// WatchDatabase gives a request up that waits for a database that does not
// answer: a request that takes long has it checked, and then once a second. One
// that the database is merely slow with goes on.
func (b *Base) WatchDatabase(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		// The error page needs the context after this has returned, so that only
		// the server ends it.
		ctx, giveUp := context.WithCancelCause(c.Request().Context())
		var answered atomic.Bool
		var timer *time.Timer
		start := make(chan struct{})
		timer = time.AfterFunc(slowAnswer, func() {
			<-start
			if answered.Load() {
				return
			}
			if err := b.Database.CheckAnswers(ctx); err != nil {
				giveUp(err)
				return
			}
			timer.Reset(time.Second)
		})
		close(start)
		defer func() { answered.Store(true); timer.Stop() }()
		c.SetRequest(c.Request().WithContext(ctx))
		return next(c)
	}
}
