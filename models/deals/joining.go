package deals

import (
	"context"
	"time"

	"tribemarket/models"
	"tribemarket/models/creators"
)

func newJoinSecret() (secret string, hash *string) {
	secret = models.NewSecret()
	h := models.HashSecret(secret)
	return secret, &h
}

// NewJoinLink creates a new secret for the link by which the creator joins; the earlier
// link stops working.
func (s *Store) NewJoinLink(ctx context.Context, a models.Actor, proposal string) (secret string, err error) {
	err = s.do(ctx, a, func(w *work) error {
		p, err := w.lockProposal(a, proposal)
		if err != nil {
			return err
		}
		c, err := creators.FindCreator(w.DB, p.CreatorID)
		if err != nil {
			return err
		}
		switch {
		case w.Side != models.SideBrand:
			return errNotYours()
		case c.IsClaimed():
			return models.Conflict("deals.error.joined")
		case p.State != Open || !w.Now.Before(p.ExpiresAt):
			return errChanged()
		}
		var hash *string
		secret, hash = newJoinSecret()
		return requireOneRow(w.Model(&p).Where("state = ?", Open).Update("join_hash", hash))
	})
	return secret, err
}

// Invitation is what the link shows to anyone who follows it.
type Invitation struct {
	Proposal  string // public id
	Brand     Party
	Creator   Party // Handle and Platform say with which account to sign in
	Product   string
	Items     int
	State     ProposalState
	ExpiresAt time.Time
}

// Waiting says whether the proposal can still be answered.
func (i Invitation) Waiting(now time.Time) bool { return i.State == Open && now.Before(i.ExpiresAt) }

// ByJoinSecret finds the proposal that a link leads to. The creator sees the terms only
// after signing in.
func (s *Store) ByJoinSecret(ctx context.Context, secret string) (Invitation, error) {
	var p proposalRow
	err := s.db.Read(ctx).Where("join_hash = ?", models.HashSecret(secret)).Limit(1).Find(&p).Error
	if err != nil {
		return Invitation{}, err
	}
	if p.ID == 0 {
		return Invitation{}, models.NotFound()
	}
	who, err := s.parties(ctx, []int64{p.BrandID}, []int64{p.CreatorID})
	if err != nil {
		return Invitation{}, err
	}
	items, _, err := s.itemsOfProposals(ctx, []int64{p.ID})
	if err != nil {
		return Invitation{}, err
	}
	return Invitation{
		Proposal: p.PublicID, Brand: who.brands[p.BrandID], Creator: who.creators[p.CreatorID], Product: p.Terms.Product,
		Items: len(items[p.ID]), State: p.State, ExpiresAt: p.ExpiresAt.UTC(),
	}, nil
}
