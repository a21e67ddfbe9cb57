package contracts

import (
	"context"
	"time"

	"tribemarket/models"
)

// Version is one of the contracts of a deal that were signed one after the other, each of
// which but the first amends the one before.
type Version struct {
	PublicID    string
	Number      int
	SignedAt    time.Time
	AmendedAt   *time.Time // nil for the one in force
	Required    bool       // the work waited for it
	Certificate bool       // it has one
}

// OfDeal is what a deal has of contracts.
type OfDeal struct {
	Current   *Contract // in force, or else the latest that is no amendment; nil for none
	Amendment *Contract // that can still be signed, nil for none
	Versions  []Version // signed, the latest first
}

// ReadOfDeal reads the contracts of a deal, which the caller may see.
func (s *Store) ReadOfDeal(ctx context.Context, dealID int64) (d OfDeal, err error) {
	q := s.db.Read(ctx)
	var rows []contractRow
	if err := q.Where("deal_id = ?", dealID).Order("number DESC").Find(&rows).Error; err != nil {
		return d, err
	}
	byID := map[int64]contractRow{}
	var current *contractRow
	for i, r := range rows {
		byID[r.ID] = r
		if r.SignedAt != nil {
			d.Versions = append(d.Versions, Version{
				PublicID: r.PublicID, Number: r.Number, SignedAt: r.SignedAt.UTC(), AmendedAt: utc(r.ClosedAt), Required: r.Required, Certificate: r.CertificateID != nil,
			})
		}
		if r.State == Signed || current == nil && r.AmendsID == nil {
			current = &rows[i]
		}
	}
	read := func(r contractRow) (*Contract, error) {
		c, err := r.contract()
		if err == nil && r.AmendsID != nil {
			err = c.amend(byID[*r.AmendsID])
		}
		if err != nil {
			return nil, err
		}
		c, err = fillSides(q, r, c)
		return &c, err
	}
	for _, r := range rows {
		if r.AmendsID != nil && r.State.IsOpen() {
			if d.Amendment, err = read(r); err != nil {
				return d, err
			}
		}
	}
	if current != nil {
		d.Current, err = read(*current)
	}
	return d, err
}

// ReadOpenOfDeals reads, in one query, the contracts that work waits for, by the ids of the
// deals, which the caller may see. Of signatures it knows only whose they are.
func (s *Store) ReadOpenOfDeals(ctx context.Context, dealIDs []int64) (map[int64]*Contract, error) {
	var rows []struct {
		Row            contractRow `gorm:"embedded"`
		Brand, Creator bool        // it waits for the side
	}
	err := s.db.Read(ctx).Model(&contractRow{}).Where("deal_id IN ? AND amends_id IS NULL AND signed_at IS NULL AND closed_at IS NULL", dealIDs).
		Select("contracts.*, " + missingSQL(models.SideBrand) + " AS brand, " + missingSQL(models.SideCreator) + " AS creator").Scan(&rows).Error
	if err != nil {
		return nil, err
	}
	all := make(map[int64]*Contract, len(rows))
	for _, r := range rows {
		c, err := r.Row.contract()
		if err != nil {
			return nil, err
		}
		for side, missing := range map[models.Side]bool{models.SideBrand: r.Brand, models.SideCreator: r.Creator} {
			switch {
			case missing && c.State == Preparing:
				c.Unnamed = append(c.Unnamed, side)
			case !missing && c.State != Preparing:
				c.Signatures = append(c.Signatures, Signature{Side: side})
			}
		}
		all[r.Row.DealID] = &c
	}
	return all, nil
}
