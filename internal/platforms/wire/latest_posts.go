package wire

import (
	"context"
	"slices"
	"time"

	"tribemarket/models/creators"
)

// MaxLatestPosts are what the marketplace's figures are made of.
const MaxLatestPosts = 30

// maxPages: a list that never ends is left.
const maxPages = 6

// PostPage is a part of a list of posts; More is false on the last one.
type PostPage[Cursor comparable] struct {
	Posts []creators.PlatformPost
	Next  Cursor
	More  bool
}

// ReadLatestPosts pages through posts, from the zero cursor on, and gives the latest
// ones, newest first. A post that comes out meanwhile stands before the cursor
// and does not disturb; one that comes twice counts once. most is how many are
// still wanted.
func ReadLatestPosts[Cursor comparable](ctx context.Context, now time.Time, read func(ctx context.Context, at Cursor, most int) (PostPage[Cursor], error)) ([]creators.PlatformPost, error) {
	posts, seen := []creators.PlatformPost{}, map[string]bool{}
	var at Cursor
	for range maxPages {
		page, err := read(ctx, at, MaxLatestPosts-len(posts))
		if err != nil {
			return nil, err
		}
		for _, p := range page.Posts {
			if p.ID != "" && IsPlausibleDate(p.PostedAt, now) && !seen[p.ID] && len(posts) < MaxLatestPosts {
				seen[p.ID] = true
				posts = append(posts, p)
			}
		}
		if !page.More || len(posts) == MaxLatestPosts || page.Next == at {
			break
		}
		at = page.Next
	}
	slices.SortStableFunc(posts, func(a, b creators.PlatformPost) int { return b.PostedAt.Compare(a.PostedAt) })
	return posts, nil
}
