package models

import (
	"context"
	"runtime"
	"time"
)

// WorkQueue bounds costly work: a few do it at a time and a bounded number wait, in the
// order in which they came. Others are told at once to come again, rather than to wait for
// longer than a browser does.
type WorkQueue struct {
	running, waiting chan struct{}
	patience         time.Duration
	busy             error
}

// NewWorkQueue returns a queue in which so many wait, each no longer than the patience. The
// text tells the others why, and retryAfter when to come again.
func NewWorkQueue(waiting int, patience time.Duration, key string, retryAfter time.Duration) *WorkQueue {
	// Half of the processors, so that costly work doesn't keep pages waiting.
	running := max(1, runtime.GOMAXPROCS(0)/2)
	return &WorkQueue{make(chan struct{}, running), make(chan struct{}, waiting), patience, Starting(key, retryAfter)}
}

// Enter waits for its turn, which ends with leave.
func (q *WorkQueue) Enter(ctx context.Context) (leave func(), err error) {
	select {
	case q.waiting <- struct{}{}:
	default:
		return nil, q.busy
	}
	defer func() { <-q.waiting }()
	late := time.NewTimer(q.patience)
	defer late.Stop()
	select {
	case q.running <- struct{}{}:
		return func() { <-q.running }, nil
	case <-late.C:
		return nil, q.busy
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// Length is how many work and how many wait.
func (q *WorkQueue) Length() (running, waiting int) { return len(q.running), len(q.waiting) }
