package search

import (
	"context"
	"strings"
	"time"

	"tribemarket/internal/i18n"
	"tribemarket/models/creators"
	"tribemarket/models/search"
	creatorsview "tribemarket/views/creators"
)

// SimilarProps is a creator with the creators who are most like them.
type SimilarProps struct {
	Of        creators.Creator
	Catalogue *creators.TribeCatalogue
	Alike     []search.Lookalike
	Now       time.Time
	creatorsview.SaveProps
}

// Title names the page.
func (p SimilarProps) Title(ctx context.Context) string {
	return i18n.T(ctx, "search.alike.title", "name", p.Of.Name)
}

// asSearch returns the creators as the hits of a search.
func (p SimilarProps) asSearch() SearchProps {
	all := SearchProps{Catalogue: p.Catalogue, Now: p.Now, SaveProps: p.SaveProps}
	for _, x := range p.Alike {
		all.Result.Hits = append(all.Result.Hits, x.Hit)
	}
	return all
}

// mostShared is the maximum number of shared hashtags that are named.
const mostShared = 5

// likenessReasons say in which respects a creator is alike, and how much, out of the
// maximum of each.
func likenessReasons(ctx context.Context, x search.Lookalike) []string {
	all := []string{i18n.T(ctx, "search.alike.score", "part", percentOfThousandths(ctx, x.Score))}
	for _, r := range x.Reasons {
		text := i18n.T(ctx, "search.alike."+r.Key, "part", percentOfThousandths(ctx, r.Points))
		if shared := sharedNames(x, r.Key); shared != "" {
			text = i18n.T(ctx, "search.alike.shared", "reason", text, "shared", shared)
		}
		all = append(all, text)
	}
	return all
}

func sharedNames(x search.Lookalike, key string) string {
	var names []string
	switch key {
	case "tribes":
		for _, t := range x.SharedTribes {
			names = append(names, t.Display)
		}
	case "hashtags":
		for _, tag := range x.SharedHashtags[:min(len(x.SharedHashtags), mostShared)] {
			names = append(names, "#"+tag)
		}
	}
	return strings.Join(names, ", ")
}

// percentOfThousandths formats thousandths as a percentage.
func percentOfThousandths(ctx context.Context, thousandths int64) string {
	return i18n.WholePercent(ctx, (thousandths+5)/10*10_000)
}
