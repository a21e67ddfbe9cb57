package contracts

import (
	"context"
	"time"
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
