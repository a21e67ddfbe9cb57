package negotiation

import (
	"context"
	"slices"
	"time"

	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/creators"
	"tribemarket/models/negotiation"
	"tribemarket/views/components"
	dealsview "tribemarket/views/deals"
	filesview "tribemarket/views/files"
	"tribemarket/views/paths"
)

// PresentPitchForm presents the form of a creator's pitch to a brand.
func PresentPitchForm(ctx context.Context, e negotiation.Entrance, kit creators.MediaKit, words negotiation.PitchForm, f Answers, now time.Time) OfferFormProps {
	own := SummaryOf(kit)
	p := presentForm(ctx, own, creators.CreatorLimits{}, f, kit.Creator.Location(), kit.Creator.Country, now)
	brand := e.Brand.Name
	p.Title, p.Lead = i18n.T(ctx, "negotiation.pitch.title", "brand", brand), i18n.T(ctx, "negotiation.pitch.lead", "brand", brand)
	p.Crumbs = pitchCrumbs(ctx, e)
	p.Action, p.Button, p.ByCreator = paths.Pitches(e.Brand.PublicID), i18n.T(ctx, "negotiation.form.look"), true
	p.CreatorName, p.Other = kit.Creator.Name, brand
	p.Pitch = &PitchFields{PitchForm: words, Figures: PresentFrozenFigures(ctx, creators.FrozenFiguresOf(kit.Accounts))}
	for _, x := range kit.Works {
		p.Pitch.Works = append(p.Pitch.Works, WorkChoice{ID: x.PublicID, Chosen: slices.Contains(words.Works, x.PublicID), Picture: filesview.Picture(x, "square", exampleSize)})
	}
	p.Side = presentAside(ctx, own, p.quote, f)
	p.Side.Creator = dealsview.PresentParty(ctx, models.SideCreator, e.Brand)
	p.Side.Next = i18n.T(ctx, "negotiation.side.counter", "other", brand, "n", answerDays(f.ExpiresDays))
	if f.Conflict != nil {
		p.Refused = dealsview.RefusedAction{
			Title: i18n.T(ctx, f.Conflict.Key, f.Conflict.Args...), Text: i18n.T(ctx, "negotiation.pitch.not_sent"), Href: paths.Negotiations(), Link: i18n.T(ctx, "site.dashboard.recent.all"),
		}
	}
	return p
}

func pitchCrumbs(ctx context.Context, e negotiation.Entrance) []components.Crumb {
	return []components.Crumb{
		{Href: paths.OpenDoors(), Name: i18n.T(ctx, "negotiation.doors.title")},
		{Href: paths.Brand(e.Brand.PublicID), Name: e.Brand.Name}, {Name: i18n.T(ctx, "negotiation.pitch.one")},
	}
}

// SummaryOf is a creator's own profile as the form of an offer needs it.
func SummaryOf(kit creators.MediaKit) creators.CreatorSummary {
	own := creators.CreatorSummary{Creator: kit.Creator, Account: kit.Account, Prices: kit.Prices, AddOns: kit.AddOns, Face: kit.Face()}
	for _, a := range kit.Accounts {
		if a.PurgedAt == nil && !slices.Contains(own.Platforms, a.Platform) {
			own.Platforms = append(own.Platforms, a.Platform)
		}
	}
	return own
}

// post is the nth post as entered.
func (f PitchFields) post(i int) string {
	if i < len(f.Posts) {
		return f.Posts[i].URL
	}
	return ""
}
