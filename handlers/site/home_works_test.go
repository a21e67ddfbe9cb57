package site_test

import (
	"bytes"
	"image"
	"image/png"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"tribemarket/internal/testkit/apptest"
	"tribemarket/models"
	"tribemarket/models/db"
	"tribemarket/models/files"
)

// The first page shows works and portraits of creators who are listed, none twice and none
// that is hidden; drawings only as long as there are no works.
func TestTheFirstPageShowsTheWorksOfCreators(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	ctx := t.Context()
	actors, ids := map[string]models.Actor{}, map[string]string{}
	for _, handle := range []string{"penne.sandbox", "solder.sandbox", "chapter.sandbox"} {
		actors[handle], ids[handle] = a.JoinCreator(t, handle)
	}
	apptest.Must(t, a.Rankings.ComputeTribePages(ctx))
	drawn := func(p *apptest.Page) int { return p.Find("main .hung img[src^='/static/art/']").Length() }
	if p := a.NewBrowser(t).Get("/"); drawn(p) != 8 || p.Find(".hung[aria-hidden=true]").Length() != 1 {
		t.Errorf("without works: %d drawings", drawn(p))
	}
	works := map[string][]string{}
	for handle, actor := range actors {
		addPicture(t, a, actor, files.Portrait)
		for range 3 {
			works[handle] = append(works[handle], addPicture(t, a, actor, files.Work))
		}
	}
	all := slices.Concat(slices.Collect(maps.Values(works))...)
	p := a.NewBrowser(t).Get("/")
	shown := slices.DeleteFunc(pictures(p), func(src string) bool { return !slices.Contains(all, strings.Split(src, "/")[2]) })
	if once := slices.Compact(slices.Sorted(slices.Values(shown))); len(once) != len(shown) || len(shown) < 6 {
		t.Errorf("of %d works %d are different", len(shown), len(once))
	}
	row := p.Find("#row .stall a[href^='/c/']").First().AttrOr("href", "")
	p.Find(".hung a").Each(func(_ int, link *goquery.Selection) {
		href := link.AttrOr("href", "")
		if !strings.HasPrefix(href, "/c/") || strings.HasPrefix(row, href) || link.Find("img").AttrOr("alt", "") == "" {
			t.Errorf("a work leads to %s", href)
		}
	})
	if n := p.Find(".hung a").Length(); drawn(p) != 0 || n == 0 || n%2 != 0 || p.Find(".hung[aria-hidden]").Length() != 0 {
		t.Errorf("%d works beside the headline, %d drawings", n, drawn(p))
	}
	if n := apptest.CountQueries(t, a, a.NewBrowser(t), "/"); n > 11 {
		t.Errorf("%d queries", n)
	}
	var gone string // a creator whose works are beside the headline
	for handle, id := range ids {
		if p.Find(".hung a[href='/c/"+id+"']").Length() > 0 {
			gone = handle
		}
	}
	hidden := strings.Split(shown[0], "/")[2]
	apptest.Must(t, a.DB.Tx(ctx, func(tx *db.Tx) error {
		return tx.Exec("UPDATE pictures SET hidden_at = created_at, hidden_reason = 'reported' WHERE public_id = ?", hidden).Error
	}))
	if slices.ContainsFunc(pictures(a.NewBrowser(t).Get("/")), func(src string) bool { return strings.Contains(src, hidden) }) {
		t.Error("a hidden picture is shown")
	}
	a.SuspendCreator(t, ids[gone])
	after := a.NewBrowser(t).Get("/")
	if slices.ContainsFunc(pictures(after), func(src string) bool {
		return slices.ContainsFunc(works[gone], func(id string) bool { return strings.Contains(src, id) })
	}) || after.Find("a[href='/c/"+ids[gone]+"']").Length() != 0 {
		t.Error("a suspended creator is shown")
	}
}

// pictures are the addresses of the uploaded pictures of a page.
func pictures(p *apptest.Page) (all []string) {
	p.Find("main img[src^='/pictures/']").Each(func(_ int, x *goquery.Selection) { all = append(all, x.AttrOr("src", "")) })
	return all
}

// addPicture uploads a picture and gives its id.
func addPicture(t *testing.T, a *apptest.App, actor models.Actor, use files.Use) string {
	t.Helper()
	var b bytes.Buffer
	apptest.Must(t, png.Encode(&b, image.NewGray(image.Rect(0, 0, 200, 250))))
	p, err := a.Files.AddPicture(t.Context(), actor, use, bytes.NewReader(b.Bytes()), "")
	apptest.Must(t, err)
	return p.PublicID
}
