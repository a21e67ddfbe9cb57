package contracts

import (
	"context"
	"encoding/json"

	"gorm.io/gorm/clause"

	"tribemarket/models"
	"tribemarket/models/db"
)

// identityOwner is SQL of whose identity a row is, as db.AuditSubject writes it.
const identityOwner = "(CASE WHEN brand_id IS NULL THEN 'creator:' || creator_id ELSE 'brand:' || brand_id END)"

// SealedColumns are the columns of sealed texts.
func SealedColumns() []db.SealedColumn {
	return []db.SealedColumn{
		{Name: "contract_identities.sealed", Table: "contract_identities", Text: "sealed", Row: identityOwner, Purpose: identityPurpose},
		{Name: "contracts.text", Table: "contracts", Text: "text", Row: "public_id", Where: "text <> ''", Purpose: textPurpose},
	}
}

func identityPurpose(owner string) string { return "contract identity of " + owner }

func (r identityRow) owner() string {
	if r.BrandID != nil {
		return db.AuditSubject("brand", *r.BrandID)
	}
	return db.AuditSubject("creator", *r.CreatorID)
}

func (r *identityRow) seal(keys *models.Keyring, i Identity) error {
	plain, err := json.Marshal(i)
	if err == nil {
		r.Sealed = keys.Seal(identityPurpose(r.owner()), plain)
	}
	return err
}

func (r identityRow) open(keys *models.Keyring) (i Identity, err error) {
	plain, err := keys.Open(identityPurpose(r.owner()), r.Sealed)
	if err == nil {
		err = json.Unmarshal(plain, &i)
	}
	return i, err
}

// ResealSecrets reseals identities and texts that an older key sealed, and returns their number. It can
// be stopped and run again. One whose key is gone stays as it is.
func (s *Store) ResealSecrets(ctx context.Context) (n int, err error) {
	var ids []int64
	if err := s.db.Read(ctx).Model(&identityRow{}).Order("id").Pluck("id", &ids).Error; err != nil {
		return 0, models.Internal("list contract identities", err)
	}
	for _, id := range ids {
		resealed := 0
		err := s.db.Tx(ctx, func(tx *db.Tx) error {
			resealed = 0
			var r identityRow
			if err := tx.Clauses(clause.Locking{Strength: "UPDATE"}).Where("id = ?", id).Limit(1).Find(&r).Error; err != nil {
				return err
			}
			if r.ID == 0 || s.db.Keys.IsSealedWithCurrentKey(r.Sealed) {
				return nil
			}
			i, err := r.open(s.db.Keys)
			if err != nil {
				return nil //nolint:nilerr // the key is gone; carry on with the others
			}
			if err := r.seal(s.db.Keys, i); err != nil {
				return err
			}
			resealed = 1
			return tx.Model(&identityRow{}).Where("id = ?", id).Update("sealed", r.Sealed).Error
		})
		if err != nil {
			return n, models.Internal("seal a contract identity anew", err)
		}
		n += resealed
	}
	texts, err := s.resealTexts(ctx)
	return n + texts, err
}

// resealTexts does so for what contracts say.
func (s *Store) resealTexts(ctx context.Context) (n int, err error) {
	var ids []int64
	if err := s.db.Read(ctx).Model(&contractRow{}).Where("text <> ''").Order("id").Pluck("id", &ids).Error; err != nil {
		return 0, models.Internal("list the texts of contracts", err)
	}
	for _, id := range ids {
		resealed := 0
		err := s.db.Tx(ctx, func(tx *db.Tx) error {
			resealed = 0
			var r contractRow
			if err := tx.Clauses(clause.Locking{Strength: "UPDATE"}).Where("id = ?", id).Take(&r).Error; err != nil {
				return err
			}
			if s.db.Keys.IsSealedWithCurrentKey(r.Text) {
				return nil
			}
			t, err := openText(s.db.Keys, r)
			if err != nil {
				return nil //nolint:nilerr // the key is gone; carry on with the others
			}
			text, err := sealText(s.db.Keys, r.PublicID, t)
			if err != nil {
				return err
			}
			resealed = 1
			return tx.Model(&contractRow{}).Where("id = ?", id).Update("text", text).Error
		})
		if err != nil {
			return n, models.Internal("seal what a contract says anew", err)
		}
		n += resealed
	}
	return n, nil
}

// OpenIdentityRow returns what is sealed in a row of contract_identities, for the export of
// what is held on a person. Without the key the values are empty.
func OpenIdentityRow(keys *models.Keyring, row map[string]any) (columns []string, values map[string]any) {
	r := identityRow{}
	r.Sealed, _ = row["sealed"].(string)
	for column, to := range map[string]**int64{brandColumn: &r.BrandID, creatorColumn: &r.CreatorID} {
		if id, ok := row[column].(int64); ok {
			*to = &id
		}
	}
	i, _ := r.open(keys)
	values = map[string]any{"legal_name": i.LegalName, "postal_address": i.PostalAddress, "email": i.Email, "tax_country": i.TaxCountry, "registration": i.Registration, "vat": i.VAT}
	return []string{"legal_name", "postal_address", "email", "tax_country", "registration", "vat"}, values
}
