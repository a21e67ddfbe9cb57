package deals

import (
	"context"
	"time"

	"tribemarket/models/files"
)

// withParties loads the items, parties and deals of proposals: two queries, however many
// rows there are.
func (s *Store) withParties(ctx context.Context, rows []proposalRow) ([]Proposal, error) {
	var brands, creators []int64
	for _, r := range rows {
		brands, creators = append(brands, r.BrandID), append(creators, r.CreatorID)
	}
	who, err := s.parties(ctx, brands, creators)
	if err != nil {
		return nil, err
	}
	return s.fillProposals(ctx, rows, who)
}

// fillProposals loads the items and deals of proposals whose parties are known.
func (s *Store) fillProposals(ctx context.Context, rows []proposalRow, who people) ([]Proposal, error) {
	if len(rows) == 0 {
		return nil, nil
	}
	var ids []int64
	for _, r := range rows {
		ids = append(ids, r.ID)
	}
	items, deals, err := s.itemsOfProposals(ctx, ids)
	if err != nil {
		return nil, err
	}
	out := make([]Proposal, len(rows))
	for i, r := range rows {
		out[i] = Proposal{
			ID: r.ID, PublicID: r.PublicID, Brand: who.brands[r.BrandID], Creator: who.creators[r.CreatorID],
			State: r.State, Version: r.Version, Message: r.Message, Category: r.Category, Terms: r.Terms.terms(), Items: items[r.ID],
			Zone: r.Zones.Zone, BrandZone: r.Zones.BrandZone, SentAt: r.SentAt.UTC(), ExpiresAt: r.ExpiresAt.UTC(), ClosedAt: utc(r.ClosedAt), CloseReason: r.CloseReason,
			Deal: deals[r.ID],
		}
	}
	return out, nil
}

// itemsOfProposals reads the items of proposals, and which deal each proposal has become.
func (s *Store) itemsOfProposals(ctx context.Context, proposalIDs []int64) (all map[int64][]Item, deals map[int64]string, err error) {
	var rows []struct {
		Item itemRow `gorm:"embedded"`
		Deal *string
	}
	err = s.db.Read(ctx).Table("proposal_deliverables").Select("proposal_deliverables.*, deals.public_id AS deal").
		Joins("LEFT JOIN deals ON deals.proposal_id = proposal_deliverables.proposal_id").
		Where("proposal_deliverables.proposal_id IN ?", proposalIDs).Order("proposal_deliverables.proposal_id, number").Find(&rows).Error
	all, deals = map[int64][]Item{}, map[int64]string{}
	for _, r := range rows {
		all[r.Item.ProposalID] = append(all[r.Item.ProposalID], r.Item.item())
		if r.Deal != nil {
			deals[r.Item.ProposalID] = *r.Deal
		}
	}
	return all, deals, err
}

// fillDeals loads the deliverables, parties and proposals of deals: two queries, however
// many rows there are.
func (s *Store) fillDeals(ctx context.Context, rows []dealRow) ([]Deal, error) {
	if len(rows) == 0 {
		return nil, nil
	}
	var ids, brands, creators []int64
	for _, r := range rows {
		ids, brands, creators = append(ids, r.ID), append(brands, r.BrandID), append(creators, r.CreatorID)
	}
	who, err := s.parties(ctx, brands, creators)
	if err != nil {
		return nil, err
	}
	var xs []struct {
		Row      deliverableRow `gorm:"embedded"`
		Proposal string
		Category string
	}
	err = s.db.Read(ctx).Table("deliverables").Select("deliverables.*, proposals.public_id AS proposal, proposals.category").
		Joins("JOIN deals ON deals.id = deliverables.deal_id").Joins("JOIN proposals ON proposals.id = deals.proposal_id").
		Where("deliverables.deal_id IN ?", ids).Order("deliverables.deal_id, number").Find(&xs).Error
	if err != nil {
		return nil, err
	}
	zonesOf := map[int64]zones{}
	for _, r := range rows {
		zonesOf[r.ID] = r.zones()
	}
	of, proposals, categories := map[int64][]Deliverable{}, map[int64]string{}, map[int64]string{}
	for _, x := range xs {
		of[x.Row.DealID] = append(of[x.Row.DealID], x.Row.deliverable(zonesOf[x.Row.DealID]))
		proposals[x.Row.DealID], categories[x.Row.DealID] = x.Proposal, x.Category
	}
	out := make([]Deal, len(rows))
	for i, r := range rows {
		out[i] = Deal{
			ID: r.ID, PublicID: r.PublicID, Proposal: proposals[r.ID], Category: categories[r.ID],
			Brand: who.brands[r.BrandID], Creator: who.creators[r.CreatorID], Terms: r.Terms.terms(), Zone: r.Zone, BrandZone: r.BrandZone,
			AgreedAt: r.AgreedAt.UTC(), EndedAt: utc(r.EndedAt), EndedLate: r.EndKind == endedLate, EndReason: r.EndReason,
			Version: r.Version, Deliverables: of[r.ID],
		}
		if r.EndedBy != nil {
			out[i].EndedBy = *r.EndedBy
		}
	}
	return out, nil
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
	p, x := &t.Past[len(t.Past)-1], r.Row.deliverable(zones{})
	p.Items = append(p.Items, x.Item)
	p.Addresses = append(p.Addresses, x.PublishedURL)
	if x.CompletedAt != nil && x.CompletedAt.After(p.CompletedAt) {
		p.CompletedAt = *x.CompletedAt
	}
}
