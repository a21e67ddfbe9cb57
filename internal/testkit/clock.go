package testkit

import (
	"sync"
	"time"

	"tribemarket/models"
)

// Clock is a clock that stands still until a test moves it.
type Clock struct {
	mu  sync.Mutex
	now time.Time
}

// ClockStart is the time to which a test's clock is set: Friday, 20 November 2026, 9:00
// UTC.
var ClockStart = time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)

// NewClock returns a clock set to ClockStart.
func NewClock() *Clock { return &Clock{now: ClockStart} }

// Now is a models.Clock.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// Advance moves the clock.
func (c *Clock) Advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

var _ models.Clock = (*Clock)(nil).Now
