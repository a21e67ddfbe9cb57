package sandbox

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"tribemarket/models/creators"
)

// Account is an invented account. OpenID is the id that its platform uses: TikTok's
// open_id, a channel's id, Instagram's user_id, Twitch's id.
type Account struct {
	Platform                                      string // TikTok when empty
	OpenID, Username, DisplayName, Bio, AvatarURL string
	Country                                       string // only YouTube provides it
	Type                                          string // Instagram's account_type, MEDIA_CREATOR when empty; Twitch's broadcaster_type
	NoChannel                                     bool   // a Google account without a channel
	Audience                                      []creators.AudiencePart

	Verified                                bool
	Followers, Following, Likes, VideoCount int64
	Videos                                  []Video  // in any order; one with a later date than the clock is not published yet
	Hidden                                  []string // fields of the account that are left out of every answer, by their wire name
	Fault                                   Fault
}

// Video is one public video of an account.
type Video struct {
	ID                             string // up to 19 digits
	PostedAt                       time.Time
	Duration                       time.Duration
	Views, Likes, Comments, Shares int64
	Saves, Reach                   int64  // Instagram's
	Type                           string // Instagram's media_type, VIDEO (a reel) when empty; Twitch's type, archive when empty
	Title, Description             string
	ThumbnailURL                   string   // "" for a drawing of the sandbox
	Hidden                         []string // fields left out, by their wire name
}

// accountKey is the key of the account.
func (a Account) accountKey() accountKey {
	return accountKey{cmp.Or(a.Platform, tiktok.name), a.OpenID}
}

func (a Account) hidesField(field string) bool { return slices.Contains(a.Hidden, field) }

func (v Video) hidesField(field string) bool { return slices.Contains(v.Hidden, field) }

func (a Account) tiktokURL() string { return "https://www.tiktok.com/@" + a.Username }

// DefaultAccounts are accounts named by meaning: on both sides of the marketplace's
// floor, with many, few and no videos, with hidden figures, and one for every fault that
// a sign-in can meet, on every platform. Every handle ends in ".sandbox", or "_sandbox"
// on Twitch, which has no dots.
func DefaultAccounts(now time.Time) []Account {
	accounts := []Account{
		{Username: "penne.sandbox", DisplayName: "Penne Trial", Bio: "Pasta for people who do not exist. #FoodTok", Followers: 48_210, Videos: makeVideos(now, 64, 34, 21_000, "Dinner in ten minutes #foodtok #recipe #pasta", "Pâtes du mardi #foodtok #recette", "Snelle saus #foodtok #koken")},
		{Username: "chapter.sandbox", DisplayName: "Chapter Trial", Bio: "Exactly at the floor.", Followers: 10_000, Videos: makeVideos(now, 65, 31, 6_400, "Three endings, no spoilers #booktok #reading", "Lu en une nuit #booktok #lecture", "読書メモ #booktok #読書")},
		{Username: "almost.sandbox", DisplayName: "Almost Trial", Bio: "One follower short.", Followers: 9_999, Videos: makeVideos(now, 66, 12, 5_200, "Morning stretch #fittok #mobility", "Vijf minuten rek #fittok")},
		{Username: "solder.sandbox", DisplayName: "Solder Trial", Bio: "Tiny tools.", Verified: true, Followers: 1_520_400, Videos: makeVideos(now, 67, 45, 610_000, "Fixing a lamp #techtok #repair", "Réparer une radio #techtok #diy")},
		{Username: "threevideos.sandbox", DisplayName: "Three Videos", Bio: "Too few posts for a rate.", Followers: 21_300, Videos: makeVideos(now, 68, 3, 9_000, "First look #beautytok #skincare")},
		{Username: "novideos.sandbox", DisplayName: "No Videos", Bio: "Nothing posted yet.", Followers: 15_300},
		{Username: "hidden.sandbox", DisplayName: "Hidden Figures", Bio: "Likes are hidden.", Followers: 33_000, Hidden: []string{"likes_count", "following_count"}, Videos: hideLikes(makeVideos(now, 69, 20, 12_000, "Outfit of the day #fashiontok"))},
	}
	faults := []Fault{
		{OnToken, ServerError}, {OnToken, TokenRevoked}, {OnToken, ErrorWithStatus200}, {OnToken, SlowAnswer},
		{OnUserInfo, ServerError}, {OnUserInfo, TooManyRequests}, {OnUserInfo, ErrorWithStatus200}, {OnUserInfo, BrokenJSON}, {OnUserInfo, HugeBody},
		{OnUserInfo, SlowAnswer}, {OnUserInfo, TokenRevoked}, {OnVideoList, ServerError},
	}
	for i, f := range faults {
		name := strings.NewReplacer("/", "_", " ", "", ":", ".").Replace(f.String())
		accounts = append(accounts, Account{Username: name + ".sandbox", DisplayName: "Fault", Followers: 12_000, Fault: f, Videos: makeVideos(now, 70+i, 6, 4_000, "Nothing to see #foodtok")})
	}
	for i := range accounts {
		a := &accounts[i]
		a.OpenID = fmt.Sprintf("-000sandbox-%03d", i+1)
		a.Following, a.VideoCount = 120+int64(i)*17, int64(len(a.Videos))
		for _, v := range a.Videos {
			a.Likes += v.Likes
		}
	}
	return slices.Concat(accounts, youtubeAccounts(now), instagramAccounts(now), twitchAccounts(now))
}

// makeVideos returns n videos, 31 hours apart, whose views vary around a mean.
func makeVideos(now time.Time, series, n int, middle int64, titles ...string) []Video {
	out := make([]Video, n)
	for i := range out {
		views := middle * int64(40+(i*37+series*11)%120) / 100
		out[i] = Video{
			ID:       fmt.Sprintf("7%03d%015d", series, n-i),
			PostedAt: now.Add(-time.Duration(i)*31*time.Hour - 5*time.Hour).Truncate(time.Second),
			Duration: time.Duration(15+(i*13)%75) * time.Second,
			Views:    views, Likes: views * int64(50+(i*7)%60) / 1000, Comments: views * int64(3+i%5) / 1000, Shares: views * int64(2+i%4) / 1000,
			Title: titles[i%len(titles)], Description: titles[i%len(titles)],
		}
	}
	return out
}

func hideLikes(videos []Video) []Video {
	for i := range videos {
		videos[i].Hidden = []string{"like_count"}
	}
	return videos
}
