package handlers_test

import (
	"bytes"
	"image"
	"image/png"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"tribemarket/internal/testkit"
	"tribemarket/internal/testkit/apptest"
	"tribemarket/models/discovery"
	"tribemarket/models/search"
	"tribemarket/views/paths"
)

// drawings are the drawn avatars of a page with these initials, each once, without size.
func drawings(p *apptest.Page, initials string) (found []string) {
	seen := map[string]bool{}
	p.Find("svg.avatar").Each(func(_ int, a *goquery.Selection) {
		inner, _ := a.Html()
		class := strings.Fields(a.AttrOr("class", ""))
		drawing := class[len(class)-1] + inner
		if strings.TrimSpace(a.Find("text").Text()) == initials && !seen[drawing] {
			seen[drawing], found = true, append(found, drawing)
		}
	})
	return found
}

// A creator, and a brand, look the same wherever they are shown: drawn, or in their own
// picture once there is one.
func TestAnAvatarIsTheSameOnEveryPage(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	ctx := t.Context()
	brand := a.SignUpBrand(t, "fonte")
	saved, err := a.Discovery.SaveSearch(ctx, brand, discovery.SavedSearchForm{Name: "All", Alert: discovery.AlertDaily}, search.Filter{})
	apptest.Must(t, err)
	penne, id := a.JoinCreator(t, "penne.sandbox")
	list, err := a.Discovery.CreateShortlist(ctx, brand, "Autumn")
	apptest.Must(t, err)
	_, other := a.JoinCreator(t, "solder.sandbox")
	testkit.CatchUp(t, a.Search)
	for _, c := range []string{id, other} {
		apptest.Must(t, a.Discovery.AddToShortlist(ctx, brand, discovery.AddToShortlistForm{Creator: c, Shortlists: []string{list}}))
	}
	proposal, deal := a.Propose(t, brand, id), a.Agree(t, brand, penne, id)
	apptest.AddRanked(t, a, 0, 5)
	apptest.Must(t, a.Rankings.ComputeRankings(ctx))
	apptest.Must(t, a.Rankings.ComputeTribePages(ctx))
	apptest.LookForNewCreators(t, a)
	browsers := map[string]*apptest.Browser{"visitor": a.NewBrowser(t), "brand": a.SignedInBrand(t, "fonte"), "creator": a.SignedInCreator(t, "penne.sandbox"), "admin": a.SignedInAdmin(t)}
	ofCreator := map[string][]string{
		"visitor": {"/c/" + id, "/creators", "/rankings?tribe=foodtok&by=engagement", "/tribes/foodtok"},
		"brand": {
			"/c/" + id, "/creators", "/c/many1000/similar", "/c/" + id + "/negotiations/new", "/negotiations", "/negotiations/" + proposal, "/deals", "/deals/" + deal, "/dashboard",
			"/shortlists/" + list, "/compare?c=" + id + "&c=" + other, "/searches/" + saved,
		},
		"admin": {"/admin/creators"},
	}
	ofBrand := map[string][]string{
		"brand": {"/b/" + brandID(t, a)}, "creator": {"/b/" + brandID(t, a), "/negotiations", "/negotiations/" + proposal, "/deals", "/deals/" + deal, "/dashboard"}, "admin": {"/admin/brands"},
	}
	for _, of := range []struct {
		initials string
		pages    map[string][]string
		upload   func()
		picture  string
	}{
		{initialsOf(t, a, "creators", id), ofCreator, func() {
			page := browsers["creator"].Get("/settings/profile/pictures")
			page.SubmitFile("#portrait form[enctype='multipart/form-data']", url.Values{"rights": {"own"}}, "file", "me.png", squarePNG(t))
		}, "portrait"},
		{"F", ofBrand, func() {
			page := browsers["brand"].Get("/settings/brand/logo")
			page.SubmitFile("form[enctype='multipart/form-data']", url.Values{"rights": {"own"}}, "file", "logo.png", squarePNG(t))
		}, "logo"},
	} {
		drawn := ""
		for who, pages := range of.pages {
			for _, path := range pages {
				page := browsers[who].Get(path)
				all := drawings(page, of.initials)
				if len(all) != 1 || drawn != "" && all[0] != drawn {
					t.Errorf("%s of a %s, %d: %d drawings of %s, %v", path, who, page.Status, len(all), of.initials, all)
					continue
				}
				drawn = all[0]
			}
		}
		card := browsers["visitor"].Get(paths.CreatorPicture(id, "en")).Body
		of.upload()
		if of.picture == "portrait" && browsers["visitor"].Get(paths.CreatorPicture(id, "en")).Body == card {
			t.Error("the shared card still shows the drawing")
		}
		var public string
		apptest.Must(t, a.DB.Read(ctx).Raw("SELECT public_id FROM pictures WHERE use = ? AND state = 'ready'", of.picture).Scan(&public).Error)
		for who, pages := range of.pages {
			for _, path := range pages {
				page := browsers[who].Get(path)
				if page.Find("."+of.picture+" img[src^='/pictures/"+public+"/']").Length() == 0 || len(drawings(page, of.initials)) != 0 {
					t.Errorf("%s of a %s does not show the %s instead of a drawing", path, who, of.picture)
				}
			}
		}
	}
}

// squarePNG is a picture of one colour.
func squarePNG(t testing.TB) string {
	t.Helper()
	var b bytes.Buffer
	apptest.Must(t, png.Encode(&b, image.NewGray(image.Rect(0, 0, 300, 300))))
	return b.String()
}

func brandID(t testing.TB, a *apptest.App) (id string) {
	t.Helper()
	apptest.Must(t, a.DB.Read(t.Context()).Raw("SELECT public_id FROM brands WHERE name = 'fonte'").Scan(&id).Error)
	return id
}

// initialsOf are the first letters of the words of a name.
func initialsOf(t testing.TB, a *apptest.App, table, publicID string) (initials string) {
	t.Helper()
	var name string
	apptest.Must(t, a.DB.Read(t.Context()).Raw("SELECT name FROM "+table+" WHERE public_id = ?", publicID).Scan(&name).Error)
	for _, word := range strings.Fields(name) {
		initials += strings.ToUpper(word[:1])
	}
	return initials
}
