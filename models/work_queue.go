package models

import (
	"context"
	"runtime"
	"time"
)

// costlyWork is what processors costly work of all kinds may take: half of them, so that
// pages need not wait for it.
var costlyWork = make(chan struct{}, halfOfProcessors())

func halfOfProcessors() int { return max(1, runtime.GOMAXPROCS(0)/2) }

// WorkQueue bounds a kind of costly work: a few do it at a time and a bounded number wait,
// in the order in which they came. Others are told at once to come again, rather than to
// wait for longer than a browser does. The kinds take turns.
type WorkQueue struct {
	running, waiting chan struct{}
	patience         time.Duration
	busy             error
}

// NewWorkQueue returns a queue in which so many wait, each no longer than the patience. The
// text tells the others why, and retryAfter when to come again.
func NewWorkQueue(waiting int, patience time.Duration, key string, retryAfter time.Duration) *WorkQueue {
	return &WorkQueue{make(chan struct{}, halfOfProcessors()), make(chan struct{}, waiting), patience, Starting(key, retryAfter)}
}

// WorkTurn is a turn in a queue, until Leave.
type WorkTurn struct {
	queue *WorkQueue
	began time.Time
}

// Enter waits for its turn.
func (q *WorkQueue) Enter(ctx context.Context) (*WorkTurn, error) {
	select {
	case q.waiting <- struct{}{}:
	default:
		return nil, q.busy
	}
	defer func() { <-q.waiting }()
	late := time.NewTimer(q.patience)
	defer late.Stop()
	// Each kind has few that wait for the processors, where the kinds alternate.
	held := 0
	for _, place := range []chan struct{}{q.running, costlyWork} {
		var err error
		select {
		case place <- struct{}{}:
			held++
			continue
		case <-late.C:
			err = q.busy
		case <-ctx.Done():
			err = ctx.Err()
		}
		if held > 0 {
			<-q.running
		}
		return nil, err
	}
	return &WorkTurn{q, time.Now()}, nil //nolint:forbidigo // how long work takes, not what time it is
}

// Leave ends the turn.
func (t *WorkTurn) Leave() {
	<-costlyWork
	<-t.queue.running
}

// shareAfter is how long work goes on before other kinds have their turn.
const shareAfter = 50 * time.Millisecond

// Share lets other kinds of work have a turn, if this one has had its share. Long work calls
// it often, and holds nothing meanwhile that others wait for.
func (t *WorkTurn) Share() {
	if time.Since(t.began) < shareAfter { //nolint:forbidigo // likewise
		return
	}
	<-costlyWork
	costlyWork <- struct{}{}
	t.began = time.Now() //nolint:forbidigo // likewise
}

// Length is how many work and how many wait.
func (q *WorkQueue) Length() (running, waiting int) { return len(q.running), len(q.waiting) }
