package creators_test

import (
	"context"
	"encoding/json"
	"testing"
	"time"

	"tribemarket/internal/testkit"
	"tribemarket/internal/testkit/importtest"
	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/creators"
	"tribemarket/models/db"
	"tribemarket/models/imports"
	"tribemarket/models/platform"
)

func code(err error) models.Code {
	if err == nil {
		return ""
	}
	return models.CodeOf(err)
}

func TestASecondAccountJoinsAProfileAndSignsIn(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		one, api := w.joined(platform.TikTok, "u1", "some.one", 20_000)
		second := on(platform.Instagram, profile("i1", "some.one.insta", 30_000))
		w.must(w.ConnectAdditionalAccount(background, one.Actor, platform.Instagram, second, api.grant()))
		third := on(platform.TikTok, profile("u9", "some.one.too", 11_000))
		w.must(w.ConnectAdditionalAccount(background, one.Actor, platform.TikTok, third, api.grant()))
		all, err := w.ListOwnConnections(background, one.Actor)
		if err != nil || len(all) != 3 || all[0].Platform != platform.Instagram || all[0].IsLost() || !all[0].AllowsSignIn || all[0].PublicID == "" {
			t.Errorf("connections: %+v, %v", all, err)
		}
		again, err := w.SignInWithPlatform(background, platform.Instagram, second, api.grant(), "en")
		if err != nil || again.PersonCreated || again.Actor.PersonID != one.Actor.PersonID || again.Creator.ID != one.Creator.ID {
			t.Errorf("signed in with the second: %+v, %v", again, err)
		}
		if n := w.rows("SELECT count(*) FROM audit_events WHERE action = 'creators.account_connected' AND person_id = ?", one.Actor.PersonID); n != 2 {
			t.Errorf("%d audited", n)
		}
	})
}

func TestAnAccountOfSomebodyElseIsNotAttached(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		one, api := w.joined(platform.TikTok, "u1", "some.one", 20_000)
		other, _ := w.joined(platform.TikTok, "u2", "some.other", 30_000)
		suspended := one.Actor
		suspended.Suspended = true
		for name, tc := range map[string]struct {
			actor models.Actor
			want  models.Code
		}{
			"another creator's": {one.Actor, models.CodeConflict},
			"a visitor":         {models.Actor{}, models.CodeNotFound},
			"a brand":           {models.Actor{PersonID: one.Actor.PersonID, BrandID: 1}, models.CodeNotFound},
			"the creator's id":  {models.Actor{PersonID: 99, CreatorID: one.Creator.ID}, models.CodeNotFound},
			"suspended":         {suspended, models.CodeNotFound},
		} {
			if err := w.ConnectAdditionalAccount(background, tc.actor, platform.TikTok, profile("u2", "some.other", 30_000), api.grant()); code(err) != tc.want {
				t.Errorf("%s: %v", name, err)
			}
		}
		if k := w.kit(other.Actor); len(k.Accounts) != 1 || k.Account.CreatorID != other.Creator.ID {
			t.Errorf("the other's accounts: %+v", k.Accounts)
		}
		if k := w.kit(one.Actor); len(k.Accounts) != 1 {
			t.Errorf("accounts: %+v", k.Accounts)
		}
	})
}

func TestAnUnclaimedAccountMovesOverWithItsPosts(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.load(importtest.VideoHeader+importtest.Video(1, 40, "some.other", "['recipe']", 900, 15_000), imports.Options{})
		before := w.account(platform.TikTok, "some.other")
		one, api := w.joined(platform.TikTok, "u1", "some.one", 20_000)
		w.must(w.ConnectAdditionalAccount(background, one.Actor, platform.TikTok, profile("u2", "Some.Other", 30_000), api.grant()))
		a := w.account(platform.TikTok, "some.other")
		if a.ID != before.ID || a.CreatorID != one.Creator.ID || a.Source != creators.SourceVerified || a.Followers != 30_000 {
			t.Errorf("the account: %+v", a)
		}
		if n := w.rows("SELECT count(*) FROM posts WHERE account_id = ?", a.ID); n != 13 {
			t.Errorf("%d posts, want those of the file and those read", n)
		}
		if n := w.rows("SELECT count(*) FROM listings WHERE creator_id = ?", before.CreatorID); n != 0 {
			t.Errorf("the empty profile has %d listings", n)
		}
		if k := w.kit(one.Actor); len(k.Accounts) != 2 || !k.Creator.Listed {
			t.Errorf("kit: %+v", k.Creator)
		}
	})
}

func TestDisconnectingDeletesWhatIsHeldAndEndsTheToken(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		one, api := w.joined(platform.TikTok, "u1", "some.one", 20_000)
		other, _ := w.joined(platform.TikTok, "u2", "some.other", 30_000)
		only := w.connection(one.Actor)
		if err := w.DisconnectAccount(background, one.Actor, only.PublicID); code(err) != models.CodeConflict {
			t.Errorf("the last way to sign in: %v", err)
		}
		if w.connection(one.Actor).IsLost() || len(w.kit(one.Actor).Posts) != 12 {
			t.Error("a refusal changed something")
		}
		for name, tc := range map[string]struct {
			actor models.Actor
			id    string
		}{
			"another creator's": {other.Actor, only.PublicID},
			"none":              {one.Actor, "nothing"},
			"no id":             {one.Actor, ""},
			"a visitor":         {models.Actor{}, only.PublicID},
		} {
			if err := w.DisconnectAccount(background, tc.actor, tc.id); code(err) != models.CodeNotFound {
				t.Errorf("%s: %v", name, err)
			}
		}
		w.must(accounts.NewStore(d, w.clock.Now, creators.ProfileRows).ConfirmEmailWithoutLink(background, one.Actor.PersonID, "one@creators.example"))
		w.must(w.DisconnectAccount(background, one.Actor, only.PublicID))
		for table, want := range map[string]int64{"creator_accounts": 1, "account_tokens": 1, "account_snapshots": 1, "posts": 12, "listings": 1, "identities": 1} {
			if n := w.count(table); n != want {
				t.Errorf("%d rows in %s, want the other's %d", n, table, want)
			}
		}
		if k := w.kit(one.Actor); k.Creator.Listed || len(k.Accounts) != 0 {
			t.Errorf("kit: %+v", k.Creator)
		}
		if n := w.rows("SELECT count(*) FROM audit_events WHERE action = 'creators.account_disconnected'"); n != 1 {
			t.Errorf("%d audited", n)
		}

		// The job that ends the token holds it sealed, and tries again while the platform is busy.
		var raw string
		w.must(d.Read(background).Raw("SELECT args FROM river_job WHERE kind = 'creators.revoke'").Scan(&raw).Error)
		var args creators.RevokeTokenArgs
		w.must(json.Unmarshal([]byte(raw), &args))
		if args.Platform != platform.TikTok || args.Access == "" || len(args.Access) < 40 {
			t.Errorf("args: %s", raw)
		}
		api.busy = true
		if err := w.RevokeToken(background, args, creators.PlatformAPIs{platform.TikTok: api}); err == nil {
			t.Error("a busy platform ended the job")
		}
		api.busy = false
		w.must(w.RevokeToken(background, args, creators.PlatformAPIs{platform.TikTok: api}))
		if api.good["access-1"] || api.good["refresh-1"] {
			t.Error("the token still works")
		}
		if err := w.RevokeToken(background, args, creators.PlatformAPIs{}); err == nil {
			t.Error("a platform that is not here ended the token")
		}
	})
}

func TestRemovalsOfAPlatformAreDoneOnce(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		one, api := w.joined(platform.TikTok, "u1", "some.one", 20_000)
		removed := func(user string, at time.Time, kind creators.RemovalKind) string {
			code, err := w.ApplyRemoval(background, platform.TikTok, creators.ConsentRemoval{UserID: user, At: at, Kind: kind})
			w.must(err)
			return code
		}
		w.clock.Advance(time.Hour)
		first := removed("u1", w.clock.Now(), creators.ConsentRemoved)
		c := w.connection(one.Actor)
		if !c.IsLost() || c.Reason != creators.LossRemoved || !w.kit(one.Actor).Creator.Listed {
			t.Errorf("connection %+v", c)
		}
		at := w.clock.Now()
		w.clock.Advance(time.Hour)
		if removed("u1", at, creators.ConsentRemoved) != first || !w.connection(one.Actor).LostSince.Equal(at) {
			t.Error("a message that came twice was new")
		}

		// The creator connects again; an earlier message arrives late, and changes nothing.
		w.must(w.ConnectAdditionalAccount(background, one.Actor, platform.TikTok, profile("u1", "some.one", 20_000), api.grant()))
		removed("u1", at, creators.ConsentRemoved)
		removed("u1", at.Add(time.Minute), creators.DataRemoved)
		if w.connection(one.Actor).IsLost() {
			t.Error("a late message ended the new consent")
		}

		w.clock.Advance(time.Hour)
		last := removed("u1", w.clock.Now(), creators.DataRemoved)
		for _, table := range []string{"creator_accounts", "account_tokens", "account_snapshots", "posts", "listings", "identities"} {
			if n := w.count(table); n != 0 {
				t.Errorf("%d rows in %s", n, table)
			}
		}
		if nobody := removed("unknown", w.clock.Now(), creators.DataRemoved); nobody == last {
			t.Error("two removals have one code")
		}
		st, err := w.RemovalStatus(background, last)
		if err != nil || st.Kind != creators.DataRemoved || !st.DoneAt.Equal(w.clock.Now()) {
			t.Errorf("status %+v, %v", st, err)
		}
		if _, err := w.RemovalStatus(background, "nothing"); code(err) != models.CodeNotFound {
			t.Errorf("no code: %v", err)
		}
		if n := w.rows("SELECT count(*) FROM removals WHERE user_digest LIKE '%u1%'"); n != 0 {
			t.Error("who was removed stands there in clear")
		}
	})
}

func TestAnAccountThatIsNoWayInDoesNotMakeAPerson(t *testing.T) {
	t.Parallel()
	w := newWorld(t, testkit.NewSQLite(t))
	one, api := w.joined(platform.TikTok, "u1", "some.one", 20_000)
	people := accounts.NewStore(w.db, w.clock.Now, creators.ProfileRows)
	w.must(people.ConfirmEmailWithoutLink(background, one.Actor.PersonID, "one@creators.example"))
	w.must(people.RemoveOwnIdentity(background, one.Actor, platform.TikTok, "u1"))
	if _, err := w.SignInWithPlatform(background, platform.TikTok, profile("u1", "some.one", 20_000), api.grant(), "en"); code(err) != models.CodeConflict {
		t.Errorf("signing in: %v", err)
	}
	w.must(w.ConnectAdditionalAccount(background, one.Actor, platform.TikTok, profile("u1", "some.one", 20_000), api.grant()))
	if out, err := w.SignInWithPlatform(context.Background(), platform.TikTok, profile("u1", "some.one", 20_000), api.grant(), "en"); err != nil || out.Actor.PersonID != one.Actor.PersonID {
		t.Errorf("after connecting it again: %+v, %v", out, err)
	}
}
