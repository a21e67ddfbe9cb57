package db

import (
	"time"

	"tribemarket/models"
)

// Block says that a side wants no new proposals between a brand and a creator.
type Block struct {
	BrandID   int64       `gorm:"primaryKey"`
	CreatorID int64       `gorm:"primaryKey"`
	Side      models.Side `gorm:"primaryKey"` // the side that blocked
	PersonID  int64       // the person who did so
	CreatedAt time.Time
}

// TableName is the table's name, for GORM.
func (Block) TableName() string { return "blocks" }

// IsBlocked says whether either side wants no new proposals between the two.
func (t *Tx) IsBlocked(brandID, creatorID int64) (bool, error) {
	var n int64
	err := t.Model(&Block{}).Where("brand_id = ? AND creator_id = ?", brandID, creatorID).Count(&n).Error
	return n > 0, err
}
