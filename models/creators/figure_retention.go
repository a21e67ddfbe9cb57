package creators

import (
	"context"
	"time"

	"gorm.io/gorm/clause"

	"tribemarket/models"
	"tribemarket/models/db"
	"tribemarket/models/platform"
)

// maxRetention is how long figures may be kept without a new reading; 0 for no
// limit. YouTube: 30 days (developers.google.com/youtube/terms/
// developer-policies-guide), less the time between two runs of the job.
func maxRetention(name string) time.Duration {
	if name == platform.YouTube {
		return 30*24*time.Hour - 2*time.Hour
	}
	return 0
}

// purgeTime is when the account's figures are deleted unless they are read
// before; nil if they may be kept, or are deleted already.
func (a Account) purgeTime() *time.Time {
	keep := maxRetention(a.Platform)
	if keep == 0 || a.Source != SourceVerified || a.PurgedAt != nil {
		return nil
	}
	return new(a.AsOf.Add(keep))
}

// PurgeOldFigures deletes what may no longer be kept: figures and posts of accounts that
// were not read for too long, which stay unlisted until they are, and older posts and
// snapshots of the others. It returns how many accounts lost their figures.
func (s *Store) PurgeOldFigures(ctx context.Context) (int, error) {
	n := 0
	for _, platform := range platform.Names() {
		keep := maxRetention(platform)
		if keep == 0 {
			continue
		}
		oldest := s.clock().Add(-keep)
		if err := s.purgeHistory(ctx, platform, oldest); err != nil {
			return n, models.Internal("delete old figures of "+platform, err)
		}
		var ids []int64
		err := s.db.Read(ctx).Model(&Account{}).Where("platform = ? AND source = ? AND purged_at IS NULL AND as_of <= ?", platform, SourceVerified, oldest).Order("id").Pluck("id", &ids).Error
		if err != nil {
			return n, models.Internal("find old figures of "+platform, err)
		}
		for _, id := range ids {
			done, err := s.purgeAccount(ctx, id, oldest)
			if err != nil {
				return n, models.Internal("delete the figures of an account", err)
			}
			if done {
				n++
			}
		}
	}
	return n, nil
}

// purgeHistory deletes posts that were not read again and, unless figures may
// be derived from them, snapshots.
func (s *Store) purgeHistory(ctx context.Context, platform string, oldest time.Time) error {
	const own = " IN (SELECT id FROM creator_accounts WHERE platform = ? AND source = 'verified')"
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Exec("DELETE FROM posts WHERE read_at <= ? AND account_id"+own, oldest, platform).Error; err != nil {
			return err
		}
		if s.MayDeriveFigures(platform) {
			return nil
		}
		return tx.Exec("DELETE FROM account_snapshots WHERE read_at <= ? AND account_id"+own, oldest, platform).Error
	})
}

func (s *Store) purgeAccount(ctx context.Context, accountID int64, oldest time.Time) (done bool, err error) {
	now := s.clock()
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		var c Creator
		err := tx.Clauses(clause.Locking{Strength: "UPDATE"}).Where("id = (SELECT creator_id FROM creator_accounts WHERE id = ?)", accountID).Limit(1).Find(&c).Error
		if err != nil {
			return err
		}
		var a Account
		err = tx.Where("id = ? AND purged_at IS NULL AND as_of <= ?", accountID, oldest).Limit(1).Find(&a).Error
		if err != nil || a.ID == 0 {
			return err // read, or deleted, meanwhile
		}
		a.PurgedAt, a.Listed, a.GraceUntil, a.UpdatedAt = &now, false, nil, now
		a.Followers, a.Following, a.TotalLikes, a.TotalPosts = 0, nil, nil, nil
		a.Figures = Figures{Basis: BasisNone}
		if err := saveRow(tx, &a); err != nil {
			return err
		}
		tables := []string{"posts", "audience_shares"}
		if !s.MayDeriveFigures(a.Platform) {
			tables = append(tables, "account_snapshots")
		}
		for _, table := range tables {
			if err := tx.Exec("DELETE FROM "+table+" WHERE account_id = ?", a.ID).Error; err != nil {
				return err
			}
		}
		if err := tx.Exec("DELETE FROM audience_shares WHERE account_id = ? AND source = ?", a.ID, SourceVerified).Error; err != nil {
			return err
		}
		done = true
		return s.updateCreatorFromAccounts(tx, &c, now)
	})
	return done, err
}
