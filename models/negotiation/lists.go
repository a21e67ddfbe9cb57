package negotiation

import (
	"context"

	"tribemarket/models"
	"tribemarket/models/deals"
)

// Filter narrows the list of the actor's negotiations.
type Filter struct {
	State State  // "" for all
	After string // the Next of the page before
}

// Page is one page of negotiations, newest first.
type Page struct {
	Negotiations []Negotiation
	Next         string // "" on the last page
}

// List lists the actor's negotiations with their latest offers.
func (s *Store) List(ctx context.Context, a models.Actor, f Filter) (Page, error) {
	q, err := deals.OwnRowsAfter(s.db.Read(ctx), a, "begun_at", f.After)
	if err != nil {
		return Page{}, err
	}
	if f.State != "" {
		q = q.Where("state = ?", f.State)
	}
	var rows []row
	if err := q.Find(&rows).Error; err != nil {
		return Page{}, err
	}
	var page Page
	if len(rows) > deals.PageSize {
		rows = rows[:deals.PageSize]
		last := rows[deals.PageSize-1]
		page.Next = models.Cursor{Value: last.BegunAt.UnixMicro(), ID: last.ID}.String()
	}
	page.Negotiations, err = s.withParties(ctx, rows)
	return page, err
}

// Get reads one negotiation with all its offers and its history. A stranger gets "not
// found".
func (s *Store) Get(ctx context.Context, a models.Actor, publicID string) (Negotiation, error) {
	n, r, err := s.readNegotiation(ctx, a, publicID)
	if err != nil {
		return Negotiation{}, err
	}
	if n.Events, err = s.deals.ReadHistory(ctx, r.ID); err != nil || !r.State.IsOpen() {
		return n, err
	}
	n.Contract, err = deals.RequireContract(s.db.Read(ctx), s.db.Keys, r.contractCase(n.Creator.Country, n.Latest.Terms), s.now())
	return n, err
}

// GetOffers is Get without the history, and without what a contract is needed for.
func (s *Store) GetOffers(ctx context.Context, a models.Actor, publicID string) (Negotiation, error) {
	n, _, err := s.readNegotiation(ctx, a, publicID)
	return n, err
}

func (s *Store) readNegotiation(ctx context.Context, a models.Actor, publicID string) (Negotiation, row, error) {
	if !a.SignedIn() {
		return Negotiation{}, row{}, models.SignInRequired()
	}
	var r row
	if err := s.takeByPublicID(ctx, &r, publicID); err != nil {
		return Negotiation{}, row{}, err
	}
	if deals.PartyOf(a, r.BrandID, r.CreatorID) == "" {
		return Negotiation{}, row{}, models.NotFound()
	}
	who, err := s.deals.ReadParties(ctx, []int64{r.BrandID}, []int64{r.CreatorID})
	if err != nil {
		return Negotiation{}, row{}, err
	}
	read, err := s.readOffers(ctx, allOffersSQL, r.ID)
	if err != nil {
		return Negotiation{}, row{}, err
	}
	n := r.negotiation(who)
	n.Offers, n.Pitch = read.offers[r.ID], read.pitch[r.ID]
	n.setDeals(read.deals[r.ID])
	n.Latest = n.Offers[len(n.Offers)-1]
	return n, r, nil
}

// OtherRole finds the other role in which the actor's person may see a negotiation; brands
// are all those for which they may act. For a stranger it is not found.
func (s *Store) OtherRole(ctx context.Context, a models.Actor, brands []int64, publicID string) (deals.OtherRole, error) {
	return s.deals.FindOtherRole(ctx, a, brands, "negotiations", publicID)
}
