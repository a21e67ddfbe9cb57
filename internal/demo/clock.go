package demo

import (
	"sync"
	"time"

	"tribemarket/models"
)

// Clock is set to the past while the world is created, and afterwards shows the current
// time.
type Clock struct {
	mu   sync.Mutex
	then time.Time // zero for now
}

// Now is a models.Clock.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.then.IsZero() {
		return models.SystemClock()
	}
	return c.then
}

func (c *Clock) setTime(t time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.then = t
}
