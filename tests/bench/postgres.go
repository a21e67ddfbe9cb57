package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/url"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"tribemarket/internal/app"
	"tribemarket/internal/testkit/pgserver"
	"tribemarket/models/platform"
	"tribemarket/models/search"
)

// The table of the peer, with an index for each filter: arrays for what has
// several values.
const postgresTable = `CREATE UNLOGGED TABLE listings (name text, handle text, platform text, country text, tribes text, languages text, source text,
	followers bigint, engagement_ppm bigint, median_views bigint, mean_views bigint, posts_30 bigint, standing bigint)`

var postgresAfter = []string{
	"ALTER TABLE listings ALTER tribes TYPE text[] USING string_to_array(trim(both ',' from tribes), ','), ALTER languages TYPE text[] USING string_to_array(trim(both ',' from languages), ',')",
	"CREATE INDEX ON listings USING gin (tribes)", "CREATE INDEX ON listings USING gin (languages)",
	"CREATE INDEX ON listings (platform)", "CREATE INDEX ON listings (country)", "CREATE INDEX ON listings (followers)",
	"CREATE INDEX ON listings (engagement_ppm)", "CREATE INDEX ON listings (median_views)", "VACUUM ANALYZE listings",
}

// countQuery is a random search of three filters: its address, and for each
// filter its condition in PostgreSQL.
type countQuery struct {
	address    url.Values
	conditions map[string]string
}

func drawCountQuery(r *rand.Rand, tribes []string) countQuery {
	c := countQuery{url.Values{}, map[string]string{}}
	words := func(param, column string, all []string, array bool) func() {
		return func() {
			some := []string{all[r.IntN(len(all))], all[r.IntN(len(all))]}[:1+r.IntN(2)]
			c.address[param] = slices.Compact(some)
			list := "'" + strings.Join(some, "','") + "'"
			c.conditions[param] = column + " IN (" + list + ")"
			if array {
				c.conditions[param] = column + " && ARRAY[" + list + "]"
			}
		}
	}
	least := func(param, column string, values []int64, unit int64) func() {
		return func() {
			v := values[r.IntN(len(values))]
			c.address.Set(param+"_min", fmt.Sprint(v))
			c.conditions[param] = fmt.Sprintf("%s >= %d", column, v*unit)
		}
	}
	filters := []func(){
		words("tribe", "tribes", tribes, true), words("country", "country", []string{"FR", "BE", "NL", "GB", "DE", "ES", "IT"}, false),
		words("language", "languages", []string{"fr", "nl", "en", "de"}, true), words("platform", "platform", platform.Names(), false),
		least("followers", "followers", []int64{20_000, 50_000, 100_000, 500_000}, 1), least("engagement", "engagement_ppm", []int64{2, 5, 10, 15}, 10_000),
		least("views", "median_views", []int64{5_000, 10_000, 50_000}, 1),
	}
	r.Shuffle(len(filters), func(i, j int) { filters[i], filters[j] = filters[j], filters[i] })
	for _, f := range filters[:3] {
		f()
	}
	return c
}

// postgresSQL counts, in one go, the hits and what is behind each value of eight
// of the facets, each with its own filter left out.
func (c countQuery) postgresSQL() string {
	where := func(without string) string {
		all := []string{"true"}
		for param, condition := range c.conditions {
			if param != without {
				all = append(all, condition)
			}
		}
		return strings.Join(all, " AND ")
	}
	arms := []string{"SELECT 'total' AS facet, '' AS value, count(*) AS n FROM listings WHERE " + where("")}
	for _, f := range []struct{ param, value, from string }{
		{"platform", "platform", "listings"}, {"country", "country", "listings"}, {"source", "source", "listings"},
		{"tribe", "v", "listings, unnest(tribes) v"}, {"language", "v", "listings, unnest(languages) v"},
		{"followers", "width_bucket(followers, ARRAY[10000,20000,50000,100000,200000,500000,1000000,2000000,5000000,10000000]::bigint[])::text", "listings"},
		{"engagement", "width_bucket(engagement_ppm, ARRAY[10000,20000,30000,40000,50000,60000,80000,100000,120000,150000,200000,250000,300000]::bigint[])::text", "listings"},
		{"views", "width_bucket(median_views, ARRAY[1000,2000,5000,10000,20000,50000,100000,200000,500000,1000000,2000000,5000000,10000000]::bigint[])::text", "listings"},
	} {
		arms = append(arms, "SELECT '"+f.param+"', "+f.value+", count(*) FROM "+f.from+" WHERE "+where(f.param)+" GROUP BY 2")
	}
	return strings.Join(arms, " UNION ALL ")
}

// measurePostgres compares the search, its page read from the database and all of its
// facets, with PostgreSQL counting eight of the facets over the same rows.
func measurePostgres(ctx context.Context, a *app.App, dir string, queries int) error {
	conn, server, err := fillPostgres(ctx, a, dir)
	if err != nil {
		return err
	}
	defer server.Close()
	defer conn.Close(ctx)
	r := rand.New(rand.NewPCG(1, 2))
	var tribes []string
	for _, t := range a.Creators.TribeCatalogue().VisibleTribes() {
		tribes = append(tribes, t.Slug)
	}
	var ours, theirs, ratio []float64
	for range queries {
		c := drawCountQuery(r, tribes)
		f, _ := search.ParseFilter(c.address, a.Creators.TribeCatalogue())
		begin := time.Now()
		found, err := a.Search.Search(ctx, f, search.Params()...)
		if err != nil {
			return err
		}
		we := time.Since(begin).Seconds()
		begin = time.Now()
		rows, err := conn.Query(ctx, c.postgresSQL())
		if err != nil {
			return err
		}
		var facet, value *string
		var n, total int64
		if _, err = pgx.ForEachRow(rows, []any{&facet, &value, &n}, func() error {
			if *facet == "total" {
				total = n
			}
			return nil
		}); err != nil {
			return err
		}
		they := time.Since(begin).Seconds()
		if total != found.Total {
			return fmt.Errorf("%s: PostgreSQL counts %d, the index %d", c.address.Encode(), total, found.Total)
		}
		ours, theirs, ratio = append(ours, we), append(theirs, they), append(ratio, they/we)
	}
	fmt.Fprintf(os.Stderr, "search %.2f ms, PostgreSQL %.1f ms (medians of %d)\n", 1000*median(ours), 1000*median(theirs), queries)
	printMeasure("PostgreSQL's time / search's, counts", median(ratio), 10, false)
	return nil
}

func fillPostgres(ctx context.Context, a *app.App, dir string) (*pgx.Conn, *pgserver.Server, error) {
	path, err := exportRows(ctx, a, dir)
	if err != nil {
		return nil, nil, err
	}
	server, err := pgserver.Open()
	if err != nil {
		return nil, nil, err
	}
	conn, err := pgx.Connect(ctx, server.URL)
	if err != nil {
		return nil, nil, errors.Join(err, server.Close())
	}
	fmt.Fprintln(os.Stderr, "filling PostgreSQL")
	fill := func() error {
		if _, err := conn.Exec(ctx, postgresTable); err != nil {
			return err
		}
		f, err := os.Open(path)
		if err != nil {
			return err
		}
		defer f.Close()
		if _, err := conn.PgConn().CopyFrom(ctx, f, "COPY listings FROM STDIN WITH (FORMAT csv, HEADER true)"); err != nil {
			return err
		}
		for _, statement := range postgresAfter {
			if _, err := conn.Exec(ctx, statement); err != nil {
				return err
			}
		}
		return nil
	}
	if err := fill(); err != nil {
		return nil, nil, errors.Join(err, conn.Close(ctx), server.Close())
	}
	return conn, server, nil
}
