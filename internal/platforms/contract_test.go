// The contract suite: the same tests on every platform, against the sandbox.
package platforms_test

import (
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"tribemarket/internal/platforms"
	"tribemarket/internal/platforms/instagram"
	"tribemarket/internal/platforms/sandbox"
	"tribemarket/internal/platforms/tiktok"
	"tribemarket/internal/platforms/twitch"
	"tribemarket/models/creators"
	"tribemarket/models/text"
)

// figure is what a reading has to hold of a figure: nil where the platform has
// no name for it, or the account hides it.
func (w *world) figure(name string, value int64, hidden []string) *int64 {
	if wire, ok := w.names[name]; !ok || slices.Contains(hidden, wire) {
		return nil
	}
	return &value
}

func same(a, b *int64) bool { return a == nil && b == nil || a != nil && b != nil && *a == *b }

func (w *world) compare(got creators.PlatformProfile, a sandbox.Account) {
	w.t.Helper()
	if got.Platform != w.platform || got.UserID != a.OpenID || got.Handle != a.Username || got.DisplayName != a.DisplayName || got.Bio != a.Bio ||
		got.Country != a.Country || !strings.HasPrefix(got.URL, "https://") || !got.ReadAt.Equal(w.clock.Now()) {
		w.t.Errorf("@%s: profile %+v", a.Username, got)
	}
	if want := a.Verified || w.platform == twitch.Name && a.Type == "partner"; got.Verified != want {
		w.t.Errorf("@%s: verified %t", a.Username, got.Verified)
	}
	for name, f := range map[string][2]*int64{
		"followers": {got.Followers, w.figure("followers", w.follows(a), a.Hidden)}, "following": {got.Following, w.figure("following", a.Following, a.Hidden)},
		"likes": {got.Likes, w.figure("likes", a.Likes, a.Hidden)}, "posts": {got.Posts, w.figure("posts", a.VideoCount, a.Hidden)},
	} {
		if !same(f[0], f[1]) {
			w.t.Errorf("@%s: %s %v, want %v", a.Username, name, deref(f[0]), deref(f[1]))
		}
	}
	if got.LatestPosts == nil || len(got.LatestPosts) != min(30, len(a.Videos)) {
		w.t.Fatalf("@%s: %d posts", a.Username, len(got.LatestPosts))
	}
	for i, post := range got.LatestPosts {
		v := a.Videos[i]
		views, shares := w.figure("post.views", v.Views, v.Hidden), w.figure("post.shares", v.Shares, v.Hidden)
		if w.video != nil && !w.video(v) { // insights are read of videos alone
			views, shares = nil, nil
		}
		duration := v.Duration
		if w.names["post.duration"] == "" {
			duration = 0
		}
		if post.ID != v.ID || !post.PostedAt.Equal(v.PostedAt) || post.Duration != duration || post.Caption != v.Title || !strings.Contains(post.URL, v.ID) ||
			!same(post.Views, views) || !same(post.Likes, w.figure("post.likes", v.Likes, v.Hidden)) ||
			!same(post.Comments, w.figure("post.comments", v.Comments, v.Hidden)) || !same(post.Shares, shares) ||
			!slices.Equal(post.Hashtags, text.FindHashtags(v.Title)) {
			w.t.Errorf("@%s: post %d is %+v, want %+v", a.Username, i, post, v)
		}
	}
	w.compareAudience(got, a)
}

func deref(n *int64) any {
	if n == nil {
		return nil
	}
	return *n
}

// compareAudience: a platform rounds, so each share is within two percent.
func (w *world) compareAudience(got creators.PlatformProfile, a sandbox.Account) {
	w.t.Helper()
	if w.names["audience"] == "" {
		if got.Audience != nil {
			w.t.Errorf("@%s has an audience: %v", a.Username, got.Audience)
		}
		return
	}
	if got.Audience == nil || len(got.Audience) != len(a.Audience) {
		w.t.Errorf("@%s: %d shares of %d", a.Username, len(got.Audience), len(a.Audience))
	}
	sums := map[creators.AudienceDimension]int64{}
	for _, s := range a.Audience {
		sums[s.Kind] += s.PPM
	}
	for _, s := range a.Audience {
		want := s.PPM * 1_000_000 / sums[s.Kind]
		i := slices.IndexFunc(got.Audience, func(o creators.AudiencePart) bool { return o.Kind == s.Kind && o.Key == s.Key })
		if i < 0 || got.Audience[i].PPM < want-20_000 || got.Audience[i].PPM > want+20_000 {
			w.t.Errorf("@%s: %s %s is not %d", a.Username, s.Kind, s.Key, want)
		}
	}
}

func TestContractRead(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		p, read := w.provider(), 0
		for _, a := range sandbox.DefaultAccounts(w.clock.Now()) {
			if a.Platform != w.platform && (a.Platform != "" || w.platform != tiktok.Name) || a.Fault.Kind != sandbox.NoFault || a.NoChannel || a.Type == "PERSONAL" {
				continue
			}
			read++
			_, token := w.signIn(p, a.Username)
			got, err := p.API.Read(t.Context(), token)
			if err != nil {
				t.Errorf("@%s: %v", a.Username, err)
				continue
			}
			w.compare(got, w.account(a.Username))
		}
		if read < 6 {
			t.Errorf("%d accounts were read", read)
		}
	})
}

func TestContractHiddenFigures(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		p := w.provider()
		_, token := w.signIn(p, w.hidden)
		got, err := p.API.Read(t.Context(), token)
		if err != nil || len(got.LatestPosts) == 0 {
			t.Fatal(err)
		}
		a := w.account(w.hidden)
		for _, hidden := range append(slices.Clone(a.Hidden), a.Videos[0].Hidden...) {
			post := got.LatestPosts[0]
			figures := map[string]*int64{
				"followers": got.Followers, "following": got.Following, "likes": got.Likes, "posts": got.Posts,
				"post.views": post.Views, "post.likes": post.Likes, "post.comments": post.Comments, "post.shares": post.Shares,
			}
			found := false
			for name, wire := range w.names {
				if wire == hidden {
					found = true
					if figures[name] != nil {
						t.Errorf("%s is hidden, and read as %d", name, *figures[name])
					}
				}
			}
			if !found {
				t.Errorf("%s is no figure that is read", hidden)
			}
		}
	})
}

// A post that comes out between two pages neither shifts nor doubles the others.
func TestContractReadWhilePostsArrive(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		p := w.provider()
		_, token := w.signIn(p, w.handle)
		before := w.account(w.handle)
		w.sandbox.ScriptFaults(w.list, sandbox.NewPostBetweenPages, sandbox.NewPostBetweenPages)
		got, err := p.API.Read(t.Context(), token)
		if err != nil || len(got.LatestPosts) != 30 {
			t.Fatalf("%d posts, %v", len(got.LatestPosts), err)
		}
		for i, post := range got.LatestPosts {
			if post.ID != before.Videos[i].ID {
				t.Errorf("post %d is %s, want %s", i, post.ID, before.Videos[i].ID)
			}
		}
		if after := w.account(w.handle); len(after.Videos) != len(before.Videos)+2 {
			t.Fatalf("%d posts came out", len(after.Videos)-len(before.Videos))
		}
		again, err := p.API.Read(t.Context(), token)
		if err != nil || len(again.LatestPosts) != 30 || again.LatestPosts[2].ID != before.Videos[0].ID {
			t.Errorf("the next reading begins with %s, %s: %v", again.LatestPosts[0].ID, again.LatestPosts[1].ID, err)
		}
	}, func(o *sandbox.Options) { o.PageSize = 10 })
}

// A list that never ends is left after a few pages.
func TestContractEndlessList(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		var asked atomic.Int64
		p := w.provider(func(a *app) {
			a.transport = func(r *http.Request) (*http.Response, error) {
				if strings.HasSuffix(strings.TrimSuffix(r.URL.Path, "/"), map[string]string{
					"tiktok": "/video/list", "youtube": "/playlistItems", "instagram": "/media", "twitch": "/videos",
				}[w.platform]) {
					asked.Add(1)
				}
				return http.DefaultTransport.RoundTrip(r)
			}
		})
		_, token := w.signIn(p, w.handle)
		w.sandbox.ScriptFaults(w.list, sandbox.EndlessList)
		got, err := p.API.Read(t.Context(), token)
		if n := asked.Load(); err != nil || n < 2 || n > 10 || len(got.LatestPosts) != int(n) {
			t.Errorf("%d posts of %d pages, %v", len(got.LatestPosts), n, err)
		}
	})
}

func TestContractRefresh(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		p := w.provider()
		_, first := w.signIn(p, w.handle)
		if w.after > 0 {
			if _, err := p.API.Refresh(t.Context(), first); !isErr(err, creators.ErrPlatformBusy) {
				t.Errorf("refreshed too early: %v", err)
			}
			w.clock.Advance(w.after)
		} else {
			w.clock.Advance(w.accessLife)
			if _, err := p.API.Read(t.Context(), first); !isErr(err, creators.ErrReconnect) {
				t.Errorf("an old access token reads: %v", err)
			}
		}
		second, err := p.API.Refresh(t.Context(), first)
		if err != nil {
			t.Fatal(err)
		}
		if second.Access == first.Access || second.Refresh == "" || !slices.Equal(second.Scopes, first.Scopes) || !second.ExpiresAt.Equal(w.clock.Now().Add(w.accessLife)) {
			t.Errorf("refreshed to %#v", second)
		}
		if _, err := p.API.Read(t.Context(), second); err != nil {
			t.Error(err)
		}
		w.clock.Advance(w.after)
		third, err := p.API.Refresh(t.Context(), second)
		if err != nil {
			t.Fatal(err)
		}
		// Which of the old refresh tokens are worth something still.
		_, err1 := p.API.Refresh(t.Context(), first)
		_, err2 := p.API.Refresh(t.Context(), third)
		wantFirst := map[string]error{"tiktok": creators.ErrReconnect, "twitch": creators.ErrReconnect}[w.platform]
		wantThird := map[string]error{"instagram": creators.ErrPlatformBusy}[w.platform] // too early
		if wantFirst == nil && err1 != nil || !isErr(err1, wantFirst) || wantThird == nil && err2 != nil || !isErr(err2, wantThird) {
			t.Errorf("the first refresh token: %v; the last one: %v", err1, err2)
		}
		if same := first.Refresh == second.Refresh; same != (w.platform == "youtube" || w.platform == "twitch") {
			t.Errorf("the refresh token stayed the same: %t", same)
		}
		if _, err := p.OAuth.RefreshToken("invented"); !isErr(err, creators.ErrReconnect) {
			t.Errorf("an invented refresh token works through goth: %v", err)
		}
	})
}

func TestContractRefreshTokensEnd(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		p := w.provider()
		_, token := w.signIn(p, w.handle)
		w.clock.Advance(200 * 24 * time.Hour)
		fresh, err := p.API.Refresh(t.Context(), token)
		if w.refreshLife == 0 && err != nil || w.refreshLife > 0 && !isErr(err, creators.ErrReconnect) {
			t.Errorf("after 200 days: %v", err)
		}
		if err == nil && fresh.Access == "" {
			t.Error("nothing came")
		}
		if _, err := p.API.Read(t.Context(), token); !isErr(err, creators.ErrReconnect) {
			t.Errorf("an expired access token reads: %v", err)
		}
	})
}

func TestContractRevoke(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		p := w.provider()
		_, token := w.signIn(p, w.handle)
		_, untouched := w.signIn(p, w.other)
		if w.revoke != "" {
			for _, kind := range []sandbox.FaultKind{sandbox.ServerError, sandbox.TooManyRequests, sandbox.BrokenJSON} {
				w.sandbox.ScriptFaults(w.revoke, kind)
				err := p.API.Revoke(t.Context(), token)
				if !isErr(err, creators.ErrPlatformBusy) {
					t.Errorf("%s: %v", kind, err)
				}
				w.tells(err, token.Access, token.Refresh)
			}
		}
		for range 2 { // one that is dead already is no error
			if err := p.API.Revoke(t.Context(), token); err != nil {
				t.Error(err)
			}
		}
		w.clock.Advance(w.after)
		want := creators.ErrReconnect
		if w.platform == instagram.Name {
			want = nil // it has no address to revoke at; a token is forgotten, and ends by itself
		}
		if _, err := p.API.Read(t.Context(), token); !isErr(err, want) {
			t.Errorf("reads: %v", err)
		}
		if _, err := p.API.Refresh(t.Context(), token); !isErr(err, want) {
			t.Errorf("refreshes: %v", err)
		}
		if _, err := p.API.Read(t.Context(), untouched); err != nil {
			t.Errorf("another account: %v", err)
		}
	})
}

func TestContractRemovedAtThePlatform(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		p := w.provider()
		_, token := w.signIn(p, w.handle)
		v, validates := p.API.(creators.TokenValidator)
		if validates != (w.platform == twitch.Name) {
			t.Errorf("is a validator: %t", validates)
		}
		if validates {
			if err := v.Validate(t.Context(), token); err != nil {
				t.Error(err)
			}
			w.sandbox.ScriptFaults(sandbox.OnTwitchValidate, sandbox.ServerError)
			if err := v.Validate(t.Context(), token); !isErr(err, creators.ErrPlatformBusy) {
				t.Errorf("validated while the platform is down: %v", err)
			}
		}
		w.sandbox.RemoveConsent(w.platform, w.account(w.handle).OpenID, sandbox.ReasonDisconnected)
		if validates {
			if err := v.Validate(t.Context(), token); !isErr(err, creators.ErrReconnect) {
				t.Errorf("validates: %v", err)
			}
		}
		if _, err := p.API.Read(t.Context(), token); !isErr(err, creators.ErrReconnect) {
			t.Errorf("reads: %v", err)
		}
		w.clock.Advance(w.after)
		if _, err := p.API.Refresh(t.Context(), token); !isErr(err, creators.ErrReconnect) {
			t.Errorf("refreshes: %v", err)
		}
		if err := p.API.Revoke(t.Context(), token); err != nil {
			t.Errorf("revokes: %v", err)
		}
		if _, again := w.signIn(p, w.handle); again.Access == "" {
			t.Error("a new consent gives no token")
		}
	})
}

func TestContractMessages(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		p, account := w.provider(), w.account(w.handle)
		hook, ok := p.RemovalHook()
		header, _ := w.sandbox.RemovalRequest(w.platform, account.OpenID, sandbox.RemovalOptions{})
		if sends := w.platform == tiktok.Name || w.platform == instagram.Name; ok != sends || (header != nil) != sends {
			t.Fatalf("has a hook %t, sends %t", ok, header != nil)
		}
		if !ok {
			return
		}
		for name, c := range map[string]struct {
			sandbox.RemovalOptions
			want error
		}{
			"right": {}, "again": {sandbox.RemovalOptions{Again: true}, nil}, "about nobody": {sandbox.RemovalOptions{UnknownUser: true}, nil},
			"of a deleted account": {sandbox.RemovalOptions{Reason: sandbox.ReasonAccountDeleted}, nil},
			"five minutes old":     {sandbox.RemovalOptions{Late: 300 * time.Second}, nil},
			"forged":               {sandbox.RemovalOptions{Forged: true}, platforms.ErrBadSignature},
			"for another app":      {sandbox.RemovalOptions{OtherApp: true}, platforms.ErrBadSignature},
			"from the future":      {sandbox.RemovalOptions{Late: -time.Hour}, platforms.ErrBadSignature},
		} {
			header, body := w.sandbox.RemovalRequest(w.platform, account.OpenID, c.RemovalOptions)
			removal, err := hook.ReadRemoval(header, body)
			if !isErr(err, c.want) || c.want == nil && err != nil {
				t.Errorf("a message %s: %v, want %v", name, err, c.want)
			}
			if err != nil {
				continue
			}
			kind := creators.ConsentRemoved
			if w.platform == instagram.Name || c.Reason == sandbox.ReasonAccountDeleted {
				kind = creators.DataRemoved
			}
			if name != "again" && (removal.Kind != kind || (removal.UserID == account.OpenID) == c.UnknownUser || !removal.At.Equal(w.clock.Now().Add(-c.Late))) {
				t.Errorf("a message %s is read as %+v", name, removal)
			}
		}
		// Right to the byte twice, then late: a person's own request to delete never is.
		h1, b1 := w.sandbox.RemovalRequest(w.platform, account.OpenID, sandbox.RemovalOptions{})
		w.clock.Advance(301 * time.Second)
		h2, b2 := w.sandbox.RemovalRequest(w.platform, account.OpenID, sandbox.RemovalOptions{Again: true})
		if string(b1) != string(b2) || len(h1) != len(h2) {
			t.Error("the duplicate differs")
		}
		if _, err := hook.ReadRemoval(h2, b2); isErr(err, platforms.ErrBadSignature) != w.late {
			t.Errorf("a late message: %v", err)
		}
		if _, err := hook.ReadRemoval(http.Header{}, nil); !isErr(err, platforms.ErrBadSignature) {
			t.Errorf("an empty message: %v", err)
		}
	})
}
