package creators_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"tribemarket/internal/testkit"
	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/creators"
	"tribemarket/models/db"
	"tribemarket/models/imports"
	"tribemarket/models/platform"
	"tribemarket/models/search"
)

// admin is an administrator.
func (w *world) admin() models.Actor {
	w.t.Helper()
	var p accounts.Person
	w.must(w.db.Tx(context.Background(), func(tx *db.Tx) (err error) {
		p, err = accounts.CreatePerson(tx, accounts.Person{Name: "Ada", Admin: true, CreatedAt: w.clock.Now()})
		return err
	}))
	return models.Actor{PersonID: p.ID, Admin: true}
}

// rejudge works off the chain of jobs that judge everybody.
func (w *world) rejudge() {
	w.t.Helper()
	w.must(w.ReapplyFloor(context.Background(), creators.ReapplyFloorArgs{}))
}

// at reads an account again after a while.
func (w *world) at(later time.Duration, userID, handle string, followers int64) creators.PlatformSignIn {
	w.t.Helper()
	w.clock.Advance(later)
	p := profile(userID, handle, followers)
	p.ReadAt = w.clock.Now()
	return w.connect(p)
}

func TestAnAdministratorChangesAFloorAndListingsFollow(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		w, ctx := newWorld(t, d), context.Background()
		admin := w.admin()
		one := w.connect(profile("u1", "one", 20_000))
		w.load("platform,handle,followers\ntiktok,two,30000\ntiktok,three,60000\n", imports.Options{AsOf: in2026})
		if err := w.SetFloor(ctx, one.Actor, creators.ProgrammeMarketplace, creators.FloorForm{Followers: "1"}); models.CodeOf(err) != models.CodeNotFound {
			t.Errorf("somebody who is no administrator: %v", err)
		}
		for _, wrong := range []creators.FloorForm{{Followers: "-1"}, {Followers: "many"}, {Platform: "myspace"}, {Country: "XX"}, {MinAge: "12"}} {
			if err := w.SetFloor(ctx, admin, creators.ProgrammeMarketplace, wrong); models.CodeOf(err) != models.CodeInvalid {
				t.Errorf("%+v: %v", wrong, err)
			}
		}
		w.must(w.SetFloor(ctx, admin, creators.ProgrammeMarketplace, creators.FloorForm{Followers: "50000", MinAge: "18"}))
		if n := w.rows("SELECT count(*) FROM audit_events WHERE action = 'creators.floor_set' AND person_id = ?", admin.PersonID); n != 1 {
			t.Errorf("%d lines in the audit log", n)
		}
		if w.FollowerFloor() != 50_000 {
			t.Errorf("pages go by %d", w.FollowerFloor())
		}
		w.rejudge()
		w.rejudge() // once more changes nothing
		if listed := w.rows("SELECT count(*) FROM listings"); listed != 2 {
			t.Errorf("%d are listed: the connected one in its grace, and the one above", listed)
		}
		if n := w.rows("SELECT count(*) FROM notification_events WHERE kind = 'creators.standing'"); n != 1 {
			t.Errorf("%d notices", n)
		}
		w.must(w.SetFloor(ctx, admin, creators.ProgrammeMarketplace, creators.FloorForm{Platform: "tiktok", Followers: "5000"}))
		w.rejudge()
		if listed := w.rows("SELECT count(*) FROM listings"); listed != 3 || w.FollowerFloor() != 5_000 {
			t.Errorf("with a floor for TikTok %d are listed, pages go by %d", listed, w.FollowerFloor())
		}
		if err := w.RemoveFloor(ctx, admin, creators.ProgrammeMarketplace, "", ""); models.CodeOf(err) != models.CodeConflict {
			t.Errorf("dropping the floor for all: %v", err)
		}
		w.must(w.RemoveFloor(ctx, admin, creators.ProgrammeMarketplace, "tiktok", ""))
		err := d.Tx(ctx, func(tx *db.Tx) error { return tx.Exec("DELETE FROM programme_floors WHERE platform = ''").Error })
		if err == nil {
			t.Error("the database lets the floor for all go")
		}
	})
}

func TestFallingBelowTheFloorUnlistsWithNoticeAndGrace(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		w, ctx := newWorld(t, d), context.Background()
		one := w.connect(profile("u1", "one", 20_000))
		listed := func() bool { return w.rows("SELECT count(*) FROM listings WHERE creator_id = ?", one.Creator.ID) == 1 }
		jobs := func() int64 {
			return w.rows("SELECT count(*) FROM notification_events WHERE kind = 'creators.standing'")
		}
		w.at(time.Hour, "u1", "one", 9_999)
		fell := w.clock.Now()
		w.at(time.Hour, "u1", "one", 9_000)
		inGrace := func() (all []creators.Account) {
			w.must(d.Read(ctx).Where("creator_id = ? AND listed AND grace_until IS NOT NULL", one.Creator.ID).Find(&all).Error)
			return all
		}
		graces := inGrace()
		if !listed() || jobs() != 1 || len(graces) != 1 || !graces[0].GraceUntil.Equal(fell.Add(creators.GracePeriod)) {
			t.Fatalf("listed %t, %d notices, in grace %+v", listed(), jobs(), graces)
		}
		n, due, err := w.ReadFloorNotice(ctx, creators.FloorNoticeArgs{AccountID: graces[0].ID, At: fell})
		if err != nil || !due || n.Unlisted || len(n.MissingConditions) != 1 || n.MissingConditions[0].Name != "followers" || *n.MissingConditions[0].Actual != 9_000 {
			t.Errorf("the notice: %+v, due %t: %v", n, due, err)
		}
		w.at(time.Hour, "u1", "one", 10_000)
		if graces := inGrace(); len(graces) != 0 || !listed() {
			t.Errorf("risen within the grace: listed %t, %v", listed(), graces)
		}
		if _, due, _ := w.ReadFloorNotice(ctx, creators.FloorNoticeArgs{AccountID: n.Account.ID, At: fell}); due {
			t.Error("the creator is told of what is no longer true")
		}
		w.at(time.Hour, "u1", "one", 9_999)
		w.clock.Advance(creators.GracePeriod - time.Second)
		_, err = w.SweepListings(ctx)
		w.must(err)
		if !listed() {
			t.Error("unlisted before the grace is over")
		}
		w.clock.Advance(time.Second)
		_, err = w.SweepListings(ctx)
		w.must(err)
		_, err = w.SweepListings(ctx)
		w.must(err)
		if listed() || jobs() != 3 {
			t.Errorf("after the grace: listed %t, %d notices", listed(), jobs())
		}
		if n, due, err := w.ReadFloorNotice(ctx, creators.FloorNoticeArgs{AccountID: n.Account.ID, At: w.clock.Now(), Unlisted: true}); err != nil || !due || !n.Unlisted {
			t.Errorf("the notice of being unlisted: %+v, due %t: %v", n, due, err)
		}
	})
}

func TestEligibilitySaysWhatIsMetAndMissing(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		w, ctx := newWorld(t, d), context.Background()
		one := w.connect(profile("u1", "one", 5_000))
		say := func() map[creators.ProgrammeKey]string {
			e, err := w.OwnEligibility(ctx, one.Actor)
			w.must(err)
			all := map[creators.ProgrammeKey]string{}
			for _, p := range e.Programmes {
				for _, c := range p.Accounts[0].Conditions {
					all[p.Programme] += c.Name + " " + string(c.Outcome) + " "
				}
			}
			return all
		}
		if got := say(); got[creators.ProgrammeMarketplace] != "followers missing age unknown " || got[creators.ProgrammeAffiliate] != "followers met age unknown " || got[creators.ProgrammeTips] != "followers met views_30 met age unknown " {
			t.Errorf("before the birth date: %v", got)
		}
		for _, wrong := range []string{"soon", "2126-01-01", "1800-01-01"} {
			if err := w.DeclareBirthDate(ctx, one.Actor, wrong); models.CodeOf(err) != models.CodeInvalid {
				t.Errorf("born %s: %v", wrong, err)
			}
		}
		w.must(w.DeclareBirthDate(ctx, one.Actor, "2010-01-01"))
		if got := say(); got[creators.ProgrammeAffiliate] != "followers met age missing " {
			t.Errorf("at 16: %v", got)
		}
		w.must(w.DeclareBirthDate(ctx, one.Actor, "1990-01-01"))
		if got := say(); got[creators.ProgrammeAffiliate] != "followers met age met " {
			t.Errorf("at 36: %v", got)
		}
		w.must(w.DeclareBirthDate(ctx, one.Actor, ""))
		if n := w.rows("SELECT count(*) FROM creator_births"); n != 0 {
			t.Error("a birth date that was taken back is kept")
		}
		if _, err := w.OwnEligibility(ctx, models.Actor{PersonID: 999, CreatorID: one.Creator.ID}); models.CodeOf(err) != models.CodeNotFound {
			t.Errorf("somebody else's: %v", err)
		}
	})
}

func TestTheUsualOrderBeginsWithWhatCanBeTrusted(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		w, ctx := newWorld(t, d), context.Background()
		w.connect(profile("u1", "aged", 90_000))
		w.clock.Advance(creators.StaleAfter)
		w.at(time.Hour, "u2", "fresh", 20_000)
		w.at(0, "u3", "fresh2", 30_000)
		w.load("platform,handle,followers\ntiktok,imported,900000\n", imports.Options{AsOf: in2026})
		_, err := w.SweepListings(ctx)
		w.must(err)
		engine := w.engine()
		hits := func(f search.Filter) []string {
			testkit.CatchUp(t, engine)
			r, err := engine.Search(ctx, f)
			w.must(err)
			var all []string
			for _, h := range r.Hits {
				all = append(all, h.Account.Handle)
			}
			return all
		}
		if got := hits(search.Filter{}); !slices.Equal(got, []string{"fresh2", "fresh", "aged", "imported"}) {
			t.Errorf("as usual: %v", got)
		}
		if got := hits(search.Filter{Sort: search.ByFollowers, Descending: true}); !slices.Equal(got, []string{"imported", "aged", "fresh2", "fresh"}) {
			t.Errorf("by followers: %v", got)
		}
		w.at(time.Hour, "u1", "aged", 90_000)
		testkit.CatchUp(t, engine)
		r, err := engine.Search(ctx, search.Filter{Words: "aged"})
		w.must(err)
		trusted := slices.ContainsFunc(r.Hits[0].Parts, func(p search.RelevancePart) bool { return p.Key == "trust" && p.Points == p.Most && p.Most > 0 })
		if len(r.Hits) != 1 || r.Hits[0].Account.Handle != "aged" || !trusted {
			t.Errorf("read again, it is %+v", r.Hits)
		}
	})
}

func TestThePagesOfTheUsualOrderMeet(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		w, ctx := newWorld(t, d), context.Background()
		rows := "platform,handle,followers\n"
		for i := range search.PageSize {
			w.connect(profile(fmt.Sprint("u", i), fmt.Sprint("v", i), int64(10_000+i/2)))
			rows += fmt.Sprintf("tiktok,i%d,%d\n", i, 10_000+i/3)
		}
		w.load(rows, imports.Options{AsOf: in2026})
		seen := map[string]bool{}
		f, engine := search.Filter{}, w.engine()
		testkit.CatchUp(t, engine)
		for pages := 0; ; pages++ {
			r, err := engine.Search(ctx, f)
			w.must(err)
			for _, h := range r.Hits {
				if seen[h.Creator.PublicID] {
					t.Fatalf("%s twice", h.Account.Handle)
				}
				seen[h.Creator.PublicID] = true
			}
			if r.Next == nil || pages > 5 {
				break
			}
			f.After = r.Next
		}
		if len(seen) != 2*search.PageSize {
			t.Errorf("%d of %d were seen", len(seen), 2*search.PageSize)
		}
	})
}

func TestAudienceIsKeptByWhoSaysIt(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		w, ctx := newWorld(t, d), context.Background()
		one := w.connect(profile("u1", "one", 20_000))
		form := creators.AudienceForm{Platform: platform.TikTok, Handle: "one", Countries: []creators.CountryShareForm{{Country: "BE", Share: "70"}},
			Shares: map[creators.AudienceDimension]map[string]string{creators.AudienceByGender: {"female": "60.5"}}}
		w.must(w.DeclareAudience(ctx, one.Actor, form))
		if k := w.kit(one.Actor); len(k.Audience) != 2 || k.Audience[0].PPM != 700_000 || k.Audience[0].Source != creators.SourceDeclared || k.Audience[0].AsOf != "2026-11-20" {
			t.Errorf("declared: %+v", k.Audience)
		}
		w.clock.Advance(time.Hour)
		p := profile("u1", "one", 20_000)
		p.ReadAt, p.Audience = w.clock.Now(), []creators.AudiencePart{{Kind: creators.AudienceByCountry, Key: "FR", PPM: 900_000}}
		w.connect(p)
		form.Countries[0].Share = "80"
		w.must(w.DeclareAudience(ctx, one.Actor, form))
		k := w.kit(one.Actor)
		if len(k.Audience) != 2 || k.Audience[0].Key != "FR" || k.Audience[0].Source != creators.SourceVerified || k.Audience[1].PPM != 605_000 {
			t.Errorf("what the platform says comes first: %+v", k.Audience)
		}
		other := w.connect(profile("u2", "two", 20_000))
		if err := w.DeclareAudience(ctx, other.Actor, form); models.CodeOf(err) != models.CodeNotFound {
			t.Errorf("of somebody else's account: %v", err)
		}
	})
}

func TestBandsComeFromListedAccountsOfTheSameKind(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		w, ctx := newWorld(t, d), context.Background()
		var last creators.PlatformSignIn
		for i := range 30 {
			p := profile(fmt.Sprint("u", i), fmt.Sprint("h", i), 20_000)
			for k := range p.LatestPosts {
				p.LatestPosts[k].Views = new(int64(1000 + 100*i))
				p.LatestPosts[k].Hashtags = []string{"foodtok", "recipe"}
			}
			last = w.connect(p)
			w.must(w.EditProfile(ctx, last.Actor, creators.ProfileForm{Name: "x", Tribes: []string{"foodtok"}}))
		}
		w.must(w.ComputeEngagementBands(ctx))
		w.must(w.ComputeEngagementBands(ctx))
		var b creators.EngagementBand
		w.must(d.Read(ctx).Where("tribe = 'foodtok'").Take(&b).Error)
		if b.Accounts != 30 || b.Tier != creators.TierMicro || b.LowPPM >= b.HighPPM {
			t.Errorf("the band is %+v", b)
		}
		found := ""
		for _, s := range w.kit(last.Actor).Signals {
			if s.Name == "band" {
				found = s.Case
			}
		}
		if found != "below" {
			t.Errorf("the lowest of thirty is %q", found)
		}
	})
}
