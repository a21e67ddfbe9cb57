package creators_test

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/url"
	"slices"
	"strings"
	"testing"

	"gorm.io/gorm"

	"tribemarket/internal/testkit"
	"tribemarket/models"
	"tribemarket/models/creators"
	"tribemarket/models/creators/words"
	"tribemarket/models/db"
)

// person is a creator as a search should see her.
type person struct {
	creators.Creator
	accounts  []creators.Account // the listed ones
	others    int                // accounts in all, but one
	tribes    []string
	languages []string
}

var (
	someTribes    = []string{"beautytok", "foodtok", "techtok", "booktok", "fittok"}
	someCountries = []string{"", "BE", "FR", "NL"}
	someLanguages = []string{"en", "fr", "nl"}
	someWords     = []string{"Léa", "100%", "a_b", `back\slash`, "料理", "ＦＵＬＬ", "Straße", "quote'", "@home", "?"}
)

func some[T any](r *rand.Rand, all []T, most int) []T {
	n := r.IntN(most + 1)
	picked := make([]T, 0, n)
	for _, i := range r.Perm(len(all))[:n] {
		picked = append(picked, all[i])
	}
	return picked
}

func maybe(r *rand.Rand, values ...int64) *int64 {
	if r.IntN(5) == 0 {
		return nil
	}
	return new(values[r.IntN(len(values))])
}

// people writes random creators, some with several accounts, many with the same figures.
func (w *world) people(r *rand.Rand, n int) []person {
	w.t.Helper()
	var all []person
	w.must(w.db.Tx(context.Background(), func(tx *db.Tx) error {
		for i := range n {
			p := person{tribes: some(r, someTribes, 3), languages: some(r, someLanguages, 2)}
			p.Creator = creators.Creator{
				PublicID: models.NewPublicID(), Name: strings.Join(some(r, someWords, 3), " "), Country: someCountries[r.IntN(4)], Zone: "UTC",
				CreatedAt: w.clock.Now(), UpdatedAt: w.clock.Now(),
			}
			p.SearchText = words.Text([]string{p.Name}, nil)
			accounts := make([]creators.Account, 1)
			if r.IntN(4) == 0 {
				accounts = make([]creators.Account, 1+r.IntN(3))
			}
			for k := range accounts {
				a := &accounts[k]
				handle := fmt.Sprintf("h%d.%d", i, k)
				*a = creators.Account{
					Platform: creators.Platforms()[r.IntN(4)], Handle: handle, HandleKey: handle, Source: creators.Imported, AsOf: w.clock.Now(),
					Followers: []int64{9_999, 10_000, 10_001, 50_000, 99_999, 100_000, 500_000, 1_000_000, 30_000_000}[r.IntN(9)],
					CreatedAt: w.clock.Now(), UpdatedAt: w.clock.Now(),
				}
				a.Basis = creators.BasisNone
				a.EngagementPPM = maybe(r, 0, 19_999, 20_000, 45_000, 50_000, 149_999, 200_000, 2_000_000)
				a.MedianViews = maybe(r, 0, 9_999, 10_000, 60_000, 100_000, 5_000_000)
				a.Listed = a.Followers >= creators.FollowerFloor
				p.Listed = p.Listed || a.Listed
			}
			if err := tx.Create(&p.Creator).Error; err != nil {
				return err
			}
			for k := range accounts {
				accounts[k].CreatorID = p.ID
				if err := tx.Create(&accounts[k]).Error; err != nil {
					return err
				}
				if accounts[k].Listed {
					p.accounts = append(p.accounts, accounts[k])
				}
			}
			for _, t := range p.tribes {
				if err := tx.Create(&creators.Membership{CreatorID: p.ID, Tribe: t, Known: creators.KnownImported}).Error; err != nil {
					return err
				}
			}
			for _, l := range p.languages {
				if err := tx.Create(&creators.SpokenLanguage{CreatorID: p.ID, Language: l}).Error; err != nil {
					return err
				}
			}
			p.others = len(accounts) - 1
			all = append(all, p)
			if err := creators.Relist(tx, []int64{p.ID}); err != nil {
				return err
			}
		}
		return nil
	}))
	return all
}

// randomFilter is what somebody might ask.
func randomFilter(r *rand.Rand, catalogue *creators.Catalogue) creators.Filter {
	v := url.Values{}
	lists := map[string][]string{"tribe": someTribes, "platform": creators.Platforms(), "country": {"BE", "FR", "NL", "US"}, "language": {"en", "fr", "nl", "de"}}
	for param, all := range lists {
		if r.IntN(3) == 0 {
			v[param] = some(r, all, 2)
		}
	}
	for param, all := range map[string][]string{
		"followers": {"10000", "50000", "100K", "99999", "2M"}, "engagement": {"0", "2", "4,5", "5", "15", "20"}, "views": {"0", "10000", "60K", "1M"},
	} {
		if r.IntN(4) == 0 {
			v.Set(param+"_min", all[r.IntN(len(all))])
		}
		if r.IntN(6) == 0 {
			v.Set(param+"_max", all[r.IntN(len(all))])
		}
	}
	if r.IntN(4) == 0 {
		v.Set("q", strings.ToUpper(strings.Join(some(r, append(someWords, "lé", "理", "%", "_", "nobody"), 2), " ")))
	}
	v.Set("sort", []string{"followers", "-followers", "engagement", "-engagement", "views", "-views"}[r.IntN(6)])
	f, _ := creators.ParseFilter(v, catalogue)
	return f
}

func within(r creators.Range, n *int64) bool {
	if r.Min == nil && r.Max == nil {
		return true
	}
	return n != nil && (r.Min == nil || *n >= *r.Min) && (r.Max == nil || *n <= *r.Max)
}

func anyOf(chosen, has []string) bool {
	return len(chosen) == 0 || slices.ContainsFunc(chosen, func(c string) bool { return slices.Contains(has, c) })
}

// fitting are the accounts of a person that fit.
func (p person) fitting(f creators.Filter) []creators.Account {
	if !anyOf(f.Tribes, p.tribes) || !anyOf(f.Languages, p.languages) || !anyOf(f.Countries, []string{p.Country}) {
		return nil
	}
	for _, word := range words.Query(f.Words) {
		if !strings.Contains(p.SearchText, " "+word) {
			return nil
		}
	}
	var fit []creators.Account
	for _, a := range p.accounts {
		if anyOf(f.Platforms, []string{a.Platform}) && within(f.Followers, &a.Followers) && within(f.Engagement, a.EngagementPPM) && within(f.Views, a.MedianViews) {
			fit = append(fit, a)
		}
	}
	return fit
}

func figure(f creators.Filter, a creators.Account) *int64 {
	switch f.Sort {
	case creators.ByEngagement:
		return a.EngagementPPM
	case creators.ByViews:
		return a.MedianViews
	}
	return &a.Followers
}

// before says which of two figures comes first; none is last both ways.
func before(f creators.Filter, a, b *int64) int {
	switch {
	case a == nil && b == nil:
		return 0
	case a == nil:
		return 1
	case b == nil:
		return -1
	case f.Descending:
		return cmp.Compare(*b, *a)
	}
	return cmp.Compare(*a, *b)
}

type expected struct {
	person  person
	account creators.Account
}

// find is what a search should find, in its order.
func find(all []person, f creators.Filter) []expected {
	var found []expected
	for _, p := range all {
		fit := p.fitting(f)
		if len(fit) == 0 {
			continue
		}
		best := slices.MinFunc(fit, func(a, b creators.Account) int {
			return cmp.Or(before(f, figure(f, a), figure(f, b)), cmp.Compare(a.ID, b.ID))
		})
		found = append(found, expected{p, best})
	}
	slices.SortFunc(found, func(a, b expected) int {
		ids := cmp.Compare(a.person.ID, b.person.ID)
		if f.Descending {
			ids = -ids
		}
		return cmp.Or(before(f, figure(f, a.account), figure(f, b.account)), ids)
	})
	return found
}

// facets are the counts that a search should show.
func facets(all []person, f creators.Filter) map[string]int64 {
	n := map[string]int64{}
	count := func(param string, values func(expected, creators.Account) []string) {
		open := f.Without(param, "")
		for _, p := range all {
			seen := map[string]bool{}
			for _, a := range p.fitting(open) {
				for _, v := range values(expected{person: p}, a) {
					if v != "" && !seen[v] {
						seen[v] = true
						n[param+" "+v]++
					}
				}
			}
		}
	}
	count("tribe", func(e expected, _ creators.Account) []string { return e.person.tribes })
	count("language", func(e expected, _ creators.Account) []string { return e.person.languages })
	count("country", func(e expected, _ creators.Account) []string { return []string{e.person.Country} })
	count("platform", func(_ expected, a creators.Account) []string { return []string{a.Platform} })
	return n
}

func got(f creators.Facets) map[string]int64 {
	n := map[string]int64{}
	for param, counts := range f.Lists {
		for _, c := range counts {
			if c.N > 0 {
				n[param+" "+c.Value] = c.N
			}
		}
	}
	return n
}

func (w *world) search(f creators.Filter) creators.Result {
	w.t.Helper()
	r, err := w.Search(context.Background(), f)
	w.must(err)
	return r
}

// checkCounts compares the counts with those of people looked at one by one.
func (w *world) checkCounts(all []person, f creators.Filter) creators.Result {
	w.t.Helper()
	r := w.search(f)
	want := find(all, f)
	if r.Total != int64(len(want)) {
		w.t.Fatalf("%v: %d found, want %d", f.Values(), r.Total, len(want))
	}
	if r.Total == 0 {
		for _, s := range r.Drop {
			if n := len(find(all, s.Without)); int64(n) != s.Total || n == 0 {
				w.t.Fatalf("%v: without %s %d, want %d", f.Values(), s.Param, s.Total, n)
			}
		}
		for _, a := range f.Applied() {
			if n := len(find(all, f.Without(a.Param, ""))); (n > 0) != slices.ContainsFunc(r.Drop, func(s creators.Suggestion) bool { return s.Param == a.Param }) {
				w.t.Fatalf("%v: without %s %d fit, the suggestions are %+v", f.Values(), a.Param, n, r.Drop)
			}
		}
	}
	if g, want := fmt.Sprint(got(r.Facets)), fmt.Sprint(facets(all, f)); g != want {
		w.t.Fatalf("%v:\ncounts %s\nwant   %s", f.Values(), g, want)
	}
	for param, bands := range r.Facets.Ranges {
		for _, b := range bands {
			chosen := f.Without(param, "")
			switch param {
			case "followers":
				chosen.Followers = b.Range
			case "engagement":
				chosen.Engagement = b.Range
			default:
				chosen.Views = b.Range
			}
			if n := len(find(all, chosen)); int64(n) != b.N {
				w.t.Fatalf("%v: %s band %s has %d, want %d", f.Values(), param, chosen.Values(), b.N, n)
			}
		}
	}
	return r
}

// checkPages walks to the last page and back, and meets everybody once, in order.
func (w *world) checkPages(all []person, f creators.Filter, r creators.Result) {
	w.t.Helper()
	want := find(all, f)
	var pages [][]creators.Hit
	for at := f; ; {
		pages = append(pages, r.Hits)
		if r.Next == nil || len(pages) > len(want) {
			break
		}
		at.After = r.Next
		r = w.search(at)
		if r.Prev == nil {
			w.t.Fatalf("%v: no way back", at.Values())
		}
	}
	hits := slices.Concat(pages...)
	if len(hits) != len(want) {
		w.t.Fatalf("%v: %d hits on %d pages, want %d", f.Values(), len(hits), len(pages), len(want))
	}
	for i, h := range hits {
		p := want[i].person
		slices.Sort(p.languages)
		if h.Creator.ID != p.ID || h.Account.ID != want[i].account.ID || h.Others != p.others || h.Creator.Name != p.Name ||
			!slices.Equal(h.Languages, p.languages) || len(h.Tribes) != len(p.tribes) || h.Account.Handle != want[i].account.Handle {
			w.t.Fatalf("%v: hit %d is %+v, want %+v", f.Values(), i, h, want[i])
		}
	}
	for i := len(pages) - 2; i >= 0; i-- {
		at := f
		at.Before = r.Prev
		if r = w.search(at); !sameHits(r.Hits, pages[i]) || (r.Prev == nil) != (i == 0) || r.Next == nil {
			w.t.Fatalf("%v: page %d is another one on the way back", at.Values(), i)
		}
	}
}

func sameHits(a, b []creators.Hit) bool {
	return slices.EqualFunc(a, b, func(x, y creators.Hit) bool { return x.Account.ID == y.Account.ID })
}

// The database finds what looking at everybody one by one finds.
func TestSearchAgreesWithPlainReading(t *testing.T) {
	t.Parallel()
	testkit.OnBoth(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		r := rand.New(rand.NewPCG(3, 4))
		all := w.people(r, 300)
		filters := 500
		if d.Dialect == db.Postgres {
			filters = 100
		}
		for i := range filters {
			f := randomFilter(r, w.Catalogue())
			result := w.checkCounts(all, f)
			if i%10 == 0 {
				w.checkPages(all, f, result)
			}
		}
		for _, sort := range []string{"followers", "-followers", "engagement", "-engagement", "views", "-views"} {
			f, _ := creators.ParseFilter(url.Values{"sort": {sort}}, w.Catalogue())
			w.checkPages(all, f, w.checkCounts(all, f))
		}
	})
}

func TestSearchOfNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t, testkit.SQLite(t))
	r := w.search(creators.Filter{})
	if r.Total != 0 || len(r.Hits) != 0 || r.Next != nil || r.Prev != nil || len(r.Drop) != 0 || len(r.Facets.Ranges["followers"]) == 0 {
		t.Errorf("%+v", r)
	}
}

// A place from another list shows the first page instead of an empty one.
func TestSearchFromAPlaceThatIsGone(t *testing.T) {
	t.Parallel()
	w := newWorld(t, testkit.SQLite(t))
	w.people(rand.New(rand.NewPCG(1, 1)), 40)
	for _, f := range []creators.Filter{{After: &models.Cursor{Value: 1, ID: 1}}, {Before: &models.Cursor{Value: 1 << 60, ID: 1}}, {After: &models.Cursor{Null: true, ID: 1}}} {
		if r := w.search(f); len(r.Hits) == 0 || r.Prev != nil {
			t.Errorf("%v: %d hits", f.Values(), len(r.Hits))
		}
	}
}

// A search takes no more statements when it finds or asks more.
func TestSearchTakesFewStatements(t *testing.T) {
	t.Parallel()
	testkit.OnBoth(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.people(rand.New(rand.NewPCG(1, 1)), 60)
		n := 0
		count := func(*gorm.DB) { n++ }
		callbacks := d.Read(context.Background()).Callback()
		w.must(errors.Join(
			callbacks.Query().Before("gorm:query").Register("test:count", count),
			callbacks.Row().Before("gorm:row").Register("test:count", count),
			callbacks.Raw().Before("gorm:raw").Register("test:count", count),
		))
		for query, want := range map[string]int{
			"": 3, "sort=views": 3, "tribe=beautytok&platform=tiktok&language=fr&country=FR&followers_min=20000&engagement_min=1&views_min=1": 2,
			"platform=tiktok&platform=youtube&platform=instagram&q=h": 3, "q=nobody&followers_min=20000": 2,
			"after=" + (models.Cursor{Value: 1, ID: 1}).String(): 4,
		} {
			values, err := url.ParseQuery(query)
			w.must(err)
			f, _ := creators.ParseFilter(values, w.Catalogue())
			n = 0
			if w.search(f); n != want {
				t.Errorf("%q takes %d statements, want %d", query, n, want)
			}
		}
	})
}
