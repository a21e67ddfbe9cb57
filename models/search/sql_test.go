package search

import (
	"context"
	"fmt"
	"slices"

	"tribemarket/models"
	"tribemarket/models/search/index"
)

// What the index finds is compared with what plain SQL over the tables does: by
// the same conditions and in the same order, but for relevance, in whose place
// stands a listing's standing. Nothing is counted but all creators that fit.

// sortColumns are the listings' columns of the figures.
var sortColumns = map[Sort]string{
	ByRelevance: "standing", ByFollowers: "followers", ByEngagement: "engagement_ppm", ByViews: "median_views", ByGrowth: "growth_30_ppm",
}

// figure is what a filter sorts by, of a listing of that name.
func (f Filter) figure(name string) (string, []any) {
	by, _ := f.sortOrder()
	if column, ok := sortColumns[by]; ok {
		return name + "." + column, nil
	}
	price := name + ".price_" + f.PriceFormat()
	if by == ByPrice {
		return "CASE WHEN " + price + "_currency = ? THEN " + price + "_minor END", []any{f.PriceCurrency()}
	}
	views := name + ".median_views"
	return "CASE WHEN " + price + "_currency = ? AND " + views + " > 0 THEN (" + price + "_minor * 1000 + " + views + " / 2) / " + views + " END", []any{f.PriceCurrency()}
}

// sqlHit is a hit and where it stands.
type sqlHit struct {
	AccountID, CreatorID int64
	Value                *int64
}

func (h sqlHit) place() index.Place {
	p := index.Place{Creator: h.CreatorID, Null: h.Value == nil}
	if h.Value != nil {
		p.Value = *h.Value
	}
	return p
}

func (e *Engine) foundBySQL(ctx context.Context, f Filter, size int) (p foundPage, err error) {
	w := e.where(f)
	sql, args := w.of("l", "", false)
	if err := e.db.Read(ctx).Raw("SELECT count(DISTINCT l.creator_id) FROM listings l WHERE 1 = 1"+sql, args...).Scan(&p.total).Error; err != nil {
		return p, err
	}
	rows, err := e.pageBySQL(ctx, f, w, size)
	if err == nil && len(rows) == 0 && p.total > 0 {
		f.After, f.Before = nil, nil // the place is not in this list
		rows, err = e.pageBySQL(ctx, f, w, size)
	}
	if err != nil {
		return p, err
	}
	p.takeSQL(f, rows, size)
	return p, nil
}

// takeSQL takes a page as pageBySQL has read it.
func (p *foundPage) takeSQL(f Filter, rows []sqlHit, size int) {
	back := f.After == nil && f.Before != nil
	more := len(rows) > size
	rows = rows[:min(len(rows), size)]
	if back {
		slices.Reverse(rows)
	}
	for _, r := range rows {
		p.hits = append(p.hits, index.Hit{Account: r.AccountID, Place: r.place()})
	}
	if n := len(p.hits); n > 0 {
		if back || more {
			p.next = cursorOf(p.hits[n-1].Place)
		}
		if back && more || f.After != nil {
			p.prev = cursorOf(p.hits[0].Place)
		}
	}
	p.looked = f.queryWords()
}

// pageBySQL reads one hit more than the page has, the nearest to its place
// first. Of a creator's accounts that fit, the first one stands in the list; of
// equal ones the first in the direction of the order.
func (e *Engine) pageBySQL(ctx context.Context, f Filter, w where, size int) ([]sqlHit, error) {
	_, down := f.sortOrder()
	from, back := f.After, f.After == nil && f.Before != nil
	if back {
		from = f.Before
	}
	figure, args := f.figure("l")
	conditions, some := w.of("l", "", false)
	args = append(args, some...)
	other, some := f.figure("o")
	own, more := w.of("o", "", true)
	args = slices.Concat(args, more, some, some)
	beyond, some := beyondSQL(from, down != back, back)
	args = append(args, some...)
	var rows []sqlHit
	err := e.db.Read(ctx).Raw(fmt.Sprintf(`SELECT h.account_id, h.creator_id, h.value FROM (
			SELECT l.account_id, l.creator_id, %s AS value FROM listings l WHERE 1 = 1%s AND (l.sole OR l.account_id =
				(SELECT o.account_id FROM listings o WHERE o.creator_id = l.creator_id%s ORDER BY %s IS NULL, %s%s, o.account_id%s LIMIT 1))) h
		WHERE 1 = 1%s ORDER BY h.value IS NULL%s, h.value%s, h.creator_id%s LIMIT %d`,
		figure, conditions, own, other, other, way(down), way(down), beyond, way(back), way(down != back), way(down != back), size+1), args...).Scan(&rows).Error
	return rows, err
}

// beyondSQL is the condition that a hit comes after a place, going down or up;
// back is towards the beginning of the list, where those without a value are not.
func beyondSQL(from *models.Cursor, down, back bool) (string, []any) {
	sign := ">"
	if down {
		sign = "<"
	}
	switch {
	case from == nil:
		return "", nil
	case from.Null && back:
		return " AND (h.value IS NOT NULL OR h.creator_id " + sign + " ?)", []any{from.ID}
	case from.Null:
		return " AND h.value IS NULL AND h.creator_id " + sign + " ?", []any{from.ID}
	}
	null := " OR h.value IS NULL"
	if back {
		null = ""
	}
	return " AND (h.value " + sign + " ? OR h.value = ? AND h.creator_id " + sign + " ?" + null + ")", []any{from.Value, from.Value, from.ID}
}

func way(down bool) string {
	if down {
		return " DESC"
	}
	return ""
}
