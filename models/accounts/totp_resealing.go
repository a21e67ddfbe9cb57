package accounts

import (
	"context"

	"gorm.io/gorm/clause"

	"tribemarket/models"
	"tribemarket/models/db"
)

// ResealSecrets reseals second factors' secrets that an older key sealed, and returns
// their number. It can be stopped and run again. A secret whose key is gone stays as
// it is: the person signs in with a recovery code.
func (s *Store) ResealSecrets(ctx context.Context) (int, error) {
	var all []TOTPFactor
	if err := s.db.Read(ctx).Order("person_id").Find(&all).Error; err != nil {
		return 0, models.Internal("list second factors", err)
	}
	n := 0
	for _, f := range all {
		if s.db.Keys.IsSealedWithCurrentKey(f.Secret) {
			continue
		}
		resealed := 0
		err := s.db.Tx(ctx, func(tx *db.Tx) error {
			resealed = 0
			if err := tx.Clauses(clause.Locking{Strength: "UPDATE"}).Where("person_id = ?", f.PersonID).Limit(1).Find(&f).Error; err != nil {
				return err
			}
			secret, err := s.db.Keys.Open(totpKeyPurpose(f.PersonID), f.Secret)
			if err != nil {
				return nil //nolint:nilerr // the key is gone; carry on with the others
			}
			resealed = 1
			return tx.Exec("UPDATE totp_factors SET secret = ? WHERE person_id = ?", s.db.Keys.Seal(totpKeyPurpose(f.PersonID), secret), f.PersonID).Error
		})
		if err != nil {
			return n, models.Internal("seal a second factor anew", err)
		}
		n += resealed
	}
	return n, nil
}
