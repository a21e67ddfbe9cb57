package search_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"net/url"
	"slices"
	"testing"

	"gorm.io/gorm"

	"tribemarket/internal/testkit"
	"tribemarket/models"
	"tribemarket/models/creators"
	"tribemarket/models/db"
	"tribemarket/models/platform"
	"tribemarket/models/search"
)

func (w *world) catchUp() {
	w.t.Helper()
	w.must(w.CatchUp(context.Background()))
}

func (w *world) search(f search.Filter) search.Result {
	w.t.Helper()
	r, err := w.Search(context.Background(), f, search.Params()...)
	w.must(err)
	return r
}

func (w *world) filter(query string) search.Filter {
	w.t.Helper()
	values, err := url.ParseQuery(query)
	w.must(err)
	f, _ := search.ParseFilter(values, w.store.TribeCatalogue())
	return f
}

func TestSearchOfNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t, testkit.NewSQLite(t))
	w.catchUp()
	if r := w.search(w.filter("q=nobody&tribe=foodtok")); r.Total != 0 || len(r.Hits) != 0 || r.Next != nil || r.Prev != nil || len(r.Drop) != 0 {
		t.Errorf("%+v", r)
	}
	if r := w.search(search.Filter{}); len(r.Facets.Ranges["followers"]) == 0 || *r.Facets.Ranges["followers"][0].Range.Min != creators.DefaultFollowerFloor {
		t.Errorf("the histogram of followers is %+v", r.Facets.Ranges["followers"])
	}
}

// Until there is an index, whoever asks it is told when to try again.
func TestSearchingWaitsForTheIndex(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t, testkit.NewSQLite(t)), context.Background()
	w.person("Ada", "", "")
	var publicID string
	w.must(w.db.Read(ctx).Raw("SELECT public_id FROM creators").Scan(&publicID).Error)
	for what, ask := range map[string]func() error{
		"Search":   func() error { _, err := w.Search(ctx, search.Filter{}); return err },
		"Matching": func() error { _, err := w.MatchingCreatorIDs(ctx, search.Filter{}); return err },
		"Each":     func() error { return w.EachHit(ctx, search.Filter{}, func([]search.Hit) error { return nil }) },
		"Alike":    func() error { _, _, err := w.Lookalikes(ctx, models.Actor{}, publicID, nil, 5); return err },
		"Ready":    w.CheckReady,
	} {
		var e *models.Error
		if err := ask(); !errors.As(err, &e) || e.Code != models.CodeUnavailable || e.After <= 0 {
			t.Errorf("%s: %v", what, err)
		}
	}
	w.catchUp()
	if err := w.CheckReady(); err != nil {
		t.Error(err)
	}
	if r := w.search(search.Filter{}); r.Total != 1 {
		t.Errorf("%d are found", r.Total)
	}
}

// A place that is not in the list shows the page that is nearest.
func TestSearchFromAPlaceThatIsGone(t *testing.T) {
	t.Parallel()
	w := newWorld(t, testkit.NewSQLite(t))
	w.people(rand.New(rand.NewPCG(1, 1)), 60)
	w.catchUp()
	for _, sort := range []string{"followers", "-followers", "price", ""} {
		f := w.filter("sort=" + sort)
		first := w.search(f)
		f.Before = &models.Cursor{Value: 1 << 60, ID: 1}
		if sort == "followers" || sort == "price" {
			f.Before = &models.Cursor{Value: -1, ID: 1}
		}
		if r := w.search(f); !sameHits(r.Hits, first.Hits) || r.Prev != nil || r.Next == nil {
			t.Errorf("%s: before the beginning are %d hits", sort, len(r.Hits))
		}
		f.Before, f.After = nil, &models.Cursor{Null: true, ID: 0}
		if !f.Descending {
			f.After.ID = 1 << 60
		}
		if r := w.search(f); len(r.Hits) != search.PageSize || r.Prev == nil || r.Next != nil {
			t.Errorf("%s: beyond the end are %d hits", sort, len(r.Hits))
		}
	}
}

func sameHits(a, b []search.Hit) bool {
	return slices.EqualFunc(a, b, func(x, y search.Hit) bool { return x.Account.ID == y.Account.ID })
}

// A page takes no more statements when it finds or asks more.
func TestSearchTakesFewStatements(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.people(rand.New(rand.NewPCG(1, 1)), 60)
		w.catchUp()
		n := 0
		count := func(*gorm.DB) { n++ }
		callbacks := d.Read(context.Background()).Callback()
		w.must(errors.Join(
			callbacks.Query().Before("gorm:query").Register("test:count", count),
			callbacks.Row().Before("gorm:row").Register("test:count", count),
			callbacks.Raw().Before("gorm:raw").Register("test:count", count),
		))
		for query, want := range map[string]int{
			"": 2, "sort=views": 2, "platform=tiktok&platform=youtube&platform=instagram&q=a": 2, "q=nobody&followers_min=20000": 0,
			"tribe=beautytok&verified=1&posted=30&price_max=900&free_from=2026-12-01": 2, "after=" + (models.Cursor{Value: 1, ID: 1}).String(): 2,
		} {
			f := w.filter(query)
			n = 0
			if r := w.search(f); n > want || r.Total > 0 && n != want {
				t.Errorf("%q takes %d statements, want %d", query, n, want)
			}
		}
	})
}

// Who is not listed any more is neither on a page nor in its count, whatever the
// index holds yet.
func TestWhoIsGoneIsNotShown(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.people(rand.New(rand.NewPCG(1, 1)), 60)
		w.catchUp()
		first := w.search(search.Filter{})
		gone := first.Hits[0].Creator.ID
		w.must(d.Tx(context.Background(), func(tx *db.Tx) error {
			return errors.Join(
				tx.Exec("UPDATE creators SET suspended_at = ?, suspended_reason = 'test' WHERE id = ?", w.clock.Now(), gone).Error,
				w.store.Relist(tx, []int64{gone}),
			)
		}))
		for _, when := range []string{"before the index follows", "after"} {
			r := w.search(search.Filter{})
			if r.Total != first.Total-1 || len(r.Hits) != search.PageSize || !sameHits(r.Hits[:search.PageSize-1], first.Hits[1:]) {
				t.Errorf("%d of %d are on the page %s", len(r.Hits), r.Total, when)
			}
			w.catchUp()
		}
	})
}

// Who is still listed by another account is counted all the same.
func TestWhoIsListedByAnotherAccountStaysCounted(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.person("Ada Lace", "", "")
		ctx := context.Background()
		var first creators.Account
		w.must(d.Read(ctx).Take(&first).Error)
		second := first
		second.ID, second.Platform, second.Followers = 0, platform.Instagram, 40_000
		w.must(d.Tx(ctx, func(tx *db.Tx) error {
			return errors.Join(tx.Create(&second).Error, w.store.Relist(tx, []int64{first.CreatorID}))
		}))
		w.catchUp()
		w.must(d.Tx(ctx, func(tx *db.Tx) error {
			return errors.Join(tx.Exec("UPDATE creator_accounts SET followers = 9, listed = ? WHERE id = ?", false, first.ID).Error, w.store.Relist(tx, []int64{first.CreatorID}))
		}))
		f := w.filter("q=ada&sort=-followers")
		if r := w.search(f); r.Total != 1 || len(r.Drop) > 0 {
			t.Errorf("%d are counted before the index follows, with %v to drop", r.Total, r.Drop)
		}
		w.catchUp()
		if r := w.search(f); r.Total != 1 || len(r.Hits) != 1 || r.Hits[0].Account.ID != second.ID {
			t.Errorf("%d are counted after, on the page are %v", r.Total, r.Hits)
		}
	})
}

// Hidden creators are neither shown, counted nor suggested.
func TestHiddenCreatorsAreSubtracted(t *testing.T) {
	t.Parallel()
	w := newWorld(t, testkit.NewSQLite(t))
	w.people(rand.New(rand.NewPCG(1, 1)), 30)
	w.catchUp()
	all := w.search(search.Filter{})
	hidden := all.Hits[3].Creator.ID
	r := w.search(search.Filter{Hidden: []int64{hidden}})
	if r.Total != all.Total-1 || slices.ContainsFunc(r.Hits, func(h search.Hit) bool { return h.Creator.ID == hidden }) {
		t.Errorf("%d of %d, with the hidden one", r.Total, all.Total)
	}
}

// What a search finds is found by words as they are marked, close ones included.
func TestWordsAreCorrectedAndMarked(t *testing.T) {
	t.Parallel()
	w := newWorld(t, testkit.NewSQLite(t))
	w.person("Léa Martin", "I cook pasta in Paris", "pasta pastalover")
	w.person("Tom Baker", "Wood and tools", "diy")
	w.catchUp()
	r := w.search(w.filter("q=pasta"))
	if len(r.Hits) != 1 || r.Hits[0].Bio != "I cook pasta in Paris" || !slices.Equal(r.Hits[0].Hashtags, []string{"pasta", "pastalover"}) || r.Corrected != nil {
		t.Fatalf("%+v", r)
	}
	if r = w.search(w.filter("q=martni")); len(r.Hits) != 1 || !slices.Equal(r.Corrected["martni"], []string{"martin"}) || !slices.Contains(r.Hits[0].Looked, "martin") || r.Hits[0].Bio != "" {
		t.Errorf("with a typing error: %+v", r)
	}
	for _, query := range []string{"q=martni", "q=MARTNI+tools", "q=martni+nonsensical&tribe=foodtok&followers_min=900000000"} {
		if got := w.SpellingCorrections(w.filter(query)); len(got) != 1 || !slices.Equal(got["martni"], []string{"martin"}) {
			t.Errorf("%s: %v is corrected", query, got)
		}
	}
	for _, query := range []string{"", "tribe=foodtok", "q=pasta+martin"} {
		if got := w.SpellingCorrections(w.filter(query)); len(got) != 0 {
			t.Errorf("%s: %v is corrected", query, got)
		}
	}
	if got := search.NewEngine(w.db, w.store, w.clock.Now).SpellingCorrections(w.filter("q=martni")); got != nil {
		t.Errorf("without an index, %v is corrected", got)
	}
	if ids, err := w.MatchingCreatorIDs(context.Background(), w.filter("q=martni")); err != nil || len(ids) != 0 {
		t.Errorf("a word that nobody has matches %v, %v", ids, err)
	}
}

// All that a search finds is given in its order, in batches, as plain SQL has it,
// and those that fit are the same.
func TestEachGivesAllInOrder(t *testing.T) {
	t.Parallel()
	w := newWorld(t, testkit.NewSQLite(t))
	w.people(rand.New(rand.NewPCG(1, 1)), 700)
	f := w.filter("sort=-engagement")
	read := func() (ids []int64) {
		w.must(w.EachHit(context.Background(), f, func(hits []search.Hit) error {
			if len(hits) > search.EachBatch {
				t.Errorf("a batch of %d", len(hits))
			}
			for _, h := range hits {
				ids = append(ids, h.Creator.ID)
			}
			return nil
		}))
		return ids
	}
	w.catchUp()
	bySQL, err := w.AllBySQL(context.Background(), f)
	w.must(err)
	if byIndex := read(); !slices.Equal(byIndex, bySQL) || len(byIndex) < 500 {
		t.Errorf("%d by the index, %d by SQL", len(byIndex), len(bySQL))
	}
	matching, err := w.MatchingCreatorIDs(context.Background(), f)
	if slices.Sort(bySQL); err != nil || !slices.Equal(matching, bySQL) {
		t.Errorf("%d match, %d by SQL; %v", len(matching), len(bySQL), err)
	}
	failed := errors.New("enough")
	if err := w.EachHit(context.Background(), f, func([]search.Hit) error { return failed }); !errors.Is(err, failed) {
		t.Errorf("Each ended with %v", err)
	}
}

// Who is like somebody is found by what both have, with the reasons, and never
// who is hidden or not listed.
func TestAlikeTellsWhy(t *testing.T) {
	t.Parallel()
	w := newWorld(t, testkit.NewSQLite(t))
	w.person("Ada Cook", "", "pasta fyp basil")
	w.person("Bea Cook", "", "pasta fyp basil oven")
	w.person("Cem Cook", "", "viral pasta")
	w.person("Dan Wood", "", "diy fyp viral")
	var ids []string
	w.must(w.db.Read(context.Background()).Raw("SELECT public_id FROM creators ORDER BY id").Scan(&ids).Error)
	nobody := models.Actor{}
	w.catchUp()
	_, like, err := w.Lookalikes(context.Background(), nobody, ids[0], nil, 5)
	w.must(err)
	if len(like) != 2 || like[0].Creator.Name != "Bea Cook" || like[0].Score < like[1].Score || !slices.Equal(like[0].SharedHashtags, []string{"basil", "pasta"}) ||
		!slices.Contains(like[0].Reasons, search.LikenessReason{Key: "hashtags", Points: 1000}) || !slices.Contains(like[0].Reasons, search.LikenessReason{Key: "tier", Points: 1000}) {
		t.Errorf("%+v", like)
	}
	if _, like, err = w.Lookalikes(context.Background(), nobody, ids[0], []int64{like[0].Creator.ID}, 5); err != nil || len(like) != 1 {
		t.Errorf("without a hidden one there are %+v, %v", like, err)
	}
	sum := int64(0)
	for _, part := range search.LikenessWeights() {
		sum += part.Weight
	}
	if sum != 100 {
		t.Errorf("the parts of being alike sum up to %d of 100", sum)
	}
	if _, _, err = w.Lookalikes(context.Background(), nobody, "bcdfghjkmn", nil, 5); models.CodeOf(err) != models.CodeNotFound {
		t.Errorf("like a missing one: %v", err)
	}
}

// A part of relevance that this version does not know, from a form or from the
// database of a later version, is an error and ends nothing.
func TestAnUnknownPartOfRelevanceIsAnError(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		w, ctx := newWorld(t, d), context.Background()
		w.person("Ada", "", "")
		w.catchUp()
		weights := map[string]string{"shine": "3"}
		rows, err := w.RelevanceWeights(ctx)
		w.must(err)
		for _, r := range rows {
			weights[r.Part] = "10"
		}
		err = w.SetRelevanceWeights(ctx, models.Actor{PersonID: 1, Admin: true}, search.RelevanceWeightsForm{Weights: weights, Version: "0"})
		var invalid *models.Error
		if !errors.As(err, &invalid) || invalid.Code != models.CodeInvalid {
			t.Fatalf("the form is taken: %v", err)
		}
		if e, ok := invalid.Fields.Get("weight_shine"); !ok || e.Key != "search.relevance.error.part" {
			t.Errorf("%+v", invalid.Fields)
		}
		w.must(d.Read(ctx).Exec("INSERT INTO relevance_weights (part, weight, version) VALUES ('shine', 3, 0)").Error)
		if _, err := w.RelevanceWeights(ctx); models.CodeOf(err) != models.CodeInternal {
			t.Errorf("the part is read: %v", err)
		}
		if r := w.search(search.Filter{}); r.Total != 1 {
			t.Errorf("a search finds %d", r.Total)
		}
	})
}
