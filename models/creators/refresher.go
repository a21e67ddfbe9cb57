package creators

import (
	"context"
	"errors"
	"time"

	"gorm.io/gorm"

	"tribemarket/models"
	"tribemarket/models/db"
	"tribemarket/models/platform"
)

// APIs are the platforms that this instance can ask, by their names.
type APIs map[string]Platform

func (apis APIs) names() []string {
	all := []string{}
	for _, p := range platform.Names() {
		if apis[p] != nil {
			all = append(all, p)
		}
	}
	return all
}

// What a run of the periodic jobs keeps to. A lease is far longer than a call
// may take, so that one that ran out was lost in a crash.
const (
	leaseFor     = 5 * time.Minute
	runFor       = 50 * time.Second // then the next run goes on
	busyInARow   = 3                // a platform that fails so often is left to the next run
	refreshFirst = time.Minute
	refreshMost  = time.Hour
)

// RefreshDue exchanges the tokens that are at four fifths of their life, each
// by one refresher over all nodes. It gives the number of those exchanged; what
// went wrong with single accounts stands with them, and in the errors.
func (s *Store) RefreshDue(ctx context.Context, apis APIs) (int, error) {
	if err := s.loseLeases(ctx); err != nil {
		return 0, err
	}
	n, began, busy, open := 0, s.clock(), map[string]int{}, apis.names()
	var wrong []error
	for len(open) > 0 && s.clock().Sub(began) < runFor && ctx.Err() == nil {
		row, platform, err := s.claimRefresh(ctx, 0, open)
		if err != nil || platform == "" {
			return n, errors.Join(append(wrong, err)...)
		}
		_, err = s.exchange(ctx, apis[platform], platform, row)
		switch {
		case err == nil:
			n++
		case errors.Is(err, ErrReconnect):
		default:
			wrong = append(wrong, err)
			if busy[platform]++; busy[platform] == busyInARow {
				open = without(open, platform)
			}
		}
	}
	return n, errors.Join(wrong...)
}

func without(all []string, one string) []string {
	var rest []string
	for _, x := range all {
		if x != one {
			rest = append(rest, x)
		}
	}
	return rest
}

// loseLeases marks accounts whose refresher never came back: the platform may
// have answered it, so that the token kept here may be worth nothing, and using
// it a second time can end the whole consent.
func (s *Store) loseLeases(ctx context.Context) error {
	now := s.clock()
	var ids []int64
	if err := s.db.Read(ctx).Model(&AccountToken{}).Where("lease_until <= ?", now).Order("account_id").Pluck("account_id", &ids).Error; err != nil {
		return models.Internal("find leases that ran out", err)
	}
	for _, id := range ids {
		err := s.db.Tx(ctx, func(tx *db.Tx) error {
			row, _, err := tokenOf(tx, id)
			if err != nil || row.LeaseUntil == nil || row.LeaseUntil.After(now) {
				return err
			}
			_, err = s.lose(ctx, tx, id, LossCrash, now)
			return err
		})
		if err != nil {
			return models.Internal("end a lease that ran out", err)
		}
	}
	return nil
}

// claimRefresh takes the lease of one token: of the account, or, when that is
// 0, of the one that is due for the longest time. The platform is "" when there
// is none to take.
func (s *Store) claimRefresh(ctx context.Context, accountID int64, platforms []string) (row AccountToken, platform string, err error) {
	now, lease := s.clock(), models.NewPublicID()
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		q := tx.Table("account_tokens t").Joins("JOIN creator_accounts a ON a.id = t.account_id").
			Select("t.account_id, a.platform").Where("t.state = ? AND t.lease_id IS NULL AND a.platform IN ?", ConnectionGood, platforms)
		if accountID != 0 {
			q = q.Where("t.account_id = ?", accountID)
		} else {
			q = q.Where("t.refresh_at <= ?", now)
		}
		var due struct {
			AccountID int64
			Platform  string
		}
		if err := q.Order("t.refresh_at, t.account_id").Limit(1).Scan(&due).Error; err != nil || due.AccountID == 0 {
			return err
		}
		taken := tx.Exec("UPDATE account_tokens SET lease_id = ?, lease_until = ? WHERE account_id = ? AND state = ? AND lease_id IS NULL AND (? <> 0 OR refresh_at <= ?)",
			lease, now.Add(leaseFor), due.AccountID, ConnectionGood, accountID, now)
		if taken.Error != nil {
			return taken.Error
		}
		if taken.RowsAffected == 0 {
			return gorm.ErrDuplicatedKey // another refresher took it meanwhile
		}
		platform = due.Platform
		row, _, err = tokenOf(tx, due.AccountID)
		return err
	})
	if collided(err) {
		if accountID != 0 {
			return row, "", nil
		}
		return s.claimRefresh(ctx, accountID, platforms)
	}
	if err != nil {
		return row, "", models.Internal("claim a token", err)
	}
	return row, platform, nil
}

// exchange asks the platform for the next token of a claimed row, outside any
// transaction, and keeps it while it drops the lease.
func (s *Store) exchange(ctx context.Context, api Platform, platform string, row AccountToken) (Token, error) {
	old, err := s.open(row)
	if err != nil {
		return Token{}, errors.Join(ErrReconnect, s.loseNow(ctx, row.AccountID, LossSealed))
	}
	fresh, asked := api.Refresh(ctx, old)
	// What was answered is kept, even if whoever asked is told to stop.
	ctx = context.WithoutCancel(ctx)
	now := s.clock()
	switch {
	case asked == nil && fresh.Access != "":
		return s.keepExchanged(ctx, row, old, fresh, now)
	case errors.Is(asked, ErrReconnect):
		return Token{}, errors.Join(asked, s.loseNow(ctx, row.AccountID, LossRefused))
	case asked == nil:
		asked = ErrBusy
	}
	failures := row.RefreshFailures + 1
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		return tx.Exec("UPDATE account_tokens SET lease_id = NULL, lease_until = NULL, refresh_failures = ?, refresh_at = ? WHERE account_id = ? AND lease_id = ?",
			failures, now.Add(growing(refreshFirst, refreshMost, failures)), row.AccountID, row.LeaseID).Error
	})
	return Token{}, models.Unavailable("platforms.busy", errors.Join(errors.New("exchange a token of "+platform), asked, err))
}

// keepExchanged keeps a fresh token, unless the account was connected anew, or
// disconnected, meanwhile.
func (s *Store) keepExchanged(ctx context.Context, row AccountToken, old, fresh Token, now time.Time) (Token, error) {
	lease := row.LeaseID
	err := s.db.Tx(ctx, func(tx *db.Tx) error {
		s.hold(&row, fresh, now)
		return tx.Model(&AccountToken{}).Where("account_id = ? AND lease_id = ?", row.AccountID, lease).
			Select("access", "refresh", "scopes", "expires_at", "refresh_expires_at", "refresh_at", "refresh_failures", "lease_id", "lease_until").
			UpdateColumns(&row).Error
	})
	if err != nil {
		return Token{}, models.Internal("keep an exchanged token", err)
	}
	if fresh.Refresh == "" {
		fresh.Refresh = old.Refresh
	}
	return fresh, nil
}

// loseNow is lose in a transaction of its own.
func (s *Store) loseNow(ctx context.Context, accountID int64, reason LossReason) error {
	ctx = context.WithoutCancel(ctx)
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		_, err := s.lose(ctx, tx, accountID, reason, s.clock())
		return err
	})
}

// ValidateDue asks the platforms that want it whether tokens are still good.
// Who asks notes it before, so that of several nodes one does.
func (s *Store) ValidateDue(ctx context.Context, apis APIs) error {
	began := s.clock()
	for _, platform := range apis.names() {
		v, ok := apis[platform].(Validator)
		every := validateEvery(platform)
		if !ok || every == 0 {
			continue
		}
		for s.clock().Sub(began) < runFor && ctx.Err() == nil {
			row, err := s.claimValidation(ctx, platform, every)
			if err != nil {
				return models.Internal("claim a token to ask about", err)
			}
			if row.AccountID == 0 {
				break
			}
			t, err := s.open(row)
			if err != nil {
				if err := s.loseNow(ctx, row.AccountID, LossSealed); err != nil {
					return err
				}
				continue
			}
			err = v.Validate(ctx, t)
			if errors.Is(err, ErrReconnect) && row.ExpiresAt != nil && !row.ExpiresAt.After(s.clock()) {
				continue // it ran out by itself, and is exchanged
			}
			if errors.Is(err, ErrReconnect) {
				err = s.loseNow(ctx, row.AccountID, LossRefused)
			}
			if err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *Store) claimValidation(ctx context.Context, platform string, every time.Duration) (AccountToken, error) {
	now := s.clock()
	var row AccountToken
	err := s.db.Tx(ctx, func(tx *db.Tx) error {
		return tx.Raw(`UPDATE account_tokens SET validate_at = ? WHERE validate_at <= ? AND lease_id IS NULL AND account_id = (
				SELECT t.account_id FROM account_tokens t JOIN creator_accounts a ON a.id = t.account_id
				WHERE t.validate_at <= ? AND t.lease_id IS NULL AND t.state = ? AND a.platform = ? ORDER BY t.validate_at, t.account_id LIMIT 1) RETURNING *`,
			now.Add(every), now, now, ConnectionGood, platform).Scan(&row).Error
	})
	return row, err
}
