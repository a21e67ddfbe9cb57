package negotiation

import (
	"context"

	"tribemarket/models"
	"tribemarket/models/deals"
)

// withParties loads the latest offers, parties and deals of negotiations: two queries,
// however many rows there are.
func (s *Store) withParties(ctx context.Context, rows []row) ([]Negotiation, error) {
	var brands, creators []int64
	for _, r := range rows {
		brands, creators = append(brands, r.BrandID), append(creators, r.CreatorID)
	}
	who, err := s.deals.ReadParties(ctx, brands, creators)
	if err != nil {
		return nil, err
	}
	return s.fill(ctx, rows, who)
}

// fill loads the latest offers and deals of negotiations whose parties are known.
func (s *Store) fill(ctx context.Context, rows []row, who deals.Parties) ([]Negotiation, error) {
	if len(rows) == 0 {
		return nil, nil
	}
	ids := make([]int64, len(rows))
	for i, r := range rows {
		ids[i] = r.ID
	}
	offers, deal, err := s.readOffers(ctx, latestOffersSQL, ids)
	if err != nil {
		return nil, err
	}
	out := make([]Negotiation, len(rows))
	for i, r := range rows {
		out[i] = r.negotiation(who)
		out[i].Latest, out[i].Deal = offers[r.ID][0], deal[r.ID]
	}
	return out, nil
}

// readOffers reads offers by negotiation, oldest first, and the public ids of the deals that
// the negotiations led to.
func (s *Store) readOffers(ctx context.Context, query string, arg any) (offers map[int64][]Offer, deal map[int64]string, err error) {
	var rows []struct {
		Offer offerRow `gorm:"embedded"`
		Deal  string
	}
	if err := s.db.Read(ctx).Raw(query, arg).Scan(&rows).Error; err != nil {
		return nil, nil, err
	}
	offers, deal = map[int64][]Offer{}, map[int64]string{}
	for _, r := range rows {
		o, err := r.Offer.offer()
		if err != nil {
			return nil, nil, models.Internal("read an offer", err)
		}
		id := r.Offer.NegotiationID
		offers[id], deal[id] = append(offers[id], o), r.Deal
	}
	return offers, deal, nil
}

// negotiation is the row with its parties, without its offers.
func (r row) negotiation(who deals.Parties) Negotiation {
	return Negotiation{
		ID: r.ID, PublicID: r.PublicID, Brand: who.Brands[r.BrandID], Creator: who.Creators[r.CreatorID], State: r.State, Version: r.Version,
		Began: r.Began, Zone: r.Zones.Zone, BrandZone: r.Zones.BrandZone, BegunAt: r.BegunAt.UTC(), ExpiresAt: r.ExpiresAt.UTC(),
		ClosedAt: utc(r.ClosedAt), CloseReason: r.CloseReason,
	}
}
