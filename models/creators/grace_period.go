package creators

import (
	"context"
	"time"

	"gorm.io/gorm/clause"

	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/db"
	"tribemarket/models/platform"
)

// GracePeriod is how long an account below the floor stays listed, so that a
// creator who loses a few followers has two weekends to win them back, and does
// not vanish while brands are writing to them.
const GracePeriod = 14 * 24 * time.Hour

// standingChange is the result of judging an account.
type standingChange string

const (
	standingUnchanged standingChange = ""
	becameListed      standingChange = "listed"
	graceStarted      standingChange = "falls"    // below the floor, listed until its grace is over
	graceCancelled    standingChange = "rises"    // above it again within its grace
	graceExpired      standingChange = "unlisted" // its grace is over
	unlistedAtOnce    standingChange = "dropped"  // at once: not connected, or a leftover grace period was cleared
)

// updateGracePeriod lists or unlists an account by the floor. An unconnected one has
// no grace period, since there is nobody to notify.
func (a *Account) updateGracePeriod(ok bool, now time.Time) standingChange {
	was, grace := a.Listed, a.GraceUntil
	ok = ok && a.PurgedAt == nil // purged figures are judged when they are read again
	switch {
	case ok:
		a.Listed, a.GraceUntil = true, nil
		switch {
		case !was:
			return becameListed
		case grace != nil:
			return graceCancelled
		}
	case !was:
		if a.GraceUntil = nil; grace != nil {
			return unlistedAtOnce
		}
	case a.Source != SourceVerified:
		a.Listed, a.GraceUntil = false, nil
		return unlistedAtOnce
	case grace == nil:
		a.GraceUntil = new(now.Add(GracePeriod).UTC().Truncate(time.Microsecond))
		return graceStarted
	case !now.Before(*grace):
		a.Listed, a.GraceUntil = false, nil
		return graceExpired
	}
	return standingUnchanged
}

// listImportedAccounts lists or unlists unconnected accounts by their followers
// alone, since imported posts may be incomplete. It returns those that changed.
func (p Programme) listImportedAccounts(c *Creator, accounts []*Account) map[*Account]bool {
	changed := map[*Account]bool{}
	for _, a := range accounts {
		if a.Source != SourceVerified {
			ok := a.Followers >= p.FloorFor(a.Platform, c.Country).Followers
			if changed[a] = ok != a.Listed; changed[a] {
				a.Listed = ok
			}
		}
	}
	return changed
}

// applyFloor decides whether a creator's account is listed, from what is known
// about it in the transaction. The caller saves it and updates the listings. A
// creator whose account falls below the floor is notified.
func (s *Store) applyFloor(tx *db.Tx, c *Creator, a *Account, now time.Time) error {
	p, err := readMarketplace(tx.DB)
	if err != nil {
		return err
	}
	_, err = applyFloorToAccounts(tx, p, map[int64]*Creator{c.ID: c}, []*Account{a}, now)
	return err
}

// applyFloorToAccounts judges the accounts of some creators and returns those that changed.
func applyFloorToAccounts(tx *db.Tx, p Programme, creators map[int64]*Creator, accounts []*Account, now time.Time) ([]*Account, error) {
	ids, owners := make([]int64, len(accounts)), make([]int64, 0, len(creators))
	for i, a := range accounts {
		ids[i] = a.ID
	}
	for id := range creators {
		owners = append(owners, id)
	}
	active, err := readPostingActivity(tx.DB, ids)
	if err != nil {
		return nil, err
	}
	ages, err := readAges(tx.DB, owners, now)
	if err != nil {
		return nil, err
	}
	var changed []*Account
	for _, a := range accounts {
		c := creators[a.CreatorID]
		what := a.updateGracePeriod(p.FloorFor(a.Platform, c.Country).allowsListing(a.eligibilityFigures(active[a.ID], ages[c.ID])), now)
		if what == standingUnchanged {
			continue
		}
		changed = append(changed, a)
		if what == graceStarted || what == graceExpired {
			if err := notifyFloorChange(tx, a.CreatorID, FloorNoticeArgs{AccountID: a.ID, At: now, Unlisted: what == graceExpired}); err != nil {
				return nil, err
			}
		}
	}
	return changed, nil
}

// ReapplyFloorArgs is the job that judges accounts again: those of one creator, or,
// a batch at a time, everybody's after an account.
type ReapplyFloorArgs struct {
	CreatorID int64 `json:"creator_id,omitempty"`
	After     int64 `json:"after,omitempty"`
}

// Kind is the job's name, for River.
func (ReapplyFloorArgs) Kind() string { return "creators.rejudge" }

// floorBatchSize is how many accounts one transaction judges: few enough for
// others to wait only a moment.
const floorBatchSize = 500

// ReapplyFloor judges accounts by the marketplace's present floor, and goes on to the
// next batch by a job of its own.
func (s *Store) ReapplyFloor(ctx context.Context, args ReapplyFloorArgs) error {
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		q := tx.Where("creator_id = ?", args.CreatorID)
		if args.CreatorID == 0 {
			q = tx.Where("id > ?", args.After).Limit(floorBatchSize)
		}
		var accounts []*Account
		if err := q.Order("id").Find(&accounts).Error; err != nil || len(accounts) == 0 {
			return err
		}
		if err := s.reapplyFloorToAccounts(tx, accounts); err != nil {
			return err
		}
		if args.CreatorID != 0 || len(accounts) < floorBatchSize {
			return nil
		}
		return tx.Enqueue(ReapplyFloorArgs{After: accounts[len(accounts)-1].ID}, nil)
	})
}

// reapplyFloorToAccounts judges accounts again and applies the consequences. It locks their
// creators first, as all code that changes accounts does.
func (s *Store) reapplyFloorToAccounts(tx *db.Tx, accounts []*Account) error {
	ids := make([]int64, len(accounts))
	accountIDs := make([]int64, len(accounts))
	for i, a := range accounts {
		ids[i], accountIDs[i] = a.CreatorID, a.ID
	}
	var rows []*Creator
	if err := tx.Clauses(clause.Locking{Strength: "UPDATE"}).Where("id IN ?", ids).Order("id").Find(&rows).Error; err != nil {
		return err
	}
	byID := make(map[int64]*Creator, len(rows))
	for _, c := range rows {
		byID[c.ID] = c
	}
	var fresh []*Account // reread under the lock
	if err := tx.Where("id IN ?", accountIDs).Order("id").Find(&fresh).Error; err != nil {
		return err
	}
	p, err := readMarketplace(tx.DB)
	if err != nil {
		return err
	}
	changed, err := applyFloorToAccounts(tx, p, byID, fresh, s.clock())
	if err != nil {
		return err
	}
	var moved []int64
	for _, a := range changed {
		if err := tx.Exec("UPDATE creator_accounts SET listed = ?, grace_until = ? WHERE id = ?", a.Listed, a.GraceUntil, a.ID).Error; err != nil {
			return err
		}
		moved = append(moved, a.CreatorID)
	}
	return s.Relist(tx, moved)
}

// SweepListingsArgs is the periodic job that keeps listings current: see
// Store.SweepListings.
type SweepListingsArgs struct{}

// Kind is the job's name, for River.
func (SweepListingsArgs) Kind() string { return "creators.sweep_standing" }

// SweepListings deletes old listing changes, unlists accounts whose grace is over, ranks
// accounts with old figures lower, deletes figures that this instance may no longer
// derive, and starts a new month for creators' monthly limits. It works in batches and
// returns how many accounts and creators changed.
func (s *Store) SweepListings(ctx context.Context) (int, error) {
	total := 0
	if err := s.deleteOldListingChanges(ctx); err != nil {
		return 0, models.Internal("sweep the changes of listings", err)
	}
	for _, step := range []func(*db.Tx) (int, error){s.endGracePeriods, s.markStaleFigures, s.deleteDerivedFigures, s.rollActivityMonth} {
		for n := floorBatchSize; n == floorBatchSize; {
			err := s.db.Tx(ctx, func(tx *db.Tx) (err error) {
				n, err = step(tx)
				return err
			})
			if err != nil {
				return total, models.Internal("sweep the standing of accounts", err)
			}
			total += n
		}
	}
	return total, nil
}

func (s *Store) endGracePeriods(tx *db.Tx) (int, error) {
	var accounts []*Account
	err := tx.Where("grace_until <= ?", s.clock()).Order("id").Limit(floorBatchSize).Find(&accounts).Error
	if err != nil || len(accounts) == 0 {
		return 0, err
	}
	return len(accounts), s.reapplyFloorToAccounts(tx, accounts)
}

// markStaleFigures marks verified figures as old: they rank below fresh ones.
func (s *Store) markStaleFigures(tx *db.Tx) (int, error) {
	var accounts []Account
	err := tx.Select("id", "creator_id").Where("source = ? AND NOT aged AND as_of < ?", SourceVerified, s.clock().Add(-StaleAfter)).
		Order("id").Limit(floorBatchSize).Find(&accounts).Error
	if err != nil || len(accounts) == 0 {
		return 0, err
	}
	ids, creators := accountAndCreatorIDs(accounts)
	if err := lockCreators(tx, creators); err != nil {
		return 0, err
	}
	// Some may have been read again before the lock.
	if err := tx.Exec("UPDATE creator_accounts SET aged = TRUE WHERE id IN ? AND source = ? AND as_of < ?", ids, SourceVerified, s.clock().Add(-StaleAfter)).Error; err != nil {
		return 0, err
	}
	return len(accounts), s.Relist(tx, creators)
}

// lockCreators keeps others from listing creators until the transaction ends.
func lockCreators(tx *db.Tx, creators []int64) error {
	var ids []int64
	return tx.Model(&Creator{}).Clauses(clause.Locking{Strength: "UPDATE"}).Where("id IN ?", creators).Order("id").Pluck("id", &ids).Error
}

func accountAndCreatorIDs(accounts []Account) (ids, creators []int64) {
	for _, a := range accounts {
		ids, creators = append(ids, a.ID), append(creators, a.CreatorID)
	}
	return ids, creators
}

// deleteDerivedFigures deletes what was derived from YouTube's counts under its
// amendment, once that is no longer accepted.
func (s *Store) deleteDerivedFigures(tx *db.Tx) (int, error) {
	if s.MayDeriveFigures(platform.YouTube) {
		return 0, nil
	}
	var accounts []Account
	err := tx.Select("id", "creator_id").
		Where("platform = ? AND basis = ? AND (engagement_ppm IS NOT NULL OR median_views IS NOT NULL OR mean_views IS NOT NULL)", platform.YouTube, BasisPosts).
		Order("id").Limit(floorBatchSize).Find(&accounts).Error
	if err != nil || len(accounts) == 0 {
		return 0, err
	}
	ids, creators := accountAndCreatorIDs(accounts)
	if err := lockCreators(tx, creators); err != nil {
		return 0, err
	}
	err = tx.Exec(`UPDATE creator_accounts SET engagement_ppm = NULL, median_views = NULL, p25_views = NULL, p75_views = NULL, mean_views = NULL, mean_likes = NULL, mean_comments = NULL, mean_shares = NULL
		WHERE id IN ?`, ids).Error
	if err != nil {
		return 0, err
	}
	return len(accounts), s.Relist(tx, creators)
}

// FloorNoticeArgs says which account has fallen below the floor, or is no longer
// listed.
type FloorNoticeArgs struct {
	AccountID int64     `json:"account_id"`
	At        time.Time `json:"at"`
	Unlisted  bool      `json:"unlisted"`
}

// FloorNotice is what the creator is told about an account below the floor.
type FloorNotice struct {
	To                accounts.Contact
	Account           Account
	Floor             ProgrammeFloor
	MissingConditions []EligibilityCondition // what is missing
	Unlisted          bool
	GraceUntil        time.Time // the end of the grace
}

// ReadFloorNotice reads a floor notice; due is false if it is no longer true.
func (s *Store) ReadFloorNotice(ctx context.Context, args FloorNoticeArgs) (n FloorNotice, due bool, err error) {
	var a Account
	if err := s.db.Read(ctx).Where("id = ?", args.AccountID).Limit(1).Find(&a).Error; err != nil || a.ID == 0 {
		return n, false, err
	}
	c, err := s.readCreator(ctx, "id = ?", a.CreatorID)
	if err != nil || !c.IsClaimed() || args.Unlisted == a.Listed || !args.Unlisted && a.GraceUntil == nil {
		return n, false, err
	}
	p, err := readMarketplace(s.db.Read(ctx))
	if err != nil {
		return n, false, err
	}
	active, err := readPostingActivity(s.db.Read(ctx), []int64{a.ID})
	if err != nil {
		return n, false, err
	}
	ages, err := readAges(s.db.Read(ctx), []int64{c.ID}, s.clock())
	if err != nil {
		return n, false, err
	}
	to, ok, err := Contact(s.db.Read(ctx), c.ID)
	if err != nil || !ok {
		return n, false, err
	}
	n = FloorNotice{To: to, Account: a, Floor: p.FloorFor(a.Platform, c.Country), Unlisted: args.Unlisted, GraceUntil: args.At.Add(GracePeriod)}
	if a.GraceUntil != nil {
		n.GraceUntil = *a.GraceUntil
	}
	for _, x := range n.Floor.CheckConditions(a.eligibilityFigures(active[a.ID], ages[c.ID])) {
		if x.Outcome == OutcomeMissing {
			n.MissingConditions = append(n.MissingConditions, x)
		}
	}
	return n, len(n.MissingConditions) > 0, nil
}
