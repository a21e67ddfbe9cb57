package search

import (
	"slices"
	"strings"

	"tribemarket/models"
	"tribemarket/models/creators"
)

// condition is what one filter demands of a listing.
type condition struct {
	param string
	sql   string // with %s for the listing's name
	args  []any
	own   bool // of the account: two accounts of a creator can differ in it
}

// rangeColumns are the listings' columns of figures, by parameter.
var rangeColumns = map[string]string{
	"followers": "followers", "engagement": "engagement_ppm", "views": "median_views", "mean_views": "mean_views",
	"growth": "growth_30_ppm", "growth90": "growth_90_ppm", "posts": "posts_30",
}

// facetTables are where the values of a filter stand.
var facetTables = map[string]string{
	"tribe": "JOIN creator_tribes v ON v.creator_id = l.creator_id|v.tribe", "language": "JOIN creator_languages v ON v.creator_id = l.creator_id|v.language",
	"type": "JOIN creator_content_types v ON v.creator_id = l.creator_id|v.content_type", "worked": "JOIN creator_categories v ON v.creator_id = l.creator_id|v.category",
	"platform": "JOIN creator_accounts v ON v.id = l.account_id|v.platform", "country": "JOIN creators v ON v.id = l.creator_id|v.country",
	"region":           "JOIN creators v ON v.id = l.creator_id|v.region",
	"audience_country": "JOIN audience_shares v ON v.account_id = l.account_id AND v.kind = 'country'|v.key", "audience_age": "JOIN audience_shares v ON v.account_id = l.account_id AND v.kind = 'age'|v.key",
	"audience_gender": "JOIN audience_shares v ON v.account_id = l.account_id AND v.kind = 'gender'|v.key",
}

// where is a filter as SQL: its conditions on listings.
type where []condition

// where writes a filter as conditions. Columns are named by the code alone;
// what people enter is always an argument.
func (e *Engine) where(f Filter) where {
	f = e.effectiveFilter(f)
	var w where
	w.in("platform", f.Platforms, true)
	w.in("country", f.Countries, false)
	w.in("region", f.Regions, false)
	w.among("language", "languages", f.Languages, false)
	w.among("type", "content_types", f.Types, false)
	w.among("worked", "categories", f.Categories, false)
	w.among("tribe", "tribes", f.Tribes, f.AllTribes)
	for _, r := range f.rangeFilters() {
		if column, ok := rangeColumns[r.Param]; ok {
			w.limit(r.Param, "%s."+column, *r.limits, true)
		}
	}
	if !f.Price.isOpen() {
		price := "%s.price_" + f.PriceFormat()
		w.limit("price", price+"_minor", f.Price, false)
		w.add("price", price+"_currency = ?", false, f.PriceCurrency())
	}
	w.audience(f)
	if f.Joined {
		w.add("joined", "EXISTS (SELECT 1 FROM creators c WHERE c.id = %s.creator_id AND c.person_id IS NOT NULL)", false)
	}
	if f.Priced {
		w.add("priced", "coalesce(%s.price_video_minor, %s.price_live_minor, %s.price_story_minor) IS NOT NULL", false)
	}
	if f.Verified {
		w.add("verified", "%s.source = ?", true, creators.SourceVerified)
	}
	if f.PostedWithin > 0 {
		w.add("posted", "%s.last_posted >= ?", true, models.DateOf(e.clock().UTC()).AddDays(-int(f.PostedWithin)).String())
	}
	if f.RespondsWithin > 0 {
		w.add("responds", "%s.response_minutes <= ?", false, 60*f.RespondsWithin)
	}
	if f.FreeFrom != (models.Date{}) {
		w.room(monthsOf(f))
		w.add("free", `NOT EXISTS (SELECT 1 FROM creator_absences v
			WHERE v.creator_id = %s.creator_id AND v.from_on <= ? AND v.to_on >= ?)`, false, f.FreeTo.String(), f.FreeFrom.String())
	}
	for _, word := range f.queryWords() {
		if word == "" {
			w.add("q", "1 = 0", false)
			continue
		}
		like, arg := likeSQL("c.search_text", " "+word)
		w.add("q", "EXISTS (SELECT 1 FROM creators c WHERE c.id = %s.creator_id AND "+like+")", false, arg)
	}
	if len(f.Hidden) > 0 {
		w.add("hidden", "%s.creator_id NOT IN (?"+strings.Repeat(", ?", len(f.Hidden)-1)+")", false, anys(f.Hidden)...)
	}
	return w
}

func anys[T any](values []T) []any {
	all := make([]any, len(values))
	for i, v := range values {
		all[i] = v
	}
	return all
}

func (w *where) add(param, sql string, own bool, args ...any) {
	*w = append(*w, condition{param, sql, args, own})
}

func (w *where) in(param string, values []string, own bool) {
	if len(values) > 0 {
		w.add(param, "%s."+param+" IN (?"+strings.Repeat(", ?", len(values)-1)+")", own, anys(values)...)
	}
}

// among demands one of some values, or all of them, in a column that has
// several between commas.
func (w *where) among(param, column string, values []string, all bool) {
	if len(values) == 0 {
		return
	}
	var likes []string
	var args []any
	for _, v := range values {
		like, arg := likeSQL("%s."+column, ","+v+",")
		likes, args = append(likes, like), append(args, arg)
	}
	joint := " OR "
	if all {
		joint = " AND "
	}
	w.add(param, "("+strings.Join(likes, joint)+")", false, args...)
}

// limit demands a number in a range; a listing without one is in none.
func (w *where) limit(param, column string, r Range, own bool) {
	if r.Min != nil {
		w.add(param, column+" >= ?", own, *r.Min)
	}
	if r.Max != nil {
		w.add(param, column+" <= ?", own, *r.Max)
	}
}

// room leaves out who is full in all of some months.
func (w *where) room(months []string) {
	var likes []string
	var args []any
	for _, m := range months {
		like, arg := likeSQL("%s.full_months", ","+m+",")
		likes, args = append(likes, like), append(args, arg)
	}
	if len(likes) > 0 {
		w.add("free", "NOT ("+strings.Join(likes, " AND ")+")", false, args...)
	}
}

func (w *where) audience(f Filter) {
	for _, d := range ofKind(KindShare) {
		if keys := d.ValuesOf(f); len(keys) > 0 {
			args := slices.Concat([]any{strings.TrimPrefix(d.Param, "audience_")}, anys(keys), []any{d.NumberOf(f) * 10_000})
			w.add(d.Param, "EXISTS (SELECT 1 FROM audience_shares x WHERE x.account_id = %s.account_id AND x.kind = ? AND x.key IN (?"+
				strings.Repeat(", ?", len(keys)-1)+") AND x.ppm >= ?)", true, args...)
		}
	}
}

// likeSQL is the SQL of a text that stands in a column, and its argument.
func likeSQL(column, text string) (sql string, arg any) {
	if escaped := strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`).Replace(text); escaped != text {
		return column + ` LIKE ? ESCAPE '\'`, "%" + escaped + "%"
	}
	return column + " LIKE ?", "%" + text + "%" // half as long without an escape
}

// of is all conditions on a listing but those of one parameter, after an AND
// each; only those of the account itself if own is set.
func (w where) of(name, without string, own bool) (string, []any) {
	var b strings.Builder
	var args []any
	for _, c := range w {
		if c.param != without && (c.own || !own) {
			b.WriteString(" AND " + strings.ReplaceAll(c.sql, "%s", name))
			args = append(args, c.args...)
		}
	}
	return b.String(), args
}
