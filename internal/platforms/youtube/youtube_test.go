package youtube_test

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"tribemarket/internal/platforms/wire/wiretest"
	"tribemarket/internal/platforms/youtube"
	"tribemarket/internal/testkit"
	"tribemarket/models/creators"
)

const (
	tokens    = "POST /token"
	revoke    = "POST /revoke"
	channels  = "GET /youtube/v3/channels"
	playlist  = "GET /youtube/v3/playlistItems"
	videos    = "GET /youtube/v3/videos"
	reports   = "GET /v2/reports"
	callback  = "http://127.0.0.1:1/auth/youtube/callback"
	noReport  = `{"kind":"youtubeAnalytics#resultTable","columnHeaders":[],"rows":[]}`
	oneItem   = `{"kind":"youtube#playlistItemListResponse","items":[{"contentDetails":{"videoId":"vidSIM00001","videoPublishedAt":"2026-11-01T09:00:00Z"}}]}`
	noVideo   = `{"kind":"youtube#videoListResponse","items":[]}`
	oneAnswer = `{"access_token":"ya29.a","expires_in":3599,"refresh_token":"1//r","scope":"https://www.googleapis.com/auth/yt-analytics.readonly https://www.googleapis.com/auth/youtube.readonly","token_type":"Bearer"}`

	oneChannel = `{"kind":"youtube#channelListResponse","etag":"e","pageInfo":{"totalResults":1,"resultsPerPage":5},"items":[{"kind":"youtube#channel","id":"UCsim000000000000000001",
 "snippet":{"title":"Lea","customUrl":"@leacuisine","publishedAt":"2019-04-02T10:00:00Z","country":"FR","thumbnails":{"default":{"url":"https://x/1.jpg","width":88,"height":88}}},
 "contentDetails":{"relatedPlaylists":{"likes":"","uploads":"UUsim000000000000000001"}},
 "statistics":{"viewCount":"1840220","subscriberCount":"15300","hiddenSubscriberCount":false,"videoCount":"96"}}]}`
	oneVideo = `{"kind":"youtube#videoListResponse","pageInfo":{"totalResults":1,"resultsPerPage":1},"items":[{"kind":"youtube#video","id":"vidSIM00001",
 "snippet":{"title":"Pates #FoodTok","channelId":"UCsim000000000000000001","publishedAt":"2026-11-01T09:00:00Z","liveBroadcastContent":"none"},
 "contentDetails":{"duration":"PT3M21S"},"statistics":{"viewCount":"20410","likeCount":"1204","favoriteCount":"0","commentCount":"96"},
 "paidProductPlacementDetails":{"hasPaidProductPlacement":true}}]}`
	people = `{"kind":"youtubeAnalytics#resultTable","columnHeaders":[{"name":"ageGroup","columnType":"DIMENSION","dataType":"STRING"},{"name":"gender","columnType":"DIMENSION","dataType":"STRING"},
 {"name":"viewerPercentage","columnType":"METRIC","dataType":"FLOAT"}],"rows":[["age18-24","female",60.0],["age25-34","male",37.5],["age65-","user_specified",2.5]]}`
	places = `{"kind":"youtubeAnalytics#resultTable","columnHeaders":[{"name":"country"},{"name":"views"}],"rows":[["FR",700],["BE",200],["ZZ",100]]}`
)

var (
	clock = testkit.NewClock().Now
	token = creators.PlatformToken{Access: "very-secret", Scopes: youtube.Scopes()}
)

func provider(s *wiretest.StubServer) *youtube.Provider {
	return youtube.New(youtube.Config{
		ClientID: "cid", ClientSecret: "s3cret", CallbackURL: callback,
		AuthURL: s.URL + "/auth", TokenURL: s.URL + "/token", RevokeURL: s.URL + "/revoke", APIURL: s.URL + "/", AnalyticsURL: s.URL,
	}, clock)
}

// good is a stub all of whose answers are right.
func good(t *testing.T) *wiretest.StubServer {
	return wiretest.NewStubServer(t).SetBodies(tokens, oneAnswer).SetBodies(channels, oneChannel).SetBodies(playlist, oneItem).SetBodies(videos, oneVideo).SetBodies(reports, people, places)
}

func TestAuthorizeAddress(t *testing.T) {
	t.Parallel()
	session, err := youtube.New(youtube.Config{ClientID: "cid", CallbackURL: callback}, clock).BeginAuth("s&t")
	if err != nil {
		t.Fatal(err)
	}
	address, _ := session.GetAuthURL()
	u, err := url.Parse(address)
	if err != nil || u.Scheme+"://"+u.Host+u.Path != "https://accounts.google.com/o/oauth2/v2/auth" {
		t.Fatal(address, err)
	}
	q := u.Query()
	if len(q.Get("code_challenge")) != 43 {
		t.Errorf("challenge %q", q.Get("code_challenge"))
	}
	q.Del("code_challenge")
	want := url.Values{
		"client_id": {"cid"}, "response_type": {"code"}, "redirect_uri": {callback}, "state": {"s&t"}, "access_type": {"offline"}, "prompt": {"consent"},
		"include_granted_scopes": {"true"}, "code_challenge_method": {"S256"},
		"scope": {"https://www.googleapis.com/auth/youtube.readonly https://www.googleapis.com/auth/yt-analytics.readonly"},
	}
	if q.Encode() != want.Encode() {
		t.Errorf("asks %v", q)
	}
}

func TestSignIn(t *testing.T) {
	t.Parallel()
	s := good(t)
	p := provider(s)
	begun, _ := p.BeginAuth("state")
	session, err := p.UnmarshalSession(begun.Marshal())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := session.Authorize(p, url.Values{"code": {"4/c"}}); err != nil {
		t.Fatal(err)
	}
	asked := s.RequestsTo(tokens)[0].Values
	if asked.Get("code") != "4/c" || asked.Get("redirect_uri") != callback || asked.Get("client_id") != "cid" || asked.Get("client_secret") != "s3cret" || len(asked.Get("code_verifier")) < 43 {
		t.Errorf("asked %v", asked)
	}
	got := session.(*youtube.Session).Token()
	if got.Access != "ya29.a" || got.Refresh != "1//r" || len(got.Scopes) != 2 || !got.ExpiresAt.Equal(clock().Add(3599*time.Second)) || !got.RefreshExpiresAt.IsZero() {
		t.Errorf("granted %#v", got)
	}
	if u, err := p.FetchUser(session); err != nil || u.UserID != "UCsim000000000000000001" || u.NickName != "leacuisine" {
		t.Errorf("user %q %q, %v", u.UserID, u.NickName, err)
	}
}

// Google's own name for what is refused is in the scope of the answer alone.
func TestLeftOutScopes(t *testing.T) {
	t.Parallel()
	for scope, want := range map[string][]string{youtube.ScopeChannel: nil, youtube.ScopeAnalytics: {youtube.ScopeChannel}, "": {youtube.ScopeChannel}} {
		p := provider(wiretest.NewStubServer(t).SetBodies(tokens, `{"access_token":"a","expires_in":1,"scope":"`+scope+`"}`))
		session, _ := p.BeginAuth("state")
		_, err := session.Authorize(p, url.Values{"code": {"c"}})
		var missing youtube.MissingScopes
		if errors.As(err, &missing) != (want != nil) || !slices.Equal(missing, want) || (want != nil) != errors.Is(err, creators.ErrMissingScope) {
			t.Errorf("with %q: %v", scope, err)
		}
	}
}

func TestRead(t *testing.T) {
	t.Parallel()
	s := good(t)
	got, err := provider(s).Read(t.Context(), token)
	if err != nil {
		t.Fatal(err)
	}
	if got.Platform != "youtube" || got.UserID != "UCsim000000000000000001" || got.Handle != "leacuisine" || got.DisplayName != "Lea" || got.Country != "FR" ||
		got.AvatarURL != "https://x/1.jpg" || got.URL != "https://www.youtube.com/channel/UCsim000000000000000001" || !got.ReadAt.Equal(clock()) {
		t.Errorf("profile %+v", got)
	}
	if *got.Followers != 15_300 || *got.Posts != 96 || got.Likes != nil || got.Following != nil || len(got.LatestPosts) != 1 {
		t.Fatalf("figures %+v", got)
	}
	post := got.LatestPosts[0]
	if post.ID != "vidSIM00001" || *post.Views != 20_410 || *post.Likes != 1204 || *post.Comments != 96 || post.Shares != nil || post.Duration != 201*time.Second ||
		post.URL != "https://www.youtube.com/watch?v=vidSIM00001" || !slices.Equal(post.Hashtags, []string{"foodtok"}) || !post.PostedAt.Equal(time.Date(2026, 11, 1, 9, 0, 0, 0, time.UTC)) {
		t.Errorf("post %+v", post)
	}
	want := []creators.AudiencePart{
		{Kind: creators.AudienceByCountry, Key: "FR", PPM: 700_000}, {Kind: creators.AudienceByCountry, Key: "BE", PPM: 200_000},
		{Kind: creators.AudienceByAge, Key: "18-24", PPM: 600_000}, {Kind: creators.AudienceByAge, Key: "25-34", PPM: 375_000}, {Kind: creators.AudienceByAge, Key: "65+", PPM: 25_000},
		{Kind: creators.AudienceByGender, Key: "female", PPM: 600_000}, {Kind: creators.AudienceByGender, Key: "male", PPM: 375_000}, {Kind: creators.AudienceByGender, Key: "other", PPM: 25_000},
	}
	if !slices.Equal(got.Audience, want) {
		t.Errorf("audience %v", got.Audience)
	}
	if q := s.RequestsTo(channels)[0]; q.Values.Encode() != "mine=true&part=snippet%2Cstatistics%2CcontentDetails" || q.Header.Get("Authorization") != "Bearer very-secret" {
		t.Errorf("asked %v", q)
	}
	if q := s.RequestsTo(playlist)[0].Values; q.Get("playlistId") != "UUsim000000000000000001" || q.Get("maxResults") != "50" || q.Has("pageToken") {
		t.Errorf("asked %v", q)
	}
	q := s.RequestsTo(reports)[0].Values
	if from, _ := time.Parse(time.DateOnly, q.Get("startDate")); q.Get("ids") != "channel==MINE" || q.Get("endDate") >= clock().Format(time.DateOnly) || clock().Sub(from) > 92*24*time.Hour {
		t.Errorf("asked %v", q)
	}
}

func TestReadWithoutAnalytics(t *testing.T) {
	t.Parallel()
	s := wiretest.NewStubServer(t).SetBodies(channels, oneChannel).SetBodies(playlist, oneItem).SetBodies(videos, oneVideo)
	got, err := provider(s).Read(t.Context(), creators.PlatformToken{Access: "a", Scopes: []string{youtube.ScopeChannel}})
	if err != nil || got.Audience != nil || len(got.LatestPosts) != 1 {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestAudienceThatIsNotThere(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		answer wiretest.Answer
		want   error
		empty  bool
	}{
		"few viewers":   {wiretest.AnswerWith(200, noReport), nil, true},
		"no rows":       {wiretest.AnswerWith(200, `{"kind":"youtubeAnalytics#resultTable","columnHeaders":[]}`), nil, true},
		"odd rows":      {wiretest.AnswerWith(200, `{"kind":"k","columnHeaders":[{"name":"country"},{"name":"views"}],"rows":[[],[1],["FR","many"],["FR",-3,4,5],["FR",1e300]]}`), nil, true},
		"no permission": {wiretest.AnswerWith(403, failure(403, "forbidden")), nil, false},
		"busy":          {wiretest.AnswerWith(500, ""), nil, false},
		"token is over": {wiretest.AnswerWith(401, failure(401, "authError")), creators.ErrReconnect, false},
	} {
		got, err := provider(good(t).SetAnswers(reports, c.answer)).Read(t.Context(), token)
		if !errors.Is(err, c.want) || (err == nil && (len(got.LatestPosts) != 1 || (got.Audience != nil) != c.empty || len(got.Audience) != 0)) {
			t.Errorf("%s: %v, %v", name, got.Audience, err)
		}
	}
}

func failure(status int, reason string) string {
	return `{"error":{"code":` + strconv.Itoa(status) + `,"message":"m","errors":[{"message":"m","domain":"youtube","reason":"` + reason + `"}],"status":"S` + http.StatusText(status) + `"}}`
}

func TestOddAnswers(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		status int
		body   string
		want   error
	}{
		{200, "", creators.ErrPlatformBusy},
		{200, "null", creators.ErrPlatformBusy},
		{200, "[]", creators.ErrPlatformBusy},
		{200, "{}", creators.ErrPlatformBusy},
		{200, "<html>", creators.ErrPlatformBusy},
		{200, `{"kind":"youtube#x","items":{}}`, creators.ErrPlatformBusy},
		{200, `{"kind":"youtube#channelListResponse","items":[{}]}`, creators.ErrPlatformBusy},
		{200, `{"kind":"youtube#channelListResponse","pageInfo":{"totalResults":0}}`, creators.ErrNoAccount},
		{302, "", creators.ErrPlatformBusy},
		{302, oneChannel, creators.ErrPlatformBusy},
		{500, oneChannel, creators.ErrPlatformBusy},
		{200, failure(200, "quotaExceeded"), creators.ErrPlatformBusy},
		{403, failure(403, "quotaExceeded"), creators.ErrPlatformBusy},
		{403, failure(403, "rateLimitExceeded"), creators.ErrPlatformBusy},
		{429, failure(429, "something_new"), creators.ErrPlatformBusy},
		{500, failure(500, "backendError"), creators.ErrPlatformBusy},
		{401, failure(401, "authError"), creators.ErrReconnect},
		{401, "", creators.ErrReconnect},
		{401, failure(401, "something_new"), creators.ErrReconnect},
		{403, failure(403, "authenticatedUserAccountClosed"), creators.ErrReconnect},
		{403, failure(403, "authenticatedUserAccountSuspended"), creators.ErrReconnect},
		{401, failure(401, "youtubeSignupRequired"), creators.ErrNoAccount},
		{403, failure(403, "forbidden"), creators.ErrMissingScope},
		{403, `{"error":{"code":403,"message":"m","status":"PERMISSION_DENIED"}}`, creators.ErrMissingScope},
		{403, failure(403, "accessNotConfigured"), creators.ErrPlatformSetup},
		{400, failure(400, "missingRequiredParameter"), creators.ErrPlatformSetup},
	} {
		_, err := provider(wiretest.NewStubServer(t).SetAnswers(channels, wiretest.AnswerWith(c.status, c.body))).Read(t.Context(), token)
		if !errors.Is(err, c.want) {
			t.Errorf("%d %s: %v, want %v", c.status, c.body, err, c.want)
		} else if strings.Contains(err.Error(), "very-secret") {
			t.Errorf("the error tells the token: %v", err)
		}
	}
}

func TestOddFigures(t *testing.T) {
	t.Parallel()
	s := good(t).
		SetBodies(channels, `{"kind":"k","items":[{"id":"UC1","snippet":{"title":" A\u0007","country":"France","thumbnails":{"default":{"url":"javascript:x"}}},"contentDetails":{"relatedPlaylists":{"uploads":"UU1"}},"statistics":{"subscriberCount":"15300","hiddenSubscriberCount":true,"videoCount":"-3"}}]}`).
		SetBodies(playlist, `{"kind":"k","items":[{"contentDetails":{"videoId":"a"}},{"contentDetails":{"videoId":""}},{"contentDetails":{"videoId":"b,c"}},{}]}`).
		SetBodies(videos, `{"kind":"k","items":[{"id":"a","snippet":{"title":"a","publishedAt":"2026-11-01T09:00:00Z"},"statistics":{"likeCount":"1e9"},"contentDetails":{"duration":"P0D"}},
 {"id":"p","snippet":{"publishedAt":"2026-11-01T09:00:00Z"},"status":{"privacyStatus":"private"}},{"id":"u","snippet":{"publishedAt":"2026-11-01T09:00:00Z","liveBroadcastContent":"upcoming"}},
 {"id":"","snippet":{"publishedAt":"2026-11-01T09:00:00Z"}},{"id":"undated"},{"id":"late","snippet":{"publishedAt":"9999-11-01T09:00:00Z"}}]}`)
	got, err := provider(s).Read(t.Context(), token)
	if err != nil {
		t.Fatal(err)
	}
	if got.Followers != nil || got.Posts != nil || got.Country != "" || got.AvatarURL != "" || got.DisplayName != "A" || got.Handle != "UC1" || got.URL != "https://www.youtube.com/channel/UC1" {
		t.Errorf("profile %+v", got)
	}
	if len(got.LatestPosts) != 1 || got.LatestPosts[0].Views != nil || got.LatestPosts[0].Likes != nil || got.LatestPosts[0].Comments != nil || got.LatestPosts[0].Duration != 0 {
		t.Errorf("posts %+v", got.LatestPosts)
	}
	if ids := s.RequestsTo(videos)[0].Values.Get("id"); ids != "a" {
		t.Errorf("asked for %q", ids)
	}
}

func TestListsOfVideos(t *testing.T) {
	t.Parallel()
	endless := `{"kind":"k","nextPageToken":"EAAa","items":[{"contentDetails":{"videoId":"a"}}]}`
	for name, c := range map[string]struct {
		pages        []wiretest.Answer
		asked, posts int
		want         error
	}{
		"stands still":       {[]wiretest.Answer{wiretest.AnswerWith(200, endless)}, 2, 1, nil},
		"is not there":       {[]wiretest.Answer{wiretest.AnswerWith(404, failure(404, "playlistNotFound"))}, 1, 0, nil},
		"is empty":           {[]wiretest.Answer{wiretest.AnswerWith(200, `{"kind":"k"}`)}, 1, 0, nil},
		"fails halfway":      {[]wiretest.Answer{wiretest.AnswerWith(200, endless), wiretest.AnswerWith(500, "")}, 2, 0, creators.ErrPlatformBusy},
		"ends with a reason": {[]wiretest.Answer{wiretest.AnswerWith(403, failure(403, "quotaExceeded"))}, 1, 0, creators.ErrPlatformBusy},
	} {
		s := good(t).SetAnswers(playlist, c.pages...)
		got, err := provider(s).Read(t.Context(), token)
		if !errors.Is(err, c.want) || len(got.LatestPosts) != c.posts || len(s.RequestsTo(playlist)) != c.asked || (err == nil && got.LatestPosts == nil) {
			t.Errorf("a list that %s: %d pages, %d posts, %v", name, len(s.RequestsTo(playlist)), len(got.LatestPosts), err)
		}
	}
}

func TestDurations(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]time.Duration{
		"PT3M21S": 201 * time.Second, "PT1H": time.Hour, "P1DT2S": 24*time.Hour + 2*time.Second, "P0D": 0, "": 0, "3:21": 0, "PT1.5S": 0, "PT-3S": 0, "PT99999999999999S": 0,
	} {
		body := strings.Replace(oneVideo, "PT3M21S", text, 1)
		got, err := provider(good(t).SetBodies(videos, body)).Read(t.Context(), token)
		if err != nil || got.LatestPosts[0].Duration != want {
			t.Errorf("%q lasts %v, want %v (%v)", text, got.LatestPosts[0].Duration, want, err)
		}
	}
}

func TestTokenFailures(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		status int
		body   string
		want   error
	}{
		{400, `{"error":"invalid_grant","error_description":"Bad Request"}`, creators.ErrReconnect},
		{401, `{"error":"invalid_client","error_description":"Unauthorized"}`, creators.ErrPlatformSetup},
		{400, `{"error":"redirect_uri_mismatch"}`, creators.ErrPlatformSetup},
		{200, `{"error":"invalid_grant"}`, creators.ErrReconnect},
		{200, `{}`, creators.ErrPlatformBusy},
		{200, ``, creators.ErrPlatformBusy},
		{503, `{"error":"temporarily_unavailable"}`, creators.ErrPlatformBusy},
		{500, `{"error":{"code":500}}`, creators.ErrPlatformBusy},
		{500, oneAnswer, creators.ErrPlatformBusy},
	} {
		p := provider(wiretest.NewStubServer(t).SetAnswers(tokens, wiretest.AnswerWith(c.status, c.body)))
		session, _ := p.BeginAuth("state")
		if _, err := session.Authorize(p, url.Values{"code": {"c0de"}}); !errors.Is(err, c.want) || strings.Contains(err.Error(), "c0de") || strings.Contains(err.Error(), "s3cret") {
			t.Errorf("%d %s: %v, want %v", c.status, c.body, err, c.want)
		}
		if _, err := p.Refresh(t.Context(), creators.PlatformToken{Refresh: "r"}); !errors.Is(err, c.want) {
			t.Errorf("refresh, %d %s: %v, want %v", c.status, c.body, err, c.want)
		}
	}
}

// Google gives no second refresh token with a refresh.
func TestRefreshKeepsTheRefreshToken(t *testing.T) {
	t.Parallel()
	s := wiretest.NewStubServer(t).SetBodies(tokens, `{"access_token":"new","expires_in":3600,"token_type":"Bearer"}`, `{"access_token":"newer","expires_in":3600,"refresh_token":"other","scope":"x"}`)
	p := provider(s)
	got, err := p.Refresh(t.Context(), creators.PlatformToken{Access: "old", Refresh: "1//r", Scopes: youtube.Scopes()})
	if err != nil || got.Access != "new" || got.Refresh != "1//r" || !slices.Equal(got.Scopes, youtube.Scopes()) || !got.ExpiresAt.Equal(clock().Add(time.Hour)) {
		t.Errorf("%#v, %v", got, err)
	}
	if q := s.RequestsTo(tokens)[0].Values; q.Get("grant_type") != "refresh_token" || q.Get("refresh_token") != "1//r" || q.Get("client_secret") != "s3cret" {
		t.Errorf("asked %v", q)
	}
	if again, err := p.RefreshToken("1//r"); err != nil || again.AccessToken != "newer" || again.RefreshToken != "other" {
		t.Errorf("through goth: %v", err)
	}
}

func TestRevoke(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		status int
		body   string
		want   error
	}{
		{200, "", nil}, {200, "{}", nil}, {400, `{"error":"invalid_token","error_description":"Token expired or revoked"}`, nil},
		{400, `{"error":"invalid_request"}`, creators.ErrPlatformSetup}, {503, "", creators.ErrPlatformBusy}, {302, "{}", creators.ErrPlatformBusy}, {429, "{}", creators.ErrPlatformBusy},
	} {
		s := wiretest.NewStubServer(t).SetAnswers(revoke, wiretest.AnswerWith(c.status, c.body))
		if err := provider(s).Revoke(t.Context(), creators.PlatformToken{Access: "a", Refresh: "r"}); !errors.Is(err, c.want) {
			t.Errorf("%d %s: %v, want %v", c.status, c.body, err, c.want)
		}
		if got := s.RequestsTo(revoke)[0].Values.Get("token"); got != "r" {
			t.Errorf("revokes %q", got)
		}
	}
}

func FuzzCallback(f *testing.F) {
	for _, q := range []string{"", "code=4%2Fc", "code=&state=s", "error=access_denied", "code=a&code=b", "code=%00", "scope=x&code=c", "%zz"} {
		f.Add(q)
	}
	s := wiretest.NewStubServer(f).SetAnswers(tokens, wiretest.AnswerWith(400, `{"error":"invalid_grant"}`))
	p := provider(s)
	f.Fuzz(func(t *testing.T, query string) {
		q, _ := url.ParseQuery(query)
		session, err := p.BeginAuth("state")
		if err != nil {
			t.Fatal(err)
		}
		if access, err := session.Authorize(p, q); access != "" || !errors.Is(err, creators.ErrReconnect) {
			t.Errorf("%q, %v", access, err)
		}
	})
}
