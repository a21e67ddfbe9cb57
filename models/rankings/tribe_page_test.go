package rankings_test

import (
	"fmt"
	"slices"
	"testing"

	"tribemarket/internal/testkit"
	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/creators"
	"tribemarket/models/db"
	"tribemarket/models/platform"
	"tribemarket/models/rankings"
)

func TestATribesPageHasItsMediansTopAndHashtags(t *testing.T) {
	t.Parallel()
	testkit.OnBothDatabases(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		if p, err := w.TribePage(t.Context(), "foodtok", nil); err != nil || p.AsOf != nil || p.Creators != 0 {
			t.Fatalf("before it was computed: %+v, %v", p, err)
		}
		food := []string{"foodtok"}
		var all []someone
		for i := range 5 { // micro: 20,000 to 60,000 followers
			all = append(all, someone{
				handle: fmt.Sprintf("micro%d", i), tribes: food, followers: int64(20_000 + 10_000*i), price: models.Money{Minor: int64(10_000 + 1_000*i), Currency: "EUR"},
				posts: posted(6, 3, int64(1000*(i+1)), int64(100*(i+1)+i), "recipe", "unheardof", "myreligion"),
			})
		}
		for i := range 4 { // too few for a median
			all = append(all, someone{handle: fmt.Sprintf("mid%d", i), tribes: []string{"foodtok", "booktok"}, followers: 200_000, price: models.Money{Minor: 90_000, Currency: "GBP"}, posts: posted(6, 3, 5000, 100, "cake")})
		}
		all = append(all,
			someone{handle: "tube", tribes: food, platform: platform.YouTube, followers: 900_000, posts: posted(6, 3, 9000, 900, "cake", "recipe")},
			someone{handle: "file", tribes: food, imported: true, followers: 5_000_000})
		ids := w.come(all...)
		for range 2 { // a second run gives the same
			w.must(w.ComputeTribePages(t.Context()))
		}
		p, err := w.TribePage(t.Context(), "foodtok", nil)
		w.must(err)
		if p.Creators != 11 || p.AsOf == nil || !p.AsOf.Equal(testkit.ClockStart) || p.Tribe.Display != "FoodTok" {
			t.Errorf("%d creators as of %v", p.Creators, p.AsOf)
		}
		if len(p.Tiers) != 3 || p.Tiers[0].Tier != creators.TierMicro || p.Tiers[1].Tier != creators.TierMid || p.Tiers[2].Tier != creators.TierMega {
			t.Fatalf("the tiers are %+v", p.Tiers)
		}
		micro, mid := p.Tiers[0], p.Tiers[1]
		if micro.Creators != 5 || *micro.Followers != 40_000 || *micro.Views != 3000 || *micro.Engagement != 100_666 {
			t.Errorf("micro: %d creators, %d followers, %d views, %d ppm", micro.Creators, *micro.Followers, *micro.Views, *micro.Engagement)
		}
		if want := []rankings.TribePrice{{Money: models.Money{Minor: 12_000, Currency: "EUR"}, Creators: 5}}; !slices.Equal(micro.Prices, want) {
			t.Errorf("prices are %+v", micro.Prices)
		}
		if mid.Creators != 4 || mid.Followers != nil || mid.Engagement != nil || mid.Views != nil || mid.Prices != nil {
			t.Errorf("four are a median: %+v", mid)
		}
		var top []string
		for _, c := range p.Top {
			top = append(top, c.Handle)
		}
		if want := []string{"tube", "mid0", "mid1", "mid2", "mid3", "micro4", "micro3", "micro2", "micro1", "micro0", "file"}; !slices.Equal(top, want) {
			t.Errorf("the top is %v, want %v", top, want)
		}
		// Neither the words of few, nor those that the catalogue doesn't know.
		if len(p.Tags) != 1 || p.Tags[0].Hashtag != "recipe" || p.Tags[0].Creators != 5 {
			t.Errorf("the hashtags are %+v", p.Tags)
		}
		sizes, err := w.TribeSizes(t.Context())
		w.must(err)
		if sizes["foodtok"] != 11 || sizes["booktok"] != 4 || len(sizes) != 2 {
			t.Errorf("sizes are %v", sizes)
		}

		if p, err = w.TribePage(t.Context(), "foodtok", []int64{ids["tube"]}); err != nil || p.Top[0].Handle != "mid0" {
			t.Errorf("hidden from the viewer is not: %+v, %v", p.Top[0], err)
		}
		w.must(d.Tx(t.Context(), func(tx *db.Tx) error {
			if err := tx.Exec("UPDATE creators SET suspended_at = ? WHERE id = ?", testkit.ClockStart, ids["mid0"]).Error; err != nil {
				return err
			}
			return w.store.Relist(tx, []int64{ids["mid0"]})
		}))
		if p, err = w.TribePage(t.Context(), "foodtok", nil); err != nil || p.Top[1].Handle != "mid1" {
			t.Errorf("who is not listed any more is shown: %+v, %v", p.Top[1], err)
		}
		if _, err := w.TribePage(t.Context(), "nosuchtok", nil); models.CodeOf(err) != models.CodeNotFound {
			t.Errorf("a tribe that is not there: %v", err)
		}
	})
}

func TestAHiddenTribeHasNoPageAndNoRanking(t *testing.T) {
	t.Parallel()
	w := newWorld(t, testkit.NewSQLite(t))
	w.come(someone{handle: "a", tribes: []string{"foodtok"}, posts: posted(3, 3, 1000, 100)})
	w.must(w.ComputeRankings(t.Context()))
	w.must(w.ComputeTribePages(t.Context()))
	food, _ := w.store.TribeCatalogue().TribeBySlug("foodtok")
	var person accounts.Person
	w.must(w.db.Tx(t.Context(), func(tx *db.Tx) (err error) {
		person, err = accounts.CreatePerson(tx, accounts.Person{Name: "Ada", Admin: true, CreatedAt: w.clock.Now()})
		return err
	}))
	w.must(w.store.EditTribe(t.Context(), models.Actor{PersonID: person.ID, Admin: true}, creators.TribeForm{
		Slug: food.Slug, Display: food.Display, Mark: food.Mark, Hue: fmt.Sprint(food.Hue), Names: food.Names, Descriptions: food.Descriptions,
		Hashtags: "foodtok", Categories: "food", Hidden: true,
	}, false))
	if _, err := w.TribePage(t.Context(), "foodtok", nil); models.CodeOf(err) != models.CodeNotFound {
		t.Errorf("its page: %v", err)
	}
	if _, err := w.Ranking(t.Context(), rankings.Query{Tribe: "foodtok", Measure: rankings.RankGrowth, Span: rankings.SpanWeek}); models.CodeOf(err) != models.CodeNotFound {
		t.Errorf("its ranking: %v", err)
	}
	w.must(w.ComputeRankings(t.Context()))
	if n := w.rows("SELECT count(*) FROM ranking_places WHERE tribe = 'foodtok' AND edition_id IN (SELECT id FROM ranking_editions WHERE live)"); n != 0 {
		t.Errorf("%d places of a hidden tribe are computed", n)
	}
}
