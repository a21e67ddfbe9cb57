package creators

import (
	"context"
	"errors"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/db"
)

// ConnectAdditionalAccount connects another account to the actor's profile, or reconnects
// one, and lets the actor sign in with it. An account of somebody else's profile is
// refused; one of an unclaimed profile moves over with its posts, while proposals to that
// profile stay there.
func (s *Store) ConnectAdditionalAccount(ctx context.Context, actor models.Actor, platform string, p PlatformProfile, t PlatformToken) error {
	now := s.clock()
	p, err := cleanPlatformProfile(p, now)
	if err != nil {
		return err
	}
	for range maxConnectTries {
		err = s.db.Tx(ctx, func(tx *db.Tx) error { return s.connectAdditionalAccount(ctx, tx, actor, platform, p, t, now) })
		if !IsWriteConflict(err) {
			break
		}
	}
	if err != nil && models.CodeOf(err) == models.CodeInternal {
		return models.Internal("connect one more account of "+platform, err)
	}
	return err
}

func (s *Store) connectAdditionalAccount(ctx context.Context, tx *db.Tx, actor models.Actor, platform string, p PlatformProfile, t PlatformToken, now time.Time) error {
	c, err := lockOwnProfile(tx, actor)
	if err != nil {
		return err
	}
	personID, known, err := accounts.FindIdentity(tx, platform, p.UserID)
	if err != nil {
		return err
	}
	if known && personID != actor.PersonID {
		return models.Conflict("creators.error.account_taken")
	}
	if err := s.takeOverAccount(tx, c.ID, p); err != nil {
		return err
	}
	if !known {
		if err := accounts.AddIdentity(tx, platform, p.UserID, actor.PersonID, now); err != nil {
			return err
		}
	}
	a, err := s.updateAccountFromPlatform(tx, &c, p, now)
	if err == nil {
		err = s.removeImportedDouble(tx, p, now)
	}
	if err != nil {
		return err
	}
	if err := s.saveToken(tx, a, t, now); err != nil {
		return err
	}
	return tx.WriteAudit(ctx, db.AuditEntry{
		At: now, PersonID: actor.PersonID, Action: "creators.account_connected",
		Subject: db.AuditSubject("account", a.ID), Detail: map[string]string{"platform": platform},
	})
}

// lockOwnProfile reads and locks the actor's profile.
func lockOwnProfile(tx *db.Tx, actor models.Actor) (Creator, error) {
	var c Creator
	err := tx.Clauses(clause.Locking{Strength: "UPDATE"}).Where("id = ?", actor.CreatorID).Take(&c).Error
	if errors.Is(err, gorm.ErrRecordNotFound) || err == nil && !CanConnectAccounts(actor, c) {
		return c, models.NotFound()
	}
	return c, err
}

// takeOverAccount moves an account from another, unclaimed profile to the creator.
// It is found by the platform's user id, or else by the handle of an unconnected
// account.
func (s *Store) takeOverAccount(tx *db.Tx, creatorID int64, p PlatformProfile) error {
	var a Account
	err := tx.Where("platform = ? AND creator_id <> ?", p.Platform, creatorID).
		Where("platform_user_id = ? OR platform_user_id IS NULL AND handle_key IN ?", p.UserID, p.importedKeys()).
		Order("CASE WHEN platform_user_id IS NULL THEN 1 ELSE 0 END").Take(&a).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	var before Creator
	if err := tx.Clauses(clause.Locking{Strength: "UPDATE"}).Take(&before, a.CreatorID).Error; err != nil {
		return err
	}
	if before.IsClaimed() {
		if a.PlatformUserID != nil {
			return models.Conflict("creators.error.account_taken")
		}
		return nil // an unconnected account of a claimed profile: its handle alone is not enough to take it
	}
	var same int64
	err = tx.Raw("SELECT count(*) FROM creator_accounts WHERE creator_id = ? AND platform = ? AND platform_user_id = ?", creatorID, p.Platform, p.UserID).Scan(&same).Error
	if err != nil || same > 0 {
		return err // the creator has it already: the other one was imported
	}
	if err := tx.Exec("UPDATE creator_accounts SET creator_id = ? WHERE id = ?", creatorID, a.ID).Error; err != nil {
		return err
	}
	return s.updateProfileLeftBehind(tx, &before)
}

// updateProfileLeftBehind updates a profile from the accounts it still has.
func (s *Store) updateProfileLeftBehind(tx *db.Tx, c *Creator) error {
	var rest []*Account
	if err := tx.Where("creator_id = ?", c.ID).Order("id").Find(&rest).Error; err != nil {
		return err
	}
	c.updateFromAccounts(rest)
	if err := saveRow(tx, c); err != nil {
		return err
	}
	return s.Relist(tx, []int64{c.ID})
}
