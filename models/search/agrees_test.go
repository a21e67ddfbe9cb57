package search_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"gorm.io/gorm"

	"tribemarket/internal/testkit"
	"tribemarket/models/db"
	"tribemarket/models/search"
)

// The index finds, counts and orders what plain SQL over the tables does, while
// creators change and the index follows in several segments. RANDOM_SEARCHES sets how many
// there are.
func TestIndexAgreesWithSQL(t *testing.T) {
	t.Parallel()
	searches := 1000
	if n, err := strconv.Atoi(os.Getenv("RANDOM_SEARCHES")); err == nil {
		searches = n
	}
	check := func(t *testing.T, d *db.DB, seed uint64, filters int) {
		w, r := newWorld(t, d), rand.New(rand.NewPCG(seed, 4))
		ids := w.people(r, 160)
		w.catchUp()
		segments := 0
		for i := range filters {
			if i%(filters/20) == 0 {
				w.change(r, ids, i == filters/2)
				w.catchUp()
				segments = max(segments, len(w.Segments()))
			}
			w.agrees(r, randomFilter(r, w.store.TribeCatalogue()), i%25 == 0)
		}
		if segments < 3 {
			t.Errorf("there were never more than %d segments", segments)
		}
		t.Logf("%d searches on %s are as SQL says", filters, d.Dialect)
	}
	for part := range 2 {
		t.Run(fmt.Sprint("sqlite ", part), func(t *testing.T) { t.Parallel(); check(t, testkit.NewSQLite(t), uint64(part), searches/2) })
	}
	t.Run("postgres", func(t *testing.T) { t.Parallel(); check(t, testkit.NewPostgres(t), 9, searches/5) })
}

// change changes one creator, or many, as their days go by.
func (w *world) change(r *rand.Rand, ids []int64, many bool) {
	w.t.Helper()
	some := []int64{one(r, ids)}
	if many {
		some = ids[:len(ids)/2]
	}
	w.must(w.db.Tx(context.Background(), func(tx *db.Tx) error { return w.vary(tx, r, some) }))
}

func (w *world) agrees(r *rand.Rand, f search.Filter, walk bool) {
	w.t.Helper()
	got := w.search(f)
	if got.Corrected != nil {
		return // they have a test of their own
	}
	want, err := w.SearchBySQL(context.Background(), f)
	w.must(err)
	if got.Total != want.Total {
		w.t.Fatalf("%v: %d found, want %d", f.Values(), got.Total, want.Total)
	}
	for _, x := range got.Drop {
		if less, err := w.SearchBySQL(context.Background(), x.Without); err != nil || less.Total != x.Total || x.Total == 0 {
			w.t.Fatalf("%v: without %s %d, want %d, %v", f.Values(), x.Param, x.Total, less.Total, err)
		}
	}
	w.agreeOnFacets(f, got.Facets)
	if f.Sort == search.ByRelevance {
		w.byRelevance(f, got)
	} else if !sameHits(got.Hits, want.Hits) {
		w.t.Fatalf("%v:\nhits %v\nwant %v", f.Values(), accountsOf(got.Hits), accountsOf(want.Hits))
	}
	if walk {
		w.walk(f, got)
	}
}

func accountsOf(hits []search.Hit) (ids []int64) {
	for _, h := range hits {
		ids = append(ids, h.Account.ID)
	}
	return ids
}

// byRelevance checks that hits stand in the order of the sum of their parts,
// whose weights make one point of each thousandth.
func (w *world) byRelevance(f search.Filter, r search.Result) {
	w.t.Helper()
	weights := map[string]int64{}
	for i, h := range r.Hits {
		var sum int64
		for _, p := range h.Parts {
			sum += p.Points
			weights[p.Key] = p.Most
		}
		if i == 0 {
			continue
		}
		var before int64
		for _, p := range r.Hits[i-1].Parts {
			before += p.Points
		}
		// Points are rounded down, each part by less than one.
		if tolerance := int64(len(h.Parts)); f.Descending && sum > before+tolerance || !f.Descending && sum < before-tolerance {
			w.t.Fatalf("%v: hit %d has %d points, the one before %d", f.Values(), i, sum, before)
		}
	}
	if len(r.Hits) > 0 && len(weights) != 6 {
		w.t.Fatalf("the parts are %v", weights)
	}
}

// walk goes to the last page and back, and meets everybody once.
func (w *world) walk(f search.Filter, r search.Result) {
	w.t.Helper()
	matching, err := w.MatchingCreatorIDs(context.Background(), f)
	w.must(err)
	var pages [][]search.Hit
	var met []int64
	for at := f; ; {
		pages = append(pages, r.Hits)
		for _, h := range r.Hits {
			met = append(met, h.Creator.ID)
		}
		if r.Next == nil || len(met) > len(matching) {
			break
		}
		at.After = r.Next
		if r = w.search(at); r.Prev == nil {
			w.t.Fatalf("%v: no way back", at.Values())
		}
	}
	if slices.Sort(met); !slices.Equal(met, matching) {
		w.t.Fatalf("%v: met %v, want %v", f.Values(), met, matching)
	}
	for i := len(pages) - 2; i >= 0; i-- {
		at := f
		at.Before = r.Prev
		if r = w.search(at); !sameHits(r.Hits, pages[i]) || (r.Prev == nil) != (i == 0) || r.Next == nil {
			w.t.Fatalf("%v: page %d is another one on the way back", at.Values(), i)
		}
	}
}

// counting is one statement that counts the facets of a filter.
type counting struct {
	w    *world
	f    search.Filter
	sql  strings.Builder
	args []any
}

func (c *counting) count(param, from, value, where string, args ...any) {
	own := param
	if param == "tribe" && c.f.AllTribes { // choosing one more leaves those who have it too
		own = ""
	}
	conditions, more := c.w.Where(c.f, "l", own)
	if c.sql.Len() > 0 {
		c.sql.WriteString(" UNION ALL ")
	}
	fmt.Fprintf(&c.sql, "SELECT '%s' AS param, %s AS value, count(DISTINCT l.creator_id) AS n FROM listings l %s WHERE %s%s GROUP BY 2", param, value, from, where, conditions)
	c.args = append(append(c.args, args...), more...)
}

func (w *world) agreeOnFacets(f search.Filter, got search.Facets) {
	w.t.Helper()
	c := &counting{w: w, f: f}
	shares := map[string]int64{"audience_country": f.AudienceCountryMin, "audience_age": f.AudienceAgeMin, "audience_gender": f.AudienceGenderMin}
	have := map[string]int64{}
	for param, table := range search.FacetTables {
		from, value, _ := strings.Cut(table, "|")
		where, args := value+" <> ''", []any(nil)
		if least, ok := shares[param]; ok {
			where, args = "v.ppm >= ?", []any{search.ShareAsked(least) * 10_000}
		}
		c.count(param, from, value, where, args...)
	}
	c.count("verified", "", "'1'", "l.source = 'verified'")
	c.count("joined", "JOIN creators v ON v.id = l.creator_id", "'1'", "v.person_id IS NOT NULL")
	c.count("priced", "", "'1'", "coalesce(l.price_video_minor, l.price_live_minor, l.price_story_minor) IS NOT NULL")
	for _, days := range search.FilterDefinitionOf("posted").Options {
		c.count("posted", "", fmt.Sprintf("'%d'", days), "l.last_posted >= ?", w.clock.Now().AddDate(0, 0, -int(days)).Format("2006-01-02"))
	}
	for _, hours := range search.FilterDefinitionOf("responds").Options {
		c.count("responds", "", fmt.Sprintf("'%d'", hours), "l.response_minutes <= ?", hours*60)
	}
	for param, bands := range got.Ranges {
		column, where, args := "l."+search.RangeColumns[param], "1 = 1", []any(nil)
		if param == "price" {
			column = "l.price_" + f.PriceFormat() + "_minor"
			where, args = "l.price_"+f.PriceFormat()+"_currency = ?", []any{f.PriceCurrency()}
		}
		band := "CASE"
		for i, b := range bands {
			if b.Range.Max != nil {
				band += fmt.Sprintf(" WHEN %s <= %d THEN '%d'", column, *b.Range.Max, i)
			}
			if b.N > 0 {
				have[param+" "+strconv.Itoa(i)] = b.N
			}
		}
		c.count(param, "", band+fmt.Sprintf(" ELSE '%d' END", len(bands)-1), where+" AND "+column+" IS NOT NULL", args...)
	}
	for param, counts := range got.Lists {
		for _, x := range counts {
			if x.N > 0 {
				have[param+" "+x.Value] = x.N
			}
		}
	}
	// Not prepared first: no statement comes twice, and parsing is most of the work.
	plain := w.db.Read(context.Background()).Session(&gorm.Session{DryRun: true}).Raw(c.sql.String(), c.args...).Find(&struct{}{}).Statement
	rows, err := w.db.SQLPool().Query(plain.SQL.String(), plain.Vars...)
	w.must(err)
	defer func() { _ = rows.Close() }()
	want := map[string]int64{}
	for rows.Next() {
		var param, value string
		var n int64
		w.must(rows.Scan(&param, &value, &n))
		want[param+" "+value] = n
	}
	w.must(rows.Err())
	if g, n := fmt.Sprint(have), fmt.Sprint(want); g != n {
		w.t.Fatalf("%v:\ncounts %s\nwant   %s", f.Values(), g, n)
	}
}
