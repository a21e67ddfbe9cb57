package handlers_test

import (
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"

	"tribemarket/internal/testkit"
	"tribemarket/internal/testkit/apptest"
	"tribemarket/internal/testkit/issuer"
	"tribemarket/models/db"
	"tribemarket/models/platform"
)

// oidcCallback goes to the issuer and back as far as the callback's address.
func oidcCallback(t *testing.T, a *apptest.App, b *apptest.Browser, sub string) string {
	t.Helper()
	b.StopAtCallback()
	defer b.FollowRedirects()
	to := apptest.SignInWithOIDC(b, sub).Header.Get("Location")
	path, ok := strings.CutPrefix(to, a.URL)
	if !ok || !strings.HasPrefix(path, "/auth/oidc/callback?") {
		t.Fatalf("the issuer led back to %q", to)
	}
	return path
}

func TestAttack08CodeInjection(t *testing.T) {
	t.Parallel()
	a, _ := apptest.NewWithIssuer(t, apptest.Ann, issuer.Person{Sub: "victim"})
	stolen, _ := url.Parse(oidcCallback(t, a, a.NewBrowser(t), "victim"))
	attacker := a.NewBrowser(t)
	own := oidcCallback(t, a, attacker, "u1")
	refused(t, attacker, attacker.Get(with(own, "code", stolen.Query().Get("code"))))
	b := a.NewBrowser(t)
	if page := b.Get(oidcCallback(t, a, b, "u1")); page.Path != "/signup/oidc" {
		t.Errorf("honestly: %d %s", page.Status, page.Path)
	}
}

func TestAttack09VerifierMissingOrPlain(t *testing.T) {
	t.Parallel()
	a, i := apptest.NewWithIssuer(t, apptest.Ann)
	seen := map[string]bool{}
	for range 3 {
		b := a.NewBrowser(t)
		page := b.Get("/signin")
		b.StopAtRedirects()
		to, _ := url.Parse(page.Submit("form[action='/auth/oidc']", nil).Header.Get("Location"))
		q := to.Query()
		if q.Get("code_challenge_method") != "S256" || len(q.Get("code_challenge")) != 43 || seen[q.Get("code_challenge")] || seen[q.Get("nonce")] {
			t.Errorf("asks %v", q)
		}
		seen[q.Get("code_challenge")], seen[q.Get("nonce")] = true, true
	}
	b := a.NewBrowser(t)
	path := oidcCallback(t, a, b, "u1")
	if _, err := a.DB.SQLPool().Exec(`UPDATE oauth_states SET session = replace(session, '"Verifier"', '"Other"')`); err != nil {
		t.Fatal(err)
	}
	refused(t, b, b.Get(path))
	if len(i.TokenRequests) != 0 {
		t.Error("a code was exchanged without a verifier")
	}
	apptest.FoundBrandWithOIDC(t, a)
	if v := i.TokenRequests[0].Get("code_verifier"); len(v) < 43 {
		t.Errorf("the verifier is %q", v)
	}
}

func TestAttack15UnverifiedAddressMergesNothing(t *testing.T) {
	t.Parallel()
	a, i := apptest.NewWithIssuer(t, issuer.Person{Sub: "attacker", Email: apptest.BrandEmail("victim")})
	a.SignUpBrand(t, "victim")
	for _, verified := range []bool{false, true} {
		i.PutPerson(issuer.Person{Sub: "attacker", Email: apptest.BrandEmail("victim"), Verified: verified})
		b := a.NewBrowser(t)
		apptest.SignInWithOIDC(b, "attacker")
		if page := b.Get("/dashboard"); page.Path != "/signin" {
			t.Errorf("verified %v: the address led into the account, on %s", verified, page.Path)
		}
	}
	if n := apptest.Count(t, a, "SELECT count(*) FROM identities"); n != 0 {
		t.Errorf("%d identities", n)
	}
	if page := a.SignedInBrand(t, "victim").Get("/settings/brand"); page.Status != http.StatusOK {
		t.Errorf("the victim: %d", page.Status)
	}
}

func TestAttack16AddressChangedAtTheProvider(t *testing.T) {
	t.Parallel()
	a, i := apptest.NewWithIssuer(t, apptest.Ann)
	apptest.FoundBrandWithOIDC(t, a)
	i.PutPerson(issuer.Person{Sub: "u1", Email: "other@brand.example", Verified: true})
	b := a.NewBrowser(t)
	if page := apptest.SignInWithOIDC(b, "u1"); page.Path != "/dashboard" {
		t.Errorf("with another address: %s", page.Path)
	}
	i.PutPerson(issuer.Person{Sub: "u2", Email: apptest.Ann.Email, Verified: true})
	b = a.NewBrowser(t)
	apptest.SignInWithOIDC(b, "u2")
	if page := b.Get("/dashboard"); page.Path != "/signin" {
		t.Errorf("another subject with the same address is signed in, on %s", page.Path)
	}
}

func TestAttack17SameSubjectAtTwoProviders(t *testing.T) {
	t.Parallel()
	a, _ := apptest.NewWithIssuer(t, apptest.Ann)
	apptest.FoundBrandWithOIDC(t, a)
	other := issuer.New(t, a.Clock.Now, issuer.Person{Sub: "u1"})
	node := a.StartNode(t, apptest.TrustIssuer(other))
	b := node.NewBrowser(t)
	if page := apptest.SignInWithOIDC(b, "u1"); page.Path != "/signup/oidc" {
		t.Errorf("the other provider's u1 led to %s", page.Path)
	}
	if page := b.Get("/dashboard"); page.Path != "/signin" {
		t.Errorf("the person is signed in, on %s", page.Path)
	}
	if page := apptest.SignInWithOIDC(a.NewBrowser(t), "u1"); page.Path != "/dashboard" {
		t.Errorf("honestly: %s", page.Path)
	}
}

func TestAttack18WrongIDToken(t *testing.T) {
	t.Parallel()
	a, i := apptest.NewWithIssuer(t, apptest.Ann)
	apptest.FoundBrandWithOIDC(t, a)
	claim := func(name string, value any) { i.Claims = func(c map[string]any) { c[name] = value } }
	refusals := func() (n int64) {
		err := a.DB.Read(t.Context()).Raw("SELECT count(*) FROM audit_events WHERE action = 'accounts.sign_in_failed' AND detail LIKE '%oidc%'").Scan(&n).Error
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	for name, twist := range map[string]func(){
		"alg none": func() { i.Token = issuer.UnsignedToken },
		"alg HS256": func() {
			i.Token = func(c map[string]any) string {
				return issuer.SignTokenWith(jose.HS256, []byte(issuer.ClientSecret+strings.Repeat("\x00", 16)), c)
			}
		},
		"another audience":         func() { claim("aud", "other") },
		"another authorized party": func() { claim("azp", "other") },
		"another issuer":           func() { claim("iss", "https://evil.example") },
		"another nonce":            func() { claim("nonce", "other") },
		"expired":                  func() { claim("exp", a.Clock.Now().Add(-time.Minute).Unix()) },
		"another signature": func() {
			i.Token = func(c map[string]any) string {
				parts := strings.Split(i.SignToken(c), ".")
				return parts[0] + "." + parts[1] + "." + strings.Repeat("A", len(parts[2]))
			}
		},
	} {
		i.Claims, i.Token = nil, nil
		twist()
		b := a.NewBrowser(t)
		before := refusals()
		if page := apptest.SignInWithOIDC(b, "u1"); page.Status != http.StatusForbidden || !page.HasTexts("cannot be trusted") || page.HasTexts("took too long") {
			t.Errorf("%s: %d on %s: %s", name, page.Status, page.Path, page.Text())
		}
		if n := refusals() - before; n != 1 {
			t.Errorf("%s: %d audit events", name, n)
		}
		if page := b.Get("/dashboard"); page.Path != "/signin" {
			t.Errorf("%s: the person is signed in, on %s", name, page.Path)
		}
	}
	i.Claims, i.Token = nil, nil
	if page := apptest.SignInWithOIDC(a.NewBrowser(t), "u1"); page.Path != "/dashboard" {
		t.Errorf("honestly: %s", page.Path)
	}
}

// recorder keeps what is logged.
type recorder struct {
	testing.TB
	mu    sync.Mutex
	lines strings.Builder
}

// Log is testing's.
func (r *recorder) Log(args ...any) {
	r.mu.Lock()
	defer r.mu.Unlock()
	fmt.Fprintln(&r.lines, args...)
}

func TestAttack19CodeOrTokenLeaks(t *testing.T) {
	t.Parallel()
	log := &recorder{TB: t}
	i := issuer.New(t, testkit.NewClock().Now, apptest.Ann)
	a := apptest.New(log, apptest.TrustIssuer(i))
	var secrets, pages []string
	see := func(page *apptest.Page) {
		pages = append(pages, page.Body)
		if p := page.Header.Get("Referrer-Policy"); p != "same-origin" && p != "no-referrer" {
			t.Errorf("%s: referrer policy %q", page.Path, p)
		}
	}
	for _, way := range []func(*apptest.Browser) string{
		func(b *apptest.Browser) string { return callback(t, a, b, "penne.sandbox") },
		func(b *apptest.Browser) string { return callback(t, a, b, "token.500.sandbox") },
		func(b *apptest.Browser) string { return callbackOn(t, a, b, platform.YouTube, "penne.sandbox") },
		func(b *apptest.Browser) string { return callbackOn(t, a, b, platform.YouTube, "channels.403.sandbox") },
		func(b *apptest.Browser) string { return callbackOn(t, a, b, platform.Instagram, "penne.sandbox") },
		func(b *apptest.Browser) string { return callbackOn(t, a, b, platform.Instagram, "me.429.sandbox") },
		func(b *apptest.Browser) string { return callbackOn(t, a, b, platform.Twitch, "penne_sandbox") },
		func(b *apptest.Browser) string { return callbackOn(t, a, b, platform.Twitch, "users_429_sandbox") },
		func(b *apptest.Browser) string { return oidcCallback(t, a, b, "u1") },
	} {
		b := a.NewBrowser(t)
		path := way(b)
		u, _ := url.Parse(path)
		secrets = append(secrets, u.Query().Get("code"), u.Query().Get("state"))
		b.StopAtRedirects()
		see(b.Get(path))
		b.FollowRedirects()
		see(b.Get("/dashboard"))
		see(b.Get("/settings/security"))
		see(b.Get(path)) // the replay's refusal repeats nothing either
	}
	secrets = append(secrets, issuer.ClientSecret, "act.", "rft.", "ya29.", "1//0")
	for _, s := range secrets {
		if s == "" {
			t.Fatal("a secret is empty")
		}
		if strings.Contains(log.lines.String(), s) {
			t.Errorf("%.12s… stands in the log", s)
		}
		for _, body := range pages {
			if strings.Contains(body, s) {
				t.Errorf("%.12s… stands in a page", s)
			}
		}
	}
	if !strings.Contains(log.lines.String(), "sign-in failed") {
		t.Error("the log that was searched says nothing of the failure")
	}
}

func TestAttack22ProviderMisbehaves(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]http.HandlerFunc{
		"slow": func(_ http.ResponseWriter, r *http.Request) {
			_, _ = io.Copy(io.Discard, r.Body) // only then is it seen that the other side has gone
			<-r.Context().Done()
		},
		"500":   func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusInternalServerError) },
		"10 MB": func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(strings.Repeat("[", 10<<20))) },
		"a loop": func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, r.URL.Path, http.StatusTemporaryRedirect)
		},
		"not at all":  func(w http.ResponseWriter, _ *http.Request) { panic(http.ErrAbortHandler) },
		"not in JSON": func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "<html>") },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a, i := apptest.NewWithIssuer(t, apptest.Ann)
			apptest.FoundBrandWithOIDC(t, a)
			b := a.NewBrowser(t)
			path := oidcCallback(t, a, b, "u1")
			i.Answer = func(w http.ResponseWriter, r *http.Request) bool { fault(w, r); return true }
			began := time.Now()
			page := b.Get(path)
			if took := time.Since(began); page.Status != http.StatusServiceUnavailable || took > 10*time.Second || page.Find("form[action='/auth/oidc']").Length() == 0 {
				t.Errorf("got %d after %s: %.300s", page.Status, took, page.Text())
			}
			if b.Get("/dashboard").Path != "/signin" {
				t.Error("the person is signed in")
			}
			i.Answer = nil
			if page := apptest.SignInWithOIDC(a.NewBrowser(t), "u1"); page.Path != "/dashboard" {
				t.Errorf("once it answers: %s", page.Path)
			}
		})
	}
}

func TestAttack24TokensAtRest(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	for _, handle := range []string{"penne.sandbox", "chapter.sandbox"} {
		a.SignedInCreator(t, handle)
	}
	if n := apptest.Count(t, a, "SELECT count(*) FROM account_tokens"); n != 2 {
		t.Fatalf("%d tokens are kept", n)
	}
	// The sandbox's tokens begin like TikTok's own.
	for _, token := range []string{"act.", "rft."} {
		for _, found := range holding(t, a.DB, token) {
			t.Errorf("%s* stands in %s", token, found)
		}
	}
	if found := holding(t, a.DB, "penne.sandbox"); len(found) == 0 {
		t.Error("the search finds nothing at all")
	}
}

// holding searches every column of every table for a text, in clear or in hex.
func holding(t *testing.T, d *db.DB, text string) (where []string) {
	t.Helper()
	tables, err := d.SQLPool().Query("SELECT m.name, c.name FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table'")
	if err != nil {
		t.Fatal(err)
	}
	defer tables.Close()
	var columns [][2]string
	for tables.Next() {
		var table, column string
		if err := tables.Scan(&table, &column); err != nil {
			t.Fatal(err)
		}
		columns = append(columns, [2]string{table, column})
	}
	if err := tables.Err(); err != nil {
		t.Fatal(err)
	}
	for _, c := range columns {
		var n int
		q := fmt.Sprintf(`SELECT count(*) FROM %q WHERE instr(CAST(%q AS BLOB), CAST(? AS BLOB)) > 0 OR instr(lower(CAST(%q AS TEXT)), ?) > 0`, c[0], c[1], c[1])
		if err := d.SQLPool().QueryRow(q, text, hex.EncodeToString([]byte(text))).Scan(&n); err != nil {
			t.Fatal(c, err)
		}
		if n > 0 {
			where = append(where, c[0]+"."+c[1])
		}
	}
	return where
}
