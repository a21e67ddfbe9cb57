package emails

import (
	"context"
	"strings"

	"tribemarket/internal/i18n"
	"tribemarket/models/creators"
	"tribemarket/models/discovery"
	"tribemarket/views/components"
	"tribemarket/views/paths"
)

// SearchAlert is the mail about creators who have started to match a saved search.
func SearchAlert(ctx context.Context, site Site, m discovery.AlertMail) Mail {
	p := Props{
		Site: site, Name: m.To.Name,
		Button: Button{i18n.T(ctx, "discovery.searches.mail.button"), site.Link(paths.SavedSearch(m.Search.PublicID, nil))},
		Footer: i18n.T(ctx, "discovery.searches.mail.why."+string(m.Search.Alert), "search", m.Search.Name, "brand", m.Brand, "site", site.Name),
	}
	for _, b := range m.FirstCreators {
		p.Entries = append(p.Entries, Entry{
			Name: b.Creator.Name, Line: creatorLine(ctx, b), URL: site.Link(paths.Creator(b.Creator.PublicID)),
			Picture: picture(site, b.Face.Portrait, b.Creator.Name, entryPicture),
		})
	}
	if more := m.CreatorCount - int64(len(m.FirstCreators)); more > 0 {
		p.More = i18n.T(ctx, "discovery.searches.mail.more", "n", more)
	}
	return writeMail(ctx, p, "discovery.searches.mail.headline", "n", m.CreatorCount, "search", m.Search.Name)
}

// creatorLine describes a creator in one line: account, tribes, followers, engagement.
func creatorLine(ctx context.Context, b creators.CreatorSummary) string {
	parts := []string{"@" + b.Account.Handle + ", " + components.PlatformName(b.Account.Platform)}
	var tribes []string
	for _, t := range b.Tribes {
		tribes = append(tribes, t.Tribe.Display)
	}
	if len(tribes) > 0 {
		parts = append(parts, strings.Join(tribes, ", "))
	}
	parts = append(parts, i18n.T(ctx, "discovery.searches.mail.followers", "followers", i18n.CompactNumber(ctx, b.Account.Followers)))
	if b.Account.EngagementPPM != nil {
		return strings.Join(append(parts, i18n.T(ctx, "discovery.searches.mail.engagement", "rate", i18n.Percent(ctx, *b.Account.EngagementPPM))), " · ")
	}
	return strings.Join(append(parts, i18n.T(ctx, "discovery.searches.mail.no_engagement")), " · ")
}
