package search_test

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"tribemarket/internal/testkit"
	"tribemarket/models/db"
	"tribemarket/models/search"
)

// lines is a log that can be read while it is written.
type lines struct {
	mu sync.Mutex
	b  bytes.Buffer
}

// Write is that of io.Writer.
func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lines) has(text string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return strings.Contains(l.b.String(), text)
}

// followed lets a store follow as a node does, until the test ends.
func (w *world) followed() *lines {
	log := &lines{}
	ctx, cancel := context.WithCancel(context.Background())
	var done sync.WaitGroup
	done.Go(func() { w.FollowChanges(ctx, slog.New(slog.NewTextHandler(log, nil))) })
	w.t.Cleanup(func() { cancel(); done.Wait() })
	return log
}

func (w *world) exec(sql string) {
	w.t.Helper()
	w.must(w.db.Tx(context.Background(), func(tx *db.Tx) error { return tx.Exec(sql).Error }))
}

func (w *world) until(what string, right func() bool) {
	w.t.Helper()
	ticks := time.NewTicker(20 * time.Millisecond)
	defer ticks.Stop()
	late := time.After(30 * time.Second)
	for !right() {
		select {
		case <-late:
			w.t.Fatalf("%s: not within half a minute; the index is %+v", what, w.IndexState())
		case <-ticks.C:
		}
	}
}

// A database that fails is told, asked again after a while, and followed from
// where it was.
func TestFollowingOutlivesADatabaseThatFails(t *testing.T) {
	t.Parallel()
	w := newWorld(t, testkit.NewSQLite(t))
	w.person("Ada", "", "")
	w.exec("ALTER TABLE relevance_weights RENAME TO lost")
	log := w.followed()
	w.until("the failure", func() bool { return log.has("could not follow") })
	if r := w.IndexState(); r.Ready {
		t.Errorf("the index is %+v", r)
	}
	w.exec("ALTER TABLE lost RENAME TO relevance_weights")
	w.until("the index", func() bool { return w.IndexState().Ready })
	w.exec("ALTER TABLE listing_changes RENAME TO lost")
	w.until("another failure", func() bool { return log.has("again_in=2s") })
	if r := w.search(search.Filter{}); r.Total != 1 {
		t.Errorf("meanwhile %d are found", r.Total)
	}
	w.exec("ALTER TABLE lost RENAME TO listing_changes")
	w.person("Bea", "", "")
	w.until("the second creator", func() bool { return w.search(search.Filter{}).Total == 2 })
}

// When much of a base is replaced it is made anew beside the searches, and so
// it is when the bands change.
func TestABaseThatIsWornIsMadeAnew(t *testing.T) {
	t.Parallel()
	w := newWorld(t, testkit.NewSQLite(t))
	w.exec(`INSERT INTO creators (id, public_id, name, zone, search_text, listed, created_at, updated_at)
		WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 21000)
		SELECT i, 'c' || i, 'N', 'UTC', ' n | ', TRUE, '2026-01-01 00:00:00', '2026-01-01 00:00:00' FROM n`)
	w.exec(`INSERT INTO creator_accounts (id, creator_id, platform, handle, handle_key, source, as_of, followers, engagement_ppm, listed, created_at, updated_at)
		SELECT id, id, 'tiktok', 'h' || id, 'h' || id, 'imported', '2026-01-01 00:00:00', 10000 + id, 30000, TRUE, '2026-01-01 00:00:00', '2026-01-01 00:00:00' FROM creators`)
	w.exec(`INSERT INTO creator_tribes (creator_id, tribe, known) SELECT id, 'foodtok', 'imported' FROM creators`)
	w.exec(`INSERT INTO listings (account_id, creator_id, platform, country, tribes, tribes_known, languages, followers, engagement_ppm, sole, standing)
		SELECT id, id, 'tiktok', '', ',foodtok,', 'i', '', followers, engagement_ppm, TRUE, followers FROM creator_accounts`)
	log := w.followed()
	w.until("the base", func() bool { return w.IndexState().Ready })
	before := w.IndexState()
	if before.Creators != 21_000 || before.Segments != 1 || before.Bytes == 0 || !log.has("creators=21000") {
		t.Fatalf("the index is %+v", before)
	}
	w.clock.Advance(time.Hour)
	w.exec("UPDATE listings SET followers = 5000000 WHERE creator_id <= 7000")
	w.exec("INSERT INTO listing_changes (creator_id) SELECT id FROM creators WHERE id <= 7000")
	w.until("another base", func() bool {
		x := w.IndexState()
		return x.BuiltAt.After(before.BuiltAt) && x.Segments == 1
	})
	least := int64(5_000_000)
	if r := w.search(search.Filter{Followers: search.Range{Min: &least}}); r.Total != 7_000 {
		t.Errorf("%d have so many followers", r.Total)
	}
	before = w.IndexState()
	w.clock.Advance(time.Hour)
	w.must(w.store.ComputeEngagementBands(context.Background()))
	w.until("a base by other bands", func() bool { return w.IndexState().BuiltAt.After(before.BuiltAt) })
}

// However many small changes come, there are few segments.
func TestSegmentsStayFew(t *testing.T) {
	t.Parallel()
	w := newWorld(t, testkit.NewSQLite(t))
	r := rand.New(rand.NewPCG(5, 5))
	ids := w.people(r, 300)
	w.catchUp()
	most := 0
	for i := range 120 {
		w.must(w.db.Tx(context.Background(), func(tx *db.Tx) error { return w.store.Relist(tx, ids[i:i+1]) }))
		w.catchUp()
		most = max(most, len(w.Segments()))
	}
	if most < 3 || most > 8 {
		t.Errorf("120 changes made %d segments", most)
	}
	for i, s := range w.Segments()[1:] {
		if fmt.Sprint(s.Creators) == "[]" {
			t.Errorf("segment %d is empty", i+1)
		}
	}
}
