package search

import (
	"maps"
	"net/url"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"tribemarket/models"
	"tribemarket/models/creators"
	"tribemarket/models/platform"
	"tribemarket/models/search/index"
)

func TestParseFilter(t *testing.T) {
	t.Parallel()
	c := tribes(t)
	place := models.Cursor{Value: 5, ID: 7}.String()
	for query, want := range map[string]struct{ values, notices string }{
		"": {"", ""},
		"tribe=beautytok&platform=tiktok&country=FR&followers_min=10000&engagement_min=4.5&q=pasta&sort=-engagement": {
			"country=FR&engagement_min=4.5&followers_min=10000&platform=tiktok&q=pasta&sort=-engagement&tribe=beautytok", ""},
		"tribe=FoodTok&tribe=beautytok&tribe=foodtok&utm_source=x": {"tribe=beautytok&tribe=foodtok", ""},
		"tribe=nosuchtok&platform=myspace&country=Atlantis&language=xx": {
			"", "country:country language:language platform:platform tribe:tribe"},
		"country=fr&country=Belgium&language=English&platform=YouTube": {"country=BE&country=FR&language=en&platform=youtube", ""},
		"tribe=&platform=&country=&followers_min=&q=+&sort=&after=":    {"", ""},
		"engagement_min=4,5&engagement_max=12.34567":                   {"engagement_max=12.3456&engagement_min=4.5", ""},
		"engagement_min=0,05%25":                                       {"engagement_min=0.05", ""},
		"views_min=10k&views_max=1.5M":                                 {"views_max=1500000&views_min=10000", ""},
		"views_min=many&engagement_max=1e3":                            {"", "engagement_max:number views_min:number"},
		"views_min=-5":                                                 {"views_min=0", "views_min:negative"},
		"views_max=99999999999999999999999":                            {"views_max=1000000000000", "views_max:large"},
		"followers_min=500":                                            {"followers_min=10000", "followers_min:floor"},
		"followers_max=500":                                            {"followers_max=10000", "followers_max:floor"},
		"views_min=9&views_max=3":                                      {"views_max=9&views_min=3", "views_min:swapped"},
		"sort=followers":                                               {"sort=followers", ""},
		"sort=-followers":                                              {"sort=-followers", ""},
		"sort=-relevance":                                              {"", ""},
		"sort=name;drop":                                               {"", "sort:sort"},
		"sort=--views":                                                 {"", "sort:sort"},
		"q=" + strings.Repeat("x", 101):                                {"q=" + strings.Repeat("x", 100), "q:words"},
		"q=https://www.tiktok.com/@lea.cuisine?lang%3Den":              {"q=%40lea.cuisine", ""},
		"q=tiktok.com/@lea.cuisine/video/7301":                         {"q=%40lea.cuisine", ""},
		"q=https://m.youtube.com/@LeaCuisine/shorts":                   {"q=%40LeaCuisine", ""},
		"q=https://www.instagram.com/lea_cuisine/":                     {"q=%40lea_cuisine", ""},
		"q=instagram.com/lea_cuisine/reel/C0abc":                       {"q=%40lea_cuisine", ""},
		"q=instagram.com/explore/":                                     {"q=instagram.com%2Fexplore%2F", ""},
		"q=twitch.tv/lea":                                              {"q=%40lea", ""},
		"q=https://www.instagram.com/p/C0abc/":                         {"q=https%3A%2F%2Fwww.instagram.com%2Fp%2FC0abc%2F", ""},
		"q=https://www.youtube.com/channel/UC0":                        {"q=https%3A%2F%2Fwww.youtube.com%2Fchannel%2FUC0", ""},
		"q=food/travel":                                                {"q=food%2Ftravel", ""},
		"q=evil.example/@lea":                                          {"q=evil.example%2F%40lea", ""},
		"q=%20a%00%0ab%ff%20":                                          {"q=a+b", ""},
		"verified=1&joined=1&priced=1&posted=30&responds=24&region=fr-idf&type=review&worked=food": {"joined=1&posted=30&priced=1&region=FR-IDF&responds=24&type=review&verified=1&worked=food", ""},
		"country=FR&region=BE-WAL&region=FR-IDF":                                                   {"country=FR&region=FR-IDF", "region:region"},
		"posted=31&verified=maybe&region=Paris&type=song&audience_age=100":                         {"", "audience_age:choice posted:choice region:choice type:choice verified:choice"},
		"tribes=all&tribe=foodtok":                                                                 {"tribe=foodtok", ""},
		"tribes=all&tribe=foodtok&tribe=beautytok":                                                 {"tribe=beautytok&tribe=foodtok&tribes=all", ""},
		"growth_min=-5.5&growth_max=200&growth90_min=-300":                                         {"growth90_min=-100&growth_max=200&growth_min=-5.5", ""},
		"price_max=250.5&currency=EUR&format=video":                                                {"price_max=250.5", ""},
		"price_max=250.5&currency=JPY&format=story":                                                {"currency=JPY&format=story&price_max=250", ""},
		"price_min=%E2%82%AC600&price_max=1.5k":                                                    {"price_max=1500&price_min=600", ""},
		"price_max=600+%E2%82%AC":                                                                  {"price_max=600", ""},
		"price_max=600%C2%A0euros&currency=EUR":                                                    {"price_max=600", ""},
		"price_max=1,200+EUR":                                                                      {"price_max=1200", ""},
		"price_max=$600":                                                                           {"currency=USD&price_max=600", "currency:currency"},
		"price_max=600+chf&currency=EUR":                                                           {"currency=CHF&price_max=600", "currency:currency"},
		"price_max=%E2%82%AC":                                                                      {"", "price_max:number"},
		"price_max=600+apples":                                                                     {"", "price_max:number"},
		"currency=GBP&format=live":                                                                 {"", ""},
		"currency=GBP&sort=price":                                                                  {"currency=GBP&sort=price", ""},
		"audience_country=FR&audience_country_min=50&audience_age_min=50":                          {"audience_country=FR&audience_country_min=50", ""},
		"audience_gender=female&audience_gender_min=30":                                            {"audience_gender=female", ""},
		"free_from=2026-12-01&free_to=2026-12-10":                                                  {"free_from=2026-12-01&free_to=2026-12-10", ""},
		"free_from=2026-12-10&free_to=2026-12-01":                                                  {"free_from=2026-12-01&free_to=2026-12-10", "free_from:swapped"},
		"free_to=2026-12-01&free_from=soon":                                                        {"free_from=2026-12-01&free_to=2026-12-01", "free_from:choice"},
		"after=" + place:                                                                           {"after=" + place, ""},
		"after=" + place + "&before=" + place:                                                      {"after=" + place, "before:place"},
		"after=nonsense":                                                                           {"", "after:place"},
	} {
		values, _ := url.ParseQuery(strings.ReplaceAll(query, ";", "%3B"))
		f, notices := ParseFilter(values, c)
		var keys []string
		for _, n := range notices {
			keys = append(keys, n.Param+":"+strings.TrimPrefix(n.Key, "creators.notice."))
		}
		slices.Sort(keys)
		if got := f.Values().Encode(); got != want.values || strings.Join(keys, " ") != want.notices {
			t.Errorf("%s\nis   %s (%v)\nwant %s (%s)", query, got, keys, want.values, want.notices)
		}
	}
}

// drawValues draws a lawful address.
func drawValues(t *rapid.T) url.Values {
	v := url.Values{}
	for param, all := range map[string][]string{"tribe": {"beautytok", "foodtok"}, "platform": platform.Names(), "country": {"FR", "BE", "XK"}, "language": {"fr", "nl"}} {
		if some := rapid.SliceOfNDistinct(rapid.SampledFrom(all), 0, 2, rapid.ID[string]).Draw(t, param); len(some) > 0 {
			v[param] = some
		}
	}
	for _, r := range new(Filter).rangeFilters() {
		n := rapid.Int64Range(creators.DefaultFollowerFloor, mostLimit)
		if rapid.Bool().Draw(t, r.Param) {
			v.Set(r.Param+"_min", r.format(n.Draw(t, "min")))
		}
		if rapid.Bool().Draw(t, r.Param) {
			v.Set(r.Param+"_max", r.format(n.Draw(t, "max")))
		}
	}
	v.Set("q", rapid.StringN(0, 120, -1).Draw(t, "q"))
	v.Set("sort", rapid.SampledFrom([]string{"followers", "-views", "-engagement", "views"}).Draw(t, "sort"))
	if rapid.Bool().Draw(t, "paged") {
		c := models.Cursor{Value: rapid.Int64().Draw(t, "value"), ID: rapid.Int64Range(0, 1<<62).Draw(t, "id")}
		v.Set(rapid.SampledFrom([]string{"after", "before"}).Draw(t, "way"), c.String())
	}
	return v
}

// The address of a filter leads to the same filter, and no address gives one
// that changes when its address is read.
func TestFilterAndAddressAgree(t *testing.T) {
	t.Parallel()
	c := tribes(t)
	rapid.Check(t, func(t *rapid.T) {
		f, _ := ParseFilter(drawValues(t), c)
		again, notices := ParseFilter(f.Values(), c)
		if len(notices) > 0 || !reflect.DeepEqual(f, again) {
			t.Fatalf("%+v\nbecame %+v, %v", f, again, notices)
		}
		if e := f.Values().Encode(); e != again.Values().Encode() {
			t.Fatal(e)
		}
	})
}

// Taking every applied filter away, in any order, leaves none; taking one away
// and putting it back leaves the same.
func TestChipsComeOffAndGoOn(t *testing.T) {
	t.Parallel()
	c := tribes(t)
	rapid.Check(t, func(t *rapid.T) {
		f, _ := ParseFilter(drawValues(t), c)
		before := f.Values().Encode()
		bare := f
		for _, a := range rapid.Permutation(f.AppliedFilters()).Draw(t, "order") {
			n := len(bare.AppliedFilters())
			if bare = bare.Without(a.Param, a.Value); len(bare.AppliedFilters()) != n-1 {
				t.Fatalf("%+v is still applied: %v", a, bare.AppliedFilters())
			}
		}
		if f.Values().Encode() != before {
			t.Fatal("the filter itself has changed")
		}
		if rest := slices.Sorted(maps.Keys(bare.Values())); len(rest) > 1 || len(rest) == 1 && rest[0] != "sort" {
			t.Fatalf("%v are left", rest)
		}
		f.After, f.Before = nil, nil
		back := bare
		for param, all := range f.Values() {
			for _, v := range all {
				back = back.With(param, v)
			}
		}
		if !reflect.DeepEqual(back.Values(), f.Values()) {
			t.Fatalf("%v, put together again %v", f.Values(), back.Values())
		}
	})
}

func tribes(t testing.TB) *creators.TribeCatalogue {
	t.Helper()
	c, err := creators.NewTribeCatalogue()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func FuzzParseFilter(f *testing.F) {
	for _, q := range []string{"tribe=beautytok&sort=-views", "followers_min=1e99", "q=%ff%00", "after=AAAA", "views_min=--1", "engagement_min=,", "engagement_min=1.2.3"} {
		f.Add(q)
	}
	c, err := creators.NewTribeCatalogue()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, query string) {
		values, _ := url.ParseQuery(query)
		a, _ := ParseFilter(values, c)
		b, notices := ParseFilter(a.Values(), c)
		if !reflect.DeepEqual(a, b) || len(notices) > 0 {
			t.Fatalf("%q: %+v became %+v, %v", query, a, b, notices)
		}
		s := NewEngine(nil, creators.NewStore(nil, nil, c), func() time.Time { return time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC) })
		if sql, args := s.where(a).of("l", "", false); strings.Contains(sql, "%") || strings.Count(sql, "?") != len(args) {
			t.Fatal(sql)
		}
		s.indexQuery(a, index.Weights{})
	})
}

// Each filter is whole: what a page, an address and the index need of it is there.
func TestEachFilterIsWhole(t *testing.T) {
	t.Parallel()
	params := map[string]bool{}
	for _, d := range FilterDefinitions() {
		if params[d.Param] || d.Group == "" {
			t.Errorf("%s stands twice, or under no heading", d.Param)
		}
		params[d.Param] = true
		var f Filter
		whole := true
		switch d.Kind {
		case KindList:
			whole = len(d.ValuesOf(f)) == 0
		case KindShare:
			whole = len(d.ValuesOf(f)) == 0 && d.NumberOf(f) == DefaultShare
		case KindRange:
			whole = d.LimitsOf(f).isOpen() && d.Step > 0 && len(index.Limits(d.figure)) > 0
		case KindFlag:
			whole = !d.IsOn(f)
		case KindWithin:
			whole = d.NumberOf(f) == 0 && slices.IsSorted(d.Options) && len(d.Options) > 0
		}
		if !whole || FilterDefinitionOf(d.Param).Param != d.Param {
			t.Errorf("%+v", d)
		}
	}
	if FilterDefinitionOf("sort").Param != "" {
		t.Error("the order is no filter")
	}
}
