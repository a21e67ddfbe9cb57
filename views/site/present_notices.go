package site

import (
	"context"

	"tribemarket/internal/i18n"
	"tribemarket/models/accounts"
	"tribemarket/models/creators"
	"tribemarket/models/discovery"
	"tribemarket/models/negotiation"
	"tribemarket/views/components"
	creatorsview "tribemarket/views/creators"
	"tribemarket/views/paths"
)

// mostSearches is the maximum number of saved searches that the dashboard names.
const mostSearches = 3

// SearchNotices report saved searches with new creators.
func SearchNotices(ctx context.Context, searches []discovery.SavedSearchView) []DashboardNotice {
	var all []DashboardNotice
	rest := 0
	for _, s := range searches {
		switch {
		case s.New == 0:
		case len(all) < mostSearches:
			all = append(all, DashboardNotice{
				Title: i18n.T(ctx, "discovery.searches.dashboard", "n", s.New, "search", s.Name), Text: i18n.T(ctx, "discovery.searches.dashboard.text"),
				Href: paths.SavedSearch(s.PublicID, nil), Link: i18n.T(ctx, "discovery.searches.dashboard.link"),
			})
		default:
			rest++
		}
	}
	if rest > 0 {
		all = append(all, DashboardNotice{Title: i18n.T(ctx, "discovery.searches.dashboard.more", "n", rest), Href: paths.Searches(), Link: i18n.T(ctx, "discovery.searches.title")})
	}
	return all
}

// HeldNotices tell a brand how many proposals are written and not sent, and whoever approves
// how many of them wait for that.
func HeldNotices(ctx context.Context, held negotiation.HeldCounts) []DashboardNotice {
	if held.Unsent == 0 {
		return nil
	}
	title, text, n := "negotiation.held.list", "negotiation.held.notice", held.Unsent
	if held.ToApprove > 0 {
		title, text, n = "negotiation.approval.mine", "negotiation.approval.notice", held.ToApprove
	}
	return []DashboardNotice{{
		Kind: components.Late, Title: i18n.T(ctx, title), Text: i18n.T(ctx, text, "n", n),
		Href: paths.Negotiations() + "#held", Link: i18n.T(ctx, "negotiation.held.notice.link"),
	}}
}

// AskForConfirmation tells people whose e-mail address is not confirmed that they receive
// no mail, in the heading too where nothing else waits for them.
func (p *DashboardProps) AskForConfirmation(ctx context.Context, person accounts.Person) {
	if person.EmailConfirmedAt != nil {
		return
	}
	if len(p.Waits) == 0 {
		p.Title = i18n.T(ctx, "site.dashboard.task.confirm")
	}
	p.Notices = append(p.Notices, DashboardNotice{
		Kind: components.Late, Title: i18n.T(ctx, "site.dashboard.email"), Text: i18n.T(ctx, "site.dashboard.email.text"),
		Href: paths.Settings(), Link: i18n.T(ctx, "site.dashboard.email.link"),
	})
}

// LostNotices tell a creator which accounts have to be connected again.
func LostNotices(ctx context.Context, connections []creators.Connection) []DashboardNotice {
	var all []DashboardNotice
	for _, x := range connections {
		if x.IsLost() {
			all = append(all, DashboardNotice{
				Kind: components.Late, Title: i18n.T(ctx, "creators.connected.notice"), Href: paths.ConnectedAccounts(), Link: i18n.T(ctx, "creators.connected.title"),
				Text: components.PlatformName(x.Platform) + " @" + x.Handle + ": " + i18n.T(ctx, x.ReasonKey()) + " " + creatorsview.LostConnectionConsequence(ctx, x),
			})
		}
	}
	return all
}

// LeavingNotices tell a person whose erasure waits what it waits for, and that they may stay.
func LeavingNotices(ctx context.Context, person accounts.Person) []DashboardNotice {
	if person.LeavingAt == nil {
		return nil
	}
	return []DashboardNotice{{
		Kind: components.Late, Title: i18n.T(ctx, "privacy.leaving.title"), Text: i18n.T(ctx, "privacy.leaving.waits"),
		Href: paths.PrivacySettings(), Link: i18n.T(ctx, "privacy.leaving.link"),
	}}
}

// UnlistedNotice tells a creator what is missing to be listed: followers, or what the
// requirements of the site say.
func UnlistedNotice(ctx context.Context, followers, floor int64) DashboardNotice {
	n := DashboardNotice{Title: i18n.T(ctx, "site.dashboard.unlisted"), Href: paths.AboutFigures(), Link: i18n.T(ctx, "layouts.figures")}
	if followers >= floor {
		n.Text, n.Href, n.Link = i18n.T(ctx, "site.dashboard.unlisted.other"), paths.EligibilitySettings(), i18n.T(ctx, "creators.eligibility.grace.link")
		return n
	}
	n.Text = i18n.T(ctx, "site.dashboard.unlisted.text", "followers", followers, "floor", floor, "missing", floor-followers)
	return n
}

// GraceNotices tell a creator which accounts are below the floor, until when they stay
// listed, and what happens then.
func GraceNotices(ctx context.Context, connections []creators.Connection) []DashboardNotice {
	var all []DashboardNotice
	for _, a := range connections {
		if a.GraceUntil != nil && a.Listed {
			all = append(all, DashboardNotice{
				Kind: components.Late, Title: i18n.T(ctx, "creators.eligibility.grace.notice", "handle", a.Handle, "platform", components.PlatformName(a.Platform), "until", *a.GraceUntil),
				Text: i18n.T(ctx, "creators.eligibility.grace.text", "until", *a.GraceUntil), Href: paths.EligibilitySettings(), Link: i18n.T(ctx, "creators.eligibility.grace.link"),
			})
		}
	}
	return all
}

// IsFresh says whether there is no proposal and no deal yet.
func (p DashboardProps) IsFresh() bool {
	return len(p.Waits) == 0 && len(p.Stages) == 0 && len(p.Recent) == 0
}

// Welcome puts the first steps of a new person on top.
func (p *DashboardProps) Welcome(ctx context.Context, name string, start FirstSteps) {
	p.Title, p.Lead, p.Start = i18n.T(ctx, "site.dashboard.welcome", "name", name), "", &start
}

// BrandStart is how far a brand is that has sent no proposal yet.
type BrandStart struct{ Confirmed, Budgeted, Listed bool }

// BrandFirstSteps are what a new brand has to do, each where it is done.
func BrandFirstSteps(ctx context.Context, b BrandStart) FirstSteps {
	return FirstSteps{
		Title: i18n.T(ctx, "site.dashboard.start.brand"), Text: i18n.T(ctx, "site.dashboard.start.brand.text"),
		Tasks: []FirstTask{
			{
				Done: b.Confirmed, Label: i18n.T(ctx, "site.dashboard.task.confirm"), Note: i18n.T(ctx, "site.dashboard.task.confirm_note"), Href: paths.Settings(),
				Again: paths.ConfirmationLink(), AgainLabel: i18n.T(ctx, "negotiation.held.link"),
			},
			{Done: b.Budgeted, Label: i18n.T(ctx, "site.dashboard.task.budget"), Note: i18n.T(ctx, "site.dashboard.task.budget_note"), Href: paths.BudgetSettings()},
			{Done: b.Listed, Label: i18n.T(ctx, "site.dashboard.task.list"), Note: i18n.T(ctx, "site.dashboard.task.list_note"), Href: paths.Shortlists()},
			{Label: i18n.T(ctx, "site.dashboard.task.proposal"), Note: i18n.T(ctx, "site.dashboard.task.proposal_note"), Href: paths.Creators(nil)},
		},
	}
}

// CreatorFirstSteps say what a creator's page still lacks.
func CreatorFirstSteps(ctx context.Context, kit creators.MediaKit) FirstSteps {
	check := func(key string, met bool) components.CheckItem {
		return components.CheckItem{Met: met, Label: i18n.T(ctx, "site.dashboard.check."+key)}
	}
	return FirstSteps{
		Title: i18n.T(ctx, "site.dashboard.start.creator"), Text: i18n.T(ctx, "site.dashboard.start.creator.text"),
		Href: paths.ProfileSettings(), Link: i18n.T(ctx, "site.dashboard.start.creator.link"),
		Steps: []components.CheckItem{
			check("country", kit.Creator.Country != ""), check("languages", len(kit.Languages) > 0), check("tribes", len(kit.Tribes) > 0),
			check("types", len(kit.ContentTypes) > 0), check("prices", len(kit.Prices) > 0),
		},
	}
}
