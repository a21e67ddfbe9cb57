package sandbox

import (
	"fmt"
	"strings"
	"time"

	"tribemarket/models/creators"
)

// audienceBy is the audience by one kind.
func (a Account) audienceBy(kind creators.AudienceDimension) []creators.AudiencePart {
	var out []creators.AudiencePart
	for _, s := range a.Audience {
		if s.Kind == kind {
			out = append(out, s)
		}
	}
	return out
}

// makeAudience returns an invented audience.
func makeAudience(home string, female int64) []creators.AudiencePart {
	out := []creators.AudiencePart{{Kind: creators.AudienceByCountry, Key: home, PPM: 620_000}}
	for i, c := range []string{"FR", "BE", "NL", "DE"} {
		if c != home {
			out = append(out, creators.AudiencePart{Kind: creators.AudienceByCountry, Key: c, PPM: int64(120-20*i) * 1000})
		}
	}
	for i, age := range []string{"13-17", "18-24", "25-34", "35-44", "45-54", "55-64", "65+"} {
		out = append(out, creators.AudiencePart{Kind: creators.AudienceByAge, Key: age, PPM: []int64{60_000, 340_000, 310_000, 160_000, 80_000, 30_000, 20_000}[i]})
	}
	return append(out,
		creators.AudiencePart{Kind: creators.AudienceByGender, Key: "female", PPM: female}, creators.AudiencePart{Kind: creators.AudienceByGender, Key: "male", PPM: 960_000 - female},
		creators.AudiencePart{Kind: creators.AudienceByGender, Key: "other", PPM: 40_000})
}

// completeAccounts adds ids and totals to a platform's accounts, and adds an account for
// each fault.
func completeAccounts(now time.Time, d *oauthDialect, id, separator string, accounts []Account, faults []Fault) []Account {
	for i, f := range faults {
		name := strings.NewReplacer(d.name+":", "", " ", "", ":", separator).Replace(f.String())
		accounts = append(accounts, Account{Username: strings.ToLower(name) + separator + "sandbox", DisplayName: "Fault", Followers: 12_000, Fault: f, Videos: makeVideos(now, 300+len(d.name)*20+i, 6, 4_000, "Nothing to see #foodtok")})
	}
	for i := range accounts {
		a := &accounts[i]
		a.Platform, a.OpenID = d.name, fmt.Sprintf(id, i+1)
		a.Following, a.VideoCount = 90+int64(i)*13, int64(len(a.Videos))
		for j := range a.Videos {
			v := &a.Videos[j]
			v.Reach, v.Saves = v.Views*8/10, v.Likes/9
			a.Likes += v.Likes
		}
	}
	return accounts
}

func hideFields(videos []Video, fields ...string) []Video {
	for i := range videos {
		videos[i].Hidden = fields
	}
	return videos
}

func youtubeAccounts(now time.Time) []Account {
	return completeAccounts(now, youtube, "UCsandbox%015d", ".", []Account{
		{Username: "penne.sandbox", DisplayName: "Penne Trial", Bio: "Pasta, longer.", Country: "FR", Audience: makeAudience("FR", 610_000), Followers: 15_300, Videos: makeVideos(now, 120, 64, 9_400, "Sauce, from the start #foodtok #pasta", "Pâtes fraîches #recette")},
		{Username: "chapter.sandbox", DisplayName: "Chapter Trial", Bio: "Exactly at the floor.", Country: "BE", Audience: makeAudience("BE", 700_000), Followers: 10_000, Videos: makeVideos(now, 121, 31, 3_100, "Ten endings #booktok")},
		{Username: "almost.sandbox", DisplayName: "Almost Trial", Bio: "A few subscribers short.", Followers: 9_990, Videos: makeVideos(now, 122, 12, 2_800, "A long stretch #fittok")},
		{Username: "solder.sandbox", DisplayName: "Solder Trial", Bio: "Tiny tools.", Country: "NL", Audience: makeAudience("NL", 210_000), Followers: 482_000, Videos: makeVideos(now, 123, 45, 160_000, "A radio, repaired #techtok #repair")},
		{Username: "threevideos.sandbox", DisplayName: "Three Videos", Bio: "Too few for a rate.", Followers: 21_300, Videos: makeVideos(now, 124, 3, 9_000, "First look #beautytok")},
		{Username: "novideos.sandbox", DisplayName: "No Videos", Bio: "Nothing published yet.", Followers: 15_300},
		{Username: "hidden.sandbox", DisplayName: "Hidden Figures", Bio: "Subscribers and likes are hidden.", Followers: 33_000, Hidden: []string{"subscriberCount"}, Videos: hideFields(makeVideos(now, 125, 20, 12_000, "Outfits #fashiontok"), "likeCount", "commentCount")},
		{Username: "nochannel.sandbox", DisplayName: "No Channel", NoChannel: true},
	}, []Fault{{OnYouTubeToken, ServerError}, {OnYouTubeToken, TokenRevoked}, {OnYouTubeChannels, Forbidden}, {OnYouTubeChannels, BrokenJSON}, {OnYouTubeVideos, ServerError}, {OnYouTubeReports, ServerError}})
}

func instagramAccounts(now time.Time) []Account {
	posts := makeVideos(now, 140, 34, 11_000, "Dinner #foodtok #pasta", "Table pour deux #recette")
	for i := range posts {
		posts[i].Type = []string{"", "IMAGE", "", "CAROUSEL_ALBUM"}[i%4]
	}
	return completeAccounts(now, instagram, "178400000%08d", ".", []Account{
		{Username: "penne.sandbox", DisplayName: "Penne Trial", Bio: "Pasta, in pictures.", Audience: makeAudience("FR", 640_000), Followers: 12_040, Videos: posts},
		{Username: "chapter.sandbox", DisplayName: "Chapter Trial", Bio: "Exactly at the floor.", Audience: makeAudience("BE", 720_000), Followers: 10_000, Videos: makeVideos(now, 141, 31, 4_100, "Shelf #booktok")},
		{Username: "almost.sandbox", DisplayName: "Almost Trial", Bio: "One follower short.", Audience: makeAudience("NL", 500_000), Followers: 9_999, Videos: makeVideos(now, 142, 12, 3_800, "Stretch #fittok")},
		{Username: "shop.sandbox", DisplayName: "Shop Trial", Bio: "A business account.", Type: "BUSINESS", Audience: makeAudience("DE", 480_000), Followers: 310_500, Videos: makeVideos(now, 143, 40, 90_000, "New in #fashiontok")},
		{Username: "threeposts.sandbox", DisplayName: "Three Posts", Bio: "Too few for a rate.", Followers: 21_300, Videos: makeVideos(now, 144, 3, 9_000, "First look #beautytok")},
		{Username: "noposts.sandbox", DisplayName: "No Posts", Bio: "Nothing posted yet.", Followers: 15_300},
		{Username: "hidden.sandbox", DisplayName: "Hidden Figures", Bio: "Likes are hidden.", Followers: 33_000, Hidden: []string{"follows_count"}, Videos: hideFields(makeVideos(now, 145, 20, 12_000, "Outfit #fashiontok"), "like_count", "views")},
		{Username: "personal.sandbox", DisplayName: "Personal Account", Bio: "Neither creator nor business.", Type: "PERSONAL", Followers: 11_000, Videos: makeVideos(now, 146, 8, 900, "Holiday")},
	}, []Fault{{OnInstagramToken, ServerError}, {OnInstagramToken, TokenRevoked}, {OnInstagramExchange, ServerError}, {OnInstagramMe, TooManyRequests}, {OnInstagramMedia, BrokenJSON}, {OnInstagramInsights, ServerError}})
}

func twitchAccounts(now time.Time) []Account {
	return completeAccounts(now, twitch, "9000%05d", "_", []Account{
		{Username: "penne_sandbox", DisplayName: "Penne_Sandbox", Bio: "Cooking, live.", Type: "affiliate", Followers: 23_110, Videos: makeVideos(now, 160, 34, 1_840, "Live: pasta #foodtok", "En direct #recette")},
		{Username: "chapter_sandbox", DisplayName: "Chapter_Sandbox", Bio: "Exactly at the floor.", Type: "affiliate", Followers: 10_000, Videos: makeVideos(now, 161, 31, 900, "Reading hour #booktok")},
		{Username: "almost_sandbox", DisplayName: "Almost_Sandbox", Bio: "One follower short.", Followers: 9_999, Videos: makeVideos(now, 162, 12, 700, "Stretch along #fittok")},
		{Username: "solder_sandbox", DisplayName: "Solder_Sandbox", Bio: "Tiny tools.", Type: "partner", Followers: 640_200, Videos: makeVideos(now, 163, 45, 42_000, "Repair bench #techtok")},
		{Username: "threevods_sandbox", DisplayName: "ThreeVods_Sandbox", Bio: "Older ones have gone.", Followers: 21_300, Videos: makeVideos(now, 164, 3, 2_000, "First look #beautytok")},
		{Username: "novods_sandbox", DisplayName: "NoVods_Sandbox", Bio: "Nothing kept.", Followers: 15_300},
		{Username: "hidden_sandbox", DisplayName: "Hidden_Sandbox", Bio: "Figures are missing.", Followers: 33_000, Hidden: []string{"total"}, Videos: hideFields(makeVideos(now, 165, 20, 1_200, "Outfits #fashiontok"), "view_count")},
	}, []Fault{{OnTwitchToken, ServerError}, {OnTwitchToken, TokenRevoked}, {OnTwitchUsers, TooManyRequests}, {OnTwitchFollowers, BrokenJSON}, {OnTwitchVideos, ServerError}})
}
