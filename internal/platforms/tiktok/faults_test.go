package tiktok_test

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"tribemarket/internal/platforms/sandbox"
	"tribemarket/internal/platforms/tiktok"
	"tribemarket/models"
	"tribemarket/models/creators"
)

func TestFaults(t *testing.T) {
	t.Parallel()
	wants := map[sandbox.Kind]error{
		sandbox.Down: creators.ErrBusy, sandbox.Busy: creators.ErrBusy, sandbox.At200: creators.ErrBusy, sandbox.Garbage: creators.ErrBusy,
		sandbox.Huge: creators.ErrBusy, sandbox.Slow: creators.ErrBusy, sandbox.Revoked: creators.ErrReconnect,
	}
	codes := map[error]models.Code{creators.ErrBusy: models.CodeUnavailable, creators.ErrReconnect: models.CodeForbidden}
	for kind, want := range wants {
		for _, on := range []sandbox.Endpoint{sandbox.OnToken, sandbox.OnUserInfo, sandbox.OnVideoList} {
			t.Run(string(on)+" "+string(kind), func(t *testing.T) {
				t.Parallel()
				w := newWorld(t)
				p := w.provider(func(c *tiktok.Config) {
					if kind == sandbox.Slow {
						c.Timeout = 200 * time.Millisecond
					}
				})
				session, query := w.consent(p, "penne.sandbox")
				w.sandbox.Script(on, kind)
				_, err := session.Authorize(p, query)
				if on != sandbox.OnToken && err == nil {
					_, err = p.Read(t.Context(), session.(*tiktok.Session).Token())
				}
				if !errors.Is(err, want) || models.CodeOf(err) != codes[want] {
					t.Errorf("%v, want %v", err, want)
				}
				if kind == sandbox.Slow || on == sandbox.OnToken && kind == sandbox.Revoked {
					return
				}
				// A fault passes: the same sign-in, tried again, works.
				if on == sandbox.OnToken {
					if _, err := session.Authorize(p, query); err != nil {
						t.Errorf("after the fault: %v", err)
					}
				}
				if _, err := p.Read(t.Context(), session.(*tiktok.Session).Token()); err != nil {
					t.Errorf("after the fault: %v", err)
				}
			})
		}
	}
}

func TestFaultAccounts(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.provider(func(c *tiktok.Config) { c.Timeout = 300 * time.Millisecond })
	tried := 0
	for _, a := range sandbox.DefaultAccounts(w.clock.Now()) {
		if a.Platform != "" || a.Fault.Kind == sandbox.Fine {
			continue
		}
		tried++
		session, query := w.consent(p, a.Username)
		_, err := session.Authorize(p, query)
		if (err != nil) != (a.Fault.On == sandbox.OnToken) {
			t.Errorf("%s: authorize gave %v", a.Username, err)
			continue
		}
		if err == nil {
			_, err = p.Read(t.Context(), session.(*tiktok.Session).Token())
		}
		if want := map[bool]error{true: creators.ErrReconnect, false: creators.ErrBusy}[a.Fault.Kind == sandbox.Revoked]; !errors.Is(err, want) {
			t.Errorf("%s: %v, want %v", a.Username, err, want)
		}
	}
	if tried < 8 {
		t.Errorf("only %d accounts with faults", tried)
	}
}

// The provider lets go of a body as soon as it is too large.
func TestHugeBodyIsNotRead(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	var taken atomic.Int64
	p := w.provider(through(func(r *http.Request) (*http.Response, error) {
		res, err := http.DefaultTransport.RoundTrip(r)
		if err == nil {
			res.Body = &meter{res.Body, &taken}
		}
		return res, err
	}))
	w.sandbox.Script(sandbox.OnToken, sandbox.Huge)
	session, query := w.consent(p, "penne.sandbox")
	if _, err := session.Authorize(p, query); !errors.Is(err, creators.ErrBusy) {
		t.Error(err)
	}
	if n := taken.Load(); n < 1<<20 || n > 1<<20+1 {
		t.Errorf("%d bytes were read", n)
	}
}

type meter struct {
	io.ReadCloser
	taken *atomic.Int64
}

func (m *meter) Read(p []byte) (int, error) {
	n, err := m.ReadCloser.Read(p)
	m.taken.Add(int64(n))
	return n, err
}

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
		{200, "", creators.ErrBusy},
		{200, "null", creators.ErrBusy},
		{200, "[]", creators.ErrBusy},
		{200, `{"data":{"user":{"open_id":"o"}}}`, creators.ErrBusy},
		{200, `{"data":{"user":{"follower_count":"many"}},"error":{"code":"ok"}}`, creators.ErrBusy},
		{200, `{"data":{"user":{"follower_count":1e400}},"error":{"code":"ok"}}`, creators.ErrBusy},
		{200, "<html>maintenance</html>", creators.ErrBusy},
		{302, okUser, creators.ErrBusy},
		{302, "", creators.ErrBusy},
		{403, "", creators.ErrBusy},
		{403, failure("something_new"), creators.ErrBusy},
		{503, okUser, creators.ErrBusy},
		{200, failure("internal_error"), creators.ErrBusy},
		{429, failure("rate_limit_exceeded"), creators.ErrBusy},
		{401, failure("access_token_invalid"), creators.ErrReconnect},
		{200, failure("access_token_invalid"), creators.ErrReconnect},
		{401, failure("scope_not_authorized"), creators.ErrScope},
		{400, failure("scope_permission_missed"), creators.ErrScope},
		{400, failure("invalid_params"), creators.ErrSetup},
	} {
		p := stub(t, says(c.status, c.body), says(200, failure("ok")))
		_, err := p.Read(t.Context(), creators.Token{Access: "act.very-secret"})
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
	if _, err := p.Read(t.Context(), creators.Token{Access: "a"}); !errors.Is(err, creators.ErrBusy) {
		t.Error(err)
	}
	if _, err := p.RefreshToken("r"); !errors.Is(err, creators.ErrBusy) {
		t.Error(err)
	}
	p = tiktok.New(tiktok.Config{APIURL: "http://[", TokenURL: "http://["}, time.Now)
	if _, err := p.Read(t.Context(), creators.Token{Access: "a"}); !errors.Is(err, creators.ErrSetup) {
		t.Error(err)
	}
	if _, err := p.RefreshToken("r"); !errors.Is(err, creators.ErrSetup) {
		t.Error(err)
	}
}

func page(cursor int, more bool, videos ...string) string {
	return fmt.Sprintf(`{"data":{"videos":[%s],"cursor":%d,"has_more":%t},"error":{"code":"ok"}}`, strings.Join(videos, ","), cursor, more)
}

// A list that never ends, or stands still, is left after a few pages.
func TestEndlessList(t *testing.T) {
	t.Parallel()
	for name, next := range map[string]func(asked int) int{"moves": func(n int) int { return 1000 - n }, "stands still": func(int) int { return 7 }} {
		asked := 0
		p := stub(t, says(200, okUser), func(w http.ResponseWriter) {
			asked++
			says(200, page(next(asked), true, `{"id":"1","create_time":1700000000}`))(w)
		})
		got, err := p.Read(t.Context(), creators.Token{Access: "a"})
		if err != nil || len(got.Latest) != 1 || asked > 6 || name == "stands still" && asked != 2 {
			t.Errorf("a list that %s: %d posts, %d pages, %v", name, len(got.Latest), asked, err)
		}
	}
}

func TestOddFigures(t *testing.T) {
	t.Parallel()
	user := `{"data":{"user":{"open_id":"o","username":"h\u0000x","display_name":" A\u0007 ","avatar_url":"javascript:alert(1)","follower_count":-1,"likes_count":9007199254740993}},"error":{"code":"ok"}}`
	p := stub(t, says(200, user), says(200, page(0, false,
		`{"id":"old","create_time":1600000000,"view_count":0,"like_count":-5,"share_url":"ftp://x/y","video_description":"two\u0000\nlines #One","title":"#two"}`,
		`{"id":"new","create_time":1700000000,"duration":-3}`,
		`{"id":"","create_time":1700000000}`, `{"id":"undated"}`, `{"id":"wild","create_time":9000000000000}`)))
	got, err := p.Read(t.Context(), creators.Token{Access: "a"})
	if err != nil {
		t.Fatal(err)
	}
	if got.Handle != "hx" || got.DisplayName != "A" || got.AvatarURL != "" || got.Followers != nil || *got.Likes != 9007199254740993 {
		t.Errorf("profile %+v", got)
	}
	if len(got.Latest) != 2 || got.Latest[0].ID != "new" || got.Latest[0].Duration != 0 || got.Latest[0].Views != nil {
		t.Fatalf("posts %+v", got.Latest)
	}
	old := got.Latest[1]
	if *old.Views != 0 || old.Likes != nil || old.URL != "" || old.Caption != "two\nlines #One" || strings.Join(old.Hashtags, " ") != "two one" {
		t.Errorf("post %+v", old)
	}
}
