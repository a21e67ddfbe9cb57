package twitch_test

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"tribemarket/internal/platforms/twitch"
	"tribemarket/internal/platforms/wire/wiretest"
	"tribemarket/internal/testkit"
	"tribemarket/models/creators"
)

const (
	tokens    = "POST /oauth2/token"
	revoke    = "POST /oauth2/revoke"
	validate  = "GET /oauth2/validate"
	users     = "GET /helix/users"
	followers = "GET /helix/channels/followers"
	videos    = "GET /helix/videos"
	callback  = "http://127.0.0.1:1/auth/twitch/callback"

	oneToken  = `{"access_token":"a","refresh_token":"r","expires_in":14124,"scope":[],"token_type":"bearer"}`
	oneUser   = `{"data":[{"id":"141","login":"leacuisine","display_name":"LeaCuisine","type":"","broadcaster_type":"affiliate","description":"Live","profile_image_url":"https://x/1.png","created_at":"2020-05-04T10:00:00Z"}]}`
	noData    = `{"data":[],"pagination":{}}`
	total     = `{"total":23110,"data":[],"pagination":{}}`
	oneVideo  = `{"data":[{"id":"335","user_id":"141","title":"Live pates #FoodTok","created_at":"2026-11-10T19:00:00Z","url":"https://www.twitch.tv/videos/335","viewable":"public","view_count":1840,"language":"fr","type":"archive","duration":"2h3m21s"}],"pagination":{}}`
	badToken  = `{"error":"Unauthorized","status":401,"message":"Invalid OAuth token"}`
	validates = `{"client_id":"cid","login":"leacuisine","scopes":[],"user_id":"141","expires_in":5520}`
)

var (
	clock = testkit.NewClock().Now
	token = creators.PlatformToken{Access: "very-secret", Refresh: "r"}
)

func provider(s *wiretest.StubServer) *twitch.Provider {
	return twitch.New(twitch.Config{
		ClientID: "cid", ClientSecret: "s3cret", CallbackURL: callback,
		AuthURL: s.URL + "/oauth2/authorize", TokenURL: s.URL + "/oauth2/token", RevokeURL: s.URL + "/oauth2/revoke", ValidateURL: s.URL + "/oauth2/validate",
		APIURL: s.URL + "/helix/",
	}, clock)
}

// good is a stub all of whose answers are right.
func good(t *testing.T) *wiretest.StubServer {
	return wiretest.NewStubServer(t).SetBodies(tokens, oneToken).SetBodies(users, oneUser).SetBodies(followers, total).SetBodies(videos, oneVideo).SetBodies(validate, validates)
}

func TestAuthorizeAddress(t *testing.T) {
	t.Parallel()
	session, _ := twitch.New(twitch.Config{ClientID: "cid", CallbackURL: callback}, clock).BeginAuth("s&t")
	address, _ := session.GetAuthURL()
	u, err := url.Parse(address)
	if err != nil || u.Scheme+"://"+u.Host+u.Path != "https://id.twitch.tv/oauth2/authorize" {
		t.Fatal(address, err)
	}
	want := url.Values{"client_id": {"cid"}, "response_type": {"code"}, "redirect_uri": {callback}, "state": {"s&t"}, "scope": {""}, "force_verify": {"true"}}
	if u.Query().Encode() != want.Encode() {
		t.Errorf("asks %v", u.Query())
	}
}

func authorize(p *twitch.Provider, code string) (*twitch.Session, error) {
	begun, _ := p.BeginAuth("state")
	session, _ := p.UnmarshalSession(begun.Marshal())
	_, err := session.Authorize(p, url.Values{"code": {code}})
	return session.(*twitch.Session), err
}

func TestSignIn(t *testing.T) {
	t.Parallel()
	for _, scope := range []string{`[]`, `["user:read:email"]`, `[""]`, `null`} {
		s := good(t).SetBodies(tokens, strings.Replace(oneToken, "[]", scope, 1))
		p := provider(s)
		session, err := authorize(p, "c")
		if err != nil {
			t.Fatal(scope, err)
		}
		if got := session.Token(); got.Access != "a" || got.Refresh != "r" || !got.ExpiresAt.Equal(clock().Add(14_124*time.Second)) || !got.RefreshExpiresAt.IsZero() {
			t.Errorf("granted %#v", got)
		}
		if q := s.RequestsTo(tokens)[0].Values; q.Get("code") != "c" || q.Get("redirect_uri") != callback || q.Get("client_id") != "cid" || q.Get("client_secret") != "s3cret" || q.Get("grant_type") != "authorization_code" {
			t.Errorf("asked %v", q)
		}
		if u, err := p.FetchUser(session); err != nil || u.UserID != "141" || u.NickName != "leacuisine" {
			t.Errorf("user %q, %v", u.UserID, err)
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
	if got.Platform != "twitch" || got.UserID != "141" || got.Handle != "leacuisine" || got.DisplayName != "LeaCuisine" || got.Bio != "Live" || got.Verified ||
		got.AvatarURL != "https://x/1.png" || got.URL != "https://www.twitch.tv/leacuisine" || !got.ReadAt.Equal(clock()) {
		t.Errorf("profile %+v", got)
	}
	if *got.Followers != 23_110 || got.Following != nil || got.Likes != nil || got.Posts != nil || got.Audience != nil || len(got.LatestPosts) != 1 {
		t.Fatalf("figures %+v", got)
	}
	v := got.LatestPosts[0]
	if v.ID != "335" || *v.Views != 1840 || v.Likes != nil || v.Comments != nil || v.Shares != nil || v.Duration != 2*time.Hour+3*time.Minute+21*time.Second ||
		v.URL != "https://www.twitch.tv/videos/335" || v.Hashtags[0] != "foodtok" || !v.PostedAt.Equal(time.Date(2026, 11, 10, 19, 0, 0, 0, time.UTC)) {
		t.Errorf("video %+v", v)
	}
	for _, to := range []string{users, followers, videos} {
		if h := s.RequestsTo(to)[0].Header; h.Get("Authorization") != "Bearer very-secret" || h.Get("Client-Id") != "cid" {
			t.Errorf("%s with %v", to, h)
		}
	}
	if q := s.RequestsTo(followers)[0].Values; q.Encode() != "broadcaster_id=141&first=1" {
		t.Errorf("asked %v", q)
	}
	if q := s.RequestsTo(videos)[0].Values; q.Encode() != "first=100&sort=time&type=all&user_id=141" {
		t.Errorf("asked %v", q)
	}
}

func TestOddAnswers(t *testing.T) {
	t.Parallel()
	failure := func(status int) string {
		return fmt.Sprintf(`{"error":"Something","status":%d,"message":"m"}`, status)
	}
	for _, c := range []struct {
		status int
		body   string
		want   error
	}{
		{200, "", creators.ErrPlatformBusy}, {200, "null", creators.ErrPlatformBusy}, {200, "[]", creators.ErrPlatformBusy}, {200, "{}", creators.ErrPlatformBusy}, {200, "<html>", creators.ErrPlatformBusy},
		{200, `{"data":{}}`, creators.ErrPlatformBusy}, {302, oneUser, creators.ErrPlatformBusy}, {503, oneUser, creators.ErrPlatformBusy}, {503, "", creators.ErrPlatformBusy},
		{401, badToken, creators.ErrReconnect}, {401, "", creators.ErrReconnect}, {401, "{}", creators.ErrReconnect}, {200, badToken, creators.ErrReconnect},
		{429, failure(429), creators.ErrPlatformBusy}, {500, failure(500), creators.ErrPlatformBusy}, {200, failure(429), creators.ErrPlatformBusy},
		{403, failure(403), creators.ErrMissingScope}, {400, failure(400), creators.ErrPlatformSetup}, {404, failure(404), creators.ErrPlatformSetup},
	} {
		for _, to := range []string{users, followers, videos} {
			_, err := provider(good(t).SetAnswers(to, wiretest.AnswerWith(c.status, c.body))).Read(t.Context(), token)
			if !errors.Is(err, c.want) {
				t.Errorf("%s %d %s: %v, want %v", to, c.status, c.body, err, c.want)
			} else if strings.Contains(err.Error(), "very-secret") {
				t.Errorf("the error tells the token: %v", err)
			}
		}
	}
	if _, err := provider(good(t).SetBodies(users, noData)).Read(t.Context(), token); !errors.Is(err, creators.ErrPlatformBusy) {
		t.Errorf("nobody: %v", err)
	}
}

func TestOddFigures(t *testing.T) {
	t.Parallel()
	s := good(t).
		SetBodies(users, `{"data":[{"id":141,"login":"lea\u0000","broadcaster_type":"partner","profile_image_url":"http://x"}]}`).
		SetBodies(followers, `{"total":-1,"data":[]}`).
		SetBodies(videos, `{"data":[{"id":"1","created_at":"2026-11-10T19:00:00Z","view_count":-3,"duration":"soon","url":"javascript:x"},
 {"id":"2","created_at":"2026-11-10T19:00:00Z","viewable":"private"},{"id":"","created_at":"2026-11-10T19:00:00Z"},{"id":"undated"},{"id":"late","created_at":"9999-01-01T00:00:00Z"}]}`)
	got, err := provider(s).Read(t.Context(), token)
	if err != nil || got.UserID != "141" || got.Handle != "lea" || !got.Verified || got.AvatarURL != "" || got.Followers != nil {
		t.Fatalf("profile %+v, %v", got, err)
	}
	if len(got.LatestPosts) != 1 || got.LatestPosts[0].Views != nil || got.LatestPosts[0].Duration != 0 || got.LatestPosts[0].URL != "" {
		t.Errorf("videos %+v", got.LatestPosts)
	}
}

func TestListsOfVideos(t *testing.T) {
	t.Parallel()
	page := func(cursor string, ids ...string) string {
		var all []string
		for _, id := range ids {
			all = append(all, `{"id":"`+id+`","created_at":"2026-11-10T19:00:00Z"}`)
		}
		return `{"data":[` + strings.Join(all, ",") + `],"pagination":{"cursor":"` + cursor + `"}}`
	}
	for name, c := range map[string]struct {
		pages        []string
		asked, posts int
	}{
		"has two pages": {[]string{page("x", "1", "2"), page("", "2", "3")}, 2, 3},
		"stands still":  {[]string{page("x", "1")}, 2, 1},
		"is empty":      {[]string{noData}, 1, 0},
	} {
		s := good(t).SetBodies(videos, c.pages...)
		got, err := provider(s).Read(t.Context(), token)
		if err != nil || got.LatestPosts == nil || len(got.LatestPosts) != c.posts || len(s.RequestsTo(videos)) != c.asked {
			t.Errorf("a list that %s: %d pages, %d posts, %v", name, len(s.RequestsTo(videos)), len(got.LatestPosts), err)
		} else if c.asked == 2 && s.RequestsTo(videos)[1].Values.Get("after") != "x" {
			t.Errorf("a list that %s goes on at %v", name, s.RequestsTo(videos)[1].Values)
		}
	}
}

func TestDurations(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]time.Duration{"3m21s": 201 * time.Second, "21s": 21 * time.Second, "1h": time.Hour, "": 0, "-3s": 0, "1d": 0, "99999999999s": 0} {
		got, err := provider(good(t).SetBodies(videos, strings.Replace(oneVideo, "2h3m21s", text, 1))).Read(t.Context(), token)
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
		{400, `{"status":400,"message":"Invalid authorization code"}`, creators.ErrReconnect},
		{401, `{"error":"Unauthorized","status":401,"message":"Invalid refresh token"}`, creators.ErrReconnect},
		{400, `{"error":"Bad Request","status":400,"message":"Invalid refresh token"}`, creators.ErrReconnect},
		{400, `{"status":400,"message":"invalid client"}`, creators.ErrPlatformSetup},
		{403, `{"status":403,"message":"invalid client secret"}`, creators.ErrPlatformSetup},
		{400, `{"status":400,"message":"Parameter redirect_uri does not match registered URI"}`, creators.ErrPlatformSetup},
		{429, `{"status":429,"message":"slow down"}`, creators.ErrPlatformBusy}, {500, `{"status":500,"message":"m"}`, creators.ErrPlatformBusy},
		{200, "", creators.ErrPlatformBusy}, {200, "{}", creators.ErrPlatformBusy}, {302, oneToken, creators.ErrPlatformBusy}, {502, "<html>", creators.ErrPlatformBusy},
	} {
		p := provider(wiretest.NewStubServer(t).SetAnswers(tokens, wiretest.AnswerWith(c.status, c.body)))
		if _, err := authorize(p, "c0de"); !errors.Is(err, c.want) || strings.Contains(err.Error(), "c0de") || strings.Contains(err.Error(), "s3cret") {
			t.Errorf("%d %s: %v, want %v", c.status, c.body, err, c.want)
		}
		if _, err := p.Refresh(t.Context(), token); !errors.Is(err, c.want) {
			t.Errorf("refresh, %d %s: %v, want %v", c.status, c.body, err, c.want)
		}
	}
}

func TestRefresh(t *testing.T) {
	t.Parallel()
	s := wiretest.NewStubServer(t).SetBodies(tokens, `{"access_token":"b","refresh_token":"q","expires_in":14000,"scope":[]}`, `{"access_token":"c","expires_in":14000}`)
	p := provider(s)
	got, err := p.Refresh(t.Context(), token)
	if err != nil || got.Access != "b" || got.Refresh != "q" || !got.ExpiresAt.Equal(clock().Add(14_000*time.Second)) {
		t.Errorf("%#v, %v", got, err)
	}
	if q := s.RequestsTo(tokens)[0].Values; q.Get("grant_type") != "refresh_token" || q.Get("refresh_token") != "r" || q.Get("client_id") != "cid" {
		t.Errorf("asked %v", q)
	}
	if got, err = p.Refresh(t.Context(), got); err != nil || got.Access != "c" || got.Refresh != "q" {
		t.Errorf("without another refresh token: %#v, %v", got, err)
	}
}

func TestRevoke(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		status int
		body   string
		want   error
	}{
		{200, "", nil}, {400, `{"status":400,"message":"Invalid token"}`, nil}, {404, `{"status":404,"message":"client does not exist"}`, creators.ErrPlatformSetup},
		{400, `{"status":400,"message":"missing client id"}`, creators.ErrPlatformSetup}, {503, "", creators.ErrPlatformBusy}, {429, "{}", creators.ErrPlatformBusy},
	} {
		s := wiretest.NewStubServer(t).SetAnswers(revoke, wiretest.AnswerWith(c.status, c.body))
		if err := provider(s).Revoke(t.Context(), token); !errors.Is(err, c.want) {
			t.Errorf("%d %s: %v, want %v", c.status, c.body, err, c.want)
		}
		if q := s.RequestsTo(revoke)[0].Values; q.Encode() != "client_id=cid&token=very-secret" {
			t.Errorf("asked %v", q)
		}
	}
}

func TestValidate(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		status int
		body   string
		want   error
	}{
		{200, validates, nil}, {401, `{"status":401,"message":"invalid access token"}`, creators.ErrReconnect}, {401, "", creators.ErrReconnect},
		{200, strings.Replace(validates, "cid", "other", 1), creators.ErrReconnect}, {200, "{}", creators.ErrPlatformBusy}, {200, "", creators.ErrPlatformBusy},
		{500, validates, creators.ErrPlatformBusy}, {429, "{}", creators.ErrPlatformBusy}, {302, validates, creators.ErrPlatformBusy},
	} {
		s := wiretest.NewStubServer(t).SetAnswers(validate, wiretest.AnswerWith(c.status, c.body))
		if err := provider(s).Validate(t.Context(), token); !errors.Is(err, c.want) {
			t.Errorf("%d %s: %v, want %v", c.status, c.body, err, c.want)
		}
		if h := s.RequestsTo(validate)[0].Header.Get("Authorization"); h != "OAuth very-secret" {
			t.Errorf("asked with %q", h)
		}
	}
}

func FuzzCallback(f *testing.F) {
	for _, q := range []string{"", "code=c", "code=c&scope=", "error=access_denied", "code=%00", "%zz"} {
		f.Add(q)
	}
	p := provider(wiretest.NewStubServer(f).SetAnswers(tokens, wiretest.AnswerWith(400, `{"status":400,"message":"Invalid authorization code"}`)))
	f.Fuzz(func(t *testing.T, query string) {
		q, _ := url.ParseQuery(query)
		begun, _ := p.BeginAuth("state")
		if access, err := begun.Authorize(p, q); access != "" || !errors.Is(err, creators.ErrReconnect) {
			t.Errorf("%q, %v", access, err)
		}
	})
}
