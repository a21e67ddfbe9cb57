package handlers_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"tribemarket/internal/testkit/apptest"
	"tribemarket/models"
)

// asks sends a GET straight to the site from a client address.
func asks(site http.Handler, path, from string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodGet, path, nil)
	r.RemoteAddr = from
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	site.ServeHTTP(w, r)
	return w
}

func TestBrowsingIsLimitedByClientAddress(t *testing.T) {
	t.Parallel()
	a := apptest.New(t, apptest.WithLimits)
	site := a.Handler()
	for i := range models.BrowsingBurst.Most {
		if w := asks(site, "/about/rules", "203.0.113.7:1000"); w.Code != http.StatusOK {
			t.Fatalf("request %d got %d", i+1, w.Code)
		}
	}
	for language, words := range map[string]string{"en": "Too many attempts", "fr": "Trop de tentatives", "nl": "Te veel pogingen"} {
		w := asks(site, "/about/rules", "203.0.113.7:1001", "Accept-Language", language)
		if wait, err := strconv.Atoi(w.Header().Get("Retry-After")); w.Code != http.StatusTooManyRequests || err != nil || wait < 1 || !strings.Contains(w.Body.String(), words) {
			t.Errorf("one more in %s got %d, Retry-After %q:\n%.600s", language, w.Code, w.Header().Get("Retry-After"), w.Body)
		}
	}
	if w := asks(site, "/about/rules", "203.0.113.8:1000"); w.Code != http.StatusOK {
		t.Errorf("another address got %d", w.Code)
	}
	if w := asks(site, "/healthz", "203.0.113.7:1000"); w.Code != http.StatusOK {
		t.Errorf("the health check got %d", w.Code)
	}
	a.Clock.Advance(models.BrowsingBurst.Per)
	if w := asks(site, "/about/rules", "203.0.113.7:1000"); w.Code != http.StatusOK {
		t.Errorf("ten seconds later: %d", w.Code)
	}
}

func TestAHouseholdsIPv6AddressesCountTogether(t *testing.T) {
	t.Parallel()
	a := apptest.New(t, apptest.WithLimits)
	site := a.Handler()
	for i := range models.BrowsingBurst.Most {
		if w := asks(site, "/about/rules", fmt.Sprintf("[2001:db8:1:2::%x]:1000", i+1)); w.Code != http.StatusOK {
			t.Fatalf("address %d got %d", i+1, w.Code)
		}
	}
	if w := asks(site, "/about/rules", "[2001:db8:1:2:ffff::1]:1000"); w.Code != http.StatusTooManyRequests {
		t.Errorf("one more of the same /64 got %d", w.Code)
	}
	if w := asks(site, "/about/rules", "[2001:db8:1:3::1]:1000"); w.Code != http.StatusOK {
		t.Errorf("the next /64 got %d", w.Code)
	}
}

func TestTenThousandSpoofedAddressesDontHelp(t *testing.T) {
	t.Parallel()
	a := apptest.New(t, apptest.WithLimits)
	site := a.Handler()
	passed := 0
	for i := range 10_000 {
		spoofed := fmt.Sprintf("198.51.%d.%d", i/250, i%250)
		w := asks(site, "/about/rules", "203.0.113.7:1000", "X-Forwarded-For", spoofed, "X-Real-Ip", spoofed, "Forwarded", "for="+spoofed)
		if w.Code == http.StatusOK {
			passed++
		} else if w.Code != http.StatusTooManyRequests {
			t.Fatalf("request %d got %d", i+1, w.Code)
		}
	}
	if passed != models.BrowsingBurst.Most {
		t.Errorf("%d passed, want %d", passed, models.BrowsingBurst.Most)
	}
}

func TestSearchIsLimitedMoreThanPages(t *testing.T) {
	t.Parallel()
	a := apptest.New(t, apptest.WithLimits)
	site := a.Handler()
	passed := 0
	for range 2 * models.SearchAnonymous.Most { // about one a second, which browsing allows
		a.Clock.Advance(1100 * time.Millisecond)
		if w := asks(site, "/creators?q=pasta", "203.0.113.7:1000"); w.Code == http.StatusOK {
			passed++
		}
	}
	// 300 at once and one every three seconds of the 11 minutes.
	if passed < models.SearchAnonymous.Most || passed >= 2*models.SearchAnonymous.Most {
		t.Errorf("%d of %d searches passed", passed, 2*models.SearchAnonymous.Most)
	}
	if w := asks(site, "/creators", "203.0.113.7:1000"); w.Code != http.StatusOK {
		t.Errorf("the list without a search got %d", w.Code)
	}
	_, id := a.JoinCreator(t, "penne.sandbox")
	for who, want := range map[string]int{"203.0.113.7:1000": http.StatusTooManyRequests, "203.0.113.8:1000": http.StatusOK} {
		if w := asks(site, "/c/"+id+"/similar", who); w.Code != want {
			t.Errorf("similar creators are a search too: %s got %d", who, w.Code)
		}
	}
}

func TestASignedInPersonBrowsesByTheirOwnLimit(t *testing.T) {
	t.Parallel()
	a := apptest.New(t, apptest.WithLimits)
	a.SignUpBrand(t, "busy")
	site := a.Handler()
	session := "session=" + a.SignedInBrand(t, "busy").Cookie("session")
	for i := range models.BrowsingSignedIn.Most {
		if w := asks(site, "/signin", "203.0.113.7:1000", "Cookie", session); w.Code != http.StatusSeeOther {
			t.Fatalf("request %d got %d", i+1, w.Code)
		}
	}
	if w := asks(site, "/signin", "203.0.113.99:1000", "Cookie", session); w.Code != http.StatusTooManyRequests {
		t.Errorf("one more from elsewhere got %d", w.Code)
	}
	if w := asks(site, "/about/rules", "203.0.113.7:1000"); w.Code != http.StatusOK {
		t.Errorf("a visitor from the same address got %d", w.Code)
	}
}

func TestSignInsAreLimitedOverTwoNodes(t *testing.T) {
	t.Parallel()
	a := apptest.New(t, apptest.WithLimits)
	nodes := []*apptest.App{a, a.StartNode(t, apptest.WithLimits)}
	var pages []*apptest.Page
	for _, n := range nodes {
		pages = append(pages, n.NewBrowser(t).Get("/signin"))
	}
	try := func(i int) *apptest.Page {
		return pages[i%2].Post("/signin", url.Values{"email": {"nobody"}, "password": {"x"}})
	}
	for i := range models.SignInStarts.Most {
		if p := try(i); p.Status != http.StatusUnprocessableEntity {
			t.Fatalf("sign-in %d got %d", i+1, p.Status)
		}
	}
	for i := range nodes {
		if p := try(i); p.Status != http.StatusTooManyRequests || p.Header.Get("Retry-After") != "300" {
			t.Errorf("one more at node %d got %d, Retry-After %q", i, p.Status, p.Header.Get("Retry-After"))
		}
		if p := pages[i].Post("/auth/tiktok", nil); p.Status != http.StatusTooManyRequests {
			t.Errorf("one more with a platform at node %d got %d", i, p.Status)
		}
	}
	a.Clock.Advance(models.SignInStarts.Per)
	if p := try(0); p.Status != http.StatusUnprocessableEntity {
		t.Errorf("five minutes later: %d", p.Status)
	}
}

func TestSignUpsAreLimitedByAddressAndMistakesDontCount(t *testing.T) {
	t.Parallel()
	a := apptest.New(t, apptest.WithLimits)
	up := func(email string) *apptest.Page {
		return a.NewBrowser(t).Get("/signup").Post("/signup", url.Values{"brand": {"B"}, "name": {"N"}, "email": {email}, "password": {apptest.Password}})
	}
	for range models.SignUps.Most + 1 {
		if p := up("not an address"); p.Status != http.StatusUnprocessableEntity {
			t.Fatalf("a mistake got %d", p.Status)
		}
	}
	for i := range models.SignUps.Most {
		if p := up(fmt.Sprintf("n%d@brand.example", i)); p.Path != "/dashboard" {
			t.Fatalf("sign-up %d got %d", i+1, p.Status)
		}
	}
	if p := up("one-more@brand.example"); p.Status != http.StatusTooManyRequests || p.Header.Get("Retry-After") != "1800" {
		t.Errorf("one more got %d, Retry-After %q", p.Status, p.Header.Get("Retry-After"))
	}
}

// Strangers who ask for mails to an address, from wherever, take nothing from whoever it
// belongs to or from a brand that invites it, and learn nothing.
func TestAttackStrangersDoNotUseUpAnAddress(t *testing.T) {
	t.Parallel()
	const email = "newhire@pans.example"
	a := apptest.New(t, apptest.WithLimits)
	a.SignUpBrand(t, "brumelle")
	site := a.Handler()
	forgot := func(from, email string) *httptest.ResponseRecorder {
		token := strings.Repeat("x", 32)
		r := httptest.NewRequest(http.MethodPost, "/forgot", strings.NewReader(url.Values{"email": {email}, "_csrf": {token}}.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.AddCookie(&http.Cookie{Name: "csrf", Value: token})
		r.RemoteAddr = from
		w := httptest.NewRecorder()
		site.ServeHTTP(w, r)
		return w
	}
	for network := range 5 {
		for _, email := range []string{email, apptest.BrandEmail("brumelle")} {
			from := fmt.Sprintf("203.0.113.%d:1000", network)
			for i := range models.MailsFrom.Most {
				if w := forgot(from, email); w.Code != http.StatusOK {
					t.Fatalf("network %d, request %d: %d", network, i+1, w.Code)
				}
			}
			if w := forgot(from, email); w.Code != http.StatusTooManyRequests {
				t.Errorf("network %d, one more: %d", network, w.Code)
			}
		}
	}
	for i := range models.MailsFrom.Wider().Most {
		if w := forgot(fmt.Sprintf("[2001:db8:1:%x::1]:1000", i), email); w.Code != http.StatusOK {
			t.Fatalf("/64 number %d: %d", i+1, w.Code)
		}
	}
	if w := forgot("[2001:db8:1:ffff::1]:1000", email); w.Code != http.StatusTooManyRequests {
		t.Errorf("one more /64 of the /48: %d", w.Code)
	}
	invited := a.SignedInBrand(t, "brumelle").Get("/settings/members").Submit("form[action='/settings/members/invitations']", url.Values{"email": {email}, "role": {"manager"}})
	if invited.Status != http.StatusOK || !invited.HasTexts(email) {
		t.Errorf("the invitation got %d", invited.Status)
	}
	for _, email := range []string{email, apptest.BrandEmail("brumelle")} {
		if p := a.NewBrowser(t).Get("/forgot").Submit("form[action='/forgot']", url.Values{"email": {email}}); p.Status != http.StatusOK {
			t.Errorf("a reset of %s got %d", email, p.Status)
		}
	}
	up := a.NewBrowser(t).Get("/signup").Post("/signup", url.Values{"brand": {"B"}, "name": {"N"}, "email": {email}, "password": {apptest.Password}})
	if up.Path != "/dashboard" {
		t.Errorf("the sign-up got %d", up.Status)
	}
}

// Probes are limited by client address, far above what a prober needs, and a
// flood of them takes nothing from anybody else.
func TestProbesAreLimitedByClientAddress(t *testing.T) {
	t.Parallel()
	if models.Programs.Most < 100*int(models.Programs.Per.Seconds()) {
		t.Errorf("a prober may ask %d times in %v", models.Programs.Most, models.Programs.Per)
	}
	a := apptest.New(t, apptest.WithLimits)
	site := a.Handler()
	for _, path := range []string{"/healthz", "/readyz"} {
		for i := range models.Programs.Most {
			if w := asks(site, path, "203.0.113.7:1000"); w.Code != http.StatusOK {
				t.Fatalf("%s, request %d got %d", path, i+1, w.Code)
			}
		}
		if w := asks(site, path, "203.0.113.7:1001"); w.Code != http.StatusTooManyRequests || w.Header().Get("Retry-After") != "1" || w.Body.Len() > 100 {
			t.Errorf("%s, one more got %d: %.200s", path, w.Code, w.Body)
		}
		if w := asks(site, path, "203.0.113.8:1000"); w.Code != http.StatusOK {
			t.Errorf("%s, another address got %d", path, w.Code)
		}
		a.Clock.Advance(time.Second)
	}
	if w := asks(site, "/about/rules", "203.0.113.7:1000"); w.Code != http.StatusOK {
		t.Errorf("a page of who also probes got %d", w.Code)
	}
}
