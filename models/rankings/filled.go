package rankings

import (
	"context"

	"tribemarket/models"
)

// filled asks for the rankings of all countries in whose newest edition
// somebody who is listed now has a place.
const filled = `SELECT DISTINCT e.measure, e.span, p.tribe
	FROM ranking_editions e
	JOIN ranking_places p ON p.edition_id = e.id AND p.country = ''
	JOIN listings l ON l.account_id = p.account_id
	JOIN creators c ON c.id = l.creator_id AND c.listed
	WHERE e.live AND NOT EXISTS (SELECT 1 FROM ranking_editions o WHERE o.live AND o.measure = e.measure AND o.span = e.span
		AND (o.as_of > e.as_of OR o.as_of = e.as_of AND o.id > e.id))
	ORDER BY p.tribe, e.measure, e.span`

// FilledRankings are the rankings of all countries that show somebody: of all
// tribes, and of those that the catalogue shows.
func (s *Store) FilledRankings(ctx context.Context) ([]RankingQuery, error) {
	var rows []struct {
		Measure Measure
		Span    Span
		Tribe   string
	}
	if err := s.db.Read(ctx).Raw(filled).Scan(&rows).Error; err != nil {
		return nil, models.Internal("ask which rankings show somebody", err)
	}
	var all []RankingQuery
	for _, r := range rows {
		if _, shown := s.creators.Catalogue().Tribe(r.Tribe); shown || r.Tribe == "" {
			all = append(all, RankingQuery{Tribe: r.Tribe, Measure: r.Measure, Span: r.Span})
		}
	}
	return all, nil
}
