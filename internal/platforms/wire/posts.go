package wire

import (
	"context"
	"slices"
	"time"

	"tribemarket/models/creators"
)

// LatestPosts are what the marketplace's figures are made of.
const LatestPosts = 30

// maxPages: a list that never ends is left.
const maxPages = 6

// Page is a part of a list of posts; More is false on the last one.
type Page[Cursor comparable] struct {
	Posts []creators.ReadPost
	Next  Cursor
	More  bool
}

// Latest pages through posts, from the zero cursor on, and gives the latest
// ones, newest first. A post that comes out meanwhile stands before the cursor
// and does not disturb; one that comes twice counts once. most is how many are
// still wanted.
func Latest[Cursor comparable](ctx context.Context, now time.Time, read func(ctx context.Context, at Cursor, most int) (Page[Cursor], error)) ([]creators.ReadPost, error) {
	posts, seen := []creators.ReadPost{}, map[string]bool{}
	var at Cursor
	for range maxPages {
		page, err := read(ctx, at, LatestPosts-len(posts))
		if err != nil {
			return nil, err
		}
		for _, p := range page.Posts {
			if p.ID != "" && Plausible(p.PostedAt, now) && !seen[p.ID] && len(posts) < LatestPosts {
				seen[p.ID] = true
				posts = append(posts, p)
			}
		}
		if !page.More || len(posts) == LatestPosts || page.Next == at {
			break
		}
		at = page.Next
	}
	slices.SortStableFunc(posts, func(a, b creators.ReadPost) int { return b.PostedAt.Compare(a.PostedAt) })
	return posts, nil
}
