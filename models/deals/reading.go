package deals

import (
	"context"
	"time"
)

// proposals fills rows with items, parties and deals: five queries, however
// many rows there are.
func (s *Store) proposals(ctx context.Context, rows []proposalRow) ([]Proposal, error) {
	if len(rows) == 0 {
		return nil, nil
	}
	var ids, brands, creators []int64
	for _, r := range rows {
		ids, brands, creators = append(ids, r.ID), append(brands, r.BrandID), append(creators, r.CreatorID)
	}
	items, err := s.items(ctx, ids)
	if err != nil {
		return nil, err
	}
	who, err := s.parties(ctx, brands, creators)
	if err != nil {
		return nil, err
	}
	var agreed []dealRow
	if err := s.db.Read(ctx).Select("proposal_id", "public_id").Where("proposal_id IN ?", ids).Find(&agreed).Error; err != nil {
		return nil, err
	}
	deals := map[int64]string{}
	for _, d := range agreed {
		deals[d.ProposalID] = d.PublicID
	}
	out := make([]Proposal, len(rows))
	for i, r := range rows {
		out[i] = Proposal{
			ID: r.ID, PublicID: r.PublicID, Brand: who.brands[r.BrandID], Creator: who.creators[r.CreatorID],
			State: r.State, Version: r.Version, Message: r.Message, Terms: r.Terms.terms(), Items: items[r.ID],
			SentAt: r.SentAt.UTC(), ExpiresAt: r.ExpiresAt.UTC(), ClosedAt: utc(r.ClosedAt), CloseReason: r.CloseReason,
			Deal: deals[r.ID],
		}
	}
	return out, nil
}

func (s *Store) items(ctx context.Context, proposalIDs []int64) (map[int64][]Item, error) {
	var rows []itemRow
	err := s.db.Read(ctx).Where("proposal_id IN ?", proposalIDs).Order("proposal_id, number").Find(&rows).Error
	all := map[int64][]Item{}
	for _, r := range rows {
		all[r.ProposalID] = append(all[r.ProposalID], r.item())
	}
	return all, err
}

// deals fills rows with deliverables, parties and proposals: five queries,
// however many rows there are.
func (s *Store) deals(ctx context.Context, rows []dealRow) ([]Deal, error) {
	if len(rows) == 0 {
		return nil, nil
	}
	var ids, proposalIDs, brands, creators []int64
	for _, r := range rows {
		ids, proposalIDs = append(ids, r.ID), append(proposalIDs, r.ProposalID)
		brands, creators = append(brands, r.BrandID), append(creators, r.CreatorID)
	}
	who, err := s.parties(ctx, brands, creators)
	if err != nil {
		return nil, err
	}
	var xs []deliverableRow
	if err := s.db.Read(ctx).Where("deal_id IN ?", ids).Order("deal_id, number").Find(&xs).Error; err != nil {
		return nil, err
	}
	of := map[int64][]Deliverable{}
	for _, x := range xs {
		of[x.DealID] = append(of[x.DealID], x.deliverable())
	}
	var ps []proposalRow
	if err := s.db.Read(ctx).Select("id", "public_id").Where("id IN ?", proposalIDs).Find(&ps).Error; err != nil {
		return nil, err
	}
	proposals := map[int64]string{}
	for _, p := range ps {
		proposals[p.ID] = p.PublicID
	}
	out := make([]Deal, len(rows))
	for i, r := range rows {
		out[i] = Deal{
			ID: r.ID, PublicID: r.PublicID, Proposal: proposals[r.ProposalID],
			Brand: who.brands[r.BrandID], Creator: who.creators[r.CreatorID], Terms: r.Terms.terms(), Zone: r.Zone,
			AgreedAt: r.AgreedAt.UTC(), EndedAt: utc(r.EndedAt), EndedLate: r.EndKind == endedLate, EndReason: r.EndReason,
			Version: r.Version, Deliverables: of[r.ID],
		}
		if r.EndedBy != nil {
			out[i].EndedBy = *r.EndedBy
		}
	}
	return out, nil
}

// events reads the history of a proposal and its deal, the oldest first.
func (s *Store) events(ctx context.Context, proposalID int64) ([]Event, error) {
	var rows []struct {
		Row    eventRow `gorm:"embedded"`
		Person string
		Number int
	}
	err := s.db.Read(ctx).Table("deal_events").
		Select("deal_events.*, coalesce(people.name, '') AS person, coalesce(deliverables.number, 0) AS number").
		Joins("LEFT JOIN people ON people.id = deal_events.person_id").
		Joins("LEFT JOIN deliverables ON deliverables.id = deal_events.deliverable_id").
		Where("deal_events.proposal_id = ?", proposalID).Order("deal_events.id").Find(&rows).Error
	out := make([]Event, len(rows))
	for i, r := range rows {
		out[i] = r.Row.event(r.Person, r.Number)
	}
	return out, err
}

func (r eventRow) event(person string, number int) Event {
	return Event{
		ID: r.ID, Number: number, At: r.At.UTC(), Side: r.Side, Person: person, Action: r.Action,
		From: r.FromState, To: r.ToState, Note: r.Note, URL: r.URL,
	}
}

// Partnership is a completed deal as a media kit shows it.
type Partnership struct {
	Brand       Party
	Product     string
	Items       []Item
	Addresses   []string // of the publications, by the order of Items, "" where there is none
	CompletedAt time.Time
}

// PastPartnerships lists a creator's completed deals, the latest first, for
// everybody to see: four queries.
func (s *Store) PastPartnerships(ctx context.Context, creatorID int64) ([]Partnership, error) {
	var rows []dealRow
	err := s.db.Read(ctx).Where("creator_id = ? AND ended_at IS NULL AND NOT "+running, creatorID).
		Order("(SELECT max(x.completed_at) FROM deliverables x WHERE x.deal_id = deals.id) DESC, id DESC").Limit(PageSize).Find(&rows).Error
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	all, err := s.deals(ctx, rows)
	if err != nil {
		return nil, err
	}
	out := make([]Partnership, len(all))
	for i, d := range all {
		out[i] = Partnership{Brand: d.Brand, Product: d.Terms.Product}
		for _, x := range d.Deliverables {
			out[i].Items = append(out[i].Items, x.Item)
			out[i].Addresses = append(out[i].Addresses, x.PublishedURL)
			if x.CompletedAt != nil && x.CompletedAt.After(out[i].CompletedAt) {
				out[i].CompletedAt = *x.CompletedAt
			}
		}
	}
	return out, nil
}
