package rankings

import (
	"context"
	"strings"
	"time"

	"tribemarket/internal/i18n"
	"tribemarket/models/creators"
	"tribemarket/models/rankings"
	"tribemarket/views/components"
	creatorsview "tribemarket/views/creators"
	"tribemarket/views/paths"
)

// TribesProps are all tribes.
type TribesProps struct {
	Tribes []creators.Tribe
	Sizes  map[string]int64                   // by slug, for tribes with creators
	Faces  map[string][]rankings.TribeCreator // by slug
}

// TribeProps is a tribe's page.
type TribeProps struct {
	Page    rankings.TribePage
	YouTube bool // figures may be derived from YouTube's counts
	Now     time.Time
}

func tribeLine(ctx context.Context, t creators.Tribe) string {
	return t.Description(string(i18n.LocaleOf(ctx)))
}

func tribeSize(ctx context.Context, n int64) string {
	if n == 0 {
		return i18n.T(ctx, "rankings.tribe.members_none")
	}
	return i18n.T(ctx, "rankings.tribe.members", "n", n)
}

// Title is the title of the page.
func (p TribeProps) Title(ctx context.Context) string {
	return i18n.T(ctx, "rankings.tribe.page_title", "tribe", p.Page.Tribe.Display, "name", p.Page.Tribe.Name(string(i18n.LocaleOf(ctx))))
}

// Description is the page's description for search engines.
func (p TribeProps) Description(ctx context.Context) string {
	return i18n.T(ctx, "rankings.tribe.page_description", "tribe", p.Page.Tribe.Display, "line", tribeLine(ctx, p.Page.Tribe))
}

func (p TribeProps) leadText(ctx context.Context) string {
	return i18n.T(ctx, "rankings.tribe.page_lead", "name", p.Page.Tribe.Name(string(i18n.LocaleOf(ctx))), "line", tribeLine(ctx, p.Page.Tribe))
}

func (p TribeProps) crumbs(ctx context.Context) []components.Crumb {
	return []components.Crumb{{Href: paths.Tribes(), Name: i18n.T(ctx, "rankings.tribe.title")}, {Name: p.Page.Tribe.Display}}
}

// searchButton links to the search for the tribe's creators.
func (p TribeProps) searchButton(ctx context.Context) components.Button {
	b := components.Button{Href: creatorsview.TribeHref(p.Page.Tribe), Kind: components.Primary, Label: i18n.T(ctx, "rankings.tribe.see")}
	if p.Page.Creators > 0 {
		b.Label = i18n.T(ctx, "rankings.tribe.see_n", "n", p.Page.Creators)
	}
	return b
}

// hasMedians says whether a tier has any median.
func (p TribeProps) hasMedians() bool {
	for _, t := range p.Page.Tiers {
		if t.Followers != nil {
			return true
		}
	}
	return false
}

func (p TribeProps) methodNotes(ctx context.Context) []string {
	all := []string{i18n.T(ctx, "rankings.tribe.made", "least", rankings.TribeLeast, "date", i18n.Date(ctx, *p.Page.AsOf))}
	if !p.YouTube {
		all = append(all, i18n.T(ctx, "rankings.tribe.made_youtube"))
	}
	return all
}

func tierText(ctx context.Context, t rankings.TribeTier) string {
	return i18n.T(ctx, "creators.tier_note."+string(t.Tier))
}

func tierPrices(ctx context.Context, t rankings.TribeTier) string {
	var all []string
	for _, p := range t.Prices {
		all = append(all, i18n.WholeMoney(ctx, p.Money))
	}
	return strings.Join(all, " · ")
}

func tribeCreatorAccount(c rankings.TribeCreator) creators.Account {
	return creators.Account{Source: c.Source, AsOf: c.AsOf}
}

// fewTags is the number of a tribe's hashtags that are shown at first.
const fewTags = 24

func hashtagText(all []string) string {
	return "#" + strings.Join(all, " #")
}

func (p TribeProps) rankingFacts(ctx context.Context) []components.Fact {
	var all []components.Fact
	for _, m := range rankings.Measures() {
		for _, s := range rankings.Spans() {
			all = append(all, RankingLink(ctx, p.Page.Tribe.Slug, m, s))
		}
	}
	return all
}

// engagementPart and viewsPart are a tier's median in per cent of the largest of the tribe's
// tiers, for its bar.
func (p TribeProps) engagementPart(ppm int64) int {
	return p.partOfLargest(ppm, func(t rankings.TribeTier) *int64 { return t.Engagement })
}

func (p TribeProps) viewsPart(views int64) int {
	return p.partOfLargest(views, func(t rankings.TribeTier) *int64 { return t.Views })
}

func (p TribeProps) partOfLargest(n int64, figure func(rankings.TribeTier) *int64) int {
	largest := int64(1)
	for _, t := range p.Page.Tiers {
		if x := figure(t); x != nil {
			largest = max(largest, *x)
		}
	}
	return int(n * 100 / largest)
}
