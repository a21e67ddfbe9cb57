package sandbox_test

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"tribemarket/internal/platforms/sandbox"
	"tribemarket/internal/testkit"
)

func (w *world) page(address string, header ...string) (*http.Response, *goquery.Document) {
	w.t.Helper()
	res, body := w.send("GET", address, "", "", header...)
	page, err := goquery.NewDocumentFromReader(strings.NewReader(body))
	if err != nil {
		w.t.Fatal(err)
	}
	return res, page
}

func TestConsentPage(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	res, page := w.page(w.authorizeAddress("scope", "user.info.basic,video.list"))
	if res.StatusCode != http.StatusOK || page.Find("h1").Length() != 1 || page.Find("html").AttrOr("lang", "") != "en" {
		t.Fatal(res.Status)
	}
	policy := res.Header.Get("Content-Security-Policy")
	for _, part := range []string{"default-src 'none'", "frame-ancestors 'none'", "form-action 'self' http://127.0.0.1:1"} {
		if !strings.Contains(policy, part) {
			t.Errorf("the policy %q lacks %q", policy, part)
		}
	}
	if n := page.Find("[style], script, style, [onclick]").Length(); n != 0 {
		t.Errorf("%d things that the policy blocks", n)
	}
	if n := page.Find("input[name=grant][checked]").Length(); n != 2 {
		t.Errorf("%d scopes", n)
	}
	if first := page.Find("form button").First(); first.AttrOr("formmethod", "") != "get" {
		t.Error("Enter in the search field would choose an account")
	}
	style, err := url.Parse(w.authorizeAddress())
	if err != nil {
		t.Fatal(err)
	}
	if res, body := w.send("GET", style.JoinPath(page.Find("link[rel=stylesheet]").AttrOr("href", "")).String(), "", ""); res.StatusCode != 200 || !strings.HasPrefix(res.Header.Get("Content-Type"), "text/css") || body == "" {
		t.Errorf("the style answers %s", res.Status)
	}
}

func TestConsentSearch(t *testing.T) {
	t.Parallel()
	many := make([]sandbox.Account, 300)
	for i := range many {
		many[i] = sandbox.Account{OpenID: fmt.Sprint("m", i), Username: fmt.Sprintf("many.%d", i), DisplayName: `<b onload="x">&`}
	}
	w := newWorld(t, many...)
	count := func(page *goquery.Document) int { return page.Find("button[name=account]").Length() }
	if _, page := w.page(w.authorizeAddress()); count(page) != 50 || !strings.Contains(page.Find(".count").Text(), "50 of 3") {
		t.Errorf("%d accounts, %q", count(page), page.Find(".count").Text())
	}
	if _, page := w.page(w.authorizeAddress("q", " @MANY.29")); count(page) != 11 || page.Find("b").Length() != 0 {
		t.Errorf("%d accounts found", count(page))
	}
	_, page := w.page(w.authorizeAddress("q", `"><script>`))
	if count(page) != 0 || page.Find("script").Length() != 0 || page.Find("input[name=q]").AttrOr("value", "") != `"><script>` {
		t.Errorf("%d accounts found", count(page))
	}
	if got := strings.TrimSpace(page.Find(".count").Text()); got != "No account has this in its handle or name." {
		t.Error(got)
	}
	// The search keeps what was asked, and what was unticked.
	form := page.Find("form")
	for name, want := range map[string]string{"client_key": "ck", "state": "s", "redirect_uri": callback, "response_type": "code"} {
		if got := form.Find("input[type=hidden][name="+name+"]").AttrOr("value", ""); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	if _, page := w.page(w.authorizeAddress("q", "penne", "chosen", "1", "grant", "video.list")); page.Find("input[name=grant][checked]").Length() != 1 {
		t.Error("the search ticked the permissions again")
	}
}

func TestConsentLanguages(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for accept, want := range map[string][2]string{
		"":                       {"en", "Continue as @penne.sandbox|Followers: 48,210"},
		"de":                     {"en", "Continue as @penne.sandbox|Followers: 48,210"},
		"fr-CA, en;q=0.5":        {"fr", "Continuer avec @penne.sandbox|Abonnés\u202f: 48\u202f210"},
		"nl-BE, fr;q=0.9":        {"nl", "Doorgaan als @penne.sandbox|Volgers: 48.210"},
		"x;q=!, " + "\t,,;;q=zz": {"en", "Continue as @penne.sandbox|Followers: 48,210"},
	} {
		res, page := w.page(w.authorizeAddress("q", "penne"), "Accept-Language", accept)
		text := strings.ReplaceAll(page.Find("li").Text(), "\u00a0", "\u202f")
		lang := page.Find("html").AttrOr("lang", "")
		if lang != want[0] || res.Header.Get("Vary") != "Accept-Language" {
			t.Errorf("%q: language %s", accept, lang)
		}
		for _, part := range strings.Split(want[1], "|") {
			if !strings.Contains(text, part) {
				t.Errorf("%q: %q is not in %q", accept, part, text)
			}
		}
	}
}

func TestConsentRefusals(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.box.AllowRedirect("http://127.0.0.1:1/with?query")
	w.box.AllowRedirect("javascript:alert(1)")
	for _, c := range [][2]string{
		{"client_key", "other"}, {"client_key", ""}, {"redirect_uri", ""}, {"redirect_uri", callback + "/"}, {"redirect_uri", callback + "?x=1"},
		{"redirect_uri", "http://127.0.0.1:1/with?query"}, {"redirect_uri", "javascript:alert(1)"},
	} {
		for _, method := range []string{"GET", "POST"} {
			res, body := w.send(method, w.authorizeAddress(c[:]...), formType, "account=-000sandbox-001")
			if res.StatusCode != http.StatusBadRequest || res.Header.Get("Location") != "" || !strings.Contains(body, c[0]) {
				t.Errorf("%s with %q: %s", method, c, res.Status)
			}
		}
	}
	for _, c := range [][3]string{
		{"response_type", "token", "unsupported_response_type"}, {"scope", "", "invalid_scope"}, {"scope", "user.info.basic video.list", "invalid_scope"},
		{"scope", "user.info.email", "invalid_scope"}, {"code_challenge", "plain-verifier", "invalid_request"},
	} {
		res, _ := w.send("GET", w.authorizeAddress(c[0], c[1]), "", "")
		back, err := res.Location()
		if err != nil || back.Query().Get("error") != c[2] || back.Query().Get("state") != "s" {
			t.Errorf("%v: %s %v", c, res.Status, back)
		}
	}
	if res, _ := w.send("POST", w.authorizeAddress(), formType, "account=nobody"); res.StatusCode != http.StatusBadRequest {
		t.Errorf("an unknown account: %s", res.Status)
	}
	if res, _ := w.send("POST", w.authorizeAddress(), formType, "account=%zz"); res.StatusCode != http.StatusBadRequest {
		t.Errorf("a broken form: %s", res.Status)
	}
}

// What was not asked for cannot be granted, and a base64url challenge counts.
func TestConsentGrants(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	sum := sha256.Sum256([]byte("a-verifier-of-at-least-43-characters-0123456789"))
	address := w.authorizeAddress("scope", "user.info.basic", "code_challenge_method", "S256", "code_challenge", base64.RawURLEncoding.EncodeToString(sum[:]))
	code := func() string {
		res, _ := w.send("POST", address, formType, url.Values{"account": {"-000sandbox-001"}, "grant": {"user.info.basic", "video.list"}}.Encode())
		back, err := res.Location()
		if err != nil || back.Query().Get("scopes") != "user.info.basic" {
			t.Fatal(res.Status, back, err)
		}
		return back.Query().Get("code")
	}
	if status, got := w.form("/tiktok/v2/oauth/token/", w.codeForm(code())); status != http.StatusBadRequest || got["error"] != "invalid_grant" {
		t.Errorf("without a verifier: %d %v", status, got)
	}
	status, got := w.form("/tiktok/v2/oauth/token/", w.codeForm(code(), "code_verifier", "a-verifier-of-at-least-43-characters-0123456789"))
	if status != http.StatusOK || got["scope"] != "user.info.basic" || got["token_type"] != "Bearer" {
		t.Errorf("with the verifier: %d %v", status, got)
	}
}

func TestListenAndStop(t *testing.T) {
	t.Parallel()
	clock := testkit.NewClock()
	box := sandbox.New(clock.Now, sandbox.DefaultAccounts(clock.Now()), sandbox.Options{ClientKey: "ck", ClientSecret: "cs", RedirectURIs: []string{callback}, SlowFor: time.Hour})
	server, err := box.Listen()
	if err != nil {
		t.Fatal(err)
	}
	w := &world{t, clock, box, server.URL}
	if !strings.HasPrefix(server.URL, "http://127.0.0.1:") {
		t.Error(server.URL)
	}
	token := w.token("-000sandbox-001", "video.list")
	box.ScriptFaults(sandbox.OnVideoList, sandbox.SlowAnswer)
	begun, ended := make(chan struct{}), make(chan error, 1)
	go func() {
		// The server asks for the body when the slow answer begins.
		trace := &httptrace.ClientTrace{Got100Continue: func() { close(begun) }}
		req, _ := http.NewRequestWithContext(httptrace.WithClientTrace(context.Background(), trace), "POST", server.URL+"/tiktok/v2/video/list/?fields=id", strings.NewReader("{}"))
		req.Header.Set("Expect", "100-continue")
		req.Header.Set("Authorization", "Bearer "+token)
		res, err := http.DefaultClient.Do(req)
		if err == nil {
			err = res.Body.Close()
		}
		ended <- err
	}()
	<-begun
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	if err := server.Stop(ctx); err != nil || ctx.Err() != nil {
		t.Error("stop:", err)
	}
	select {
	case err := <-ended:
		t.Log("the slow answer ended with", err)
	case <-time.After(10 * time.Second):
		t.Error("the slow answer outlived the server")
	}
	if _, err := http.Get(server.URL); err == nil {
		t.Error("it still answers")
	}
}
