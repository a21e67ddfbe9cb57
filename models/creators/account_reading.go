package creators

import (
	"context"
	"errors"
	"time"

	"tribemarket/models"
	"tribemarket/models/db"
)

// How long to wait after a failed reading of an account, and how long a reading
// may take before another node takes over.
const (
	firstReadRetry   = 15 * time.Minute
	longestReadRetry = 24 * time.Hour
	readLease        = 5 * time.Minute
)

// ReadDueAccounts reads the figures of accounts that are due, one after the other, as
// far as the platforms' limits allow. It returns how many it has read; failures are
// stored with the accounts and returned as errors.
func (s *Store) ReadDueAccounts(ctx context.Context, apis PlatformAPIs) (int, error) {
	n, began := 0, s.clock()
	var wrong []error
	for s.clock().Sub(began) < maxRunTime && ctx.Err() == nil {
		due, err := s.claimReading(ctx, apis.platformNames())
		if err != nil {
			return n, errors.Join(append(wrong, models.Internal("claim a reading", err))...)
		}
		if due.AccountID == 0 {
			break
		}
		if err := s.readAccount(ctx, apis[due.Platform], due); err != nil {
			wrong = append(wrong, err)
			continue
		}
		n++
	}
	return n, errors.Join(wrong...)
}

// dueReading is an account claimed for reading.
type dueReading struct {
	AccountToken
	Platform       string
	PlatformUserID string
}

// claimReading claims the account that has been due the longest, of the
// platforms whose budgets allow it. Its AccountID is 0 if there is none.
func (s *Store) claimReading(ctx context.Context, platforms []string) (due dueReading, err error) {
	now := s.clock()
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		budgets, open := map[string]PlatformBudget{}, []string{}
		for _, p := range platforms {
			b, err := lockPlatformBudget(tx, p, now)
			if err != nil {
				return err
			}
			if b.affordsReading(now) {
				budgets[p], open = b, append(open, p)
			}
		}
		if len(open) == 0 {
			return nil
		}
		err := tx.Raw(`SELECT t.*, a.platform, a.platform_user_id FROM account_tokens t JOIN creator_accounts a ON a.id = t.account_id
			WHERE t.read_at <= ? AND t.state = ? AND t.lease_id IS NULL AND (t.read_until IS NULL OR t.read_until <= ?) AND a.platform IN ?
			ORDER BY t.read_at, t.account_id LIMIT 1`, now, ConnectionGood, now, open).Scan(&due).Error
		if err != nil || due.AccountID == 0 {
			return err
		}
		b := budgets[due.Platform]
		b.Spent += apiAllowances[due.Platform].unitsPerReading
		if err := saveRow(tx, &b); err != nil {
			return err
		}
		// The budget's row is locked, so that no other node claims the account meanwhile.
		return tx.Exec("UPDATE account_tokens SET read_until = ? WHERE account_id = ?", now.Add(readLease), due.AccountID).Error
	})
	return due, err
}

// readAccount reads a claimed account. A token that the platform refuses is
// refreshed once before the creator has to connect again.
func (s *Store) readAccount(ctx context.Context, api PlatformAPI, due dueReading) error {
	t, err := s.openToken(due.AccountToken)
	if err != nil {
		return errors.Join(err, s.loseConnectionNow(ctx, due.AccountID, LossSealed))
	}
	exchanged := false
	if due.ExpiresAt != nil && !due.ExpiresAt.After(s.clock()) {
		if t, err = s.exchangeTokenNow(ctx, api, due); err != nil {
			return s.recordFailedReading(ctx, due, err)
		}
		exchanged = true
	}
	p, err := api.Read(ctx, t)
	if errors.Is(err, ErrReconnect) && !exchanged {
		if t, err = s.exchangeTokenNow(ctx, api, due); err == nil {
			p, err = api.Read(ctx, t)
		}
	}
	if err == nil {
		p, err = cleanPlatformProfile(p, s.clock())
	}
	if err == nil && p.UserID != due.PlatformUserID {
		err = ErrReconnect // the token is another account's
	}
	if err != nil {
		return s.recordFailedReading(ctx, due, err)
	}
	if err := s.saveReading(ctx, due, p); err != nil {
		return models.Internal("keep the figures of an account of "+due.Platform, err)
	}
	return nil
}

// exchangeTokenNow refreshes an account's token whatever its age, unless
// another node is doing so.
func (s *Store) exchangeTokenNow(ctx context.Context, api PlatformAPI, due dueReading) (PlatformToken, error) {
	row, platform, err := s.claimTokenRefresh(ctx, due.AccountID, []string{due.Platform})
	if err != nil {
		return PlatformToken{}, err
	}
	if platform == "" {
		return PlatformToken{}, ErrPlatformBusy
	}
	return s.exchangeToken(ctx, api, platform, row)
}

// saveReading stores what was read and schedules the next reading.
func (s *Store) saveReading(ctx context.Context, due dueReading, p PlatformProfile) error {
	ctx, now := context.WithoutCancel(ctx), s.clock()
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		a, c, err := lockAccountByUserID(tx, due.Platform, due.PlatformUserID)
		if err != nil || a.ID != due.AccountID {
			return err // disconnected meanwhile
		}
		if _, err := s.updateAccountFromPlatform(tx, &c, p, now); err != nil {
			return err
		}
		err = tx.Exec("UPDATE account_tokens SET read_until = NULL, read_failures = 0, read_at = ? WHERE account_id = ? AND state = ?", nextReadingTime(a.ID, now), a.ID, ConnectionGood).Error
		if err != nil {
			return err
		}
		return tx.Exec("UPDATE platform_budgets SET failures = 0, paused_until = NULL WHERE platform = ? AND failures > 0", due.Platform).Error
	})
}

// recordFailedReading stores the consequence of a failed reading: the creator has to
// connect again, or the platform is left alone for a while. It returns the error if
// somebody should see it.
func (s *Store) recordFailedReading(ctx context.Context, due dueReading, cause error) error {
	stopped := ctx.Err() != nil
	ctx, now := context.WithoutCancel(ctx), s.clock()
	switch {
	case stopped:
		return errors.Join(cause, s.db.Tx(ctx, func(tx *db.Tx) error {
			return tx.Exec("UPDATE account_tokens SET read_until = NULL WHERE account_id = ? AND state = ?", due.AccountID, ConnectionGood).Error
		}))
	case errors.Is(cause, ErrReconnect), errors.Is(cause, ErrNoAccount), errors.Is(cause, ErrPersonalAccount):
		return errors.Join(cause, s.loseConnectionNow(ctx, due.AccountID, LossRefused))
	case errors.Is(cause, ErrMissingScope):
		return errors.Join(cause, s.loseConnectionNow(ctx, due.AccountID, LossScope))
	}
	return errors.Join(cause, s.db.Tx(ctx, func(tx *db.Tx) error {
		if errors.Is(cause, ErrPlatformBusy) || errors.Is(cause, ErrPlatformSetup) {
			b, err := lockPlatformBudget(tx, due.Platform, now)
			if err != nil {
				return err
			}
			b.recordFailure(now)
			if err := saveRow(tx, &b); err != nil {
				return err
			}
		}
		failures := due.ReadFailures + 1
		return tx.Exec("UPDATE account_tokens SET read_until = NULL, read_failures = ?, read_at = ? WHERE account_id = ? AND state = ?",
			failures, now.Add(retryDelay(firstReadRetry, longestReadRetry, failures)), due.AccountID, ConnectionGood).Error
	}))
}
