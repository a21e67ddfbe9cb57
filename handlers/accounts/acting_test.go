package accounts_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"tribemarket/internal/testkit/apptest"
	"tribemarket/models"
	"tribemarket/models/db"
	"tribemarket/models/platform"
)

// foundPots has the person in a browser create another brand, which they act for from then
// on.
func foundPots(t *testing.T, b *apptest.Browser) {
	t.Helper()
	if p := b.Get("/brands/new").Submit("form[action='/brands']", url.Values{"name": {"Pots"}}); !p.HasTexts("Pots is created") {
		t.Fatalf("founding led to %d %s", p.Status, p.Path)
	}
}

// heads is as whom a page says that the person acts.
func heads(p *apptest.Page) string { return strings.TrimSpace(p.Find(".account .label").Text()) }

// actAs chooses a name in the menu of what the person may act for.
func actAs(p *apptest.Page, name string) *apptest.Page {
	as := p.Find("form[action='/acting'] button[name=as]").FilterFunction(func(_ int, s *goquery.Selection) bool {
		return strings.Contains(s.Text(), name)
	}).AttrOr("value", "")
	return p.Post("/acting", url.Values{"as": {as}})
}

func TestSigningInWithAPlatformActsAsTheCreator(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	first := a.SignedInCreator(t, "penne.sandbox")
	if p := apptest.BeginConnecting(first, platform.YouTube).AllowAccount(platform.YouTube, "penne.sandbox"); p.Path != "/settings/accounts" {
		t.Fatalf("connecting led to %d %s", p.Status, p.Path)
	}
	foundPots(t, first)
	if p := first.Get("/settings/accounts"); p.Status != http.StatusForbidden {
		t.Errorf("as Pots: %d", p.Status)
	}
	for _, platform := range []string{platform.TikTok, platform.YouTube} {
		b := a.NewBrowser(t)
		b.SignInWithPlatform(platform, "penne.sandbox")
		if p := b.Get("/settings/accounts"); p.Status != http.StatusOK || heads(p) != "Penne Trial" {
			t.Errorf("signed in with %s: %d, as %q", platform, p.Status, heads(p))
		}
		// The brand is one press away, and stays chosen.
		if p := actAs(b.Get("/dashboard"), "Pots"); heads(p) != "Pots" || heads(b.Get("/deals")) != "Pots" {
			t.Errorf("switching leads to %q", heads(p))
		}
	}
	// With a second factor the choice waits for it.
	who := models.Actor{}
	a.DB.Read(context.Background()).Raw("SELECT person_id FROM creators").Scan(&who.PersonID)
	if err := a.Accounts.ConfirmEmailWithoutLink(context.Background(), who.PersonID, "penne@creators.example"); err != nil {
		t.Fatal(err)
	}
	f, b := a.EnableSecondFactor(t, who), a.NewBrowser(t)
	if p := b.SignInWithTikTok("penne.sandbox"); p.Path == "/signin/factor" {
		p.Submit("form[action='/signin/factor']", url.Values{"code": {f.NextRecoveryCode()}})
	}
	if p := b.Get("/settings/accounts"); p.Status != http.StatusOK || heads(p) != "Penne Trial" {
		t.Errorf("with a second factor: %d on %s, as %q", p.Status, p.Path, heads(p))
	}
}

func TestALinkToAnotherOfThePersonsBrandsOffersToSwitch(t *testing.T) {
	t.Parallel()
	h := apptest.NewPartnership(t)
	proposal, deal := h.SendProposal(t, nil).Path, h.AcceptedDeal(t, nil).Path
	foundPots(t, h.AsBrand)
	foundPots(t, h.AsCreator) // another brand of the same name, of the creator
	for _, path := range []string{proposal, deal} {
		for name, b := range map[string]*apptest.Browser{"Fonte": h.AsBrand, "Penne Trial": h.AsCreator} {
			p := b.Get(path)
			if p.Status != http.StatusConflict || !p.HasTexts("This page is for "+name, "You are acting for Pots") || p.HasTexts("Two dinners") {
				t.Fatalf("%s as Pots: %d %.400s", path, p.Status, p.Find("main").Text())
			}
			if was := heads(b.Get("/dashboard")); was != "Pots" {
				t.Errorf("looking at it made the person %s", was)
			}
			if p = p.Submit("main form[action='/acting']", nil); p.Status != http.StatusOK || p.Path != path || heads(p) != name || !p.HasTexts("You now act for "+name, "Pan & lid") {
				t.Errorf("switching led to %d %s as %q", p.Status, p.Path, heads(p))
			}
			if p = actAs(p, "Pots"); heads(p) != "Pots" {
				t.Fatalf("back: %d as %q", p.Status, heads(p))
			}
		}
	}
}

func TestALinkToSomebodyElsesBrandIsNotFound(t *testing.T) {
	t.Parallel()
	h := apptest.NewPartnership(t)
	proposal, deal := h.SendProposal(t, nil).Path, h.AcceptedDeal(t, nil).Path
	h.SignUpBrand(t, "Stranger")
	h.JoinCreator(t, "solder.sandbox")
	brand, creator := h.SignedInBrand(t, "Stranger"), h.SignedInCreator(t, "solder.sandbox")
	foundPots(t, brand)
	foundPots(t, creator)
	for name, b := range map[string]*apptest.Browser{"brand": brand, "creator": creator} {
		for _, path := range []string{proposal, deal} {
			there, missing := b.Get(path), b.Get(path[:strings.LastIndex(path, "/")]+"/2222222222")
			if there.Status != http.StatusNotFound || missing.Status != http.StatusNotFound || there.Find("main").Text() != missing.Find("main").Text() {
				t.Errorf("a strange %s at %s gets %d, at a missing one %d", name, path, there.Status, missing.Status)
			}
		}
	}
	// A member who was removed is a stranger too, and the page asks little.
	var owner models.Actor
	h.DB.Read(context.Background()).Raw("SELECT m.person_id, m.brand_id FROM members m JOIN brands b ON b.id = m.brand_id WHERE b.name = 'Fonte'").Scan(&owner)
	b, member := h.SignedInMember(t, owner, models.RoleManager)
	foundPots(t, b)
	asked := 0
	r := httptest.NewRequest(http.MethodGet, deal, nil)
	r.AddCookie(&http.Cookie{Name: "session", Value: b.Cookie("session")})
	answer := httptest.NewRecorder()
	h.Handler().ServeHTTP(answer, r.WithContext(db.WithStatementObserver(r.Context(), func(string) { asked++ })))
	if answer.Code != http.StatusConflict || asked == 0 || asked > 8 {
		t.Errorf("%d after %d statements", answer.Code, asked)
	}
	if _, err := h.DB.SQLPool().Exec("DELETE FROM members WHERE brand_id = ? AND person_id = ?", owner.BrandID, member.PersonID); err != nil {
		t.Fatal(err)
	}
	if p := b.Get(deal); p.Status != http.StatusNotFound {
		t.Errorf("whom the brand removed gets %d", p.Status)
	}
}
