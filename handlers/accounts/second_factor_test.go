package accounts_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"tribemarket/internal/config"
	"tribemarket/internal/testkit/apptest"
	"tribemarket/models"
	"tribemarket/models/accounts"
)

func TestASecondFactorIsSetUpAndAskedFor(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	a.SignUpBrand(t, "brumelle")
	b := a.SignedInBrand(t, "brumelle")
	p := b.Get("/settings/security").Submit("form[action$='/factor/begin']", nil)
	if p.Path != "/settings/security/factor" || !strings.HasPrefix(p.Find("img.qr").AttrOr("src", ""), "data:image/png;base64,") {
		t.Fatalf("beginning led to %d %s", p.Status, p.Path)
	}
	f := &apptest.SecondFactor{Secret: strings.ReplaceAll(p.Find("code.secret").Text(), " ", "")}
	if p = p.Submit("main form", url.Values{"code": {"000000"}}); p.Status != http.StatusUnprocessableEntity || p.Find("#f-code-error").Length() != 1 {
		t.Errorf("a wrong code gave %d", p.Status)
	}
	p = p.Submit("main form", url.Values{"code": {f.CodeAt(t, a.Clock.Now())}})
	p.Find(".codes code").Each(func(_ int, s *goquery.Selection) { f.Recovery = append(f.Recovery, s.Text()) })
	if p.Status != http.StatusOK || len(f.Recovery) != 10 {
		t.Fatalf("%d recovery codes on %d: %s", len(f.Recovery), p.Status, p.Find("main").Text())
	}
	if p := b.Get("/settings/security"); !p.HasTexts("10 recovery codes are left") {
		t.Errorf("the page says %s", p.Find("#factor").Text())
	}

	a.Clock.Advance(time.Minute)
	other := a.NewBrowser(t)
	p = other.Get("/signin?next=%2Fsettings").Submit("form[action='/signin']", url.Values{"email": {apptest.BrandEmail("brumelle")}, "password": {apptest.Password}})
	if p.Path != "/signin/factor" {
		t.Fatalf("the password led to %d %s", p.Status, p.Path)
	}
	for _, path := range []string{"/dashboard", "/settings", "/settings/security", "/confirm-identity", "/deals"} {
		if got := other.Get(path); got.Path != "/signin" {
			t.Errorf("before the code, %s opens %s", path, got.Path)
		}
	}
	if p = p.Submit("main form", url.Values{"code": {"123"}}); p.Status != http.StatusUnprocessableEntity {
		t.Errorf("a wrong code gave %d", p.Status)
	}
	before := other.Cookie("session")
	code := f.CodeAt(t, a.Clock.Now())
	if p = p.Submit("main form", url.Values{"code": {code}}); p.Path != "/settings" || p.Status != http.StatusOK {
		t.Errorf("the code led to %d %s", p.Status, p.Path)
	}
	if other.Cookie("session") == before {
		t.Error("the token from before the second factor goes on")
	}
	again := a.NewBrowser(t)
	p = again.SignIn(apptest.BrandEmail("brumelle"), apptest.Password)
	if p = p.Submit("main form", url.Values{"code": {code}}); p.Status != http.StatusUnprocessableEntity {
		t.Errorf("the same code again led to %d %s", p.Status, p.Path)
	}
	for range 4 {
		p = again.Get("/signin/factor")
		if p.Path == "/signin/factor" {
			p = p.Submit("main form", url.Values{"code": {"000000"}})
		}
	}
	if p.Path != "/signin" || !p.HasTexts("Start again") {
		t.Errorf("five wrong codes led to %d %s", p.Status, p.Path)
	}
	if p := a.NewBrowser(t).Get("/signin/factor"); p.Path != "/signin" {
		t.Errorf("without a sign-in it opens %s", p.Path)
	}

	p = b.Get("/settings/security").Submit("form[action$='/factor/end']", url.Values{"removal_code": {"000000"}})
	if p.Status != http.StatusUnprocessableEntity || p.Find("#f-removal_code-error").Length()+p.Find("[id$=error]").Length() == 0 {
		t.Errorf("turning it off with a wrong code gave %d", p.Status)
	}
	a.Clock.Advance(20 * time.Minute)
	if p := b.Get("/settings/security").Submit("form[action$='/factor/end']", url.Values{"removal_code": {f.NextRecoveryCode()}}); p.Path != "/confirm-identity" {
		t.Errorf("without a recent sign-in it led to %d %s", p.Status, p.Path)
	}
	b.Get("/confirm-identity").Submit("form[action='/confirm-identity']", url.Values{"password": {apptest.Password}})
	if p := b.Get("/settings/security").Submit("form[action$='/factor/end']", url.Values{"removal_code": {f.NextRecoveryCode()}}); !p.HasTexts("The second factor is off.") {
		t.Errorf("turning it off led to %d: %s", p.Status, p.Find("main").Text())
	}
}

func TestASecondFactorThatCannotBeCheckedIsSaidToBe(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	f := a.EnableSecondFactor(t, a.SignUpBrand(t, "brumelle"))
	lost := a.StartNode(t, func(c *config.Config) {
		c.SecretKeys, c.LostKeys = config.Secret("other:"+models.NewSealingKey()), "accepted"
	})
	a.Clock.Advance(time.Minute)
	p := lost.NewBrowser(t).SignIn(apptest.BrandEmail("brumelle"), apptest.Password)
	p = p.Submit("main form", url.Values{"code": {f.CodeAt(t, a.Clock.Now())}})
	if p.Status != http.StatusUnprocessableEntity || !p.HasTexts("This second factor can no longer be checked", "recovery codes") {
		t.Errorf("its code gave %d: %s", p.Status, p.Find("main").Text())
	}
	if p = p.Submit("main form", url.Values{"code": {f.NextRecoveryCode()}}); p.Path != "/dashboard" {
		t.Errorf("a recovery code led to %d %s", p.Status, p.Path)
	}
}

func TestAForgottenPasswordIsChosenAnewByMail(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	a.SignUpBrand(t, "brumelle")
	b := a.NewBrowser(t)
	said := map[string]string{}
	for _, email := range []string{apptest.BrandEmail("brumelle"), "nobody@brand.example"} {
		p := b.Get("/forgot").Submit("form[action='/forgot']", url.Values{"email": {email}})
		if p.Status != http.StatusOK {
			t.Fatalf("%s: %d", email, p.Status)
		}
		said[email] = strings.ReplaceAll(p.Find("main").Text(), email, "")
	}
	if said[apptest.BrandEmail("brumelle")] != said["nobody@brand.example"] || !strings.Contains(said["nobody@brand.example"], "Check your e-mail") {
		t.Errorf("said: %q", said)
	}
	if p := b.Get("/reset/guessed"); p.Status != http.StatusNotFound {
		t.Errorf("a guessed link gave %d", p.Status)
	}
	args := accounts.PasswordResetArgs{Email: apptest.BrandEmail("brumelle")}
	ctx := context.Background()
	if err := a.DB.Read(ctx).Raw("SELECT json(args)->>'secret' FROM river_job WHERE kind = ? AND json(args)->>'email' = ?", args.Kind(), args.Email).Scan(&args.Secret).Error; err != nil || args.Secret == "" {
		t.Fatalf("no mail is on its way: %v", err)
	}
	if _, ok, err := a.Accounts.ActivatePasswordReset(ctx, args); err != nil || !ok {
		t.Fatal(err)
	}
	link := "/reset/" + args.Secret
	p := b.Get(link)
	if p.Status != http.StatusOK || !p.HasTexts(apptest.BrandEmail("brumelle")) {
		t.Fatalf("the link gave %d: %s", p.Status, p.Find("main").Text())
	}
	if p = p.Submit("main form", url.Values{"password": {"password1"}}); p.Status != http.StatusUnprocessableEntity {
		t.Errorf("a common password gave %d", p.Status)
	}
	if p = p.Submit("main form", url.Values{"password": {"quite another sentence"}}); p.Path != "/dashboard" {
		t.Errorf("the new password led to %d %s", p.Status, p.Path)
	}
	if p := a.NewBrowser(t).Get(link); p.Status != http.StatusConflict {
		t.Errorf("the link again gave %d", p.Status)
	}
	if p := a.NewBrowser(t).SignIn(apptest.BrandEmail("brumelle"), "quite another sentence"); p.Path != "/dashboard" {
		t.Errorf("signing in led to %d %s", p.Status, p.Path)
	}
}
