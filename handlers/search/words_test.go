package search_test

import (
	"net/url"
	"strings"
	"testing"

	"tribemarket/internal/testkit"
	"tribemarket/internal/testkit/apptest"
	"tribemarket/internal/testkit/importtest"
	"tribemarket/models"
	"tribemarket/models/creators"
	"tribemarket/models/db"
	"tribemarket/models/imports"
	"tribemarket/models/platform"
)

// Words without a letter or digit find nobody, and the page says why.
func TestWordsWithoutLettersFindNobody(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	apptest.ImportCreators(t, a, 6)
	b := a.NewBrowser(t)
	for _, said := range []string{"%", "*", "😀", "_ - @", "“”"} {
		page := b.Get("/creators?say=" + url.QueryEscape(said))
		if page.Find("h1").Text() != "No creator fits" || !page.HasTexts("“"+said+"” has no letter or digit to search for.") {
			t.Errorf("%s finds %q: %.300s", said, page.Find("h1").Text(), page.Find(".notice").Text())
		}
	}
}

// Names with a typing error in each word are found, and the page says what it looked for.
func TestTypingErrorsInBothWords(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	list := "username,name,followers\nfenna.one,Fenna Tavmond,20000\nfenari.one,Fenari Otter,20000\nilan.one,Ilan Tavmondo,20000\n"
	if _, err := a.Imports.ImportFiles(t.Context(), []imports.File{importtest.File("list.csv", list)}, imports.Options{Platform: platform.TikTok, AsOf: models.Date{Year: 2026, Month: 11, Day: 1}}); err != nil {
		t.Fatal(err)
	}
	testkit.CatchUp(t, a.Search)
	for _, said := range []string{"fena+tavmond", "fena+tavmont", "Fenna+Tavmnod"} {
		page := a.NewBrowser(t).Get("/creators?q=" + said)
		if got := names(page); len(got) != 1 || got[0] != "Fenna Tavmond" || !page.HasTexts("together with the other words; we searched for") {
			t.Errorf("%s finds %q: %s", said, got, page.Find(".notice").Text())
		}
	}
}

// By relevance a creator is found by the account with the most followers that fits.
func TestTheMostFollowedAccountThatFitsIsShown(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	penne, _ := a.JoinCreator(t, "penne.sandbox")
	apptest.Must(t, a.DB.Tx(t.Context(), func(tx *db.Tx) error {
		for handle, followers := range map[string]int{"penne.small": 11_000, "penne.large": 900_000} {
			err := tx.Exec(`INSERT INTO creator_accounts (creator_id, platform, handle, handle_key, name, country, url, source, as_of, followers, basis, listed, aged, created_at, updated_at)
				SELECT creator_id, 'twitch', ?, ?, name, country, url, 'imported', as_of, ?, 'none', listed, aged, created_at, updated_at FROM creator_accounts WHERE creator_id = ? AND platform = 'tiktok'`,
				handle, handle, followers, penne.CreatorID).Error
			if err != nil {
				return err
			}
		}
		return a.Creators.Relist(tx, []int64{penne.CreatorID})
	}))
	testkit.CatchUp(t, a.Search)
	b := a.NewBrowser(t)
	for query, want := range map[string]string{"": "@penne.large", "?followers_max=20000": "@penne.small", "?verified=1": "@penne.sandbox"} {
		if page := b.Get("/creators" + query); !strings.Contains(page.Find("ol.results > li").First().Text(), want) {
			t.Errorf("%q shows %s, not %s", query, spaced(page.Find("ol.results > li").First()), want)
		}
	}
}

// What is known of creators is counted, and found, by itself and together.
func TestWhatIsKnownIsFound(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	apptest.ImportCreators(t, a, 6)
	penne, _ := a.JoinCreator(t, "penne.sandbox")
	form := creators.ProfileForm{Name: "Penne Trial", Prices: []creators.StartingPriceForm{{Format: "story", Amount: "90", Currency: "GBP"}}}
	if err := a.Creators.EditProfile(t.Context(), penne, form); err != nil {
		t.Fatal(err)
	}
	_, _ = a.JoinCreator(t, "threevideos.sandbox")
	b := a.NewBrowser(t)
	counts := spaced(b.Get("/creators").Find("#filter-known fieldset"))
	if counts != "Answers here 2 Price known 1 Verified by the platform 2" {
		t.Errorf("what is known is counted as %s", counts)
	}
	for query, want := range map[string]string{
		"joined=1": "Penne Trial, Three Videos", "priced=1": "Penne Trial", "joined=1&priced=1&verified=1": "Penne Trial", "say=creators, answers here, price known": "Penne Trial",
	} {
		if got := strings.Join(names(b.Get("/creators?"+strings.ReplaceAll(query, " ", "+"))), ", "); got != want && got != "Three Videos, Penne Trial" {
			t.Errorf("%s finds %s", query, got)
		}
	}
	if got := chips(b.Get("/creators?joined=1&priced=1")); got["Answers here"] != "/creators?priced=1" || got["Price known"] != "/creators?joined=1" {
		t.Errorf("the chips are %v", got)
	}
}

// The page counts what it shows; a closed filter is counted when its link is followed.
func TestClosedFiltersAreCountedWhenOpened(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	apptest.ImportCreators(t, a, 12)
	b := a.NewBrowser(t)
	page := b.Get("/creators")
	for _, open := range []string{"tribe", "country", "followers", "engagement", "price", "known"} {
		if !page.Find("#filter-" + open).Is("[open]") {
			t.Errorf("%s is closed", open)
		}
	}
	for _, closed := range []string{"platform", "language", "views", "posted", "type", "audience_country"} {
		fold := page.Find("#filter-" + closed)
		if fold.Is("[open]") || fold.Find("input, .n").Length() != 0 {
			t.Errorf("%s is open, or has fields", closed)
		}
		opened := b.Get(fold.Find("a.later").AttrOr("href", "")).Find("#filter-" + closed)
		if !opened.Is("[open]") || opened.Find("input").Length() == 0 {
			t.Errorf("%s is not opened by its link", closed)
		}
		if closed == "platform" && opened.Find(".n").First().Text() != "12" {
			t.Errorf("platforms are counted as %s", spaced(opened))
		}
	}
}
