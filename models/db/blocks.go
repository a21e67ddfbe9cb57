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
