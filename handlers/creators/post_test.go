package creators_test

import (
	"net/http"
	"strings"
	"testing"

	"tribemarket/internal/testkit/apptest"
)

// joinThroughTikTok signs somebody up, whose posts are read from the platform.
func joinThroughTikTok(t *testing.T, a *apptest.App, handle string) (id string) {
	t.Helper()
	if p := a.NewBrowser(t).SignInWithTikTok(handle); p.Status != http.StatusOK {
		t.Fatalf("%s: %d", handle, p.Status)
	}
	apptest.Must(t, a.DB.Read(t.Context()).Raw("SELECT public_id FROM creators").Scan(&id).Error)
	return id
}

// The player of a platform learns of whoever sees it, so a page has it only once it is
// asked for, and no other page may frame anything.
func TestAPostIsPlayedOnlyOnItsOwnPageWhenAsked(t *testing.T) {
	t.Parallel()
	a := apptest.New(t, apptest.Live)
	id, b := joinThroughTikTok(t, a, "penne.sandbox"), a.NewBrowser(t)
	withoutFrames := func(p *apptest.Page) {
		t.Helper()
		if policy := p.Header.Get("Content-Security-Policy"); p.Status != http.StatusOK || p.Find("iframe").Length() != 0 || strings.Contains(policy, "frame-src") || !strings.Contains(policy, "default-src 'none'") {
			t.Errorf("%d with %d frames under %q", p.Status, p.Find("iframe").Length(), policy)
		}
	}
	kit := b.Get("/c/" + id)
	withoutFrames(kit)
	cards := kit.Find("#posts .posts li")
	if cards.Length() != 6 || cards.Find("img").Length() != 0 || cards.Find(".drawn svg").Length() != 6 || !strings.Contains(cards.First().Text(), "views") || !strings.Contains(cards.First().Text(), "TikTok, ") {
		t.Fatalf("the latest posts are %q", cards.Text())
	}
	path := cards.First().Find("a").AttrOr("href", "")
	post := b.Get(path)
	withoutFrames(post)
	if post.Header.Get("X-Robots-Tag") != "noindex" || !strings.Contains(post.Find("main").Text(), "Dinner in ten minutes") || !strings.Contains(post.Find(".post .note").Text(), "TikTok learns of your visit") {
		t.Errorf("the post's page is %q", post.Find("main").Text())
	}
	key := path[strings.LastIndex(path, "/")+1:]
	if href := post.Find(".post .actions a[rel]").AttrOr("href", ""); href != "https://www.tiktok.com/@penne.sandbox/video/"+key {
		t.Errorf("it leads to %q", href)
	}

	play := b.Get(strings.TrimSuffix(post.Find(".post .actions a[href*='play=']").AttrOr("href", ""), "#player"))
	frame := play.Find("iframe")
	if play.Status != http.StatusOK || frame.AttrOr("src", "") != "https://www.tiktok.com/player/v1/"+key || !strings.HasSuffix(play.Header.Get("Content-Security-Policy"), "; frame-src https://www.tiktok.com") {
		t.Errorf("%d: %q under %q", play.Status, frame.AttrOr("src", ""), play.Header.Get("Content-Security-Policy"))
	}
	for name, want := range map[string]string{"sandbox": "allow-scripts", "referrerpolicy": "strict-origin", "title": "Player of TikTok: Dinner"} {
		if got := frame.AttrOr(name, ""); !strings.HasPrefix(got, want) {
			t.Errorf("%s is %q", name, got)
		}
	}
	if strings.Contains(frame.AttrOr("sandbox", ""), "top-navigation") || play.Header.Get("X-Robots-Tag") != "noindex" {
		t.Errorf("the frame may %q", frame.AttrOr("sandbox", ""))
	}
	withoutFrames(b.Get(path))
	withoutFrames(b.Get("/c/" + id + "?play=1"))
	for _, wrong := range []string{"/c/" + id + "/posts/tiktok/1?play=1", "/c/" + id + "/posts/youtube/" + key, "/c/bcdfghjkmn/posts/tiktok/" + key} {
		if p := b.Get(wrong); p.Status != http.StatusNotFound || strings.Contains(p.Header.Get("Content-Security-Policy"), "frame-src") {
			t.Errorf("%s: %d", wrong, p.Status)
		}
	}
}

// The posts of a demo are invented: its pages offer no player, asked for or not.
func TestADemoLoadsNothingFromPlatforms(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	id, b := joinThroughTikTok(t, a, "penne.sandbox"), a.NewBrowser(t)
	path := b.Get("/c/"+id).Find("#posts .posts li a").First().AttrOr("href", "")
	for _, asked := range []string{path, path + "?play=1"} {
		p := b.Get(asked)
		if p.Status != http.StatusOK || p.Find("iframe, a[href*='play=']").Length() != 0 || strings.Contains(p.Header.Get("Content-Security-Policy"), "frame-src") {
			t.Errorf("%s: %d offers %q", asked, p.Status, p.Find(".post .actions").Text())
		}
		if note := p.Find(".post .note").Text(); note != "In the demo nothing is loaded from platforms." {
			t.Errorf("%s says %q", asked, note)
		}
	}
}

// Likes that their owner hides are said to be hidden, and not none.
func TestHiddenCountsOfAPostAreSaidToBeHidden(t *testing.T) {
	t.Parallel()
	a := apptest.New(t)
	id := joinThroughTikTok(t, a, "hidden.sandbox")
	card := a.NewBrowser(t).Get("/c/" + id).Find("#posts .posts li").First()
	if !strings.Contains(card.Text(), "likes hidden") {
		t.Errorf("the card says %q", card.Text())
	}
	post := a.NewBrowser(t).Get(card.Find("a").AttrOr("href", ""))
	if facts := post.Find(".post dl").Text(); !strings.Contains(facts, "hidden") {
		t.Errorf("the page says %q", facts)
	}
}
