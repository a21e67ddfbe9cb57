package accounts

import (
	"context"
	"strings"

	"tribemarket/models"
	"tribemarket/models/db"
	"tribemarket/models/places"
	"tribemarket/models/text"
)

// BusinessForm is the company behind a brand, as entered. Fields: legal_name,
// country, address, vat.
type BusinessForm struct {
	LegalName string
	Country   string // ISO 3166-1 alpha-2
	Address   string // several lines
	VAT       string // may be empty
}

func (f *BusinessForm) check() error {
	var wrong models.Fields
	f.LegalName, f.Address = text.SingleLine(f.LegalName), cleanLines(f.Address)
	checkText(&wrong, "legal_name", f.LegalName, 1, 160)
	if !places.IsKnownCountry(f.Country) {
		wrong.Add("country", "accounts.error.which_country")
	}
	checkText(&wrong, "address", f.Address, 1, 400)
	vat, ok := ParseVAT(f.Country, f.VAT)
	if !ok {
		wrong.Add("vat", "accounts.error.vat")
	}
	f.VAT = vat
	return wrong.Err()
}

// cleanLines tidies a text of several lines for storage, dropping empty ones.
func cleanLines(s string) string {
	var lines []string
	for line := range strings.Lines(strings.ReplaceAll(s, "\r", "\n")) {
		if line = text.SingleLine(line); line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}

// UpdateBusiness saves the details of the company behind the actor's brand.
func (s *Store) UpdateBusiness(ctx context.Context, actor models.Actor, f BusinessForm) error {
	switch {
	case actor.BrandID == 0:
		return models.NotFound()
	case !CanEditBusiness(actor, actor.BrandID):
		return errRole()
	}
	if err := f.check(); err != nil {
		return err
	}
	now := s.clock()
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		err := requireOneRow(tx.Exec("UPDATE brands SET legal_name = ?, legal_country = ?, postal_address = ?, vat_number = ? WHERE id = ?",
			f.LegalName, f.Country, f.Address, f.VAT, actor.BrandID))
		if err != nil {
			return err
		}
		return tx.WriteAudit(ctx, db.AuditEntry{At: now, PersonID: actor.PersonID, Action: "accounts.business_changed", Subject: db.AuditSubject("brand", actor.BrandID)})
	})
}
