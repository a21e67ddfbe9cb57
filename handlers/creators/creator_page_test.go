package creators_test

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"tribemarket/internal/testkit/apptest"
	"tribemarket/models"
	"tribemarket/models/creators"
)

func TestAMediaKitExplainsItsFigures(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	_, id := a.JoinCreator(t, "penne.sandbox")
	page := a.NewBrowser(t).Get("/c/" + id)
	if page.Status != http.StatusOK || page.Find("h1").Text() != "Penne Trial" || page.Find("head title").Text() != "Penne Trial · Test market" {
		t.Fatalf("%d, %s", page.Status, page.Find("head title").Text())
	}
	made := strings.Join(strings.Fields(page.Find("#figures .stat").First().Text()), " ")
	for _, want := range []string{"over 28 posts", "(likes + comments + shares) ÷ views = ", "own sign-in"} {
		if !strings.Contains(made, want) {
			t.Errorf("the engagement does not say %q: %s", want, made)
		}
	}
	if n := page.Find("#posts table tbody tr").Length(); n != 30 || page.Find("#posts svg.chart rect.bar").Length() < 30 {
		t.Errorf("%d posts in the table", n)
	}
	if page.Find("link[rel=canonical]").AttrOr("href", "") != a.URL+"/c/"+id || !page.HasTexts("Sign in to send a proposal", "declared by") && !page.HasTexts("from the posts’ hashtags") {
		t.Errorf("canonical %q", page.Find("link[rel=canonical]").AttrOr("href", ""))
	}
	fr := a.NewBrowser(t)
	fr.Language = "fr"
	if page := fr.Get("/c/" + id); page.Find("html").AttrOr("lang", "") != "fr" || !page.HasTexts("48 210", "Abonnés", "Se connecter pour proposer") {
		t.Errorf("in French it says %.1500s", page.Find("main").Text())
	}
}

func TestTooFewPostsGiveNoRate(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	for handle, want := range map[string]string{"threevideos.sandbox": "under 5 posts", "novideos.sandbox": "provided no posts"} {
		_, id := a.JoinCreator(t, handle)
		if page := a.NewBrowser(t).Get("/c/" + id); page.Status != http.StatusOK || !page.HasTexts(want) {
			t.Errorf("%s: %d, %.1500s", handle, page.Status, page.Find("main").Text())
		}
	}
}

func TestBelowTheFloorAKitExistsForItsOwner(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	own := a.SignedInCreator(t, "almost.sandbox")
	_, id := a.JoinCreator(t, "almost.sandbox")
	if page := own.Get("/c/" + id); page.Status != http.StatusOK || !page.HasTexts("1 follower to go", "from 10,000 followers", "Edit your profile") {
		t.Errorf("to the owner it says %d %.500s", page.Status, page.Find("main").Text())
	}
	a.SignUpBrand(t, "ferme")
	missing := a.NewBrowser(t).Get("/c/bcdfghjkmn")
	for name, b := range map[string]*apptest.Browser{"a visitor": a.NewBrowser(t), "a brand": a.SignedInBrand(t, "ferme"), "a creator": a.SignedInCreator(t, "penne.sandbox")} {
		if page := b.Get("/c/" + id); page.Status != http.StatusNotFound || page.Find("h1").Text() != missing.Find("h1").Text() {
			t.Errorf("%s gets %d %s", name, page.Status, page.Find("h1").Text())
		}
	}
}

func TestABrandIsLedToTheProposal(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	_, id := a.JoinCreator(t, "penne.sandbox")
	a.SignUpBrand(t, "ferme")
	b := a.SignedInBrand(t, "ferme")
	href := b.Get("/c/"+id).Find(".aside a.primary").AttrOr("href", "")
	if page := b.Get(href); href != "/c/"+id+"/negotiations/new" || page.Status != http.StatusOK {
		t.Errorf("%s gives %d", href, page.Status)
	}
	visitor := a.NewBrowser(t)
	signIn := visitor.Get(visitor.Get("/c/"+id).Find(".aside a.primary").AttrOr("href", ""))
	if page := signIn.Submit("form[action='/signin']", url.Values{"email": {apptest.BrandEmail("ferme")}, "password": {apptest.Password}}); page.Path != href {
		t.Errorf("signing in led to %d %s", page.Status, page.Path)
	}
}

func TestOddAddressesOfCreatorsAreMissing(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	_, id := a.JoinCreator(t, "penne.sandbox")
	b := a.NewBrowser(t)
	for _, path := range []string{"/c/%00", "/c/%ff%fe", "/c/'%20OR%201=1--", "/c/" + strings.Repeat("x", 5000), "/c/../c/x", "/c/" + strings.ToUpper(id)} {
		if page := b.Get(path); page.Status != http.StatusNotFound {
			t.Errorf("%.60s gives %d", path, page.Status)
		}
	}
	for _, q := range []string{"platform=myspace", "platform=%00", "platform=tiktok&platform=x", "platform=instagram", "%zz"} {
		if page := b.Get("/c/" + id + "?" + q); page.Status != http.StatusOK || !page.HasTexts("48,210") {
			t.Errorf("?%s gives %d", q, page.Status)
		}
	}
}

func TestACreatorEditsTheirProfile(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	b := a.SignedInCreator(t, "penne.sandbox")
	actor, id := a.JoinCreator(t, "penne.sandbox")
	page := b.Get("/settings/profile")
	answers := url.Values{
		"name": {"Penne  Rigate"}, "bio": {"Dinner\r\nin ten minutes"}, "country": {"BE"}, "zone": {"Europe/Brussels"}, "languages": {"fr", "nl"},
		"tribes": {"booktok", "foodtok"}, "content_types": {"review"}, "price_video": {"1,250.50"}, "price_video_currency": {"EUR"}, "price_story": {"90"}, "price_story_currency": {"CHF"},
	}
	saved := page.Submit("form[action='/settings/profile']", answers)
	if saved.Path != "/settings/profile" || saved.Status != http.StatusOK || !saved.HasTexts("Your profile is saved.") {
		t.Fatalf("saving led to %d %s: %.800s", saved.Status, saved.Path, saved.Find("main").Text())
	}
	kit, err := a.Creators.OwnMediaKit(context.Background(), actor)
	if err != nil {
		t.Fatal(err)
	}
	if c := kit.Creator; c.Name != "Penne Rigate" || c.Country != "BE" || c.Zone != "Europe/Brussels" || !slices.Equal(kit.Languages, []string{"fr", "nl"}) || len(kit.Prices) != 2 || kit.Prices[0].Minor != 125_050 {
		t.Errorf("kept is %+v %v %v", c, kit.Languages, kit.Prices)
	}
	shown := a.NewBrowser(t).Get("/c/" + id)
	if !shown.HasTexts("€1,250.50", "CHF 90", "French, Dutch", "Belgium", "declared by the creator") {
		t.Errorf("the kit says %.2500s", shown.Find("main").Text())
	}
	// The form shows what was kept, and takes it again.
	again := saved.Submit("form[action='/settings/profile']", nil)
	kept, err := a.Creators.OwnMediaKit(context.Background(), actor)
	if err != nil || again.Path != "/settings/profile" || !slices.Equal(kept.Prices, kit.Prices) || !slices.EqualFunc(kept.Tribes, kit.Tribes, func(a, b creators.TribeOf) bool { return a.Tribe.Slug == b.Tribe.Slug && a.Known == b.Known }) {
		t.Errorf("sent again, it keeps %v %v, %v", kept.Prices, kept.Tribes, err)
	}
}

func TestAWrongProfileKeepsEveryAnswer(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	b := a.SignedInCreator(t, "penne.sandbox")
	b.Language = "nl"
	page := b.Get("/settings/profile").Submit("form[action='/settings/profile']", url.Values{
		"name": {" "}, "bio": {strings.Repeat("é", 6000)}, "country": {"XX"}, "zone": {"Moon/Base"}, "languages": {"fr", "q\x00q"},
		"tribes": {"foodtok", "booktok", "techtok", "fittok", "gametok", "beautytok"}, "content_types": {"opera"},
		"price_video": {"veel"}, "price_video_currency": {"EUR"}, "price_live": {"5"}, "price_live_currency": {"XXX"},
	})
	if page.Status != http.StatusUnprocessableEntity || page.Find("#error-summary li").Length() < 8 {
		t.Fatalf("%d, %s", page.Status, page.Find("#error-summary").Text())
	}
	for _, field := range []string{"name", "bio", "country", "zone", "price_video", "price_live"} {
		if s := page.Find("#f-" + field); s.AttrOr("aria-invalid", "") != "true" || page.Find("#f-"+field+"-error").Length() != 1 {
			t.Errorf("nothing is said at %s", field)
		}
	}
	for _, field := range []string{"languages", "tribes", "content_types"} {
		if page.Find("#f-"+field+"-error").Length() != 1 {
			t.Errorf("nothing is said at %s", field)
		}
	}
	if page.Find("input[name=tribes][checked]").Length() != 6 || page.Find("#f-price_video").AttrOr("value", "") != "veel" || len([]rune(page.Find("#f-bio").Text())) != 6000 {
		t.Errorf("answers are lost: %d tribes, %q", page.Find("input[name=tribes][checked]").Length(), page.Find("#f-price_video").AttrOr("value", ""))
	}
}

func TestAmountsAreReadInTheReadersLanguage(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	b := a.SignedInCreator(t, "penne.sandbox")
	actor, _ := a.JoinCreator(t, "penne.sandbox")
	page := b.Get("/settings/profile").Post("/language", url.Values{"language": {"fr"}, "next": {"/settings/profile"}})
	for typed, want := range map[string]int64{"1 250,50": 125_050, "90": 9_000, "": 0} {
		saved := page.Submit("form[action='/settings/profile']", url.Values{"price_video": {typed}, "price_video_currency": {"EUR"}})
		kit, err := a.Creators.OwnMediaKit(context.Background(), actor)
		if err != nil || saved.Path != "/settings/profile" || saved.Status != http.StatusOK {
			t.Fatalf("%q led to %d, %v", typed, saved.Status, err)
		}
		var got int64
		if len(kit.Prices) > 0 {
			got = kit.Prices[0].Minor
		}
		if got != want {
			t.Errorf("%q is kept as %d, want %d", typed, got, want)
		}
	}
	if refused := page.Submit("form[action='/settings/profile']", url.Values{"price_video": {"1,234"}, "price_video_currency": {"EUR"}}); refused.Status != http.StatusUnprocessableEntity || !refused.HasTexts("décimales") {
		t.Errorf("three decimals gave %d", refused.Status)
	}
}

func TestOnlyCreatorsHaveAProfile(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	a.SignUpBrand(t, "ferme")
	if page := a.SignedInBrand(t, "ferme").Get("/settings/profile"); page.Status != http.StatusForbidden {
		t.Errorf("a brand gets %d", page.Status)
	}
	if page := a.NewBrowser(t).Get("/settings/profile"); page.Path != "/signin" {
		t.Errorf("a visitor gets to %s", page.Path)
	}
}

// Whoever looks, a creator's page asks a few questions, however much it shows.
func TestACreatorsPageAsksLittle(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	brand := a.SignUpBrand(t, "fonte")
	penne, id := a.JoinCreator(t, "penne.sandbox")
	_, few := a.JoinCreator(t, "threevideos.sandbox")
	a.Agree(t, brand, penne, id)
	viewer, _ := a.SignedInMember(t, brand, models.RoleViewer)
	for who, b := range map[string]*apptest.Browser{
		"a visitor": a.NewBrowser(t), "the brand": a.SignedInBrand(t, "fonte"), "a viewer": viewer, "the creator": a.SignedInCreator(t, "penne.sandbox"), "an administrator": a.SignedInAdmin(t),
	} {
		n, again := apptest.CountQueries(t, a, b, "/c/"+id), apptest.CountQueries(t, a, b, "/c/"+few)
		if n > 8 || n != again { // the three of the frame among them
			t.Errorf("%s asks %d times for much, %d for little", who, n, again)
		}
	}
}

// A brand reads what would stop its proposal, and what it did with the creator; a stranger
// reads neither.
func TestTheBrandSeesLimitsAndWhatWasDoneTogether(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	brand, _ := a.SignUpBrand(t, "fonte"), a.SignUpBrand(t, "ferme")
	penne, id := a.JoinCreator(t, "penne.sandbox")
	deal := a.Agree(t, brand, penne, id)
	limits := creators.LimitsForm{Capacity: "4", RefusedCategories: []string{"alcohol"}, Minimums: []creators.MinimumFeeForm{{Format: "video", Amount: "150", Currency: "EUR", N: 1}}}
	apptest.Must(t, a.Creators.SetLimits(t.Context(), penne, limits))
	page := a.SignedInBrand(t, "fonte").Get("/c/" + id)
	if !page.HasTexts("Minimum for a video", "Refuses", "at most 4 deliverables", "Running deals with you", "Agreed with you in") || page.Find(".aside a[href='/deals/"+deal+"']").Length() != 1 {
		t.Errorf("the brand reads %s", page.Find("main").Text())
	}
	if page := a.SignedInBrand(t, "ferme").Get("/c/" + id); !page.HasTexts("Refuses") || page.HasTexts("with you") {
		t.Error("another brand reads no limits, or what it did not do")
	}
	for who, b := range map[string]*apptest.Browser{"a visitor": a.NewBrowser(t), "a creator": a.SignedInCreator(t, "threevideos.sandbox")} {
		if page := b.Get("/c/" + id); page.Find("#limits").Length() != 0 || page.HasTexts("with you") {
			t.Errorf("%s reads the limits, or somebody's deals", who)
		}
	}
	if own := a.SignedInCreator(t, "penne.sandbox").Get("/c/" + id); own.Find("#limits").Length() != 1 {
		t.Error("the owner does not see the limits as brands do")
	}
}
