package rankings

import (
	"context"

	"tribemarket/models"
)

// FilledRankings returns the rankings of all countries that have somebody to
// show: the one over all tribes, and those of visible tribes.
func (s *Store) FilledRankings(ctx context.Context) ([]Query, error) {
	var rows []struct {
		Measure Measure
		Span    Span
		Tribe   string
	}
	if err := s.db.Read(ctx).Raw(filled).Scan(&rows).Error; err != nil {
		return nil, models.Internal("ask which rankings show somebody", err)
	}
	var all []Query
	for _, r := range rows {
		if _, shown := s.creators.TribeCatalogue().TribeBySlug(r.Tribe); shown || r.Tribe == "" {
			all = append(all, Query{Tribe: r.Tribe, Measure: r.Measure, Span: r.Span})
		}
	}
	return all, nil
}
