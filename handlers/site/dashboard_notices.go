package site

import (
	"context"

	"tribemarket/handlers/web"
	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/creators"
	"tribemarket/views/components"
	creatorsview "tribemarket/views/creators"
	"tribemarket/views/paths"
	"tribemarket/views/site"
)

// searchesTold is how many saved searches the dashboard names.
const searchesTold = 3

// searchNotices tells of saved searches with new creators.
func (h *Handlers) searchNotices(ctx context.Context, actor models.Actor, p *site.DashboardProps) error {
	all, err := h.Discovery.SavedSearches(ctx, actor)
	if err != nil {
		return err
	}
	rest := 0
	for _, s := range all {
		switch {
		case s.New == 0:
		case len(p.Notices) < searchesTold:
			p.Notices = append(p.Notices, site.DashboardNotice{
				Title: i18n.T(ctx, "discovery.searches.dashboard", "n", s.New, "search", s.Name), Text: i18n.T(ctx, "discovery.searches.dashboard.text"),
				Href: paths.SavedSearch(s.PublicID, nil), Link: i18n.T(ctx, "discovery.searches.dashboard.link"),
			})
		default:
			rest++
		}
	}
	if rest > 0 {
		p.Notices = append(p.Notices, site.DashboardNotice{Title: i18n.T(ctx, "discovery.searches.dashboard.more", "n", rest), Href: paths.Searches(), Link: i18n.T(ctx, "discovery.searches.title")})
	}
	return nil
}

// lostNotices tell a creator on her dashboard of accounts that have to be
// connected again.
func lostNotices(ctx context.Context, accounts []creators.Connection, p *site.DashboardProps) {
	for _, x := range accounts {
		if x.Lost() {
			p.Notices = append(p.Notices, site.DashboardNotice{
				Kind: components.Late, Title: i18n.T(ctx, "creators.connected.notice"), Href: paths.ConnectedAccounts(), Link: i18n.T(ctx, "creators.connected.title"),
				Text: components.Platform(x.Platform) + " @" + x.Handle + ": " + i18n.T(ctx, x.ReasonKey()) + " " + creatorsview.Otherwise(ctx, x),
			})
		}
	}
}

// graceNotices tell a creator of accounts that are below the floor: until when
// they stay listed, and what happens then.
func graceNotices(ctx context.Context, accounts []creators.Connection, p *site.DashboardProps) {
	for _, a := range accounts {
		if a.GraceUntil != nil && a.Listed {
			p.Notices = append(p.Notices, site.DashboardNotice{
				Kind: components.Late, Title: i18n.T(ctx, "creators.eligibility.grace.notice", "handle", a.Handle, "platform", components.Platform(a.Platform), "until", *a.GraceUntil),
				Text: i18n.T(ctx, "creators.eligibility.grace.text", "until", *a.GraceUntil), Href: paths.EligibilitySettings(), Link: i18n.T(ctx, "creators.eligibility.grace.link"),
			})
		}
	}
}

// dashboardNotices adds what no deadline forces, and how to begin.
func (h *Handlers) dashboardNotices(ctx context.Context, v web.Visitor, p *site.DashboardProps) error {
	fresh := len(p.Waits) == 0 && len(p.Stages) == 0 && len(p.Recent) == 0
	if p.Brand {
		if fresh {
			p.Start = &site.FirstSteps{
				Title: i18n.T(ctx, "site.dashboard.start.brand"), Text: i18n.T(ctx, "site.dashboard.start.brand.text"),
				Href: paths.Creators(nil), Link: i18n.T(ctx, "deals.proposal.find"),
			}
			p.Title, p.Lead = i18n.T(ctx, "site.dashboard.welcome", "name", v.Name()), ""
		}
		return h.searchNotices(ctx, v.Actor, p)
	}
	if v.Session.Person.EmailConfirmedAt == nil {
		p.Notices = append(p.Notices, site.DashboardNotice{
			Kind: components.Late, Title: i18n.T(ctx, "site.dashboard.email"), Text: i18n.T(ctx, "site.dashboard.email.text"),
			Href: paths.Settings(), Link: i18n.T(ctx, "site.dashboard.email.link"),
		})
	}
	if v.Actor.CreatorID == 0 {
		return nil
	}
	accounts, err := h.Creators.Connections(ctx, v.Actor)
	if err != nil {
		return err
	}
	lostNotices(ctx, accounts, p)
	if !v.Session.Profile.Listed {
		names, err := h.Creators.Names(ctx, []int64{v.Actor.CreatorID})
		if err != nil {
			return err
		}
		own := names[v.Actor.CreatorID]
		p.Notices = append(p.Notices, site.DashboardNotice{
			Title: i18n.T(ctx, "site.dashboard.unlisted"), Href: paths.Figures(), Link: i18n.T(ctx, "layouts.figures"),
			Text: i18n.T(ctx, "site.dashboard.unlisted.text", "followers", own.Followers, "floor", h.Creators.Floor(), "missing", max(0, h.Creators.Floor()-own.Followers)),
		})
	}
	graceNotices(ctx, accounts, p)
	if !fresh {
		return nil
	}
	p.Title, p.Lead = i18n.T(ctx, "site.dashboard.welcome", "name", v.Name()), ""
	start, err := h.creatorStart(ctx, v)
	p.Start = start
	return err
}

// creatorStart says what a creator's page still lacks.
func (h *Handlers) creatorStart(ctx context.Context, v web.Visitor) (*site.FirstSteps, error) {
	kit, err := h.Creators.Own(ctx, v.Actor)
	if err != nil {
		return nil, err
	}
	check := func(key string, met bool) components.CheckItem {
		return components.CheckItem{Met: met, Label: i18n.T(ctx, "site.dashboard.check."+key)}
	}
	return &site.FirstSteps{
		Title: i18n.T(ctx, "site.dashboard.start.creator"), Text: i18n.T(ctx, "site.dashboard.start.creator.text"),
		Href: paths.ProfileSettings(), Link: i18n.T(ctx, "site.dashboard.start.creator.link"),
		Steps: []components.CheckItem{
			check("country", kit.Creator.Country != ""), check("languages", len(kit.Languages) > 0), check("tribes", len(kit.Tribes) > 0),
			check("types", len(kit.ContentTypes) > 0), check("prices", len(kit.Prices) > 0),
		},
	}, nil
}
