package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"tribemarket/internal/testkit/apptest"
)

func TestFormsOfOtherSitesAreRefused(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	a.SignUpBrand(t, "csrf")
	b := a.SignedInBrand(t, "csrf")
	page := b.Get("/settings/brand")
	form := apptest.FormValues(page.Find("form[action='/settings/brand']"))
	form.Set("name", "Taken over")
	token := form.Get("_csrf")
	for name, change := range map[string]func(*http.Request, url.Values){
		"no token":                   func(_ *http.Request, f url.Values) { f.Del("_csrf") },
		"a wrong token":              func(_ *http.Request, f url.Values) { f.Set("_csrf", "x"+token) },
		"cross-site by Fetch":        func(r *http.Request, _ url.Values) { r.Header.Set("Sec-Fetch-Site", "cross-site") },
		"method override in a field": func(_ *http.Request, f url.Values) { f.Del("_csrf"); f.Set("_method", "GET") },
	} {
		f := url.Values{}
		for k, v := range form {
			f[k] = v
		}
		r, _ := http.NewRequest(http.MethodPost, a.URL+"/settings/brand", nil)
		change(r, f)
		body := f.Encode()
		r.Body, r.ContentLength = http.NoBody, 0
		r2, _ := http.NewRequest(http.MethodPost, r.URL.String(), strings.NewReader(body))
		r2.Header = r.Header
		r2.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		if got := b.Do(r2); got.Status != http.StatusForbidden && got.Status != http.StatusBadRequest {
			t.Errorf("%s got %d", name, got.Status)
		}
	}
	if b.Get("/settings/brand").Find("input[name=name]").AttrOr("value", "") != "csrf" {
		t.Error("the brand was changed")
	}
}

func TestEveryAnswerCarriesItsHeaders(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	b := a.NewBrowser(t)
	for _, path := range []string{"/", "/creators", "/signin", "/nowhere", "/c/unknown", "/auth/tiktok/callback", "/about/rules"} {
		h := b.Get(path).Header
		csp := h.Get("Content-Security-Policy")
		if strings.Contains(csp, "unsafe") || !strings.Contains(csp, "frame-ancestors 'none'") || !strings.Contains(csp, "form-action 'self' "+a.Config.PlatformsURL) {
			t.Errorf("%s: policy %q", path, csp)
		}
		if h.Get("X-Content-Type-Options") != "nosniff" || h.Get("Referrer-Policy") == "" || h.Get("X-Request-Id") == "" {
			t.Errorf("%s: headers %v", path, h)
		}
	}
}
