package instagram_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"tribemarket/internal/platforms/instagram"
	"tribemarket/internal/platforms/wire"
	"tribemarket/internal/platforms/wire/wiretest"
	"tribemarket/internal/testkit"
	"tribemarket/models/creators"
)

const (
	codes    = "POST /oauth/access_token"
	long     = "GET /access_token"
	refresh  = "GET /refresh_access_token"
	me       = "GET /v25.0/me"
	media    = "GET /v25.0/me/media"
	reel     = "GET /v25.0/1801/insights"
	audience = "GET /v25.0/17840000000000001/insights"
	callback = "http://127.0.0.1:1/auth/instagram/callback"

	wrapped   = `{"data":[{"access_token":"IG1","user_id":"17840000000000001","permissions":"instagram_business_basic,instagram_business_manage_insights"}]}`
	longToken = `{"access_token":"IGL","token_type":"bearer","expires_in":5183944}`
	account   = `{"user_id":"17840000000000001","id":"270001","username":"lea.cuisine","name":"Lea","account_type":"MEDIA_CREATOR","followers_count":12040,"follows_count":300,"media_count":410}`
	posts     = `{"data":[{"id":"1801","caption":"Pates #FoodTok","media_type":"VIDEO","media_product_type":"REELS","permalink":"https://www.instagram.com/reel/x/","timestamp":"2026-11-01T09:00:00+0000","like_count":840,"comments_count":31},
 {"id":"1802","media_type":"IMAGE","media_product_type":"FEED","timestamp":"2026-10-01T09:00:00+0000","comments_count":2}],"paging":{"cursors":{"before":"b","after":"a"}}}`
	figures = `{"data":[{"name":"views","period":"lifetime","values":[{"value":9120}],"title":"Views","id":"1801/insights/views/lifetime"},{"name":"shares","period":"lifetime","values":[{"value":64}]}]}`
	nobody  = `{"data":[]}`
)

var (
	clock = testkit.NewClock().Now
	token = creators.PlatformToken{Access: "very-secret", Scopes: instagram.Scopes()}
)

func provider(s *wiretest.StubServer) *instagram.Provider {
	return instagram.New(instagram.Config{
		ClientID: "cid", ClientSecret: "s3cret", CallbackURL: callback,
		AuthURL: s.URL + "/oauth/authorize", TokenURL: s.URL + "/oauth/access_token", APIURL: s.URL + "/",
	}, clock)
}

func demographics(by string, rows string) string {
	return `{"data":[{"name":"follower_demographics","period":"lifetime","total_value":{"breakdowns":[{"dimension_keys":["` + by + `"],"results":[` + rows + `]}]}}]}`
}

// good is a stub all of whose answers are right.
func good(t *testing.T) *wiretest.StubServer {
	return wiretest.NewStubServer(t).SetBodies(codes, wrapped).SetBodies(long, longToken).SetBodies(me, account).SetBodies(media, posts).SetBodies(reel, figures).SetBodies(audience,
		demographics("country", `{"dimension_values":["FR"],"value":800},{"dimension_values":["BE"],"value":200}`),
		demographics("age", `{"dimension_values":["18-24"],"value":750},{"dimension_values":["65+"],"value":250}`),
		demographics("gender", `{"dimension_values":["F"],"value":600},{"dimension_values":["M"],"value":300},{"dimension_values":["U"],"value":100}`))
}

func TestAuthorizeAddress(t *testing.T) {
	t.Parallel()
	session, _ := instagram.New(instagram.Config{ClientID: "cid", CallbackURL: callback}, clock).BeginAuth("s&t")
	address, _ := session.GetAuthURL()
	u, err := url.Parse(address)
	if err != nil || u.Scheme+"://"+u.Host+u.Path != "https://www.instagram.com/oauth/authorize" {
		t.Fatal(address, err)
	}
	want := url.Values{
		"client_id": {"cid"}, "response_type": {"code"}, "redirect_uri": {callback}, "state": {"s&t"},
		"scope": {"instagram_business_basic,instagram_business_manage_insights"},
	}
	if u.Query().Encode() != want.Encode() {
		t.Errorf("asks %v", u.Query())
	}
}

func authorize(p *instagram.Provider, code string) (*instagram.Session, error) {
	begun, _ := p.BeginAuth("state")
	session, _ := p.UnmarshalSession(begun.Marshal())
	_, err := session.Authorize(p, url.Values{"code": {code}})
	return session.(*instagram.Session), err
}

func TestSignIn(t *testing.T) {
	t.Parallel()
	for name, body := range map[string]string{
		"wrapped": wrapped,
		"flat":    `{"access_token":"IG1","user_id":17840000000000001,"permissions":["instagram_business_basic","instagram_business_manage_insights"]}`,
		"texts":   `{"access_token":"IG1","user_id":"17840000000000001","permissions":"instagram_business_basic,instagram_business_manage_insights"}`,
	} {
		s := good(t).SetBodies(codes, body)
		p := provider(s)
		session, err := authorize(p, "XYZ#_")
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		got, end := session.Token(), clock().Add(5_183_944*time.Second)
		if session.UserID != "17840000000000001" || got.Access != "IGL" || got.Refresh != "IGL" || !slices.Equal(got.Scopes, instagram.Scopes()) || !got.ExpiresAt.Equal(end) || !got.RefreshExpiresAt.Equal(end) {
			t.Errorf("%s: granted %#v to %s", name, got, session.UserID)
		}
		if q := s.RequestsTo(codes)[0].Values; q.Get("code") != "XYZ" || q.Get("grant_type") != "authorization_code" || q.Get("redirect_uri") != callback || q.Get("client_secret") != "s3cret" {
			t.Errorf("%s: asked %v", name, q)
		}
		if q := s.RequestsTo(long)[0].Values; q.Get("grant_type") != "ig_exchange_token" || q.Get("access_token") != "IG1" || q.Get("client_secret") != "s3cret" {
			t.Errorf("%s: asked %v", name, q)
		}
		if u, err := p.FetchUser(session); err != nil || u.NickName != "lea.cuisine" {
			t.Errorf("%s: user %q, %v", name, u.NickName, err)
		}
	}
}

func TestLeftOutScopes(t *testing.T) {
	t.Parallel()
	for permissions, want := range map[string][]string{`"instagram_business_basic"`: {instagram.ScopeInsights}, `[]`: instagram.Scopes(), `""`: instagram.Scopes()} {
		p := provider(good(t).SetBodies(codes, `{"access_token":"IG1","user_id":1,"permissions":`+permissions+`}`))
		session, err := authorize(p, "c")
		var missing instagram.MissingScopes
		if !errors.As(err, &missing) || !slices.Equal(missing, want) || session.Granted.Access != "IGL" {
			t.Errorf("with %s: %v", permissions, err)
		}
	}
}

func graphError(code int) string {
	return fmt.Sprintf(`{"error":{"message":"m","type":"OAuthException","code":%d,"error_subcode":463,"fbtrace_id":"TRACE"}}`, code)
}

func TestCodeFailures(t *testing.T) {
	t.Parallel()
	says := func(words string) string {
		return `{"error_type":"OAuthException","code":400,"error_message":"` + words + `"}`
	}
	for _, c := range []struct {
		status int
		body   string
		want   error
	}{
		{400, says("Matching code was not found or was already used"), creators.ErrReconnect},
		{200, says("Matching code was not found or was already used"), creators.ErrReconnect},
		{400, says("Invalid platform app"), creators.ErrPlatformSetup},
		{400, says("Error validating client secret"), creators.ErrPlatformSetup},
		{400, says("Make sure your redirect_uri is identical"), creators.ErrPlatformSetup},
		{429, says("slow down"), creators.ErrPlatformBusy},
		{400, graphError(190), creators.ErrReconnect},
		{200, graphError(4), creators.ErrPlatformBusy},
		{200, "", creators.ErrPlatformBusy}, {200, "{}", creators.ErrPlatformBusy}, {200, `{"data":[]}`, creators.ErrPlatformBusy}, {200, "null", creators.ErrPlatformBusy},
		{200, `{"access_token":"x"}`, creators.ErrPlatformBusy}, {302, wrapped, creators.ErrPlatformBusy}, {500, wrapped, creators.ErrPlatformBusy}, {502, "<html>", creators.ErrPlatformBusy},
	} {
		_, err := authorize(provider(good(t).SetAnswers(codes, wiretest.AnswerWith(c.status, c.body))), "c0de")
		if !errors.Is(err, c.want) || strings.Contains(err.Error(), "c0de") || strings.Contains(err.Error(), "s3cret") {
			t.Errorf("%d %s: %v, want %v", c.status, c.body, err, c.want)
		}
	}
	for body, want := range map[string]error{graphError(190): creators.ErrReconnect, "": creators.ErrPlatformBusy, "{}": creators.ErrPlatformBusy, graphError(101): creators.ErrPlatformSetup} {
		if _, err := authorize(provider(good(t).SetBodies(long, body)), "c"); !errors.Is(err, want) {
			t.Errorf("the long token, %s: %v", body, err)
		}
	}
	if _, err := authorize(provider(good(t)), ""); !errors.Is(err, creators.ErrReconnect) {
		t.Errorf("no code: %v", err)
	}
}

func TestRefresh(t *testing.T) {
	t.Parallel()
	s := wiretest.NewStubServer(t).SetBodies(refresh, `{"access_token":"IGM","token_type":"bearer","expires_in":5184000}`)
	p := provider(s)
	got, err := p.Refresh(t.Context(), creators.PlatformToken{Access: "IGL", Refresh: "IGL", Scopes: instagram.Scopes()})
	end := clock().Add(60 * 24 * time.Hour)
	if err != nil || got.Access != "IGM" || got.Refresh != "IGM" || !got.ExpiresAt.Equal(end) || !got.RefreshExpiresAt.Equal(end) || !slices.Equal(got.Scopes, instagram.Scopes()) {
		t.Errorf("%#v, %v", got, err)
	}
	if q := s.RequestsTo(refresh)[0].Values; q.Encode() != "access_token=IGL&grant_type=ig_refresh_token" {
		t.Errorf("asked %v", q)
	}
	if _, err := p.RefreshToken("IGL"); err != nil {
		t.Error(err)
	}
	p = provider(wiretest.NewStubServer(t).SetAnswers(refresh, wiretest.AnswerWith(400, graphError(190))))
	if _, err := p.Refresh(t.Context(), creators.PlatformToken{Access: "IGL"}); !errors.Is(err, creators.ErrReconnect) {
		t.Errorf("a dead token: %v", err)
	}
	if err := p.Revoke(t.Context(), token); err != nil {
		t.Errorf("revokes: %v", err)
	}
}

func TestRead(t *testing.T) {
	t.Parallel()
	s := good(t)
	got, err := provider(s).Read(t.Context(), token)
	if err != nil {
		t.Fatal(err)
	}
	if got.Platform != "instagram" || got.UserID != "17840000000000001" || got.Handle != "lea.cuisine" || got.DisplayName != "Lea" ||
		got.URL != "https://www.instagram.com/lea.cuisine" || *got.Followers != 12_040 || *got.Following != 300 || *got.Posts != 410 || got.Likes != nil || !got.ReadAt.Equal(clock()) {
		t.Errorf("profile %+v", got)
	}
	if len(got.LatestPosts) != 2 {
		t.Fatalf("posts %+v", got.LatestPosts)
	}
	video, image := got.LatestPosts[0], got.LatestPosts[1]
	if video.ID != "1801" || *video.Views != 9120 || *video.Likes != 840 || *video.Comments != 31 || *video.Shares != 64 || !slices.Equal(video.Hashtags, []string{"foodtok"}) ||
		video.URL != "https://www.instagram.com/reel/x/" || !video.PostedAt.Equal(time.Date(2026, 11, 1, 9, 0, 0, 0, time.UTC)) {
		t.Errorf("video %+v", video)
	}
	if image.Views != nil || image.Likes != nil || image.Shares != nil || *image.Comments != 2 {
		t.Errorf("an image whose likes are hidden: %+v", image)
	}
	want := []creators.AudiencePart{
		{Kind: creators.AudienceByCountry, Key: "FR", PPM: 800_000}, {Kind: creators.AudienceByCountry, Key: "BE", PPM: 200_000},
		{Kind: creators.AudienceByAge, Key: "18-24", PPM: 750_000}, {Kind: creators.AudienceByAge, Key: "65+", PPM: 250_000},
		{Kind: creators.AudienceByGender, Key: "female", PPM: 600_000}, {Kind: creators.AudienceByGender, Key: "male", PPM: 300_000}, {Kind: creators.AudienceByGender, Key: "other", PPM: 100_000},
	}
	if !slices.Equal(got.Audience, want) {
		t.Errorf("audience %v", got.Audience)
	}
	for _, r := range slices.Concat(s.RequestsTo(me), s.RequestsTo(media), s.RequestsTo(reel), s.RequestsTo(audience)) {
		if r.Values.Get("access_token") != "very-secret" {
			t.Errorf("%s without the token", r.To)
		}
	}
}

func TestReadWithoutInsights(t *testing.T) {
	t.Parallel()
	s := wiretest.NewStubServer(t).SetBodies(me, `{"data":[`+account+`]}`).SetBodies(media, posts)
	got, err := provider(s).Read(t.Context(), creators.PlatformToken{Access: "a", Scopes: []string{instagram.ScopeBasic}})
	if err != nil || got.Audience != nil || got.LatestPosts[0].Views != nil || *got.LatestPosts[0].Likes != 840 {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestInsightsThatAreNotThere(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		status int
		body   string
		want   error
	}{
		"none":              {200, nobody, nil},
		"no values":         {200, `{"data":[{"name":"views","values":[]},{"name":"shares"}]}`, nil},
		"below zero":        {200, `{"data":[{"name":"views","values":[{"value":-1}]}]}`, nil},
		"too few viewers":   {400, graphError(10), nil},
		"gone":              {400, graphError(100), nil},
		"a limit":           {400, graphError(4), creators.ErrPlatformBusy},
		"a limit at 200":    {200, graphError(613), creators.ErrPlatformBusy},
		"the token is over": {400, graphError(190), creators.ErrReconnect},
		"down":              {500, "", creators.ErrPlatformBusy},
	} {
		got, err := provider(good(t).SetAnswers(reel, wiretest.AnswerWith(c.status, c.body))).Read(t.Context(), token)
		if !errors.Is(err, c.want) || err == nil && (got.LatestPosts[0].Views != nil || got.LatestPosts[0].Shares != nil || *got.LatestPosts[0].Likes != 840) {
			t.Errorf("%s: %v", name, err)
		}
	}
	got, err := provider(good(t).SetBodies(reel, `{"data":[{"name":"views","total_value":{"value":7}}]}`)).Read(t.Context(), token)
	if err != nil || got.LatestPosts[0].Views == nil || *got.LatestPosts[0].Views != 7 {
		t.Errorf("a total value: %v", err)
	}
}

func TestAudienceThatIsNotThere(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		status int
		body   string
		want   error
		empty  bool
	}{
		"few followers":     {200, nobody, nil, true},
		"odd rows":          {200, demographics("country", `{},{"dimension_values":["FR"]},{"dimension_values":["FR"],"value":-1},{"dimension_values":["F","R"],"value":1}`), nil, true},
		"no permission":     {400, graphError(10), nil, false},
		"busy":              {200, graphError(17), nil, false},
		"the token is over": {400, graphError(190), creators.ErrReconnect, false},
	} {
		got, err := provider(good(t).SetAnswers(audience, wiretest.AnswerWith(c.status, c.body))).Read(t.Context(), token)
		if !errors.Is(err, c.want) || err == nil && ((got.Audience != nil) != c.empty || len(got.Audience) > 0 || len(got.LatestPosts) != 2) {
			t.Errorf("%s: %v, %v", name, got.Audience, err)
		}
	}
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
		{200, nobody, creators.ErrPlatformBusy},
		{200, "<html>", creators.ErrPlatformBusy},
		{302, account, creators.ErrPlatformBusy},
		{503, account, creators.ErrPlatformBusy},
		{401, "", creators.ErrReconnect},
		{401, "{}", creators.ErrReconnect},
		{400, graphError(190), creators.ErrReconnect},
		{200, graphError(190), creators.ErrReconnect},
		{403, graphError(10), creators.ErrMissingScope},
		{403, graphError(200), creators.ErrMissingScope},
		{400, graphError(4), creators.ErrPlatformBusy},
		{200, graphError(17), creators.ErrPlatformBusy},
		{400, graphError(32), creators.ErrPlatformBusy},
		{429, graphError(613), creators.ErrPlatformBusy},
		{500, graphError(2), creators.ErrPlatformBusy},
		{400, graphError(100), creators.ErrPlatformSetup},
		{200, strings.Replace(account, "MEDIA_CREATOR", "PERSONAL", 1), creators.ErrPersonalAccount},
	} {
		_, err := provider(good(t).SetAnswers(me, wiretest.AnswerWith(c.status, c.body))).Read(t.Context(), token)
		if !errors.Is(err, c.want) {
			t.Errorf("%d %s: %v, want %v", c.status, c.body, err, c.want)
			continue
		}
		if strings.Contains(err.Error(), "very-secret") {
			t.Errorf("the error tells the token: %v", err)
		}
		if strings.Contains(c.body, "TRACE") && !strings.Contains(err.Error(), "TRACE") {
			t.Errorf("the error lacks the platform's trace: %v", err)
		}
	}
	if _, err := provider(good(t).SetAnswers(media, wiretest.AnswerWith(200, graphError(4)))).Read(t.Context(), token); !errors.Is(err, creators.ErrPlatformBusy) {
		t.Errorf("posts: %v", err)
	}
}

func TestListsOfPosts(t *testing.T) {
	t.Parallel()
	page := func(after, next string, ids ...string) string {
		var all []string
		for _, id := range ids {
			all = append(all, `{"id":"`+id+`","media_type":"IMAGE","timestamp":"2026-11-01T09:00:00+0000"}`)
		}
		return `{"data":[` + strings.Join(all, ",") + `],"paging":{"cursors":{"after":"` + after + `"},"next":"` + next + `"}}`
	}
	for name, c := range map[string]struct {
		pages        []string
		asked, posts int
	}{
		"has two pages": {[]string{page("a", "https://elsewhere.example", "1", "2"), page("b", "", "2", "3")}, 2, 3},
		"stands still":  {[]string{page("a", "https://elsewhere.example", "1")}, 2, 1},
		"has no cursor": {[]string{page("", "https://elsewhere.example", "1")}, 1, 1},
		"is empty":      {[]string{nobody}, 1, 0},
	} {
		s := good(t).SetBodies(media, c.pages...)
		got, err := provider(s).Read(t.Context(), token)
		if err != nil || len(got.LatestPosts) != c.posts || got.LatestPosts == nil || len(s.RequestsTo(media)) != c.asked {
			t.Errorf("a list that %s: %d pages, %d posts, %v", name, len(s.RequestsTo(media)), len(got.LatestPosts), err)
		} else if c.asked == 2 && s.RequestsTo(media)[1].Values.Get("after") != "a" {
			t.Errorf("a list that %s goes on at %v", name, s.RequestsTo(media)[1].Values)
		}
	}
}

// sign is a request as Meta makes it.
func sign(secret, payload string) []byte {
	encoded := base64.RawURLEncoding.EncodeToString([]byte(payload))
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(encoded))
	return []byte(url.Values{"signed_request": {base64.URLEncoding.EncodeToString(mac.Sum(nil)) + "." + encoded}}.Encode())
}

func TestRemoval(t *testing.T) {
	t.Parallel()
	p, now := provider(wiretest.NewStubServer(t)), clock().Unix()
	payload := func(user string, at int64) string {
		return fmt.Sprintf(`{"user_id":%s,"algorithm":"HMAC-SHA256","issued_at":%d}`, user, at)
	}
	for _, user := range []string{`"17840000000000001"`, `17840000000000001`} {
		got, err := p.ReadRemoval(http.Header{}, sign("s3cret", payload(user, now-86_400)))
		if err != nil || got.UserID != "17840000000000001" || got.Kind != creators.DataRemoved || got.At.Unix() != now-86_400 {
			t.Errorf("%+v, %v", got, err)
		}
	}
	if got, err := p.ReadRemoval(http.Header{}, sign("s3cret", `{"user_id":"1","algorithm":"HMAC-SHA256"}`)); err != nil || !got.At.Equal(clock()) {
		t.Errorf("undated: %+v, %v", got, err)
	}
	if _, err := p.ReadRemoval(http.Header{}, sign("s3cret", payload(`""`, now))); !errors.Is(err, wire.ErrUnrelatedMessage) {
		t.Errorf("of nobody: %v", err)
	}
	good := string(sign("s3cret", payload(`"1"`, now)))
	for name, body := range map[string]string{
		"of another app": string(sign("another", payload(`"1"`, now))), "of the future": string(sign("s3cret", payload(`"1"`, now+301))),
		"of another algorithm": string(sign("s3cret", `{"user_id":"1","algorithm":"none"}`)), "of no algorithm": string(sign("s3cret", `{"user_id":"1"}`)),
		"that is no JSON": string(sign("s3cret", "x")), "empty": "", "without a dot": "signed_request=abc", "without a signature": "signed_request=." + good[strings.Index(good, ".")+1:],
		"changed": good + "A", "no form": "%zz", "with half a signature": strings.Replace(good, "signed_request=", "signed_request=A", 1),
	} {
		if got, err := p.ReadRemoval(http.Header{}, []byte(body)); !errors.Is(err, wire.ErrBadSignature) || got.UserID != "" {
			t.Errorf("a request %s: %+v, %v", name, got, err)
		}
	}
	if _, err := instagram.New(instagram.Config{}, clock).ReadRemoval(http.Header{}, sign("", payload(`"1"`, now))); !errors.Is(err, wire.ErrBadSignature) {
		t.Errorf("an app without a secret: %v", err)
	}
}

func FuzzRemoval(f *testing.F) {
	for _, body := range []string{"", "signed_request=", "signed_request=.", "signed_request=a.b", "signed_request=a.b.c", string(sign("another", `{"user_id":"1","algorithm":"HMAC-SHA256"}`)), "%zz", "\x00"} {
		f.Add([]byte(body))
	}
	p := instagram.New(instagram.Config{ClientSecret: "s3cret"}, clock)
	f.Fuzz(func(t *testing.T, body []byte) {
		if got, err := p.ReadRemoval(http.Header{}, body); !errors.Is(err, wire.ErrBadSignature) {
			t.Errorf("%+v, %v", got, err)
		}
	})
}

// What is signed rightly can still say anything.
func FuzzSignedRemoval(f *testing.F) {
	for _, payload := range []string{`{"user_id":"1","algorithm":"HMAC-SHA256","issued_at":1763600000}`, `{"user_id":1e9,"algorithm":"hmac-sha256"}`, `{"issued_at":-1}`, "null", "[]", ""} {
		f.Add(payload)
	}
	p := instagram.New(instagram.Config{ClientSecret: "s3cret"}, clock)
	f.Fuzz(func(t *testing.T, payload string) {
		got, err := p.ReadRemoval(http.Header{}, sign("s3cret", payload))
		if (err == nil) != (got.UserID != "") || err != nil && !errors.Is(err, wire.ErrBadSignature) && !errors.Is(err, wire.ErrUnrelatedMessage) {
			t.Errorf("%+v, %v", got, err)
		}
	})
}

func FuzzCallback(f *testing.F) {
	for _, q := range []string{"", "code=XYZ%23_", "code=%23_", "error=access_denied&error_reason=user_denied", "code=a&code=b", "code=%00", "%zz"} {
		f.Add(q)
	}
	p := provider(wiretest.NewStubServer(f).SetAnswers(codes, wiretest.AnswerWith(400, `{"error_type":"OAuthException","code":400,"error_message":"Matching code was not found or was already used"}`)))
	f.Fuzz(func(t *testing.T, query string) {
		q, _ := url.ParseQuery(query)
		if session, err := authorize(p, q.Get("code")); session.Granted.Access != "" || !errors.Is(err, creators.ErrReconnect) {
			t.Errorf("%v", err)
		}
	})
}
