package discovery_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"tribemarket/internal/testkit/apptest"
	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/discovery"
	"tribemarket/models/search"
)

// stopLink is the path that stopped an alert before there were notifications,
// by the newest mail's own token.
func stopLink(t *testing.T, a *apptest.App) string {
	t.Helper()
	secret := models.NewSecret()
	err := a.DB.Read(context.Background()).Exec("UPDATE saved_search_mails SET token_hash = ? WHERE id = (SELECT max(id) FROM saved_search_mails)", models.HashSecret(secret)).Error
	if err != nil {
		t.Fatal(err)
	}
	return "/searches/unsubscribe/" + secret
}

const saveForm = "form[action='/searches']"

func TestASearchIsSavedTellsWhoIsNewAndCanBeChanged(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	a.SignUpBrand(t, "looker")
	b := a.SignedInBrand(t, "looker")
	if p := b.Get("/searches"); p.Status != 200 || !p.HasTexts("No saved searches yet", "Save this search") {
		t.Errorf("first use: %d %s", p.Status, p.Text())
	}
	apptest.ConnectWithFollowers(t, a, "there", 80_000)
	p := b.Get("/searches/new?followers_min=50000&tribe=foodtok&country=BE&after=x")
	if p.Find("#f-name").AttrOr("value", "") != "FoodTok in Belgium" || p.Find("input[name=alert]:checked").AttrOr("value", "") != "daily" || !p.HasTexts("E-mails go to looker@brand.example") {
		t.Errorf("the form: %s", p.Text())
	}
	p = b.Get("/searches/new?followers_min=50000")
	if !p.HasTexts("1 creator matches now and counts as known", "50k") {
		t.Errorf("the form says not what is saved: %s", p.Text())
	}
	p = p.Submit(saveForm, url.Values{"name": {" "}, "alert": {"weekly"}})
	if p.Status != 422 || p.Find("#f-name[aria-invalid]").Length() != 1 || p.Find("input[value=weekly]:checked").Length() != 1 || !p.HasTexts("1 creator matches") {
		t.Fatalf("without a name: %d %s", p.Status, p.Text())
	}
	p = p.Submit(saveForm, url.Values{"name": {"Big ones"}, "alert": {"weekly"}})
	if p.Status != 200 || !p.HasTexts("The search is saved", "Big ones", "You get the next e-mail on Mon 23 Nov", "Nobody new") {
		t.Fatalf("saved: %d %s", p.Status, p.Text())
	}
	page := p.Path
	if href := p.Find(".page-head a.btn").AttrOr("href", ""); href != "/creators?followers_min=50000" {
		t.Errorf("the search itself is %s", href)
	}

	apptest.ConnectWithFollowers(t, a, "late", 60_000)
	apptest.LookForNewCreators(t, a)
	if p := b.Get("/dashboard"); !p.HasTexts("1 new creator matches Big ones") || p.Find("a[href='"+page+"']").Length() != 1 {
		t.Errorf("the dashboard doesn't tell: %s", p.Text())
	}
	if p := b.Get("/searches"); !p.HasTexts("Big ones", "1 new creator", "Weekly") || p.Find("nav.nav a[aria-current]").Text() == "" {
		t.Errorf("the list doesn't tell: %s", p.Text())
	}
	for range 2 { // looking is not having seen
		if p = b.Get(page); !p.HasTexts("1 new creator", "Name of late", "@late, TikTok", "60k") {
			t.Fatalf("the page doesn't tell: %s", p.Text())
		}
	}
	apptest.ConnectWithFollowers(t, a, "later", 70_000)
	apptest.LookForNewCreators(t, a)
	if p = p.Submit("form[action$='/seen']", nil); !p.HasTexts("Marked as seen", "Name of later") || p.HasTexts("Name of late ") {
		t.Errorf("seen: %s", p.Text())
	}

	p = p.Submit("form[action$='/alert']", url.Values{"alert": {"instant"}})
	if !p.HasTexts("The alert is changed", "You get an e-mail as soon as someone new matches") {
		t.Errorf("the alert: %s", p.Text())
	}
	if q := p.Submit("form[action$='/alert']", url.Values{"alert": {"hourly"}}); q.Status != 422 || !q.HasTexts("Choose when e-mails are sent") {
		t.Errorf("an alert that is none: %d", q.Status)
	}
	if q := p.Submit("form[action$='/name']", url.Values{"name": {strings.Repeat("x", 81)}}); q.Status != 422 || len(q.Find("#f-name").AttrOr("value", "")) != 81 {
		t.Errorf("a long name: %d %s", q.Status, q.Text())
	}
	if p = p.Submit("form[action$='/name']", url.Values{"name": {"Bigger ones"}}); p.Find("h1").Text() != "Bigger ones" {
		t.Errorf("renamed: %s", p.Text())
	}
	if p = p.Submit("form[action$='/removal']", nil); p.Path != "/searches" || !p.HasTexts("The search is deleted", "No saved searches yet") {
		t.Errorf("deleted: %s %s", p.Path, p.Text())
	}
	if p := b.Get(page); p.Status != 404 {
		t.Errorf("it is still there: %d", p.Status)
	}
}

func TestTheSecondOfANameIsRefusedInItsForm(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	a.SignUpBrand(t, "looker")
	b := a.SignedInBrand(t, "looker")
	b.Get("/searches/new?q=pasta").Submit(saveForm, url.Values{"name": {"Pasta"}})
	if p := b.Get("/searches/new?q=pizza").Submit(saveForm, url.Values{"name": {"pasta"}}); p.Status != 422 || !p.HasTexts("Your brand already has a search with this name", "“pizza”") {
		t.Errorf("%d %s", p.Status, p.Text())
	}
}

// A saved search takes its words as they are written: whoever saves one that a
// search corrects is told, and gets the words that somebody has.
func TestAMisspeltWordIsSaidBeforeItIsSaved(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	a.SignUpBrand(t, "looker")
	for _, handle := range []string{"pasta", "pastalover", "pasca", "pastra", "pasrb", "pasrc", "pasrd"} {
		apptest.ConnectWithFollowers(t, a, handle, 60_000)
	}
	apptest.ConnectWithFollowers(t, a, "martin", 60_000)
	if err := a.Search.CatchUp(context.Background()); err != nil {
		t.Fatal(err)
	}
	b := a.SignedInBrand(t, "looker")
	p := b.Get("/searches/new?q=Pasra+martin&followers_min=50000")
	notice := p.Find("main .notice")
	if !p.HasTexts("0 creators match now", "No creator has “pasra”", "finds nobody until someone has it") || notice.Length() != 1 || notice.Find("a").Length() != 5 {
		t.Fatalf("the form says not that nobody has the word: %s", p.Text())
	}
	if q := p.Submit(saveForm, url.Values{"name": {" "}}); q.Status != 422 || !q.HasTexts("No creator has “pasra”") {
		t.Errorf("after a mistake: %d %s", q.Status, q.Text())
	}
	q := b.Get("/searches/new?q=Pasra&followers_min=50000")
	href := ""
	q.Find("main .notice a").Each(func(_ int, s *goquery.Selection) {
		if strings.Contains(s.Text(), "“pasta”") {
			href = s.AttrOr("href", "")
		}
		if strings.Contains(s.Text(), "pastalover") {
			t.Error("what pasta finds is offered by itself")
		}
	})
	if href != "/searches/new?followers_min=50000&q=pasta" {
		t.Errorf("the link leads to %q", href)
	}
	if q = b.Get(href); !q.HasTexts("2 creators match now", "“pasta”") || q.Find("main .notice").Length() != 0 {
		t.Errorf("with the word that somebody has: %s", q.Text())
	}
	if n, without := apptest.CountQueries(t, a, b, "/searches/new?q=pasra&tribe=foodtok"), apptest.CountQueries(t, a, b, "/searches/new?tribe=foodtok"); n > 8 || n != without {
		t.Errorf("the form asks %d times, and %d without words", n, without)
	}
}

func TestAViewerReadsSearchesAndChangesNone(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	brand := a.SignUpBrand(t, "looker")
	id, err := a.Discovery.SaveSearch(context.Background(), brand, discovery.SavedSearchForm{Name: "Ours", Alert: discovery.AlertDaily}, search.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	apptest.ConnectWithFollowers(t, a, "new", 60_000)
	apptest.LookForNewCreators(t, a)
	viewer, _ := a.SignedInMember(t, brand, models.RoleViewer)
	p := viewer.Get("/searches/" + id)
	if !p.HasTexts("Ours", "Name of new", "Member of looker gets the next e-mail") || p.Find("main form").Length() != 0 {
		t.Errorf("a viewer sees %s", p.Text())
	}
	if p := viewer.Get("/searches"); !p.HasTexts("Ours", "1 new creator") {
		t.Errorf("a viewer's list: %s", p.Text())
	}
}

func TestALongListOfNewCreatorsHasPages(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	brand := a.SignUpBrand(t, "looker")
	id, err := a.Discovery.SaveSearch(context.Background(), brand, discovery.SavedSearchForm{Name: "All", Alert: discovery.AlertDaily}, search.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	for i := range discovery.MaxMatchesShown + 3 {
		apptest.ConnectWithFollowers(t, a, "c"+string(rune('a'+i)), 60_000)
	}
	apptest.LookForNewCreators(t, a)
	b := a.SignedInBrand(t, "looker")
	p := b.Get("/searches/" + id)
	seen := map[string]bool{}
	for p.Find("tbody tr").Length() > 0 {
		p.Find("tbody th a").Each(func(_ int, s *goquery.Selection) {
			if seen[s.AttrOr("href", "")] {
				t.Errorf("%s stands on two pages", s.Text())
			}
			seen[s.AttrOr("href", "")] = true
		})
		next := p.Find("a[rel=next]").AttrOr("href", "")
		if next == "" {
			break
		}
		p = b.Get(next)
	}
	if len(seen) != discovery.MaxMatchesShown+3 || !p.HasTexts("27 new creators") {
		t.Errorf("%d of 27 are shown", len(seen))
	}
	if p := b.Get("/searches/" + id + "?after=nonsense"); p.Find("tbody tr").Length() != discovery.MaxMatchesShown {
		t.Errorf("a place that is none gives %d rows", p.Find("tbody tr").Length())
	}
	for _, path := range []string{"/searches/" + id, "/searches", "/searches/new?tribe=foodtok", "/dashboard"} {
		if n := apptest.CountQueries(t, a, b, path); n > 8 {
			t.Errorf("%s asks %d times", path, n)
		}
	}
}

// One click stops the mails of one search: a mail program posts without a
// session and without a form's token, and looking at the link stops nothing.
func TestOneClickStopsTheAlert(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	brand := a.SignUpBrand(t, "looker")
	ctx := context.Background()
	id, err := a.Discovery.SaveSearch(ctx, brand, discovery.SavedSearchForm{Name: "Pasta", Alert: discovery.AlertInstant}, search.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	apptest.ConnectWithFollowers(t, a, "new", 60_000)
	apptest.LookForNewCreators(t, a)
	link := stopLink(t, a)
	stopped := func() bool {
		x, err := a.Discovery.ReadSavedSearch(ctx, brand, id)
		if err != nil || x.Alert == discovery.AlertOff {
			t.Fatal(x.Alert, err)
		}
		return !x.Mine
	}
	anybody := a.NewBrowser(t)
	p := anybody.Get(link)
	if p.Status != 200 || !p.HasTexts("Stop e-mails about “Pasta”?") || stopped() {
		t.Fatalf("a look at the link: %d %s", p.Status, p.Text())
	}
	for range 2 {
		res, err := http.Post(a.URL+link, "application/x-www-form-urlencoded", strings.NewReader("List-Unsubscribe=One-Click"))
		if err != nil {
			t.Fatal(err)
		}
		_ = res.Body.Close()
		if res.StatusCode != 200 || res.Request.URL.Path != link || len(res.Cookies()) != 0 || !stopped() {
			t.Errorf("one click: %d at %s", res.StatusCode, res.Request.URL.Path)
		}
	}
	if p := anybody.Get(link); !p.HasTexts("No more e-mails about “Pasta”") || p.Find("main form").Length() != 0 {
		t.Errorf("afterwards: %s", p.Text())
	}
	b := a.SignedInBrand(t, "looker")
	p = b.Get("/searches/" + id)
	if !p.HasTexts("No e-mail is sent: e-mails were stopped", "If you set it, they go to you, at looker@brand.example", "1 new creator") {
		t.Errorf("the search says not that no mail goes: %s", p.Text())
	}
	if p = p.Submit("form[action$='/alert']", nil); !p.HasTexts("You get an e-mail as soon as", "E-mails go to looker@brand.example") || stopped() {
		t.Errorf("the same alert brings no mails: %s", p.Text())
	}
	member, _ := a.SignedInMember(t, brand, models.RoleManager)
	if p := member.Get("/searches/" + id); !p.HasTexts("Member of looker gets an e-mail", "no longer to Member of looker") {
		t.Errorf("a colleague is not told whose mails they are: %s", p.Text())
	}
	if p := anybody.Get(link).Submit("main form", nil); p.Path != link || !p.HasTexts("No more e-mails about “Pasta”") || !stopped() {
		t.Errorf("the page's button: %d %s %s", p.Status, p.Path, p.Text())
	}
	res, err := http.Post(a.URL+"/searches/unsubscribe/guessed", "application/x-www-form-urlencoded", strings.NewReader("List-Unsubscribe=One-Click"))
	if err != nil {
		t.Fatal(err)
	}
	_ = res.Body.Close()
	if res.StatusCode != 404 {
		t.Errorf("a guess: %d", res.StatusCode)
	}
}

func TestErasingAMemberStopsTheirMailsAndErasingABrandItsSearches(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	brand := a.SignUpBrand(t, "looker")
	ctx := context.Background()
	member := a.AddMember(t, brand, models.RoleManager)
	for _, who := range []models.Actor{brand, member} {
		if _, err := a.Discovery.SaveSearch(ctx, who, discovery.SavedSearchForm{Name: "Of " + string(who.Role), Alert: discovery.AlertInstant}, search.Filter{}); err != nil {
			t.Fatal(err)
		}
	}
	apptest.ConnectWithFollowers(t, a, "new", 60_000)
	apptest.LookForNewCreators(t, a)
	if n := apptest.Count(t, a, "SELECT count(*) FROM saved_search_mails"); n != 2 {
		t.Fatalf("%d mails", n)
	}
	if err := a.Privacy.EraseActor(ctx, member, "A manager"); err != nil {
		t.Fatal(err)
	}
	if nobody, mails := apptest.Count(t, a, "SELECT count(*) FROM saved_searches WHERE mails_to IS NULL AND alert = 'instant'"), apptest.Count(t, a, "SELECT count(*) FROM saved_search_mails"); nobody != 1 || mails != 1 {
		t.Errorf("the mails of %d searches go to nobody, %d mails are kept", nobody, mails)
	}
	var creator accounts.Identity
	if err := a.DB.Read(ctx).Take(&creator, "subject = 'id-new'").Error; err != nil {
		t.Fatal(err)
	}
	if err := a.Privacy.EraseActor(ctx, models.Actor{PersonID: creator.PersonID}, "Name of new"); err != nil {
		t.Fatal(err)
	}
	if n := apptest.Count(t, a, "SELECT count(*) FROM saved_search_matches"); n != 0 {
		t.Errorf("%d searches remember a creator who is erased", n)
	}
	if err := a.Privacy.EraseActor(ctx, brand, "Member of looker"); err != nil {
		t.Fatal(err)
	}
	if n := apptest.Count(t, a, "SELECT count(*) FROM saved_searches"); n != 0 {
		t.Errorf("%d searches are left of a brand that is gone", n)
	}
}
