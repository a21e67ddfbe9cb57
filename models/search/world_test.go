package search_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/url"
	"slices"
	"strings"
	"testing"

	"tribemarket/internal/testkit"
	"tribemarket/models"
	"tribemarket/models/content"
	"tribemarket/models/creators"
	"tribemarket/models/db"
	"tribemarket/models/platform"
	"tribemarket/models/search"
	"tribemarket/models/text/words"
)

var (
	someTribes    = []string{"beautytok", "foodtok", "techtok", "booktok", "fittok"}
	someCountries = []string{"", "BE", "FR", "NL"}
	someLanguages = []string{"en", "fr", "nl"}
	someWords     = []string{"Léa", "100%", "a_b", `back\slash`, "料理", "ＦＵＬＬ", "Straße", "quote'", "@home", "?", "pasta"}
	someFigures   = []int64{9_999, 10_000, 10_001, 50_000, 99_999, 100_000, 500_000, 1_000_000, 30_000_000}
	someDays      = []string{"2026-06-01", "2026-08-22", "2026-10-21", "2026-11-12", "2026-11-13", "2026-11-20"}
)

// world is a database with an engine on it.
type world struct {
	*search.Engine
	store *creators.Store
	t     testing.TB
	db    *db.DB
	clock *testkit.Clock
}

func newWorld(t testing.TB, d *db.DB) *world {
	t.Helper()
	c, err := creators.NewTribeCatalogue()
	if err != nil {
		t.Fatal(err)
	}
	clock := testkit.NewClock()
	store := creators.NewStore(d, clock.Now, c)
	return &world{search.NewEngine(d, store, clock.Now), store, t, d, clock}
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func some[T any](r *rand.Rand, all []T, most int) []T {
	n := r.IntN(most + 1)
	picked := make([]T, 0, n)
	for _, i := range r.Perm(len(all))[:n] {
		picked = append(picked, all[i])
	}
	return picked
}

func one[T any](r *rand.Rand, all []T) T { return all[r.IntN(len(all))] }

func maybe(r *rand.Rand, values ...int64) *int64 {
	if r.IntN(5) == 0 {
		return nil
	}
	return new(one(r, values))
}

// person writes a creator with one account of whom a text is known.
func (w *world) person(name, bio, hashtags string) {
	w.t.Helper()
	w.must(w.db.Tx(context.Background(), func(tx *db.Tx) error {
		c := creators.Creator{
			PublicID: models.NewPublicID(), Name: name, Bio: bio, Hashtags: hashtags, Zone: "UTC", CreatedAt: w.clock.Now(), UpdatedAt: w.clock.Now(),
			SearchText: words.Text([]string{name}, []string{bio, hashtags}),
		}
		if err := tx.Create(&c).Error; err != nil {
			return err
		}
		handle := fmt.Sprintf("p%d", c.ID)
		a := creators.Account{CreatorID: c.ID, Platform: platform.TikTok, Handle: handle, HandleKey: handle, Source: creators.SourceImported, AsOf: w.clock.Now(), Followers: 50_000, Listed: true, CreatedAt: w.clock.Now(), UpdatedAt: w.clock.Now()}
		a.Basis = creators.BasisNone
		return errors.Join(tx.Create(&a).Error, w.store.Relist(tx, []int64{c.ID}))
	}))
}

// people writes random creators, some with several accounts, many with the same figures.
func (w *world) people(r *rand.Rand, n int) []int64 {
	w.t.Helper()
	var ids []int64
	w.must(w.db.Tx(context.Background(), func(tx *db.Tx) error {
		for range n {
			c := creators.Creator{PublicID: models.NewPublicID(), Zone: "UTC", CreatedAt: w.clock.Now(), UpdatedAt: w.clock.Now()}
			if err := tx.Create(&c).Error; err != nil {
				return err
			}
			ids = append(ids, c.ID)
			if r.IntN(2) == 0 {
				err := errors.Join(tx.Exec("INSERT INTO people (id, name, created_at) VALUES (?, 'P', ?)", c.ID, w.clock.Now()).Error,
					tx.Exec("UPDATE creators SET person_id = id, claimed_at = ? WHERE id = ?", w.clock.Now(), c.ID).Error)
				if err != nil {
					return err
				}
			}
			accounts := 1
			if r.IntN(3) == 0 {
				accounts = 1 + r.IntN(3)
			}
			for k := range accounts {
				if err := tx.Create(w.account1(r, c.ID, k)).Error; err != nil {
					return err
				}
			}
		}
		return w.vary(tx, r, ids)
	}))
	return ids
}

func (w *world) account1(r *rand.Rand, creatorID int64, k int) *creators.Account {
	handle := fmt.Sprintf("h%d.%d", creatorID, k)
	a := &creators.Account{
		CreatorID: creatorID, Platform: one(r, platform.Names()), Handle: handle, HandleKey: handle, AsOf: w.clock.Now(), Source: creators.SourceImported,
		CreatedAt: w.clock.Now(), UpdatedAt: w.clock.Now(),
	}
	switch r.IntN(3) {
	case 0:
		a.Source, a.PlatformUserID = creators.SourceVerified, &handle
	case 1:
		a.Source = creators.SourceDeclared
	}
	a.Basis = creators.BasisNone
	return a
}

// vary gives creators other values of all that a search asks for.
func (w *world) vary(tx *db.Tx, r *rand.Rand, ids []int64) error {
	for _, id := range ids {
		if err := w.varyOne(tx, r, id); err != nil {
			return err
		}
	}
	if err := w.store.Relist(tx, ids); err != nil {
		return err
	}
	// What follows from posts and snapshots is set as it would have followed.
	var accounts []int64
	if err := tx.Raw("SELECT account_id FROM listings WHERE creator_id IN ? ORDER BY account_id", ids).Scan(&accounts).Error; err != nil {
		return err
	}
	for _, id := range accounts {
		err := tx.Exec("UPDATE listings SET growth_30_ppm = ?, growth_90_ppm = ?, posts_30 = ?, last_posted = ? WHERE account_id = ?",
			maybe(r, -500_000, -1, 0, 9_999, 10_000, 250_000), maybe(r, -20_000, 0, 4_000_000), maybe(r, 0, 1, 2, 15, 61), day(r), id).Error
		if err != nil {
			return err
		}
	}
	return nil
}

func day(r *rand.Rand) *string {
	if r.IntN(5) == 0 {
		return nil
	}
	return new(one(r, someDays))
}

func (w *world) varyOne(tx *db.Tx, r *rand.Rand, id int64) error {
	country, region := one(r, someCountries), ""
	if country != "" && r.IntN(2) == 0 {
		region = country + "-" + one(r, []string{"A", "B1"})
	}
	name, bio, tags := strings.Join(some(r, someWords, 3), " "), strings.Join(some(r, someWords, 2), " "), strings.ToLower(strings.Join(some(r, []string{"pasta", "brussels", "料理", "diy"}, 2), " "))
	errs := []error{
		tx.Exec("UPDATE creators SET country = ?, region = ?, name = ?, bio = ?, hashtags = ?, search_text = ?, suspended_at = ? WHERE id = ?",
			country, region, name, bio, tags, words.Text([]string{name}, []string{bio, tags}), w.sometimes(r), id).Error,
	}
	for _, table := range []string{"creator_tribes", "creator_languages", "creator_content_types", "creator_categories", "creator_prices", "creator_limits", "creator_absences", "creator_activity"} {
		errs = append(errs, tx.Exec("DELETE FROM "+table+" WHERE creator_id = ?", id).Error)
	}
	for _, t := range some(r, someTribes, 3) {
		errs = append(errs, tx.Create(&creators.TribeMembership{CreatorID: id, Tribe: t, Known: one(r, []creators.TribeEvidence{creators.TribeDeclared, creators.TribeImported, creators.TribeDerived})}).Error)
	}
	for _, l := range some(r, someLanguages, 2) {
		errs = append(errs, tx.Create(&creators.SpokenLanguage{CreatorID: id, Language: l}).Error)
	}
	for _, t := range some(r, content.Types(), 3) {
		errs = append(errs, tx.Create(&creators.OfferedContentType{CreatorID: id, ContentType: t}).Error)
	}
	for _, c := range some(r, content.Categories(), 2) {
		errs = append(errs, tx.Create(&creators.CategoryDeals{CreatorID: id, Category: c, Deals: 1}).Error)
	}
	for _, format := range some(r, content.Formats(), 3) {
		errs = append(errs, tx.Create(&creators.StartingPrice{CreatorID: id, Format: format, Currency: one(r, []string{"EUR", "EUR", "GBP"}), Minor: one(r, []int64{1, 4_999, 5_000, 30_000, 99_999, 3_000_000})}).Error)
	}
	if r.IntN(4) == 0 {
		errs = append(errs, tx.Create(&creators.MonthlyCapacity{CreatorID: id, Capacity: 1}).Error)
	}
	if r.IntN(3) == 0 {
		from := w.clock.Now().AddDate(0, 0, r.IntN(40)-10)
		errs = append(errs, tx.Create(&creators.Absence{CreatorID: id, FromOn: from.Format("2006-01-02"), ToOn: from.AddDate(0, 0, r.IntN(12)).Format("2006-01-02")}).Error)
	}
	if r.IntN(2) == 0 {
		busy := ""
		if r.IntN(2) == 0 {
			busy = "2026-11:3"
		}
		errs = append(errs, tx.Create(&creators.DealActivityRow{CreatorID: id, Asked: 4, Answered: r.Int64N(5), ResponseMinutes: maybe(r, 0, 60, 1_440, 1_441, 4_320, 10_080, 90_000), Busy: busy, Month: "2026-11", UpdatedAt: w.clock.Now()}).Error)
	}
	return errors.Join(append(errs, w.varyAccounts(tx, r, id))...)
}

func (w *world) sometimes(r *rand.Rand) any {
	if r.IntN(12) == 0 {
		return w.clock.Now()
	}
	return nil
}

func (w *world) varyAccounts(tx *db.Tx, r *rand.Rand, id int64) error {
	var accounts []creators.Account
	errs := []error{tx.Where("creator_id = ?", id).Order("id").Find(&accounts).Error}
	for _, a := range accounts {
		followers := one(r, someFigures)
		listed := followers >= creators.DefaultFollowerFloor || r.IntN(3) == 0 // one with a grace
		errs = append(errs,
			tx.Exec("UPDATE creator_accounts SET followers = ?, listed = ?, aged = ?, engagement_ppm = ?, median_views = ?, mean_views = ? WHERE id = ?",
				followers, listed && r.IntN(10) > 0, r.IntN(3) == 0, maybe(r, 0, 19_999, 20_000, 45_000, 50_000, 149_999, 200_000, 2_000_000),
				maybe(r, 0, 3, 9_999, 10_000, 60_000, 100_000, 5_000_000), maybe(r, 0, 9_999, 10_000, 700_000), a.ID).Error,
			tx.Exec("DELETE FROM audience_shares WHERE account_id = ?", a.ID).Error,
		)
		for kind, keys := range map[creators.AudienceDimension][]string{creators.AudienceByCountry: {"FR", "BE", "US"}, creators.AudienceByAge: {"18-24", "25-34"}, creators.AudienceByGender: {"female", "male"}} {
			for _, key := range some(r, keys, len(keys)) {
				errs = append(errs, tx.Create(&creators.AudienceShare{AccountID: a.ID, Kind: kind, Key: key, PPM: one(r, []int64{50_000, 299_999, 300_000, 500_000}), Source: creators.SourceDeclared, AsOf: "2026-11-01"}).Error)
			}
		}
	}
	return errors.Join(errs...)
}

// randomFilter is what somebody might ask.
func randomFilter(r *rand.Rand, catalogue *creators.TribeCatalogue) search.Filter {
	v := url.Values{}
	named := map[search.Vocabulary][]string{
		search.Tribes: someTribes, search.Countries: {"BE", "FR", "NL", "US"}, search.Regions: {"FR-A", "FR-B1", "NL-A"},
		search.Languages: {"en", "fr", "nl", "de"}, search.Categories: content.Categories(), search.AgeGroups: creators.AudienceAgeGroups()[:3],
	}
	for _, d := range search.FilterDefinitions() {
		if d.Kind != search.KindList && d.Kind != search.KindShare || r.IntN(7) > 0 {
			continue
		}
		all := named[d.Vocabulary]
		if all == nil {
			all = d.Vocabulary.All()
		}
		v[d.Param] = some(r, all, min(3, len(all)))
	}
	numbers := map[string][]string{
		"followers": {"10000", "50000", "100K", "99999", "2M"}, "engagement": {"0", "2", "4,5", "5", "15", "20"}, "views": {"0", "10000", "60K", "1M"},
		"growth": {"-50", "0", "1", "25"}, "growth90": {"-2", "0", "5"}, "posts": {"0", "1", "2", "60"}, "price": {"0.01", "50", "300", "1000"},
	}
	for _, d := range search.FilterDefinitions() {
		if d.Kind != search.KindRange {
			continue
		}
		all := numbers[d.Param]
		if all == nil {
			all = []string{"1", "10000"}
		}
		if r.IntN(9) == 0 {
			v.Set(d.Param+"_min", one(r, all))
		}
		if r.IntN(11) == 0 {
			v.Set(d.Param+"_max", one(r, all))
		}
	}
	for param, all := range map[string][]string{
		"tribes": {"all"}, "verified": {"1"}, "joined": {"1"}, "priced": {"1"}, "posted": {"7", "30", "90"}, "responds": {"24", "72", "168"}, "format": content.Formats(), "currency": {"EUR", "GBP"},
		"audience_country_min": {"5", "31", "50"}, "audience_age_min": {"5", "50"}, "audience_gender_min": {"29", "50"}, "free_from": {"2026-11-01", "2026-11-20", "2026-12-01"}, "free_to": {"2026-11-25", "2026-12-24"},
	} {
		if r.IntN(8) == 0 {
			v.Set(param, one(r, all))
		}
	}
	if r.IntN(6) == 0 {
		v.Set("q", strings.ToUpper(strings.Join(some(r, []string{"lé", "理", "料", "100%", "_", "a b", "full", "past", "strasse", "home", "back"}, 2), " ")))
	}
	way := one(r, []string{"", "-"})
	v.Set("sort", way+string(one(r, search.Sorts())))
	f, _ := search.ParseFilter(v, catalogue)
	if r.IntN(10) == 0 {
		f.Hidden = slices.Sorted(slices.Values(some(r, []int64{1, 2, 3, 5, 8, 13, 21, 34}, 4)))
	}
	return f
}
