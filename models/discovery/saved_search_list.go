package discovery

import (
	"context"
	"net/url"
	"slices"

	"tribemarket/models"
	"tribemarket/models/creators"
	"tribemarket/models/search"
)

// ListSavedSearches lists the searches of the actor's brand, those with new
// creators first.
func (s *Store) ListSavedSearches(ctx context.Context, actor models.Actor) ([]SavedSearchView, error) {
	if !CanSeeSavedSearches(actor) {
		return nil, models.NotFound()
	}
	return s.readSavedSearches(ctx, actor, "ORDER BY CASE WHEN new > 0 THEN 0 ELSE 1 END, s.name_key, s.id")
}

// ReadSavedSearch reads a search of the actor's brand.
func (s *Store) ReadSavedSearch(ctx context.Context, actor models.Actor, publicID string) (SavedSearchView, error) {
	if !CanSeeSavedSearches(actor) {
		return SavedSearchView{}, models.NotFound()
	}
	all, err := s.readSavedSearches(ctx, actor, "WHERE s.public_id = ?", publicID)
	if err == nil && len(all) == 0 {
		err = models.NotFound()
	}
	if err != nil {
		return SavedSearchView{}, err
	}
	return all[0], nil
}

func (s *Store) readSavedSearches(ctx context.Context, actor models.Actor, rest string, args ...any) ([]SavedSearchView, error) {
	var all []SavedSearchView
	args = append([]any{actor.PersonID, actor.BrandID, actor.BrandID}, args...)
	if err := s.db.Read(ctx).Raw("SELECT * FROM ("+savedSearchesSQL+") s "+rest, args...).Scan(&all).Error; err != nil {
		return nil, models.Internal("read saved searches", err)
	}
	for i := range all {
		var err error
		if all[i].Filter, all[i].Broken, err = s.parseSavedQuery(ctx, all[i].Query); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// parseSavedQuery parses a stored query.
func (s *Store) parseSavedQuery(ctx context.Context, query string) (f search.Filter, isBroken bool, err error) {
	values, err := url.ParseQuery(query)
	if err != nil {
		return f, true, nil //nolint:nilerr // it is broken, which is not an error
	}
	if f, _, err = s.search.ReadFilter(ctx, values); err != nil {
		return f, true, err
	}
	isBroken, err = s.isBrokenQuery(ctx, values, f.Values())
	return f, isBroken, err
}

// isBrokenQuery says whether a filter is wider than the query it was parsed from, for
// instance because a tribe is gone. It would find everybody, and everybody would be
// new. A thing that the query names twice, by an older code and by the one in use, is there
// once.
func (s *Store) isBrokenQuery(ctx context.Context, asked, left url.Values) (bool, error) {
	for param, values := range asked {
		if len(left[param]) >= len(values) {
			continue
		}
		for _, v := range values {
			alone, _, err := s.search.ReadFilter(ctx, url.Values{param: {v}})
			if err != nil {
				return true, err
			}
			if means := alone.Values()[param]; len(means) == 0 || !slices.Contains(left[param], means[0]) {
				return true, nil
			}
		}
	}
	return false, nil
}

// MaxMatchesShown is how many new creators a page shows.
const MaxMatchesShown = 24

// ListNewMatches lists the creators that a search of the actor's brand has found
// and the brand has not seen, latest first. next is where the list continues, nil
// at its end.
func (s *Store) ListNewMatches(ctx context.Context, actor models.Actor, publicID string, after *models.Cursor) (x SavedSearchView, found []creators.CreatorSummary, next *models.Cursor, err error) {
	if x, err = s.ReadSavedSearch(ctx, actor, publicID); err != nil {
		return x, nil, nil, err
	}
	where, args := "", []any{x.ID, x.BrandID}
	if after != nil {
		where, args = "AND (m.found_in < ? OR m.found_in = ? AND m.creator_id > ?) ", append(args, after.Value, after.Value, after.ID)
	}
	var rows []SearchMatch
	err = s.db.Read(ctx).Raw("SELECT m.creator_id, m.found_in FROM saved_search_matches m WHERE m.saved_search_id = ? AND m.seen_at IS NULL AND "+isShownSQL+
		where+" ORDER BY m.found_in DESC, m.creator_id LIMIT ?", append(args, MaxMatchesShown+1)...).Scan(&rows).Error
	if err != nil {
		return x, nil, nil, models.Internal("read new creators", err)
	}
	if len(rows) > MaxMatchesShown {
		rows = rows[:MaxMatchesShown]
		last := rows[MaxMatchesShown-1]
		next = &models.Cursor{Value: last.FoundIn, ID: last.CreatorID}
	}
	found, err = s.creatorSummariesOf(ctx, rows)
	return x, found, next, err
}

// creatorSummariesOf reads the creators of some matches, in their order.
func (s *Store) creatorSummariesOf(ctx context.Context, rows []SearchMatch) ([]creators.CreatorSummary, error) {
	ids := make([]int64, len(rows))
	for i, r := range rows {
		ids[i] = r.CreatorID
	}
	by, err := s.creators.CreatorSummariesByID(ctx, ids)
	if err != nil {
		return nil, err
	}
	var all []creators.CreatorSummary
	for _, id := range ids {
		if b, ok := by[id]; ok { // still listed
			all = append(all, b)
		}
	}
	return all, nil
}
