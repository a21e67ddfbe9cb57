package negotiation_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"tribemarket/internal/testkit"
	"tribemarket/internal/testkit/dealtest"
	"tribemarket/models"
	"tribemarket/models/db"
	"tribemarket/models/negotiation"
)

// words are what a creator says of themselves, with which nothing is wrong.
func words() negotiation.PitchForm {
	return negotiation.PitchForm{About: "I bake at night.\nAnd I film it.", Audience: "People who bake in Ghent.", Posts: []negotiation.ExampleField{{}, {URL: ""}}}
}

// brandID is the public id of an actor's brand.
func brandID(w *dealtest.World, a models.Actor) string {
	var id string
	w.Must(w.DB.Read(context.Background()).Raw("SELECT public_id FROM brands WHERE id = ?", a.BrandID).Scan(&id).Error)
	return id
}

// pitch sends a pitch of the creator to the brand.
func pitch(w *dealtest.World, key string) (string, error) {
	return w.Negotiations.Pitch(context.Background(), w.Creator, brandID(w, w.Brand), dealtest.Form(), words(), key)
}

// verify makes the creator's account on TikTok one whose figures its platform gave.
func verify(w *dealtest.World) {
	w.Must(w.DB.Read(context.Background()).Exec("UPDATE creator_accounts SET source = 'verified', platform_user_id = 'id-' || id, basis = 'posts', engagement_ppm = 51000, median_views = 12000, sample = 24, figures_as_of = as_of WHERE creator_id = ? AND platform <> 'instagram'", w.Creator.CreatorID).Error)
}

func TestAPitchBecomesADeal(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		ctx, w := context.Background(), dealtest.New(t, d)
		verify(w)
		said := words()
		said.Posts = []negotiation.ExampleField{{URL: w.Address()}}
		id, err := w.Negotiations.Pitch(ctx, w.Creator, brandID(w, w.Brand), dealtest.Form(), said, "one")
		w.Must(err)
		n, err := w.Negotiations.Get(ctx, w.Brand, id)
		w.Must(err)
		if n.State != negotiation.WithBrand || n.Began != models.SideCreator || !n.IsPitch() || n.Latest.Side != models.SideCreator || n.Latest.Number != 1 ||
			n.Zone != dealtest.CreatorZone || n.BrandZone != dealtest.BrandZone || !n.ExpiresAt.Equal(dealtest.EndOfDay(dealtest.BrandZone, testkit.ClockStart, 7)) {
			t.Fatalf("%+v", n)
		}
		if n.Pitch == nil || n.Pitch.About != "I bake at night.\nAnd I film it." || n.Pitch.Audience != "People who bake in Ghent." || len(n.Pitch.Examples) != 1 || !strings.Contains(n.Pitch.Examples[0].URL, w.Star) {
			t.Fatalf("%+v", n.Pitch)
		}
		// Imported figures are not frozen, nor those that their platform wants deleted.
		if f := n.Pitch.Figures; len(f) != 1 || f[0].Platform != "tiktok" || f[0].Followers != 42_000 || *f[0].EngagementPPM != 51_000 || *f[0].MedianViews != 12_000 || *f[0].Sample != 24 ||
			f[0].Definition != 1 || f[0].FollowersOn != models.DateOf(testkit.ClockStart.UTC()) {
			t.Fatalf("%+v", f)
		}
		w.Must(w.DB.Read(ctx).Exec("UPDATE creator_accounts SET followers = 1 WHERE creator_id = ?", w.Creator.CreatorID).Error)
		if list, err := w.Negotiations.List(ctx, w.Brand, negotiation.Filter{}); err != nil || len(list.Negotiations) != 1 || list.Negotiations[0].Pitch.Figures[0].Followers != 42_000 {
			t.Fatalf("%v, %+v", err, list)
		}
		if board, err := w.Negotiations.Board(ctx, w.Brand, w.Clock.Now(), 5); err != nil || len(board.Waiting) != 1 || board.Waiting[0].Turn != "negotiation.turn.pitch" {
			t.Fatalf("%v, %+v", err, board)
		}
		_, err = w.Negotiations.Get(ctx, w.OtherBrand, id)
		dealtest.WantCode(t, err, models.CodeNotFound)
		if _, err := w.Negotiations.Accept(ctx, w.Creator, id, 1); models.CodeOf(err) != models.CodeForbidden {
			t.Errorf("its creator accepts it: %v", err)
		}
		deal, err := w.Negotiations.Accept(ctx, w.Brand, id, 1)
		w.Must(err)
		if got := w.Deal(deal); got.Negotiation != id || got.Zone != dealtest.CreatorZone {
			t.Errorf("%+v", got)
		}
		for _, change := range []string{"UPDATE pitches SET about = 'x'", "UPDATE pitches SET figures = '[1]'", "DELETE FROM pitches"} {
			if err := d.Read(ctx).Exec(change).Error; err == nil {
				t.Errorf("%s was allowed", change)
			}
		}
	})
}

func TestTheSamePitchIsSentOnce(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		w := dealtest.New(t, d)
		ids := make([]string, 50)
		var wg sync.WaitGroup
		for i := range ids {
			wg.Go(func() {
				id, err := pitch(w, "one form")
				if err != nil {
					t.Error(err)
				}
				ids[i] = id
			})
		}
		wg.Wait()
		if slices.Sort(ids); ids[0] == "" || ids[0] != ids[49] || w.Count("SELECT count(*) FROM negotiations") != 1 || w.Events() != 1 || w.Jobs("notifications.deliver") != 1 {
			t.Errorf("%v", ids)
		}
		changed := words()
		changed.About = "Somebody else"
		_, err := w.Negotiations.Pitch(context.Background(), w.Creator, brandID(w, w.Brand), dealtest.Form(), changed, "one form")
		dealtest.WantCode(t, err, models.CodeConflict)
		// Fifty different forms at once lead to one pitch too: the others find it open.
		before := w.Count("SELECT count(*) FROM negotiations")
		for i := range 50 {
			wg.Go(func() {
				_, err := w.Negotiations.Pitch(context.Background(), w.Creator, brandID(w, w.OtherBrand), dealtest.Form(), words(), fmt.Sprint("form", i))
				if err != nil && models.CodeOf(err) != models.CodeConflict {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if n := w.Count("SELECT count(*) FROM negotiations"); n != before+1 {
			t.Errorf("%d pitches", n-before)
		}
	})
}

func TestWhatAPitchHasToSay(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		ctx, w := context.Background(), dealtest.New(t, d)
		long := strings.Repeat("a", negotiation.MaxPitchText+1)
		for field, change := range map[string]func(*negotiation.OfferForm, *negotiation.PitchForm){
			"about":       func(_ *negotiation.OfferForm, p *negotiation.PitchForm) { p.About = " \u200b\n" },
			"my_audience": func(_ *negotiation.OfferForm, p *negotiation.PitchForm) { p.Audience = long },
			"message":     func(f *negotiation.OfferForm, _ *negotiation.PitchForm) { f.Message = "" },
			"fee":         func(f *negotiation.OfferForm, _ *negotiation.PitchForm) { f.Fee = "much" },
			"deliverables[0].platform": func(f *negotiation.OfferForm, _ *negotiation.PitchForm) {
				f.Deliverables[0].Platform = "twitch"
			},
			"posts[0].url": func(_ *negotiation.OfferForm, p *negotiation.PitchForm) {
				p.Posts = []negotiation.ExampleField{{URL: "https://www.tiktok.com/@somebody.else/video/7301234567890123456"}}
			},
			"posts[1].url": func(_ *negotiation.OfferForm, p *negotiation.PitchForm) {
				p.Posts = []negotiation.ExampleField{{}, {URL: "https://oats.example/post"}}
			},
		} {
			form, said := dealtest.Form(), words()
			change(&form, &said)
			_, err := w.Negotiations.Pitch(ctx, w.Creator, brandID(w, w.Brand), form, said, field)
			fields := dealtest.FieldsOf(err)
			if _, told := fields.Get(field); !told || len(fields) != 1 {
				t.Errorf("%s: %v", field, err)
			}
		}
		if w.Count("SELECT count(*) FROM negotiations") != 0 {
			t.Error("something was sent")
		}
	})
}

func TestACreatorWaitsAfterANo(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		ctx, w := context.Background(), dealtest.New(t, d)
		brand, form := brandID(w, w.Brand), 0
		send := func() string {
			t.Helper()
			form++
			f := dealtest.Form()
			f.Deliverables[0].DueOn = models.DateOf(w.Clock.Now()).AddDays(14).String()
			id, err := w.Negotiations.Pitch(ctx, w.Creator, brand, f, words(), fmt.Sprint("pitch", form))
			w.Must(err)
			return id
		}
		want := func(kind negotiation.ObstacleKind, until time.Time) {
			t.Helper()
			e, err := w.Negotiations.Entrance(ctx, w.Creator, brand)
			w.Must(err)
			if len(e.Obstacles) != 1 || e.Obstacles[0].Kind != kind || !e.Obstacles[0].Until.Equal(until) {
				t.Fatalf("%+v, wanted %s until %v", e.Obstacles, kind, until)
			}
			form++
			_, err = pitch(w, fmt.Sprint("refused", form))
			dealtest.WantCode(t, err, models.CodeConflict)
		}
		id := send()
		want(negotiation.InTalks, time.Time{})
		w.Must(w.Negotiations.Decline(ctx, w.Brand, id, 1, "Not this year."))
		want(negotiation.Paused, w.Clock.Now().Add(negotiation.PauseAfterNo))
		w.Clock.Advance(negotiation.PauseAfterNo)
		w.Must(w.Negotiations.Withdraw(ctx, w.Creator, send()))
		want(negotiation.Paused, w.Clock.Now().Add(negotiation.PauseAfterWithdrawal))
		w.Clock.Advance(negotiation.PauseAfterWithdrawal)
		n, err := w.Negotiations.Get(ctx, w.Creator, send())
		w.Must(err)
		w.ForwardTo(n.ExpiresAt) // and the sweep has not come by
		want(negotiation.Paused, n.ExpiresAt.Add(negotiation.PauseAfterNo))
		w.Sweep()
		want(negotiation.Paused, n.ExpiresAt.Add(negotiation.PauseAfterNo))
	})
}

func TestPitchesAreLimited(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		ctx, w := context.Background(), dealtest.New(t, d)
		d.Unlimited = false
		sent := 0
		send := func() error {
			sent++
			b := w.NewBrand(fmt.Sprint("Brand ", sent), fmt.Sprintf("hello%d@brand%d.example", dealtest.Numbers.Add(1), sent))
			f := dealtest.Form()
			f.Deliverables[0].DueOn = models.DateOf(w.Clock.Now()).AddDays(14).String()
			_, err := w.Negotiations.Pitch(ctx, w.Creator, brandID(w, b), f, words(), fmt.Sprint("limited", sent))
			return err
		}
		wait := func(after time.Duration) {
			t.Helper()
			var e *models.Error
			if err := send(); !errors.As(err, &e) || e.Code != models.CodeTooMany || e.After != after {
				t.Fatalf("pitch %d: %v, wanted to wait %v", sent, err, after)
			}
		}
		began := w.Clock.Now()
		for range models.NewPitches.Most {
			w.Must(send())
			w.Clock.Advance(time.Minute)
		}
		wait(models.NewPitches.Per - 2*time.Minute)
		w.ForwardTo(began.Add(models.NewAccountPeriod + time.Hour))
		day := w.Clock.Now()
		for range models.Pitches.Most {
			w.Must(send())
			w.Clock.Advance(time.Minute)
		}
		wait(day.Add(models.Pitches.Per).Sub(w.Clock.Now()))
		for range 2 {
			w.Clock.Advance(models.Pitches.Per)
			for range 4 {
				w.Must(send())
				w.Clock.Advance(time.Minute)
			}
		}
		wait(began.Add(models.WeeklyPitches.Per).Sub(w.Clock.Now()))
	})
}
