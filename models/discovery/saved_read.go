package discovery

import (
	"context"
	"net/url"

	"tribemarket/models"
	"tribemarket/models/creators"
	"tribemarket/models/search"
)

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
func (s *Store) filterOf(ctx context.Context, query string) (f search.Filter, isBroken bool, err error) {
	values, err := url.ParseQuery(query)
	if err != nil {
		return f, true, nil //nolint:nilerr // nobody can look for it
	}
	f, _, err = s.search.ReadFilter(ctx, values)
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
