package creators

import (
	"cmp"
	"context"
	"slices"
	"strings"
)

// A count of creators is made of two kinds of listings. Most creators have one
// listing, and rows are counted as they are, in the order of an index where
// they are not narrowed down much. Of those who have several, each counts once
// for a value, however many of the accounts have it.

// The kinds of what the one statement of the counts gives.
const (
	cells     = "cells" // platform, country and bands together
	total     = "total"
	tribes    = "tribe"
	platforms = "platform"
	countries = "country"
	languages = "language"
	followers = "followers"
	rates     = "engagement"
	views     = "views"
)

// countRow is a row of that statement.
type countRow struct {
	kind              string
	platform, country string // of cells; else platform is the value
	bands             int64
	n                 int64
}

// countFacets counts all creators that fit, and those behind each value.
func (s *Store) countFacets(ctx context.Context, q *query) (int64, Facets, error) {
	u := &union{q: q}
	// What no filter narrows comes from all conditions together; each filter
	// that does has its values counted without itself.
	u.countCells(cells, "")
	for _, param := range []string{platforms, countries, followers, rates, views} {
		if q.active(param) {
			u.countCells(param, param)
		}
	}
	u.countWords(tribes, "tribes")
	u.countWords(languages, "languages")
	u.countSeveral()

	statement, args := u.statement()
	rows, err := s.db.Read(ctx).Raw(statement, args...).Rows()
	if err != nil {
		return 0, Facets{}, err
	}
	defer func() { _ = rows.Close() }()
	t := newTally(q)
	for rows.Next() {
		var r countRow
		if err := rows.Scan(&r.kind, &r.platform, &r.country, &r.bands, &r.n); err != nil {
			return 0, Facets{}, err
		}
		t.take(r)
	}
	n, facets := t.facets()
	return n, facets, rows.Err()
}

func (u *union) countCells(kind, without string) {
	where, args := u.q.where("l", without, false)
	u.add("SELECT '"+kind+"', l.platform, l.country, l.bands, count(*)"+u.q.from(without)+" WHERE l.sole"+where+
		" GROUP BY l.platform, l.country, l.bands", args...)
}

// countWords counts by a column with several values; they are taken apart
// afterwards. Only where all rows count is the column's index walked: SQLite
// would look up every other row of it.
func (u *union) countWords(param, column string) {
	where, args := u.q.where("l", param, false)
	value := "l." + column
	if where != "" {
		value += " || ''"
	}
	u.add("SELECT '"+param+"', "+value+", '', 0, count(*)"+u.q.from(param)+" WHERE l.sole"+where+" GROUP BY "+value, args...)
}

// countSeveral counts the creators with several listings.
func (u *union) countSeveral() {
	distinct := func(kind, value, without string) {
		where, args := u.q.where("l", without, false)
		group := " GROUP BY " + value
		if value == "''" {
			group = ""
		}
		u.add("SELECT 'several "+kind+"', "+value+", '', 0, count(DISTINCT l.creator_id)"+u.q.from(without)+" WHERE NOT l.sole"+where+group, args...)
	}
	distinct(total, "''", "")
	distinct(platforms, "l.platform", platforms)
	distinct(countries, "l.country", countries)
	distinct(tribes, "l.tribes", tribes)
	distinct(languages, "l.languages", languages)
	where, args := u.q.where("l", followers, false)
	u.add("SELECT 'several "+followers+"', '', '', l.bands / 100, count(DISTINCT l.creator_id)"+u.q.from(followers)+" WHERE NOT l.sole"+where+" GROUP BY l.bands / 100", args...)
	// A creator is in the highest band that one of the accounts reaches.
	highest := func(kind, digit string) {
		where, args := u.q.where("l", kind, false)
		u.add("SELECT 'several "+kind+"', '', '', b.best, count(*) FROM (SELECT max("+digit+") AS best"+u.q.from(kind)+" WHERE NOT l.sole"+where+
			" GROUP BY l.creator_id) b GROUP BY b.best", args...)
	}
	highest(rates, "l.bands / 10 % 10")
	highest(views, "l.bands % 10")
}

// tally adds the rows up.
type tally struct {
	q      *query
	total  int64
	values map[string]map[string]int64 // by parameter
	digits map[string]*[10]int64
}

func newTally(q *query) *tally {
	t := &tally{q: q, values: map[string]map[string]int64{}, digits: map[string]*[10]int64{}}
	for _, l := range q.filter.lists() {
		t.values[l.param] = map[string]int64{}
	}
	for _, r := range q.filter.ranges() {
		t.digits[r.param] = new([10]int64)
	}
	return t
}

func (t *tally) take(r countRow) {
	if kind, ok := strings.CutPrefix(r.kind, "several "); ok {
		t.takeSeveral(kind, r)
		return
	}
	switch r.kind {
	case tribes, languages:
		t.takeWords(r.kind, r.platform, r.n)
		return
	case cells:
		t.total += r.n
	}
	for _, param := range []string{platforms, countries, followers, rates, views} {
		// The cells of all conditions speak for what is not narrowed, the others for themselves.
		if r.kind == param || r.kind == cells && !t.q.active(param) {
			t.takeCell(param, r)
		}
	}
}

func (t *tally) takeCell(param string, r countRow) {
	switch param {
	case platforms:
		t.values[param][r.platform] += r.n
	case countries:
		t.values[param][r.country] += r.n
	case followers:
		t.digits[param][r.bands/100] += r.n
	case rates:
		t.digits[param][r.bands/10%10] += r.n
	case views:
		t.digits[param][r.bands%10] += r.n
	}
}

func (t *tally) takeSeveral(kind string, r countRow) {
	switch kind {
	case total:
		t.total += r.n
	case platforms, countries:
		t.values[kind][r.platform] += r.n
	case tribes, languages:
		t.takeWords(kind, r.platform, r.n)
	default:
		t.digits[kind][r.bands] += r.n
	}
}

func (t *tally) takeWords(param, words string, n int64) {
	for w := range strings.SplitSeq(strings.Trim(words, ","), ",") {
		t.values[param][w] += n
	}
}

func (t *tally) facets() (int64, Facets) {
	f := t.q.filter
	return t.total, Facets{
		Tribes: t.counts(tribes, f.Tribes), Platforms: t.counts(platforms, f.Platforms),
		Countries: t.counts(countries, f.Countries), Languages: t.counts(languages, f.Languages),
		Followers: bandsBetween(followerBands, t.digits[followers], f.Followers), Engagement: bandsFrom(engagementBands, t.digits[rates], f.Engagement),
		Views: bandsFrom(viewBands, t.digits[views], f.Views),
	}
}

func (t *tally) counts(param string, chosen []string) []Count {
	var all []Count
	for v, n := range t.values[param] {
		if v != "" {
			all = append(all, Count{v, n, slices.Contains(chosen, v)})
		}
	}
	for _, v := range chosen {
		if t.values[param][v] == 0 {
			all = append(all, Count{v, 0, true})
		}
	}
	slices.SortFunc(all, func(a, b Count) int { return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(a.Value, b.Value)) })
	return all
}

// bandsBetween are bands of which each ends where the next one begins.
func bandsBetween(limits []int64, digits *[10]int64, chosen Range) []Band {
	all := make([]Band, len(limits))
	for i, from := range limits {
		r := Range{Min: new(from)}
		if i+1 < len(limits) {
			r.Max = new(limits[i+1] - 1)
		}
		all[i] = Band{r, digits[i+1], chosen.same(r)}
	}
	return all
}

// bandsFrom are bands without an upper end: each has the next ones in it.
func bandsFrom(limits []int64, digits *[10]int64, chosen Range) []Band {
	all := make([]Band, len(limits))
	var n int64
	for i := len(limits) - 1; i >= 0; i-- {
		n += digits[i+1]
		r := Range{Min: new(limits[i])}
		all[i] = Band{r, n, chosen.same(r)}
	}
	return all
}

// suggest counts how many would fit without each of the applied filters.
func (s *Store) suggest(ctx context.Context, q *query) ([]Suggestion, error) {
	u := &union{q: q}
	all := map[string]Suggestion{}
	for _, a := range q.filter.Applied() {
		if known, ok := all[a.Param]; ok {
			known.Value += ", " + a.Value
			all[a.Param] = known
			continue
		}
		all[a.Param] = Suggestion{Applied: a, Without: q.filter.Without(a.Param, "")}
		where, args := q.where("l", a.Param, false)
		u.add("SELECT '"+a.Param+"' AS param, count(DISTINCT l.creator_id) AS n"+q.from(a.Param)+" WHERE 1 = 1"+where, args...)
	}
	if len(all) == 0 {
		return nil, nil
	}
	var rows []struct {
		Param string
		N     int64
	}
	statement, args := u.statement()
	if err := s.db.Read(ctx).Raw(statement, args...).Scan(&rows).Error; err != nil {
		return nil, err
	}
	var promising []Suggestion
	for _, r := range rows {
		if x := all[r.Param]; r.N > 0 {
			x.Total = r.N
			promising = append(promising, x)
		}
	}
	slices.SortStableFunc(promising, func(a, b Suggestion) int { return cmp.Compare(b.Total, a.Total) })
	return promising, nil
}
