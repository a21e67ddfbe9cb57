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

// Grace is for how long an account below the floor stays listed, so that a
// creator who loses a few followers has the time of two weekends to win them
// back, and brands that are writing to her don't find her gone.
const Grace = 14 * 24 * time.Hour

// change is what judging an account came to.
type change string

const (
	stays    change = ""
	listed   change = "listed"
	falls    change = "falls"    // below the floor, listed until its grace is over
	rises    change = "rises"    // above it again within its grace
	unlisted change = "unlisted" // its grace is over
	dropped  change = "dropped"  // at once: nobody has connected it
)

// settle lists an account, or not, by whether the floor lets it. One that
// nobody has connected has nobody to tell, and no grace.
func (a *Account) settle(ok bool, now time.Time) change {
	was, grace := a.Listed, a.GraceUntil
	ok = ok && a.PurgedAt == nil // whose figures are gone is judged when they are read again
	switch {
	case ok:
		a.Listed, a.GraceUntil = true, nil
		switch {
		case !was:
			return listed
		case grace != nil:
			return rises
		}
	case !was:
		if a.GraceUntil = nil; grace != nil {
			return dropped
		}
	case a.Source != Verified:
		a.Listed, a.GraceUntil = false, nil
		return dropped
	case grace == nil:
		a.GraceUntil = new(now.Add(Grace).UTC().Truncate(time.Microsecond))
		return falls
	case !now.Before(*grace):
		a.Listed, a.GraceUntil = false, nil
		return unlisted
	}
	return stays
}

// listImported lists accounts that nobody has connected, by their followers:
// what a file says of their posts may not be all. It says which of them changed.
func (p Programme) listImported(c *Creator, accounts []*Account) map[*Account]bool {
	changed := map[*Account]bool{}
	for _, a := range accounts {
		if a.Source != Verified {
			ok := a.Followers >= p.For(a.Platform, c.Country).Followers
			if changed[a] = ok != a.Listed; changed[a] {
				a.Listed = ok
			}
		}
	}
	return changed
}

// judge decides whether an account of a creator is listed, from what is known
// of it in the transaction. The caller saves it, and makes the listings follow.
// A creator whose account falls below the floor is told.
func (s *Store) judge(tx *db.Tx, c *Creator, a *Account, now time.Time) error {
	p, err := marketplace(tx.DB)
	if err != nil {
		return err
	}
	_, err = judgeAll(tx, p, map[int64]*Creator{c.ID: c}, []*Account{a}, now)
	return err
}

// judgeAll judges accounts of some creators and gives those that changed.
func judgeAll(tx *db.Tx, p Programme, creators map[int64]*Creator, accounts []*Account, now time.Time) ([]*Account, error) {
	ids, owners := make([]int64, len(accounts)), make([]int64, 0, len(creators))
	for i, a := range accounts {
		ids[i] = a.ID
	}
	for id := range creators {
		owners = append(owners, id)
	}
	active, err := activities(tx.DB, ids)
	if err != nil {
		return nil, err
	}
	ages, err := agesOf(tx.DB, owners, now)
	if err != nil {
		return nil, err
	}
	var changed []*Account
	for _, a := range accounts {
		c := creators[a.CreatorID]
		what := a.settle(p.For(a.Platform, c.Country).lists(a.standing(active[a.ID], ages[c.ID])), now)
		if what == stays {
			continue
		}
		changed = append(changed, a)
		if what == falls || what == unlisted {
			if err := tellOfStanding(tx, a.CreatorID, StandingArgs{AccountID: a.ID, At: now, Unlisted: what == unlisted}); err != nil {
				return nil, err
			}
		}
	}
	return changed, nil
}

// RejudgeArgs is the job that judges accounts again: those of one creator, or,
// a batch at a time, everybody's after an account.
type RejudgeArgs struct {
	CreatorID int64 `json:"creator_id,omitempty"`
	After     int64 `json:"after,omitempty"`
}

// Kind is River's name of the job.
func (RejudgeArgs) Kind() string { return "creators.rejudge" }

// rejudgeBatch is how many accounts one transaction judges: few enough that
// others wait for it only for a moment.
const rejudgeBatch = 500

// Rejudge judges accounts by the marketplace's present floor, and goes on to the
// next batch by a job of its own.
func (s *Store) Rejudge(ctx context.Context, args RejudgeArgs) error {
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		q := tx.Where("creator_id = ?", args.CreatorID)
		if args.CreatorID == 0 {
			q = tx.Where("id > ?", args.After).Limit(rejudgeBatch)
		}
		var accounts []*Account
		if err := q.Order("id").Find(&accounts).Error; err != nil || len(accounts) == 0 {
			return err
		}
		if err := s.rejudge(tx, accounts); err != nil {
			return err
		}
		if args.CreatorID != 0 || len(accounts) < rejudgeBatch {
			return nil
		}
		return tx.Enqueue(RejudgeArgs{After: accounts[len(accounts)-1].ID}, nil)
	})
}

// rejudge judges accounts again, with all that follows from it. It locks their
// creators first, as everybody does who changes an account.
func (s *Store) rejudge(tx *db.Tx, accounts []*Account) error {
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
	var fresh []*Account // as they are now that nobody else changes them
	if err := tx.Where("id IN ?", accountIDs).Order("id").Find(&fresh).Error; err != nil {
		return err
	}
	p, err := marketplace(tx.DB)
	if err != nil {
		return err
	}
	changed, err := judgeAll(tx, p, byID, fresh, s.clock())
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

// SweepStandingArgs is the job that unlists accounts whose grace is over and
// marks figures that have become old.
type SweepStandingArgs struct{}

// Kind is River's name of the job.
func (SweepStandingArgs) Kind() string { return "creators.sweep_standing" }

// SweepStanding unlists accounts whose grace is over, ranks those lower whose
// figures have become old, takes back figures that this instance may no longer
// derive, and lets a new month begin for who could take no more in the last one. It works in batches and says how many accounts changed.
func (s *Store) SweepStanding(ctx context.Context) (int, error) {
	total := 0
	if err := s.sweepChanges(ctx); err != nil {
		return 0, models.Internal("sweep the changes of listings", err)
	}
	for _, step := range []func(*db.Tx) (int, error){s.endGrace, s.age, s.underive, s.turn} {
		for n := rejudgeBatch; n == rejudgeBatch; {
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

func (s *Store) endGrace(tx *db.Tx) (int, error) {
	var accounts []*Account
	err := tx.Where("grace_until <= ?", s.clock()).Order("id").Limit(rejudgeBatch).Find(&accounts).Error
	if err != nil || len(accounts) == 0 {
		return 0, err
	}
	return len(accounts), s.rejudge(tx, accounts)
}

// age marks verified figures that have become old: they rank after fresh ones.
func (s *Store) age(tx *db.Tx) (int, error) {
	var accounts []Account
	err := tx.Select("id", "creator_id").Where("source = ? AND NOT aged AND as_of < ?", Verified, s.clock().Add(-StaleAfter)).
		Order("id").Limit(rejudgeBatch).Find(&accounts).Error
	if err != nil || len(accounts) == 0 {
		return 0, err
	}
	ids, creators := split(accounts)
	if err := lock(tx, creators); err != nil {
		return 0, err
	}
	// Some may have been read again before the lock.
	if err := tx.Exec("UPDATE creator_accounts SET aged = TRUE WHERE id IN ? AND source = ? AND as_of < ?", ids, Verified, s.clock().Add(-StaleAfter)).Error; err != nil {
		return 0, err
	}
	return len(accounts), s.Relist(tx, creators)
}

// lock keeps others from listing creators until the transaction ends.
func lock(tx *db.Tx, creators []int64) error {
	var ids []int64
	return tx.Model(&Creator{}).Clauses(clause.Locking{Strength: "UPDATE"}).Where("id IN ?", creators).Order("id").Pluck("id", &ids).Error
}

func split(accounts []Account) (ids, creators []int64) {
	for _, a := range accounts {
		ids, creators = append(ids, a.ID), append(creators, a.CreatorID)
	}
	return ids, creators
}

// underive takes back what was derived from YouTube's counts while its
// amendment was accepted, once it no longer is.
func (s *Store) underive(tx *db.Tx) (int, error) {
	if s.Derives(platform.YouTube) {
		return 0, nil
	}
	var accounts []Account
	err := tx.Select("id", "creator_id").
		Where("platform = ? AND basis = ? AND (engagement_ppm IS NOT NULL OR median_views IS NOT NULL OR mean_views IS NOT NULL)", platform.YouTube, BasisPosts).
		Order("id").Limit(rejudgeBatch).Find(&accounts).Error
	if err != nil || len(accounts) == 0 {
		return 0, err
	}
	ids, creators := split(accounts)
	if err := lock(tx, creators); err != nil {
		return 0, err
	}
	err = tx.Exec(`UPDATE creator_accounts SET engagement_ppm = NULL, median_views = NULL, p25_views = NULL, p75_views = NULL, mean_views = NULL, mean_likes = NULL, mean_comments = NULL, mean_shares = NULL
		WHERE id IN ?`, ids).Error
	if err != nil {
		return 0, err
	}
	return len(accounts), s.Relist(tx, creators)
}

// StandingArgs says which account has fallen below the floor, or is no longer
// listed.
type StandingArgs struct {
	AccountID int64     `json:"account_id"`
	At        time.Time `json:"at"`
	Unlisted  bool      `json:"unlisted"`
}

// StandingNotice is what the creator is told.
type StandingNotice struct {
	To         accounts.Contact
	Account    Account
	Floor      Floor
	Conditions []Condition // what is missing
	Unlisted   bool
	Until      time.Time // the end of the grace
}

// StandingNotice reads it; due is false when it is no longer true.
func (s *Store) StandingNotice(ctx context.Context, args StandingArgs) (n StandingNotice, due bool, err error) {
	var a Account
	if err := s.db.Read(ctx).Where("id = ?", args.AccountID).Limit(1).Find(&a).Error; err != nil || a.ID == 0 {
		return n, false, err
	}
	c, err := s.creator(ctx, "id = ?", a.CreatorID)
	if err != nil || !c.Claimed() || args.Unlisted == a.Listed || !args.Unlisted && a.GraceUntil == nil {
		return n, false, err
	}
	p, err := marketplace(s.db.Read(ctx))
	if err != nil {
		return n, false, err
	}
	active, err := activities(s.db.Read(ctx), []int64{a.ID})
	if err != nil {
		return n, false, err
	}
	ages, err := agesOf(s.db.Read(ctx), []int64{c.ID}, s.clock())
	if err != nil {
		return n, false, err
	}
	to, ok, err := Contact(s.db.Read(ctx), c.ID)
	if err != nil || !ok {
		return n, false, err
	}
	n = StandingNotice{To: to, Account: a, Floor: p.For(a.Platform, c.Country), Unlisted: args.Unlisted, Until: args.At.Add(Grace)}
	if a.GraceUntil != nil {
		n.Until = *a.GraceUntil
	}
	for _, x := range n.Floor.Judge(a.standing(active[a.ID], ages[c.ID])) {
		if x.Outcome == Missing {
			n.Conditions = append(n.Conditions, x)
		}
	}
	return n, len(n.Conditions) > 0, nil
}
