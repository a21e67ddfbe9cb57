package contracts

import (
	"context"
	"time"

	"gorm.io/gorm/clause"

	"tribemarket/models"
	"tribemarket/models/db"
)

// openingRow is when a person first opened a contract that they can sign, and first
// downloaded it.
type openingRow struct {
	ContractID   int64 `gorm:"primaryKey"`
	PersonID     int64 `gorm:"primaryKey"`
	OpenedAt     time.Time
	DownloadedAt *time.Time
}

func (openingRow) TableName() string { return "contract_openings" }

// MarkOpened notes that a signer has opened a contract, or downloaded its document; only the
// first time writes anything.
func (s *Store) MarkOpened(ctx context.Context, a models.Actor, c Contract, downloaded bool) error {
	side := partyOf(a, c.BrandID, c.CreatorID)
	if c.SHA256 == "" || !c.WaitsFor(side) || !CanSign(a, side) {
		return nil
	}
	var seen openingRow
	if err := s.db.Read(ctx).Where("contract_id = ? AND person_id = ?", c.ID, a.PersonID).Limit(1).Find(&seen).Error; err != nil {
		return err
	}
	if seen.PersonID != 0 && (!downloaded || seen.DownloadedAt != nil) {
		return nil
	}
	now := s.clock()
	row := openingRow{ContractID: c.ID, PersonID: a.PersonID, OpenedAt: now}
	again := clause.OnConflict{DoNothing: true}
	if downloaded {
		row.DownloadedAt = &now
		again = clause.OnConflict{Columns: []clause.Column{{Name: "contract_id"}, {Name: "person_id"}}, DoUpdates: clause.AssignmentColumns([]string{"downloaded_at"})}
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error { return tx.Clauses(again).Create(&row).Error })
}

// MarkDownloaded notes that a signer has downloaded the document of a contract.
func (s *Store) MarkDownloaded(ctx context.Context, a models.Actor, publicID string) error {
	r, err := s.findRow(ctx, a, publicID)
	if err != nil {
		return err
	}
	c, err := s.fillContract(s.db.Read(ctx), r)
	if err != nil {
		return err
	}
	return s.MarkOpened(ctx, a, c, true)
}
