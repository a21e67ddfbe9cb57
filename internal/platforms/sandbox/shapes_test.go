package sandbox_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"tribemarket/internal/platforms/sandbox"
)

// platformPages are the consent pages, and what each is asked.
var platformPages = map[string]struct {
	path, token string
	query       url.Values
}{
	"tiktok": {"/tiktok/v2/auth/authorize/", "/tiktok/v2/oauth/token/", url.Values{"client_key": {"ck"}, "scope": {"user.info.basic,user.info.profile,user.info.stats,video.list"}}},
	"youtube": {"/youtube/o/oauth2/v2/auth", "/youtube/token", url.Values{
		"client_id": {"ck"}, "scope": {"https://www.googleapis.com/auth/youtube.readonly https://www.googleapis.com/auth/yt-analytics.readonly"},
		"access_type": {"offline"}, "prompt": {"consent"},
	}},
	"instagram": {"/instagram/oauth/authorize", "/instagram/oauth/access_token", url.Values{"client_id": {"ck"}, "scope": {"instagram_business_basic,instagram_business_manage_insights"}}},
	"twitch":    {"/twitch/oauth2/authorize", "/twitch/oauth2/token", url.Values{"client_id": {"ck"}, "scope": {"user:read:email"}}},
}

func (w *world) pageOf(platform string) string {
	p := platformPages[platform]
	q := url.Values{"response_type": {"code"}, "redirect_uri": {callback}, "state": {"s"}}
	for name, value := range p.query {
		q[name] = value
	}
	return w.base + p.path + "?" + q.Encode()
}

// tokenOn is what the token endpoint says to a code with all scopes.
func (w *world) tokenOn(platform, handle, address string) map[string]any {
	w.t.Helper()
	a, ok := w.box.AccountOn(platform, handle)
	if !ok {
		w.t.Fatalf("no @%s on %s", handle, platform)
	}
	u, err := url.Parse(address)
	if err != nil {
		w.t.Fatal(err)
	}
	scopes := strings.FieldsFunc(u.Query().Get("scope"), func(r rune) bool { return r == ',' || r == ' ' })
	res, _ := w.send("POST", address, formType, url.Values{"account": {a.OpenID}, "grant": scopes}.Encode())
	back, err := res.Location()
	if err != nil {
		w.t.Fatal(res.Status, err)
	}
	form := w.codeForm(back.Query().Get("code"))
	form.Set("client_id", "ck")
	status, got := w.form(platformPages[platform].token, form)
	if status != http.StatusOK {
		w.t.Fatal(platform, status, got)
	}
	return got
}

// Each answer has what the platform's own has, in the same type: the right
// sides are examples as the platforms document them, with invented values.
func TestShapes(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	got := map[string]map[string]any{}
	for platform := range platformPages {
		handle := map[bool]string{true: "penne_sandbox", false: "penne.sandbox"}[platform == "twitch"]
		got[platform+" token"] = w.tokenOn(platform, handle, w.pageOf(platform))
	}
	instagram := got["instagram token"]["data"].([]any)[0].(map[string]any)["access_token"].(string)
	_, body := w.send("GET", w.base+"/instagram/access_token?grant_type=ig_exchange_token&client_secret=cs&access_token="+instagram, "", "")
	got["instagram long"] = w.parse(body)
	channel, _ := w.box.AccountOn("youtube", "penne.sandbox")
	posts, _ := w.box.AccountOn("instagram", "penne.sandbox")
	streamer, _ := w.box.AccountOn("twitch", "penne_sandbox")
	for _, c := range []struct{ name, method, path, body, want string }{
		{"tiktok user", "GET", "/tiktok/v2/user/info/?fields=open_id,union_id,username,display_name,is_verified,profile_deep_link,follower_count,following_count,likes_count,video_count", "", `{"data":{"user":{"open_id":"-000sim-1a2b","union_id":"u-77","username":"lea.cuisine","display_name":"Lea","is_verified":false,
			"profile_deep_link":"https://vm.tiktok.com/ZM1/","follower_count":48210,"following_count":310,"likes_count":912004,"video_count":184}},"error":{"code":"ok","message":"","log_id":"20261120113121AB"}}`},
		{"tiktok videos", "POST", "/tiktok/v2/video/list/?fields=id,create_time,title,share_url,duration,view_count,like_count,comment_count,share_count", "{}", `{"data":{"videos":[{"id":"7570000000000000001","create_time":1763550000,"title":"3 pates","share_url":"https://x",
			"duration":31,"view_count":120400,"like_count":9100,"comment_count":212,"share_count":640}],"cursor":1763550000000,"has_more":true},"error":{"code":"ok","message":"","log_id":"20261120113122CD"}}`},
		{"youtube channel", "GET", "/youtube/youtube/v3/channels?part=snippet,statistics,contentDetails&mine=true", "", `{"kind":"youtube#channelListResponse","etag":"e","pageInfo":{"totalResults":1,"resultsPerPage":5},"items":[{"kind":"youtube#channel","id":"UCsim000000000000000001",
			"snippet":{"title":"Lea","customUrl":"@leacuisine","publishedAt":"2019-04-02T10:00:00Z","country":"FR","thumbnails":{"default":{"url":"https://x/1.jpg","width":88,"height":88}}},
			"contentDetails":{"relatedPlaylists":{"likes":"","uploads":"UUsim000000000000000001"}},"statistics":{"viewCount":"1840220","subscriberCount":"15300","hiddenSubscriberCount":false,"videoCount":"96"}}]}`},
		{"youtube uploads", "GET", "/youtube/youtube/v3/playlistItems?part=contentDetails&maxResults=50&playlistId=UU" + channel.OpenID[2:], "", `{"kind":"youtube#playlistItemListResponse","nextPageToken":"EAAa","pageInfo":{"totalResults":96,"resultsPerPage":50},
			"items":[{"kind":"youtube#playlistItem","id":"p1","contentDetails":{"videoId":"vidSIM00001","videoPublishedAt":"2026-11-01T09:00:00Z"}}]}`},
		{"youtube videos", "GET", "/youtube/youtube/v3/videos?part=snippet,statistics,contentDetails,status,paidProductPlacementDetails&id=" + channel.Videos[0].ID, "", `{"kind":"youtube#videoListResponse","pageInfo":{"totalResults":1,"resultsPerPage":1},"items":[{"kind":"youtube#video","id":"vidSIM00001",
			"snippet":{"title":"Pates","channelId":"UCsim000000000000000001","publishedAt":"2026-11-01T09:00:00Z","liveBroadcastContent":"none"},"contentDetails":{"duration":"PT3M21S"},
			"statistics":{"viewCount":"20410","likeCount":"1204","favoriteCount":"0","commentCount":"96"},"paidProductPlacementDetails":{"hasPaidProductPlacement":true}}]}`},
		{"youtube report", "GET", "/youtube/v2/reports?ids=channel==MINE&startDate=2026-08-01&endDate=2026-10-31&metrics=viewerPercentage&dimensions=ageGroup,gender", "", `{"kind":"youtubeAnalytics#resultTable","columnHeaders":[{"name":"ageGroup","columnType":"DIMENSION","dataType":"STRING"}],"rows":[["age18-24","female",31.4]]}`},
		{"instagram me", "GET", "/instagram/v25.0/me?fields=user_id,username,name,account_type,followers_count,follows_count,media_count", "", `{"user_id":"17840000000000001","id":"270001","username":"lea.cuisine","account_type":"MEDIA_CREATOR","followers_count":12040,"follows_count":300,"media_count":410}`},
		{"instagram media", "GET", "/instagram/v25.0/me/media?limit=5&fields=id,media_type,media_product_type,timestamp,like_count,comments_count", "", `{"data":[{"id":"1801","media_type":"VIDEO","media_product_type":"REELS","timestamp":"2026-11-01T09:00:00+0000","like_count":840,"comments_count":31}],"paging":{"cursors":{"before":"b","after":"a"},"next":"https://..."}}`},
		{"instagram insights", "GET", "/instagram/v25.0/" + posts.Videos[0].ID + "/insights?metric=reach,views,saved,total_interactions", "", `{"data":[{"name":"reach","period":"lifetime","values":[{"value":9120}],"title":"Reach","id":"1801/insights/reach/lifetime"}]}`},
		{"twitch user", "GET", "/twitch/helix/users", "", `{"data":[{"id":"141","login":"leacuisine","display_name":"LeaCuisine","type":"","broadcaster_type":"affiliate","description":"","profile_image_url":"https://x/1.png","created_at":"2020-05-04T10:00:00Z","email":"x"}]}`},
		{"twitch followers", "GET", "/twitch/helix/channels/followers?first=1&broadcaster_id=" + streamer.OpenID, "", `{"total":23110,"data":[],"pagination":{}}`},
		{"twitch videos", "GET", "/twitch/helix/videos?type=all&first=2&user_id=" + streamer.OpenID, "", `{"data":[{"id":"335","user_id":"141","title":"Live pates","created_at":"2026-11-10T19:00:00Z","url":"https://www.twitch.tv/videos/335","viewable":"public","view_count":1840,"language":"fr","type":"archive","duration":"2h3m21s"}],"pagination":{"cursor":"eyJ"}}`},
	} {
		platform, _, _ := strings.Cut(c.name, " ")
		token, _ := got[platform+" token"]["access_token"].(string)
		if platform == "instagram" {
			token = instagram
		}
		res, body := w.send(c.method, w.base+c.path, "application/json", c.body, "Authorization", "Bearer "+token, "Client-Id", "ck")
		if res.StatusCode != http.StatusOK {
			t.Errorf("%s: %s %s", c.name, res.Status, body)
			continue
		}
		holds(t, c.name, w.parse(c.want), w.parse(body))
	}
	for name, want := range map[string]string{
		"tiktok token":    `{"access_token":"act.x1","expires_in":7200,"open_id":"-000sim-1a2b","refresh_expires_in":15552000,"refresh_token":"rft.y1","scope":"user.info.basic","token_type":"Bearer"}`,
		"youtube token":   `{"access_token":"y","expires_in":3600,"refresh_token":"1//","scope":"a b","token_type":"Bearer"}`,
		"instagram token": `{"data":[{"access_token":"IG1","user_id":"17840000000000001","permissions":"instagram_business_basic,instagram_business_manage_insights"}]}`,
		"instagram long":  `{"access_token":"IGL","token_type":"bearer","expires_in":5183944}`,
		"twitch token":    `{"access_token":"a","refresh_token":"r","expires_in":14124,"scope":["user:read:email"],"token_type":"bearer"}`,
	} {
		holds(t, name, w.parse(want), got[name])
	}
}

// holds says whether got has every field of want, in the same type.
func holds(t *testing.T, at string, want, got any) {
	t.Helper()
	if fmt.Sprintf("%T", want) != fmt.Sprintf("%T", got) {
		t.Errorf("%s is %T, want %T", at, got, want)
		return
	}
	switch want := want.(type) {
	case map[string]any:
		for name := range want {
			value, ok := got.(map[string]any)[name]
			if !ok {
				t.Errorf("%s lacks %s", at, name)
				continue
			}
			holds(t, at+"."+name, want[name], value)
		}
	case []any:
		if len(want) > 0 && len(got.([]any)) == 0 {
			t.Errorf("%s is empty", at)
		} else if len(want) > 0 {
			holds(t, at+"[0]", want[0], got.([]any)[0])
		}
	}
}

func TestEveryPlatformHasItsPage(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for platform, title := range map[string]string{"tiktok": "TikTok", "youtube": "YouTube", "instagram": "Instagram", "twitch": "Twitch"} {
		res, page := w.page(w.pageOf(platform))
		own, other := 0, 0
		page.Find("button[name=account]").Each(func(_ int, b *goquery.Selection) {
			own++
			if _, ok := w.box.AccountOn(platform, strings.TrimPrefix(strings.TrimSpace(b.Text()), "Continue as @")); !ok {
				other++
			}
		})
		if res.StatusCode != http.StatusOK || own < 10 || other != 0 || page.Find("h1").Text() != "Let Tribemarket read an account on "+title {
			t.Errorf("%s: %s, %d accounts, %d of others", platform, res.Status, own, other)
		}
		page.Find("fieldset label").Each(func(_ int, label *goquery.Selection) {
			if name := label.Find("input").AttrOr("value", ""); name == "" || strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(label.Text()), name)) == "" {
				t.Errorf("%s: the permission %q has no words", platform, name)
			}
		})
		style := w.base + platformPages[platform].path
		if res, _ := w.send("GET", style[:strings.LastIndex(style, "/")]+"/"+page.Find("link[rel=stylesheet]").AttrOr("href", ""), "", ""); res.StatusCode != http.StatusOK {
			t.Errorf("%s: the style answers %s", platform, res.Status)
		}
		wrong := strings.Replace(w.pageOf(platform), "ck", "other", 1)
		if res, body := w.send("GET", wrong, "", ""); res.StatusCode != http.StatusBadRequest || !strings.Contains(body, title) {
			t.Errorf("%s: another client: %s", platform, res.Status)
		}
	}
}

// Google gives a refresh token only to those who ask for one in the right way.
func TestYouTubeRefreshTokenOnDemand(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, change := range []string{"access_type=offline", "prompt=consent"} {
		address := strings.NewReplacer(change, "x=y").Replace(w.pageOf("youtube"))
		if got := w.tokenOn("youtube", "penne.sandbox", address); got["refresh_token"] != nil {
			t.Errorf("without %s there is a refresh token", change)
		}
	}
	if got := w.tokenOn("youtube", "penne.sandbox", w.pageOf("youtube")); got["refresh_token"] == nil {
		t.Error("there is no refresh token")
	}
}

// A token of one platform is worth nothing on another.
func TestTokensStayOnTheirPlatform(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	token, _ := w.tokenOn("youtube", "penne.sandbox", w.pageOf("youtube"))["access_token"].(string)
	for _, path := range []string{"/tiktok/v2/user/info/?fields=open_id", "/instagram/v25.0/me?fields=user_id", "/twitch/helix/users"} {
		if res, body := w.send("GET", w.base+path, "", "", "Authorization", "Bearer "+token, "Client-Id", "ck"); res.StatusCode != http.StatusUnauthorized || !json.Valid([]byte(body)) {
			t.Errorf("%s: %s", path, res.Status)
		}
	}
}

// A deleted account is gone from the page, too.
func TestDeletedAccount(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	a, _ := w.box.AccountOn("instagram", "penne.sandbox")
	w.box.RemoveConsent("instagram", a.OpenID, sandbox.ReasonAccountDeleted)
	if _, ok := w.box.AccountOn("instagram", "penne.sandbox"); ok {
		t.Error("the account is still there")
	}
	_, page := w.page(w.pageOf("instagram"))
	page.Find("button[name=account]").Each(func(_ int, b *goquery.Selection) {
		if id := b.AttrOr("value", ""); id == "" || id == a.OpenID {
			t.Errorf("the page offers %q", id)
		}
	})
	if res, _ := w.send("POST", w.pageOf("instagram"), formType, "account="+a.OpenID); res.StatusCode != http.StatusBadRequest {
		t.Errorf("it consents: %s", res.Status)
	}
}
