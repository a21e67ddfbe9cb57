package creators

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"tribemarket/models"
)

// sortColumns are the listings' columns of the figures.
var sortColumns = map[Sort]string{
	ByRelevance: "standing", ByFollowers: "followers", ByEngagement: "engagement_ppm", ByViews: "median_views",
	ByGrowth: "standing", ByPrice: "standing", ByCPM: "standing",
}

// few is the number of hits up to which reading all listings and sorting what
// fits is quicker than walking an index until a page is full.
const few = 200

// page is the part of a statement that finds one page of listings. Values come
// in one direction, then the listings without one; going back turns both round.
type page struct {
	q      *query
	column string
	order  string // the column as it is sorted by
	down   bool   // as the hits are shown
	back   bool   // towards the first page
	from   *models.Cursor
}

// readPage reads the hits of the page, and where the pages around it begin.
func (s *Store) readPage(ctx context.Context, q *query, r *Result) error {
	by, down := q.filter.order()
	p := page{q: q, column: sortColumns[by], down: down, from: q.filter.After}
	if q.filter.Before != nil && p.from == nil {
		p.from, p.back = q.filter.Before, true
	}
	p.order = "l." + p.column
	if r.Total <= few {
		p.order += " + 0" // no index has this
	}
	statement, args := p.statement()
	var rows []struct {
		CreatorID     int64
		Value         *int64
		Creator       Creator `gorm:"embedded;embeddedPrefix:c_"`
		Account       Account `gorm:"embedded;embeddedPrefix:a_"`
		Others        int
		PriceMinor    *int64
		PriceCurrency string
	}
	if err := s.db.Read(ctx).Raw(statement, args...).Scan(&rows).Error; err != nil {
		return err
	}
	more := len(rows) > PageSize
	rows = rows[:min(len(rows), PageSize)]
	if p.back {
		slices.Reverse(rows)
	}
	for _, x := range rows {
		h := Hit{Creator: x.Creator, Account: x.Account, Others: x.Others}
		if x.PriceMinor != nil {
			h.Price = &models.Money{Minor: *x.PriceMinor, Currency: x.PriceCurrency}
		}
		r.Hits = append(r.Hits, h)
	}
	if len(rows) == 0 && p.from != nil {
		// The place is not in this list: its first page is the nearest one.
		first := *q
		first.filter.After, first.filter.Before = nil, nil
		return s.readPage(ctx, &first, r)
	}
	if len(rows) == 0 {
		return nil
	}
	if p.back || more {
		r.Next = place(rows[len(rows)-1].CreatorID, rows[len(rows)-1].Value)
	}
	if p.back && more || !p.back && p.from != nil {
		r.Prev = place(rows[0].CreatorID, rows[0].Value)
	}
	return nil
}

// place is where a hit stands in the list.
func place(creatorID int64, value *int64) *models.Cursor {
	c := &models.Cursor{ID: creatorID, Null: value == nil}
	if value != nil {
		c.Value = *value
	}
	return c
}

// statement reads one listing more than a page has, with all that a hit shows.
func (p page) statement() (string, []any) {
	var arms []string
	args := slices.Clone(p.q.withArgs)
	for _, null := range []bool{false, true} {
		if null && (p.column == "followers" || p.column == "standing") || p.passed(null) {
			continue
		}
		sql, some := p.arm(null)
		arms, args = append(arms, "SELECT * FROM ("+sql+") arm"), append(args, some...)
	}
	if len(arms) == 0 {
		arms = append(arms, "SELECT 0 AS account_id, 0 AS creator_id, 0 AS value, 0 AS is_null WHERE 1 = 0")
	}
	union := arms[0]
	if len(arms) > 1 {
		union += " UNION ALL " + arms[1]
	}
	order := fmt.Sprintf("h.is_null%s, h.value%s, h.creator_id%s", way(p.back), way(p.down != p.back), way(p.down != p.back))
	return p.q.with + fmt.Sprintf(`SELECT h.creator_id, h.value, %s, %s,
			(SELECT count(*) FROM creator_accounts o WHERE o.creator_id = h.creator_id) - 1 AS others,
			p.minor AS price_minor, coalesce(p.currency, '') AS price_currency
		FROM (SELECT * FROM (%s) h ORDER BY %s LIMIT %d) h
		JOIN creators c ON c.id = h.creator_id JOIN creator_accounts a ON a.id = h.account_id
		LEFT JOIN creator_prices p ON p.creator_id = h.creator_id AND p.format = 'video'
		ORDER BY %s`, hitCreator, hitAccount, union, order, PageSize+1, order), args
}

// passed says whether the cursor stands beyond all rows with, or without, a value.
func (p page) passed(null bool) bool {
	if p.from == nil {
		return false
	}
	if p.back {
		return null && !p.from.Null
	}
	return !null && p.from.Null
}

// arm finds the listings with a value, or those without one.
func (p page) arm(null bool) (string, []any) {
	where, args := p.q.where("l", "", false)
	sql := "SELECT l.account_id, l.creator_id, l." + p.column + " AS value, 0 AS is_null" + p.q.from("") + " WHERE l." + p.column + " IS NOT NULL" + where
	key := "(" + p.order + ", l.creator_id)"
	if null {
		sql = "SELECT l.account_id, l.creator_id, l." + p.column + " AS value, 1 AS is_null" + p.q.from("") + " WHERE l." + p.column + " IS NULL" + where
		key = "l.creator_id"
	}
	if p.from != nil && p.from.Null == null {
		sign := " > "
		if p.down != p.back {
			sign = " < "
		}
		if null {
			sql, args = sql+" AND "+key+sign+"?", append(args, p.from.ID)
		} else {
			sql, args = sql+" AND "+key+sign+"(?, ?)", append(args, p.from.Value, p.from.ID)
		}
	}
	better, some := p.better(null)
	sql, args = sql+" AND (l.sole OR NOT EXISTS ("+better+"))", append(args, some...)
	order := "l.creator_id" + way(p.down != p.back)
	if !null {
		order = p.order + way(p.down != p.back) + ", " + order
	}
	return sql + fmt.Sprintf(" ORDER BY %s LIMIT %d", order, PageSize+1), args
}

// better finds an account of the same creator that fits too and comes before:
// the creator stands there.
func (p page) better(null bool) (string, []any) {
	where, args := p.q.where("o", "", true)
	sql := "SELECT 1 FROM listings o WHERE o.creator_id = l.creator_id" + where
	o, l := "o."+p.column, "l."+p.column
	if null {
		return sql + " AND (" + o + " IS NOT NULL OR o.account_id < l.account_id)", args
	}
	sign := " < "
	if p.down {
		sign = " > "
	}
	return sql + " AND (" + o + sign + l + " OR " + o + " = " + l + " AND o.account_id < l.account_id)", args
}

func way(down bool) string {
	if down {
		return " DESC"
	}
	return ""
}

// hitCreator and hitAccount are the columns that a hit shows.
var (
	hitCreator = prefixed("c", "id", "public_id", "person_id", "name", "country", "zone", "listed", "claimed_at", "created_at", "updated_at")
	hitAccount = prefixed("a", strings.Split(accountColumns, ", ")...)
)

func prefixed(table string, columns ...string) string {
	s := ""
	for i, c := range columns {
		if i > 0 {
			s += ", "
		}
		s += table + "." + c + " AS " + table + "_" + c
	}
	return s
}
