package site

import (
	"context"
	"fmt"
	"time"

	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/content"
	"tribemarket/models/creators"
	"tribemarket/models/deals"
	"tribemarket/models/files"
	"tribemarket/models/platform"
	"tribemarket/static/art"
	filesview "tribemarket/views/files"
)

// The creator of the examples, who does not exist.
const (
	exampleName   = "Nour Kerères"
	exampleHandle = "nour.kereres"
)

// exampleWorks are what the creator shows.
var exampleWorks = []string{"serum", "soaps", "cream", "brushes", "mask", "tulips", "candle", "citrus", "bath"}

// drawing is a drawing in the place of an upload, with what can be seen.
func drawing(ctx context.Context, name string) files.Picture {
	d := art.Find(name)
	return filesview.Drawing(d, i18n.T(ctx, d.AltKey()))
}

// exampleFace is the portrait of the creator.
func exampleFace(ctx context.Context) *files.Picture { return new(drawing(ctx, "face-01")) }

// exampleKit is a whole media kit; its figures are computed from its posts as everybody's.
func (h *Handlers) exampleKit(ctx context.Context, now time.Time) creators.MediaKit {
	joined := now.AddDate(-1, 0, 0)
	k := creators.MediaKit{
		Creator:   creators.Creator{Name: exampleName, Bio: i18n.T(ctx, "site.example.bio"), Country: "FR", Zone: "Europe/Paris", PersonID: new(int64(0)), ClaimedAt: &joined, CreatedAt: joined},
		Languages: []string{"fr", "en"}, ContentTypes: content.Types()[:3], Portrait: exampleFace(ctx), Posts: examplePosts(now), Snapshots: exampleSnapshots(now),
	}
	for i, slug := range []string{"beautytok", "skintok"} {
		if t, ok := h.Creators.TribeCatalogue().TribeBySlug(slug); ok {
			k.Tribes = append(k.Tribes, creators.TribeOf{Tribe: t, Known: []creators.TribeEvidence{creators.TribeDeclared, creators.TribeDerived}[i]})
		}
	}
	for i, format := range content.Formats() {
		k.Prices = append(k.Prices, creators.StartingPrice{Format: format, Minor: int64(26000 - 7000*i), Currency: "EUR"})
	}
	for _, name := range exampleWorks {
		k.Works = append(k.Works, drawing(ctx, name))
	}
	k.Account = creators.Account{
		Platform: platform.TikTok, Handle: exampleHandle, URL: "https://video.example/@" + exampleHandle, Source: creators.SourceVerified, AsOf: now.Add(-6 * time.Hour), Followers: 40_900, TotalPosts: new(int64(264)),
		Figures: h.Creators.ComputeFigures(platform.TikTok, k.Posts, now.Add(-6*time.Hour)),
	}
	k.Accounts = []creators.Account{k.Account}
	k.Band = &creators.EngagementBand{Platform: platform.TikTok, Tier: creators.TierMicro, Tribe: "beautytok", Accounts: 126, LowPPM: 50_000, HighPPM: 80_000}
	k.Audience = exampleAudience(now)
	k.Growth = []creators.FollowerGrowth{creators.MeasureGrowth(k.Snapshots, 30), creators.MeasureGrowth(k.Snapshots, 90)}
	k.Answers = creators.ProposalAnswers{Minutes: new(int64(9 * 60)), SharePPM: new(int64(960_000))}
	return k
}

// exampleAudience is what the creator declares of who follows.
func exampleAudience(now time.Time) []creators.AudienceShare {
	var all []creators.AudienceShare
	add := func(kind creators.AudienceDimension, key string, percent int64) {
		all = append(all, creators.AudienceShare{Kind: kind, Key: key, PPM: percent * 10_000, Source: creators.SourceDeclared, AsOf: models.DateOf(now.AddDate(0, 0, -12)).String()})
	}
	add(creators.AudienceByCountry, "FR", 61)
	add(creators.AudienceByCountry, "BE", 14)
	add(creators.AudienceByCountry, "CH", 6)
	add(creators.AudienceByAge, "25-34", 44)
	add(creators.AudienceByAge, "18-24", 29)
	add(creators.AudienceByAge, "35-44", 18)
	return all
}

// examplePosts are thirty posts, one every three days.
func examplePosts(now time.Time) []creators.Post {
	var all []creators.Post
	for i := range int64(30) {
		views := 15_000 + (i*7919)%11_000
		all = append(all, creators.Post{
			PlatformPostID: fmt.Sprint(i), PostedAt: now.AddDate(0, 0, int(-3-3*i)), Views: &views, Likes: new(views * (48 + (i*37)%21) / 1000), Comments: new(views * 6 / 1000), Shares: new(views * 4 / 1000),
			URL: fmt.Sprintf("https://video.example/@%s/%d", exampleHandle, i), ReadAt: now,
		})
	}
	return all
}

// exampleSnapshots are the followers of 99 days, which grow a little each.
func exampleSnapshots(now time.Time) []creators.AccountSnapshot {
	var all []creators.AccountSnapshot
	for ago := int64(98); ago >= 0; ago-- {
		day := now.AddDate(0, 0, int(-ago))
		all = append(all, creators.AccountSnapshot{Day: models.DateOf(day).String(), ReadAt: day, Followers: 40_900 - ago*52 - (ago*ago)%37})
	}
	return all
}

// examplePast are partnerships that are over.
func examplePast(ctx context.Context, now time.Time) []deals.Partnership {
	past := func(brand, sign, product string, days int) deals.Partnership {
		logo := drawing(ctx, sign)
		return deals.Partnership{
			Brand: deals.Party{Name: brand, Logo: &logo}, Product: i18n.T(ctx, product), CompletedAt: now.AddDate(0, 0, -days),
			Items: []deals.Item{{Number: 1, Format: "video", Platform: platform.TikTok}}, Addresses: []string{""},
		}
	}
	return []deals.Partnership{past("Ferme Anselle", "sign-leaf", "site.example.cream", 41), past("Lumen & Fils", "sign-moon", "site.example.candle", 96)}
}
