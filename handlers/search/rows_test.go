package search_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"tribemarket/internal/testkit"
	"tribemarket/internal/testkit/apptest"
	"tribemarket/models/db"
	"tribemarket/models/discovery"
	"tribemarket/models/search"
)

// fullRows is a market in which every row has all that a row can have; but for Maker 001,
// who shows no works.
func fullRows(t *testing.T) *apptest.App {
	t.Helper()
	a := apptest.New(t)
	apptest.ImportCreators(t, a, 80)
	penne, _ := a.JoinCreator(t, "penne.sandbox")
	apptest.Must(t, a.Creators.ComputeEngagementBands(t.Context()))
	apptest.Must(t, a.DB.Tx(t.Context(), func(tx *db.Tx) error {
		now := a.Clock.Now()
		for i := range 6 {
			use, place := "work", i
			if i == 0 {
				use, place = "portrait", 1
			}
			err := tx.Exec(`INSERT INTO pictures (public_id, creator_id, use, place, state, colour, width, height, type, bytes, storage_key, alt, created_at)
				SELECT ? || c.public_id, c.id, ?, ?, 'ready', '#7f9d86', 1280, 1600, 'image/webp', 1, ? || c.public_id, '', ? FROM creators c WHERE c.name <> 'Maker 001'`,
				string(rune('a'+i)), use, place, strings.Repeat(string(rune('a'+i)), 22), now).Error
			if err != nil {
				return err
			}
		}
		for day := range 31 {
			at := now.AddDate(0, 0, -day)
			err := tx.Exec(`INSERT INTO account_snapshots (account_id, day, read_at, followers) SELECT id, ?, ?, followers - ? FROM creator_accounts WHERE creator_id <> ?`,
				at.Format(time.DateOnly), at, 10*day, penne.CreatorID).Error
			if err != nil {
				return err
			}
		}
		return tx.Exec("UPDATE listings SET growth_30_ppm = 41000, response_minutes = 521, response_ppm = 964000, price_video_minor = 26000, price_video_currency = 'EUR'").Error
	}))
	testkit.CatchUp(t, a.Search)
	return a
}

func rowOf(p *apptest.Page, name string) *goquery.Selection {
	return p.Find("ol.results > li").FilterFunction(func(_ int, s *goquery.Selection) bool { return s.Find("h3").Text() == name })
}

func TestARowShowsWorksFiguresAndTrust(t *testing.T) {
	t.Parallel()
	a := fullRows(t)
	page := a.NewBrowser(t).Get("/creators?tribe=foodtok&sort=followers")
	row := rowOf(page, "Maker 020")
	for _, want := range []string{
		"@maker020.test", "France · French", "FoodTok", "Followers 10k micro", "Engagement", "within micro", "in FoodTok on TikTok", "× followers", "Growth, 30 d +4.1%",
		"From €260 one video", "Not joined yet", "Imported", "Answers in 9 h, 96% answered", "Compare",
	} {
		if text := spaced(row); !strings.Contains(text, want) && !(want == "× followers" && strings.Contains(text, "unknown sample")) {
			t.Errorf("the row does not say %q: %s", want, text)
		}
	}
	if n, label := row.Find("svg.band").Length(), row.Find("svg.spark").AttrOr("aria-label", ""); n != 1 || !strings.Contains(label, "from 9,720 to 10,020") {
		t.Errorf("%d bands, and a line of %q", n, label)
	}
	if works := row.Find(".strip .pic"); works.Length() != 5 || row.Find(".head .portrait img").Length() != 1 {
		t.Errorf("%d works", works.Length())
	}
	none := rowOf(a.NewBrowser(t).Get("/creators?q=maker001"), "Maker 001")
	if text := none.Find(".show").Text(); !strings.Contains(text, "Maker 001 has not joined yet") || none.Find(".show img").Length() != 0 {
		t.Errorf("a row without works says %q", text)
	}
}

// The page is small without its pictures, and they cost nobody anything who does not look
// at them: they are lazy below the first rows, and keep their room until they are there.
func TestASearchPageIsSmall(t *testing.T) {
	t.Parallel()
	a := fullRows(t)
	brand := a.SignUpBrand(t, "fonte")
	_, err := a.Discovery.CreateShortlist(t.Context(), brand, "Winter")
	apptest.Must(t, err)
	_, err = a.Discovery.SaveSearch(t.Context(), brand, discovery.SavedSearchForm{Name: "Cooks", Alert: discovery.AlertDaily}, filterOf(t, a, "tribe=foodtok"))
	apptest.Must(t, err)
	b := a.SignedInBrand(t, "fonte")
	for _, language := range []string{"nl", "fr", "en"} { // the languages differ by a tenth
		b.Get("/creators").Submit(".tools form[action='/language']", url.Values{"language": {language}})
		n, body := apptest.GetCounted(t, a, b, "/creators")
		if len(body) > 100_000 || n > 8 || !strings.Contains(body, `<html lang="`+language) {
			t.Errorf("in %s the page has %d bytes and asks %d times", language, len(body), n)
		}
		const six = "/creators?tribe=foodtok&platform=tiktok&country=FR&followers_min=1000&engagement_min=1&price_max=100000"
		n, body = apptest.GetCounted(t, a, b, six)
		if len(body) > 100_000 || n > 8 || strings.Count(body, `class="stall"`) != search.PageSize || strings.Count(body, "chip applied") != 6 {
			t.Errorf("in %s the page with six filters has %d bytes and asks %d times", language, len(body), n)
		}
	}
	page := b.Get("/creators")
	if rows := page.Find("ol.results > li"); page.Status != http.StatusOK || rows.Length() != search.PageSize {
		t.Fatalf("%d rows", rows.Length())
	}
	page.Find("ol.results > li").Each(func(i int, row *goquery.Selection) {
		row.Find("img").Each(func(_ int, img *goquery.Selection) {
			for _, name := range []string{"width", "height", "alt"} {
				if _, ok := img.Attr(name); !ok {
					t.Errorf("a picture of row %d has no %s", i, name)
				}
			}
			if lazy := img.AttrOr("loading", "") == "lazy"; lazy != (i >= 2 || img.ParentsFiltered(".portrait").Length() > 0) {
				t.Errorf("a picture of row %d is lazy: %t", i, lazy)
			}
		})
	})
}

func filterOf(t *testing.T, a *apptest.App, query string) search.Filter {
	t.Helper()
	v, err := url.ParseQuery(query)
	apptest.Must(t, err)
	f, _, err := a.Search.ReadFilter(t.Context(), v)
	apptest.Must(t, err)
	return f
}

// As a table, the same hits have a line each, and its columns sort as the search does. The
// choice is in the address, and every link and the form keep it.
func TestTheSameListIsATable(t *testing.T) {
	t.Parallel()
	a := fullRows(t)
	b := a.NewBrowser(t)
	pictures := b.Get("/creators?tribe=foodtok&sort=-followers")
	page := b.Get(pictures.Find(".order .seg a").Last().AttrOr("href", ""))
	named := page.Find("table.ledger tbody th a").Map(func(_ int, s *goquery.Selection) string { return strings.TrimSpace(s.Text()) })
	if strings.Join(named, " ") != strings.Join(names(pictures), " ") || page.Find(".order .seg [aria-current]").Text() != "Table" || page.Find("table.ledger img").Length() == 0 {
		t.Errorf("the table has %v, not %v", named, names(pictures))
	}
	if th := page.Find("table.ledger th[aria-sort=descending]"); th.Text() != "Followers" {
		t.Errorf("it is sorted by %q", th.Text())
	}
	for column, want := range map[string]string{"Followers": "sort=followers", "Engagement": "sort=-engagement", "Median views": "sort=-views", "Growth, 30 d": "sort=-growth", "From": "sort=price"} {
		link := page.Find("table.ledger thead a").FilterFunction(func(_ int, s *goquery.Selection) bool { return s.Text() == column })
		href := link.AttrOr("href", "")
		if !strings.Contains(href, want) || !strings.Contains(href, "view=table") || b.Get(href).Find("table.ledger tbody tr").Length() != len(named) {
			t.Errorf("%s leads to %q", column, href)
		}
	}
	if next := page.Find("a[rel=next]").AttrOr("href", ""); !strings.Contains(next, "view=table") {
		t.Errorf("the next page is %q", next)
	}
	if sent := filledFrom(page, "search"); sent.Get("view") != "table" {
		t.Errorf("the form sends %v", sent)
	}
	text := spaced(page.Find("table.ledger tbody tr").First())
	for _, want := range []string{"@", "+4.1%", "€260", "Save", "Compare"} {
		if !strings.Contains(text, want) {
			t.Errorf("a line does not say %q: %s", want, text)
		}
	}
	if lines := page.Find("table.ledger tbody tr:contains('Not joined yet')"); lines.Length() == 0 || lines.Length() == len(named) || lines.Find("svg.band[aria-label^='within micro']").Length() == 0 {
		t.Errorf("%d of %d have not joined yet", lines.Length(), len(named))
	}
}

// Ticks outlast paging and filtering without a script: the form and every link of the page
// take them along, and the form says whom else it compares.
func TestTicksOutlastPagingAndFiltering(t *testing.T) {
	t.Parallel()
	a := fullRows(t)
	b := a.NewBrowser(t)
	page := b.Get("/creators?sort=followers")
	both := []string{idOf(page, 0), idOf(page, 1)}
	slices.Sort(both)
	first, second := both[0], both[1]
	sent := filledFrom(page, "search")
	sent.Del("c")
	sent["c"] = []string{first, second}
	next := page.Find("button[name=after]")
	if next.AttrOr("form", "") != "search" {
		t.Fatal("without a script nothing leads on with the ticks")
	}
	sent.Set("after", next.AttrOr("value", ""))
	page = b.Get("/creators?" + sent.Encode())
	if got := filledTicks(page); got != first+" "+second || !strings.Contains(page.Find("#compared").Text(), "2 ") || slices.Contains(both, idOf(page, 0)) {
		t.Errorf("on the next page %q is ticked, and it says %q", got, page.Find("#compared").Text())
	}
	for name, selector := range map[string]string{"the page before": "a[rel=prev]", "the first page": ".pager .quiet", "the table": ".order .seg a:last-child"} {
		p := b.Get(page.Find(selector).First().AttrOr("href", ""))
		if got := filledTicks(p); got != first+" "+second {
			t.Errorf("%s has %q ticked", name, got)
		}
	}
	filtered := b.Get("/creators?country=NL&c=" + first + "&c=" + second)
	if got := filledTicks(b.Get(filtered.Find("#applied a.applied").First().AttrOr("href", ""))); got != first+" "+second {
		t.Errorf("with a filter less, %q is ticked", got)
	}
	all := filledFrom(page, "search")
	all["c"] = []string{first, second}
	compared := page.Find("#compare button").AttrOr("formaction", "") + "?" + all.Encode()
	if p := b.Get(compared); p.Path != "/compare" || p.Find("table.compare thead th").Length() != 2 {
		t.Errorf("compared are %d at %s", p.Find("table.compare thead th").Length(), p.Path)
	}
	b.StopAtRedirects()
	if to := b.Get(compared).Header.Get("Location"); to != "/compare?c="+first+"&c="+second {
		t.Errorf("the comparison is at %s", to)
	}
}

func idOf(p *apptest.Page, i int) string {
	return strings.TrimPrefix(p.Find("ol.results > li").Eq(i).AttrOr("id", ""), "c-")
}

// filledTicks are the ticked creators of a page, here and elsewhere.
func filledTicks(p *apptest.Page) string {
	var all []string
	p.Find("input[name=c][form=search]").Each(func(_ int, s *goquery.Selection) {
		if _, checked := s.Attr("checked"); checked || s.AttrOr("type", "") == "hidden" {
			all = append(all, s.AttrOr("value", ""))
		}
	})
	slices.Sort(all)
	return strings.Join(all, " ")
}

// Side by side, the works and faces of creators are seen too.
func TestAComparisonShowsWorks(t *testing.T) {
	t.Parallel()
	a := fullRows(t)
	b := a.NewBrowser(t)
	page := b.Get("/creators?sort=followers")
	ids := map[string]string{}
	for i, name := range names(page) {
		ids[name] = idOf(page, i)
	}
	p := b.Get("/compare?c=" + ids["Maker 002"] + "&c=" + ids["Maker 001"])
	if row := p.Find("table.compare tbody tr").First(); row.Find("td").Length() != 2 || row.Find(".strip .pic").Length() != 4 || !strings.Contains(row.Text(), "no works yet") {
		t.Errorf("the first row is %q with %d works", row.Text(), row.Find(".strip .pic").Length())
	}
	if p.Find("table.compare thead .portrait img").Length() != 1 {
		t.Error("no face is seen")
	}
}
