package creators

import (
	"context"
)

// A count of creators is made of two kinds of listings. Most creators have one
// listing, and rows are counted as they are, in the order of an index where
// they are not narrowed down much. Of those who have several, each counts once
// for a value, however many of the accounts have it.

// The kinds of what the one statement of the counts gives.
const (
	kindCells    = "cells" // platform, country and bands together
	kindTotal    = "total"
	byTribe      = "tribe"
	byPlatform   = "platform"
	byCountry    = "country"
	byLanguage   = "language"
	byFollowers  = "followers"
	byEngagement = "engagement"
	byViews      = "views"
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
	u.countCells(kindCells, "")
	for _, param := range []string{byPlatform, byCountry, byFollowers, byEngagement, byViews} {
		if q.active(param) {
			u.countCells(param, param)
		}
	}
	u.countWords(byTribe, "tribes")
	u.countWords(byLanguage, "languages")
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
	distinct(kindTotal, "''", "")
	distinct(byPlatform, "l.platform", byPlatform)
	distinct(byCountry, "l.country", byCountry)
	distinct(byTribe, "l.tribes", byTribe)
	distinct(byLanguage, "l.languages", byLanguage)
	where, args := u.q.where("l", byFollowers, false)
	u.add("SELECT 'several "+byFollowers+"', '', '', l.bands / 100, count(DISTINCT l.creator_id)"+u.q.from(byFollowers)+" WHERE NOT l.sole"+where+" GROUP BY l.bands / 100", args...)
	// A creator is in the highest band that one of the accounts reaches.
	highest := func(kind, digit string) {
		where, args := u.q.where("l", kind, false)
		u.add("SELECT 'several "+kind+"', '', '', b.best, count(*) FROM (SELECT max("+digit+") AS best"+u.q.from(kind)+" WHERE NOT l.sole"+where+
			" GROUP BY l.creator_id) b GROUP BY b.best", args...)
	}
	highest(byEngagement, "l.bands / 10 % 10")
	highest(byViews, "l.bands % 10")
}
