package accounts_test

import (
	"net/http"
	"net/url"
	"testing"
	"time"

	"tribemarket/internal/testkit/apptest"
	"tribemarket/internal/testkit/authenticator"
	"tribemarket/internal/testkit/issuer"
)

// In each of these tests two tabs of one browser begin to sign in, the second tab goes on
// first, and the first one has to arrive too.

func TestTwoTabsSignInWithPlatforms(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	b := a.NewBrowser(t)
	first := apptest.BeginSignIn(t, a, b)
	second := b.Get("/signin").Submit("form[action='/auth/youtube']", nil)
	third := b.Get("/signin").Submit("form[action='/auth/tiktok']", url.Values{"next": {"/settings"}})
	if p := third.AllowAccount("tiktok", "penne.sandbox"); p.Status != http.StatusOK || p.Path != "/welcome" {
		t.Fatalf("the third tab was led to %d %s", p.Status, p.Path)
	}
	if p := first.AllowAccount("tiktok", "penne.sandbox"); p.Status != http.StatusOK || p.Path != "/deals" {
		t.Errorf("the first tab was led to %d %s: %s", p.Status, p.Path, p.Find("main").Text())
	}
	if p := second.Submit("form[method=post]", url.Values{"decision": {"refuse"}}); p.Status != http.StatusForbidden {
		t.Errorf("the second tab, which refused, was led to %d %s", p.Status, p.Path)
	}
	if p := b.Get("/settings"); p.Path != "/settings" {
		t.Errorf("afterwards the browser is on %s", p.Path)
	}
}

func TestTwoTabsConnectAccounts(t *testing.T) {
	t.Parallel()
	h := apptest.NewPartnership(t)
	youtube, twitch := apptest.BeginConnecting(h.AsCreator, "youtube"), apptest.BeginConnecting(h.AsCreator, "twitch")
	if p := twitch.AllowAccount("twitch", "penne_sandbox"); !p.HasTexts("@penne_sandbox is connected") {
		t.Errorf("the second tab was led to %d %s", p.Status, p.Path)
	}
	if p := youtube.AllowAccount("youtube", "penne.sandbox"); !p.HasTexts("@penne.sandbox is connected") {
		t.Errorf("the first tab was led to %d %s: %s", p.Status, p.Path, p.Find("main").Text())
	}
}

func TestTwoTabsSignInWithOpenIDConnect(t *testing.T) {
	t.Parallel()
	a, _ := apptest.NewWithIssuer(t, apptest.Ann, issuer.Person{Sub: "u2", Name: "Bo Example"})
	b := a.NewBrowser(t)
	first, second := b.Get("/signin").Submit("form[action='/auth/oidc']", nil), b.Get("/signin").Submit("form[action='/auth/oidc']", nil)
	bo, ann := second.Submit("form", url.Values{"sub": {"u2"}}), first.Submit("form", url.Values{"sub": {"u1"}})
	if bo.Path != "/signup/oidc" || ann.Path != "/signup/oidc" || ann.Find("input[name=name]").AttrOr("value", "") != apptest.Ann.Name {
		t.Fatalf("the tabs were led to %d %s and %d %s", bo.Status, bo.Path, ann.Status, ann.Path)
	}
	// Each tab signs up whom the provider named to it.
	bo.Submit("form[action='/signup/oidc']", url.Values{"brand": {"Bo's Bowls"}, "email": {"bo@brand.example"}})
	if p := ann.Submit("form[action='/signup/oidc']", url.Values{"brand": {"Ann's Pans"}}); p.Path != "/dashboard" || !p.HasTexts("Ann's Pans") {
		t.Errorf("the first tab was led to %d %s: %s", p.Status, p.Path, p.Find("main").Text())
	}
	if p := ann.Submit("form[action='/signup/oidc']", url.Values{"brand": {"Ann's Pans"}}); p.Path == "/signup/oidc" || p.Status != http.StatusOK {
		t.Errorf("the same form again led to %d %s", p.Status, p.Path)
	}
	for sub, brand := range map[string]string{"u1": "Ann's Pans", "u2": "Bo's Bowls"} {
		if p := apptest.SignInWithOIDC(a.NewBrowser(t), sub); !p.HasTexts(brand) {
			t.Errorf("%s is not of %s", sub, brand)
		}
	}
	if n := apptest.Count(t, a, "SELECT count(*) FROM brands"); n != 2 {
		t.Errorf("%d brands", n)
	}
}

func TestTwoTabsSignUpTheSamePersonOnce(t *testing.T) {
	t.Parallel()
	a, _ := apptest.NewWithIssuer(t, apptest.Ann)
	b := a.NewBrowser(t)
	first, second := apptest.SignInWithOIDC(b, "u1"), apptest.SignInWithOIDC(b, "u1")
	second.Submit("form[action='/signup/oidc']", url.Values{"brand": {"Ann's Pans"}})
	if p := first.Submit("form[action='/signup/oidc']", url.Values{"brand": {"Ann's Pots"}}); p.Path != "/dashboard" || !p.HasTexts("You are already signed in, as Ann's Pans") {
		t.Errorf("the first tab was led to %d %s: %s", p.Status, p.Path, p.Find("body").Text())
	}
	if n := apptest.Count(t, a, "SELECT count(*) FROM brands"); n != 1 {
		t.Errorf("%d brands", n)
	}
}

func TestTwoTabsSignInWithPasswords(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	a.SignUpBrand(t, "brumelle")
	a.SignUpBrand(t, "fonte")
	b := a.NewBrowser(t)
	first, second := b.Get("/signin?next=%2Fdeals"), b.Get("/signin")
	enter := func(p *apptest.Page, brand string) *apptest.Page {
		return p.Submit("form[action='/signin']", url.Values{"email": {apptest.BrandEmail(brand)}, "password": {apptest.Password}})
	}
	if p := enter(second, "brumelle"); p.Path != "/dashboard" {
		t.Fatalf("the second tab was led to %d %s", p.Status, p.Path)
	}
	if p := enter(first, "fonte"); p.Path != "/deals" || !p.HasTexts("fonte") {
		t.Errorf("the first tab was led to %d %s", p.Status, p.Path)
	}
}

func TestTwoTabsAskForTheSecondFactor(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	factors := map[string]*apptest.SecondFactor{}
	for _, brand := range []string{"brumelle", "fonte"} {
		factors[brand] = a.EnableSecondFactor(t, a.SignUpBrand(t, brand))
	}
	enter := func(b *apptest.Browser, brand, next string) *apptest.Page {
		p := b.Get("/signin?next="+url.QueryEscape(next)).Submit("form[action='/signin']", url.Values{"email": {apptest.BrandEmail(brand)}, "password": {apptest.Password}})
		if p.Path != "/signin/factor" {
			t.Fatalf("the password led to %d %s", p.Status, p.Path)
		}
		return p
	}
	code := func(p *apptest.Page, code string) *apptest.Page {
		return p.Submit("form[action='/signin/factor']", url.Values{"code": {code}})
	}
	t.Run("of one person", func(t *testing.T) {
		b := a.NewBrowser(t)
		a.Clock.Advance(time.Minute)
		first, second := enter(b, "brumelle", "/deals"), enter(b, "brumelle", "/settings")
		now := factors["brumelle"].CodeAt(t, a.Clock.Now())
		if p := code(second, now); p.Path != "/settings" {
			t.Fatalf("the second tab was led to %d %s", p.Status, p.Path)
		}
		if p := code(first, now); p.Path != "/deals" || p.Status != http.StatusOK { // the code has been used, and no other is needed
			t.Errorf("the first tab was led to %d %s: %s", p.Status, p.Path, p.Find("main").Text())
		}
	})
	t.Run("of two people", func(t *testing.T) {
		b := a.NewBrowser(t)
		first, second := enter(b, "brumelle", "/deals"), enter(b, "fonte", "/settings")
		if p := code(second, factors["fonte"].NextRecoveryCode()); p.Path != "/settings" {
			t.Fatalf("the second tab was led to %d %s", p.Status, p.Path)
		}
		if p := code(first, "000000"); p.Status != http.StatusUnprocessableEntity {
			t.Errorf("a wrong code in the first tab led to %d %s", p.Status, p.Path)
		}
		if p := code(first, factors["brumelle"].NextRecoveryCode()); p.Path != "/deals" || !p.HasTexts("brumelle") {
			t.Errorf("the first tab was led to %d %s: %s", p.Status, p.Path, p.Find("main").Text())
		}
		if p := code(first, "000000"); p.Path != "/dashboard" || !p.HasTexts("You are already signed in, as brumelle") {
			t.Errorf("a finished attempt was led to %d %s", p.Status, p.Path)
		}
	})
	t.Run("elsewhere", func(t *testing.T) { // the id of an attempt is no secret
		theirs := enter(a.NewBrowser(t), "brumelle", "/deals")
		id := theirs.Find("input[name=attempt]").AttrOr("value", "")
		mine := enter(a.NewBrowser(t), "fonte", "/deals")
		if p := mine.Submit("form[action='/signin/factor']", url.Values{"attempt": {id}, "code": {factors["brumelle"].NextRecoveryCode()}}); id == "" || p.Path != "/signin" {
			t.Errorf("another browser's attempt %q led to %d %s", id, p.Status, p.Path)
		}
	})
}

func TestTwoTabsUsePasskeys(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	a.SignUpBrand(t, "brumelle")
	begin := func(p *apptest.Page, path string) []byte { return []byte(p.Post(path, nil).Body) }
	b := a.SignedInBrand(t, "brumelle")
	page := b.Get("/settings/security")
	// Two tabs of the settings each add one.
	phone, laptop := authenticator.New(t, a.URL), authenticator.New(t, a.URL)
	first, second := begin(page, "/settings/security/passkeys/begin"), begin(page, "/settings/security/passkeys/begin")
	for name, answer := range map[string][]byte{"Laptop": laptop.Create(t, second), "Phone": phone.Create(t, first)} {
		if p := page.Submit("form[data-passkey=create]", url.Values{"passkey_name": {name}, "response": {string(answer)}}); !p.HasTexts(name, "The passkey is added.") {
			t.Fatalf("%s: %d %s %s", name, p.Status, p.Path, p.Find("main").Text())
		}
	}

	b = a.NewBrowser(t)
	one, two, three := b.Get("/signin"), b.Get("/signin?next=%2Fsettings"), b.Get("/signin")
	first, second = begin(one, "/signin/passkey/begin"), begin(two, "/signin/passkey/begin")
	third := begin(three, "/signin/passkey/begin")
	show := func(p *apptest.Page, answer []byte) *apptest.Page {
		return p.Submit("form[data-passkey=get]", url.Values{"response": {string(answer)}})
	}
	forger := *phone // who knows the passkey's id, and has not its key
	forger.Key = laptop.Key
	if p := show(three, forger.Get(t, third)); p.Status != http.StatusUnprocessableEntity {
		t.Errorf("a forged answer led to %d %s", p.Status, p.Path)
	}
	if p := show(two, laptop.Get(t, second)); p.Path != "/settings" {
		t.Fatalf("the second tab was led to %d %s: %s", p.Status, p.Path, p.Find("main").Text())
	}
	if p := show(one, phone.Get(t, first)); p.Path != "/dashboard" || !p.HasTexts("You are already signed in, as brumelle") {
		t.Errorf("the first tab was led to %d %s: %s", p.Status, p.Path, p.Find("main").Text())
	}
	other := a.NewBrowser(t)
	if p := show(other.Get("/signin"), phone.Get(t, begin(b.Get("/settings"), "/signin/passkey/begin"))); p.Status != http.StatusUnprocessableEntity {
		t.Errorf("another browser's challenge led to %d %s", p.Status, p.Path)
	}
}
