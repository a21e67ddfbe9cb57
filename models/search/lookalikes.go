package search

import (
	"context"

	"tribemarket/models"
	"tribemarket/models/creators"
	"tribemarket/models/search/index"
)

// Lookalike is a creator who resembles another one, with the reasons.
type Lookalike struct {
	Hit
	Score          int64            // of 1000
	Reasons        []LikenessReason // in what respects; without those of 0 points
	SharedTribes   []creators.Tribe // that both have
	SharedHashtags []string         // that both have
}

// LikenessReason is a respect in which two creators are alike.
type LikenessReason struct {
	Key    string // tribes, hashtags, tier, audience, place
	Points int64  // of 1000
}

// likenesses are the keys of reasons.
var likenesses = [index.Likenesses]string{
	index.SameTribes: "tribes", index.SameHashtags: "hashtags", index.SameTier: "tier", index.SameAudience: "audience", index.SamePlace: "place",
}

// LikenessWeights returns the points of each kind of likeness, out of 100.
func LikenessWeights() []RelevanceWeight {
	var all []RelevanceWeight
	for of, points := range index.LikenessWeights() {
		all = append(all, RelevanceWeight{Part: likenesses[of], Weight: int64(points)})
	}
	return all
}

// Lookalikes reads a creator, and finds the n creators most like them, most alike first.
// Unlisted creators and those with a hidden id are left out. A creator whom the actor may
// not see is not found.
func (e *Engine) Lookalikes(ctx context.Context, actor models.Actor, publicID string, hidden []int64, n int) (c creators.Creator, all []Lookalike, err error) {
	c, err = e.creators.Visible(ctx, actor, publicID)
	if err != nil {
		return c, nil, err
	}
	x, err := e.currentIndex()
	if err != nil {
		return c, nil, err
	}
	like := x.Like(c.ID, hidden, n)
	p := foundPage{}
	byCreator := make(map[int64]index.Alike, len(like))
	for _, a := range like {
		p.hits = append(p.hits, index.Hit{Account: a.Account, Place: index.Place{Creator: a.Creator}})
		byCreator[a.Creator] = a
	}
	hits, _, err := e.readRows(ctx, Filter{}, p)
	if err != nil {
		return c, nil, models.Internal("read creators who are alike", err)
	}
	all = make([]Lookalike, len(hits))
	for i, h := range hits {
		all[i] = e.lookalikeOf(h, byCreator[h.Creator.ID])
	}
	return c, all, nil
}

func (e *Engine) lookalikeOf(h Hit, a index.Alike) Lookalike {
	x := Lookalike{Hit: h, Score: int64(a.Score), SharedHashtags: a.Hashtags}
	for of, points := range a.Likeness {
		if points > 0 {
			x.Reasons = append(x.Reasons, LikenessReason{likenesses[of], int64(points)})
		}
	}
	c := e.creators.TribeCatalogue()
	for _, slug := range a.Tribes {
		if t, ok := c.TribeBySlug(slug); ok {
			x.SharedTribes = append(x.SharedTribes, t)
		}
	}
	return x
}
