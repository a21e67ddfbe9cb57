package search

import (
	"context"
	"strings"
	"time"

	"tribemarket/internal/i18n"
	"tribemarket/models/creators"
	"tribemarket/models/search"
)

// SimilarProps is a creator and those who are alike.
type SimilarProps struct {
	Of      creators.CreatorReference
	Alike   []search.Lookalike
	Now     time.Time
	CanKeep bool
}

// Title names the page.
func (p SimilarProps) Title(ctx context.Context) string {
	return i18n.T(ctx, "search.alike.title", "name", p.Of.Name)
}

// asSearch are the creators as a search has them.
func (p SimilarProps) asSearch() SearchProps {
	all := SearchProps{Now: p.Now, CanKeep: p.CanKeep}
	for _, x := range p.Alike {
		all.Result.Hits = append(all.Result.Hits, x.Hit)
	}
	return all
}

// mostShared is how many shared hashtags are named.
const mostShared = 5

// likenessReasons say in what somebody is alike, and how much, each of all that it can be.
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

// percentOfThousandths writes thousandths.
func percentOfThousandths(ctx context.Context, thousandths int64) string {
	return i18n.WholePercent(ctx, (thousandths+5)/10*10_000)
}
