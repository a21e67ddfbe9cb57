package db

import (
	"context"
	"time"

	"tribemarket/models"
)

// limitRow is one window of one limit.
type limitRow struct {
	Name   string `gorm:"primaryKey"`
	Key    string `gorm:"primaryKey"`
	Used   int64
	EndsAt time.Time
}

// TableName is the table's name, for GORM.
func (limitRow) TableName() string { return "limits" }

// CountUse counts one more use of what name limits for key, and fails with
// models.TooMany, with the time to wait, once there have been most uses within the time
// per. It holds across all nodes. It is a transaction of its own and must not be called
// within one. key, such as an address, is stored only as a keyed hash.
//
// The window is fixed and begins with the first use rather than on the clock: one row and
// one statement per use whatever the limit, which two nodes cannot both pass, and a
// waiting time that is known exactly. A sliding window would need a row per use and a
// lock. A refused use is neither counted nor written, so that a flood costs only reads.
func (d *DB) CountUse(ctx context.Context, now time.Time, name, key string, most int, per time.Duration) error {
	if d.Unlimited {
		return nil
	}
	now, key = now.UTC(), d.Keys.Digest("limit "+name, key)
	var full []limitRow
	err := d.Read(ctx).Where("name = ? AND key = ? AND used >= ? AND ends_at > ?", name, key, most, now).Limit(1).Find(&full).Error
	if err != nil {
		return models.Internal("read the limit "+name, err)
	}
	if len(full) > 0 {
		return models.TooMany("web.error.too_many", full[0].EndsAt.Sub(now))
	}
	var r limitRow
	err = d.Tx(ctx, func(tx *Tx) error {
		return tx.Raw(`INSERT INTO limits (name, key, used, ends_at) VALUES (?, ?, 1, ?)
			ON CONFLICT (name, key) DO UPDATE SET
				used = CASE WHEN limits.ends_at <= ? THEN 1 ELSE limits.used + 1 END,
				ends_at = CASE WHEN limits.ends_at <= ? THEN excluded.ends_at ELSE limits.ends_at END
			RETURNING *`, name, key, now.Add(per), now, now).Scan(&r).Error
	})
	if err != nil {
		return models.Internal("count for the limit "+name, err)
	}
	if r.Used > int64(most) {
		return models.TooMany("web.error.too_many", r.EndsAt.Sub(now))
	}
	return nil
}

// CountUseOf is CountUse for a limit of the table in models/limits.go.
func (d *DB) CountUseOf(ctx context.Context, now time.Time, l models.Limit, key string) error {
	return d.CountUse(ctx, now, l.Name, key, l.Most, l.Per)
}

// ResetUses restarts the window of a limit, such as that of failed sign-ins after a
// successful one. It is a transaction of its own.
func (d *DB) ResetUses(ctx context.Context, l models.Limit, key string) error {
	if d.Unlimited {
		return nil
	}
	return d.Tx(ctx, func(tx *Tx) error {
		return tx.Exec("DELETE FROM limits WHERE name = ? AND key = ?", l.Name, d.Keys.Digest("limit "+l.Name, key)).Error
	})
}

// DeleteEndedLimits removes the windows that have ended.
func (d *DB) DeleteEndedLimits(ctx context.Context, now time.Time) error {
	return d.Tx(ctx, func(tx *Tx) error {
		return tx.Exec("DELETE FROM limits WHERE ends_at <= ?", now.UTC()).Error
	})
}
