package creators

import (
	"context"
	"net/url"
	"strconv"
	"time"

	"tribemarket/internal/i18n"
	"tribemarket/models/content"
	"tribemarket/models/creators"
	"tribemarket/models/deals"
	"tribemarket/models/platform"
	"tribemarket/views/components"
	"tribemarket/views/paths"
)

// MediaKitProps is a creator's media kit, as one reader may see and use it.
type MediaKitProps struct {
	Kit        creators.MediaKit
	Past       []deals.Partnership
	Record     deals.TrackRecord
	Now        time.Time
	CanPropose bool // the reader may send proposals
	NoProposal NoProposal
	Save       SaveProps
	Visitor    bool  // nobody has signed in
	Floor      int64 // followers from which an account is listed
	Moderate   components.ModerationMenu
}

// NoProposal says to a member of a brand why they cannot send a proposal, and leads to
// those who can, or to the reason; empty for everybody else.
type NoProposal struct{ Text, Href, Link string }

func (p MediaKitProps) creatorName() string { return p.Kit.Creator.Name }

func (p MediaKitProps) selfURL() string { return paths.Creator(p.Kit.Creator.PublicID) }

// Description is the page's description for search engines.
func (p MediaKitProps) Description(ctx context.Context) string {
	a := p.Kit.Account
	return i18n.T(ctx, "creators.description", "name", p.creatorName(), "followers", i18n.CompactNumber(ctx, a.Followers), "platform", components.PlatformName(a.Platform))
}

func (p MediaKitProps) crumbs(ctx context.Context) []components.Crumb {
	all := []components.Crumb{{Href: paths.Creators(nil), Name: i18n.T(ctx, "layouts.creators")}}
	if len(p.Kit.Tribes) > 0 {
		t := p.Kit.Tribes[0].Tribe
		all = append(all, components.Crumb{Href: TribeHref(t), Name: t.Display})
	}
	return append(all, components.Crumb{Name: p.creatorName()})
}

// missingFollowers is the number of followers that an unlisted profile's largest account
// lacks.
func (p MediaKitProps) missingFollowers() int64 {
	var most int64
	for _, a := range p.Kit.Accounts {
		most = max(most, a.Followers)
	}
	return max(p.Floor-most, 0)
}

// ProfileURL is where an account can be seen: the URL given by the platform if it is a
// web address, otherwise the platform's usual URL for the handle.
func ProfileURL(a creators.Account) string {
	if given := webAddress(a.URL); given != "" {
		return given
	}
	h := url.PathEscape(a.Handle)
	switch a.Platform {
	case platform.TikTok:
		return "https://www.tiktok.com/@" + h
	case platform.YouTube:
		return "https://www.youtube.com/@" + h
	case platform.Instagram:
		return "https://www.instagram.com/" + h + "/"
	case platform.Twitch:
		return "https://www.twitch.tv/" + h
	}
	return ""
}

// accountHref links to the page with the figures and posts of an account.
func (p MediaKitProps) accountHref(a creators.Account) string {
	return paths.WithQuery(p.selfURL(), url.Values{"platform": {a.Platform}})
}

// accountTabs are the accounts to choose from, none if there is only one.
func (p MediaKitProps) accountTabs() []components.Tab {
	if len(p.Kit.Accounts) < 2 {
		return nil
	}
	var all []components.Tab
	seen := map[string]bool{}
	for _, a := range p.Kit.Accounts {
		if !seen[a.Platform] {
			all = append(all, components.Tab{Href: p.accountHref(a), Label: components.PlatformName(a.Platform), Here: a.Platform == p.Kit.Account.Platform})
		}
		seen[a.Platform] = true
	}
	return all
}

// fromPrice is the lowest starting price, and what for; currencies are not compared, so it
// exists only if all prices are in one currency.
func (p MediaKitProps) fromPrice(ctx context.Context) (price, what string) {
	var low *creators.StartingPrice
	for i, x := range p.Kit.Prices {
		switch {
		case low == nil:
			low = &p.Kit.Prices[i]
		case x.Currency != low.Currency:
			return "", ""
		case x.Minor < low.Minor:
			low = &p.Kit.Prices[i]
		}
	}
	if low == nil {
		return "", ""
	}
	return i18n.WholeMoney(ctx, low.Money()), i18n.T(ctx, "creators.price_from", "format", i18n.T(ctx, "creators.format_one."+low.Format))
}

// countryName names where the creator lives.
func countryName(ctx context.Context, c creators.Creator) string {
	if c.Country == "" {
		return ""
	}
	return i18n.Country(ctx, c.Country)
}

func formatName(ctx context.Context, format string) string {
	return i18n.T(ctx, "creators.format."+format)
}

func typeName(ctx context.Context, kind string) string {
	return i18n.T(ctx, "creators.type."+kind)
}

// workText says what was delivered: "2 videos and 1 story".
func workText(ctx context.Context, items []deals.Item) string {
	counts := map[string]int{}
	for _, it := range items {
		counts[it.Format]++
	}
	var parts []string
	for _, f := range content.Formats() {
		if n := counts[f]; n > 0 {
			parts = append(parts, i18n.T(ctx, "creators.count."+f, "n", n))
		}
	}
	return i18n.JoinList(ctx, parts)
}

// publicationFacts link to the publications of a partnership.
func publicationFacts(ctx context.Context, d deals.Partnership) []components.Fact {
	var all []components.Fact
	counts, nth := map[string]int{}, map[string]int{}
	for _, it := range d.Items {
		counts[it.Format]++
	}
	for i, it := range d.Items {
		nth[it.Format]++
		if i >= len(d.Addresses) || webAddress(d.Addresses[i]) == "" {
			continue
		}
		label := formatName(ctx, it.Format)
		if counts[it.Format] > 1 {
			label += " " + i18n.Number(ctx, int64(nth[it.Format]))
		}
		all = append(all, components.Fact{Label: label, Href: d.Addresses[i]})
	}
	return all
}

func typeNames(ctx context.Context, kinds []string) string {
	names := make([]string, len(kinds))
	for i, k := range kinds {
		names[i] = typeName(ctx, k)
	}
	return capitalise(i18n.JoinList(ctx, names))
}

// tribeName is the name of one of the creator's tribes.
func (p MediaKitProps) tribeName(slug string) string {
	for _, t := range p.Kit.Tribes {
		if t.Tribe.Slug == slug {
			return t.Tribe.Display
		}
	}
	return slug
}

func (p MediaKitProps) panelName(ctx context.Context) string {
	if p.Kit.IsOwn {
		return i18n.T(ctx, "creators.your_kit")
	}
	return i18n.T(ctx, "creators.work_with", "name", p.creatorName())
}

func (p MediaKitProps) panelFacts(ctx context.Context) []components.Fact {
	c := p.Kit.Creator
	var all []components.Fact
	if c.IsClaimed() && c.Zone != "UTC" { // UTC is the value until the creator chooses a zone
		here := p.Now.In(c.Location())
		all = append(all, components.Fact{Label: i18n.T(ctx, "creators.local_time"), Value: i18n.T(ctx, "creators.local_time_value", "time", here.Format("15:04"), "city", i18n.TimeZoneCity(ctx, c.Zone))})
	}
	return append(all, p.togetherFacts(ctx)...)
}

// togetherFacts say what the reader's brand has done with the creator.
func (p MediaKitProps) togetherFacts(ctx context.Context) []components.Fact {
	r := p.Record
	if r.Running.N+r.Done.N == 0 {
		return nil
	}
	var all []components.Fact
	for _, x := range []struct {
		label  string
		status deals.DealStatus
		count  deals.DealCount
	}{{"creators.together.running", deals.Running, r.Running}, {"creators.together.done", deals.Finished, r.Done}} {
		if x.count.N > 0 {
			href := paths.List(paths.Deals(), "status", string(x.status), "")
			if x.count.Only != "" {
				href = paths.Deal(x.count.Only)
			}
			all = append(all, components.Fact{Label: i18n.T(ctx, x.label), Value: i18n.Number(ctx, int64(x.count.N)), Href: href})
		}
	}
	if len(r.Agreed) > 0 {
		amounts := make([]string, len(r.Agreed))
		for i, m := range r.Agreed {
			amounts[i] = i18n.Money(ctx, m)
		}
		all = append(all, components.Fact{Label: i18n.T(ctx, "creators.together.agreed", "year", strconv.Itoa(p.Now.In(i18n.TimeZoneOf(ctx)).Year())), Value: i18n.JoinList(ctx, amounts)})
	}
	return all
}
