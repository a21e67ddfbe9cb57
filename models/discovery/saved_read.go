package discovery

import (
	"context"
	"net/url"

	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/creators"
)

// shown says of a match m that its creator can be shown to a brand: listed, and
// neither has blocked the other. Its argument is the brand.
const shown = `EXISTS (SELECT 1 FROM creators c WHERE c.id = m.creator_id AND c.listed
	AND NOT EXISTS (SELECT 1 FROM blocks b WHERE b.brand_id = ? AND b.creator_id = c.id))`

// reaches says of the person p who gets the mails of a search s that they can be
// mailed still.
var reaches = accounts.ContactSQL("s.brand_id")

var savedSearches = `SELECT s.id, s.public_id, s.brand_id, s.created_by, s.mails_to, s.name, s.name_key, s.query, s.alert, s.next_at, s.created_at, s.updated_at, s.version,
		b.name AS by_name, coalesce(p.name, '') AS to_name, coalesce(s.mails_to = ?, FALSE) AS mine, ` + reaches + ` AS reaches,
		(SELECT count(*) FROM saved_search_matches m WHERE m.saved_search_id = s.id AND m.seen_at IS NULL AND ` + shown + `) AS new
	FROM saved_searches s JOIN people b ON b.id = s.created_by LEFT JOIN people p ON p.id = s.mails_to WHERE s.brand_id = ? `

// SavedSearches are the searches of the actor's brand, those with new creators
// first.
func (s *Store) SavedSearches(ctx context.Context, actor models.Actor) ([]Saved, error) {
	if !CanSeeSearches(actor) {
		return nil, models.NotFound()
	}
	return s.savedSearches(ctx, actor, "ORDER BY CASE WHEN new > 0 THEN 0 ELSE 1 END, s.name_key, s.id")
}

// SavedSearch is one search of the actor's brand.
func (s *Store) SavedSearch(ctx context.Context, actor models.Actor, publicID string) (Saved, error) {
	if !CanSeeSearches(actor) {
		return Saved{}, models.NotFound()
	}
	all, err := s.savedSearches(ctx, actor, "WHERE s.public_id = ?", publicID)
	if err == nil && len(all) == 0 {
		err = models.NotFound()
	}
	if err != nil {
		return Saved{}, err
	}
	return all[0], nil
}

func (s *Store) savedSearches(ctx context.Context, actor models.Actor, rest string, args ...any) ([]Saved, error) {
	var all []Saved
	args = append([]any{actor.PersonID, actor.BrandID, actor.BrandID}, args...)
	if err := s.db.Read(ctx).Raw("SELECT * FROM ("+savedSearches+") s "+rest, args...).Scan(&all).Error; err != nil {
		return nil, models.Internal("read saved searches", err)
	}
	for i := range all {
		var err error
		if all[i].Filter, all[i].Broken, err = s.filterOf(ctx, all[i].Query); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// filterOf reads a kept query.
func (s *Store) filterOf(ctx context.Context, query string) (f creators.Filter, isBroken bool, err error) {
	values, err := url.ParseQuery(query)
	if err != nil {
		return f, true, nil //nolint:nilerr // nobody can look for it
	}
	f, _, err = s.creators.ReadFilter(ctx, values)
	return f, broken(query, f), err
}

// MatchesShown is how many new creators a page shows.
const MatchesShown = 24

// NewMatches are the creators whom a search of the actor's brand has found and
// the brand has not seen, the latest found first. next is where the list goes
// on, nil at its end.
func (s *Store) NewMatches(ctx context.Context, actor models.Actor, publicID string, after *models.Cursor) (x Saved, found []creators.Brief, next *models.Cursor, err error) {
	if x, err = s.SavedSearch(ctx, actor, publicID); err != nil {
		return x, nil, nil, err
	}
	where, args := "", []any{x.ID, x.BrandID}
	if after != nil {
		where, args = "AND (m.found_in < ? OR m.found_in = ? AND m.creator_id > ?) ", append(args, after.Value, after.Value, after.ID)
	}
	var rows []SearchMatch
	err = s.db.Read(ctx).Raw("SELECT m.creator_id, m.found_in FROM saved_search_matches m WHERE m.saved_search_id = ? AND m.seen_at IS NULL AND "+shown+
		where+" ORDER BY m.found_in DESC, m.creator_id LIMIT ?", append(args, MatchesShown+1)...).Scan(&rows).Error
	if err != nil {
		return x, nil, nil, models.Internal("read new creators", err)
	}
	if len(rows) > MatchesShown {
		rows = rows[:MatchesShown]
		last := rows[MatchesShown-1]
		next = &models.Cursor{Value: last.FoundIn, ID: last.CreatorID}
	}
	found, err = s.briefs(ctx, rows)
	return x, found, next, err
}

// briefs are the creators of some matches, in their order.
func (s *Store) briefs(ctx context.Context, rows []SearchMatch) ([]creators.Brief, error) {
	ids := make([]int64, len(rows))
	for i, r := range rows {
		ids[i] = r.CreatorID
	}
	by, err := s.creators.BriefsOf(ctx, ids)
	if err != nil {
		return nil, err
	}
	var all []creators.Brief
	for _, id := range ids {
		if b, ok := by[id]; ok { // listed still
			all = append(all, b)
		}
	}
	return all, nil
}
