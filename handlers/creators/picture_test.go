package creators_test

import (
	"bytes"
	"encoding/json"
	"image/png"
	"net/http"
	"strings"
	"testing"

	"tribemarket/internal/testkit/apptest"
	"tribemarket/models/creators"
	"tribemarket/models/db"
)

func TestACreatorsPageSaysWhoItIsWhereItIsShared(t *testing.T) {
	t.Parallel()
	a := apptest.New(t, apptest.Live)
	_, id := a.JoinCreator(t, "penne.sandbox")
	p := a.NewBrowser(t).Get("/c/" + id)
	for name, want := range map[string]string{
		"og:type": "profile", "og:title": "Penne Trial", "og:url": a.URL + "/c/" + id, "og:site_name": "Test market", "og:locale": "en_GB",
		"og:image": a.URL + "/c/" + id + "/picture.png?lang=en", "og:image:type": "image/png", "og:image:width": "1200", "og:image:height": "630",
		"og:image:alt": "Penne Trial: 48.2k followers on TikTok. Verified on TikTok, 20 Nov 2026.", "twitter:card": "summary_large_image",
		"twitter:image": a.URL + "/c/" + id + "/picture.png?lang=en", "twitter:image:alt": "Penne Trial: 48.2k followers on TikTok. Verified on TikTok, 20 Nov 2026.",
	} {
		if got := apptest.MetaOf(p, name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	if d := apptest.MetaOf(p, "og:description"); !strings.HasPrefix(d, "Penne Trial: 48.2k followers on TikTok") || d != apptest.MetaOf(p, "description") || d != apptest.MetaOf(p, "twitter:description") {
		t.Errorf("described as %q", d)
	}
	if p.Find("meta[property='og:locale:alternate']").Length() != 2 || apptest.MetaOf(p, "robots") != "" || p.Header.Get("X-Robots-Tag") != "" {
		t.Error("other languages or robots")
	}
	if len(p.Body) > 100_000 {
		t.Errorf("the page has %d bytes", len(p.Body))
	}
	fr := a.NewBrowser(t)
	fr.Language = "fr"
	if p := fr.Get("/c/" + id); apptest.MetaOf(p, "og:locale") != "fr_FR" || apptest.MetaOf(p, "og:image") != a.URL+"/c/"+id+"/picture.png?lang=fr" {
		t.Errorf("in French: %s, %s", apptest.MetaOf(p, "og:locale"), apptest.MetaOf(p, "og:image"))
	}
}

func TestACreatorsPageSpeaksTheWordsOfSchemaOrg(t *testing.T) {
	t.Parallel()
	a := apptest.New(t, apptest.Live)
	own := a.SignedInCreator(t, "penne.sandbox")
	_, id := a.JoinCreator(t, "penne.sandbox")
	const nasty = `</script><script>alert(1)</script><!--<script> & "quoted"`
	own.Get("/settings/profile").Submit("form[action='/settings/profile']", map[string][]string{"name": {"Penne </script> Trial"}, "bio": {nasty}})
	p := a.NewBrowser(t).Get("/c/" + id)
	data := p.Find("script[type='application/ld+json']")
	var got struct {
		Context string `json:"@context"`
		Type    string `json:"@type"`
		URL     string
		Entity  struct {
			Type                          string `json:"@type"`
			Name, Description, URL, Image string
			AlternateName, SameAs         []string
			InteractionStatistic          []struct {
				InteractionType      string
				UserInteractionCount int64
			}
		} `json:"mainEntity"`
	}
	if err := json.Unmarshal([]byte(data.Text()), &got); err != nil || data.Length() != 1 {
		t.Fatalf("%d blocks: %v: %s", data.Length(), err, data.Text())
	}
	e := got.Entity
	if got.Context != "https://schema.org" || got.Type != "ProfilePage" || got.URL != a.URL+"/c/"+id || e.Type != "Person" || e.URL != got.URL {
		t.Errorf("it says %s", data.Text())
	}
	if e.Name != "Penne </script> Trial" || e.Description != nasty {
		t.Errorf("name %q and bio %q", e.Name, e.Description)
	}
	if len(e.SameAs) != 1 || !strings.HasPrefix(e.SameAs[0], "https://www.tiktok.com/@penne.sandbox") || e.AlternateName[0] != "@penne.sandbox" {
		t.Errorf("the same as %v, %v", e.SameAs, e.AlternateName)
	}
	if s := e.InteractionStatistic; len(s) != 1 || s[0].InteractionType != "https://schema.org/FollowAction" || s[0].UserInteractionCount != 48_210 {
		t.Errorf("statistics %+v", s)
	}
	if strings.Contains(data.Text(), "<") || strings.Contains(p.Body, "<script>alert") {
		t.Error("a text ends the block")
	}
	if csp := p.Header.Get("Content-Security-Policy"); strings.Contains(csp, "unsafe") {
		t.Errorf("policy %s", csp)
	}
}

func TestACreatorCanKeepSearchEnginesAway(t *testing.T) {
	t.Parallel()
	a := apptest.New(t, apptest.Live)
	own := a.SignedInCreator(t, "penne.sandbox")
	_, id := a.JoinCreator(t, "penne.sandbox")
	form := own.Get("/settings/profile")
	if form.Find("input[name=noindex]").AttrOr("checked", "no") != "no" {
		t.Error("search engines are kept away unasked")
	}
	form.Submit("form[action='/settings/profile']", map[string][]string{"noindex": {"1"}, "name": {"Penne Trial"}})
	b := a.NewBrowser(t)
	p := b.Get("/c/" + id)
	if p.Status != http.StatusOK || apptest.MetaOf(p, "robots") != "noindex" || p.Header.Get("X-Robots-Tag") != "noindex" || p.Find("script[type='application/ld+json']").Length() != 0 {
		t.Errorf("robots %q, %q, with data %d", apptest.MetaOf(p, "robots"), p.Header.Get("X-Robots-Tag"), p.Find("script[type='application/ld+json']").Length())
	}
	if p := b.Get("/c/" + id + "/picture.png"); p.Status != http.StatusOK || p.Header.Get("X-Robots-Tag") != "noindex" {
		t.Errorf("the picture: %d, %q", p.Status, p.Header.Get("X-Robots-Tag"))
	}
	if p := b.Get("/creators?q=penne"); p.Header.Get("X-Robots-Tag") != "" {
		t.Error("the search is kept away too")
	}
	form = own.Get("/settings/profile")
	if _, on := form.Find("input[name=noindex]").Attr("checked"); !on {
		t.Error("the form forgot it")
	}
	// An answer that is wrong keeps it; a new reading of the platform doesn't lose it.
	if p := form.Submit("form[action='/settings/profile']", map[string][]string{"noindex": {"1"}, "name": {""}}); p.Status != 422 {
		t.Errorf("no name: %d", p.Status)
	} else if _, on := p.Find("input[name=noindex]").Attr("checked"); !on {
		t.Error("the form in error forgot it")
	}
	a.SignedInCreator(t, "penne.sandbox")
	var c creators.Creator
	apptest.Must(t, a.DB.Read(t.Context()).Where("public_id = ?", id).Take(&c).Error)
	if !c.NoIndex {
		t.Error("signing in again forgot it")
	}
	form.Submit("form[action='/settings/profile']", map[string][]string{"noindex": nil, "name": {"Penne Trial"}})
	if p := b.Get("/c/" + id); apptest.MetaOf(p, "robots") != "" || p.Find("script[type='application/ld+json']").Length() != 1 {
		t.Error("it can't be taken back")
	}
}

func TestThePictureOfACreatorsPage(t *testing.T) {
	t.Parallel()
	a := apptest.New(t, apptest.Live)
	_, id := a.JoinCreator(t, "penne.sandbox")
	b := a.NewBrowser(t)
	address := "/c/" + id + "/picture.png"
	ask := func(path, condition string) *apptest.Page {
		r, _ := http.NewRequest(http.MethodGet, a.URL+path, strings.NewReader(""))
		if condition != "" {
			r.Header.Set("If-None-Match", condition)
		}
		return b.Do(r)
	}
	p := ask(address, "")
	img, err := png.Decode(bytes.NewReader([]byte(p.Body)))
	if err != nil || p.Status != http.StatusOK || p.Header.Get("Content-Type") != "image/png" || len(p.Body) > 300_000 {
		t.Fatalf("%d, %s, %d bytes, %v", p.Status, p.Header.Get("Content-Type"), len(p.Body), err)
	}
	if s := img.Bounds().Size(); s.X != 1200 || s.Y != 630 {
		t.Errorf("it is %v", s)
	}
	if p.Header.Get("Cache-Control") != "public, no-cache" || p.Header.Get("Set-Cookie") != "" || p.Header.Get("Vary") != "" || p.Header.Get("X-Robots-Tag") != "" || p.Header.Get("Content-Encoding") != "" {
		t.Errorf("headers %v", p.Header)
	}
	tag := p.Header.Get("ETag")
	for _, condition := range []string{tag, "W/" + tag, `"x", ` + tag, "*"} {
		if p := ask(address, condition); p.Status != http.StatusNotModified || p.Body != "" || p.Header.Get("ETag") != tag {
			t.Errorf("if none matches %s: %d with %d bytes", condition, p.Status, len(p.Body))
		}
	}
	if p := ask(address, `"x"`); p.Status != http.StatusOK {
		t.Errorf("another tag: %d", p.Status)
	}
	if p := ask(address+"?lang=fr", ""); p.Status != http.StatusOK || p.Header.Get("ETag") == tag {
		t.Errorf("in French: %d, %s", p.Status, p.Header.Get("ETag"))
	}
	apptest.Must(t, a.DB.Tx(t.Context(), func(tx *db.Tx) error {
		return tx.Exec("UPDATE creator_accounts SET followers = followers + 1000").Error
	}))
	if p := ask(address, tag); p.Status != http.StatusOK || p.Header.Get("ETag") == tag {
		t.Errorf("with other figures: %d, %s", p.Status, p.Header.Get("ETag"))
	}
	own := a.SignedInCreator(t, "almost.sandbox")
	_, small := a.JoinCreator(t, "almost.sandbox")
	if p := own.Get("/c/" + small); p.Status != http.StatusOK || apptest.MetaOf(p, "og:image") != "" || p.Header.Get("X-Robots-Tag") != "noindex" {
		t.Errorf("a page that only its owner sees is shared: %d, %s", p.Status, apptest.MetaOf(p, "og:image"))
	}
	for _, path := range []string{"/c/" + small + "/picture.png", "/c/bcdfghjkmn/picture.png"} {
		if p := own.Get(path); p.Status != http.StatusNotFound || p.Header.Get("ETag") != "" || p.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s: %d, %v", path, p.Status, p.Header)
		}
	}
	a.SuspendCreator(t, id)
	if p := ask(address, tag); p.Status != http.StatusNotFound {
		t.Errorf("of somebody suspended: %d", p.Status)
	}
}

func TestPicturesCountAsBrowsing(t *testing.T) {
	t.Parallel()
	a := apptest.New(t, apptest.Live, apptest.WithLimits)
	_, id := a.JoinCreator(t, "penne.sandbox")
	b, refused := a.NewBrowser(t), 0
	for range 200 {
		r, _ := http.NewRequest(http.MethodGet, a.URL+"/c/"+id+"/picture.png", strings.NewReader(""))
		r.Header.Set("If-None-Match", "*")
		if b.Do(r).Status == http.StatusTooManyRequests {
			refused++
		}
	}
	if refused == 0 {
		t.Error("anybody may ask as often as they like")
	}
}
