package creators

import (
	"context"
	"errors"
	"slices"
	"time"

	"gorm.io/gorm"

	"tribemarket/models"
	"tribemarket/models/db"
	"tribemarket/models/platform"
)

// PlatformAPIs are the platforms that this instance can call, by name.
type PlatformAPIs map[string]PlatformAPI

func (apis PlatformAPIs) platformNames() []string {
	all := []string{}
	for _, p := range platform.Names() {
		if apis[p] != nil {
			all = append(all, p)
		}
	}
	return all
}

// Limits of a run of the periodic jobs. A lease is far longer than a call may
// take, so one that has expired was lost in a crash.
const (
	refreshLease        = 5 * time.Minute
	maxRunTime          = 50 * time.Second // then the next run continues
	maxBusyInARow       = 3                // a platform that fails this often is left to the next run
	firstRefreshRetry   = time.Minute
	longestRefreshRetry = time.Hour
)

// RefreshDueTokens refreshes the tokens that are at four fifths of their lifetime,
// each by one refresher over all nodes. It returns how many it has refreshed;
// failures are stored with the accounts and returned as errors.
func (s *Store) RefreshDueTokens(ctx context.Context, apis PlatformAPIs) (int, error) {
	if err := s.loseExpiredLeases(ctx); err != nil {
		return 0, err
	}
	n, began, busy, open := 0, s.clock(), map[string]int{}, apis.platformNames()
	var wrong []error
	for len(open) > 0 && s.clock().Sub(began) < maxRunTime && ctx.Err() == nil {
		row, platform, err := s.claimTokenRefresh(ctx, 0, open)
		if err != nil || platform == "" {
			return n, errors.Join(append(wrong, err)...)
		}
		_, err = s.exchangeToken(ctx, apis[platform], platform, row)
		switch {
		case err == nil:
			n++
		case errors.Is(err, ErrReconnect):
		default:
			wrong = append(wrong, err)
			if busy[platform]++; busy[platform] == maxBusyInARow {
				open = slices.DeleteFunc(open, func(p string) bool { return p == platform })
			}
		}
	}
	return n, errors.Join(wrong...)
}

// loseExpiredLeases marks accounts whose refresher never came back: the platform may
// have answered it, so the stored token may be invalid, and using it twice can end
// the whole consent.
func (s *Store) loseExpiredLeases(ctx context.Context) error {
	now := s.clock()
	var ids []int64
	if err := s.db.Read(ctx).Model(&AccountToken{}).Where("lease_until <= ?", now).Order("account_id").Pluck("account_id", &ids).Error; err != nil {
		return models.Internal("find leases that ran out", err)
	}
	for _, id := range ids {
		err := s.db.Tx(ctx, func(tx *db.Tx) error {
			row, _, err := readToken(tx, id)
			if err != nil || row.LeaseUntil == nil || row.LeaseUntil.After(now) {
				return err
			}
			_, err = s.loseConnection(ctx, tx, id, LossCrash, now)
			return err
		})
		if err != nil {
			return models.Internal("end a lease that ran out", err)
		}
	}
	return nil
}

// claimTokenRefresh takes the lease of one token: the account's, or, if that is 0,
// the one that has been due the longest. The platform is "" if there is none to
// take.
func (s *Store) claimTokenRefresh(ctx context.Context, accountID int64, platforms []string) (row AccountToken, platform string, err error) {
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
			lease, now.Add(refreshLease), due.AccountID, ConnectionGood, accountID, now)
		if taken.Error != nil {
			return taken.Error
		}
		if taken.RowsAffected == 0 {
			return gorm.ErrDuplicatedKey // another refresher has taken it meanwhile
		}
		platform = due.Platform
		row, _, err = readToken(tx, due.AccountID)
		return err
	})
	if IsWriteConflict(err) {
		if accountID != 0 {
			return row, "", nil
		}
		return s.claimTokenRefresh(ctx, accountID, platforms)
	}
	if err != nil {
		return row, "", models.Internal("claim a token", err)
	}
	return row, platform, nil
}

// exchangeToken asks the platform for the next token of a claimed row, outside any
// transaction, then stores it and drops the lease.
func (s *Store) exchangeToken(ctx context.Context, api PlatformAPI, platform string, row AccountToken) (PlatformToken, error) {
	old, err := s.openToken(row)
	if err != nil {
		return PlatformToken{}, errors.Join(ErrReconnect, s.loseConnectionNow(ctx, row.AccountID, LossSealed))
	}
	fresh, asked := api.Refresh(ctx, old)
	// The answer is stored even if the context has been cancelled meanwhile.
	ctx = context.WithoutCancel(ctx)
	now := s.clock()
	switch {
	case asked == nil && fresh.Access != "":
		return s.saveExchangedToken(ctx, row, old, fresh, now)
	case errors.Is(asked, ErrReconnect):
		return PlatformToken{}, errors.Join(asked, s.loseConnectionNow(ctx, row.AccountID, LossRefused))
	case asked == nil:
		asked = ErrPlatformBusy
	}
	failures := row.RefreshFailures + 1
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		return tx.Exec("UPDATE account_tokens SET lease_id = NULL, lease_until = NULL, refresh_failures = ?, refresh_at = ? WHERE account_id = ? AND lease_id = ?",
			failures, now.Add(retryDelay(firstRefreshRetry, longestRefreshRetry, failures)), row.AccountID, row.LeaseID).Error
	})
	return PlatformToken{}, models.Unavailable("platforms.busy", errors.Join(errors.New("exchange a token of "+platform), asked, err))
}

// saveExchangedToken stores a fresh token, unless the account was reconnected or
// disconnected meanwhile.
func (s *Store) saveExchangedToken(ctx context.Context, row AccountToken, old, fresh PlatformToken, now time.Time) (PlatformToken, error) {
	lease := row.LeaseID
	err := s.db.Tx(ctx, func(tx *db.Tx) error {
		s.setToken(&row, fresh, now)
		return tx.Model(&AccountToken{}).Where("account_id = ? AND lease_id = ?", row.AccountID, lease).
			Select("access", "refresh", "scopes", "expires_at", "refresh_expires_at", "refresh_at", "refresh_failures", "lease_id", "lease_until").
			UpdateColumns(&row).Error
	})
	if err != nil {
		return PlatformToken{}, models.Internal("keep an exchanged token", err)
	}
	if fresh.Refresh == "" {
		fresh.Refresh = old.Refresh
	}
	return fresh, nil
}

// loseConnectionNow is loseConnection in a transaction of its own.
func (s *Store) loseConnectionNow(ctx context.Context, accountID int64, reason LossReason) error {
	ctx = context.WithoutCancel(ctx)
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		_, err := s.loseConnection(ctx, tx, accountID, reason, s.clock())
		return err
	})
}

// ValidateDueTokens validates tokens with the platforms that require it. A node
// records that beforehand, so that only one of several does it.
func (s *Store) ValidateDueTokens(ctx context.Context, apis PlatformAPIs) error {
	began := s.clock()
	for _, platform := range apis.platformNames() {
		v, ok := apis[platform].(TokenValidator)
		every := validationInterval(platform)
		if !ok || every == 0 {
			continue
		}
		for s.clock().Sub(began) < maxRunTime && ctx.Err() == nil {
			row, err := s.claimTokenValidation(ctx, platform, every)
			if err != nil {
				return models.Internal("claim a token to ask about", err)
			}
			if row.AccountID == 0 {
				break
			}
			t, err := s.openToken(row)
			if err != nil {
				if err := s.loseConnectionNow(ctx, row.AccountID, LossSealed); err != nil {
					return err
				}
				continue
			}
			err = v.Validate(ctx, t)
			if errors.Is(err, ErrReconnect) && row.ExpiresAt != nil && !row.ExpiresAt.After(s.clock()) {
				continue // it has expired by itself, and is refreshed
			}
			if errors.Is(err, ErrReconnect) {
				err = s.loseConnectionNow(ctx, row.AccountID, LossRefused)
			}
			if err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *Store) claimTokenValidation(ctx context.Context, platform string, every time.Duration) (AccountToken, error) {
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
