package creators_test

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"tribemarket/internal/testkit"
	"tribemarket/models"
	"tribemarket/models/creators"
	"tribemarket/models/db"
	"tribemarket/models/imports"
	"tribemarket/models/platform"
)

// reader follows the changes of listings.
type reader struct {
	*world
	at creators.ListingWatermark
}

func (w *world) reader() *reader {
	w.t.Helper()
	r := &reader{world: w}
	c, err := w.ReadListingChanges(context.Background(), r.at)
	w.must(err)
	if !c.ReaderBehind || len(c.CreatorIDs) > 0 {
		w.t.Fatalf("somebody who has read nothing is told %+v", c)
	}
	r.at = c.Next
	r.read() // what happened a moment before may be told once more
	return r
}

// read is what has changed since the last reading.
func (r *reader) read() []int64 {
	r.t.Helper()
	var all []int64
	for {
		c, err := r.ReadListingChanges(context.Background(), r.at)
		r.must(err)
		if c.ReaderBehind {
			r.t.Fatal("behind")
		}
		r.at, all = c.Next, append(all, c.CreatorIDs...)
		if !c.More {
			slices.Sort(all)
			return slices.Compact(all)
		}
	}
}

func (r *reader) wants(what string, want ...int64) {
	r.t.Helper()
	if got := r.read(); !slices.Equal(got, want) {
		r.t.Errorf("%s: changes of %v, want %v", what, got, want)
	}
	if again := r.read(); len(again) > 0 {
		r.t.Errorf("%s: %v are told twice", what, again)
	}
}

// Each way to change a listing tells of it once it has happened, and of nothing else.
func TestEveryChangeOfAListingIsTold(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ctx, admin := context.Background(), w.admin()
		small := w.connect(profile("u0", "small", 900))
		r := w.reader()
		r.wants("nothing")
		one := w.connect(profile("u1", "one", 20_000))
		two := w.connect(profile("u2", "two", 30_000))
		r.wants("they join", one.Creator.ID, two.Creator.ID)
		w.must(w.EditProfile(ctx, one.Actor, creators.ProfileForm{Name: "Renamed"}))
		r.wants("a name", one.Creator.ID)
		w.must(w.EditProfile(ctx, small.Actor, creators.ProfileForm{Name: "Renamed"}))
		r.wants("nobody listed")
		w.must(w.SetLimits(ctx, two.Actor, creators.LimitsForm{Capacity: "2"}))
		r.wants("limits", two.Creator.ID)
		w.must(w.DeclareAudience(ctx, two.Actor, creators.AudienceForm{Platform: "tiktok", Handle: "two", Countries: []creators.CountryShareForm{{Country: "FR", Share: "40"}}}))
		r.wants("an audience", two.Creator.ID)
		w.must(d.Tx(ctx, func(tx *db.Tx) error {
			return w.SuspendCreator(ctx, tx, admin, two.Creator.ID, "Not their own videos.", w.clock.Now())
		}))
		r.wants("the creator is suspended", two.Creator.ID)
		if n := w.rows("SELECT count(*) FROM listings WHERE creator_id = ?", two.Creator.ID); n != 0 {
			t.Errorf("%d listings of somebody suspended", n)
		}
		w.must(d.Tx(ctx, func(tx *db.Tx) error { return w.RestoreCreator(ctx, tx, admin, two.Creator.ID, w.clock.Now()) }))
		r.wants("the creator is back", two.Creator.ID)
		w.must(d.Tx(ctx, func(tx *db.Tx) error {
			return tx.Exec("DELETE FROM listings WHERE creator_id IN ?", []int64{one.Creator.ID, two.Creator.ID}).Error
		}))
		r.wants("rows that something else deletes", one.Creator.ID, two.Creator.ID)
		if err := d.Tx(ctx, func(tx *db.Tx) error {
			if err := w.Relist(tx, []int64{one.Creator.ID}); err != nil {
				return err
			}
			return sql.ErrNoRows
		}); err == nil {
			t.Fatal("the transaction went through")
		}
		r.wants("what was rolled back")
		w.load("username,followers\nnew,40000\nother,400\n", imports.Options{AsOf: in2026})
		created := w.account(platform.TikTok, "new").CreatorID
		r.wants("an import", created)
		w.load("username,followers\nnew,50000\nother,500\n", imports.Options{AsOf: models.Date{Year: 2026, Month: 7, Day: 1}})
		r.wants("a newer one", created)
	})
}

// The case that ids alone get wrong: who wrote first commits last.
func TestAChangeThatCommitsLateIsNotMissed(t *testing.T) {
	t.Parallel()
	d := testkit.NewPostgres(t)
	w := newWorld(t, d)
	r := w.reader()
	begin := func(id int64) *sql.Tx {
		tx, err := d.SQLPool().Begin()
		w.must(err)
		_, err = tx.Exec("INSERT INTO listing_changes (creator_id) VALUES ($1)", id)
		w.must(err)
		return tx
	}
	early, late := begin(1), begin(2)
	w.must(late.Commit())
	r.wants("the later one", 2)
	w.must(early.Commit())
	r.wants("the earlier one", 1)
	r.wants("nothing more")
}

func TestNoChangeIsMissedInAnyOrderOfCommits(t *testing.T) {
	t.Parallel()
	d := testkit.NewPostgres(t)
	w := newWorld(t, d)
	next := int64(0)
	rapid.Check(t, func(rt *rapid.T) {
		const writers = 3 // and a reader: the pool has four connections at least
		var running [writers]*sql.Tx
		var written [writers][]int64
		due := map[int64]bool{}
		r := w.reader()
		for range rapid.IntRange(5, 40).Draw(rt, "steps") {
			i := rapid.IntRange(0, writers-1).Draw(rt, "writer")
			switch rapid.SampledFrom([]string{"write", "write", "commit", "rollback", "read"}).Draw(rt, "step") {
			case "write":
				if running[i] == nil {
					tx, err := d.SQLPool().Begin()
					w.must(err)
					running[i] = tx
				}
				next++
				_, err := running[i].Exec("INSERT INTO listing_changes (creator_id) VALUES ($1)", next)
				w.must(err)
				written[i] = append(written[i], next)
			case "commit":
				if running[i] != nil {
					w.must(running[i].Commit())
					for _, id := range written[i] {
						due[id] = true
					}
					running[i], written[i] = nil, nil
				}
			case "rollback":
				if running[i] != nil {
					w.must(running[i].Rollback())
					running[i], written[i] = nil, nil
				}
			case "read":
				for _, id := range r.read() {
					if !due[id] {
						rt.Fatalf("%d is told twice, or before its time", id)
					}
					delete(due, id)
				}
				if len(due) > 0 {
					rt.Fatalf("%v were committed and are not told", due)
				}
			}
		}
		for _, tx := range running {
			if tx != nil {
				w.must(tx.Rollback())
			}
		}
	})
}

func TestManyChangesComeInBatches(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		r := w.reader()
		const n = creators.ListingChangesBatch + 10
		numbers := "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?) "
		for range 2 {
			w.must(d.Tx(context.Background(), func(tx *db.Tx) error {
				return tx.Exec(numbers+"INSERT INTO listing_changes (creator_id) SELECT i FROM n", n).Error
			}))
		}
		c, err := w.ReadListingChanges(context.Background(), r.at)
		w.must(err)
		if !c.More || len(c.CreatorIDs) != creators.ListingChangesBatch {
			t.Errorf("%d of a first batch, more %v", len(c.CreatorIDs), c.More)
		}
		if all := r.read(); len(all) != n || all[0] != 1 || all[n-1] != n {
			t.Errorf("%d creators", len(all))
		}
		r.wants("nothing more")
	})
}

// Changes go after an hour, and who has not read for half of one begins anew.
func TestOldChangesGo(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ctx := context.Background()
		for minutes, id := range map[int]int64{1: 1, 59: 2, 61: 3, 600: 4} {
			at := fmt.Sprintf("datetime('now', '-%d minutes')", minutes)
			if d.Dialect == db.Postgres {
				at = fmt.Sprintf("now() - interval '%d minutes'", minutes)
			}
			w.must(d.Read(ctx).Exec("INSERT INTO listing_changes (creator_id, at) VALUES (?, "+at+")", id).Error)
		}
		_, err := w.SweepListings(ctx)
		w.must(err)
		var left []int64
		w.must(d.Read(ctx).Raw("SELECT creator_id FROM listing_changes ORDER BY creator_id").Scan(&left).Error)
		if !slices.Equal(left, []int64{1, 2}) {
			t.Errorf("%v are left", left)
		}
		r := w.reader()
		w.must(d.Read(ctx).Exec("INSERT INTO listing_changes (creator_id) VALUES (7)").Error)
		for pause, behind := range map[time.Duration]bool{29 * time.Minute: false, 31 * time.Minute: true} {
			c, err := w.ReadListingChanges(ctx, r.at.OlderBy(pause))
			w.must(err)
			if c.ReaderBehind != behind || (len(c.CreatorIDs) == 0) != behind {
				t.Errorf("after %v: %+v", pause, c)
			}
			if c.ReaderBehind {
				again := reader{w, c.Next}
				again.read()
				again.wants("after everything was loaded")
				w.must(d.Read(ctx).Exec("INSERT INTO listing_changes (creator_id) VALUES (8)").Error)
				again.wants("a new one", 8)
			}
		}
	})
}
