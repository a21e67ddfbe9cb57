package imports_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"tribemarket/internal/testkit"
	"tribemarket/internal/testkit/importtest"
	"tribemarket/models/creators"
	"tribemarket/models/db"
	"tribemarket/models/imports"
)

// Imports write listings by shortcuts; rebuilt from what they are derived from, they
// stay the same.
func TestListingsAfterImportsAreWhatRelistMakes(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		rnd := rand.New(rand.NewPCG(28, 11))
		before := map[int64]creators.Listing{}
		for round := 1; round <= 4; round++ {
			var list strings.Builder
			list.WriteString("username,name,followers,avg views,avg likes,avg comments,avg shares,country,language,category\n")
			for i := range 60 {
				if rnd.IntN(4) == 0 {
					continue
				}
				pick := func(of ...string) string { return of[rnd.IntN(len(of))] }
				fmt.Fprintf(&list, "person.%d,%s,%d,%s,%d,9,3,%s,%s,%s\n", i, pick("", "Ada", "Bo"), 2_000+rnd.IntN(30_000), pick("", "900", "12000"), rnd.IntN(700),
					pick("", "FR", "Belgium"), pick("", "fr", "nl"), pick("", "Beauty", "Food"))
			}
			w.load(list.String(), imports.Options{AsOf: in2026.AddDays(12*round - 45)})
			posts := importtest.VideoHeader
			for i := range 10 * round {
				posts += importtest.Video(1000*round+i, 60-12*round+i, fmt.Sprintf("person.%d", rnd.IntN(20)), "['foodtok', 'recipe']", 1_000+rnd.IntN(9_000), 15_000)
			}
			w.load(posts, imports.Options{})

			imported, ids := w.listings()
			var announced []int64
			w.must(d.Read(context.Background()).Raw("SELECT creator_id FROM listing_changes").Scan(&announced).Error)
			for account, l := range imported {
				if !reflect.DeepEqual(l, before[account]) && !slices.Contains(announced, l.CreatorID) {
					t.Errorf("round %d: nobody is told that the listing of account %d changed", round, account)
				}
			}
			w.must(d.Tx(context.Background(), func(tx *db.Tx) error { return w.Relist(tx, ids) }))
			rebuilt, _ := w.listings()
			before = rebuilt
			w.must(d.Tx(context.Background(), func(tx *db.Tx) error { return tx.Exec("DELETE FROM listing_changes").Error }))
			if len(imported) < 20 || len(imported) != len(rebuilt) {
				t.Fatalf("round %d: %d listings, %d of them rebuilt", round, len(imported), len(rebuilt))
			}
			for account, l := range imported {
				if want := rebuilt[account]; !reflect.DeepEqual(l, want) {
					t.Fatalf("round %d: account %d is listed as\n%+v, rebuilt as\n%+v", round, account, l, want)
				}
			}
		}
	})
}

// listings are all listings by account, and all creators.
func (w *world) listings() (map[int64]creators.Listing, []int64) {
	w.t.Helper()
	var all []creators.Listing
	var ids []int64
	w.must(w.db.Read(context.Background()).Find(&all).Error)
	w.must(w.db.Read(context.Background()).Model(&creators.Creator{}).Order("id").Pluck("id", &ids).Error)
	byAccount := map[int64]creators.Listing{}
	for _, l := range all {
		byAccount[l.AccountID] = l
	}
	return byAccount, ids
}
