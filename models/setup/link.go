package setup

import (
	"context"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/db"
)

// LinkLifetime is how long the link of a start works.
const LinkLifetime = 24 * time.Hour

// link is the one link that there is: each start of a program without an administrator
// makes a new one, and ends the one before.
type link struct {
	ID        int64
	TokenHash string
	CreatedAt time.Time
	ExpiresAt time.Time
	UsedAt    *time.Time
}

// TableName is the table's name, for GORM.
func (link) TableName() string { return "setup_links" }

// NewLink makes the link and returns its secret; "" where somebody administers the
// instance, which then is set up.
func (s *Store) NewLink(ctx context.Context) (secret string, err error) {
	if done, err := accounts.HasAdmin(s.db.Read(ctx)); err != nil || done {
		return "", err
	}
	secret = models.NewSecret()
	now := s.clock()
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		l := link{ID: 1, TokenHash: models.HashSecret(secret), CreatedAt: now, ExpiresAt: now.Add(LinkLifetime)}
		return tx.Clauses(clause.OnConflict{UpdateAll: true}).Create(&l).Error
	})
	return secret, err
}

// CheckLink says whether a link works: it is not found, or it no longer does.
func (s *Store) CheckLink(ctx context.Context, secret string) error {
	return s.checkLink(s.db.Read(ctx), secret)
}

func (s *Store) checkLink(q *gorm.DB, secret string) error {
	var found []link
	if err := q.Where("id = 1 AND token_hash = ?", models.HashSecret(secret)).Limit(1).Find(&found).Error; err != nil {
		return models.Internal("read the link of the first start", err)
	}
	if len(found) == 0 {
		return models.NotFound()
	}
	if found[0].UsedAt != nil || !s.clock().Before(found[0].ExpiresAt) {
		return models.Conflict("setup.error.link")
	}
	done, err := accounts.HasAdmin(q)
	if err == nil && done {
		err = models.Conflict("setup.error.link")
	}
	return err
}

// CreateAdmin makes the first administrator and uses up the link, both or neither.
func (s *Store) CreateAdmin(ctx context.Context, secret string, f accounts.FirstAdminForm) (personID int64, err error) {
	if err := s.CheckLink(ctx, secret); err != nil {
		return 0, err
	}
	return s.accounts.CreateFirstAdmin(ctx, f, func(tx *db.Tx, now time.Time) error {
		used := tx.Exec("UPDATE setup_links SET used_at = ? WHERE id = 1 AND token_hash = ? AND used_at IS NULL AND expires_at > ?", now, models.HashSecret(secret), now)
		if used.Error != nil {
			return used.Error
		}
		if used.RowsAffected == 0 {
			return models.Conflict("setup.error.link")
		}
		return nil
	})
}
