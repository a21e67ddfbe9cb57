package tiktok_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"tribemarket/internal/platforms/sandbox"
	"tribemarket/internal/platforms/tiktok"
	"tribemarket/models/creators"
)

func read(t *testing.T, p *tiktok.Provider, token creators.Token) creators.Profile {
	t.Helper()
	profile, err := p.Read(t.Context(), token)
	if err != nil {
		t.Fatal(err)
	}
	return profile
}

func TestRead(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.provider()
	got := read(t, p, w.signIn(p, "penne.sandbox").Token())
	account, _ := w.sandbox.Account("penne.sandbox")
	if got.Platform != "tiktok" || got.UserID != account.OpenID || got.Handle != "penne.sandbox" || got.DisplayName != account.DisplayName ||
		got.Bio != account.Bio || got.Verified || got.URL != "https://www.tiktok.com/@penne.sandbox" || !got.ReadAt.Equal(w.clock.Now()) {
		t.Errorf("profile %+v", got)
	}
	if *got.Followers != 48_210 || *got.Following != account.Following || *got.Likes != account.Likes || *got.Posts != 34 {
		t.Errorf("figures %d %d %d %d", *got.Followers, *got.Following, *got.Likes, *got.Posts)
	}
	if len(got.Latest) != 30 {
		t.Fatalf("%d posts", len(got.Latest))
	}
	for i, post := range got.Latest {
		v := account.Videos[i]
		if post.ID != v.ID || !post.PostedAt.Equal(v.PostedAt) || post.Duration != v.Duration || *post.Views != v.Views || *post.Likes != v.Likes ||
			*post.Comments != v.Comments || *post.Shares != v.Shares || post.Caption != v.Title || post.URL != got.URL+"/video/"+v.ID {
			t.Errorf("post %d is %+v, want %+v", i, post, v)
		}
	}
	if want := []string{"foodtok", "recipe", "pasta"}; !slices.Equal(got.Latest[0].Hashtags, want) {
		t.Errorf("hashtags %q, want %q", got.Latest[0].Hashtags, want)
	}
}

func TestReadAccountsAtTheEdges(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.provider()
	for handle, want := range map[string]struct {
		followers int64
		posts     int
	}{
		"chapter.sandbox": {10_000, 30}, "almost.sandbox": {9_999, 12}, "solder.sandbox": {1_520_400, 30},
		"threevideos.sandbox": {21_300, 3}, "novideos.sandbox": {15_300, 0}, "hidden.sandbox": {33_000, 20},
	} {
		got := read(t, p, w.signIn(p, handle).Token())
		if *got.Followers != want.followers || got.Latest == nil || len(got.Latest) != want.posts || got.Verified != (handle == "solder.sandbox") {
			t.Errorf("%s has %d followers, %d posts, verified %t", handle, *got.Followers, len(got.Latest), got.Verified)
		}
		if handle != "hidden.sandbox" {
			continue
		}
		if got.Likes != nil || got.Following != nil || got.Posts == nil {
			t.Errorf("hidden figures: likes %v, following %v, posts %v", got.Likes, got.Following, got.Posts)
		}
		for _, post := range got.Latest {
			if post.Likes != nil || post.Views == nil {
				t.Errorf("hidden figures: likes %v, views %v", post.Likes, post.Views)
			}
		}
	}
}

func TestReadWithinScopes(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.provider()
	session, query := w.consent(p, "penne.sandbox", tiktok.ScopeStats, tiktok.ScopeVideos)
	_, _ = session.Authorize(p, query) // tells what is missing, see TestLeftOutScopes
	got := read(t, p, session.(*tiktok.Session).Token())
	if got.Handle != "penne.sandbox" || got.Followers != nil || got.Likes != nil || got.Posts != nil || got.Latest != nil {
		t.Errorf("profile %+v", got)
	}
	session, query = w.consent(p, "penne.sandbox", tiktok.ScopeProfile)
	_, _ = session.Authorize(p, query)
	got = read(t, p, session.(*tiktok.Session).Token())
	if got.Handle != "" || got.URL != "" || *got.Followers != 48_210 || len(got.Latest) != 30 {
		t.Errorf("profile %+v", got)
	}
}

// A video that comes out between two pages neither shifts nor doubles the others.
func TestReadWhileVideosArrive(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	before, _ := w.sandbox.Account("penne.sandbox")
	pages := 0
	p := w.provider(through(func(r *http.Request) (*http.Response, error) {
		res, err := http.DefaultTransport.RoundTrip(r)
		if strings.HasSuffix(r.URL.Path, "/video/list/") {
			pages++
			w.clock.Forward(time.Second)
			a, _ := w.sandbox.Account("penne.sandbox")
			a.Videos = append(a.Videos, sandbox.Video{ID: fmt.Sprintf("799%d", pages), PostedAt: w.clock.Now(), Views: 1})
			w.sandbox.Put(a)
		}
		return res, err
	}))
	got := read(t, p, w.signIn(p, "penne.sandbox").Token())
	if pages != 2 || len(got.Latest) != 30 {
		t.Fatalf("%d posts of %d pages", len(got.Latest), pages)
	}
	for i, post := range got.Latest {
		if post.ID != before.Videos[i].ID {
			t.Errorf("post %d is %s, want %s", i, post.ID, before.Videos[i].ID)
		}
	}
	if again := read(t, p, w.signIn(p, "penne.sandbox").Token()); again.Latest[0].ID != "7992" || again.Latest[1].ID != "7991" {
		t.Errorf("the next reading begins with %s, %s", again.Latest[0].ID, again.Latest[1].ID)
	}
}
