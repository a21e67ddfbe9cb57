package sandbox_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"tribemarket/internal/platforms/sandbox"
	"tribemarket/internal/testkit"
)

const callback = "http://127.0.0.1:1/auth/tiktok/callback"

type world struct {
	t     *testing.T
	clock *testkit.Clock
	box   *sandbox.Sandbox
	base  string
}

func newWorld(t *testing.T, further ...sandbox.Account) *world {
	t.Helper()
	clock := testkit.NewClock()
	box := sandbox.New(clock.Now, append(sandbox.DefaultAccounts(clock.Now()), further...), sandbox.Options{
		ClientKey: "ck", ClientSecret: "cs", RedirectURIs: []string{callback}, SlowFor: time.Minute,
	})
	// Below a path, as an app may mount it.
	server := httptest.NewServer(http.StripPrefix("/sandbox", box))
	t.Cleanup(server.Close)
	return &world{t, clock, box, server.URL + "/sandbox"}
}

func (w *world) authorizeAddress(change ...string) string {
	q := url.Values{
		"client_key": {"ck"}, "response_type": {"code"}, "redirect_uri": {callback}, "state": {"s"},
		"scope": {"user.info.basic,user.info.profile,user.info.stats,video.list"},
	}
	for i := 0; i+1 < len(change); i += 2 {
		q.Set(change[i], change[i+1])
	}
	return w.base + "/tiktok/v2/auth/authorize/?" + q.Encode()
}

// send answers with status, header and body, and follows nothing.
func (w *world) send(method, address, contentType, body string, header ...string) (*http.Response, string) {
	w.t.Helper()
	req, err := http.NewRequest(method, address, strings.NewReader(body))
	if err != nil {
		w.t.Fatal(err)
	}
	if contentType != "" {
		req.Header.Set("Content-Type", contentType)
	}
	for i := 0; i+1 < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	res, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		w.t.Fatal(err)
	}
	defer res.Body.Close()
	content, err := io.ReadAll(res.Body)
	if err != nil {
		w.t.Fatal(err)
	}
	return res, string(content)
}

const formType = "application/x-www-form-urlencoded"

func (w *world) form(path string, values url.Values) (int, map[string]any) {
	w.t.Helper()
	res, body := w.send("POST", w.base+path, formType, values.Encode())
	return res.StatusCode, w.parse(body)
}

func (w *world) parse(body string) map[string]any {
	w.t.Helper()
	var got map[string]any
	if err := json.Unmarshal([]byte(body), &got); err != nil {
		w.t.Fatalf("%v in %s", err, body)
	}
	return got
}

// token is an access token of the account, with the scopes.
func (w *world) token(openID string, scopes ...string) string {
	w.t.Helper()
	res, _ := w.send("POST", w.authorizeAddress(), formType, url.Values{"account": {openID}, "grant": scopes}.Encode())
	back, err := res.Location()
	if err != nil {
		w.t.Fatal(res.Status, err)
	}
	status, got := w.form("/tiktok/v2/oauth/token/", w.codeForm(back.Query().Get("code")))
	if status != http.StatusOK {
		w.t.Fatal(status, got)
	}
	return got["access_token"].(string)
}

func (w *world) codeForm(code string, change ...string) url.Values {
	v := url.Values{"client_key": {"ck"}, "client_secret": {"cs"}, "code": {code}, "grant_type": {"authorization_code"}, "redirect_uri": {callback}}
	for i := 0; i+1 < len(change); i += 2 {
		v.Set(change[i], change[i+1])
	}
	return v
}

// api calls with the token and gives status, error code and data.
func (w *world) api(method, path, token, body string) (int, string, map[string]any) {
	w.t.Helper()
	res, answer := w.send(method, w.base+path, "application/json", body, "Authorization", "Bearer "+token)
	got := w.parse(answer)
	failure := got["error"].(map[string]any)
	if failure["log_id"] == "" || res.Header.Get("Cache-Control") != "no-store" {
		w.t.Errorf("%s has log_id %q, headers %v", path, failure["log_id"], res.Header)
	}
	return res.StatusCode, failure["code"].(string), got["data"].(map[string]any)
}

func TestTokenRefusals(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, c := range []struct {
		form url.Values
		want string
	}{
		{w.codeForm("none"), "invalid_grant"},
		{w.codeForm("none", "client_key", "x"), "invalid_client"},
		{w.codeForm("none", "client_secret", "x"), "invalid_client"},
		{w.codeForm("none", "grant_type", "password"), "unsupported_grant_type"},
		{w.codeForm("none", "grant_type", "refresh_token", "refresh_token", "none"), "invalid_grant"},
	} {
		status, got := w.form("/tiktok/v2/oauth/token/", c.form)
		if status != http.StatusBadRequest || got["error"] != c.want || got["error_description"] == "" || got["log_id"] == "" {
			t.Errorf("%v: %d %v, want %s", c.form, status, got, c.want)
		}
	}
	res, body := w.send("POST", w.base+"/tiktok/v2/oauth/token/", "application/json", `{"client_key":"ck"}`)
	if res.StatusCode != http.StatusBadRequest || w.parse(body)["error"] != "invalid_request" {
		t.Errorf("JSON: %s %s", res.Status, body)
	}
	if res, _ := w.send("POST", w.base+"/tiktok/v2/oauth/token/", formType, "a="+strings.Repeat("x", 65<<10)); res.StatusCode != http.StatusBadRequest {
		t.Errorf("a large form: %s", res.Status)
	}
	if res, _ := w.send("GET", w.base+"/tiktok/v2/oauth/token/", "", ""); res.StatusCode != http.StatusMethodNotAllowed {
		t.Errorf("GET: %s", res.Status)
	}
	if status, got := w.form("/tiktok/v2/oauth/revoke/", url.Values{"client_key": {"ck"}, "client_secret": {"cs"}, "token": {"none"}}); status != http.StatusBadRequest || got["error"] != "invalid_grant" {
		t.Errorf("revoke: %d %v", status, got)
	}
}

func TestUserInfo(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	basic, all := w.token("-000sandbox-001", "user.info.basic"), w.token("-000sandbox-001", "user.info.basic", "user.info.profile", "user.info.stats")
	for _, c := range []struct {
		token, query string
		status       int
		code         string
	}{
		{"none", "?fields=open_id", 401, "access_token_invalid"},
		{basic, "", 400, "invalid_params"},
		{basic, "?fields=", 400, "invalid_params"},
		{basic, "?fields=open_id,email", 400, "invalid_params"},
		{basic, "?fields=open_id,username", 401, "scope_not_authorized"},
		{basic, "?fields=follower_count", 401, "scope_not_authorized"},
		{basic, "?fields=open_id,union_id,avatar_url,display_name", 200, "ok"},
		{all, "?fields=open_id,bio_description,profile_deep_link,is_verified,username,follower_count,following_count,likes_count,video_count", 200, "ok"},
	} {
		status, code, data := w.api("GET", "/tiktok/v2/user/info/"+c.query, c.token, "")
		if status != c.status || code != c.code {
			t.Errorf("%s: %d %s, want %d %s", c.query, status, code, c.status, c.code)
		}
		if user, _ := data["user"].(map[string]any); c.code == "ok" && len(user) != strings.Count(c.query, ",")+1 {
			t.Errorf("%s: %v", c.query, user)
		}
	}
	w.clock.Advance(2 * time.Hour)
	if status, code, _ := w.api("GET", "/tiktok/v2/user/info/?fields=open_id", basic, ""); status != 401 || code != "access_token_invalid" {
		t.Errorf("after two hours: %d %s", status, code)
	}
}

func TestVideoList(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	token := w.token("-000sandbox-001", "user.info.basic", "video.list")
	list := func(body string) (ids []string, cursor int64, more bool) {
		t.Helper()
		status, code, data := w.api("POST", "/tiktok/v2/video/list/?fields=id,create_time", token, body)
		if status != 200 || code != "ok" {
			t.Fatal(status, code)
		}
		for _, v := range data["videos"].([]any) {
			ids = append(ids, v.(map[string]any)["id"].(string))
		}
		return ids, int64(data["cursor"].(float64)), data["has_more"].(bool)
	}
	account, _ := w.box.TikTokAccount("PENNE.sandbox")
	var want []string
	for _, v := range account.Videos {
		want = append(want, v.ID)
	}
	for _, size := range []int{1, 7, 10, 17, 20} {
		var got []string
		for cursor, more := int64(0), true; more; {
			var ids []string
			ids, cursor, more = list(fmt.Sprintf(`{"cursor":%d,"max_count":%d}`, cursor, size))
			got = append(got, ids...)
		}
		if !slices.Equal(got, want) {
			t.Errorf("in pages of %d: %v", size, got)
		}
	}
	if ids, _, more := list("{}"); len(ids) != 10 || !more {
		t.Errorf("without a count: %d videos, more %t", len(ids), more)
	}
	account.Videos = append(account.Videos, sandbox.Video{ID: "1", PostedAt: w.clock.Now().Add(time.Minute)})
	w.box.PutAccounts(account)
	if ids, _, _ := list("{}"); ids[0] == "1" {
		t.Error("a video is out before its time")
	}
	w.clock.Advance(time.Minute)
	if ids, _, _ := list("{}"); ids[0] != "1" {
		t.Error("a video is not out at its time")
	}
}

func TestVideoRefusals(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	token, other := w.token("-000sandbox-001", "video.list"), w.token("-000sandbox-001", "user.info.basic")
	account, _ := w.box.TikTokAccount("penne.sandbox")
	foreign, _ := w.box.TikTokAccount("chapter.sandbox")
	many := strings.TrimSuffix(strings.Repeat(`"1",`, 21), ",")
	for _, c := range []struct {
		path, token, body string
		status            int
		code              string
	}{
		{"list/?fields=id", "none", "{}", 401, "access_token_invalid"},
		{"list/?fields=id", other, "{}", 401, "scope_not_authorized"},
		{"list/", token, "{}", 400, "invalid_params"},
		{"list/?fields=id,saves", token, "{}", 400, "invalid_params"},
		{"list/?fields=id", token, "", 400, "invalid_params"},
		{"list/?fields=id", token, `{"max_count":21}`, 400, "invalid_params"},
		{"list/?fields=id", token, `{"max_count":0}`, 400, "invalid_params"},
		{"query/?fields=id", other, "{}", 401, "scope_not_authorized"},
		{"query/?fields=id", token, "{}", 400, "invalid_params"},
		{"query/?fields=id", token, `{"filters":{"video_ids":[` + many + `]}}`, 400, "invalid_params"},
	} {
		status, code, _ := w.api("POST", "/tiktok/v2/video/"+c.path, c.token, c.body)
		if status != c.status || code != c.code {
			t.Errorf("%s %s: %d %s, want %d %s", c.path, c.body, status, code, c.status, c.code)
		}
	}
	_, _, data := w.api("POST", "/tiktok/v2/video/query/?fields=id,view_count", token,
		fmt.Sprintf(`{"filters":{"video_ids":[%q,%q]}}`, account.Videos[3].ID, foreign.Videos[0].ID))
	found := data["videos"].([]any)
	if len(found) != 1 || found[0].(map[string]any)["id"] != account.Videos[3].ID || len(data) != 1 {
		t.Errorf("query found %v", data)
	}
}

func TestScriptRunsInOrder(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	token := w.token("-000sandbox-001", "user.info.basic")
	w.box.ScriptFaults(sandbox.OnUserInfo, sandbox.TooManyRequests, sandbox.NoFault, sandbox.ErrorWithStatus200, sandbox.ServerError)
	for _, want := range []string{"429 rate_limit_exceeded", "200 ok", "200 internal_error", "500 internal_error", "200 ok"} {
		status, code, _ := w.api("GET", "/tiktok/v2/user/info/?fields=open_id", token, "")
		if got := fmt.Sprint(status, " ", code); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

func TestDefaultAccounts(t *testing.T) {
	t.Parallel()
	now := testkit.ClockStart
	endings := map[string]string{"": ".sandbox", "youtube": ".sandbox", "instagram": ".sandbox", "twitch": "_sandbox"}
	handles, ids, perPlatform := map[string]bool{}, map[string]bool{}, map[string]int{}
	for _, a := range sandbox.DefaultAccounts(now) {
		perPlatform[a.Platform]++
		handle := a.Platform + " " + a.Username
		if handles[handle] || ids[a.OpenID] || endings[a.Platform] == "" || !strings.HasSuffix(a.Username, endings[a.Platform]) {
			t.Errorf("account %q %q", a.OpenID, handle)
		}
		handles[handle], ids[a.OpenID] = true, true
		for _, v := range a.Videos {
			if ids[v.ID] || len(v.ID) != 19 || v.PostedAt.After(now) || v.Views <= 0 || v.Likes > v.Views {
				t.Errorf("%s has video %+v", handle, v)
			}
			ids[v.ID] = true
		}
	}
	for platform := range endings {
		if perPlatform[platform] < 10 {
			t.Errorf("%d accounts on %q", perPlatform[platform], platform)
		}
	}
}
