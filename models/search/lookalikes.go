package search

import (
	"context"

	"tribemarket/models"
	"tribemarket/models/creators"
	"tribemarket/models/search/index"
)

// AlikeHit is a creator who is like another one, with the reasons.
type AlikeHit struct {
	Hit
	Score          int64            // of 1000
	Reasons        []Reason         // in what, none of 0
	SharedTribes   []creators.Tribe // that both have
	SharedHashtags []string         // that both have
}

// Reason is in what two creators are alike.
type Reason struct {
	Key    string // tribes, hashtags, tier, audience, place
	Points int64  // of 1000
}

// likenesses are the keys of reasons.
var likenesses = [index.Likenesses]string{
	index.SameTribes: "tribes", index.SameHashtags: "hashtags", index.SameTier: "tier", index.SameAudience: "audience", index.SamePlace: "place",
}

// AlikeWeights are how many points each part of being alike has, of 100.
func AlikeWeights() []Weight {
	var all []Weight
	for of, points := range index.LikenessWeights() {
		all = append(all, Weight{Part: likenesses[of], Weight: int64(points)})
	}
	return all
}

// Alike are the n creators most like one, the most alike first. Hidden ones,
// by id, are left out, and whoever is not listed. A creator whom the actor may not see is like a missing one.
func (e *Engine) Alike(ctx context.Context, actor models.Actor, publicID string, hidden []int64, n int) ([]AlikeHit, error) {
	c, err := e.creators.Visible(ctx, actor, publicID)
	if err != nil {
		return nil, err
	}
	x, err := e.current()
	if err != nil {
		return nil, err
	}
	like := x.Like(c.ID, hidden, n)
	p := found{}
	byCreator := make(map[int64]index.Alike, len(like))
	for _, a := range like {
		p.hits = append(p.hits, index.Hit{Account: a.Account, Place: index.Place{Creator: a.Creator}})
		byCreator[a.Creator] = a
	}
	hits, _, err := e.readHits(ctx, Filter{}, p)
	if err != nil {
		return nil, models.Internal("read creators who are alike", err)
	}
	all := make([]AlikeHit, len(hits))
	for i, h := range hits {
		all[i] = e.alike(h, byCreator[h.Creator.ID])
	}
	return all, nil
}

func (e *Engine) alike(h Hit, a index.Alike) AlikeHit {
	x := AlikeHit{Hit: h, Score: int64(a.Score), SharedHashtags: a.Hashtags}
	for of, points := range a.Likeness {
		if points > 0 {
			x.Reasons = append(x.Reasons, Reason{likenesses[of], int64(points)})
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
