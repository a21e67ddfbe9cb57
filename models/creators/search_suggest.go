package creators

import (
	"cmp"
	"context"
	"slices"
)

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
