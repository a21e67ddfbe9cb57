package deals

import (
	"context"
	"time"

	"tribemarket/models"
	"tribemarket/models/files"
	"tribemarket/models/terms"
)

// fillDeals loads the deliverables, holds and parties of deals: two queries, however many rows
// there are.
func (s *Store) fillDeals(ctx context.Context, rows []dealRow) ([]Deal, error) {
	if len(rows) == 0 {
		return nil, nil
	}
	var ids, brands, creators []int64
	for _, r := range rows {
		ids, brands, creators = append(ids, r.ID), append(brands, r.BrandID), append(creators, r.CreatorID)
	}
	who, err := s.ReadParties(ctx, brands, creators)
	if err != nil {
		return nil, err
	}
	xs, heldBy, err := readDeliverables(s.db.Read(ctx), ids)
	if err != nil {
		return nil, err
	}
	zonesOf := map[int64]Zones{}
	for _, r := range rows {
		zonesOf[r.ID] = r.zones()
	}
	of := map[int64][]Deliverable{}
	for _, x := range xs {
		shown := x.deliverable(zonesOf[x.DealID])
		if x.DeadlineAt != nil {
			shown.Holds = heldBy[x.DealID]
		}
		of[x.DealID] = append(of[x.DealID], shown)
	}
	out := make([]Deal, len(rows))
	for i, r := range rows {
		agreed, err := terms.Decode(r.Agreed.Terms)
		if err != nil {
			return nil, models.Internal("read what was agreed", err)
		}
		out[i] = Deal{
			ID: r.ID, PublicID: r.PublicID, Negotiation: r.Negotiation, Cycle: r.Cycle,
			Brand: who.Brands[r.BrandID], Creator: who.Creators[r.CreatorID], Terms: agreed, Zone: r.Zone, BrandZone: r.BrandZone,
			AgreedAt: r.AgreedAt.UTC(), EndedAt: utc(r.EndedAt), EndedLate: r.EndKind == endedLate, EndedAway: r.EndKind == endedAway, EndReason: r.EndReason,
			Version: r.Version, Deliverables: nameOthers(of[r.ID], agreed), Holds: heldBy[r.ID],
		}
		if r.EndedBy != nil {
			out[i].EndedBy = *r.EndedBy
		}
	}
	return out, nil
}

// nameOthers says of deliverables of another type what they are.
func nameOthers(all []Deliverable, agreed terms.Terms) []Deliverable {
	for i, x := range all {
		if x.Number <= len(agreed.Deliverables) {
			all[i].OtherType = agreed.Deliverables[x.Number-1].OtherType
		}
	}
	return all
}

// Partnership is a completed deal as a media kit shows it.
type Partnership struct {
	Brand       Party
	Product     string
	Items       []Item
	Addresses   []string // of the publications, in the order of Items, "" where there is none
	CompletedAt time.Time

	dealID int64
}

// partnershipRow is a deliverable of a completed deal, without an id if there is none.
type partnershipRow struct {
	Row                          deliverableRow `gorm:"embedded"`
	BrandID                      int64
	Product, Name, Public, Place string
	Logo                         string
}

// addPartnership adds a deliverable to the last of the partnerships, or to a new one.
func (t *TrackRecord) addPartnership(r partnershipRow) {
	if n := len(t.Past); n == 0 || t.Past[n-1].dealID != r.Row.DealID {
		brand := Party{ID: r.BrandID, PublicID: r.Public, Name: r.Name, Country: r.Place, Joined: true, Logo: files.ParseShown(r.Logo)}
		t.Past = append(t.Past, Partnership{Brand: brand, Product: r.Product, dealID: r.Row.DealID})
	}
	p, x := &t.Past[len(t.Past)-1], r.Row.deliverable(Zones{})
	p.Items = append(p.Items, x.Item)
	p.Addresses = append(p.Addresses, x.PublishedURL)
	if x.CompletedAt != nil && x.CompletedAt.After(p.CompletedAt) {
		p.CompletedAt = *x.CompletedAt
	}
}
