package negotiation

import (
	"context"
	"strings"

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
	read, err := s.readOffers(ctx, latestOffersSQL, ids)
	if err != nil {
		return nil, err
	}
	out := make([]Negotiation, len(rows))
	for i, r := range rows {
		out[i] = r.negotiation(who)
		out[i].Latest, out[i].Pitch = read.offers[r.ID][0], read.pitch[r.ID]
		out[i].setDeals(read.deals[r.ID])
	}
	return out, nil
}

// offersRead are offers by negotiation, oldest first, with the public ids of the deals and
// the pitches of the negotiations.
type offersRead struct {
	offers map[int64][]Offer
	deals  map[int64][]string
	pitch  map[int64]*Pitch
}

func (s *Store) readOffers(ctx context.Context, query string, arg any) (offersRead, error) {
	var rows []struct {
		Offer offerRow `gorm:"embedded"`
		Deals string
		Pitch pitchRow `gorm:"embedded;embeddedPrefix:p_"`
		Shown string
	}
	read := offersRead{map[int64][]Offer{}, map[int64][]string{}, map[int64]*Pitch{}}
	if err := s.db.Read(ctx).Raw(query, arg).Scan(&rows).Error; err != nil {
		return read, err
	}
	for _, r := range rows {
		o, err := r.Offer.offer()
		if err != nil {
			return read, models.Internal("read an offer", err)
		}
		id := r.Offer.NegotiationID
		read.offers[id] = append(read.offers[id], o)
		if r.Deals != "" {
			read.deals[id] = strings.Split(r.Deals, ",")
		}
		if read.pitch[id], err = readPitch(r.Pitch, r.Shown); err != nil {
			return read, err
		}
	}
	return read, nil
}

// setDeals says which deals the negotiation led to.
func (n *Negotiation) setDeals(all []string) {
	if n.Deals = all; len(all) > 0 {
		n.Deal = all[len(all)-1]
	}
}

// negotiation is the row with its parties, without its offers.
func (r row) negotiation(who deals.Parties) Negotiation {
	return Negotiation{
		ID: r.ID, PublicID: r.PublicID, Brand: who.Brands[r.BrandID], Creator: who.Creators[r.CreatorID], State: r.State, Version: r.Version,
		Began: r.Began, Zone: r.Zones.Zone, BrandZone: r.Zones.BrandZone, BegunAt: r.BegunAt.UTC(), ExpiresAt: r.ExpiresAt.UTC(),
		ClosedAt: utc(r.ClosedAt), CloseReason: r.CloseReason, Extension: r.extension(), Extensions: r.Extensions,
	}
}
