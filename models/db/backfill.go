package db

import (
	"context"
	"errors"
	"fmt"

	"gorm.io/gorm/clause"
)

// DerivedVersion says which version of the program has filled in some derived data, and
// how far the next one has come.
type DerivedVersion struct {
	Name    string `gorm:"primaryKey"`
	Version int64
	DoneTo  int64 // a row's id
}

// TableName is the table's name, for GORM.
func (DerivedVersion) TableName() string { return "derived_versions" }

// errBackfillDone ends BackfillDerived.
var errBackfillDone = errors.New("everything has been derived")

// BackfillDerived fills in data derived from other tables, once per version: it calls
// batch, each time in a transaction of its own, until batch finds nothing after the given
// row id and returns 0. It does nothing if this version or a later one has already done
// so. Nodes that start together take turns batch by batch; an interrupted run is
// continued.
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
