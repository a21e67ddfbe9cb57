package db

import "context"

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
