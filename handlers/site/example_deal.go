package site

import (
	"context"
	"time"

	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/deals"
	"tribemarket/models/negotiation"
	"tribemarket/models/platform"
	"tribemarket/models/terms"
	"tribemarket/views/components"
	dealsview "tribemarket/views/deals"
	"tribemarket/views/paths"
)

// exampleDeal is a deal in which a draft waits for the brand, as a member of the brand sees
// it who may only look.
func exampleDeal(ctx context.Context, now time.Time) dealsview.DealProps {
	p := dealsview.PresentDeal(ctx, models.Actor{PersonID: -1, BrandID: 1, Role: models.RoleViewer}, exampleDealRecord(ctx, now), dealsview.Refusal{}, now)
	p.Party.Link = i18n.T(ctx, "deals.creator.page")
	p.OtherRef, p.Party.Href, p.Negotiation, p.Moderate = paths.ExampleCreator(), paths.ExampleCreator(), "", components.ModerationMenu{}
	return p
}

func exampleDealRecord(ctx context.Context, now time.Time) deals.Deal {
	day := func(n int) time.Time { return now.AddDate(0, 0, n) }
	reviewed, paris := day(-1), models.Zone("Europe/Paris")
	logo := drawing(ctx, "sign-soap")
	item := func(n, days int) deals.Item {
		return deals.Item{Number: n, ContentType: "tutorial", Format: "video", Platform: platform.TikTok, DueOn: models.DateOf(day(days))}
	}
	d := deals.Deal{
		PublicID: "example", Zone: "Europe/Paris", BrandZone: "Europe/Paris", AgreedAt: day(-12), Version: 1,
		Brand:   deals.Party{ID: 1, Name: "Petit Savon", Country: "FR", Logo: &logo},
		Creator: deals.Party{ID: 1, Name: exampleName, Country: "FR", Handle: exampleHandle, Platform: platform.TikTok, Joined: true},
		Terms: terms.Terms{
			Product: i18n.T(ctx, "site.example.product"), Category: "beauty", Currency: "EUR", Fee: terms.Fee{Content: 52000, Rights: 6000}, Disclosure: "Collaboration commerciale",
			Rights: []terms.UsageRight{{Channel: "social", Use: "organic", Territory: []string{"FR"}, Days: 60}}, Rounds: 2,
			Deliverables: []terms.Deliverable{{Number: 1}, {Number: 2}},
		},
		Deliverables: []deals.Deliverable{
			{Item: item(1, -2), DueAt: day(-2), State: deals.Completed, Version: 7, EnteredAt: day(-1), PublishedURL: "https://video.example/@" + exampleHandle + "/1", PublishedAt: new(day(-3)), CompletedAt: &reviewed},
			{Item: item(2, 6), DueAt: day(6), State: deals.Review, Version: 2, EnteredAt: reviewed.Add(-2 * time.Hour), DraftURL: "https://video.example/draft/2", DraftNote: i18n.T(ctx, "site.example.draft")},
		},
	}
	y, m, last := day(5).In(paris).Date()
	d.Deliverables[1] = d.Deliverables[1].WithDeadline(time.Date(y, m, last, 0, 0, 0, 0, paris))
	d.Creator.Face.Portrait = exampleFace(ctx)
	event := func(n int, at time.Time, side models.Side, action deals.Action, from, to, note string) {
		d.Events = append(d.Events, deals.Event{ID: int64(len(d.Events) + 1), Number: n, At: at, Side: side, Action: action, From: from, To: to, Note: note, BrandName: d.Brand.Name, CreatorName: d.Creator.Name, Offer: n == 0})
	}
	onVideo := func(n, days, hours int, side models.Side, action deals.Action, from, to deals.State, note string) {
		event(n, day(days).Add(-time.Duration(hours)*time.Hour), side, action, string(from), string(to), note)
	}
	event(0, day(-14), models.SideBrand, negotiation.ActionPropose, "", string(negotiation.WithCreator), "")
	event(0, d.AgreedAt, models.SideCreator, negotiation.ActionAccept, string(negotiation.WithCreator), string(negotiation.Agreed), "")
	onVideo(1, -8, 1, models.SideCreator, deals.ActionSubmitDraft, deals.Drafting, deals.Review, "")
	onVideo(1, -7, 3, models.SideBrand, deals.ActionRequestChanges, deals.Review, deals.Changes, i18n.T(ctx, "site.example.changes"))
	onVideo(1, -6, 0, models.SideCreator, deals.ActionSubmitDraft, deals.Changes, deals.Review, "")
	onVideo(1, -5, 4, models.SideBrand, deals.ActionApprove, deals.Review, deals.Approved, "")
	onVideo(1, -3, 0, models.SideCreator, deals.ActionPublish, deals.Approved, deals.Published, "")
	onVideo(2, -1, 2, models.SideCreator, deals.ActionSubmitDraft, deals.Drafting, deals.Review, i18n.T(ctx, "site.example.draft"))
	onVideo(1, -1, 0, models.SideBrand, deals.ActionComplete, deals.Published, deals.Completed, "")
	return d
}
