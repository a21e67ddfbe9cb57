package db

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"sync"
	"time"
)

// What a group has at most: so many members, and none joins once it has been open for so long.
const (
	maxGroupMembers = 16
	maxGroupTime    = 5 * time.Millisecond
)

// commitGroup is a transaction of SQLite that several callers of Tx share, one after the
// other, because its commit, which waits for the disk, is what takes long. Each member's
// changes can be undone by themselves, and none is told of success before the commit.
type commitGroup struct {
	tx      *sql.Tx
	began   time.Time
	members int // whose changes it has
	ended   chan struct{}
	err     error // of the commit, for all members; set before ended is closed
}

// beginGroup begins a transaction that outlives the context of its first member.
func beginGroup(ctx context.Context, pool *sql.DB) (*commitGroup, error) {
	tx, err := pool.BeginTx(context.WithoutCancel(ctx), nil)
	return &commitGroup{tx: tx, began: time.Now(), ended: make(chan struct{})}, err //nolint:forbidigo // how long others wait, not what time it is
}

// memberSavepoint is where the changes of the member that has its turn begin, unless it is
// the first.
const memberSavepoint = "group_member"

func (g *commitGroup) exec(statement string) error {
	_, err := g.tx.ExecContext(context.Background(), statement)
	return err
}

// add has one more caller change something; if that fails, undo has to follow. Whoever is not
// the first isn't interrupted within a statement, since SQLite may then roll back the changes
// of all.
func (g *commitGroup) add(ctx context.Context, change func(context.Context) error) error {
	if g.members == 0 {
		if err := change(ctx); err != nil {
			return err
		}
	} else {
		if err := g.exec("SAVEPOINT " + memberSavepoint); err != nil {
			return err
		}
		if err := change(context.WithoutCancel(ctx)); err != nil {
			return err
		}
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if g.members > 0 {
		if err := g.exec("RELEASE " + memberSavepoint); err != nil {
			return err
		}
	}
	g.members++
	return nil
}

// undo takes back what the last caller has done. It returns nil if the group has ended with
// it: there is nobody else in it, or SQLite has rolled back everything, as on a full disk.
func (g *commitGroup) undo() *commitGroup {
	if g.members == 0 {
		g.end(g.tx.Rollback())
		return nil
	}
	err := g.exec("ROLLBACK TO " + memberSavepoint)
	if err == nil {
		err = g.exec("RELEASE " + memberSavepoint)
	}
	if err == nil {
		return g
	}
	_ = g.tx.Rollback() // there is nothing left, or nothing that may stay
	g.end(fmt.Errorf("rolled back with another transaction: %w", err))
	return nil
}

// end tells all members how the group ended.
func (g *commitGroup) end(err error) {
	g.err = err
	close(g.ended)
}

// writeTurns passes the turn to write on from one caller to the next, in the order in which
// they came. SQLite itself waits by retrying, in no order: of many writers, some would retry
// until they gave up.
type writeTurns struct {
	groupTime time.Duration

	mu      sync.Mutex
	taken   bool
	waiting []chan *commitGroup
}

func (t *writeTurns) hasRoom(g *commitGroup) bool {
	return g.members < maxGroupMembers && time.Since(g.began) < t.groupTime //nolint:forbidigo // likewise
}

// wait waits for the turn, and returns the group that is open, or nil.
func (t *writeTurns) wait(ctx context.Context) (*commitGroup, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	t.mu.Lock()
	if !t.taken {
		t.taken = true
		t.mu.Unlock()
		return nil, nil
	}
	turn := make(chan *commitGroup, 1)
	t.waiting = append(t.waiting, turn)
	t.mu.Unlock()
	select {
	case g := <-turn:
		return g, nil
	case <-ctx.Done():
	}
	t.mu.Lock()
	i := slices.Index(t.waiting, turn)
	if i >= 0 {
		t.waiting = slices.Delete(t.waiting, i, i+1)
	}
	t.mu.Unlock()
	if i < 0 { // it came at the same moment
		t.pass(<-turn)
	}
	return nil, ctx.Err()
}

// pass gives the turn to whoever has waited longest, who joins the group while it has room.
// Nobody is waited for: otherwise the group, if any, is committed.
func (t *writeTurns) pass(g *commitGroup) {
	for {
		t.mu.Lock()
		if len(t.waiting) > 0 && (g == nil || t.hasRoom(g)) {
			next := t.waiting[0]
			t.waiting = slices.Delete(t.waiting, 0, 1)
			t.mu.Unlock()
			next <- g
			return
		}
		if g == nil {
			t.taken = false
			t.mu.Unlock()
			return
		}
		t.mu.Unlock()
		g.end(g.tx.Commit())
		g = nil
	}
}
