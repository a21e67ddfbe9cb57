package documents

import (
	"cmp"
	"context"
	"strings"

	"tribemarket/internal/i18n"
	"tribemarket/models/creators"
	"tribemarket/models/deals"
	"tribemarket/views/components"
	creatorsview "tribemarket/views/creators"
)

// PresentKit presents a creator's media kit with the partnerships that its page shows.
func PresentKit(ctx context.Context, kit creators.MediaKit, past []deals.Partnership) *KitProps {
	p := &KitProps{Title: kit.Creator.Name, Bio: kit.Creator.Bio, Line: kitLine(ctx, kit)}
	for _, a := range kit.Accounts {
		p.Accounts = append(p.Accounts, presentAccount(ctx, a))
	}
	addFact := func(key, text string) {
		if text != "" {
			p.Facts = append(p.Facts, row{Name: i18n.T(ctx, key), Text: text})
		}
	}
	tribes := make([]string, len(kit.Tribes))
	for i, t := range kit.Tribes {
		tribes[i] = t.Tribe.Display
	}
	addFact("creators.tribes", i18n.JoinList(ctx, tribes))
	types := make([]string, len(kit.ContentTypes))
	for i, t := range kit.ContentTypes {
		types[i] = i18n.T(ctx, "creators.type."+t)
	}
	addFact("documents.makes", i18n.JoinList(ctx, types))
	for _, x := range kit.Prices {
		p.Prices = append(p.Prices, row{Name: creatorsview.FormatName(ctx, x.Format), Text: i18n.T(ctx, "negotiation.side.from", "price", i18n.WholeMoney(ctx, x.Money()))})
	}
	for _, d := range past {
		p.Past = append(p.Past, row{Name: d.Brand.Name, Text: d.Product, Note: i18n.Date(ctx, d.CompletedAt)})
	}
	return p
}

// kitLine says where the creator lives and what they speak.
func kitLine(ctx context.Context, kit creators.MediaKit) string {
	var parts []string
	if kit.Creator.Country != "" {
		parts = append(parts, i18n.Country(ctx, kit.Creator.Country))
	}
	if len(kit.Languages) > 0 {
		parts = append(parts, creatorsview.Languages(ctx, kit.Languages))
	}
	return strings.Join(parts, " · ")
}

func presentAccount(ctx context.Context, a creators.Account) account {
	const none = "–"
	out := account{
		Name: components.PlatformName(a.Platform), Handle: a.Handle, Followers: none, Engagement: none, Views: none,
		Source: i18n.T(ctx, "creators.made.source."+string(a.Source), "platform", components.PlatformName(a.Platform)) + ", " + i18n.Date(ctx, a.AsOf),
	}
	if a.PurgedAt == nil {
		out.Followers = i18n.Number(ctx, a.Followers)
	}
	if a.EngagementPPM != nil {
		out.Engagement = cmp.Or(i18n.Percent(ctx, *a.EngagementPPM), none)
	}
	if a.MedianViews != nil {
		out.Views = i18n.Number(ctx, *a.MedianViews)
	}
	return out
}
