package db

import "time"

// PoolStats are the numbers of a node's connections to its database.
type PoolStats struct {
	InUse, Idle, Max int64
	Waits            int64 // since the start
	Waited           time.Duration
}

// PoolStats are those of the connections that queries use, and on PostgreSQL jobs too.
func (d *DB) PoolStats() PoolStats {
	if d.pool != nil {
		s := d.pool.Stat()
		return PoolStats{int64(s.AcquiredConns()), int64(s.IdleConns()), int64(s.MaxConns()), s.EmptyAcquireCount(), s.EmptyAcquireWaitTime()}
	}
	s := d.sql.Stats()
	return PoolStats{int64(s.InUse), int64(s.Idle), int64(s.MaxOpenConnections), s.WaitCount, s.WaitDuration}
}
