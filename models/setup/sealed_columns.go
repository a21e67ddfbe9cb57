package setup

import (
	"context"

	"tribemarket/models"
	"tribemarket/models/db"
)

// SealedColumns are the columns of sealed texts.
func SealedColumns() []db.SealedColumn {
	return []db.SealedColumn{{
		Name: "instance_settings.smtp", Table: "instance_settings", Text: "smtp", Row: "id",
		Purpose: func(string) string { return smtpPurpose },
	}}
}

// ResealSecrets reseals the mail server's URL if an older key sealed it, and returns how
// many were. One whose key is gone stays as it is.
func (s *Store) ResealSecrets(ctx context.Context) (n int, err error) {
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		n = 0
		var rows []instanceSettings
		if err := tx.Limit(1).Find(&rows).Error; err != nil || len(rows) == 0 {
			return err
		}
		plain, err := s.db.Keys.Open(smtpPurpose, rows[0].SMTP)
		if err != nil || s.db.Keys.IsSealedWithCurrentKey(rows[0].SMTP) {
			return nil //nolint:nilerr // there is none, or its key is gone
		}
		n = 1
		return tx.Exec("UPDATE instance_settings SET smtp = ? WHERE id = 1", s.db.Keys.Seal(smtpPurpose, plain)).Error
	})
	if err != nil {
		return 0, models.Internal("seal the mail server anew", err)
	}
	return n, nil
}
