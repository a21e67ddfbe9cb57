package creators

import (
	"strings"

	"tribemarket/models/creators/words"
)

// condition is what one filter demands of a listing.
type condition struct {
	param string
	sql   string // with %s for the listing's name
	args  []any
	own   bool // of the account: two accounts of a creator can differ in it
}

// query is a filter as SQL.
type query struct {
	filter     Filter
	floor      int64 // the marketplace's lowest
	conditions []condition
	with       string // what finds the words, "" without any
	withArgs   []any
}

// newQuery writes a filter as conditions. Columns are named by the code alone;
// what people enter is always an argument.
func newQuery(f Filter, floor int64) *query {
	q := &query{filter: f, floor: floor}
	q.in("platform", f.Platforms, true)
	q.in("country", f.Countries, false)
	if f.Followers.Min != nil && *f.Followers.Min <= floor {
		f.Followers.Min = nil // nobody below it is listed, but who has a grace
	}
	q.limit("followers", "followers", f.Followers)
	q.limit("engagement", "engagement_ppm", f.Engagement)
	q.limit("views", "median_views", f.Views)
	q.between("languages", "language", f.Languages) // looking into a text takes longest
	q.between("tribes", "tribe", f.Tribes)
	if len(f.Hidden) > 0 {
		args := make([]any, len(f.Hidden))
		for i, id := range f.Hidden {
			args[i] = id
		}
		q.add("hidden", "%s.creator_id NOT IN (?"+strings.Repeat(", ?", len(args)-1)+")", false, args...)
	}
	q.words(f.Words)
	return q
}

func (q *query) add(param, sql string, own bool, args ...any) {
	q.conditions = append(q.conditions, condition{param, sql, args, own})
}

// between demands one of some values in a column that has several between commas.
func (q *query) between(column, param string, values []string) {
	if len(values) == 0 {
		return
	}
	var either []string
	var args []any
	for _, v := range values {
		like, arg := contains("%s."+column, ","+v+",")
		either, args = append(either, like), append(args, arg)
	}
	q.add(param, "("+strings.Join(either, " OR ")+")", false, args...)
}

func (q *query) in(param string, values []string, own bool) {
	if len(values) == 0 {
		return
	}
	args := make([]any, len(values))
	for i, v := range values {
		args[i] = v
	}
	q.add(param, "%s."+param+" IN (?"+strings.Repeat(", ?", len(values)-1)+")", own, args...)
}

// limit demands a number in a range. The sign before the column keeps SQLite
// from walking an index on it, of which it would then look up every row.
func (q *query) limit(param, column string, r Range) {
	switch {
	case r.Min != nil && r.Max != nil:
		q.add(param, "+%s."+column+" BETWEEN ? AND ?", true, *r.Min, *r.Max)
	case r.Min != nil:
		q.add(param, "+%s."+column+" >= ?", true, *r.Min)
	case r.Max != nil:
		q.add(param, "+%s."+column+" <= ?", true, *r.Max)
	}
}

// words demands that each word begins one of the creator's text. The listings are found once, for all counts together.
func (q *query) words(text string) {
	var all []string
	for _, w := range words.Query(text) {
		like, arg := contains("c.search_text", " "+w)
		all, q.withArgs = append(all, like), append(q.withArgs, arg)
	}
	if len(all) > 0 {
		q.with = "WITH found AS MATERIALIZED (SELECT l.* FROM creators c JOIN listings l ON l.creator_id = c.id WHERE c.listed AND " + strings.Join(all, " AND ") + ") "
	}
}

// from is the table of the listings, without those in which the words don't stand.
func (q *query) from(without string) string {
	if q.with == "" || without == "q" {
		return " FROM listings l"
	}
	return " FROM found l"
}

// contains is the SQL of a text that stands in a column, and its argument.
func contains(column, text string) (sql string, arg any) {
	if escaped := strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`).Replace(text); escaped != text {
		return column + ` LIKE ? ESCAPE '\'`, "%" + escaped + "%"
	}
	return column + " LIKE ?", "%" + text + "%" // half as long without an escape
}

// where is all conditions on a listing but those of one parameter, after an
// AND each; only those of the account itself if own is set.
func (q *query) where(name, without string, own bool) (string, []any) {
	var b strings.Builder
	var args []any
	for _, c := range q.conditions {
		if c.param != without && (c.own || !own) {
			b.WriteString(" AND " + strings.ReplaceAll(c.sql, "%s", name))
			args = append(args, c.args...)
		}
	}
	return b.String(), args
}

// active says whether a parameter narrows the search.
func (q *query) active(param string) bool {
	for _, c := range q.conditions {
		if c.param == param {
			return true
		}
	}
	return false
}

// union puts SELECTs together into one statement.
type union struct {
	q    *query
	arms []string
	args []any
}

func (u *union) add(sql string, args ...any) {
	u.arms, u.args = append(u.arms, sql), append(u.args, args...)
}

func (u *union) statement() (string, []any) {
	return u.q.with + strings.Join(u.arms, " UNION ALL "), append(u.q.withArgs[:len(u.q.withArgs):len(u.q.withArgs)], u.args...)
}
