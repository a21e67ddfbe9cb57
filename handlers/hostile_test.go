package handlers_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"tribemarket/internal/testkit/apptest"
)

// hostile are values that no honest person sends.
var hostile = []string{
	"", "0", "-1", "9223372036854775807", "-9223372036854775808", "99999999999999999999", "NaN", "Infinity", "1e308", "0x10", "1,2.3,4",
	"\x00", "a\x00b", "\xff\xfe", "\xc3\x28", "\u202e\u2066", "\ufeff", strings.Repeat("é", 7_000), strings.Repeat("(", 5000),
	"' OR 1=1 --", "\"; DROP TABLE people; --", "%", "_", "\\", "%%%", "${7*7}", "{{7*7}}", "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>",
	"../../../etc/passwd", "..%2f..%2f", "//evil.example", "javascript:alert(1)", "\r\nSet-Cookie: x=1", "=1+1", "2026-02-30", "0000-00-00", "99999-01-01", "[]", "{}", "null", "true",
}

// params are the names that the addresses and forms of the site know, and some that they don't.
var params = []string{
	"tribe", "platform", "country", "language", "followers_min", "followers_max", "engagement_min", "engagement_max", "views_min", "views_max", "q", "sort", "after", "before",
	"state", "code", "error", "next", "email", "password", "name", "brand", "site", "sells", "locale", "zone", "theme", "bio", "languages", "tribes", "content_types",
	"message", "product", "fee", "currency", "fee_currency", "in_kind", "in_kind_value", "usage_days", "disclosure", "expires_days", "form_key", "add", "remove",
	"deliverables[0].format", "deliverables[0].platform", "deliverables[0].content_type", "deliverables[0].count", "deliverables[0].due_on", "deliverables[999999].format", "deliverables[-1].format", "deliverables[x", "deliverables[0][0]",
	"draft_url", "note", "reason", "address", "version", "late", "unknown",
}

// hashes are the routes that compute a password's hash.
var hashes = map[string]bool{"/signin": true, "/signup": true, "/confirm-identity": true, "/settings/security/password": true, "/reset/:token": true, "/invitations/:token/account": true}

func TestNoInputGivesA500(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	a.SignUpBrand(t, "hostile")
	_, creatorID := a.JoinCreator(t, "penne.sandbox")
	browsers := map[string]*apptest.Browser{"a visitor": a.NewBrowser(t), "a brand": a.SignedInBrand(t, "hostile"), "a creator": a.SignedInCreator(t, "penne.sandbox")}
	tokens := map[string]string{}
	for who, b := range browsers {
		tokens[who] = b.Get("/creators").Find("input[name=_csrf]").First().AttrOr("value", "")
	}
	tried := 0
	check := func(who, what string, p *apptest.Page) {
		tried++
		if p.Status >= http.StatusInternalServerError && p.Status != http.StatusServiceUnavailable {
			t.Errorf("%s: %s answers %d", who, what, p.Status)
		}
		if strings.Contains(p.Body, "<script>alert(1)") || strings.Contains(p.Body, "onerror=alert(1)>") {
			t.Errorf("%s: %s runs what was sent", who, what)
		}
	}
	for nth, route := range a.ListRoutes() {
		if route.Path == "/signout" || strings.HasPrefix(route.Path, "/static") {
			continue // signing out ends the browsers' sessions; files take no input
		}
		for who, b := range browsers {
			for i, value := range hostile {
				if (i+nth)%3 > 0 {
					continue // each value meets every third route, each route every third value
				}
				if hashes[route.Path] && route.Method == http.MethodPost && i%4 > 0 {
					continue // a password's hash takes its time
				}
				path := route.Path
				for _, name := range []string{":id", ":token", ":provider", ":n"} {
					with := value
					if name == ":id" && i%2 == 0 {
						with = creatorID
					}
					if name == ":provider" && i%2 == 0 {
						with = "tiktok"
					}
					path = strings.ReplaceAll(path, name, url.PathEscape(with))
				}
				if len(path) > 4000 {
					continue // longer than any server's headers
				}
				form := url.Values{"_csrf": {tokens[who]}}
				for k, name := range params {
					form.Add(name, hostile[(i+k)%len(hostile)])
					form.Add(name, value)
				}
				if route.Method == http.MethodGet {
					short := url.Values{}
					for k, v := range form {
						if len(strings.Join(v, "")) < 200 {
							short[k] = v
						}
					}
					check(who, "GET "+route.Path+" "+value[:min(len(value), 20)], b.Get(path+"?"+short.Encode()))
					continue
				}
				r, err := http.NewRequest(route.Method, a.URL+path, strings.NewReader(form.Encode()))
				if err != nil {
					continue
				}
				r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
				check(who, route.Method+" "+route.Path+" "+value[:min(len(value), 20)], b.Do(r))
			}
		}
	}
	if tried < 3_000 {
		t.Errorf("only %d requests were tried", tried)
	}
}

func TestMalformedBodiesAreRefusedPolitely(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	b := a.NewBrowser(t)
	token := b.Get("/signin").Find("input[name=_csrf]").First().AttrOr("value", "")
	for name, c := range map[string]struct{ kind, body string }{
		"text":             {"text/plain", "email=a"},
		"json":             {"application/json", `{"email":"a"}`},
		"broken form":      {"application/x-www-form-urlencoded", "email=%zz&a=%"},
		"broken multipart": {"multipart/form-data; boundary=x", "--x\r\nbroken"},
		"too large":        {"application/x-www-form-urlencoded", "email=" + strings.Repeat("a", 2<<20)},
		"no kind":          {"", "email=a"},
	} {
		r, _ := http.NewRequest(http.MethodPost, a.URL+"/signin", strings.NewReader(c.body))
		r.Header.Set("X-CSRF-Token", token)
		if c.kind != "" {
			r.Header.Set("Content-Type", c.kind)
		}
		if p := b.Do(r); p.Status < 400 || p.Status >= 500 {
			t.Errorf("%s answers %d", name, p.Status)
		}
	}
}
