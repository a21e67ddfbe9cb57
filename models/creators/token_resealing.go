package creators

import (
	"context"
	"errors"

	"gorm.io/gorm/clause"

	"tribemarket/models"
	"tribemarket/models/db"
)

// resealBatchSize is how many tokens are resealed in one transaction.
const resealBatchSize = 100

// ResealSecrets reseals the tokens that an older key sealed, and returns their
// number. It can be stopped and run again.
func (s *Store) ResealSecrets(ctx context.Context) (int, error) {
	n, last := 0, int64(0)
	for {
		var rows []AccountToken
		err := s.db.Tx(ctx, func(tx *db.Tx) error {
			err := tx.Clauses(clause.Locking{Strength: "UPDATE"}).Where("account_id > ? AND access IS NOT NULL", last).Order("account_id").Limit(resealBatchSize).Find(&rows).Error
			if err != nil {
				return err
			}
			for _, row := range rows {
				done, err := s.resealToken(ctx, tx, row)
				if err != nil {
					return err
				}
				if done {
					n++
				}
			}
			return nil
		})
		if err != nil {
			return n, models.Internal("seal tokens anew", err)
		}
		if len(rows) < resealBatchSize {
			return n, nil
		}
		last = rows[len(rows)-1].AccountID
	}
}

func (s *Store) resealToken(ctx context.Context, tx *db.Tx, row AccountToken) (bool, error) {
	current := func(text *string) bool { return text == nil || s.db.Keys.IsSealedWithCurrentKey(*text) }
	if current(row.Access) && current(row.Refresh) {
		return false, nil
	}
	t, err := s.openToken(row)
	if errors.Is(err, models.ErrCannotOpenSealed) {
		return s.loseConnection(ctx, tx, row.AccountID, LossSealed, s.clock())
	}
	if err != nil {
		return false, err
	}
	return true, tx.Exec("UPDATE account_tokens SET access = ?, refresh = ? WHERE account_id = ?",
		s.sealToken("access", row.AccountID, t.Access), s.sealToken("refresh", row.AccountID, t.Refresh), row.AccountID).Error
}
