package db

import (
	"context"
	"time"

	"github.com/riverqueue/river"
)

// LimitRow is the model of the table limits.
type LimitRow = limitRow

// MigrateTo brings the schema up or down to a version.
func (d *DB) MigrateTo(ctx context.Context, version int64) error {
	p, err := d.newGooseProvider()
	if err != nil {
		return err
	}
	if _, err := p.UpTo(ctx, version); err != nil {
		return err
	}
	_, err = p.DownTo(ctx, version)
	return err
}

// NewHeartbeatWorker is NewWorker with other times.
func (d *DB) NewHeartbeatWorker(cfg *river.Config, interval, deadAfter time.Duration) (Worker, error) {
	return d.newHeartbeatWorker(cfg, interval, deadAfter)
}

// RescueJobs is what workers do about jobs of dead ones.
func (d *DB) RescueJobs(ctx context.Context, silent time.Duration) (int64, error) {
	return d.rescueJobs(ctx, silent)
}

// ShareCommits lets groups of transactions on SQLite grow for so long.
func (d *DB) ShareCommits(groupTime time.Duration) {
	d.queue.(*sqliteQueue).turns.groupTime = groupTime
}

// WaitingWriters is how many transactions wait for their turn on SQLite.
func (d *DB) WaitingWriters() int {
	t := &d.queue.(*sqliteQueue).turns
	t.mu.Lock()
	defer t.mu.Unlock()
	return len(t.waiting)
}

// MaxGroupMembers is how many transactions share a commit at most.
const MaxGroupMembers = maxGroupMembers
