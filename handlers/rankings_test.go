package handlers_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"tribemarket/internal/config"
	"tribemarket/internal/testkit/apptest"
	"tribemarket/models/db"
)

// grow gives a creator's account a reading of a week ago with half of today's
// followers, and today's.
func grow(t *testing.T, a *apptest.App, publicID string) {
	t.Helper()
	err := a.DB.Tx(t.Context(), func(tx *db.Tx) error {
		const half = "INSERT INTO account_snapshots (account_id, day, read_at, followers) SELECT id, ?, ?, followers / 2 FROM creator_accounts WHERE creator_id = (SELECT id FROM creators WHERE public_id = ?)"
		week := a.Clock.Now().AddDate(0, 0, -7)
		return tx.Exec(half, week.Format("2006-01-02"), week, publicID).Error
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestRankingsSayHowAPlaceCameAbout(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	_, penne := a.Creator(t, "penne.sandbox")
	b := a.Browser(t)
	if p := b.Get("/rankings?by=growth"); p.Status != http.StatusOK || !p.Has("Creators by growth", "No ranking yet", "computed once a day") {
		t.Errorf("before the first time: %d %s", p.Status, p.Find("main").Text())
	}
	grow(t, a, penne)
	must(t, a.Rankings.ComputeRankings(t.Context()))
	p := b.Get("/rankings?by=growth")
	if !p.Has("Creators by growth", "All countries · This week", "There is no ranking of the week before", "Verified") {
		t.Errorf("growth: %s", p.Find("main").Text())
	}
	row := p.Find("table.ranked tbody tr")
	if row.Length() != 1 || row.Find("a").AttrOr("href", "") != "/c/"+penne || !strings.Contains(row.Text(), "+100") || !strings.Contains(row.Text(), "13 Nov") {
		t.Errorf("the row is %s", row.Text())
	}
	if got := p.Find("link[rel=canonical]").AttrOr("href", ""); got != a.URL+"/rankings?by=growth" {
		t.Errorf("canonical %s", got)
	}
	// Without a script the selects are a form that keeps what is chosen.
	p = p.Submit("form[action='/rankings']", map[string][]string{"tribe": {"foodtok"}, "country": {""}})
	if p.Status != http.StatusOK || !p.Has("FoodTok creators by growth") {
		t.Errorf("another tribe: %d %s", p.Status, p.Find("h1").Text())
	}
	for _, tc := range []struct{ path, want string }{
		{"/rankings?tribe=booktok", "Nobody has this figure yet"},
		{"/rankings?period=month&by=growth", "two readings 30 days apart"},
		{"/rankings?by=growth&country=FR", "France has no ranking of its own here"},
		{"/rankings?by=growth&country=XX", "All countries · This week"},
		{"/rankings?by=nothing&period=year&from=7", "Creators by engagement"},
	} {
		if p := b.Get(tc.path); p.Status != http.StatusOK || !p.Has(tc.want) {
			t.Errorf("%s: %d, without %q: %s", tc.path, p.Status, tc.want, p.Find("main").Text())
		}
	}
	if p := b.Get("/rankings?tribe=nosuchtok"); p.Status != http.StatusNotFound {
		t.Errorf("a tribe that is not there: %d", p.Status)
	}
	a.SuspendCreator(t, penne)
	if p := b.Get("/rankings?by=growth"); p.Find("table.ranked").Length() != 0 {
		t.Error("who is suspended has a place")
	}
}

func TestALongRankingHasTwoPages(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	ranked(t, a, 0, 60)
	must(t, a.Rankings.ComputeRankings(t.Context()))
	p := a.Browser(t).Get("/rankings?country=BE")
	if n := p.Find("table.ranked tbody tr").Length(); n != 50 || !p.Has("Places 1 to 50", "Many 1000") {
		t.Errorf("the first page has %d", n)
	}
	if len(p.Body) > 100_000 {
		t.Errorf("it is %d bytes", len(p.Body))
	}
	next := p.Find("a[rel=next]").AttrOr("href", "")
	p = a.Browser(t).Get(next)
	if n := p.Find("table.ranked tbody tr").Length(); next != "/rankings?country=BE&from=51" || n != 10 || !p.Has("Places 51 to 60", "Many 1059") {
		t.Errorf("%s has %d", next, n)
	}
	if got := p.Find("a[rel=prev]").AttrOr("href", ""); got != "/rankings?country=BE" {
		t.Errorf("back leads to %s", got)
	}
}

func TestTribesHavePages(t *testing.T) {
	t.Parallel()
	a := apptest.New(t, func(c *config.Config) { c.Demo = false })
	_, penne := a.Creator(t, "penne.sandbox")
	b := a.Browser(t)
	if p := b.Get("/tribes"); p.Status != http.StatusOK || p.Find(".tribe-index li").Length() != len(a.Creators.Catalogue().All()) || !p.Has("No creators yet") {
		t.Errorf("the list: %d %s", p.Status, p.Find("main").Text())
	}
	if p := b.Get("/tribes/foodtok"); p.Status != http.StatusOK || !p.Has("FoodTok", "Recipes, baking", "No medians yet", "It takes 5 listed creators", "Nobody in this tribe is listed yet", "#foodtok") {
		t.Errorf("before it was computed: %s", p.Find("main").Text())
	}
	must(t, a.Rankings.ComputeTribePages(t.Context()))
	if p := b.Get("/tribes"); p.Find(".tribe-index li:has(a[href='/tribes/foodtok']) .n").Text() != "1 creator" {
		t.Errorf("the list: %s", p.Find(".tribe-index").Text())
	}
	p := b.Get("/tribes/foodtok")
	if p.Find("#top a").AttrOr("href", "") != "/c/"+penne || p.Find("a.btn.primary").AttrOr("href", "") != "/creators?tribe=foodtok" {
		t.Errorf("top and search: %s", p.Find("main").Text())
	}
	if p.Find("link[rel=canonical]").AttrOr("href", "") != a.URL+"/tribes/foodtok" || p.Find("meta[name=robots]").Length() != 0 || !strings.Contains(p.Find("meta[name=description]").AttrOr("content", ""), "FoodTok: Recipes") {
		t.Errorf("the head of the page: %s", p.Find("head").Text())
	}
	for _, href := range []string{"/rankings?tribe=foodtok", "/rankings?by=growth&period=month&tribe=foodtok"} {
		if p.Find("a[href='"+href+"']").Length() != 1 {
			t.Errorf("no link to %s", href)
		}
	}
	if p := b.Get("/c/" + penne); p.Find("a[href='/tribes/foodtok']").Length() == 0 {
		t.Error("her page doesn't lead to her tribe")
	}
	missing := b.Get("/tribes/nosuchtok")
	must(t, a.DB.Tx(t.Context(), func(tx *db.Tx) error {
		return tx.Exec("INSERT INTO tribe_edits (slug, tribe, hidden, version, updated_at) VALUES ('foodtok', '{\"display\":\"FoodTok\",\"names\":{\"en\":\"x\"},\"descriptions\":{\"en\":\"x\"}}', TRUE, 1, ?)", a.Clock.Now()).Error
	}))
	must(t, a.Creators.LoadTribes(t.Context()))
	hidden := b.Get("/tribes/foodtok")
	if hidden.Status != http.StatusNotFound || missing.Status != http.StatusNotFound || hidden.Find("h1").Text() != missing.Find("h1").Text() {
		t.Errorf("a hidden tribe answers %d %s", hidden.Status, hidden.Find("h1").Text())
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// ranked adds creators of FoodTok in Belgium with three posts each, each with a
// lower rate than the one before.
func ranked(t *testing.T, a *apptest.App, from, to int) {
	t.Helper()
	must(t, a.DB.Tx(t.Context(), func(tx *db.Tx) error {
		for i := from; i < to; i++ {
			for _, q := range []string{
				"INSERT INTO creators (id, public_id, name, listed, created_at, updated_at) VALUES (%[1]d, 'many%[1]d', 'Many %[1]d', TRUE, '2026-11-20', '2026-11-20')",
				"INSERT INTO creator_accounts (id, creator_id, platform, handle, handle_key, source, as_of, followers, listed, created_at, updated_at) VALUES (%[1]d, %[1]d, 'tiktok', 'm%[1]d', 'm%[1]d', 'imported', '2026-11-20', 20000, TRUE, '2026-11-20', '2026-11-20')",
				"INSERT INTO listings (account_id, creator_id, platform, country, tribes, tribes_known, languages, followers, sole) VALUES (%[1]d, %[1]d, 'tiktok', 'BE', ',foodtok,', 'v', '', 20000, TRUE)",
				"INSERT INTO creator_tribes (creator_id, tribe, known) VALUES (%[1]d, 'foodtok', 'derived')",
				"INSERT INTO listing_changes (creator_id) VALUES (%[1]d)",
			} {
				if err := tx.Exec(fmt.Sprintf(q, 1000+i)).Error; err != nil {
					return err
				}
			}
			for post := range 3 {
				err := tx.Exec("INSERT INTO posts (account_id, platform_post_id, posted_at, views, likes, comments, shares, read_at) VALUES (?, ?, ?, 1000, ?, 0, 0, ?)",
					1000+i, fmt.Sprint(post), a.Clock.Now().AddDate(0, 0, -3), 500-i, a.Clock.Now()).Error
				if err != nil {
					return err
				}
			}
		}
		return nil
	}))
}
