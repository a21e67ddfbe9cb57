package site

import (
	"context"

	"tribemarket/handlers/web"
	"tribemarket/models/negotiation"
	"tribemarket/views/site"
)

// addNotices adds what has no deadline, and the first steps.
func (h *Handlers) addNotices(ctx context.Context, v web.Visitor, p *site.DashboardProps) error {
	p.Notices = append(p.Notices, site.LeavingNotices(ctx, v.Session.Person)...)
	if p.Brand {
		held, err := h.Negotiations.CountHeldProposals(ctx, v.Actor)
		if err != nil {
			return err
		}
		if err := h.addBrandStart(ctx, v, p); err != nil {
			return err
		}
		if p.Start == nil {
			p.AskForConfirmation(ctx, v.Session.Person)
		}
		searches, err := h.Discovery.ListSavedSearches(ctx, v.Actor)
		p.Notices = append(append(p.Notices, site.HeldNotices(ctx, held)...), site.SearchNotices(ctx, searches)...)
		return err
	}
	p.AskForConfirmation(ctx, v.Session.Person)
	if v.Actor.CreatorID == 0 {
		return nil
	}
	return h.addCreatorNotices(ctx, v, p)
}

// addCreatorNotices adds what a creator should improve in their profile.
func (h *Handlers) addCreatorNotices(ctx context.Context, v web.Visitor, p *site.DashboardProps) error {
	connections, err := h.Creators.ListOwnConnections(ctx, v.Actor)
	if err != nil {
		return err
	}
	p.Notices = append(p.Notices, site.LostNotices(ctx, connections)...)
	if !v.Session.Profile.Listed && v.Session.Person.LeavingAt == nil {
		names, err := h.Creators.CreatorReferences(ctx, []int64{v.Actor.CreatorID})
		if err != nil {
			return err
		}
		p.Notices = append(p.Notices, site.UnlistedNotice(ctx, names[v.Actor.CreatorID].Followers, h.Creators.FollowerFloor()))
	}
	p.Notices = append(p.Notices, site.GraceNotices(ctx, connections)...)
	if !p.IsFresh() {
		return nil
	}
	kit, err := h.Creators.OwnMediaKit(ctx, v.Actor)
	if err != nil {
		return err
	}
	p.Welcome(ctx, v.Name(), site.CreatorFirstSteps(ctx, kit))
	return nil
}

// addBrandStart shows a brand what is left to do until its first proposal has been sent,
// to those who may do it.
func (h *Handlers) addBrandStart(ctx context.Context, v web.Visitor, p *site.DashboardProps) error {
	if !p.IsFresh() || !negotiation.CanPropose(v.Actor) {
		return nil
	}
	start := site.BrandStart{Confirmed: v.Session.Person.EmailConfirmedAt != nil, Budgeted: v.Session.Brand.Budget() != nil}
	var err error
	if start.Listed, err = h.Discovery.HasShortlist(ctx, v.Actor); err != nil {
		return err
	}
	p.Welcome(ctx, v.Name(), site.BrandFirstSteps(ctx, start))
	return nil
}
