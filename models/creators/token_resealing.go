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
// number. Where the key is gone, the creator has to connect again. It can be stopped and
// run again.
func (s *Store) ResealSecrets(ctx context.Context) (int, error) {
	n, last := 0, int64(0)
	for {
		var rows []AccountToken
		resealed := 0 // of the batch, which counts once it is committed
		err := s.db.Tx(ctx, func(tx *db.Tx) error {
			rows, resealed = nil, 0
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
					resealed++
				}
			}
			return nil
		})
		if err != nil {
			return n, models.Internal("seal tokens anew", err)
		}
		n += resealed
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
		_, err := s.loseConnection(ctx, tx, row.AccountID, LossSealed, s.clock())
		return false, err
	}
	if err != nil {
		return false, err
	}
	return true, tx.Exec("UPDATE account_tokens SET access = ?, refresh = ? WHERE account_id = ?",
		s.sealToken("access", row.AccountID, t.Access), s.sealToken("refresh", row.AccountID, t.Refresh), row.AccountID).Error
}
