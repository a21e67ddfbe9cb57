package tribe

import (
	"context"
	"strings"
	"time"

	"tribemarket/internal/i18n"
	"tribemarket/models/creators"
	"tribemarket/views/components"
	"tribemarket/views/creator"
	"tribemarket/views/paths"
	"tribemarket/views/rankings"
)

// ListProps are all tribes.
type ListProps struct {
	Tribes []creators.Tribe
	Sizes  map[string]int64 // by slug, where there are creators
}

// Props is a tribe's page.
type Props struct {
	Page    creators.TribePage
	YouTube bool // figures may be made from YouTube's counts
	Now     time.Time
}

func line(ctx context.Context, t creators.Tribe) string {
	return t.Description(string(i18n.From(ctx)))
}

func size(ctx context.Context, n int64) string {
	if n == 0 {
		return i18n.T(ctx, "rankings.tribe.members_none")
	}
	return i18n.T(ctx, "rankings.tribe.members", "n", n)
}

// Title is the page's.
func (p Props) Title(ctx context.Context) string {
	return i18n.T(ctx, "rankings.tribe.page_title", "tribe", p.Page.Tribe.Display, "name", p.Page.Tribe.Name(string(i18n.From(ctx))))
}

// Description is the page's, for search engines.
func (p Props) Description(ctx context.Context) string {
	return i18n.T(ctx, "rankings.tribe.page_description", "tribe", p.Page.Tribe.Display, "line", line(ctx, p.Page.Tribe))
}

func (p Props) lead(ctx context.Context) string {
	return i18n.T(ctx, "rankings.tribe.page_lead", "name", p.Page.Tribe.Name(string(i18n.From(ctx))), "line", line(ctx, p.Page.Tribe))
}

func (p Props) crumbs(ctx context.Context) []components.Crumb {
	return []components.Crumb{{Href: paths.Tribes(), Name: i18n.T(ctx, "rankings.tribe.title")}, {Name: p.Page.Tribe.Display}}
}

// search is the button to the tribe's creators.
func (p Props) search(ctx context.Context) components.Button {
	b := components.Button{Href: creator.TribeHref(p.Page.Tribe), Kind: components.Primary, Label: i18n.T(ctx, "rankings.tribe.see")}
	if p.Page.Creators > 0 {
		b.Label = i18n.T(ctx, "rankings.tribe.see_n", "n", p.Page.Creators)
	}
	return b
}

// usual says whether a tier has any median.
func (p Props) usual() bool {
	for _, t := range p.Page.Tiers {
		if t.Followers != nil {
			return true
		}
	}
	return false
}

func (p Props) made(ctx context.Context) []string {
	all := []string{i18n.T(ctx, "rankings.tribe.made", "least", creators.TribeLeast, "date", i18n.Date(ctx, *p.Page.AsOf))}
	if !p.YouTube {
		all = append(all, i18n.T(ctx, "rankings.tribe.made_youtube"))
	}
	return all
}

func tier(ctx context.Context, t creators.TribeTier) string {
	return i18n.T(ctx, "creators.tier_note."+string(t.Tier))
}

func prices(ctx context.Context, t creators.TribeTier) string {
	var all []string
	for _, p := range t.Prices {
		all = append(all, i18n.WholeMoney(ctx, p.Money))
	}
	return strings.Join(all, " · ")
}

func account(c creators.TribeCreator) creators.Account {
	return creators.Account{Source: c.Source, AsOf: c.AsOf}
}

// fewTags is how many hashtags of a tribe are in sight.
const fewTags = 24

func tags(all []string) string {
	return "#" + strings.Join(all, " #")
}

func (p Props) rankings(ctx context.Context) []components.Fact {
	var all []components.Fact
	for _, m := range creators.Measures() {
		for _, s := range creators.Spans() {
			all = append(all, rankings.Link(ctx, p.Page.Tribe.Slug, m, s))
		}
	}
	return all
}
