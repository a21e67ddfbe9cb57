package jobs_test

import (
	"context"
	"fmt"
	"io/fs"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tribemarket/internal/config"
	"tribemarket/internal/platforms/sandbox"
	"tribemarket/internal/testkit/apptest"
	"tribemarket/models"
	"tribemarket/models/creators"
	"tribemarket/models/moderation"
	"tribemarket/models/platform"
)

// shelf is penne, with an account on YouTube.
type shelf struct {
	*life
	penne   models.Actor
	id      string // of the creator's page
	browser *apptest.Browser
}

func newShelf(t *testing.T, a *apptest.App) *shelf {
	t.Helper()
	s := &shelf{life: &life{t: t, App: a, providers: a.PlatformProviders()}}
	s.penne = s.join("penne.sandbox")
	s.must(a.Accounts.ConfirmEmailWithoutLink(ctx, s.penne.PersonID, "penne@creators.example"))
	s.change(platform.YouTube, "penne.sandbox", func(x *sandbox.Account) {
		for i := range x.Videos {
			x.Videos[i].ID = fmt.Sprintf("vidSIM%05d", i)
		}
	})
	s.attach(s.penne, platform.YouTube, "penne.sandbox")
	s.must(s.DB.Read(ctx).Raw("SELECT public_id FROM creators WHERE id = ?", s.penne.CreatorID).Scan(&s.id).Error)
	s.browser = a.SignedInCreator(t, "penne.sandbox")
	return s
}

// fetch lets an account be read again and the thumbnails that are due be fetched.
func (s *shelf) fetch() creators.ThumbnailsFetched {
	s.t.Helper()
	s.Clock.Advance(61 * time.Minute)
	_, err := s.Creators.ReadDueAccounts(ctx, s.providers.APIs())
	s.must(err)
	done, err := s.Creators.FetchDueThumbnails(ctx, s.providers.APIs(), s.Files)
	s.must(err)
	return done
}

// pictures are the addresses of the thumbnails that everybody sees.
func (s *shelf) pictures() (all []string) {
	s.t.Helper()
	page := s.NewBrowser(s.t).Get("/c/" + s.id + "?platform=youtube")
	cards := page.Find("#posts .posts li")
	for i := range cards.Length() {
		if src := cards.Eq(i).Find("img").AttrOr("src", ""); src != "" {
			all = append(all, src)
		} else if cards.Eq(i).Find(".drawn").Length() != 1 {
			s.t.Error("a post has neither a thumbnail nor a drawing")
		}
	}
	return all
}

// stored counts files of pictures.
func (s *shelf) stored() (n int) {
	s.must(filepath.WalkDir(s.Config.FilesFolder(), func(_ string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			n++
		}
		return err
	}))
	return n
}

// nothingStays says that neither a row nor a byte is left.
func (s *shelf) nothingStays(why string, addresses []string) {
	s.t.Helper()
	for _, address := range addresses {
		if p := s.browser.Get(address); p.Status != http.StatusNotFound {
			s.t.Errorf("%s: a picture answers %d before its bytes are gone", why, p.Status)
		}
	}
	_, _, err := s.Files.Sweep(ctx)
	s.must(err)
	if rows, bytes := s.count("SELECT count(*) FROM pictures"), s.stored(); rows != 0 || bytes != 0 {
		s.t.Errorf("%s: %d rows and %d files stay", why, rows, bytes)
	}
}

func onBothDatabases(t *testing.T, test func(t *testing.T, a *apptest.App)) {
	for name, start := range map[string]func(testing.TB) *apptest.App{
		"sqlite":   func(t testing.TB) *apptest.App { return apptest.New(t) },
		"postgres": func(t testing.TB) *apptest.App { return apptest.NewOnPostgres(t) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, start(t))
		})
	}
}

func TestThumbnailsAreShownWhileTheirOwnerAllowsIt(t *testing.T) {
	t.Parallel()
	onBothDatabases(t, func(t *testing.T, a *apptest.App) {
		s := newShelf(t, a)
		if done := s.fetch(); done.Stored != 0 || len(s.pictures()) != 0 || s.count("SELECT count(*) FROM posts WHERE thumbnail_url <> ''") != 0 {
			t.Fatalf("without being asked: %+v", done)
		}
		page := s.browser.Get("/settings/profile/pictures").Submit("#thumbnails form", nil)
		if page.Status != http.StatusOK || !strings.Contains(page.Find("#thumbnails").Text(), "Shown since") {
			t.Fatalf("%d: %s", page.Status, page.Find("#thumbnails").Text())
		}
		if done := s.fetch(); done.Stored != creators.MaxLatestPosts || len(done.Failed) != 0 {
			t.Fatalf("allowed: %+v", done)
		}
		addresses := s.pictures()
		if len(addresses) != creators.MaxLatestPosts || s.stored() != 3*creators.MaxLatestPosts {
			t.Fatalf("%d pictures in %d files", len(addresses), s.stored())
		}
		for _, address := range addresses {
			if p := s.NewBrowser(t).Get(address); p.Status != http.StatusOK || !strings.HasPrefix(p.Header.Get("Content-Type"), "image/") || !strings.HasPrefix(address, "/pictures/") {
				t.Errorf("%s: %d %s", address, p.Status, p.Header.Get("Content-Type"))
			}
		}
		if page := s.browser.Get("/settings/profile/pictures"); page.Find("#works li, #portrait img").Length() != 0 {
			t.Error("thumbnails are among the works")
		}
		if done := s.fetch(); done.Stored != 0 {
			t.Errorf("again: %+v", done)
		}
		if page := s.browser.Get("/settings/profile/pictures").Submit("#thumbnails form", nil); page.Status != http.StatusOK || page.Find("#thumbnails form[action$='/thumbnails']").Length() != 1 {
			t.Errorf("taken back: %d", page.Status)
		}
		if len(s.pictures()) != 0 {
			t.Error("they are shown though that was taken back")
		}
		s.nothingStays("taken back", addresses)
		if done := s.fetch(); done.Stored != 0 {
			t.Errorf("after that: %+v", done)
		}
	})
}

// Whatever ends the figures, or the consent, ends the thumbnails too.
func TestThumbnailsGoWithTheFigures(t *testing.T) {
	t.Parallel()
	admin := models.Actor{PersonID: 1, Admin: true}
	for why, end := range map[string]func(s *shelf) error{
		"disconnected": func(s *shelf) error {
			return s.Creators.DisconnectAccount(ctx, s.penne, s.connection(s.penne, platform.YouTube).PublicID)
		},
		"erased": func(s *shelf) error { return s.Privacy.EraseActor(ctx, s.penne, "Penne Trial") },
		"suspended": func(s *shelf) error {
			return s.Moderation.SuspendSubject(ctx, admin, moderation.Creator, s.id, "why not")
		},
		"their person suspended": func(s *shelf) error {
			return s.Moderation.SuspendPerson(ctx, admin, s.penne.PersonID, "why not")
		},
		"revoked": func(s *shelf) error {
			acc, _ := s.Sandbox.AccountOn(platform.YouTube, "penne.sandbox")
			_, err := s.Creators.ApplyRemoval(ctx, platform.YouTube, creators.ConsentRemoval{UserID: acc.OpenID, Kind: creators.ConsentRemoved})
			return err
		},
		"removed there": func(s *shelf) error {
			acc, _ := s.Sandbox.AccountOn(platform.YouTube, "penne.sandbox")
			_, err := s.Creators.ApplyRemoval(ctx, platform.YouTube, creators.ConsentRemoval{UserID: acc.OpenID, Kind: creators.DataRemoved})
			return err
		},
		"kept for too long": func(s *shelf) error {
			s.Clock.Advance(30 * day)
			_, err := s.Creators.PurgeOldFigures(ctx)
			return err
		},
		"deleted there": func(s *shelf) error {
			s.change(platform.YouTube, "penne.sandbox", func(x *sandbox.Account) { x.Videos = x.Videos[20:21] })
			s.Clock.Advance(2 * day)
			_, err := s.Creators.ReadDueAccounts(ctx, s.providers.APIs())
			return err
		},
		"switched off": func(s *shelf) error {
			s.Creators.NoThumbnails, s.Files.NoThumbnails = true, true
			if len(s.pictures()) != 0 {
				s.t.Error("a site that is switched off shows them")
			}
			_, err := s.Creators.RemoveRefusedThumbnails(ctx)
			return err
		},
	} {
		t.Run(why, func(t *testing.T) {
			t.Parallel()
			s := newShelf(t, apptest.New(t))
			s.must(s.Creators.AllowThumbnails(ctx, s.penne))
			if done := s.fetch(); done.Stored != creators.MaxLatestPosts {
				t.Fatalf("%+v", done)
			}
			addresses := s.pictures()
			s.must(end(s))
			s.nothingStays(why, addresses)
		})
	}
}

func TestASiteWithoutThumbnailsFetchesNone(t *testing.T) {
	t.Parallel()
	s := newShelf(t, apptest.New(t, func(c *config.Config) { c.Thumbnails = "off" }))
	s.must(s.Creators.AllowThumbnails(ctx, s.penne))
	if done := s.fetch(); done.Stored != 0 || s.count("SELECT count(*) FROM posts WHERE thumbnail_url <> ''") != 0 || len(s.pictures()) != 0 {
		t.Errorf("%+v", done)
	}
	if page := s.browser.Get("/settings/profile/pictures"); page.Find("#thumbnails").Length() != 0 {
		t.Error("it asks whether it may")
	}
}

// What a platform names is a stranger's file at a stranger's address.
func TestHostileThumbnailsLeaveTheDrawnCard(t *testing.T) {
	t.Parallel()
	onBothDatabases(t, func(t *testing.T, a *apptest.App) {
		s := newShelf(t, a)
		s.must(s.Creators.AllowThumbnails(ctx, s.penne))
		s.change(platform.YouTube, "penne.sandbox", func(x *sandbox.Account) {
			for i, address := range []string{
				a.Config.PlatformsURL + "/youtube/o/oauth2/v2/consent.css", // no picture
				a.Config.PlatformsURL + "/nowhere.png", "https://evil.example/a.png", "http://127.0.0.1:1/a.png", "javascript:alert(1)",
			} {
				x.Videos[i].ThumbnailURL = address
			}
		})
		done := s.fetch()
		if done.Stored != 1 || len(done.Failed) != 2 {
			t.Errorf("%+v", done)
		}
		for _, err := range done.Failed {
			if strings.Contains(err.Error(), "http") {
				t.Errorf("the log names an address: %v", err)
			}
		}
		if n := len(s.pictures()); n != 1 || s.stored() != 3 {
			t.Errorf("%d pictures in %d files", n, s.stored())
		}
		if again, err := s.Creators.FetchDueThumbnails(ctx, s.providers.APIs(), s.Files); err != nil || again.Stored+len(again.Failed) != 0 {
			t.Errorf("tried again: %+v, %v", again, err)
		}
	})
}

// An administrator's decision outlives a thumbnail that is fetched again.
func TestAHiddenThumbnailStaysHidden(t *testing.T) {
	t.Parallel()
	s := newShelf(t, apptest.New(t))
	s.must(s.Creators.AllowThumbnails(ctx, s.penne))
	s.fetch()
	s.exec("UPDATE pictures SET hidden_at = ?, hidden_reason = 'no' WHERE id = (SELECT min(id) FROM pictures)", s.Clock.Now())
	if n := len(s.pictures()); n != creators.MaxLatestPosts-1 {
		t.Errorf("%d are shown", n)
	}
	s.Clock.Advance(21 * day)
	if done := s.fetch(); done.Stored != creators.MaxLatestPosts {
		t.Errorf("after three weeks: %+v", done)
	}
	if n := len(s.pictures()); n != creators.MaxLatestPosts-1 {
		t.Errorf("%d are shown then", n)
	}
}

func (l *life) exec(query string, args ...any) {
	l.t.Helper()
	l.must(l.DB.Read(context.Background()).Exec(query, args...).Error)
}
