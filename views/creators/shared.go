package creators

import (
	"context"

	"tribemarket/internal/i18n"
	"tribemarket/models/creators"
	"tribemarket/views/components"
	filesview "tribemarket/views/files"
	"tribemarket/views/layouts"
	"tribemarket/views/paths"
)

// IsIndexedBySearchEngines says whether search engines may show the page: creators who
// have not joined were not asked, and those who have can refuse.
func IsIndexedBySearchEngines(c creators.Creator) bool {
	return c.IsClaimed() && c.Listed && !c.NoIndex
}

// Card is the preview of the page where its URL is shared; nil for a page that only its
// owner sees.
func (p MediaKitProps) Card(ctx context.Context, baseURL string) *layouts.Card {
	if !p.Kit.Creator.Listed {
		return nil
	}
	return &layouts.Card{
		Type: "profile", Title: p.creatorName(), Description: p.Description(ctx), URL: baseURL + p.selfURL(),
		Image: baseURL + paths.CreatorPicture(p.Kit.Creator.PublicID, string(i18n.LocaleOf(ctx))), ImageAlt: p.pictureAlt(ctx),
	}
}

func (p MediaKitProps) pictureAlt(ctx context.Context) string {
	a := p.Kit.Account
	return i18n.T(ctx, "creators.picture.alt", "name", p.creatorName(), "followers", i18n.CompactNumber(ctx, a.Followers), "platform", components.PlatformName(a.Platform), "source", p.sourceLine(ctx))
}

// sourceLine says where the figures come from and from which day they are.
func (p MediaKitProps) sourceLine(ctx context.Context) string {
	a := p.Kit.Account
	return i18n.T(ctx, "creators.picture."+string(a.Source), "platform", components.PlatformName(a.Platform), "date", i18n.Date(ctx, a.AsOf))
}

// Picture is the content of the page's preview picture.
type Picture struct {
	Site, Name, Handle, Where, Source string
	Tribes                            []PictureTribe
	First, Second                     components.Mark // of the avatar
	Turned                            bool
	Initials                          string
	Portrait                          string // its public id, drawn instead; "" without one
	Figures                           []components.Fact
}

// PictureTribe is a tribe with its mark.
type PictureTribe struct {
	Name string
	Mark components.Mark
}

// Picture returns the content of the preview picture: only what the page shows.
func (p MediaKitProps) Picture(ctx context.Context, site string) Picture {
	a := p.Kit.Account
	x := Picture{Site: site, Name: p.creatorName(), Handle: "@" + a.Handle, Where: components.PlatformName(a.Platform) + " @" + a.Handle, Source: p.sourceLine(ctx)}
	for _, t := range p.Kit.Tribes {
		x.Tribes = append(x.Tribes, PictureTribe{t.Tribe.Display, TribeMark(t.Tribe)})
	}
	if portrait := p.Kit.Face().Portrait; portrait != nil {
		x.Portrait = portrait.PublicID
	}
	x.First, x.Second, x.Turned, x.Initials = filesview.CreatorAvatar(p.Kit.Creator.PublicID, p.creatorName(), p.Kit.Face(), "").Parts()
	if a.PurgedAt == nil {
		x.Figures = append(x.Figures, components.Fact{Label: i18n.T(ctx, "creators.followers"), Value: i18n.Number(ctx, a.Followers)})
	}
	if a.EngagementPPM != nil {
		x.Figures = append(x.Figures, components.Fact{Label: i18n.T(ctx, "creators.engagement"), Value: i18n.Percent(ctx, *a.EngagementPPM)})
	}
	if a.MedianViews != nil {
		x.Figures = append(x.Figures, components.Fact{Label: i18n.T(ctx, "creators.views"), Value: i18n.Number(ctx, *a.MedianViews)})
	}
	return x
}

// profilePage is schema.org's ProfilePage, as search engines read it:
// https://developers.google.com/search/docs/appearance/structured-data/profile-page
type profilePage struct {
	Context  string `json:"@context"`
	Type     string `json:"@type"`
	URL      string `json:"url"`
	Language string `json:"inLanguage"`
	Modified string `json:"dateModified"`
	Entity   person `json:"mainEntity"`
}

type person struct {
	Type        string    `json:"@type"`
	Name        string    `json:"name"`
	Alternate   []string  `json:"alternateName,omitempty"`
	Identifier  string    `json:"identifier"`
	Description string    `json:"description,omitempty"`
	URL         string    `json:"url"`
	Image       string    `json:"image"`
	Languages   []string  `json:"knowsLanguage,omitempty"`
	SameAs      []string  `json:"sameAs,omitempty"`
	Statistics  []counter `json:"interactionStatistic,omitempty"`
}

type counter struct {
	Type    string   `json:"@type"`
	Of      string   `json:"interactionType"`
	Count   int64    `json:"userInteractionCount"`
	Service *service `json:"interactionService,omitempty"`
}

type service struct {
	Type string `json:"@type"`
	Name string `json:"name"`
	URL  string `json:"url,omitempty"`
}

// Data is the page as schema.org data: only what it shows, and nothing if search engines
// are to leave it out.
func (p MediaKitProps) Data(ctx context.Context, baseURL string) any {
	c := p.Kit.Creator
	if !IsIndexedBySearchEngines(c) {
		return nil
	}
	who := person{
		Type: "Person", Name: c.Name, Identifier: c.PublicID, Description: c.Bio, URL: baseURL + p.selfURL(),
		Image: baseURL + paths.CreatorPicture(c.PublicID, string(i18n.LocaleOf(ctx))), Languages: p.Kit.Languages,
	}
	for _, a := range p.Kit.Accounts {
		who.Alternate = append(who.Alternate, "@"+a.Handle)
		address := ProfileURL(a)
		if address != "" {
			who.SameAs = append(who.SameAs, address)
		}
		if a.PurgedAt == nil {
			who.Statistics = append(who.Statistics, counter{
				Type: "InteractionCounter", Of: "https://schema.org/FollowAction", Count: a.Followers,
				Service: &service{Type: "WebSite", Name: components.PlatformName(a.Platform), URL: address},
			})
		}
	}
	return profilePage{
		Context: "https://schema.org", Type: "ProfilePage", URL: baseURL + p.selfURL(), Language: string(i18n.LocaleOf(ctx)),
		Modified: p.Kit.Account.AsOf.UTC().Format("2006-01-02T15:04:05Z"), Entity: who,
	}
}
