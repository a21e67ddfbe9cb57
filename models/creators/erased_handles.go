package creators

import (
	"time"

	"tribemarket/models/db"
)

// ErasedHandle keeps an import from bringing back a person who was erased: a
// keyed hash of the handle, which does not reveal it.
type ErasedHandle struct {
	Platform string `gorm:"primaryKey"`
	Digest   string `gorm:"primaryKey"`
	ErasedAt time.Time
}

// TableName is the table's name, for GORM.
func (ErasedHandle) TableName() string { return "erased_handles" }

func (s *Store) handleDigest(platform, key string) string {
	return s.db.Keys.Digest("erased handle", platform+"/"+key)
}

// PrepareErasure does what has to be done before the accounts of erased creators are
// deleted: it stores their handles' hashes and has their tokens revoked at the
// platforms.
func (s *Store) PrepareErasure(tx *db.Tx, creatorIDs []int64, now time.Time) error {
	var accounts []Account
	if err := tx.Where("creator_id IN ?", creatorIDs).Order("id").Find(&accounts).Error; err != nil {
		return err
	}
	for _, a := range accounts {
		err := tx.Exec("INSERT INTO erased_handles (platform, digest, erased_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
			a.Platform, s.handleDigest(a.Platform, a.HandleKey), now.UTC()).Error
		if err == nil {
			err = s.enqueueTokenRevocation(tx, a)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
