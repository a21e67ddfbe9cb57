package db

import (
	"context"
	"errors"
	"fmt"

	"gorm.io/gorm/clause"
)

// DerivedVersion is which version of the program has filled what follows from
// other tables, and how far the next one has come.
type DerivedVersion struct {
	Name    string `gorm:"primaryKey"`
	Version int64
	DoneTo  int64 // a row's id
}

// TableName is GORM's.
func (DerivedVersion) TableName() string { return "derived_versions" }

// errBackfillDone ends Derive.
var errBackfillDone = errors.New("all is derived")

// BackfillDerived fills once what follows from other tables: it calls batch until that
// finds nothing after a row's id any more, which it says by giving 0, each time
// in a transaction of its own. A program that is not newer than the one that has
// done so before calls nothing. Of nodes that start together each does some
// batches, one after the other; one that is broken off is gone on from.
func (d *DB) BackfillDerived(ctx context.Context, name string, version int64, batch func(tx *Tx, after int64) (last int64, err error)) error {
	var known DerivedVersion
	if err := d.Read(ctx).Where("name = ?", name).Limit(1).Find(&known).Error; err != nil || known.Version >= version {
		return err
	}
	for {
		err := d.Tx(ctx, func(tx *Tx) error {
			if err := tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&DerivedVersion{Name: name}).Error; err != nil {
				return err
			}
			var row DerivedVersion
			if err := tx.Clauses(clause.Locking{Strength: "UPDATE"}).Where("name = ?", name).Take(&row).Error; err != nil {
				return err
			}
			if row.Version >= version {
				return errBackfillDone
			}
			last, err := batch(tx, row.DoneTo)
			if err != nil {
				return err
			}
			set := map[string]any{"done_to": last}
			if last == 0 {
				set["version"] = version
			}
			return tx.Model(&DerivedVersion{}).Where("name = ?", name).Updates(set).Error
		})
		if errors.Is(err, errBackfillDone) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("derive %s: %w", name, err)
		}
	}
}
