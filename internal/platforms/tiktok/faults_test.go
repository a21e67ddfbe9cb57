package tiktok_test

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"tribemarket/internal/platforms/tiktok"
	"tribemarket/models/creators"
)

const okUser = `{"data":{"user":{"open_id":"o","username":"h"}},"error":{"code":"ok","message":"","log_id":"1"}}`

// stub answers user info and each page of videos with fixed bodies.
func stub(t *testing.T, user, videos func(w http.ResponseWriter)) *tiktok.Provider {
	t.Helper()
	mux := http.NewServeMux()
	mux.HandleFunc("GET /v2/user/info/", func(w http.ResponseWriter, _ *http.Request) { user(w) })
	mux.HandleFunc("POST /v2/video/list/", func(w http.ResponseWriter, _ *http.Request) { videos(w) })
	mux.HandleFunc("GET /elsewhere", func(http.ResponseWriter, *http.Request) { t.Error("a redirect was followed") })
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return tiktok.New(tiktok.Config{APIURL: server.URL + "/"}, func() time.Time { return time.Unix(1_800_000_000, 0).UTC() })
}

func says(status int, body string) func(http.ResponseWriter) {
	return func(w http.ResponseWriter) {
		if status/100 == 3 {
			w.Header().Set("Location", "/elsewhere")
		}
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}
}

func failure(code string) string {
	return `{"data":{},"error":{"code":"` + code + `","message":"m","log_id":"2026LOG"}}`
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
		{200, `{"data":{"user":{"open_id":"o"}}}`, creators.ErrPlatformBusy},
		{200, `{"data":{"user":{"follower_count":"many"}},"error":{"code":"ok"}}`, creators.ErrPlatformBusy},
		{200, `{"data":{"user":{"follower_count":1e400}},"error":{"code":"ok"}}`, creators.ErrPlatformBusy},
		{200, "<html>maintenance</html>", creators.ErrPlatformBusy},
		{302, okUser, creators.ErrPlatformBusy},
		{302, "", creators.ErrPlatformBusy},
		{403, "", creators.ErrPlatformBusy},
		{403, failure("something_new"), creators.ErrPlatformBusy},
		{503, okUser, creators.ErrPlatformBusy},
		{200, failure("internal_error"), creators.ErrPlatformBusy},
		{429, failure("rate_limit_exceeded"), creators.ErrPlatformBusy},
		{401, failure("access_token_invalid"), creators.ErrReconnect},
		{200, failure("access_token_invalid"), creators.ErrReconnect},
		{401, failure("scope_not_authorized"), creators.ErrMissingScope},
		{400, failure("scope_permission_missed"), creators.ErrMissingScope},
		{400, failure("invalid_params"), creators.ErrPlatformSetup},
	} {
		p := stub(t, says(c.status, c.body), says(200, failure("ok")))
		_, err := p.Read(t.Context(), creators.PlatformToken{Access: "act.very-secret"})
		if !errors.Is(err, c.want) {
			t.Errorf("%d %s: %v, want %v", c.status, c.body, err, c.want)
			continue
		}
		if strings.Contains(err.Error(), "very-secret") {
			t.Errorf("the error tells the token: %v", err)
		}
		if strings.Contains(c.body, "2026LOG") && !strings.Contains(err.Error(), "2026LOG") {
			t.Errorf("the error lacks the platform's log id: %v", err)
		}
	}
}

func TestNobodyAnswers(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.NotFoundHandler())
	server.Close()
	p := tiktok.New(tiktok.Config{APIURL: server.URL, TokenURL: server.URL}, time.Now)
	if _, err := p.Read(t.Context(), creators.PlatformToken{Access: "a"}); !errors.Is(err, creators.ErrPlatformBusy) {
		t.Error(err)
	}
	if _, err := p.RefreshToken("r"); !errors.Is(err, creators.ErrPlatformBusy) {
		t.Error(err)
	}
	p = tiktok.New(tiktok.Config{APIURL: "http://[", TokenURL: "http://["}, time.Now)
	if _, err := p.Read(t.Context(), creators.PlatformToken{Access: "a"}); !errors.Is(err, creators.ErrPlatformSetup) {
		t.Error(err)
	}
	if _, err := p.RefreshToken("r"); !errors.Is(err, creators.ErrPlatformSetup) {
		t.Error(err)
	}
}

func page(cursor int, more bool, videos ...string) string {
	return fmt.Sprintf(`{"data":{"videos":[%s],"cursor":%d,"has_more":%t},"error":{"code":"ok"}}`, strings.Join(videos, ","), cursor, more)
}

func TestOddFigures(t *testing.T) {
	t.Parallel()
	user := `{"data":{"user":{"open_id":"o","username":"h\u0000x","display_name":" A\u0007 ","avatar_url":"javascript:alert(1)","follower_count":-1,"likes_count":9007199254740993}},"error":{"code":"ok"}}`
	p := stub(t, says(200, user), says(200, page(0, false,
		`{"id":"old","create_time":1600000000,"view_count":0,"like_count":-5,"share_url":"ftp://x/y","video_description":"two\u0000\nlines #One","title":"#two"}`,
		`{"id":"new","create_time":1700000000,"duration":-3}`,
		`{"id":"","create_time":1700000000}`, `{"id":"undated"}`, `{"id":"wild","create_time":9000000000000}`)))
	got, err := p.Read(t.Context(), creators.PlatformToken{Access: "a"})
	if err != nil {
		t.Fatal(err)
	}
	if got.Handle != "hx" || got.DisplayName != "A" || got.AvatarURL != "" || got.Followers != nil || *got.Likes != 9007199254740993 {
		t.Errorf("profile %+v", got)
	}
	if len(got.LatestPosts) != 2 || got.LatestPosts[0].ID != "new" || got.LatestPosts[0].Duration != 0 || got.LatestPosts[0].Views != nil {
		t.Fatalf("posts %+v", got.LatestPosts)
	}
	old := got.LatestPosts[1]
	if *old.Views != 0 || old.Likes != nil || old.URL != "" || old.Caption != "two\nlines #One" || strings.Join(old.Hashtags, " ") != "two one" {
		t.Errorf("post %+v", old)
	}
}
